"""Text into tokens, the same way for phrases and for texts.

spaCy's own English tokenizer keeps "C#/.NET" and "Python3" whole and spends most of an extraction in its exceptions
and URL rules. Here a text is split at its blanks into runs, which Python does fast, and a single expression cuts a run
into tokens. What is known of the tokens of a run is remembered from text to text: few runs are new.
"""

import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from postings.skills.links import holds_link, may_join

# Each piece is a token with the blanks behind it. `\\{0,3}` swallows markdown escapes ("C\+\+", "data\-driven").
# Possessive throughout: nothing here needs a second try.
_PIECE = re.compile(
    r"""(?: [A-Za-z]++ (?![\w+\#\\])                          # most words
          | [^\W\d_]{3,}+ (?=\d+(?:\W|$))                    # Python|3, SQL|2019, but EC2 and word2vec
          | [^\W_]++ (?: \\{0,3}\+\\{0,3}\+ | \\{0,3}\#(?!\w) )?         # words; C++, C#
          | \\{0,3}+ (?:[^\w\s]|_)                             # one mark at a time: Java|/|Python, scikit|-|learn
          | \\
        ) [^\S\n]*+
      | \n\s*+
      | [^\S\n]++""",
    re.VERBOSE,
)
_BREAK = "\n"
_MEMO_LIMIT = 300_000
_LONGEST_REMEMBERED = 64  # longer runs hardly come back
_ENDS = frozenset(",.;:)")  # of most runs that are more than a word

LOUD_BEFORE, LOUD_BEHIND, _IS_BREAK = 1, 2, 4
_OWN_BITS = 3
WORD_BITS = 16
"""How many bits what is known of a word may take."""
LONGEST = 255
_LENGTH_BITS, _OFFSET_BITS = 8, 18
_OWN_SHIFT = _LENGTH_BITS + _OFFSET_BITS
_WORD_SHIFT = _OWN_SHIFT + _OWN_BITS
_NUMBER_SHIFT = _WORD_SHIFT + WORD_BITS
MOST_NUMBERS = 1 << (63 - _NUMBER_SHIFT)


Known = tuple[int, int]
"""What a reader knows of a word: its number (0: no part of any phrase), and bits of its own choice."""


class Tokens(NamedTuple):
    """The tokens of some texts, all in one row; arrays of one entry a token.

    `edges` says where each text begins and, at last, where the row ends. A break (number 0) stands for each line break
    and behind each text.
    """

    numbers: NDArray[np.int64]
    bits: NDArray[np.int64]
    """As the reader knows them."""
    loud: NDArray[np.int64]
    """LOUD_BEFORE, LOUD_BEHIND: it may be a part of a longer name by what stands right there."""
    starts: NDArray[np.int64]
    """Offset into its own text."""
    lengths: NDArray[np.int64]
    """Characters; what is longer than LONGEST has the number 0."""
    edges: list[int]


def bare(piece: str) -> str:
    """The token in a piece, without blanks and escapes."""
    word = piece.strip()
    return word.replace("\\", "") if len(word) > 1 else word


def pieces_of(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Where each piece of text[start:end] begins, and the piece: a token with the blanks behind it, or blanks alone."""
    return ((found.start(), found.group()) for found in _PIECE.finditer(text, start, end))


def words_of(phrase: str) -> list[str]:
    return [word for piece in _PIECE.findall(phrase) if (word := bare(piece))]


class Cutter:
    """Cuts texts. `know` says what a reader knows of a piece; it is asked once and again after a long time."""

    def __init__(self, know: Callable[[str], Known]) -> None:
        self._know = know
        self._runs = _Runs(know)

    def forget(self) -> None:
        """Keep nothing of the texts that were cut."""
        self._runs = _Runs(self._know)

    def cut(self, texts: Sequence[str]) -> Tokens:
        """The tokens of texts of up to 8 million characters each. What stands behind 262,144 characters without a blank
        or a line break is not read."""
        if self._runs.is_full():
            self.forget()
        runs: list[str] = []
        first_runs = [0]
        for text in texts:
            runs += text.replace(_BREAK, " \n ").split(" ")
            runs.append(_BREAK)
            first_runs.append(len(runs))
        known = np.fromiter(map(self._runs.__getitem__, runs), dtype=np.int64, count=len(runs))
        packed, counts, lengths = self._runs.tokens(known)
        edges = np.concatenate(([0], np.cumsum(counts)))[first_runs]
        run_starts = np.concatenate(([0], np.cumsum(lengths)))
        return Tokens(
            numbers=packed >> _NUMBER_SHIFT,
            bits=packed >> _WORD_SHIFT & (1 << WORD_BITS) - 1,
            loud=packed >> _OWN_SHIFT & (LOUD_BEFORE | LOUD_BEHIND),
            starts=_starts(np.repeat(run_starts[:-1], counts), packed, run_starts[first_runs[:-1]], edges),
            lengths=packed & LONGEST,
            edges=edges.tolist(),
        )


def _starts(
    run_starts: NDArray[np.int64],
    packed: NDArray[np.int64],
    text_starts: NDArray[np.int64],
    edges: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Where each token stands in its text: the running length of the runs, less the blanks put around each break."""
    is_break = (packed & _IS_BREAK << _OWN_SHIFT) != 0
    breaks = np.concatenate(([0], np.cumsum(is_break)))
    at = run_starts + (packed >> _LENGTH_BITS & (1 << _OFFSET_BITS) - 1) - 2 * breaks[1:] + is_break
    return at - np.repeat(text_starts - 2 * breaks[edges[:-1]], np.diff(edges))


class _Runs(dict[str, int]):
    """What is between two blanks -> its place in arrays that hold its tokens, each packed into one integer."""

    def __init__(self, know: Callable[[str], Known]) -> None:
        super().__init__()
        self._know = know
        self._packed = array("q")
        self._first = array("q")  # token
        self._count = array("q")  # of tokens
        self._length = array("q")  # in characters, with a blank

    def __missing__(self, run: str) -> int:
        place = len(self._count)
        first = len(self._packed)
        if run.isalpha() and len(run) <= LONGEST:
            self._packed.append(_pack(*self._know(run + " "), 0, 0, len(run)))
        elif run[-1:] in _ENDS and len(run) <= LONGEST and run[:-1].isalpha():
            self._packed.append(_pack(*self._know(run[:-1]), 0, 0, len(run) - 1))
            self._packed.append(_pack(*self._know(run[-1] + " "), 0, len(run) - 1, 1))
        else:
            self._packed.extend(self._tokens(run))
        self._first.append(first)
        self._count.append(len(self._packed) - first)
        self._length.append(len(run) + 1)
        if len(run) <= _LONGEST_REMEMBERED:
            self[run] = place
        return place

    def tokens(self, places: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The tokens at these places, one after the other; the number of each place's; its characters and a blank."""
        counts = _taken(self._count, places)
        before = np.cumsum(counts) - counts
        tokens = np.repeat(_taken(self._first, places) - before, counts) + np.arange(counts.sum())
        return _taken(self._packed, tokens), counts, _taken(self._length, places)

    def is_full(self) -> bool:
        """Texts bring ever new runs: whether to begin anew."""
        return len(self._count) >= _MEMO_LIMIT or len(self._packed) >= 4 * _MEMO_LIMIT

    def _tokens(self, run: str) -> list[int]:
        if run == _BREAK:
            return [_IS_BREAK << _OWN_SHIFT | 1]
        tokens: list[int] = []
        linked = "@" in run or holds_link(run.lower())
        joins = linked or "." in run
        start = 0
        for piece in _PIECE.findall(run + " "):
            length = len(piece.rstrip())
            if length:
                number, bits = self._know(piece) if length <= LONGEST else (0, 0)
                before, behind = may_join(run, start, start + length, linked=linked) if joins else (False, False)
                own = LOUD_BEFORE * before | LOUD_BEHIND * behind
                tokens.append(_pack(number, bits, own, start, min(length, LONGEST)))
            start += len(piece)
            if start >> _OFFSET_BITS:
                break
        return tokens


def _taken(values: "array[int]", places: NDArray[np.int64]) -> NDArray[np.int64]:
    # The view must not outlive this call: an array that is looked at cannot grow.
    return np.frombuffer(values, dtype=np.int64)[places] if values else np.empty(0, dtype=np.int64)


def _pack(number: int, bits: int, own: int, start: int, length: int) -> int:
    return number << _NUMBER_SHIFT | bits << _WORD_SHIFT | own << _OWN_SHIFT | start << _LENGTH_BITS | length
