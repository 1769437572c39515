"""The texts of nodes, read for comparing them, and the pairwise judgement on what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from postings.copies.boilerplate import boilerplate_of, stock_of, without
from postings.copies.candidates import Pairs
from postings.copies.judging import DOUBTFUL, FAR, Overlap, Told, agreed_in_text, blocks, is_stock, margin
from postings.copies.nodes import Node, numbered
from postings.copies.shingles import Hashes, distinct, shingle_hashes, shingle_set
from postings.copies.stated import Stated, stated
from postings.copies.titles import TitleWords, agreement, spellings

TextOf: TypeAlias = Callable[[Sequence[int]], Mapping[int, str]]

TEXTS_AT_ONCE = 500


@dataclass(frozen=True)
class Reading:
    """What is kept of a text: shingles, what it states, and which title words of the corpus it uses how often.

    Of a text that is compared with none, only the shingles are kept: they tell what is boilerplate.
    """

    shingles: Hashes
    states: Stated = field(default_factory=Stated)
    words: Hashes = field(default_factory=lambda: np.empty(0, dtype=np.uint32))
    counts: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, dtype=np.uint8))

    def times(self, word: str) -> int:
        """Return how often a title word is used, in all its spellings."""
        return sum(self._times(_hash_of(spelling)) for spelling in spellings(word))

    def _times(self, word: np.uint32) -> int:
        place = int(np.searchsorted(self.words, word))
        return int(self.counts[place]) if place < len(self.words) and self.words[place] == word else 0


def read_text(text: str, vocabulary: Hashes) -> Reading:
    """Return what is kept of a text; of its words only those in the sorted vocabulary."""
    words, counts = np.unique(shingle_hashes(text, 1), return_counts=True)
    known = np.isin(words, vocabulary, assume_unique=True)
    return Reading(shingle_set(text), stated(text), words[known], counts[known].clip(max=255).astype(np.uint8))


def vocabulary_of(titles: Iterable[TitleWords]) -> Hashes:
    """Return the sorted hashes of all words of titles, in all spellings."""
    words = {spelling for title in titles for word in (*title.levels, *title.others) for spelling in spellings(word)}
    return distinct(np.array([_hash_of(word) for word in sorted(words)], dtype=np.uint32))


def told(one: Node, other: Node, a: Reading, b: Reading) -> Told:
    """Return how often each text uses the words that only one of the two titles has."""
    levels, subjects = [], []
    for mine, yours, text, elsewhere in ((one, other, a, b), (other, one, b, a)):
        levels += [(text.times(w), elsewhere.times(w)) for w in sorted({*mine.words.levels} - {*yours.words.levels})]
        subjects += [(text.times(w), elsewhere.times(w)) for w in sorted({*mine.words.others} - {*yours.words.others})]
    clash = bool({*one.words.levels} - {*other.words.levels} and {*other.words.levels} - {*one.words.levels})
    return Told(tuple(levels), tuple(subjects), clash)


class Library:
    """Hands out what was read of nodes, and what counts as boilerplate around them."""

    def __init__(self, nodes: Sequence[Node], compared: Set[int], text_of: TextOf, most: int) -> None:
        self.nodes = nodes
        self._compared = compared
        self._text_of, self._most = text_of, most
        self._titles = numbered(node.words for node in nodes)
        self._employers = numbered(min(node.companies, default="") for node in nodes)
        self._towns = numbered(min(node.cities, default="") for node in nodes)
        self._vocabulary = vocabulary_of({nodes[i].words for i in compared})
        # The least hashes are a sample that neither the order of loading nor the names of sources can sway.
        by_hash = sorted(range(len(nodes)), key=lambda i: (nodes[i].content_hash, i))
        self._sample = self.read(sorted(by_hash[:most]))
        self._stock = self._boilerplate(self._sample)

    def read(self, wanted: Sequence[int]) -> dict[int, Reading]:
        """Return what each node says; texts come in small batches and are dropped at once."""
        readings: dict[int, Reading] = {}
        for start in range(0, len(wanted), TEXTS_AT_ONCE):
            asked = {self.nodes[node].members[0]: node for node in wanted[start : start + TEXTS_AT_ONCE]}
            for i, text in self._text_of(sorted(asked)).items():
                is_compared = asked[i] in self._compared
                readings[asked[i]] = read_text(text, self._vocabulary) if is_compared else Reading(shingle_set(text))
        return readings

    def around(self, block: Sequence[int], pairs: Pairs) -> tuple[dict[int, Reading], Hashes]:
        """Return what a block says, and the boilerplate that counts for it.

        If all ads are in the sample that is all boilerplate there is; if not, the likes of the block under other titles
        tell what its employers repeat.
        """
        if len(self._sample) == len(self.nodes):
            return self._sample, self._stock
        near = pairs[np.isin(pairs, block).any(axis=1)].ravel()
        likes = sorted(set(near.tolist()) - set(block), key=lambda i: self.nodes[i].content_hash)[: self._most]
        readings = self.read([*block, *sorted(likes)])
        return readings, np.union1d(self._stock, self._boilerplate(readings))

    def _boilerplate(self, readings: Mapping[int, Reading]) -> Hashes:
        shingles, which = [reading.shingles for reading in readings.values()], list(readings)
        under_titles = boilerplate_of(shingles, self._titles[which].tolist())
        stock = stock_of(shingles, self._employers[which].tolist(), self._towns[which].tolist())
        return np.union1d(under_titles, stock)


class Judge:
    """Decides on the texts whether two nodes are the same ad."""

    def __init__(self, nodes: Sequence[Node], readings: Mapping[int, Reading], boilerplate: Hashes) -> None:
        self.nodes, self._readings, self._boilerplate = nodes, readings, boilerplate
        self._own: dict[int, int] = {}

    def are_copies(self, one: int, other: int) -> bool:
        """Tell whether titles and texts are those of one ad; a text that cannot be had is no copy."""
        return self.judged(one, other)[0]

    def judged(self, one: int, other: int) -> tuple[bool, float]:
        """Return whether they are one ad, and how far the texts are from the line; FAR where other things decide."""
        if one not in self._readings or other not in self._readings:
            return False, FAR
        first, second = self.nodes[one], self.nodes[other]
        a, b = self._readings[one], self._readings[other]
        overlap, words = self._overlap(one, other), told(first, second, a, b)
        same_number = not a.states.numbers.isdisjoint(b.states.numbers)
        agreed = agreed_in_text(agreement(first.words, second.words), words)
        more = margin(agreed, overlap, same_number=same_number, same_city=first.shares_city(second))
        if more < -DOUBTFUL:
            return False, FAR
        if is_stock(overlap, employers_differ=first.has_other_employer(second)):
            return False, FAR
        if not blocks(a.states, b.states, words, agreed):
            return more >= 0, abs(more)
        # The texts say copy and a rule says no: a question for a person, though the last one.
        return False, DOUBTFUL if more >= 0 else FAR

    def _overlap(self, one: int, other: int) -> Overlap:
        a, b = self._readings[one].shingles, self._readings[other].shingles
        shared = np.intersect1d(a, b, assume_unique=True)
        least, most = sorted((self._own_shingles(one), self._own_shingles(other)))
        return Overlap(len(a), len(b), len(shared), least, most, len(without(shared, self._boilerplate)))

    def _own_shingles(self, node: int) -> int:
        if node not in self._own:
            self._own[node] = len(without(self._readings[node].shingles, self._boilerplate))
        return self._own[node]


@lru_cache(maxsize=1 << 16)
def _hash_of(word: str) -> np.uint32:
    return np.uint32(shingle_hashes(word, 1)[0])
