"""Everything that reads facts: one function per question, one dataclass per screen."""

from postings.selectors.candidates import PhraseInText, cut_around, sentences_with
from postings.selectors.copies import (
    CopiesPart,
    PairScreen,
    copies_part,
    copy_decisions,
    openings_of,
    pair_names,
    pair_screen,
    postings_named,
)
from postings.selectors.intake import (
    UploadScreen,
    UploadsScreen,
    upload_screen,
    uploads_screen,
    uploads_that_can_start,
)
from postings.selectors.preview import DryRun, PreviewScreen, preview_screen, unreadable_preview
from postings.selectors.rejections import rejection_rows
from postings.selectors.search import search_postings
from postings.selectors.taxonomy import current_taxonomy

__all__ = [
    "CopiesPart",
    "DryRun",
    "PairScreen",
    "PhraseInText",
    "PreviewScreen",
    "UploadScreen",
    "UploadsScreen",
    "copies_part",
    "copy_decisions",
    "current_taxonomy",
    "cut_around",
    "openings_of",
    "pair_names",
    "pair_screen",
    "postings_named",
    "preview_screen",
    "rejection_rows",
    "search_postings",
    "sentences_with",
    "unreadable_preview",
    "upload_screen",
    "uploads_screen",
    "uploads_that_can_start",
]
