"""Which column of a file is which of our fields."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Self

from postings.ingest.dates import parse_date
from postings.ingest.levels import employment_of, is_known_level, is_known_remote, seniority_of
from postings.ingest.money import currency_of, figures_of, number_of, period_of
from postings.ingest.places import country_code
from postings.ingest.synonyms import FIELDS, PATTERNS, REQUIRED, SYNONYMS, VAGUE_ENDS
from postings.ingest.values import given

# Fields that may fall back on a second column where the first one is empty ("principal" and "secondary" company name).
_WITH_FALLBACK = ("company", "place", "date_posted", "url", "pay_text", "description")
_FITTING_SHARE = 0.4
_PATH_RANK = 200
_PATTERN_RANK = 1000
_EMPTY_PENALTY = 500
_NUMBERED = re.compile(r"(.+) \((\d+)\)")
_INDEX = re.compile(r"(?:unnamed:? ?\d+(?:\.\d+)?|column ?\d+|index|level 0|nr|no|row|)", re.IGNORECASE)


@dataclass(frozen=True)
class ColumnMap:
    """Field -> column. `fallbacks` are asked, in order, where that column is empty."""

    columns: Mapping[str, str]
    fallbacks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        unknown = sorted((set(self.columns) | set(self.fallbacks)) - set(FIELDS))
        if unknown:
            raise ValueError(f"not fields of a posting: {', '.join(unknown)}")

    def missing(self) -> list[str]:
        """The required fields that have no column."""
        return [name for name in REQUIRED if name not in self.columns]

    def value(self, row: Mapping[str, str], name: str) -> str:
        """What the row says about a field, without blanks around it; "" if it says nothing."""
        found = given(row.get(self.columns.get(name, "\0"), ""))
        if found or name not in self.fallbacks:
            return found
        return next((other for column in self.fallbacks[name] if (other := given(row.get(column, "")))), "")

    def to_dict(self) -> dict[str, str]:
        """Field -> column; fallbacks are numbered: "company (2)"."""
        flat = dict(self.columns)
        for name, columns in self.fallbacks.items():
            flat |= {f"{name} ({number})": column for number, column in enumerate(columns, start=2)}
        return flat

    @classmethod
    def from_dict(cls, stored: Mapping[str, str]) -> Self:
        """The inverse of `to_dict`. Fields without a column ("") are left out; an unknown field raises ValueError."""
        columns: dict[str, str] = {}
        numbered: dict[str, list[tuple[int, str]]] = {}
        for name, column in stored.items():
            match = _NUMBERED.fullmatch(name)
            if match and column:
                numbered.setdefault(match[1], []).append((int(match[2]), column))
            elif column:
                columns[name] = column
        return cls(columns, {name: tuple(column for _, column in sorted(found)) for name, found in numbered.items()})


def suggest_columns(header: Sequence[str], sample: Sequence[Mapping[str, str]] = ()) -> ColumnMap:
    """Return the best column for each field, by its name and, where a sample of rows is given, by what stands in it."""
    values = {column: [text for row in sample if (text := given(row.get(column, "")))] for column in header}
    candidates = {name: _ranked(name, header, values, sample) for name in FIELDS}
    columns: dict[str, str] = {}
    # The best-named pairs first, so that "Job Title" is not taken by a field that knows it only by a pattern.
    pairs = sorted((rank, order, column) for order, name in enumerate(FIELDS) for rank, column in candidates[name])
    for _rank, order, column in pairs:
        if FIELDS[order] not in columns and column not in columns.values():
            columns[FIELDS[order]] = column
    fallbacks = {
        name: others
        for name in _WITH_FALLBACK
        if (
            others := tuple(
                column for rank, column in candidates[name] if rank < _PATTERN_RANK and column not in columns.values()
            )
        )
    }
    return ColumnMap({name: columns[name] for name in FIELDS if name in columns}, fallbacks)


def _ranked(
    name: str, header: Sequence[str], values: Mapping[str, list[str]], sample: Sequence[Mapping[str, str]]
) -> list[tuple[int, str]]:
    """The columns that can be this field, best first: (rank, column)."""
    ranked = []
    for column in header:
        rank = _rank(name, column)
        if rank is None:
            continue
        if sample and not values[column]:
            rank += _EMPTY_PENALTY
        elif sample and not _fits(name, column, values[column], sample):
            continue
        ranked.append((rank, column))
    return sorted(ranked, key=lambda pair: (pair[0], header.index(pair[1])))


def _rank(name: str, column: str) -> int | None:
    plain = _folded(column)
    if _INDEX.fullmatch(column.strip()) or not plain:
        return None
    rank = _ranks()[name].get(plain)
    if rank is not None:
        return rank
    end = plain.rpartition(".")[2]
    if end != plain and end not in VAGUE_ENDS and end in _ranks()[name]:
        return _PATH_RANK + _ranks()[name][end]
    if name not in PATTERNS:
        return None
    wanted, unwanted = PATTERNS[name]
    fits = re.search(wanted, plain) and not re.search(unwanted, plain)
    return _PATTERN_RANK if fits else None


def _folded(column: str) -> str:
    plain = unicodedata.normalize("NFKD", column.casefold())
    return re.sub(r"[^a-z0-9.]", "", plain).strip(".")


@cache
def _ranks() -> dict[str, dict[str, int]]:
    return {name: {word: rank for rank, word in enumerate(words.split())} for name, words in SYNONYMS.items()}


def _fits(name: str, column: str, values: list[str], sample: Sequence[Mapping[str, str]]) -> bool:
    """Whether what stands in a column can be the field."""
    if name == "external_id":
        return _is_identity(column, values, sample)
    test = _TESTS.get(name)
    return test is None or sum(1 for value in values if test(value)) >= _FITTING_SHARE * len(values)


def _is_identity(column: str, values: list[str], sample: Sequence[Mapping[str, str]]) -> bool:
    """Not a row number, and not a value that clearly different postings share."""
    if len(values) >= 3 and all(value.isdigit() for value in values):
        numbers = [int(value) for value in values]
        if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return False
    title = next((other for other in (sample[0] if sample else ()) if _rank("title", other) is not None), None)
    if title is None:
        return True
    titles: dict[str, set[str]] = {}
    for row in sample:
        if value := given(row.get(column, "")):
            titles.setdefault(value, set()).add(given(row.get(title, "")).casefold())
    shared = sum(1 for found in titles.values() if len(found) > 1)
    return shared <= 0.1 * len(titles)


def _has_letters(value: str) -> bool:
    return any(char.isalpha() for char in value)


def _is_date(value: str) -> bool:
    return parse_date(value, seen_on=_FAR_DAY) is not None or "ago" in value.lower()


def _is_language(value: str) -> bool:
    from postings.ingest.language import stated_language

    return bool(stated_language(value))


_FAR_DAY = date(2100, 1, 1)
_TESTS = {
    "title": lambda value: _has_letters(value) and len(value) < 250 and "://" not in value,
    "company": lambda value: _has_letters(value) and len(value) < 200,
    "description": _has_letters,
    "place": lambda value: _has_letters(value) and len(value) < 250,
    "city": _has_letters,
    "region": _has_letters,
    "country": lambda value: bool(country_code(value)),
    "date_posted": _is_date,
    "seen_on": _is_date,
    "url": lambda value: "://" in value or value.lower().startswith("www."),
    "pay_text": lambda value: figures_of(value) != (None, None),
    "pay_min": lambda value: number_of(value) is not None or value[0] == "0",
    "pay_max": lambda value: number_of(value) is not None or value[0] == "0",
    "pay_currency": lambda value: len(value) < 30 and bool(currency_of(value)),
    "pay_period": lambda value: len(value) < 30 and bool(period_of(value)),
    "seniority": lambda value: len(value) < 60 and bool(seniority_of(value) or is_known_level(value)),
    "employment_type": lambda value: len(value) < 80 and bool(employment_of(value) or is_known_level(value)),
    "remote": lambda value: len(value) < 60 and is_known_remote(value),
    "language": _is_language,
}
