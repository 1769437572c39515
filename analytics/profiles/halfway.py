"""The middle level: the splits of a tree undone half-way, those first that told least."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from analytics.profiles.tree import Tree

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Parts = tuple[int, ...]
"""Fine profiles that are one middle profile."""


def middle_splits(tree: Tree) -> tuple[int, ...]:
    """Return into how many middle profiles each coarse one is split [k1]; () for a tree that is split less than twice.

    A coarse profile of m parts was split m - 1 times. Half of all splits are made, rounded down: the next is always the
    one that tells most apart (`_undone`).
    """
    coarse = int(tree.parents.max()) + 1
    made = (len(tree.parents) - coarse) // 2
    losses = [[*_undone(tree, number)[1], -1.0] for number in range(coarse)]
    splits = [1] * coarse
    for _ in range(made):
        splits[int(np.argmax([loss[parts - 1] for loss, parts in zip(losses, splits, strict=True)]))] += 1
    return tuple(splits) if made else ()


def joined(tree: Tree, splits: Sequence[int]) -> Numbers:
    """Return the middle profile [k2] that each fine one is a part of, numbered by falling weight.

    `splits` [k1]: into how many middle profiles each coarse one is split, as far as it has so many parts.
    """
    found = [parts for number, most in enumerate(splits) for parts in _cut(_undone(tree, number)[0], most)]
    weights = tree.fine_weights
    found.sort(key=lambda parts: (-weights[list(parts)].sum(), parts))
    middle = np.empty(len(tree.parents), np.int64)
    for number, parts in enumerate(found):
        middle[list(parts)] = number
    return middle


def _cut(states: Sequence[tuple[Parts, ...]], most: int) -> tuple[Parts, ...]:
    return states[min(most, len(states)) - 1]


def _undone(tree: Tree, coarse: int) -> tuple[list[tuple[Parts, ...]], list[float]]:
    """Return the parts of a coarse profile in one piece, in two and so on, and what each further split tells.

    Two parts are joined that lose least: their weight times the Jensen-Shannon divergence of P(skill | part), weighted
    by their weights (the agglomerative information bottleneck; Slonim and Tishby 1999).
    """
    parts: list[Parts] = [(int(fine),) for fine in np.flatnonzero(tree.parents == coarse)]
    states, losses = [tuple(parts)], []
    while len(parts) > 1:
        loss, one, other = min((_loss(tree, one, other), one, other) for one, other in combinations(parts, 2))
        parts = [*(part for part in parts if part not in (one, other)), tuple(sorted(one + other))]
        states.append(tuple(parts))
        losses.append(loss)
    return states[::-1], losses[::-1]


def _loss(tree: Tree, one: Parts, other: Parts) -> float:
    weights, skills = zip(*(_sum_of(tree, parts) for parts in (one, other)), strict=True)
    both = np.average(skills, axis=0, weights=weights)
    return float(sum(weight * (own * np.log(own / both)).sum() for weight, own in zip(weights, skills, strict=True)))


def _sum_of(tree: Tree, parts: Parts) -> tuple[float, Floats]:
    """Return the weight and P(skill) of several fine profiles as one."""
    weights = tree.fine_weights[list(parts)]
    return float(weights.sum()), np.average(tree.fine.skills[list(parts)], axis=0, weights=weights)
