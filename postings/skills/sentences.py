"""Sentences, list items and glued bullets: the stretch of text in which a cue word speaks for a skill."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from postings.skills.seams import seams_of

# One class of letters in front, so that the search skips all others at once.
_STOP = re.compile(
    r"[.!?;•|](?:(?<=[;•])\s*|(?<=\|)\s|(?=[\"')\]]*\s+[A-Z0-9(\"'*•\-])"
    r"(?<!e\.g\.)(?<!i\.e\.)(?<!z\.B\.)(?<!etc\.)(?<!\bvs\.)(?<!incl\.)(?<!Inc\.)(?<!U\.S\.)(?<!approx\.)"
    r"[\"')\]]*\s+)"
)
# Where a crawl has dropped the line breaks, a bullet begins with one of these inside the line.
_GLUED_BULLET = re.compile(
    r" (?=[A-Z0-9])(?<=[a-z0-9),+#] )(?<! in )(?<! of )(?<! to )(?<! or )(?<! with )(?<! the )"
    r"(?<! last )(?<! past )(?<! least )(?="
    r"(?:Experienced?|Knowledge|Strong|Excellent|Solid|Proven|Demonstrated|Ability"
    r"|Able|Proficien(?:t|cy)|Familiar(?:ity)?|Understanding|Hands-on|Working|Good|Expert(?:ise)?|Deep|Must"
    r"|Bachelor|Master|Advanced|Prior|Previous|Minimum|Knowledgeable|Comfortable|Fluen(?:t|cy)|Exposure"
    r"|Willingness|Applicants?|Candidates?|Outstanding|Technical|Product|Develop|Design|Build|Work|Create"
    r"|Collaborate|Lead|Manage|Implement|Perform|Support|Provide|Maintain|\d+\+? (?:or more )?years)\b)"
)
_LONG_LINE = 250
_LONGEST = 400
_LONGEST_SENTENCE = 1000


class Sentence(NamedTuple):
    start: int
    end: int


class Sentences:
    """Sentences of a text by position; ask in rising order, since only the last line is remembered."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._items = seams_of(text).items
        self._line_end = -1
        self._starts: list[int] = []

    def around(self, at: int) -> Sentence:
        if at >= self._line_end:
            self._read_line(at)
        index = bisect_right(self._starts, at) - 1
        end = self._starts[index + 1] if index + 1 < len(self._starts) else self._line_end
        return Sentence(self._starts[index], end)

    def _read_line(self, at: int) -> None:
        start, end = line_around(self._text, at)
        self._line_end = end
        self._starts = [start]
        for found in _STOP.finditer(self._text, start, end):
            self._starts.append(found.end())
        if end - start > _LONG_LINE:
            self._starts += [found.end() for found in _GLUED_BULLET.finditer(self._text, start, end)]
        if self._items:
            self._starts += self._items[bisect_left(self._items, start + 1) : bisect_left(self._items, end)]
        self._starts.sort()
        if end - start > _LONGEST_SENTENCE:
            self._starts = [*self._cut_up(end)]

    def _cut_up(self, end: int) -> Iterator[int]:
        """The starts, and more of them where a sentence never ends: what reads it may take its square in time."""
        for start, following in pairwise([*self._starts, end]):
            at = start
            yield at
            while following - at > _LONGEST_SENTENCE:
                blank = self._text.find(" ", at + _LONGEST_SENTENCE - 100, at + _LONGEST_SENTENCE)
                at = blank + 1 if blank >= 0 else at + _LONGEST_SENTENCE
                yield at


def line_around(text: str, at: int) -> tuple[int, int]:
    """Start and end of the line at a place, without its break."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def sentence_around(text: str, at: int, low: int, high: int) -> Sentence:
    """The sentence at a place between `low` and `high`; a cautious one where nothing ends it."""
    low, high = max(low, at - _LONGEST), min(high, at + _LONGEST)
    ends = [found.end() for stop in (_STOP, _GLUED_BULLET) for found in stop.finditer(text, low, at)]
    after = _STOP.search(text, at, high)
    return Sentence(max(ends, default=low), after.end() if after else high)
