"""When nothing is being ingested or read any more, the facts are settled and may be frozen."""

from django.db.models import Max

from postings.models import CopyPass, ExtractionBatch, Upload
from postings.services.extraction import stale_postings
from postings.services.taxonomy import current_lexicon, record_stamp
from postings.signals import postings_settled


def is_settled() -> bool:
    return not Upload.objects.unfinished().exists() and not ExtractionBatch.objects.unfinished().exists()


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
