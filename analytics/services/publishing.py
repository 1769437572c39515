"""Which run the screens show."""

from django.utils import timezone

from analytics.models import Publication, Run
from jobsite.work import State

SMALLEST_SHARE = 0.5
"""A run with fewer than this share of the published run's postings waits for a person."""


class NotPublishable(Exception):  # noqa: N818 - reads as the finding that it is
    """str(e) is the sentence that a person reads."""


def publish_run(run: Run, *, by_hand: bool = False) -> None:
    """Switch all screens to `run`: one UPDATE of one row. Raises NotPublishable when a guard speaks against it.

    A person who publishes by hand has seen the guard's sentence; only an unfinished run is refused then.
    """
    if run.state != State.DONE:
        raise NotPublishable(f"Run {run.pk} is not finished.")
    publication, _ = Publication.objects.get_or_create(id=1)
    if not by_hand:
        _guard(run, publication.run)
    Publication.objects.filter(id=1).update(run=run, at=timezone.now())


def _guard(run: Run, published: Run | None) -> None:
    if published and run.postings < SMALLEST_SHARE * published.postings:
        raise NotPublishable(
            f"Run {run.pk} has {run.postings:,} postings, the published run {published.pk} has {published.postings:,}. "
            "If postings were removed on purpose, publish it by hand."
        )
