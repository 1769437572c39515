"""Whether two titles can stand above the same ad."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

_LEVELS = frozenset(
    {
        *("senior", "junior", "lead", "principal", "staff", "head", "director", "manager", "chief", "vp", "expert"),
        *("intern", "graduate", "trainee", "associate", "entry", "mid", "middle", "regular", "student"),
        *("werkstudent", "praktikum", "i", "ii", "iii", "iv", "v"),
    }
)
_SPELLINGS = {
    "sr": "senior",
    "snr": "senior",
    "jr": "junior",
    "mgr": "manager",
    "internship": "intern",
    "ml": "machine learning",
    "datascientist": "data scientist",
    **dict(zip("12345", ("i", "ii", "iii", "iv", "v"), strict=True)),
}
_NOISE = frozenset(
    {
        *("remote", "hybrid", "onsite", "site", "local", "based", "only", "us", "usa", "uk", "eu"),
        *("full", "part", "time", "contract", "temporary", "permanent", "freelance", "w2", "c2c"),
        *("month", "months", "year", "years", "week", "job", "jobs", "position", "role", "opening", "new"),
        *("m", "w", "d", "f", "x", "h", "mwd", "all", "gender", "genders"),
        *("the", "a", "an", "of", "and", "for", "in", "at", "to", "on", "with", "und", "en", "de"),
    }
)
_NUMERALS = frozenset({"i", "ii", "iii", "iv", "v"})
_UNITS = ("month", "year", "week", "hour", "day")
_SHORTEST_TELLING = 3
_SIGNED = {"c++": "cplusplus", "c#": "csharp", ".net": "dotnet"}
_SIGNED_WORD = re.compile(r"c\+\+|c#|\.net")
_WORD = re.compile(r"[^\W_]+")


class Agreement(IntEnum):
    """How well two titles agree; the less, the more the texts have to say."""

    NONE = 0
    OVERLAP = 1
    NESTED = 2
    SAME = 3


@dataclass(frozen=True)
class TitleWords:
    """Words of level apart from the rest, as sets in sorted order."""

    levels: tuple[str, ...]
    others: tuple[str, ...]


def title_words(title: str) -> TitleWords:
    """Return the words that tell one opening from another; places of work, contracts, codes and (m/w/d) are none."""
    text = _SIGNED_WORD.sub(lambda found: f" {_SIGNED[found.group()]} ", title.casefold())
    found = _WORD.findall(text)
    words: set[str] = set()
    for word, following in pairwise([*found, ""]):
        if word.isdigit() and (len(word) > 1 or following.startswith(_UNITS)):
            continue
        words.update(_SPELLINGS.get(word, word).split())
    return TitleWords(tuple(sorted(words & _LEVELS)), tuple(sorted(words - _LEVELS - _NOISE)))


def without_place(words: TitleWords, place: str) -> TitleWords:
    """Return the words without those of the place, unless nothing else is left: one ad may carry each town's name."""
    of_place = set(_WORD.findall(place.casefold()))
    others = tuple(word for word in words.others if word not in of_place)
    return TitleWords(words.levels, others) if others else words


def spellings(word: str) -> tuple[str, ...]:
    """Return how a title word stands in running text; nothing for words that say nothing there ("i", "c", "2")."""
    if len(word) < _SHORTEST_TELLING and word not in _NUMERALS - {"i", "v"}:
        return ()
    return word, *(short for short, long in _SPELLINGS.items() if long == word and not short.isdigit())


def agreement(one: TitleWords, other: TitleWords) -> Agreement:
    """Return how two titles agree: never across levels, else by how many of the shorter one's words both have.

    Nested: one adds words to the other ("Data Scientist", "Data Scientist, Boston"). Overlap: each has words of its
    own, and more than half of the shorter one's stand in the other.
    """
    if one.levels != other.levels:
        return Agreement.NONE
    if one.others == other.others:
        return Agreement.SAME
    a, b = set(one.others), set(other.others)
    if a < b or b < a:
        return Agreement.NESTED if a and b else Agreement.NONE
    return Agreement.OVERLAP if len(a & b) * 2 > min(len(a), len(b)) else Agreement.NONE
