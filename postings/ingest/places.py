"""Places as written -> city, region, country.

The country is given only when the place, or the field for it, says so: by its name, by a state or province, or by a
city that nobody writes a country behind. A town that we do not know stays without one.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from postings.ingest.regions import (
    AUSTRALIAN_STATES,
    CANADIAN_PROVINCES,
    CITIES,
    COUNTRY_NAMES,
    NOWHERE,
    REGIONS,
    US_STATES,
)
from postings.ingest.text import clean_line
from postings.ingest.values import given

# Whose names for countries we know, besides the two-letter codes.
_LOCALES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "cs")
_STATE_AND_COUNTRY = frozenset({"georgia", "jersey"})

_CODE = re.compile(r"[A-Z]{2}")
_ZIP = re.compile(r"\s+(?:\d{5}(?:-\d{4})?|[A-Z]\d[A-Z]\s?\d[A-Z]\d)$")
_GLUED_STATE = re.compile(r"(?P<city>[^\W\d].{2,})\s+(?P<state>[A-Z]{2,3})(?:\s+\d{4,5})?")
_DASHED = re.compile(r"([A-Z]{2,3})-([A-Z]{2})-(.+)")  # US-CA-Menlo Park
_LEADING_ZIP = re.compile(r"^(?:D-|DE-|A-|CH-)?\d{4,5}\s+(?=[^\W\d])")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_MORE = re.compile(
    r"\s*\(?\+\s?\d+\s+(?:others?|weitere|more)\)?|\s+(?:and|und)\s+\d+\s+(?:others?|weitere|more).*$",
    re.IGNORECASE,
)
_AREA_WORDS = re.compile(
    r"\b(?:area|region|metro|metropolitan|metroplex|county|province|state|district|municipality|greater|bay|peninsula|"
    r"valley|community|canton|prefecture|voivodeship|oblast|département|umgebung|raum|großraum)\b",
    re.IGNORECASE,
)
_AREA_EDGES = re.compile(
    r"^(?:greater|großraum|raum|region|metro)\s+|"
    r"(?:\s+(?:metropolitan|metro|bay|area|region|metroplex|county|municipality|und umgebung|and surrounding))+$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*[,·•|;]\s*|\s+[-–]\s+")
_STRONG_AREA_WORDS = re.compile(
    r"\b(?:area|region|metropolitan|metroplex|county|municipality|greater)\b", re.IGNORECASE
)
_REMOTE_PART = re.compile(
    r"^(?:100\s?%\s*|fully\s+)?"
    r"(?:remote|hybrid|on-?site|home\s?-?office|telearbeit|heimarbeit|anywhere|worldwide|work from home|wfh)"
    r"(?:\s+(?:remote|work|job|position|friendly|ok))?(?:\s+(?:in|from|within|or|aus|oder|-|–)\s+|$)",
    re.IGNORECASE,
)
# LinkedIn takes the search word "Canada" for a village of that name in Chad.
_WRONG_TURNS = {"Canada, Moyen-Chari, Chad": "Canada"}


@dataclass(frozen=True)
class Place:
    """`place` is what was written, on one line; `country` is ISO 3166-1 alpha-2 or ""."""

    place: str
    city: str
    region: str
    country: str


@lru_cache(maxsize=65536)
def parse_place(place: str, *, city: str = "", region: str = "", country: str = "") -> Place:
    """Return the place; cells for city, region and country come before what the written place says."""
    written = _MORE.sub("", clean_line(given(place))).strip(" ,;-–·|")
    written = _WRONG_TURNS.get(written, written)
    cells = [clean_line(given(cell)) for cell in (city, region, country)]
    read = _read(_parts(written))
    # A region's code alone is doubtful (CA, DE); in a field of its own it is not, hence the empty city before it.
    known = country_code(cells[2]) or _read(_parts(cells[2])).country
    stated = _read([*(_parts(cells[0])[:1] or [""]), *_parts(cells[1])], country=known)
    return Place(
        place=written or ", ".join(dict.fromkeys(cell for cell in cells if cell)),
        city=stated.city or read.city,
        region=stated.region or read.region,
        country=stated.country or read.country,
    )


@lru_cache(maxsize=4096)
def country_code(name: str) -> str:
    """Return the ISO code of a country's name (in the larger European languages) or code; "" if it is none."""
    if _CODE.fullmatch(name.upper()) and len(name) == 2:
        code = {"UK": "GB", "EL": "GR"}.get(name.upper(), name.upper())
        return code if code in _country_codes() else ""
    return _country_names().get(_folded(name), "")


def _parts(written: str) -> list[str]:
    """The parts between commas, from small to large, without what only says how one works there."""
    if match := _DASHED.fullmatch(written):
        written = f"{match[3]}, {match[2]}, {match[1]}"
    parts = []
    for piece in _SEPARATOR.split(_BRACKETS.sub("", written)):
        part = _REMOTE_PART.sub("", piece).split(" / ")[0].strip()
        part = _LEADING_ZIP.sub("", _ZIP.sub("", part))
        if part and part.casefold() not in NOWHERE and not part.isdigit():
            parts.append(part)
    if not parts and (inner := _BRACKETS.search(written)):
        return _parts(inner[0].strip(" ()[]"))  # Remote (United States)
    if len(parts) == 1 and (glued := _GLUED_STATE.fullmatch(parts[0])) and _is_state_code(glued["state"]):
        return [glued["city"], glued["state"]]
    return parts


def _is_state_code(code: str) -> bool:
    return code in US_STATES or code in CANADIAN_PROVINCES or code in AUSTRALIAN_STATES


def _read(parts: list[str], country: str = "") -> Place:
    parts = parts[::-1] if _is_country_first(parts) else list(parts)
    region = ""
    if parts and (found := _country_of_last(parts)) and country in {"", found}:
        country = found
        # England is a region of the United Kingdom and names the country, too.
        region = parts[-1] if _regions().get(_folded(parts[-1])) == found else ""
        parts.pop()
    if parts and (found_region := _region_of_last(parts, country)):
        region, in_country = found_region
        country = country or in_country
        parts.pop()
    if parts and not country:
        country = _cities().get(_folded(parts[0]), "") or _cities().get(_folded(_inner_name(parts[0])), "")
    return _place_of(parts, region, country)


def _place_of(parts: list[str], region: str, country: str) -> Place:
    """What is left of the parts is a city, perhaps with a region behind it, or only a region."""
    if parts and country and country_code(parts[0]) == country:
        parts = parts[1:]  # Germany, DE
    city = parts[0] if parts and not _CODE.fullmatch(parts[0]) else ""
    if len(parts) > 1:
        region = region or parts[-1]
    elif city and not region and _is_region(city):
        city, region = _city_inside(city), city
    elif city and (_STRONG_AREA_WORDS.search(city) or _folded(city) == _folded(region) not in _cities()):
        city = _city_inside(city)
    return Place("", city, region, country)


def _is_country_first(parts: list[str]) -> bool:
    """US, NY, New York; Germany - Berlin. Not: Holland, MI; Mexico, Missouri, United States."""
    if len(parts) < 2:
        return False
    first, last = country_code(parts[0]), parts[-1]
    if not first or country_code(last) or last in US_STATES or last in CANADIAN_PROVINCES:
        return False
    return _regions().get(_folded(last), first) == first


def _country_of_last(parts: list[str]) -> str:
    """The country that the last part names, unless it is rather a state."""
    last = parts[-1]
    code = country_code(last)
    if not code:
        return ""
    city_country = _cities().get(_folded(parts[0]), "") if len(parts) > 1 else ""
    if _CODE.fullmatch(last):
        if code == city_country or (len(parts) > 1 and country_code(parts[0]) == code):
            return code
        return "" if last in US_STATES or (last in CANADIAN_PROVINCES and last != "NL") else code
    if _folded(last) in _STATE_AND_COUNTRY and _folded(parts[0]) not in {"tbilisi", "batumi"}:
        return ""
    return code


def _region_of_last(parts: list[str], country: str) -> tuple[str, str] | None:
    """The region that the last part is, by its code or name, with its country."""
    last = _AREA_EDGES.sub("", parts[-1]) if len(parts) > 1 else parts[-1]
    city_country = _cities().get(_folded(parts[0]), "") if len(parts) > 1 else ""
    if country in {"", "AU"} and (last in AUSTRALIAN_STATES or (last in {"WA", "SA", "NT"} and city_country == "AU")):
        return AUSTRALIAN_STATES.get(last, last), "AU"
    if len(parts) == 1 and not country and (_CODE.fullmatch(last) or _folded(last) in _STATE_AND_COUNTRY):
        return None
    if country in {"", "US"} and last in US_STATES:
        return US_STATES[last], "US"
    if country in {"", "CA"} and last in CANADIAN_PROVINCES:
        return CANADIAN_PROVINCES[last], "CA"
    in_country = _regions().get(_folded(last), "")
    if in_country and country in {"", in_country} and (len(parts) > 1 or _folded(last) not in _cities()):
        return last, in_country
    return None


def _is_region(part: str) -> bool:
    is_region_name = _folded(part) in _regions() or _folded(part) in _STATE_AND_COUNTRY
    return bool(_AREA_WORDS.search(part)) or (is_region_name and _folded(part) not in _cities())


def _inner_name(part: str) -> str:
    """Greater Barcelona Metropolitan Area -> Barcelona; Dallas-Fort Worth Metroplex -> Dallas."""
    inner = _AREA_EDGES.sub("", _AREA_EDGES.sub("", part)).strip()
    inner = re.sub(r"\s+(?:b\.|bei|am|an der|a\.|i\.)\s?.*$", "", inner)
    if _folded(inner) in _cities():
        return inner
    return re.split(r"[-/–]|\s(?:and|City)\b", inner)[0].strip()


def _city_inside(part: str) -> str:
    inner = _inner_name(part)
    return inner if _folded(inner) in _cities() else ""


def _folded(name: str) -> str:
    """Without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l").replace("ø", "o"))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(re.sub(r"[^\w']+", " ", plain).split())


@cache
def _country_names() -> dict[str, str]:
    from babel import Locale  # loads a data file for each language

    names: dict[str, str] = {}
    for locale in _LOCALES:
        for code, name in Locale(locale).territories.items():
            if len(code) == 2 and code.isalpha() and code not in {"ZZ", "EU", "EZ", "UN", "XA", "XB", "QO"}:
                names.setdefault(_folded(name), code)
    return names | {_folded(name): code for code, others in COUNTRY_NAMES.items() for name in others.split("|")}


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(_country_names().values())


@cache
def _cities() -> dict[str, str]:
    return {_folded(name): country for country, names in CITIES.items() for name in names.split("|")}


@cache
def _regions() -> dict[str, str]:
    regions = {_folded(name): country for country, names in REGIONS.items() for name in names.split("|")}
    for country, table in (("US", US_STATES), ("CA", CANADIAN_PROVINCES), ("AU", AUSTRALIAN_STATES)):
        regions |= {_folded(name): country for name in table.values() if name != "Victoria"}
    return regions
