"""Seams: where a crawl has lost a line break and two words are written as one, "skillsExperience"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

# One value a kind of letter: looking for "aA" in the bytes costs a tenth of an expression over the text.
_SHAPES = bytes.maketrans((ascii_lowercase + "." + ascii_uppercase).encode(), b"a" * 27 + b"A" * 26)
_ITEM_OPENS = re.compile(
    r"(?:Experienced?|Knowledge|Strong|Excellent|Solid|Proven|Demonstrated|Ability|Able|Proficien(?:t|cy)"
    r"|Familiar(?:ity)?|Understanding|Hands-on|Good|Great|Expert(?:ise)?|Degree|Bachelor(?:'?s)?|Master(?:'?s)?|Must"
    r"|Minimum|Knowledgeable|Comfortable|Fluen(?:t|cy)|Willingness|Proactive|Outstanding|Exceptional|Previous|Prior"
    r"|Enjoys?)\b"
)
_LIST = 3  # so many hyphens glued to words of one line are the bullets of a list
_REMEMBERED = 128


class Seams(NamedTuple):
    """Places in a text, in order, at which a word begins with nothing before it."""

    words: tuple[int, ...]
    """Behind a small letter, or behind a word in capitals: "HavesServer", "NEEDExperience"."""
    items: tuple[int, ...]
    """Those where an item of a list begins by its first word: "skillsStrong", "MVC).Good", "triage- Able to"."""


@lru_cache(maxsize=_REMEMBERED)
def seams_of(text: str) -> Seams:
    # The lowest byte of each letter will do.
    letters = text.encode() if text.isascii() else text.encode("utf-32-le", "surrogatepass")[::4]
    shape = letters.translate(_SHAPES)
    ends = [at + 1 for at in _places(shape, b"aA")]
    words = [at for at in ends if text[at - 1] != "."]
    words += [at for at in _ends_of_capitals(shape) if shape[at : at + 2] == b"Aa"]
    bullets = [at + 2 for at in _places(shape, b"- A") if shape[at - 1 : at] == b"a"]
    items = [at for at in {*ends, *words, *bullets} if _ITEM_OPENS.match(text, at)]
    return Seams(tuple(sorted(words)), tuple(sorted({*items, *_lists(text, bullets)})))


def _places(shape: bytes, joint: bytes) -> Iterator[int]:
    at = shape.find(joint)
    while at >= 0:
        yield at
        at = shape.find(joint, at + 1)


def _ends_of_capitals(shape: bytes) -> Iterator[int]:
    """Where the last letter of each run of at least five capitals stands: it may begin the next word."""
    at = shape.find(b"AAAAA")
    while at >= 0:
        end = at + 5
        while shape[end : end + 1] == b"A":
            end += 1
        yield end - 1
        at = shape.find(b"AAAAA", end)


def _lists(text: str, bullets: Sequence[int]) -> Iterator[int]:
    for first in range(len(bullets) - _LIST + 1):
        some = bullets[first : first + _LIST]
        if "\n" not in text[some[0] : some[-1]]:
            yield from some
