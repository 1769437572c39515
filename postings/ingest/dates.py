"""Dates as boards and scrapers write them."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from postings.ingest.values import given

# Older "dates" are broken epochs and empty spreadsheet cells, not postings.
EARLIEST = date(1995, 1, 1)
MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "PR", "FM", "MH", "PW"})

_MONTH_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)")
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13})(?:\.\d+)?|(\d\.\d+)[eE]\+(0?9|12)")
_SERIAL = re.compile(r"([345]\d{4})(?:\.\d+)?")
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|º|\.)?[\s,-]+(?:de\s+|of\s+)?([^\W\d_]{3,12})\.?,?[\s,-]+(?:de\s+|of\s+)?(\d{4})\b"
)
_NAME_FIRST = re.compile(
    r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:\d{1,2}:\d{2}(?::\d{2})?\s+)?(?:[A-Z]{3,4}\s+)?(\d{4})\b"
)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier janv enero gennaio gen janeiro januari styczeń stycznia",
            "feb february februar février fév febrero febbraio fevereiro fev februari luty lutego",
            "mar march märz mrz mars marzo março maart mrt marts marzec marca",
            "apr april avril avr abril abr aprile kwiecień kwietnia",
            "may mai mayo maggio mag maio mei maj maja",
            "jun june juni juin junio giugno giu junho czerwiec czerwca",
            "jul july juli juillet juil julio luglio lug julho lipiec lipca",
            "aug august août aou agosto ago augustus augusti sierpień sierpnia",
            "sep sept september septembre septiembre settembre set setembro wrzesień września",
            "oct okt october oktober octobre octubre ottobre ott outubro out październik października",
            "nov november novembre noviembre novembro listopad listopada",
            "dec dez december dezember décembre déc diciembre dic dicembre dezembro grudzień grudnia",
        ),
        start=1,
    )
    for name in names.split()
}

# Worth a guess: a day and a year, and a word that may be a month.
_MAYBE_DATE = re.compile(r"(?=.*[^\W\d_]{3})(?=.*\d{4})(?=.*\b\d{1,2}\b).{8,40}")
_GUESSED_LANGUAGES = [
    "en",
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "pl",
    "cs",
    "ru",
    "uk",
    "tr",
    "sv",
    "da",
    "fi",
    "hu",
    "ro",
]

_TODAY = re.compile(
    r"\b(?:today|just (?:now|posted)|few (?:hours|minutes|seconds) ago|heute|gerade eben|aujourd.hui|à l.instant|"
    r"hoy|oggi|hoje|vandaag|dzisiaj|i dag|idag)\b",
    re.IGNORECASE,
)
_YESTERDAY = re.compile(r"\b(?:yesterday|gestern|hier|ayer|ieri|ontem|gisteren|wczoraj|i går|igår)\b", re.IGNORECASE)
_UNITS = {
    "day": r"d|days?|tag(?:en|e)?|jours?|d[ií]as?|giorn[oi]|dag(?:en|ar)?|dni|dzień|dage",
    "week": (
        r"w|wks?|weeks?|wochen?|semaines?|semanas?|settiman[ae]|we(?:ek|ken)|tygodni(?:e|a)?|tydzień|vecko?r?|uger?"
    ),
    "month": (
        r"mos?|months?|monat(?:en|e)?|mois|mes(?:es)?|mes[ei]|m[êe]s(?:es)?|maand(?:en)?|miesi(?:ąc|ące|ęcy)|"
        r"månad(?:er)?|måned(?:er)?"
    ),
    "year": r"y|yrs?|years?|jahr(?:en|e)?|ans?|años?|ann[oi]|anos?|jaar|lat(?:a)?|rok|år",
    "hour": (
        r"h|hrs?|hours?|stunden?|heures?|horas?|or[ae]|u(?:ur|ren)|godzin[ya]?|timm?ar|timer?|minutes?|mins?|minuten|"
        r"seconds?"
    ),
}
_AGO = re.compile(
    r"(?P<count>\d{1,3}|an?|one|einem|einer|un|une|una|um|uma|een)\s*(?P<plus>\+)?\s*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
    + r")\b",
    re.IGNORECASE,
)
_AGO_WORD = re.compile(
    r"\b(?:ago|vor|il y a|hace|fa|h[áa]|atrás|geleden|temu|sedan|siden|posted|active|reposted)\b",
    re.IGNORECASE,
)
_SHORT_AGO = re.compile(r"\d{1,3}\s?\+?\s?(?:d|h|w|mo|y|hr|hrs|days?|hours?|weeks?|months?)", re.IGNORECASE)


def parse_date(value: str, *, seen_on: date, country: str = "") -> date | None:
    """Return the day that is written, or None if there is none or it cannot be read.

    Relative dates count back from `seen_on`. "30+ days ago" has no day, so it gives None. 04/03/2024 is read month
    first in the United States and where the country is unknown, day first elsewhere, and the other way round if that
    is the only way to a day that is not after `seen_on`.
    """
    value = given(value)
    if not value:
        return None
    return _parsed(value, seen_on, country in MONTH_FIRST_COUNTRIES or not country)


def is_relative(value: str) -> bool:
    """Whether the value says "3 days ago" rather than which day: the same posting will say something else tomorrow."""
    return bool(_TODAY.search(value) or _YESTERDAY.search(value) or _ago(value))


@lru_cache(maxsize=8192)
def _parsed(value: str, seen_on: date, month_first: bool) -> date | None:  # noqa: FBT001 - private, and part of the cache key
    found = _number(value) or _calendar(value, seen_on, month_first=month_first)
    if found is None and is_relative(value):
        found = _relative(value, seen_on)
    elif found is None and _MAYBE_DATE.fullmatch(value):
        found = _guessed(value)
    if found is None or found < EARLIEST or found.year > seen_on.year + 1:
        return None
    return found


def _number(value: str) -> date | None:
    """Epoch seconds or milliseconds, spreadsheet day numbers, 20240131."""
    if match := _EPOCH.fullmatch(value):
        seconds = float(value)
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, tz=UTC).date()
    if match := _COMPACT.fullmatch(value):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _SERIAL.fullmatch(value):
        return date(1899, 12, 30) + timedelta(days=int(match[1]))
    return None


def _calendar(value: str, seen_on: date, *, month_first: bool) -> date | None:
    if match := _ISO.search(value):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.search(value):
        year = int(match[4]) + (2000 if len(match[4]) == 2 else 0)
        return _ambiguous(int(match[1]), int(match[3]), year, seen_on, month_first=month_first and match[2] == "/")
    if (match := _NAMED.search(value)) and (month := _month(match[2])):
        return _day(int(match[3]), month, int(match[1]))
    if (match := _NAME_FIRST.search(value)) and (month := _month(match[1])):
        return _day(int(match[3]), month, int(match[2]))
    return None


def _ambiguous(first: int, second: int, year: int, seen_on: date, *, month_first: bool) -> date | None:
    by_month, by_day = _day(year, first, second), _day(year, second, first)
    likely, other = (by_month, by_day) if month_first else (by_day, by_month)
    if likely is None or (likely > seen_on and other is not None and other <= seen_on):
        return other
    return likely


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str) -> int | None:
    return _MONTHS.get(word.lower().rstrip("."))


def _ago(value: str) -> re.Match[str] | None:
    match = _AGO.search(value)
    return match if match and (_AGO_WORD.search(value) or _SHORT_AGO.fullmatch(value)) else None


def _relative(value: str, seen_on: date) -> date | None:
    if match := _ago(value):
        if match["plus"] or re.search(r"\b(?:over|more than|mehr als|über)\b", value, re.IGNORECASE):
            return None
        count = int(match["count"]) if match["count"].isdigit() else 1
        unit = next(name for name in _UNITS if match[name])
        return seen_on - timedelta(days=count * _MONTH_DAYS.get(unit, 0))
    if _TODAY.search(value):
        return seen_on
    return seen_on - timedelta(days=1) if _YESTERDAY.search(value) else None


def _guessed(value: str) -> date | None:
    import dateparser  # slow to import and to use: the last resort, and only for words of these languages

    found = dateparser.parse(value, languages=_GUESSED_LANGUAGES, settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    return found.date() if found else None
