"""What the words of texts, looked up once, say of sentences, paragraphs and phrases: arrays of bits into places."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from postings.skills.hints import AT, EMPLOYS, HYPHEN, JOB, NAME, OF_SENTENCES, ROLE, STOCK, WAY, Hints
from postings.skills.stock import Marks
from postings.skills.tokens import LOUD_BEFORE, LOUD_BEHIND, Tokens
from postings.skills.types import EMPLOYER, TRAPPED

_NAME_REACH = 8  # tokens: "Larch Analytics & Data Services, Inc"
_TEXT_SHIFT = 24  # more than the places in a text


def doubts_at(tokens: Tokens, firsts: NDArray[np.int64], lasts: NDArray[np.int64]) -> list[int]:
    """What stands beside each match and may make it something else than a skill. A break ends every text."""
    before, behind = tokens.bits[firsts - 1], tokens.bits[lasts + 1]
    names = np.concatenate(([0], np.cumsum((tokens.bits & NAME) != 0)))
    near_a_name = names[np.minimum(lasts + _NAME_REACH, len(names) - 1)] > names[lasts + 1]
    loud = (tokens.loud[firsts] & LOUD_BEFORE) | (tokens.loud[lasts] & LOUD_BEHIND)
    further = tokens.bits[np.minimum(lasts + 2, len(tokens.bits) - 1)]
    role = (behind & ROLE) | (further & ROLE) * ((behind & HYPHEN) != 0)
    trapped = near_a_name | ((loud | (before & WAY) | role) != 0)
    employer = near_a_name | (((before & AT) | (behind & EMPLOYS)) != 0)
    return (trapped * TRAPPED | employer * EMPLOYER).tolist()


def marks_in(tokens: Tokens) -> list[Marks]:
    """Where words of stock phrases and words of the job stand in each text."""
    stock, job = (_by_text(tokens, tokens.starts, np.flatnonzero(tokens.bits & bit)) for bit in (STOCK, JOB))
    return list(map(Marks, stock, job))


def masked(tokens: Tokens, ranges: Sequence[Sequence[tuple[int, int]]]) -> Tokens:
    """The same, but what stands in these ranges of each text says nothing and is part of no phrase."""
    places = np.repeat(np.arange(len(ranges), dtype=np.int64), np.diff(tokens.edges))
    at = places << _TEXT_SHIFT | tokens.starts
    edges = [(place << _TEXT_SHIFT) + edge for place, some in enumerate(ranges) for ends in some for edge in ends]
    inside = np.zeros(len(at) + 1, dtype=np.int64)
    first_and_last = np.searchsorted(at, edges).reshape(-1, 2)
    np.add.at(inside, first_and_last[:, 0], 1)
    np.subtract.at(inside, first_and_last[:, 1], 1)
    is_read = np.cumsum(inside[:-1]) == 0
    return tokens._replace(numbers=tokens.numbers * is_read, bits=tokens.bits * is_read)


def hints_in(tokens: Tokens) -> list[Hints]:
    """The words of each text that give hints on their sentence."""
    given = tokens.bits & OF_SENTENCES
    places = np.flatnonzero(given)
    return list(map(Hints, _by_text(tokens, tokens.starts, places), _by_text(tokens, given, places)))


def _by_text(tokens: Tokens, column: NDArray[np.int64], places: NDArray[np.int64]) -> list[list[int]]:
    """What stands in a column at these places of the row, a list for each text."""
    values, cuts = column[places].tolist(), np.searchsorted(places, tokens.edges).tolist()
    return [values[a:b] for a, b in pairwise(cuts)]
