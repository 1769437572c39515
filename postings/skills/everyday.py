"""Words of everyday texts: as the name of a skill they need exact case, or the company of other skills."""

from postings.ingest.common_words import COMMON_WORDS
from postings.skills.context import EVERYDAY_WORDS

_EVERYDAY = EVERYDAY_WORDS | frozenset(COMMON_WORDS["en"].split())
TOO_SHORT = 2
"""Letters of a name that stands in texts for many other things."""


def is_everyday(phrase: str) -> bool:
    """Whether a phrase, whatever its case, is a word that stands in texts of any kind."""
    return phrase.casefold() in _EVERYDAY
