"""When nothing is being ingested or read any more, the facts are settled and may be frozen."""

from postings.models import CopyPass, ExtractionBatch, Upload
from postings.signals import postings_settled


def is_settled() -> bool:
    return not Upload.objects.unfinished().exists() and not ExtractionBatch.objects.unfinished().exists()


def announce_settled() -> None:
    """Tell whoever listens that the facts can be frozen."""
    postings_settled.send(sender=CopyPass)
