"""With which words the texts may begin that an expression fits: a quick no, before the expression is tried.

Knows as much of regular expressions as words/headings.toml uses: letters, groups, "|", "?", "*", "+", "{m,n}", ".",
"[...]", "\\d" and (?!...).
"""

import re
from typing import NamedTuple

_TIMES = re.compile(r"\{(\d+)(?:,\d*)?\}")
_WORDS = re.compile(r"[^\W\d_ ][^\W\d_ ]*(?: [^\W\d_ ]+)*")


class Beginnings(NamedTuple):
    """A text that fits begins with one of the whole words, with a word that begins with a stem, or holds `inside`."""

    whole: frozenset[str]
    stems: frozenset[str]
    inside: frozenset[str]


def beginnings(pattern: str) -> Beginnings:
    """What texts of lower case and single blanks begin with when the pattern fits all of them."""
    reader = _Reader(pattern)
    reader.read()
    inside = {max(_WORDS.findall(pattern), key=len)} if "" in reader.stems else set()
    return Beginnings(frozenset(reader.whole), frozenset(reader.stems - {""}), frozenset(inside))


class _Reader:
    """Reads a pattern from the left. What may stand before the present place and is still the first word is `begun`."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self.whole: set[str] = set()
        self.stems: set[str] = set()

    def read(self) -> None:
        self.whole |= self._alternatives({""})

    def _alternatives(self, begun: set[str]) -> set[str]:
        ends = self._sequence(begun)
        while self._pattern[self._at : self._at + 1] == "|":
            self._at += 1
            ends |= self._sequence(begun)
        return ends

    def _sequence(self, begun: set[str]) -> set[str]:
        while self._at < len(self._pattern) and self._pattern[self._at] not in "|)":
            begun = self._repeated(begun, self._atom(begun))
        return begun

    def _atom(self, begun: set[str]) -> set[str]:
        letter = self._pattern[self._at]
        self._at += 1
        if letter == "(":
            return self._group(begun)
        if letter == " ":
            self.whole |= begun - {""}
            return begun & {""}
        if letter == "\\":
            self._at += 1  # \d is the only one
            self.stems |= {before + digit for before in begun for digit in "0123456789"}
            return set()
        if letter in ".[":
            self._at = self._pattern.index("]", self._at) + 1 if letter == "[" else self._at
            self.stems |= begun
            return set()
        return {before + letter for before in begun}

    def _group(self, begun: set[str]) -> set[str]:
        looks_ahead = self._pattern.startswith("?!", self._at)
        self._at += 2 if looks_ahead else 0
        if looks_ahead:
            self._alternatives(set())  # only to its end
        ends = begun if looks_ahead else self._alternatives(begun)
        self._at += 1
        return ends

    def _repeated(self, before: set[str], after: set[str]) -> set[str]:
        times = _TIMES.match(self._pattern, self._at)
        sign = self._pattern[self._at : self._at + 1]
        if times is not None:
            self._at = times.end()
            return before | after if int(times[1]) == 0 else after
        if sign in ("?", "*", "+"):
            self._at += 1
            return after if sign == "+" else before | after
        return after
