"""Ad groups: exact copies by hash, near copies by text, and no chains of ads that merely resemble their neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from postings.copies.candidates import Pairs, candidate_pairs, estimated_containment
from postings.copies.decided import NOTHING_DECIDED, Decisions, obeying
from postings.copies.doubts import DoubtfulPair, Doubts
from postings.copies.library import Judge, Library, TextOf
from postings.copies.nodes import CopyDoc, Node, nodes_of, numbered
from postings.copies.signatures import matrix
from postings.copies.titles import Agreement, agreement

Edge: TypeAlias = tuple[int, int]

LIKELY_RENAMED = 0.75
"""Estimated containment under titles that do not agree; texts decide at 0.9."""


class Found(NamedTuple):
    """Groups as `group_copies` returns them, and the pairs that are worth a person's look."""

    groups: list[tuple[int, ...]]
    doubtful: list[DoubtfulPair]


def group_copies(
    docs: Sequence[CopyDoc],
    text_of: TextOf,
    *,
    decisions: Decisions = NOTHING_DECIDED,
    nodes_at_once: int = 20_000,
) -> list[tuple[int, ...]]:
    """Return the groups of two or more postings that are the same ad, as indices into docs.

    The representative (longest text, then smallest key) comes first in its group, the others by key; groups by the key
    of their representative. The order of docs makes no difference, and decisions are obeyed. Postings without words are
    in no group unless a person put them there. Texts are asked for in small batches, and what was read of at most about
    3 * nodes_at_once texts is held (3 kB each).
    """
    return find_copies(docs, text_of, decisions=decisions, nodes_at_once=nodes_at_once).groups


def find_copies(
    docs: Sequence[CopyDoc],
    text_of: TextOf,
    *,
    decisions: Decisions = NOTHING_DECIDED,
    nodes_at_once: int = 20_000,
) -> Found:
    """Return the groups, and the pairs near the line that nobody has decided, the nearest first."""
    nodes, doubts = nodes_of(docs), Doubts()
    groups = obeying(decisions, _found(nodes, docs, text_of, nodes_at_once, doubts), docs)
    ranked = [sorted(group, key=lambda i: docs[i].key) for group in groups if len(group) > 1]
    for group in ranked:
        best = min(group, key=lambda i: (-docs[i].length, docs[i].key))
        group.remove(best)
        group.insert(0, best)
    in_order = [tuple(group) for group in sorted(ranked, key=lambda group: docs[group[0]].key)]
    return Found(in_order, doubts.pairs(nodes, docs, decisions))


def _found(
    nodes: Sequence[Node], docs: Sequence[CopyDoc], text_of: TextOf, nodes_at_once: int, doubts: Doubts
) -> list[list[int]]:
    """Return the groups that titles and texts make, as indices into docs."""
    if not nodes:
        return []
    lengths = np.array([node.length for node in nodes], dtype=np.int64)
    signatures = matrix([docs[node.members[0]].signature for node in nodes])
    pairs = candidate_pairs(signatures, lengths)
    edges = _agreeing(pairs, nodes, estimated_containment(pairs, signatures, lengths))
    library = Library(nodes, {node for edge in edges for node in edge}, text_of, nodes_at_once)
    found = [group for block in _blocks(edges, nodes_at_once) for group in _groups_of(block, pairs, library, doubts)]
    alone = set(range(len(nodes))).difference(*found)
    return [[i for node in group for i in nodes[node].members] for group in (*found, *([node] for node in alone))]


def _agreeing(pairs: Pairs, nodes: Sequence[Node], contained: NDArray[np.float64]) -> list[Edge]:
    """Return the pairs whose titles agree, or whose texts can outweigh that; pairs of titles repeat, so once each."""
    titles = numbered(node.words for node in nodes)
    known: dict[Edge, bool] = {}
    edges: list[Edge] = []
    columns = (*pairs.T.tolist(), *titles[pairs.T].tolist(), (contained >= LIKELY_RENAMED).tolist())
    for first, second, one, other, is_likely in zip(*columns, strict=True):
        agreed = known.get((one, other))
        if agreed is None:
            agreed = known[one, other] = agreement(nodes[first].words, nodes[second].words) > Agreement.NONE
        if agreed or (is_likely and nodes[first].shares_city(nodes[second])):
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


def _groups_of(block: list[list[Edge]], pairs: Pairs, library: Library, doubts: Doubts) -> Iterator[list[int]]:
    """Yield the groups inside the components of a block."""
    readings, boilerplate = library.around([node for component in block for node in _nodes_of(component)], pairs)
    judge = Judge(library.nodes, readings, boilerplate)
    for component in block:
        yield from _stars([edge for edge in component if _are_copies(edge, judge, doubts)], judge)


def _are_copies(edge: Edge, judge: Judge, doubts: Doubts) -> bool:
    """Tell whether two ads are one, and note how sure that is."""
    is_copy, doubt = judge.judged(*edge)
    doubts.note(*edge, doubt, is_copy=is_copy)
    return is_copy


def _stars(matched: list[Edge], judge: Judge) -> Iterator[list[int]]:
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
