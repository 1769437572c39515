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
    BRAZILIAN_STATES,
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
_MORE_WORDS = r"(?:others?|weitere|more|autres?|más|mais|altr[ei]|andere|locations?|standorte|orte|lieux|ubicaciones)"
_MORE = re.compile(
    rf"\s*\(?\+\s?\d+(?:\s+{_MORE_WORDS})*\)?|\s+(?:and|und|et|y|e|en|&)\s+\d+\s+{_MORE_WORDS}.*$",
    re.IGNORECASE,
)
# "2 locations", "Multiple locations": how many, but not which.
_COUNTED = re.compile(
    r"(?:\d+|multiple|several|various|verschiedene|mehrere|plusieurs|varias|várias|diverse|meerdere|different)\s+"
    r"(?:\w+\s+)?(?:locations?|places|cities|sites|offices|standorte|orte|einsatzorte|lieux|sites|ubicaciones|"
    r"localidades|locais|"
    r"sedi|locaties|lokalizacje|lokalizacji)",
    re.IGNORECASE,
)
# Several places: the first one counts.
_SEVERAL = re.compile(r"\s*;\s*|\s+(?:or|oder|ou)\s+|\s*\|\|\s*|\n")
# Paris 8e, Lyon 3ème, London SW1A 1AA, Dublin 2, Praha 4, Paris (75), 75008 Paris: the district is no part of the name.
_DISTRICT = re.compile(
    r"\s+(?:\d{1,2}\s?(?:e|er|è|ème|eme|ᵉ|°)(?:\s+arrondissement)?|[A-Z]{1,2}\d[A-Z\d]?(?:\s?\d[A-Z]{2})?|\d{1,2})$"
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
    r"^(?:100\s?%\s*|fully\s+|partially\s+|full\s+)?"
    r"(?:remote|hybrid[ea]?|on-?site|in[ -]office|in[ -]person|home\s?-?office|telearbeit|heimarbeit|télétravail|"
    r"teletrabajo|remoto|"
    r"remota|híbrido|zdalnie|praca zdalna|thuiswerken|anywhere|worldwide|work from (?:home|anywhere)|wfh|virtual)"
    r"(?:\s+(?:remote|work|working|job|position|role|friendly|ok|only|first|possible|möglich))*"
    r"(?:\s+(?:in|from|within|or|and|aus|oder|en|à|a|em|dans|-|–)\s+(?:the\s+)?|\s*:\s*|$)",
    re.IGNORECASE,
)
_REMOTE_BEHIND = re.compile(r"(?<=\w)\s+(?:remote|hybrid|on-?site)$", re.IGNORECASE)
# Behind these a hyphen says the district ("Berlin-Mitte"); Leinfelden-Echterdingen is one town.
_CITIES_WITH_DISTRICTS = frozenset(
    (
        "berlin", "hamburg", "munchen", "munich", "koln", "frankfurt", "stuttgart", "dusseldorf", "leipzig", "dresden",
        "hannover", "nurnberg", "bremen", "dortmund", "essen",
    )
)  # fmt: skip
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
    written = _MORE.sub("", clean_line(given(place))).strip(" ,;-–·|/")
    written = _WRONG_TURNS.get(written, written)
    cells = [clean_line(given(cell)) for cell in (city, region, country)]
    read = _read_first(written)
    # A region's code alone is doubtful (CA, DE); in a field of its own it is not, hence the empty city before it.
    known = country_code(cells[2]) or _read(_parts(cells[2])).country
    stated = _read([*(_parts(cells[0])[:1] or [""]), *_parts(cells[1])], country=known)
    return Place(
        place=written or ", ".join(dict.fromkeys(cell for cell in cells if cell)),
        city=stated.city or read.city,
        region=stated.region or read.region,
        country=stated.country or read.country,
    )


def is_no_place(written: str) -> bool:
    """Whether something stands for a place that names none: "Remote", "Worldwide", "2 locations", "EMEA"."""
    plain = clean_line(written)
    return bool(plain.casefold() in NOWHERE or _COUNTED.fullmatch(plain) or _REMOTE_PART.search(plain))


def is_city_of(name: str, country: str) -> bool:
    """Whether we know a city of that name in the country."""
    return _cities().get(folded(name)) == country


def country_names_of(code: str) -> tuple[str, ...]:
    """What a country is called in the languages that we know, folded."""
    return _names_by_country().get(code, ())


@lru_cache(maxsize=1024)
def region_codes_of(region: str) -> frozenset[str]:
    """The codes of a state or province as people write them behind a city, folded; "New York" -> {"ny"}."""
    tables = (US_STATES, CANADIAN_PROVINCES, AUSTRALIAN_STATES, BRAZILIAN_STATES)
    codes = (code for table in tables for code, name in table.items() if region in {name, code})
    return frozenset(code.lower() for code in codes)


@lru_cache(maxsize=4096)
def country_code(name: str) -> str:
    """Return the ISO code of a country's name (in the larger European languages) or code; "" if it is none."""
    if _CODE.fullmatch(name.upper()) and len(name) == 2:
        code = {"UK": "GB", "EL": "GR"}.get(name.upper(), name.upper())
        return code if code in _country_codes() else ""
    return _country_names().get(folded(name), "")


def _read_first(written: str) -> Place:
    """The first of several places that says something: "London; Manchester", "Remote / Berlin"."""
    if _COUNTED.fullmatch(written):
        return Place("", "", "", "")
    pieces = [piece for piece in _SEVERAL.split(written) if piece] if _SEVERAL.search(written) else [written]
    if " / " in written and ("," not in written or "," in written.partition(" / ")[0]):
        # "Berlin / Hamburg" and "Austin, TX / Dallas, TX", but "Wallisellen / Hof, Zurich" shares its end.
        pieces = [part.strip() for piece in pieces for part in piece.split(" / ") if part.strip()]
    reads = [_read(_parts(piece)) for piece in pieces]
    return next((read for read in reads if read.city or read.region or read.country), Place("", "", "", ""))


def _parts(written: str) -> list[str]:
    """The parts between commas, from small to large, without what only says how one works there."""
    if match := _DASHED.fullmatch(written):
        written = f"{match[3]}, {match[2]}, {match[1]}"
    parts = []
    for piece in _SEPARATOR.split(_BRACKETS.sub("", written)):
        part = _without_district(_LEADING_ZIP.sub("", _ZIP.sub("", _without_remote(piece))))
        if part and part.casefold() not in NOWHERE and not _COUNTED.fullmatch(part) and not part.isdigit():
            parts += _slashed(part)
    if not parts and (inner := _BRACKETS.search(written)):
        return _parts(inner[0].strip(" ()[]"))  # Remote (United States)
    if len(parts) == 1 and (glued := _GLUED_STATE.fullmatch(parts[0])) and _is_state_code(glued["state"]):
        return [glued["city"], glued["state"]]
    return parts


def _without_remote(piece: str) -> str:
    """Without how one works there, before or behind the name: "Hybrid in Austin", "US Remote"; the first of several."""
    return _REMOTE_BEHIND.sub("", _REMOTE_PART.sub("", piece).split(" / ")[0]).strip()


def _without_district(part: str) -> str:
    """Paris 8e -> Paris, Dublin 2 -> Dublin, Berlin-Mitte -> Berlin; only behind cities that we know."""
    if (match := _DISTRICT.search(part)) and folded(part[: match.start()]) in _cities():
        return part[: match.start()]
    head, dash, _tail = part.partition("-")
    return head if dash and folded(head) in _CITIES_WITH_DISTRICTS and folded(part) not in _cities() else part


def _slashed(part: str) -> list[str]:
    """Berlin/Hamburg -> Berlin; São Bernardo do Campo/SP -> both parts; Frankfurt/Main is one name."""
    head, slash, tail = part.partition("/")
    if not slash:
        return [part]
    if tail.strip() in BRAZILIAN_STATES or _is_state_code(tail.strip()):
        return [head.strip(), tail.strip()]
    is_several = folded(head) in _cities() and (folded(tail) in _cities() or bool(_REMOTE_PART.search(tail.strip())))
    return [head.strip()] if is_several else [part]


def _is_state_code(code: str) -> bool:
    return code in US_STATES or code in CANADIAN_PROVINCES or code in AUSTRALIAN_STATES


def _read(parts: list[str], country: str = "") -> Place:
    parts = parts[::-1] if _is_country_first(parts) else list(parts)
    region = ""
    if parts and (found := _country_of_last(parts)) and country in {"", found}:
        country = found
        # England is a region of the United Kingdom and names the country, too.
        region = parts[-1] if _regions().get(folded(parts[-1])) == found else ""
        parts.pop()
    if parts and (found_region := _region_of_last(parts, country)):
        region, in_country = found_region
        country = country or in_country
        parts.pop()
    if parts and not country:
        country = _cities().get(folded(parts[0]), "") or _cities().get(folded(_inner_name(parts[0])), "")
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
    elif city and (_STRONG_AREA_WORDS.search(city) or folded(city) == folded(region) not in _cities()):
        city = _city_inside(city)
    if country == "BR":
        region = BRAZILIAN_STATES.get(region, region)
    return Place("", city, region, country)


def _is_country_first(parts: list[str]) -> bool:
    """US, NY, New York; Germany - Berlin. Not: Holland, MI; Mexico, Missouri, United States."""
    if len(parts) < 2:
        return False
    first, last = country_code(parts[0]), parts[-1]
    if not first or country_code(last) or last in US_STATES or last in CANADIAN_PROVINCES:
        return False
    return _regions().get(folded(last), first) == first


def _country_of_last(parts: list[str]) -> str:
    """The country that the last part names, unless it is rather a state."""
    last = parts[-1]
    code = country_code(last)
    if not code:
        return ""
    city_country = _cities().get(folded(parts[0]), "") if len(parts) > 1 else ""
    if _CODE.fullmatch(last):
        if code == city_country or (len(parts) > 1 and country_code(parts[0]) == code):
            return code
        return "" if last in US_STATES or (last in CANADIAN_PROVINCES and last != "NL") else code
    if folded(last) in _STATE_AND_COUNTRY and folded(parts[0]) not in {"tbilisi", "batumi"}:
        return ""
    return code


def _region_of_last(parts: list[str], country: str) -> tuple[str, str] | None:
    """The region that the last part is, by its code or name, with its country."""
    last = _AREA_EDGES.sub("", parts[-1]) if len(parts) > 1 else parts[-1]
    city_country = _cities().get(folded(parts[0]), "") if len(parts) > 1 else ""
    if country in {"", "AU"} and (last in AUSTRALIAN_STATES or (last in {"WA", "SA", "NT"} and city_country == "AU")):
        return AUSTRALIAN_STATES.get(last, last), "AU"
    if len(parts) == 1 and not country and (_CODE.fullmatch(last) or folded(last) in _STATE_AND_COUNTRY):
        return None
    for states, in_country in ((US_STATES, "US"), (CANADIAN_PROVINCES, "CA")):
        if country in {"", in_country} and last in states:
            return states[last], in_country
    if len(parts) > 1 and last in BRAZILIAN_STATES and "BR" in {country, city_country}:
        return BRAZILIAN_STATES[last], "BR"
    in_country = _regions().get(folded(last), "")
    if in_country and country in {"", in_country} and (len(parts) > 1 or folded(last) not in _cities()):
        return last, in_country
    return None


def _is_region(part: str) -> bool:
    is_region_name = folded(part) in _regions() or folded(part) in _STATE_AND_COUNTRY
    return bool(_AREA_WORDS.search(part)) or (is_region_name and folded(part) not in _cities())


def _inner_name(part: str) -> str:
    """Greater Barcelona Metropolitan Area -> Barcelona; Dallas-Fort Worth Metroplex -> Dallas."""
    inner = _AREA_EDGES.sub("", _AREA_EDGES.sub("", part)).strip()
    inner = re.sub(r"\s+(?:b\.|bei|am|an der|a\.|i\.)\s?.*$", "", inner)
    if folded(inner) in _cities():
        return inner
    return re.split(r"[-/–]|\s(?:and|City)\b", inner)[0].strip()


def _city_inside(part: str) -> str:
    inner = _inner_name(part)
    return inner if folded(inner) in _cities() else ""


@lru_cache(maxsize=16384)
def folded(name: str) -> str:
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
                names.setdefault(folded(name), code)
    return names | {folded(name): code for code, others in COUNTRY_NAMES.items() for name in others.split("|")}


@cache
def _names_by_country() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = {}
    for name, code in _country_names().items():
        names.setdefault(code, []).append(name)
    return {code: tuple(found) for code, found in names.items()}


@cache
def _country_codes() -> frozenset[str]:
    return frozenset(_country_names().values())


@cache
def _cities() -> dict[str, str]:
    return {folded(name): country for country, names in CITIES.items() for name in names.split("|")}


@cache
def _regions() -> dict[str, str]:
    regions = {folded(name): country for country, names in REGIONS.items() for name in names.split("|")}
    for country, table in (("US", US_STATES), ("CA", CANADIAN_PROVINCES), ("AU", AUSTRALIAN_STATES)):
        regions |= {folded(name): country for name in table.values() if name != "Victoria"}
    return regions
