"""Skill groups: which of them a posting covers, and how many postings cover all of a set ("unicorns")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.measures.intervals import wilson_interval

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class GroupCoverage:
    """Of `n` postings: `by_group` [g] cover each group, `by_number` [g + 1] cover exactly 0..g of them."""

    groups: tuple[str, ...]
    n: int
    by_group: Ints
    by_number: Ints

    @property
    def unicorns(self) -> int:
        """Postings that cover every group."""
        return int(self.by_number[-1])

    @property
    def unicorn_share(self) -> float:
        """Share of postings that cover every group, 0..1; nan without postings."""
        return self.unicorns / self.n if self.n else float("nan")

    @property
    def unicorn_interval(self) -> tuple[float, float]:
        low, high = wilson_interval(self.unicorns, self.n)
        return float(low), float(high)


def covered(matrix: Any, groups: Mapping[str, NDArray[np.integer]], *, least: int = 1) -> NDArray[np.bool_]:
    """Return [n, g]: whether each posting holds `least` or more skills of each group, in mapping order.

    `matrix` is postings x skills 0/1 [n, k], `groups` maps a slug to the codes of its skills. A group without
    skills is covered by nobody.
    """
    member = np.zeros((matrix.shape[1], len(groups)), np.float64)
    for place, codes in enumerate(groups.values()):
        member[codes, place] = 1.0
    return np.asarray(matrix @ member) >= least


def group_coverage(matrix: Any, groups: Mapping[str, NDArray[np.integer]], *, least: int = 1) -> GroupCoverage:
    """Return how many postings cover each group of a set and how many groups a posting covers; see `covered`.

    An empty set of groups is covered by nobody: raises ValueError.
    """
    if not groups:
        raise ValueError("Coverage needs at least one skill group.")
    held = covered(matrix, groups, least=least)
    by_number = np.bincount(held.sum(axis=1), minlength=len(groups) + 1)
    return GroupCoverage(tuple(groups), len(held), held.sum(axis=0), by_number)
