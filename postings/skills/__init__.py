"""Text -> skills: mentions with levels, and candidates. Pure; spaCy is imported when an Extractor is built."""

from postings.skills.details import LONGEST_DEFINITION
from postings.skills.extractor import Extractor
from postings.skills.lexicon import RULES_VERSION, Lexicon
from postings.skills.likeness import Likeness
from postings.skills.records import MentionArrays, pack, unpack, unpack_many
from postings.skills.references import Reference, Scheme, address_of, esco_identifier
from postings.skills.spread import reach
from postings.skills.tables import TaxonomyError
from postings.skills.taxonomy import (
    Taxonomy,
    TaxonomyAlias,
    TaxonomyGroup,
    TaxonomySkill,
    load_shipped,
    load_taxonomy,
)
from postings.skills.types import By, Degree, Demands, Kind, Level, LexiconEntry, Mention, Reading, Span

__all__ = [
    "LONGEST_DEFINITION",
    "RULES_VERSION",
    "By",
    "Degree",
    "Demands",
    "Extractor",
    "Kind",
    "Level",
    "Lexicon",
    "LexiconEntry",
    "Likeness",
    "Mention",
    "MentionArrays",
    "Reading",
    "Reference",
    "Scheme",
    "Span",
    "Taxonomy",
    "TaxonomyAlias",
    "TaxonomyError",
    "TaxonomyGroup",
    "TaxonomySkill",
    "address_of",
    "esco_identifier",
    "load_shipped",
    "load_taxonomy",
    "pack",
    "reach",
    "unpack",
    "unpack_many",
]
