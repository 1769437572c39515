"""Taking postings out again, on purpose, with everything that rests on them."""

import logging

from django.core.files.storage import default_storage
from django.db import transaction

from postings.models import Posting, Source

logger = logging.getLogger(__name__)


def remove_source(source: Source) -> int:
    """Delete a source with its uploads, files and postings; return how many postings went."""
    name, files = source.name, list(source.uploads.values_list("file", flat=True))
    with transaction.atomic():
        removed = Posting.objects.filter(source=source).count()
        Posting.objects.filter(source=source).delete()
        source.uploads.all().delete()
        source.delete()
    for file in files:
        default_storage.delete(file)
    logger.info("remove: source=%s postings=%d files=%d", name, removed, len(files))
    return removed
