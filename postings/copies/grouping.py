"""Ad groups: exact copies by hash, near copies by text, and no chains of ads that merely resemble their neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from postings.copies.boilerplate import boilerplate_of, without
from postings.copies.candidates import Pairs, candidate_pairs
from postings.copies.shingles import Hashes, shingle_set, text_hash
from postings.copies.signatures import matrix
from postings.copies.titles import Agreement, TitleWords, agreement, title_words

TextOf: TypeAlias = Callable[[Sequence[int]], Mapping[int, str]]
Edge: TypeAlias = tuple[int, int]

SAME_JACCARD = 0.9
"""Above it, titles that agree at all are enough."""
CONTAINED = {Agreement.SAME: 0.6, Agreement.NESTED: 0.6, Agreement.OVERLAP: 0.85}
"""Share of the shorter text, without boilerplate, that must stand in the longer (benchmarks/copies_pairs.py)."""
CUT_SHORT = 0.5
CONTAINED_IF_CUT = 0.75
"""A text less than half as long as the other is a cut copy, and then nearly whole, or another ad in the same frame."""
LEAST_SHINGLES = 40
"""With less than this left of the shorter text, containment says nothing: what is left may be stock phrases."""
TEXTS_AT_ONCE = 500


@dataclass(frozen=True)
class CopyDoc:
    """A posting as copies are found.

    `key` is unique and sorts, `content_hash` is the `text_hash` and `signature` the MinHash of its text, `length`
    counts its characters.
    """

    key: str
    title: str
    content_hash: str
    signature: bytes
    length: int


@dataclass(frozen=True)
class _Node:
    """Postings with the same text under the same title words, in the order of their keys; the first lends its text."""

    members: tuple[int, ...]
    words: TitleWords
    content_hash: str
    length: int


def group_copies(docs: Sequence[CopyDoc], text_of: TextOf, *, nodes_at_once: int = 20_000) -> list[tuple[int, ...]]:
    """Return the groups of two or more postings that are the same ad, as indices into docs.

    The representative (longest text, then smallest key) comes first in its group, the others by key; groups by the key
    of their representative. The order of docs makes no difference. Postings without words are in no group. Texts are
    asked for in small batches, and the shingles of at most about 3 * nodes_at_once texts are held (2 kB each).
    """
    nodes = _nodes(docs)
    if not nodes:
        return []
    lengths = np.array([node.length for node in nodes], dtype=np.int64)
    pairs = candidate_pairs(matrix([docs[node.members[0]].signature for node in nodes]), lengths)
    titles = _title_numbers(nodes)
    edges = _agreeing(pairs, nodes, titles)
    library = _Library(nodes, titles, text_of, nodes_at_once)
    found = [group for block in _blocks(edges, nodes_at_once) for group in _groups_of(block, pairs, library)]
    alone = set(range(len(nodes))).difference(*found)
    groups = [[i for node in group for i in nodes[node].members] for group in (*found, *([node] for node in alone))]
    ranked = [sorted(group, key=lambda i: docs[i].key) for group in groups if len(group) > 1]
    for group in ranked:
        best = min(group, key=lambda i: (-docs[i].length, docs[i].key))
        group.remove(best)
        group.insert(0, best)
    return [tuple(group) for group in sorted(ranked, key=lambda group: docs[group[0]].key)]


def _nodes(docs: Sequence[CopyDoc]) -> list[_Node]:
    """Return the distinct ads as they stand, in the order of their first key."""
    no_words = text_hash("")
    words = {title: title_words(title) for title in {doc.title for doc in docs}}
    same: dict[tuple[str, TitleWords], list[int]] = {}
    for i in sorted(range(len(docs)), key=lambda i: docs[i].key):
        if docs[i].content_hash != no_words:
            same.setdefault((docs[i].content_hash, words[docs[i].title]), []).append(i)
    return [_Node(tuple(members), title, text, docs[members[0]].length) for (text, title), members in same.items()]


def _title_numbers(nodes: Sequence[_Node]) -> NDArray[np.int64]:
    numbers: dict[TitleWords, int] = {}
    return np.array([numbers.setdefault(node.words, len(numbers)) for node in nodes], dtype=np.int64)


def _agreeing(pairs: Pairs, nodes: Sequence[_Node], titles: NDArray[np.int64]) -> list[Edge]:
    """Return the pairs whose titles agree; pairs of titles repeat, so each is compared once."""
    known: dict[Edge, bool] = {}
    edges: list[Edge] = []
    for first, second, one, other in zip(*pairs.T.tolist(), *titles[pairs.T].tolist(), strict=True):
        agreed = known.get((one, other))
        if agreed is None:
            agreed = known[one, other] = agreement(nodes[first].words, nodes[second].words) > Agreement.NONE
        if agreed:
            edges.append((first, second))
    return edges


def _blocks(edges: Sequence[Edge], nodes_at_once: int) -> Iterator[list[list[Edge]]]:
    """Yield the edges by component, as many components together as fit; one that does not fit comes alone."""
    block: list[list[Edge]] = []
    size = 0
    for component in _components(edges):
        nodes = len(_nodes_of(component))
        if block and size + nodes > nodes_at_once:
            yield block
            block, size = [], 0
        block.append(component)
        size += nodes
    if block:
        yield block


def _components(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Return the edges of each connected component, components by their smallest node."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    for first, second in edges:
        one, other = root(first), root(second)
        parent[max(one, other)] = min(one, other)
    parts: dict[int, list[Edge]] = {}
    for edge in edges:
        parts.setdefault(root(edge[0]), []).append(edge)
    return [parts[smallest] for smallest in sorted(parts)]


def _nodes_of(edges: Sequence[Edge]) -> list[int]:
    return sorted({node for edge in edges for node in edge})


class _Library:
    """Hands out the shingles of nodes, and what counts as boilerplate around them."""

    def __init__(self, nodes: Sequence[_Node], titles: NDArray[np.int64], text_of: TextOf, most: int) -> None:
        self.nodes = nodes
        self._titles, self._text_of, self._most = titles, text_of, most
        # The least hashes are a sample that neither the order of loading nor the names of sources can sway.
        by_hash = sorted(range(len(nodes)), key=lambda i: (nodes[i].content_hash, i))
        self._sample = self.shingles(sorted(by_hash[:most]))
        self._stock = self._boilerplate(self._sample)

    def shingles(self, wanted: Sequence[int]) -> dict[int, Hashes]:
        """Return the shingle set of each node; texts come in small batches and are dropped at once."""
        sets: dict[int, Hashes] = {}
        for start in range(0, len(wanted), TEXTS_AT_ONCE):
            asked = {self.nodes[node].members[0]: node for node in wanted[start : start + TEXTS_AT_ONCE]}
            sets.update((asked[i], shingle_set(text)) for i, text in self._text_of(sorted(asked)).items())
        return sets

    def around(self, block: Sequence[int], pairs: Pairs) -> tuple[dict[int, Hashes], Hashes]:
        """Return the shingles of a block, and the boilerplate that counts for it.

        If all ads are in the sample that is all boilerplate there is; if not, the likes of the block under other titles
        tell what its employers repeat.
        """
        if len(self._sample) == len(self.nodes):
            return self._sample, self._stock
        near = pairs[np.isin(pairs, block).any(axis=1)].ravel()
        likes = sorted(set(near.tolist()) - set(block), key=lambda i: self.nodes[i].content_hash)[: self._most]
        sets = self.shingles([*block, *sorted(likes)])
        return sets, np.union1d(self._stock, self._boilerplate(sets))

    def _boilerplate(self, sets: Mapping[int, Hashes]) -> Hashes:
        return boilerplate_of(list(sets.values()), [int(self._titles[node]) for node in sets])


class _Judge:
    """Decides on the texts whether two nodes are the same ad."""

    def __init__(self, nodes: Sequence[_Node], sets: Mapping[int, Hashes], boilerplate: Hashes) -> None:
        self.nodes, self._sets, self._boilerplate = nodes, sets, boilerplate
        self._own: dict[int, int] = {}

    def are_copies(self, one: int, other: int) -> bool:
        """Tell whether titles and texts are those of one ad; a text that cannot be had is no copy."""
        agreed = agreement(self.nodes[one].words, self.nodes[other].words)
        if not agreed or one not in self._sets or other not in self._sets:
            return False
        a, b = self._sets[one], self._sets[other]
        shared = np.intersect1d(a, b, assume_unique=True)
        if len(shared) >= SAME_JACCARD * (len(a) + len(b) - len(shared)):
            return True
        least, most = sorted((self._own_shingles(one), self._own_shingles(other)))
        enough = max(CONTAINED[agreed], CONTAINED_IF_CUT if least < CUT_SHORT * most else 0)
        return least >= LEAST_SHINGLES and len(without(shared, self._boilerplate)) >= enough * least

    def _own_shingles(self, node: int) -> int:
        if node not in self._own:
            self._own[node] = len(without(self._sets[node], self._boilerplate))
        return self._own[node]


def _groups_of(block: list[list[Edge]], pairs: Pairs, library: _Library) -> Iterator[list[int]]:
    """Yield the groups inside the components of a block."""
    sets, boilerplate = library.around([node for component in block for node in _nodes_of(component)], pairs)
    judge = _Judge(library.nodes, sets, boilerplate)
    for component in block:
        yield from _stars([edge for edge in component if judge.are_copies(*edge)], judge)


def _stars(matched: list[Edge], judge: _Judge) -> Iterator[list[int]]:
    """Yield the ad that matches most others of its component with all that match it; what is left over begins anew.

    So all members match one of them, and a chain of small differences never joins two different ads.
    """
    waiting = _components(matched)
    while waiting:
        edges = waiting.pop()
        matches = Counter(node for edge in edges for node in edge)
        centre, *rest = sorted(matches, key=lambda node: (-matches[node], -judge.nodes[node].length, node))
        star = {centre, *(node for node in rest if judge.are_copies(centre, node))}
        yield sorted(star)
        waiting += _components([edge for edge in edges if star.isdisjoint(edge)])
