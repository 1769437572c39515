"""Arrays on disk: which are kept, and what is removed."""

import logging
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from analytics import archive
from analytics.models import Publication, Run
from analytics.snapshot import remove_unfinished
from jobsite.work import State

logger = logging.getLogger(__name__)

LEAST_AGE = 24 * 60 * 60
"""Seconds that a folder which no run names is left alone: a run that is being made names its folder at its end."""


class NotKeepable(Exception):  # noqa: N818 - reads as the finding that it is
    """str(e) is the sentence that a person reads."""


def remove_old_arrays(*, now: datetime | None = None) -> int:
    """Remove the snapshots and memberships that no kept run needs; return how many folders went.

    Kept are those of the published run, of the last KEEP_RUNS finished runs, of runs younger than KEEP_RUN_DAYS, and of
    runs that a person wants to keep, with the models that gave them their memberships and the snapshots that these were
    learned from. The rows of all runs stay, and their pages say what was removed.
    """
    moment = now or timezone.now()
    kept = _kept_runs(moment)
    folders = kept.values_list("folder", "fitted_by__folder")
    keys = kept.values_list("input_key", "fitted_by__input_key")
    wanted = tuple({name for names in rows for name in names if name} for rows in (folders, keys))
    eldest = moment.timestamp() - LEAST_AGE
    removed = remove_unfinished(archive.snapshots_folder(), before=eldest)
    for root, names in zip((archive.snapshots_folder(), archive.runs_folder()), wanted, strict=True):
        for path in root.iterdir():
            if path.name not in names and _is_older(path, eldest):
                shutil.rmtree(path, ignore_errors=True)  # another process may be at it, too
                removed += 1
    if removed:
        logger.info("keeping: folders removed=%d runs kept=%d", removed, len(kept))
    return removed


def keep_run(run: Run) -> None:
    """Have the arrays of a run stay until `let_run_go`. Raises NotKeepable when they are not there (any more)."""
    if not archive.has_snapshot(run.folder):
        raise NotKeepable(f"The arrays of run {run.pk} are not there: there is nothing to keep.")
    Run.objects.filter(pk=run.pk).update(is_kept=True)


def let_run_go(run: Run) -> None:
    """Treat a run as all others again: its arrays go when it is old and enough runs have followed."""
    Run.objects.filter(pk=run.pk).update(is_kept=False)


def _kept_runs(now: datetime):  # type: ignore[no-untyped-def]  # a queryset of Run, whose type Work's manager hides
    done = Run.objects.filter(state=State.DONE)
    last = done.order_by("-pk").values_list("pk", flat=True)[: settings.KEEP_RUNS]
    young = Q(finished_at__gt=now - timedelta(days=settings.KEEP_RUN_DAYS))
    published = Publication.objects.filter(run__isnull=False).values("run_id")
    return Run.objects.filter(young | Q(is_kept=True) | Q(pk__in=list(last)) | Q(pk__in=published))


def _is_older(path: Path, moment: float) -> bool:
    try:
        return path.stat().st_mtime < moment
    except FileNotFoundError:
        return False
