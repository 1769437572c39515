"""Pairs of ads of which the texts leave doubt: near the line between copy and no copy, the nearest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from postings.copies.decided import Decisions
from postings.copies.judging import DOUBTFUL
from postings.copies.nodes import CopyDoc, Node

MOST = 1_000
"""Pairs that are handed on: more than a person decides in a day."""
_POOL = 20 * MOST
_OF_ONE_AD = 2
"""A family of ads in one frame would fill the list with the same question: of each ad so many pairs are asked about."""


class DoubtfulPair(NamedTuple):
    """Indices into the docs; `doubt` is how far the texts are from the line, 0 to DOUBTFUL, as a share of the text."""

    one: int
    other: int
    doubt: float
    is_copy: bool


class Doubts:
    """Collects judgements on nodes as they are made; what is held is bounded."""

    def __init__(self) -> None:
        self._pairs: list[tuple[float, int, int, bool]] = []

    def note(self, one: int, other: int, doubt: float, *, is_copy: bool) -> None:
        if doubt > DOUBTFUL:
            return
        self._pairs.append((doubt, min(one, other), max(one, other), is_copy))
        if len(self._pairs) >= 2 * _POOL:
            self._pairs = sorted(self._pairs)[:_POOL]

    def pairs(self, nodes: Sequence[Node], docs: Sequence[CopyDoc], decisions: Decisions) -> list[DoubtfulPair]:
        """Return those that nobody has decided, the nearest to the line first; each ad is in two at most."""
        decided = _decided(nodes, docs, decisions)
        asked: Counter[int] = Counter()
        found: list[DoubtfulPair] = []
        for doubt, one, other, is_copy in sorted(set(self._pairs)):
            if (one, other) in decided or max(asked[one], asked[other]) >= _OF_ONE_AD:
                continue
            asked.update((one, other))
            found.append(DoubtfulPair(nodes[one].members[0], nodes[other].members[0], doubt, is_copy))
            if len(found) == MOST:
                break
        return found


def _decided(nodes: Sequence[Node], docs: Sequence[CopyDoc], decisions: Decisions) -> set[tuple[int, int]]:
    """Return the pairs of nodes on which a person has spoken, through whichever of their postings."""
    pairs = decisions.together | decisions.apart
    names = {name for pair in pairs for name in pair}
    node_of = {docs[i].key: node for node, one in enumerate(nodes) for i in one.members if docs[i].key in names}
    here = ((node_of[one], node_of[other]) for one, other in pairs if one in node_of and other in node_of)
    return {(min(one, other), max(one, other)) for one, other in here}
