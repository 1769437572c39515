"""What the name of a column says: which field it is, something else, or nothing at all."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from postings.ingest.synonyms import (
    EMPLOYERS,
    FIELDS,
    FILLERS,
    LANGUAGES,
    NAME_ENDS,
    NAMED_FIELDS,
    PATTERNS,
    STRANGERS,
    VAGUE_ENDS,
    WRAPPERS,
)

NAMES_FILE = Path(__file__).parent / "words" / "columns.toml"
# The later a kind of hint, the less it says; names in the lists count up from 0, some hundred for a field.
WRAPPED_RANK = 300
PATH_RANK = 500
REDUCED_RANK = 700
PATTERN_RANK = 1000

_INDEX = re.compile(r"(?:unnamed:? ?\d+(?:\.\d+)?|column ?\d+|index|level 0|nr|no|row|#|)", re.IGNORECASE)
_EMPTY_NAME = re.compile(
    r"(?:(?:col|column|field|feld|spalte|colonne|champ|columna|campo|coluna|kolom|veld|colonna|kolumna|pole|var|"
    r"variable|value|attr|attribute|c|f|v|x|s|unnamed:?)[\s_.-]*\d+(?:\.\d+)?|\d+(?:\.\d+)?|[a-z]{1,2}|)",
    re.IGNORECASE,
)
_VALUE_NAME = re.compile(r"\w+://|www\.|\d{4}-\d\d-\d\d")
_LONGEST_NAME = 80
_PEOPLE = frozenset(("recruiter", "advertiser", "recruteur"))
_VAGUE_REDUCED = frozenset(("name", "text", "html", "summary"))
_PLAIN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ı": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_WORD = re.compile(r"[A-Z]+(?![a-zß-ÿ])|[A-ZÀ-Þ]?[a-zß-ÿ]+|[^\W_]+")


def is_index(column: str) -> bool:
    """Whether the name is one that spreadsheets and pandas give to the numbers of their rows, or to no column."""
    return bool(_INDEX.fullmatch(column.strip()))


def says_nothing(column: str) -> bool:
    """Whether only the values can tell what the column is: "col1", "Field_7", "Unnamed: 3", or a value as its name."""
    name = column.strip()
    return bool(_EMPTY_NAME.fullmatch(name) or len(name) > _LONGEST_NAME or _VALUE_NAME.search(name)) and (
        name.lower() not in {"id", "no", "nr"}
    )


@lru_cache(maxsize=4096)
def is_stranger(column: str) -> bool:
    """Whether the name clearly says something that is none of our fields: skills, a company's logo, a search word."""
    path = [folded(part) for part in column.split(".")]
    return any(_strangers().search(part) for part in path) or is_about_employer(column)


def is_about_employer(column: str) -> bool:
    """Whether the column describes the employer (its address, its text) rather than the posting."""
    plain = folded(column)
    found = _employers().search(plain)
    return bool(found) and plain not in ranks()["company"] and not plain.endswith("name")


@lru_cache(maxsize=65536)
def rank(name: str, column: str) -> int | None:
    """How well a column is named for a field: 0 is best, None means not at all.

    From 0: names in words/columns.toml; then the same below a wrapper ("job.title"), at the end of a path, among
    words that change nothing ("Titel der Stelle"), and last the patterns.
    """
    plain = folded(column)
    if is_index(column) or not plain:
        return None
    head, _, end = plain.rpartition(".")
    known = ranks()[name]
    if plain in known:
        return known[plain]
    if head and set(head.split(".")) <= WRAPPERS and end in known:
        return WRAPPED_RANK + known[end]
    named = head.rpartition(".")[2]
    if end in NAME_ENDS and name in NAMED_FIELDS and named in known and named not in _PEOPLE:
        return PATH_RANK + known[named]
    return None if is_stranger(column) else _hinted_rank(name, column, head, end)


def _hinted_rank(name: str, column: str, head: str, end: str) -> int | None:
    """The rank by a part of the name."""
    if head and end not in VAGUE_ENDS and end in ranks()[name]:
        return PATH_RANK + ranks()[name][end]
    reduced = "" if head else _reduced(column)
    if reduced and reduced in _reduced_ranks()[name]:
        return REDUCED_RANK + _reduced_ranks()[name][reduced]
    is_vague = bool(head) and end in VAGUE_ENDS
    return PATTERN_RANK if not is_vague and _is_hinted(name, folded(column)) else None


@lru_cache(maxsize=4096)
def folded(column: str) -> str:
    """Without case, accents, blanks and punctuation but dots."""
    plain = unicodedata.normalize("NFKD", column.casefold().translate(_PLAIN_LETTERS))
    return re.sub(r"[^a-z0-9.]", "", plain).strip(".")


@cache
def ranks() -> dict[str, dict[str, int]]:
    """Field -> folded name -> rank. Umlauts are known with and without "e"."""
    with NAMES_FILE.open("rb") as file:
        listed = tomllib.load(file)
    return {name: _numbered(listed[name]) for name in FIELDS}


def _numbered(by_language: dict[str, str]) -> dict[str, int]:
    numbered: dict[str, int] = {}
    for language in (*LANGUAGES, "any"):
        for name in by_language.get(language, "").split("|"):
            for spelling in (name, name.casefold().translate(_UMLAUTS)) if language == "de" else (name,):
                if plain := folded(spelling):
                    numbered.setdefault(plain, len(numbered))
    return numbered


@cache
def _reduced_ranks() -> dict[str, dict[str, int]]:
    with NAMES_FILE.open("rb") as file:
        listed = tomllib.load(file)
    reduced: dict[str, dict[str, int]] = {name: {} for name in FIELDS}
    for name in FIELDS:
        for language in LANGUAGES:
            for written in listed[name].get(language, "").split("|"):
                plain = _reduced(written)
                if len(plain) > 3 and plain not in _VAGUE_REDUCED:
                    reduced[name].setdefault(plain, len(reduced[name]))
    return reduced


@lru_cache(maxsize=8192)
def _reduced(column: str) -> str:
    """The name without the words that change nothing; "" if no word is left."""
    words = [folded(word) for word in _WORD.findall(column)]
    kept = [word for word in words if word not in FILLERS]
    return "".join(kept)


def _is_hinted(name: str, plain: str) -> bool:
    if name not in PATTERNS:
        return False
    wanted, unwanted = PATTERNS[name]
    return bool(re.search(wanted, plain)) and not re.search(unwanted, plain)


@cache
def _strangers() -> re.Pattern[str]:
    return re.compile(STRANGERS)


@cache
def _employers() -> re.Pattern[str]:
    return re.compile(EMPLOYERS)
