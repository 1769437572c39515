"""Where the words stand without which a sentence has no cue, no demand, no denial and no degree: most have none.

One look at each word, remembered from text to text, spares most sentences the expressions that read them closely.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from postings.skills.sentences import Sentence

CUE, ASK, DENIAL, DEGREE = 1, 2, 4, 8
HINT_BITS = 4

_STARTS = {
    CUE: "prefer plus nice desir bonus advantag ideal asset option helpful useful benefi good great welcom apprecia "
    "requir must mandat essential necess need would vorteil wünschenswert atout valora desej deseable point extra",
    ASK: "proficien fluen experience expertise skill familiar knowledge understanding background command grasp abilit "
    "able year comfortable competen communicat kenntnisse erfahrung",
    DEGREE: "degree bachelor master phd diploma graduat major field disciplin studi doctor areas subject mba bsc msc",
}
_WORDS = {
    DENIAL: "no not t without never nor rather instead opposed unlike neither",
    DEGREE: "ph b m bs ms ba s sc",
}
_STARTING = tuple((hint, re.compile("|".join(stems.split()))) for hint, stems in _STARTS.items())
_WHOLE = tuple((hint, frozenset(words.split())) for hint, words in _WORDS.items())


def hints_of(word: str) -> int:
    """The hints that a word (lower case) gives, added up."""
    hints = 0
    for hint, starting in _STARTING:
        hints |= hint if starting.match(word) else 0
    for hint, words in _WHOLE:
        hints |= hint if word in words else 0
    return hints


class Hints(NamedTuple):
    """The words of a text that give hints: where they start, in order, and what each gives."""

    starts: list[int]
    given: list[int]

    def of(self, sentence: Sentence) -> int:
        """The hints in the sentence, added up."""
        starts, given = self
        index, hints = bisect_left(starts, sentence.start), 0
        while index < len(starts) and starts[index] < sentence.end:
            hints |= given[index]
            index += 1
        return hints
