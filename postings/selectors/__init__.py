"""Everything that reads facts: one function per question, one dataclass per screen."""

from postings.selectors.intake import (
    UploadScreen,
    UploadsScreen,
    rejection_rows,
    upload_screen,
    uploads_screen,
    uploads_that_can_start,
)
from postings.selectors.search import search_postings
from postings.selectors.taxonomy import MergeConsequence, merge_consequence

__all__ = [
    "MergeConsequence",
    "UploadScreen",
    "UploadsScreen",
    "merge_consequence",
    "rejection_rows",
    "search_postings",
    "upload_screen",
    "uploads_screen",
    "uploads_that_can_start",
]
