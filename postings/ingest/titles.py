"""A written title -> the title alone: without its place, codes, (m/w/d), calls, pay and contract.

Only whole parts go, those between brackets, dashes, bars and commas, and only from the edges unless no reading of them
could tell the work. Where nothing would be left, the title stays as it was written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from postings.ingest import title_noise as noise
from postings.ingest.places import Place, country_code, country_names_of, folded, is_city_of, region_codes_of
from postings.ingest.plain_titles import is_plain

_TURNS = 8
_LONGEST_PART = 80
_TOWN_LETTERS = 4
_CODE_DIGITS = 4
# "Data Engineer Leeds" is an engineer in Leeds; "HMP Leeds" is a name.
_WORDS_BEFORE_TOWN = 2
_AT_TOWN = frozenset(("in", "à", "w", "te", "en", "near"))

_BRACKET = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_LEAD_CODE = re.compile(rf"^\[?(?:{noise.CODE.pattern})\]?(?:\s*[-–—:|.]\s+|\s+)(?=[^\W\d])", re.IGNORECASE)
_TAIL_CODE = re.compile(
    r"[\s–—|:,/-]+(?:#\s?\d[\w-]*|(?:req(?:uisition)?|ref|job\s?id|id|jr|jobid|req\s?id|vacancy)[\s.:#_-]*(?:id|no|"
    r"nr)?[\s.:#_-]*"
    r"[A-Z]{0,4}[-_]?\d[\w-]*|(?:R|JR|REQ)[-_]?\d{4,}(?:-\d+)?|\d{5,}(?:[-_]\d+)?|[A-Z]{1,4}-\d{4,})$",
    re.IGNORECASE,
)
_TAIL_WORK = re.compile(
    r"(?<!\bno)\s+(?:(?:fully\s+|full\s+|100\s?%\s*)?remote|w2 only|w2|c2c|full[- ]time|part[- ]time|vollzeit|teilzeit|"
    r"hybrid|all genders?|"
    r"\d{2,3}(?:\s?[-–]\s?\d{2,3})?\s?%|\d{1,2}\s?(?:h|std\.?|stunden|uur|hours|hrs)(?:\s?(?:/|per|pro)\s?(?:week|"
    r"woche|wk|w))?)$",
    re.IGNORECASE,
)
_TAIL_PAY = re.compile(
    rf"\s+(?:(?:up to|upto|bis zu|jusqu.à|hasta)\s+)?(?:{noise.AMOUNT}){noise.PAY_TIME}"
    rf"(?:\s*(?:-|–|to|bis|à)\s*(?:{noise.AMOUNT}){noise.PAY_TIME})?\+?$"
    r"|\s+(?:\$+\s*)?(?:[$€£]\s?\d[\d.,]*k?\s+)?(?:sign[- ]?on|signing)\s+bonus[!.]*$"
    r"|\s*\+\s*(?:great |excellent )?(?:benefits|bonus|equity|commission|bens)(?:\s*(?:\+|&|and)\s*(?:benefits|bonus|"
    r"equity))*$",
    re.IGNORECASE,
)
_WORKPLACES = (noise.REMOTE_LEAD, _TAIL_WORK)
_LEVEL = re.compile(r"(?:sr|jr|junior|senior|mid|lead|principal|staff|i{1,3}|iv|v|l?\d)\.?", re.IGNORECASE)
# Looked for first, because they are found fast.
_MAYBE_TAIL_PAY = re.compile(r"\d|bonus|\+\s*\w")
_MAYBE_ORNAMENT = re.compile(r"[^\x00-\x7f]|[*!$~]")
_MAYBE_GENDER = re.compile(r"[(\[{/|]|[Gg]ender|mwd|MWD")
_LOOSE_SIGN = re.compile(r"\s+([,;:)\]])")
_LOOSE = re.compile(r"\s[,;:)\]]|[-–—|]\s[-–—|,]")
_DOUBLED = re.compile(r"\s+([-–—|])(?:\s+[-–—|,])+\s+")
_EDGE = " -–—|,;:/·•~_=@"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "«": "»"}
_SHORT_NAMES = frozenset(("us", "uk", "usa", "uae", "u s", "eu"))


@dataclass(frozen=True)
class TitleParts:
    """`title`: what is left; `dropped`: the parts that went, in the order in which they were found."""

    title: str
    dropped: tuple[str, ...] = ()


def clean_title(raw: str, *, place: Place, company: str) -> str:
    """Return the title without what says nothing about the work; never empty where `raw` is not."""
    return title_parts(raw, place=place, company=company).title


def title_parts(raw: str, *, place: Place, company: str) -> TitleParts:
    """Return the title and what was dropped from it. Cleaning a cleaned title changes nothing."""
    written = " ".join(raw.split())
    if is_plain(written, place, company):
        return TitleParts(written)
    return _parts_of(written, place, company)


@lru_cache(maxsize=16384)
def _parts_of(written: str, place: Place, company: str) -> TitleParts:
    dropped: list[str] = []
    title = written
    for _ in range(_TURNS):
        before = title
        for step in _STEPS:
            title = step(title, place, company, dropped)
        if title == before or is_plain(title, place, company):
            break
    if not any(char.isalpha() for char in title) or _LEVEL.fullmatch(title):
        return TitleParts(written)
    return TitleParts(title, tuple(dropped))


def _unmarked(title: str, _place: Place, _company: str, dropped: list[str]) -> str:
    """Without a call before it, pictures, rows of signs, (m/w/d) and lone brackets."""
    title = _without(noise.OPENER, title, dropped)
    if _MAYBE_TAIL_PAY.search(title):
        title = _without(_TAIL_PAY, title, dropped)
    if _MAYBE_ORNAMENT.search(title):
        title = noise.ORNAMENT.sub(" ", title)
    if _MAYBE_GENDER.search(title):
        title = noise.GENDER.sub(_note(dropped), title)
    return _tidy(_without_lone_brackets(title))


def _unbracketed(title: str, place: Place, company: str, dropped: list[str]) -> str:
    def judged(found: re.Match[str]) -> str:
        inside = found[1].strip()
        if inside and not _is_noise(inside, place, company):
            return found[0]
        if inside:
            dropped.append(inside)
        return " "

    return _tidy(_BRACKET.sub(judged, title)) if "(" in title or "[" in title or "{" in title else title


def _unframed(title: str, place: Place, company: str, dropped: list[str]) -> str:
    """Without the parts at both ends that say nothing about the work."""
    spans = _spans(title)
    while len(spans) > 1 and (count := _noisy_end(title, spans, place, company)):
        dropped.append(title[spans[-count][0] : spans[-1][1]])
        del spans[-count:]
    while len(spans) > 1 and _is_noisy_start(title[spans[0][0] : spans[0][1]], place, company):
        dropped.append(title[slice(*spans[0])])
        del spans[0]
    return _tidy(title[spans[0][0] : spans[-1][1]]) if spans else title


def _untailed(title: str, place: Place, company: str, dropped: list[str]) -> str:
    """Without what is glued to the ends by no more than a blank: codes, "Remote", the town, "at Acme", "We are "
    "hiring"."""
    has_digit = any(map(str.isdigit, title))
    for pattern in (_LEAD_CODE, _TAIL_CODE, *_WORKPLACES) if has_digit else _WORKPLACES:
        title = _without(pattern, title, dropped)
    return _without_employer(_without_town(title, place, dropped), company, dropped)


_STEPS: tuple[Callable[[str, Place, str, list[str]], str], ...] = (_unmarked, _unbracketed, _untailed, _unframed)


def _without(pattern: re.Pattern[str], title: str, dropped: list[str]) -> str:
    match = pattern.search(title)
    if not match or _is_kept(pattern, title, match):
        return title
    dropped.append(match[0].strip(_EDGE))
    return _tidy(title[: match.start()] + " " + title[match.end() :])


def _is_kept(pattern: re.Pattern[str], title: str, match: re.Match[str]) -> bool:
    """Whether cutting would take a standard's number, or all of the title."""
    rest = title[: match.start()] + title[match.end() :]
    if not any(char.isalpha() for char in rest):
        return True
    if pattern is _TAIL_CODE:
        return noise.STANDARD.search(title[: match.start()]) is not None
    return pattern is _LEAD_CODE and noise.YEAR.match(match[0]) is not None


def _spans(title: str) -> list[tuple[int, int]]:
    """Where the parts between separators stand; a bracket is never torn."""
    cuts = {match.start(): match.end() for match in noise.SEPARATOR.finditer(title)}
    if not cuts:
        return [(0, len(title))]
    spans, start, depth = [], 0, 0
    for position, char in enumerate(title):
        depth += (char in "([{") - (char in ")]}")
        if position in cuts and depth == 0 and position >= start:
            spans.append((start, position))
            start = cuts[position]
    spans.append((start, len(title)))
    return [span for span in spans if title[slice(*span)].strip()]


def _noisy_end(title: str, spans: list[tuple[int, int]], place: Place, company: str) -> int:
    """How many parts at the end to drop: one, or two for "Austin, TX" and "London, UK"."""
    last = title[slice(*spans[-1])]
    if len(spans) > 2 and _is_pair(title[slice(*spans[-2])], last, place):
        return 2
    return 1 if _is_noise(last, place, company) else 0


def _is_pair(town: str, area: str, place: Place) -> bool:
    """Whether two parts are a town, or "Remote", and its state or country. "IT" is Italy only where the posting is."""
    country = country_code(area) if len(area) > 2 or area in {"US", "UK"} or area == place.country else ""
    if _is_place(town, place):
        return bool(country) or folded(area) in region_codes_of(place.region)
    return bool(country) and is_city_of(town, country) and folded(town) not in noise.WORDS_OF_WORK


def _is_noisy_start(part: str, place: Place, company: str) -> bool:
    return noise.CALL.fullmatch(part) is not None or _is_noise(part, place, company)


@lru_cache(maxsize=16384)
def _is_noise(part: str, place: Place, company: str) -> bool:
    """Whether a whole part says nothing about the work."""
    part = part.strip(_EDGE + "*!.")
    if not part or len(part) > _LONGEST_PART:
        return not part
    return (
        _is_code(part)
        or (part[0].isascii() and noise.CALL.fullmatch(part) is not None)
        or (noise.MAYBE_PAY.search(part) is not None and noise.PAY.fullmatch(part) is not None)
        or (noise.CONTRACT.search(part) is not None and noise.CONTRACT_WORDS.fullmatch(part) is not None)
        or _is_place(part, place)
        or _is_employer(part, company)
    )


def _is_code(part: str) -> bool:
    if not any(char.isdigit() for char in part) or noise.YEAR.fullmatch(part):
        return False
    return noise.CODE.fullmatch(part) is not None or (part.isdigit() and len(part) >= _CODE_DIGITS)


def _is_place(part: str, place: Place) -> bool:
    """Whether a part holds nothing but the posting's own place, or says that one may work anywhere."""
    plain = noise.WORKPLACE.sub(" ", part)
    is_workplace = plain != part
    rest = f" {folded(plain)} "
    if not is_workplace and rest.strip() in noise.WORDS_OF_WORK:
        return False
    is_town = False
    for phrase in _own_phrases(place):
        if f" {phrase} " in rest:
            rest = rest.replace(f" {phrase} ", " ")
            is_town = is_town or len(phrase) > 2 or phrase in _SHORT_NAMES
    words = rest.split()
    if is_workplace and words and country_code(" ".join(words)):
        return True
    codes = region_codes_of(place.region) if is_town or is_workplace else frozenset()
    return (is_town or is_workplace) and all(word in noise.BESIDE or word in codes for word in words)


@lru_cache(maxsize=4096)
def _own_phrases(place: Place) -> tuple[str, ...]:
    """What the posting's own place is called, folded, the longest first."""
    names = {folded(place.city), folded(place.region), *country_names_of(place.country)}
    names |= {folded(part) for part in re.split(r"\s*[,;/|]\s*", place.place)} | {folded(place.place)}
    if place.country in {"US", "GB", "AE"}:
        names |= {"US": {"us", "usa", "u s"}, "GB": {"uk"}, "AE": {"uae"}}[place.country]
    return tuple(
        sorted(
            (name for name in names if len(name) > 1 and name not in noise.WORDS_OF_WORK), key=lambda x: (-len(x), x)
        )
    )


def _is_employer(part: str, company: str) -> bool:
    return len(company) > 2 and folded(part) == folded(company)


def _without_town(title: str, place: Place, dropped: list[str]) -> str:
    """Without the posting's own town at the end, after "in" or after no more than a blank."""
    town = place.city
    if (
        len(town) < _TOWN_LETTERS
        or not title.lower().endswith(f" {town.lower()}")
        or town.lower() in noise.WORDS_OF_WORK
    ):
        return title
    words = title[: -len(town)].split()
    part = noise.SEPARATOR.split(title)[-1].split()
    if words and words[-1].lower() in _AT_TOWN and len(words) > 1:
        words.pop()
    elif [word.lower() for word in words[-2:]] == ["local", "to"]:
        del words[-2:]
    elif len(part) - len(town.split()) < _WORDS_BEFORE_TOWN or words[-1].lower() in {
        "of",
        "von",
        "de",
        "di",
        "for",
        "to",
        "the",
        "&",
        "and",
        "at",
        "und",
    }:
        return title
    dropped.append(town)
    return _tidy(" ".join(words))


def _without_employer(title: str, company: str, dropped: list[str]) -> str:
    """Without "at Acme" and "@ Acme" for the posting's own employer."""
    lower = title.lower()
    for word in (" at ", " @ ", " @", " bei ", " chez "):
        tail = word + company.lower()
        if len(company) > 2 and lower.endswith(tail) and len(lower) > len(tail):
            dropped.append(title[-len(tail) :].strip())
            return _tidy(title[: -len(tail)])
    return title


def _without_lone_brackets(title: str) -> str:
    """Without brackets that nothing opens or closes; what follows a lone "(" is a part of its own."""
    lone: set[int] = set()
    opened: list[int] = []
    for position, char in enumerate(title):
        if char in "([{":
            opened.append(position)
        elif char in _BRACKETS:
            if opened and title[opened[-1]] == _BRACKETS[char]:
                opened.pop()
            else:
                lone.add(position)
    if not lone and not opened:
        return title
    signs = dict.fromkeys(lone, " ") | dict.fromkeys(opened, " - ")
    return "".join(signs.get(position, char) for position, char in enumerate(title))


def _tidy(title: str) -> str:
    title = " ".join(title.split()).strip(_EDGE)
    if _LOOSE.search(title):
        title = _LOOSE_SIGN.sub(r"\1", _DOUBLED.sub(r" \1 ", title))
    if title[:1] in _QUOTES and title[-1] == _QUOTES[title[0]] and title[0] not in title[1:-1]:
        title = title[1:-1].strip(_EDGE)
    return title


def _note(dropped: list[str]) -> Callable[[re.Match[str]], str]:
    def note(found: re.Match[str]) -> str:
        dropped.append(found[0].strip())
        return " "

    return note
