"""Which groups of skills each posting of a selection covers, for many groups in one pass over its skills."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.measures import GroupCoverage
from analytics.selectors.counted_skills import skills_of
from analytics.snapshot import Snapshot

WORD = 64

Words = NDArray[np.uint64]


@dataclass(frozen=True)
class Coverage:
    """`words` [n, groups / 64]: bit g of a posting's words says whether it names a skill of group g."""

    words: Words
    place: dict[str, int]

    def of(self, groups: Sequence[str]) -> GroupCoverage:
        """Return how many postings cover each of these groups, and how many of them a posting covers."""
        number = np.zeros(len(self.words), np.int16)
        by_group = []
        for group in groups:
            word, bit = divmod(self.place[group], WORD)
            held: NDArray[np.bool_] = (self.words[:, word] & _bit(bit)) != 0
            number += held.astype(np.int16)
            by_group.append(int(np.count_nonzero(held)))
        by_number = np.bincount(number, minlength=len(groups) + 1)
        return GroupCoverage(tuple(groups), len(self.words), np.array(by_group, np.int64), by_number)


def coverage_of(snapshot: Snapshot, rows: NDArray[np.int32]) -> Coverage:
    """Return which groups of the run each of some postings covers."""
    place = {group: number for number, group in enumerate(snapshot.group_skills)}
    lengths, skills = skills_of(snapshot, rows)
    naming = np.flatnonzero(lengths)
    starts = (np.cumsum(lengths) - lengths)[naming]
    words = np.zeros((len(rows), len(place) // WORD + 1), np.uint64)
    for word in range(words.shape[1]):
        if len(naming):
            bits = _bits(snapshot, word)[skills]
            words[naming, word] = np.bitwise_or.reduceat(bits, starts)
    return Coverage(words, place)


def _bits(snapshot: Snapshot, word: int) -> Words:
    """Return for each skill its groups as bits of this word."""
    bits = np.zeros(len(snapshot.skills), np.uint64)
    for number, codes in enumerate(snapshot.group_skills.values()):
        if number // WORD == word:
            bits[codes] |= _bit(number % WORD)
    return bits


def _bit(place: int) -> np.uint64:
    return np.uint64(1 << place)
