"""Raw titles of postings -> role, seniority, and what was dropped on the way. Pure: no database, no clock."""

from analytics.titles.catalogue import Catalogue, Role, load_catalogue
from analytics.titles.cleaning import clean_title
from analytics.titles.deciding import NO_ROLE, OTHER, UNKNOWN
from analytics.titles.files import normalise_titles
from analytics.titles.reader import TitleReader, TitleReading
from analytics.titles.seniority import LEVELS
from analytics.titles.spread import reach

__all__ = [
    "LEVELS",
    "NO_ROLE",
    "OTHER",
    "UNKNOWN",
    "Catalogue",
    "Role",
    "TitleReader",
    "TitleReading",
    "clean_title",
    "load_catalogue",
    "normalise_titles",
    "reach",
]
