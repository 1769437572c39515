"""Whether what stands in a column can be the field that its name says."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from postings.ingest.column_names import rank
from postings.ingest.dates import parse_date
from postings.ingest.language import stated_language
from postings.ingest.levels import employment_of, is_known_level, is_known_remote, seniority_of
from postings.ingest.money import currency_of, figures_of, number_of, period_of
from postings.ingest.places import country_code
from postings.ingest.values import given

FITTING_SHARE = 0.4
_LONGEST_NUMBER = 18
FAR_DAY = date(2100, 1, 1)
# What a column called "state" holds when it is the state of the posting.
_STATES_OF_POSTINGS = frozenset(
    (
        "published", "draft", "open", "closed", "active", "inactive", "pending", "internal", "expired", "live",
        "abierto", "cerrado", "activo", "aktiv", "ativo",
    )
)  # fmt: skip


def fitting_share(name: str, values: Sequence[str]) -> float:
    """The share, from 0 to 1, of the given values that the field could hold; 1 for a field that takes anything."""
    test = _TESTS.get(name)
    if test is None or not values:
        return 1.0
    return sum(1 for value in values if test(value)) / len(values)


def is_identity(column: str, values: Sequence[str], sample: Sequence[Mapping[str, str]]) -> bool:
    """Not a row number, and not a value that clearly different postings share."""
    if len(values) >= 3 and all(value.isdecimal() and len(value) <= _LONGEST_NUMBER for value in values):
        numbers = [int(value) for value in values]
        if numbers == list(range(numbers[0], numbers[0] + len(numbers))):
            return False
    title = next((other for other in (sample[0] if sample else ()) if rank("title", other) is not None), None)
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


def _is_words(value: str, longest: int) -> bool:
    return len(value) < longest and _has_letters(value) and value[0] not in "[{"


def _is_date(value: str) -> bool:
    return parse_date(value, seen_on=FAR_DAY) is not None or "ago" in value.lower()


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "title": lambda value: _has_letters(value) and len(value) < 250 and "://" not in value,
    "company": lambda value: _is_words(value, 200) and "://" not in value,
    "description": _has_letters,
    "place": lambda value: len(value) < 250 and _has_letters(value) and value[0] != "{",
    "city": _has_letters,
    "region": lambda value: _has_letters(value) and value.lower() not in _STATES_OF_POSTINGS,
    "country": lambda value: bool(country_code(value)),
    "date_posted": _is_date,
    "seen_on": _is_date,
    "url": lambda value: "://" in value or value.lower().startswith(("www.", "/")),
    "pay_text": lambda value: len(value) < 250 and figures_of(value) != (None, None),
    "pay_min": lambda value: number_of(value) is not None or value[0] == "0",
    "pay_max": lambda value: number_of(value) is not None or value[0] == "0",
    "pay_currency": lambda value: len(value) < 30 and bool(currency_of(value)),
    "pay_period": lambda value: len(value) < 30 and bool(period_of(value)),
    "seniority": lambda value: len(value) < 60 and bool(seniority_of(value) or is_known_level(value)),
    "employment_type": lambda value: len(value) < 80 and bool(employment_of(value) or is_known_level(value)),
    "remote": lambda value: len(value) < 60 and is_known_remote(value),
    "language": lambda value: bool(stated_language(value)),
}
