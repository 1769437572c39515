"""Where the words stand without which a sentence has no cue, no demand, no denial and no degree: most have none.

One look at each word, remembered from text to text, spares most sentences the expressions that read them closely.
"""

import re
from bisect import bisect_left
from itertools import compress

from postings.skills.sentences import Sentence
from postings.skills.tokens import Tokens, bare

CUE, ASK, DENIAL, DEGREE = 1, 2, 4, 8

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
_MEMO_LIMIT = 300_000


class _PieceHints(dict[str, int]):
    """Piece -> the hints that it gives, as bits."""

    def __missing__(self, piece: str) -> int:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        word = bare(piece).lower()
        hints = 0
        for hint, starting in _STARTING:
            hints |= hint if starting.match(word) else 0
        for hint, words in _WHOLE:
            hints |= hint if word in words else 0
        self[piece] = hints
        return hints


_HINTS = _PieceHints()


class Hints:
    """The hints of one text, by place."""

    def __init__(self, tokens: Tokens) -> None:
        hints = [*map(_HINTS.__getitem__, tokens.pieces)]
        self._starts = [*compress(tokens.starts, hints)]
        self._hints = [*filter(None, hints)]

    def of(self, sentence: Sentence) -> int:
        """The hints in the sentence, added up as bits."""
        index, hints = bisect_left(self._starts, sentence.start), 0
        while index < len(self._starts) and self._starts[index] < sentence.end:
            hints |= self._hints[index]
            index += 1
        return hints
