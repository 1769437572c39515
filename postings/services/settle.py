"""When nothing is being ingested or read any more, the facts are settled and may be frozen."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from jobsite.work import State
from postings.models import CopyPass, ExtractionBatch, Upload
from postings.services.extraction import stale_postings
from postings.services.taxonomy import current_lexicon, record_stamp
from postings.signals import postings_settled


def is_settled() -> bool:
    return not Upload.objects.unfinished().exists() and not ExtractionBatch.objects.unfinished().exists()


def pass_over_copies() -> bool:
    """End a step that changed no copies, such as one after a new alias, and announce that the facts are settled.

    Return False, having done nothing, when postings have to be grouped first: some came, went or have another text
    since the last pass began, or somebody asked for one.
    """
    now = timezone.now()
    last = CopyPass.objects.filter(state=State.DONE).order_by("-started_at").first()
    if last is None or last.started_at is None or _copies_changed_since(last.started_at):
        return False
    with transaction.atomic():
        # Also the mark that what was read until now has been followed up, see `is_left_behind`.
        CopyPass.objects.create(
            state=State.DONE, started_at=now, finished_at=now, groups=last.groups, copies=last.copies
        )
        announce_settled()
    return True


def _copies_changed_since(moment: datetime) -> bool:
    return (
        CopyPass.objects.unfinished().exists()
        or Upload.objects.filter(finished_at__gte=moment).exists()
        or ExtractionBatch.objects.filter(finished_at__gte=moment, new_texts__gt=0).exists()
    )


def announce_settled() -> None:
    """Tell whoever listens that the facts can be frozen."""
    postings_settled.send(sender=CopyPass)


def is_left_behind() -> bool:
    """Whether everything rests although a step is due: its worker was killed between two steps.

    Texts wait to be read and no batch holds them, or batches were read after the last grouping of copies began.
    """
    if not is_settled() or CopyPass.objects.unfinished().exists():
        return False
    if stale_postings(record_stamp(current_lexicon())).exists():
        return True
    read = ExtractionBatch.objects.aggregate(at=Max("finished_at"))["at"]
    grouped = CopyPass.objects.aggregate(at=Max("started_at"))["at"]
    return read is not None and (grouped is None or grouped < read)
