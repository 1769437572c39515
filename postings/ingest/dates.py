"""Dates as boards and scrapers write them."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from postings.ingest.values import given

# Older "dates" are broken epochs and empty spreadsheet cells, not postings.
EARLIEST = date(1995, 1, 1)
_LATEST_SECOND = 1e11
MONTH_FIRST_COUNTRIES = frozenset({"US", "PH", "PR", "FM", "MH", "PW"})

_MONTH_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)")
_EPOCH = re.compile(r"(\d{9,10}|\d{12,13}|\d{16})(?:\.\d+)?|(\d\.\d+)[eE]\+(0?9|12)")
_SERIAL = re.compile(r"([345]\d{4})(?:\.\d+)?")
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?[\s,/-]+(?:de\s+|of\s+)?([^\W\d_]{3,12})\.?,?[\s,/-]+(?:de\s+|del\s+|"
    r"of\s+)?"
    r"(\d{4}|'?\d{2}(?=$|\s+\d{1,2}:))\b"
)
_NAME_FIRST = re.compile(
    r"\b([^\W\d_]{3,12})\.?[\s-]+(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(?:at\s+)?(?:\d{1,2}:\d{2}(?::\d{2})?\s+)?"
    r"(?:[A-Z]{3,4}\s+)?(\d{4})\b"
)
_YEAR_FIRST = re.compile(r"\b(\d{4})[\s,-]+([^\W\d_]{3,12})\.?[\s,-]+(\d{1,2})(?:st|nd|rd|th)?\b(?!:)")
_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")


def _bare(word: str) -> str:
    """Without accents: "février" and "fevrier" are one month."""
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "sty ene jan january januar jänner janvier janv enero gennaio gen janeiro januari styczeń stycznia",
            "lut fev feb february februar février fév febrero febbraio fevereiro fev februari luty lutego",
            "mär mar march märz mrz mars marzo março maart mrt marts marzec marca",
            "kwi apr april avril avr abril abr aprile kwiecień kwietnia",
            "may mai mayo maggio mag maio mei maj maja",
            "cze jun june juni juin junio giugno giu junho czerwiec czerwca",
            "lip jul july juli juillet juil julio luglio lug julho lipiec lipca",
            "sie aug august août aou agosto ago augustus augusti sierpień sierpnia",
            "wrz sep sept september septembre septiembre settembre set setembro wrzesień września",
            "paź oct okt october oktober octobre octubre ottobre ott outubro out październik października",
            "lis nov november novembre noviembre novembro listopad listopada",
            "gru dec dez december dezember décembre déc diciembre dic dicembre dezembro grudzień grudnia",
        ),
        start=1,
    )
    for written in names.split()
    for name in (written, _bare(written))
}

_NO_DAY = re.compile(
    r"(?:[^\W\d_]{3,12}\.?,?\s+)?(?:19|20)\d\d|(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])|(?:0?[1-9]|1[0-2])[/.](?:19|20)\d\d"
)
_NO_YEAR = re.compile(
    r"(?:\w+\s)?(?:\d{1,2}(?:st|nd|rd|th|\.)?[\s-]+(?:de\s+)?[^\W\d_]{3,12}\.?|[^\W\d_]{3,12}\.?[\s-]+\d{1,2}(?:st|"
    r"nd|rd|th)?)"
)
_WORD = re.compile(r"[^\W\d_]+")

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
    r"\b(?:today|this (?:morning|afternoon)|just (?:now|posted|listed)|new today|few (?:hours|minutes|seconds) ago|"
    r"moments? ago|"
    r"heute|gerade eben|soeben|aujourd.hui|à l.instant|hoy|ahora|oggi|adesso|hoje|agora|vandaag|zojuist|dzisiaj|dziś|"
    r"i dag|idag)\b",
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
    r"(?<![^\W_])(?P<count>\d{1,3}|an?|one|einem|einer|un|une|una|um|uma|een)\s*(?P<plus>\+)?\s*(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items())
    + r")\b",
    re.IGNORECASE,
)
_AGO_WORD = re.compile(
    r"\b(?:ago|vor|seit|il y a|depuis|hace|desde hace|fa|h[áa]|atrás|geleden|temu|sedan|siden|posted|active|reposted|"
    r"updated|"
    r"listed|published)\b",
    re.IGNORECASE,
)
# "30+ days ago": some day before that one, and nobody knows which.
_OPEN_ENDED = re.compile(
    r"\b(?:over|more than|at least|mehr als|über|länger als|plus d[e’']|más de|mais de|più di|oltre|meer dan|"
    r"langer dan|ponad|"
    r"więcej niż)\b|\d\s*\+|\d\s?[a-z]{1,6}\s?\+|\+\s*\d|[>≥]\s*\d",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:few|several|some|couple of|last|this|past|letzten?|einigen?|wenigen?|mehreren?|quelques|plusieurs|algunos|"
    r"alguns|"
    r"qualche|enkele|kilka)\s+(?:days?|weeks?|months?|years?|tagen?|wochen?|monaten?|jours|semaines|mois|días|"
    r"semanas|meses|dias|"
    r"giorni|settimane|mesi|dagen|weken|maanden|dni|tygodni|miesięcy)\b",
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


def date_problem(value: str, *, seen_on: date, country: str = "") -> str:
    """Say in a sentence why a value that is there gives no day; "" if it gives one or there is none."""
    value = given(value)
    if not value or parse_date(value, seen_on=seen_on, country=country) is not None:
        return ""
    found = _read(value, seen_on, month_first=country in MONTH_FIRST_COUNTRIES or not country)
    reasons = (
        (
            _OPEN_ENDED.search(value) and _AGO.search(value),
            "It says only that more days have passed than that: no day.",
        ),
        (_VAGUE.search(value), "It says about when, but not on which day."),
        (found and found < EARLIEST, f"The day lies before {EARLIEST.year}."),
        (found, "The day lies more than a year ahead."),
        (_NO_DAY.fullmatch(value), "It names no day, only a month or a year."),
        (_NO_YEAR.fullmatch(value) and any(map(_month, _WORD.findall(value))), "It names no year."),
    )
    return next((reason for applies, reason in reasons if applies), "It is not a date.")


@lru_cache(maxsize=8192)
def is_relative(value: str) -> bool:
    """Whether the value says "3 days ago" rather than which day: the same posting will say something else tomorrow."""
    return bool(_TODAY.search(value) or _YESTERDAY.search(value) or _ago(value))


@lru_cache(maxsize=8192)
def _parsed(value: str, seen_on: date, month_first: bool) -> date | None:  # noqa: FBT001 - private, and part of the cache key
    found = _read(value, seen_on, month_first=month_first)
    if found is None or found < EARLIEST or found.year > seen_on.year + 1:
        return None
    return found


def _read(value: str, seen_on: date, *, month_first: bool) -> date | None:
    found = _number(value) or _calendar(value, seen_on, month_first=month_first)
    if found is None and is_relative(value):
        return _relative(value, seen_on)
    if found is None and _MAYBE_DATE.fullmatch(value) and not _VAGUE.search(value):
        return _guessed(value)
    return found


def _number(value: str) -> date | None:
    """Epoch seconds or milliseconds, spreadsheet day numbers, 20240131."""
    if match := _EPOCH.fullmatch(value):
        seconds = float(value)
        while seconds > _LATEST_SECOND:  # milliseconds, microseconds
            seconds /= 1000
        return datetime.fromtimestamp(seconds, tz=UTC).date()
    if match := _COMPACT.fullmatch(value):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _SERIAL.fullmatch(value):
        return date(1899, 12, 30) + timedelta(days=int(match[1]))
    return None


def _calendar(value: str, seen_on: date, *, month_first: bool) -> date | None:
    if match := _ISO.search(value):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _ASIAN.search(value):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.search(value):
        year = _year(match[4])
        return _ambiguous(int(match[1]), int(match[3]), year, seen_on, month_first=month_first and match[2] == "/")
    return _named(value)


def _named(value: str) -> date | None:
    for pattern, (year, month, day) in ((_NAMED, (3, 2, 1)), (_NAME_FIRST, (3, 1, 2)), (_YEAR_FIRST, (1, 2, 3))):
        if (match := pattern.search(value)) and (number := _month(match[month])):
            return _day(_year(match[year]), number, int(match[day]))
    return None


def _year(digits: str) -> int:
    digits = digits.lstrip("'")
    return int(digits) + (2000 if len(digits) == 2 else 0)


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
    return _MONTHS.get(_bare(word.lower()))


def _ago(value: str) -> re.Match[str] | None:
    match = None if _VAGUE.search(value) else _AGO.search(value)
    return match if match and (_AGO_WORD.search(value) or _SHORT_AGO.fullmatch(value)) else None


def _relative(value: str, seen_on: date) -> date | None:
    if match := _ago(value):
        if match["plus"] or _OPEN_ENDED.search(value):
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
