"""The words around a place in a text, by which the place is found again when the text comes again."""

from collections.abc import Iterator
from typing import NamedTuple

from postings.skills.sentences import Sentences
from postings.skills.types import Span

LONGEST = 300
"""Characters of a passage."""
_SHORTEST = 40
"""A list item of one word may stand in a text twice and mean two things: what stands around it is taken along."""


class Passage(NamedTuple):
    """A sentence; the place is at text[start:end]."""

    text: str
    start: int
    end: int


def passage_around(text: str, place: Span) -> Passage:
    """Return the sentence around a place; shorter ones with the lines around them, longer ones cut at blanks."""
    sentence = Sentences(text).around(place.start)
    low, high = sentence.start, max(sentence.end, place.end)
    while len(text[low:high].strip()) < _SHORTEST and (low > 0 or high < len(text)):
        low, high = _line_before(text, low), _line_behind(text, high)
    low, high = _cut(text, low, high, place)
    low += len(text[low : place.start]) - len(text[low : place.start].lstrip())
    high = place.end + len(text[place.end : high].rstrip())
    return Passage(text[low:high], place.start - low, place.end - low)


def places_of(passage: Passage, text: str) -> Iterator[Span]:
    """Yield each place of a text at which the passage stands, as the span that the passage is about."""
    at = text.find(passage.text)
    while at >= 0:
        yield Span(at + passage.start, at + passage.end)
        at = text.find(passage.text, at + 1)


def _line_before(text: str, at: int) -> int:
    """Return where the line begins that ends before `at`, or in which `at` stands."""
    return text.rfind("\n", 0, max(at - 1, 0)) + 1


def _line_behind(text: str, at: int) -> int:
    end = text.find("\n", at + 1)
    return len(text) if end < 0 else end


def _cut(text: str, low: int, high: int, place: Span) -> tuple[int, int]:
    """Return bounds at most LONGEST apart around the place, at blanks where there are some."""
    if high - low <= LONGEST:
        return low, high
    room = max(LONGEST - (place.end - place.start), 0) // 2
    first, last = max(low, place.start - room), min(high, place.end + room)
    blank = text.find(" ", first, place.start) if first > low else -1
    first = blank + 1 if blank >= 0 else first
    blank = text.rfind(" ", place.end, last) if last < high else -1
    return first, blank if blank >= 0 else last
