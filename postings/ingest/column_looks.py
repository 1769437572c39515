"""What the values of a column look like, where its name says nothing: dates, addresses, long texts, money, places."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median

from postings.ingest.column_fits import FAR_DAY
from postings.ingest.dates import is_relative, parse_date
from postings.ingest.language import stated_language
from postings.ingest.levels import employment_of, is_known_level, is_known_remote, seniority_of
from postings.ingest.money import currency_of, figures_of, period_of
from postings.ingest.places import country_code, parse_place
from postings.ingest.regions import AUSTRALIAN_STATES, CANADIAN_PROVINCES, US_STATES
from postings.ingest.synonyms import COMPANY_WORDS, ROLE_WORDS

# As many values as are looked at, spread over the sample.
LOOKED_AT = 40
_WORDS_LOOKED_AT = 12
_LONG_TEXT = 200
_FEWEST = 3

_DATE_SHAPE = re.compile(
    r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?:[T\s].{0,25})?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d\d|(?:19|20)\d\d)(?:\s.{0,15})?|"
    r"1[1-9]\d{8}(?:\.0)?|1[1-9]\d{11}(?:\.0)?|20[0-3]\d[01]\d[0-3]\d"
)
_TIMED = re.compile(r"(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d")
_WORDED_DATE = re.compile(r"(?=.*[^\W\d_]{3})(?=.*\b(?:19|20)\d\d\b)(?=.*\b\d{1,2}\b).{8,40}")
_URL = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_NOT_THE_POSTING = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|ico)\b|logo|/cmp/|/company/|/companies/|overview/|/login|signin|linkedin\.com/in/",
    re.IGNORECASE,
)
_POSTING_URL = re.compile(
    r"job|jk=|posting|vacan|career|karriere|stelle|emploi|offre|empleo|oferta|vaga|lavoro|praca|position|apply",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e\+?\d+)?", re.IGNORECASE)
_LARGE = re.compile(r"million|billion|milliard|mio\b|mrd\b|employees|mitarbeiter|\bbn\b", re.IGNORECASE)
_HTML = re.compile(r"</?(?:p|div|ul|li|br|span|section)\b", re.IGNORECASE)
_CURRENCY = re.compile(r"[A-Z]{3}|[$€£₹₪₱₴zł]{1,3}")
_CODE = re.compile(r"(?=\S*\d)[\w.:=+/-]{4,60}")
_RATING_TAIL = re.compile(r"\n\s*\d[.,]\d\s*$")
_REGION_CODES = frozenset((*US_STATES, *CANADIAN_PROVINCES, *AUSTRALIAN_STATES))
_ROLE = re.compile(rf"\b(?:{ROLE_WORDS})", re.IGNORECASE)
_COMPANY = re.compile(rf"\b(?:{COMPANY_WORDS})(?:\b|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Look:
    """The given values of a column in a sample of rows; `filled` is the share of rows that have one.

    `kinds` is what they look like: field -> how surely, from 0 to 1.
    """

    values: tuple[str, ...]
    filled: float

    @classmethod
    def of(cls, values: Sequence[str], rows: int) -> "Look":
        count = min(LOOKED_AT, len(values))
        spread = tuple(values[number * len(values) // count] for number in range(count))
        return cls(spread, len(values) / rows if rows else 0.0)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        return Counter(self.values)

    @cached_property
    def distinct(self) -> float:
        return len(self.counts) / len(self.values)

    @cached_property
    def length(self) -> float:
        return median(len(value) for value in self.values)

    @cached_property
    def days(self) -> tuple[date, ...]:
        found = (parse_date(value, seen_on=FAR_DAY) for value in self.values if len(value) <= 40)
        return tuple(day for day in found if day is not None)

    @cached_property
    def numbers(self) -> tuple[float, ...]:
        """The values as numbers, () unless all are."""
        return tuple(map(float, self.values)) if self._share(_NUMBER.fullmatch) == 1 else ()

    @cached_property
    def is_clock(self) -> bool:
        """Whether the values are times that run on from row to row: when each row was collected."""
        is_timed = self._share(_TIMED.search) == 1
        ordered = all(before <= after for before, after in zip(self.values, self.values[1:], strict=False))
        return is_timed and ordered and self.distinct >= 0.9

    @cached_property
    def kinds(self) -> Mapping[str, float]:
        """Field -> how surely the values are it; at most one kind is near 1."""
        if len(self.values) < _FEWEST:
            return {}
        if self._share(_URL.match) >= 0.7:
            return {"url": self._address()}
        if self.length >= _LONG_TEXT:
            return {"description": self._text()}
        if (dated := self._dated()) >= 0.7:
            return {"date_posted": dated}
        if self.numbers:
            return {"external_id": self._identity()}
        found = self._enumerated() or self._worded()
        return {name: score for name, score in found.items() if score > 0}

    def _share(self, test: Callable[[str], object]) -> float:
        return sum(times for value, times in self.counts.items() if test(value)) / len(self.values)

    def _text(self) -> float:
        """Long, in every row, different, written by people: not markup, and not stripped of its sentences."""
        score = self.filled * (0.3 + 0.7 * self.distinct) * min(1.0, 0.5 + self.length / 2000)
        if self._share(lambda value: _HTML.search(value[:400])) > 0.5:
            score *= 0.9
        is_stripped = self._share(lambda value: value[:400] == value[:400].lower() or "." not in value[:2000]) > 0.8
        return score * (0.6 if is_stripped else 1.0)

    def _address(self) -> float:
        other = self._share(_NOT_THE_POSTING.search)
        posting = self._share(_POSTING_URL.search)
        return self.filled * self.distinct * (1 - 0.8 * other) * (0.6 + 0.4 * posting)

    def _dated(self) -> float:
        if self.length > 40:
            return 0.0
        shaped = self._share(_DATE_SHAPE.fullmatch)
        if shaped >= 0.7:
            return shaped
        few = self.values[:_WORDS_LOOKED_AT]
        return sum(1 for value in few if _is_worded_date(value)) / len(few)

    def _enumerated(self) -> Mapping[str, float]:
        """The kinds of which a column holds few different values: employment, level, remote, language, currency ..."""
        kinds = len(self.counts)
        if kinds > 15 or (kinds > 0.5 * len(self.values) and len(self.values) > 6) or self.length > 40:
            return {}
        found = {
            "pay_currency": self._share(lambda value: bool(_CURRENCY.fullmatch(value) and currency_of(value))),
            "pay_period": self._share(lambda value: len(value) < 15 and bool(period_of(value))),
            "employment_type": self._share(lambda value: bool(employment_of(value))),
            "seniority": self._share(lambda value: bool(seniority_of(value) or is_known_level(value))) * 0.95,
            "remote": self._share(lambda value: len(value) > 5 and is_known_remote(value)),
            "region": self._share(lambda value: value in _REGION_CODES) * 0.99,
            "country": self._share(lambda value: bool(country_code(value))) * 0.97,
            "language": self._share(lambda value: value == value.lower() or len(value) > 3) * self._languages(),
        }
        best = max(found, key=lambda name: found[name])
        return {best: found[best]} if found[best] >= 0.75 else {}

    def _languages(self) -> float:
        return self._share(lambda value: bool(stated_language(value))) * 0.98

    def _worded(self) -> Mapping[str, float]:
        """The kinds of short texts that differ from row to row."""
        if self.length > 120 or self._share(lambda value: value[0] in "[{") > 0.5:
            return {}
        if (pay := self._share(_is_pay)) >= 0.6:
            return {"pay_text": pay}
        role, place = self._share(_ROLE.search), self._share(_is_place)
        if place >= 0.5 and place > role:
            return {self._kind_of_place(): min(1.0, place / 0.75) * (0.4 + 0.6 * self.filled)}
        if role >= 0.4:
            return {"title": role * (0.2 + 0.8 * self.distinct) * (0.3 + 0.7 * self.filled)}
        if self._share(_CODE.fullmatch) > 0.9:
            return {"external_id": self._identity()}
        return {"company": self._named() * (0.3 + 0.7 * self.filled)}

    def _kind_of_place(self) -> str:
        if self._share(lambda value: value in _REGION_CODES) > 0.7:
            return "region"
        return "place" if self._share(lambda value: "," in value or "·" in value) > 0.1 else "city"

    def _named(self) -> float:
        """Names of companies: short, capitalised, different, not lists; now and then with a legal form."""
        is_short = self.length <= 45 and self._share(lambda value: len(value.split()) <= 7) > 0.8
        capitalised = self._share(lambda value: not value[0].islower())
        lists = self._share(lambda value: value.count(",") > 1 or " & " in value[:60])
        if not is_short or capitalised < 0.7 or lists > 0.4 or self.distinct < 0.15:
            return 0.0
        if self._share(_RATING_TAIL.search) > 0.4:
            return 0.95
        marked = self._share(lambda value: _COMPANY.search(value.split("\n")[0]))
        if self._share(lambda value: any(char.isdigit() for char in value)) > 0.5:
            return 0.0
        return min(0.9, marked * 2 + 0.5 * self.distinct) * capitalised * (1 - lists)

    def _identity(self) -> float:
        """Different in every row, long enough, no row number."""
        if self.distinct < 0.95 or self.filled < 0.9 or self.length < 5 or self._share(_CODE.fullmatch) < 0.9:
            return 0.0
        if self.numbers and all(after > before for before, after in zip(self.numbers, self.numbers[1:], strict=False)):
            steps = {after - before for before, after in zip(self.numbers, self.numbers[1:], strict=False)}
            return 0.0 if len(steps) == 1 else 0.5
        return 0.5 if self.numbers else 0.7


def is_pay_range(low: Sequence[str], high: Sequence[str]) -> bool:
    """Whether two columns, row by row, are the ends of pay: filled together, the first never above the second."""
    pairs = [(a, b) for a, b in zip(low, high, strict=True) if a and b]
    if len(pairs) < _FEWEST or not all(_NUMBER.fullmatch(a) and _NUMBER.fullmatch(b) for a, b in pairs):
        return False
    alone = sum(1 for a, b in zip(low, high, strict=True) if bool(a) != bool(b))
    figures = [(float(a), float(b)) for a, b in pairs]
    ordered = sum(1 for a, b in figures if a <= b <= 5 * max(a, 1)) / len(figures)
    apart = sum(1 for a, b in figures if a < b) / len(figures)
    largest = median(b for _, b in figures)
    return alone <= 0.2 * len(pairs) and ordered >= 0.9 and apart >= 0.3 and 5 <= largest <= 5_000_000


def _is_worded_date(value: str) -> bool:
    if len(value) <= 30 and is_relative(value):
        return True
    return bool(_WORDED_DATE.fullmatch(value)) and parse_date(value, seen_on=FAR_DAY) is not None


def _is_pay(value: str) -> bool:
    if len(value) > 90 or not any(char.isdigit() for char in value) or _LARGE.search(value):
        return False
    return bool(currency_of(value) or period_of(value)) and figures_of(value) != (None, None)


def _is_place(value: str) -> bool:
    if len(value) > 80 or value[0].islower() or any(mark in value for mark in "\n:!?@"):
        return False
    place = parse_place(value)
    # A region without its country is often none: "Company - Private" has two parts as well.
    return bool(place.country) or value in _REGION_CODES
