"""Phrases that share a word: "supervised and unsupervised learning", "data collection, cleaning, and storage"."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from postings.skills.hints import AND, COMMA, WAY
from postings.skills.tokens import Tokens
from postings.skills.types import LexiconEntry

_MOST_JOINS = 3  # ", and/or" is four
EntryOf = Callable[[Sequence[int]], LexiconEntry | None]
"""The entry that the tokens at these places make together, if any."""


def sharing_words(
    tokens: Tokens, phrases: Sequence[tuple[int, int]], free: NDArray[np.bool_], entry_of: EntryOf
) -> Iterator[tuple[int, LexiconEntry, bool]]:
    """Place and entry of each single word that makes a phrase with a part of one beside it; and whether it stands
    before it and so has to be a modifier: "predictive", but not "workflows and product development".

    `phrases`: first and last token of those found. `free` tells which tokens may be such words: those that stand in no
    phrase, name nothing alone, and are part of some alias.
    """
    if not phrases:
        return
    firsts, lasts = np.array(phrases, dtype=np.int64).T
    last_place = len(free) - 1
    before = ((tokens.bits[firsts - 1] & AND) != 0) & (firsts > 1)
    behind = ((tokens.bits[lasts + 1] & (AND | COMMA)) != 0) & (lasts + 2 <= last_place)
    for at in np.flatnonzero(before).tolist():
        yield from _before(tokens, phrases[at], free, entry_of)
    for at in np.flatnonzero(behind).tolist():
        yield from _behind(tokens, phrases[at], free, entry_of)


def _before(
    tokens: Tokens, phrase: tuple[int, int], free: NDArray[np.bool_], entry_of: EntryOf
) -> Iterator[tuple[int, LexiconEntry, bool]]:
    """ "unit, integration and" before "system testing": what each makes with the tail of the phrase."""
    first, last = phrase
    tails = [tuple(range(start, last + 1)) for start in dict.fromkeys((first + 1, last))]
    at = first - 1
    while (at := _over_joins(tokens, at, -1)) >= 0 and free[at] and tokens.numbers[at] != tokens.numbers[first]:
        entry = next((found for tail in tails if (found := entry_of((at, *tail))) is not None), None)
        if entry is None:
            return
        yield at, entry, True
        at -= 1


def _behind(
    tokens: Tokens, phrase: tuple[int, int], free: NDArray[np.bool_], entry_of: EntryOf
) -> Iterator[tuple[int, LexiconEntry, bool]]:
    """ "cleaning, and storage" behind "data collection,": what each makes with the head of the phrase."""
    first, last = phrase
    heads = [tuple(range(first, end + 1)) for end in dict.fromkeys((last - 1, first))]
    at = last + 1
    while (after := _over_joins(tokens, at, 1)) >= 0 and free[after]:
        if not (_closes(tokens, after + 1) or tokens.bits[after - 1] & AND) or tokens.bits[after + 1] & WAY:
            return
        entry = next((found for head in heads if (found := entry_of((*head, after))) is not None), None)
        if entry is None:
            return
        yield after, entry, False
        at = after + 1


def _over_joins(tokens: Tokens, at: int, step: int) -> int:
    """The place behind the words and marks that join the members of a list; -1 where there are none, or too many."""
    for number in range(_MOST_JOINS + 1):
        if not 0 <= at < len(tokens.bits):
            return -1
        if not tokens.bits[at] & (AND | COMMA):
            return at if number else -1
        at += step
    return -1


def _closes(tokens: Tokens, at: int) -> bool:
    """Whether a list goes on or ends here: a mark, a break, "and"."""
    return bool(tokens.bits[at] & (AND | COMMA) or (tokens.lengths[at] == 1 and tokens.numbers[at] == 0))
