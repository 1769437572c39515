"""Pay: figures, currency and period as stated, and what that is in a year.

One table turns periods into years, everywhere: 2,080 hours (52 weeks of 40), 260 days, 52 weeks, 12 months.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

from postings.ingest.figures import figures_of, pay_match, pay_problem, rounded, sound
from postings.ingest.records import Pay
from postings.ingest.values import given

__all__ = [
    "PERIODS_A_YEAR",
    "PayCells",
    "currency_of",
    "figure_problem",
    "figures_of",
    "number_of",
    "parse_pay",
    "pay_problem",
    "period_of",
]

PERIODS_A_YEAR = {
    "hour": Decimal(2080),
    "day": Decimal(260),
    "week": Decimal(52),
    "month": Decimal(12),
    "year": Decimal(1),
}
# Beyond these a stated period and its figure contradict each other ("150 a year", "90,000 an hour").
_PLAUSIBLE_YEARLY = (Decimal(1_000), Decimal(5_000_000))
_JUDGED_CURRENCIES = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD"})
# Where no period is stated, these currencies leave no doubt about figures this large or this small.
_SURELY_YEARLY = Decimal(15_000)
_SURELY_HOURLY = Decimal(200)

_MARKS: tuple[tuple[str, str], ...] = (
    ("us$", "USD"), ("us dollar", "USD"), ("british pound", "GBP"), ("pound sterling", "GBP"), ("sterling", "GBP"),
    ("franken", "CHF"), ("złot", "PLN"), ("zlot", "PLN"), ("rupee", "INR"),
    ("ca$", "CAD"), ("c$", "CAD"), ("au$", "AUD"), ("a$", "AUD"), ("nz$", "NZD"), ("s$", "SGD"),
    ("hk$", "HKD"), ("r$", "BRL"), ("mx$", "MXN"), ("€", "EUR"), ("£", "GBP"), ("₹", "INR"), ("₪", "ILS"), ("₱", "PHP"),
    ("zł", "PLN"), ("₴", "UAH"), ("₽", "RUB"), ("₺", "TRY"), ("₩", "KRW"), ("₫", "VND"), ("฿", "THB"), ("₦", "NGN"),
    ("kč", "CZK"), ("sfr", "CHF"), ("fr.", "CHF"), ("euro", "EUR"),
)  # fmt: skip
# Signs that several currencies share: sign, country -> currency, and what it is elsewhere.
_SHARED_MARKS: tuple[tuple[str, dict[str, str], str], ...] = (
    (
        "$",
        {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "MX": "MXN", "TW": "TWD"},
        "USD",
    ),
    ("¥", {"CN": "CNY", "JP": "JPY"}, ""),
    ("rs", {"PK": "PKR", "LK": "LKR", "NP": "NPR", "MU": "MUR"}, "INR"),
    ("kr", {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"}, ""),
)
_CODE = re.compile(
    r"(?<![A-Za-z])(USD|EUR|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|RON|BGN|UAH|RUB|TRY|ILS|NIS|AED|SAR|QAR|EGP|ZAR|NGN|KES|"
    r"INR|PKR|BDT|PHP|IDR|MYR|SGD|HKD|CNY|RMB|JPY|KRW|TWD|THB|VND|AUD|NZD|CAD|MXN|BRL|ARS|CLP|COP|PEN|UYU)(?![A-Za-z])",
    re.IGNORECASE,
)
_OTHER_CODES = {"NIS": "ILS", "RMB": "CNY"}

_LETTERS = {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year", "a": "year"}
_PERIODS: dict[str, re.Pattern[str]] = {
    "hour": re.compile(
        r"/\s?hr?\b|\bp\.?/?h\b|\bhour(?:s|ly)?\b|\bhrs?\b|\bstunden?\b|stündlich|stundenlohn|\bheures?\b|\bhoras?\b|"
        r"\bora\b|\buur\b|\bgodz",
        re.IGNORECASE,
    ),
    "day": re.compile(
        r"/\s?d\b|\bp\.?/?d\b|\bday\b|\bdaily\b|\bper diem\b|\btag\b|täglich|tagessatz|\bjour\b|journalier|\bd[ií]a\b|"
        r"\bgiorno\b|\bdzień",
        re.IGNORECASE,
    ),
    "week": re.compile(
        r"/\s?wk\b|(?<!bi-)(?<!bi )\bweek(?:ly)?\b|\bwoche\b|wöchentlich|\bsemaine\b|\bsemana(?:l)?\b|\btydzie",
        re.IGNORECASE,
    ),
    "month": re.compile(
        r"/\s?mo?\b|(?<!bi-)\bmonth(?:ly)?\b|/\s?mth\b|\bpcm\b|\bp\.?m\b|monat(?:lich)?|\bmtl\b|\bmois\b|mensuel|"
        r"\bmes\b|mensu?al|\bm[êe]s\b|"
        r"\bmese\b|\bmensile\b|\bmaand\b|\bmies",
        re.IGNORECASE,
    ),
    "year": re.compile(
        r"/\s?yr?\b|\byear(?:ly)?\b|\byr\b|\bannum\b|\bannual|\bp\.?\s?a\b|jahr|jährlich|\b(?:par |l.|/)an\b|annuel|"
        r"\baño\b|anual|\bano\b|\banno\b|annuo|\bjaar|\brok\b|roczn|\blpa\b|\bctc\b",
        re.IGNORECASE,
    ),
}


_FLOAT = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_ISO_LETTERS = 3
_NEAR = 14
_FLOAT_LETTERS = 40


@dataclass(frozen=True)
class PayCells:
    """What a row says about pay. `hint` is the wording around the figures: the names of their columns."""

    text: str = ""
    low: str = ""
    high: str = ""
    currency: str = ""
    period: str = ""
    hint: str = ""


def parse_pay(cells: PayCells, *, country: str = "") -> Pay | None:
    """Return the pay that the cells state, or None. Figures in columns of their own come before figures in a text."""
    low, high = number_of(cells.low), number_of(cells.high)
    text = given(cells.text)
    if low is None and high is None and text:
        low, high = figures_of(text)
    if low is None and high is None:
        return None
    currency = currency_of(given(cells.currency), country) or _currency_in(
        (text, cells.low, cells.high, cells.hint), country
    )
    period = period_of(given(cells.period)) or _period_near(text) or _period_in((text, cells.hint))
    period = period or _evident_period(low, high, currency, is_thousands="k" in text.lower())
    return _pay(low, high, currency, period)


def number_of(value: str) -> Decimal | None:
    """Return a figure of a column of its own; nothing, zero and negative mean "not stated"."""
    value = given(value)
    if not value:
        return None
    if len(value) <= _FLOAT_LETTERS and _FLOAT.fullmatch(value):
        return sound(Decimal(value))
    low, high = figures_of(value)
    return low if low is not None else high


def figure_problem(value: str) -> str:
    """Say why a figure in a column of its own cannot be read; zero says that none is stated."""
    value = given(value)
    if not value or number_of(value) is not None:
        return ""
    if _FLOAT.fullmatch(value):
        number = float(value)
        return (
            "A pay below zero is none." if number < 0 else "" if number == 0 else "The figure is too large to be pay."
        )
    return pay_problem(value)


@lru_cache(maxsize=1024)
def currency_of(value: str, country: str = "") -> str:
    """Return the ISO 4217 code of a currency as written; a bare "$", "¥" or "kr" is that of the country."""
    if not value:
        return ""
    if len(value) == _ISO_LETTERS and value.upper() in _iso_currencies():
        return value.upper()
    if code := _CODE.search(value):
        return _OTHER_CODES.get(code[1].upper(), code[1].upper())
    lower = value.lower()
    for mark, currency in _MARKS:
        if mark in lower:
            return currency
    for mark, table, elsewhere in _SHARED_MARKS:
        if mark in lower and (not mark.isalpha() or re.search(rf"\b{mark}\b", lower)):
            return table.get(country, elsewhere)
    return ""


@cache
def _iso_currencies() -> frozenset[str]:
    from babel.core import get_global  # loads a data file

    return frozenset(get_global("all_currencies")) - {"NIS", "RMB", "XXX", "XTS"}


@lru_cache(maxsize=1024)
def period_of(value: str) -> str:
    """Return hour, day, week, month, year, or ""."""
    if letter := _LETTERS.get(value.strip().lower()):
        return letter
    return next((name for name, words in _PERIODS.items() if words.search(value)), "")


def _currency_in(texts: tuple[str, ...], country: str) -> str:
    return next((found for text in texts if (found := currency_of(text, country))), "")


def _period_in(texts: tuple[str, ...]) -> str:
    return next((found for text in texts if text and (found := period_of(text.replace("_", " ")))), "")


def _period_near(text: str) -> str:
    """The period that stands right behind the figures: "$3,000 per month, 8 hours a day"."""
    match = pay_match(text) if text else None
    if not match:
        return ""
    near = text[match.end() : match.end() + _NEAR]
    found = [(place.start(), name) for name, words in _PERIODS.items() if (place := words.search(near))]
    return min(found)[1] if found else ""


def _evident_period(low: Decimal | None, high: Decimal | None, currency: str, *, is_thousands: bool) -> str:
    """The period that no reader would doubt although it is not stated, or ""."""
    largest = max(figure for figure in (low, high) if figure is not None)
    if currency not in _JUDGED_CURRENCIES:
        return ""
    if largest >= _SURELY_YEARLY:
        return "year"
    return "hour" if largest < _SURELY_HOURLY and not is_thousands else ""


def _pay(low: Decimal | None, high: Decimal | None, currency: str, period: str) -> Pay:
    yearly_min, yearly_max = _yearly(low, period), _yearly(high, period)
    is_reversed = low is not None and high is not None and low > high
    smallest, largest = _PLAUSIBLE_YEARLY
    yearly = [figure for figure in (yearly_min, yearly_max) if figure is not None]
    is_implausible = currency in _JUDGED_CURRENCIES and any(not smallest <= figure <= largest for figure in yearly)
    return Pay(low, high, currency, period, yearly_min, yearly_max, suspect=is_reversed or is_implausible)


def _yearly(figure: Decimal | None, period: str) -> Decimal | None:
    times = PERIODS_A_YEAR.get(period)
    return rounded(figure * times) if figure is not None and times is not None else None
