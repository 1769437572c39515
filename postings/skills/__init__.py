"""Text -> skills: mentions with levels, and candidates. Pure; spaCy is imported when an Extractor is built."""

from postings.skills.extractor import Extractor
from postings.skills.lexicon import RULES_VERSION, Lexicon
from postings.skills.records import MentionArrays, pack, unpack, unpack_many
from postings.skills.spread import reach
from postings.skills.taxonomy import (
    Taxonomy,
    TaxonomyAlias,
    TaxonomyError,
    TaxonomyGroup,
    TaxonomySkill,
    load_shipped,
    load_taxonomy,
)
from postings.skills.types import Kind, Level, LexiconEntry, Mention, Reading, Span

__all__ = [
    "RULES_VERSION",
    "Extractor",
    "Kind",
    "Level",
    "Lexicon",
    "LexiconEntry",
    "Mention",
    "MentionArrays",
    "Reading",
    "Span",
    "Taxonomy",
    "TaxonomyAlias",
    "TaxonomyError",
    "TaxonomyGroup",
    "TaxonomySkill",
    "load_shipped",
    "load_taxonomy",
    "pack",
    "reach",
    "unpack",
    "unpack_many",
]
