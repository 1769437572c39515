"""Two texts word for word: what both have, what only one has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORD = re.compile(r"\S+")
_SIGNS = re.compile(r"^[\W_]+|[\W_]+$")
MOST_WORDS = 4_000
"""Words of each text that are compared in detail: the time grows with their product."""
MOST_REPEATS = 12
"""A word that comes more often ("and") begins no match, but continues one."""


class Side(StrEnum):
    BOTH = "both"
    ONE = "one"
    OTHER = "other"
    UNREAD = "unread"


@dataclass(frozen=True)
class Segment:
    """A run of words as one side wrote them; words in both come as the first text has them."""

    side: Side
    text: str


def word_differences(one: str, other: str) -> tuple[Segment, ...]:
    """Return both texts as runs of words, in order; case and signs at the edges of words make no difference.

    What lies behind the first 4,000 words of a text is one run that says so.
    """
    a, b = _WORD.findall(one), _WORD.findall(other)
    segments = [*_compared(a[:MOST_WORDS], b[:MOST_WORDS])]
    if len(a) > MOST_WORDS or len(b) > MOST_WORDS:
        left = max(len(a), len(b)) - MOST_WORDS
        segments.append(Segment(Side.UNREAD, f"{left:,} more words are not compared."))
    return tuple(segments)


def _compared(a: Sequence[str], b: Sequence[str]) -> Iterator[Segment]:
    plain_a, plain_b = [_plain(word) for word in a], [_plain(word) for word in b]
    times = Counter(plain_b)
    matcher = SequenceMatcher(lambda word: times[word] > MOST_REPEATS, plain_a, plain_b, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Segment(Side.BOTH, " ".join(a[i:j]))
            continue
        if j > i:
            yield Segment(Side.ONE, " ".join(a[i:j]))
        if m > k:
            yield Segment(Side.OTHER, " ".join(b[k:m]))


def _plain(word: str) -> str:
    return _SIGNS.sub("", word.casefold()) or word
