"""Taking postings out again, with everything that rests on them: by hand, or because they may not be kept longer."""

import logging
import re
import time
from datetime import date
from pathlib import Path

from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Sum

from jobsite.log import HOUSE, note
from jobsite.models import EventKind
from jobsite.work import State
from postings.models import Posting, Removal, Source, Upload

logger = logging.getLogger(__name__)

BATCH = 1000
"""Postings that go in one transaction: others have to write in between."""
ORPHANED_AFTER = 24 * 60 * 60
"""Seconds after which a stored file that no upload names was left behind, and is not just being handed in."""

_STORED = re.compile(r"[0-9a-f]{64}")


def remove_source(source: Source, *, reason: str = "Removed by hand.", by: User | None = None) -> int:
    """Delete a source with its uploads, files and postings, and log it; return how many postings went.

    In batches: whoever is interrupted calls it again, and the log counts all that the source ever had.
    """
    return _remove(source, reason, by).postings


def remove_expired(today: date) -> list[Removal]:
    """Remove each source that may be kept no longer: `keep_until` is the last day on which it may."""
    return [
        _remove(source, f"It was to be kept until {source.keep_until:%-d %B %Y}.", None)
        for source in Source.objects.filter(keep_until__lt=today).order_by("pk")
    ]


def remove_orphan_files(*, now: float | None = None) -> int:
    """Delete stored files that no upload names, such as a crash leaves behind; return how many."""
    eldest = (now or time.time()) - ORPHANED_AFTER
    root = Path(default_storage.path(""))
    old = {
        path.name: path
        for path in root.glob("[0-9a-f][0-9a-f]/*")
        if _STORED.fullmatch(path.name) and path.stat().st_mtime < eldest
    }
    known = set(Upload.objects.values_list("checksum", flat=True)) if old else set()
    orphans = [path for checksum, path in old.items() if checksum not in known]
    for path in orphans:
        path.unlink(missing_ok=True)
    if orphans:
        logger.info("remove: orphan files=%d", len(orphans))
    return len(orphans)


def _remove(source: Source, reason: str, by: User | None) -> Removal:
    _stop_ingest(source)
    while batch := list(Posting.objects.filter(source=source).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            Posting.objects.filter(pk__in=batch).delete()
    with transaction.atomic():
        removal = _log(source, reason, by)
        uploads = Upload.objects.filter(source=source)
        files = list(uploads.values_list("file", flat=True))
        uploads.exclude(mends=None).delete()
        uploads.all().delete()
        source.delete()
        what = f"Removed the source “{removal.source}” and its {removal.postings} postings: {reason}"
        note(EventKind.EDIT, what, by=by or HOUSE, rows=removal.postings)
        transaction.on_commit(lambda: _delete_files(files))
    logger.info("remove: source=%s postings=%d files=%d", removal.source, removal.postings, len(files))
    return removal


def _stop_ingest(source: Source) -> None:
    """End what is being ingested or waits: its worker learns at its next checkpoint that the lease is gone."""
    waiting = Upload.objects.filter(source=source, state__in=(State.QUEUED, State.RUNNING, State.HELD))
    waiting.update(state=State.FAILED, token="", lease_until=None, error="Its source is being removed.")


def _log(source: Source, reason: str, by: User | None) -> Removal:
    uploads = Upload.objects.filter(source=source).order_by("pk")
    return Removal.objects.create(
        source=source.name,
        reason=reason[:300],
        by=by,
        # Each posting was new once; what an interrupted removal took is counted, too.
        postings=uploads.aggregate(n=Sum("new"))["n"] or 0,
        files=[{"name": u.name, "checksum": u.checksum, "rows": u.rows} for u in uploads],
    )


def _delete_files(files: list[str]) -> None:
    for file in files:
        default_storage.delete(file)
