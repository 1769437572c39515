"""Text -> skills: mentions with levels, and candidates. Pure; spaCy is imported when an Extractor is built."""

from postings.skills.details import LONGEST_DEFINITION
from postings.skills.everyday import TOO_SHORT, is_everyday
from postings.skills.extractor import Extractor
from postings.skills.false_friends import LONGEST_NOT_IN, languages_named
from postings.skills.lexicon import RULES_VERSION, Lexicon
from postings.skills.likeness import Guess, Likely, Likeness, is_short_for, spelling_of
from postings.skills.passages import Passage, passage_around, places_of
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
from postings.skills.touching import Touching
from postings.skills.types import By, Degree, Demands, Kind, Level, LexiconEntry, Mention, Reading, Span

__all__ = [
    "LONGEST_DEFINITION",
    "LONGEST_NOT_IN",
    "RULES_VERSION",
    "TOO_SHORT",
    "By",
    "Degree",
    "Demands",
    "Extractor",
    "Guess",
    "Kind",
    "Level",
    "Lexicon",
    "LexiconEntry",
    "Likely",
    "Likeness",
    "Mention",
    "MentionArrays",
    "Passage",
    "Reading",
    "Reference",
    "Scheme",
    "Span",
    "Taxonomy",
    "TaxonomyAlias",
    "TaxonomyError",
    "TaxonomyGroup",
    "TaxonomySkill",
    "Touching",
    "address_of",
    "esco_identifier",
    "is_everyday",
    "is_short_for",
    "languages_named",
    "load_shipped",
    "load_taxonomy",
    "pack",
    "passage_around",
    "places_of",
    "reach",
    "spelling_of",
    "unpack",
    "unpack_many",
]
