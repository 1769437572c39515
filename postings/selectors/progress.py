"""What is being done to the facts: texts that are read, copies that are grouped."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Exists, Max, Min, OuterRef, Q, QuerySet, Sum, When

from jobsite.work import UNFINISHED, State
from postings.models import CopyPass, ExtractionBatch


@dataclass(frozen=True)
class ReadingProgress:
    """`done` of `total` postings are read, both 0 when nothing is; `groups_copies`: a grouping waits or runs."""

    done: int
    total: int
    groups_copies: bool

    @property
    def is_reading(self) -> bool:
        return self.total > 0


def reading_progress() -> ReadingProgress:
    """Return how far the workers are with what has become stale since the last step that ended in figures."""
    groups_copies = CopyPass.objects.unfinished().exists()
    if not ExtractionBatch.objects.unfinished().exists():
        return ReadingProgress(0, 0, groups_copies)
    ended = CopyPass.objects.filter(state=State.DONE).aggregate(at=Max("started_at"))["at"]
    batches = ExtractionBatch.objects.exclude(state=State.FAILED)
    if ended:
        batches = batches.filter(queued_at__gte=ended)
    done, total = _counted_once(batches)
    return ReadingProgress(done, max(total, done, 1), groups_copies)


def _counted_once(batches: QuerySet[ExtractionBatch]) -> tuple[int, int]:
    """Return how many postings are read, and how many there are to read with the lexicon that was planned with last.

    Its batches hold all that those of lexicons before it had still to read. One of these that begins after them reads
    with the new lexicon and so does their work: it counts until the batch of the same postings has been looked at.
    """
    newest = batches.order_by("-pk").values("stamp")[:1]
    older = batches.exclude(stamp__in=newest)
    since = older.aggregate(pk=Max("pk"))["pk"] or 0
    wanted = batches.filter(Q(state__in=UNFINISHED) | Q(pk__gt=since), stamp__in=newest)
    sums = wanted.aggregate(
        done=Sum(Case(When(state=State.DONE, then="stale"), default="postings")),
        total=Sum("stale"),
        planned_at=Min("planned_at"),
    )
    waiting = wanted.filter(state__in=UNFINISHED, first_id__lte=OuterRef("last_id"), last_id__gte=OuterRef("first_id"))
    ahead = older.filter(Exists(waiting), started_at__gte=sums["planned_at"])
    read_ahead = ahead.aggregate(read=Sum("postings"))["read"] or 0
    return (sums["done"] or 0) + read_ahead, sums["total"] or 0


def last_followed_up() -> datetime | None:
    """Return when the workers last went on from the reading to the copies, or past them."""
    at: datetime | None = CopyPass.objects.aggregate(at=Max("queued_at"))["at"]
    return at
