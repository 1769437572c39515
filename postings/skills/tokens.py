"""Text into tokens, the same way for phrases and for texts.

spaCy's own English tokenizer keeps "C#/.NET" and "Python3" whole and spends most of an extraction in its
exceptions and URL rules. Here a single expression cuts a text into pieces that add up to it, so offsets are a
running sum and survive every split.
"""

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

# Each piece is a token with the blanks behind it. `\\{0,3}` swallows markdown escapes ("C\+\+", "data\-driven").
# Possessive throughout: nothing here needs a second try, and a posting has six hundred tokens.
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


class Tokens(NamedTuple):
    """Pieces of a text in order; `starts` are offsets into it, one a piece."""

    pieces: list[str]
    starts: list[int]


def bare(piece: str) -> str:
    """The token in a piece, without blanks and escapes."""
    word = piece.strip()
    return word.replace("\\", "") if len(word) > 1 else word


def words_of(phrase: str) -> list[str]:
    return [word for piece in _PIECE.findall(phrase) if (word := bare(piece))]


def cut(text: str, ranges: Iterable[tuple[int, int]]) -> Tokens:
    """The tokens of these ranges of the text; a line break stands between two ranges."""
    pieces: list[str] = []
    starts: list[int] = []
    for start, end in ranges:
        found = _PIECE.findall(text, start, end)
        starts += accumulate(map(len, found), initial=start)
        pieces += found
        pieces.append("\n")
    return Tokens(pieces, starts)
