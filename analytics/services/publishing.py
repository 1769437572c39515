"""Which run the screens show."""

import numpy as np
from django.db import transaction
from django.utils import timezone

from analytics import archive
from analytics.models import Publication, Run
from analytics.snapshot import DamagedSnapshot
from jobsite.work import State
from postings.models import Source

SMALLEST_SHARE = 0.5
"""A run with fewer than this share of the published run's postings waits for a person."""


class NotPublishable(Exception):  # noqa: N818 - reads as the finding that it is
    """str(e) is the sentence that a person reads."""


def publish_run(run: Run, *, by_hand: bool = False) -> None:
    """Switch all screens to `run`: one UPDATE of one row. Raises NotPublishable when a guard speaks against it.

    A person who publishes by hand has seen the guard's sentence; only a run that is unfinished or empty is refused
    then. When all sources have been removed, an empty run takes the old figures off the screens.
    """
    if run.state != State.DONE:
        raise NotPublishable(f"Run {run.pk} is not finished.")
    if by_hand and not run.postings:
        raise NotPublishable(f"Run {run.pk} has no postings: there is nothing to show.")
    if run.postings and not archive.has_snapshot(run.folder):
        raise NotPublishable(f"The arrays of run {run.pk} were removed to save room. Make a run again.")
    publication, _ = Publication.objects.get_or_create(id=1)
    if not by_hand and publication.run:
        _guard(run, publication.run)
    with transaction.atomic():
        shown = run if run.postings else None
        if shown != publication.run:
            Publication.objects.filter(id=1).update(run=shown, at=timezone.now())
        _note_held(run, "")


def hold_back(run: Run, why: NotPublishable) -> None:
    """Keep the guard's sentence with the run, for whoever decides."""
    _note_held(run, str(why))


def _note_held(run: Run, sentence: str) -> None:
    quality = {name: value for name, value in run.quality.items() if name != "held"}
    run.quality = quality | ({"held": sentence} if sentence else {})
    Run.objects.filter(pk=run.pk).update(quality=run.quality)


def _guard(run: Run, published: Run) -> None:
    expected = _still_expected(published)
    if run.postings < SMALLEST_SHARE * expected:
        raise NotPublishable(
            f"Run {run.pk} has {run.postings:,} postings, the published run {published.pk} has {expected:,} of sources "
            "that are still there. If postings were removed on purpose, publish it by hand."
        )


def _still_expected(published: Run) -> int:
    """Return how many postings of the published run are of a source that is still there: nobody took them out."""
    try:
        snapshot = archive.snapshot_in(published.folder)
        sources = snapshot.vocabulary("source")
        counts = np.bincount(snapshot.source, minlength=len(sources))
    except DamagedSnapshot:
        return published.postings
    there = set(Source.objects.values_list("name", flat=True))
    return sum(int(count) for name, count in zip(sources, counts, strict=True) if name in there)
