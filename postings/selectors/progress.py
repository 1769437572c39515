"""What is being done to the facts: texts that are read, copies that are grouped."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Sum

from jobsite.work import State
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
    sums = batches.aggregate(done=Sum("postings"), total=Sum("stale"))
    done, total = sums["done"] or 0, sums["total"] or 0
    return ReadingProgress(done, max(total, done, 1), groups_copies)


def last_followed_up() -> datetime | None:
    """Return when the workers last went on from the reading to the copies, or past them."""
    at: datetime | None = CopyPass.objects.aggregate(at=Max("queued_at"))["at"]
    return at
