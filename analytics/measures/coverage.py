"""How much of what postings ask for a person's skills cover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.intervals import Z95

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]

ON_ITS_OWN = -1
"""The cluster of a posting that is a cluster of its own."""


@dataclass(frozen=True)
class CoveredShares:
    """`value` [g]: the part (0..1) of what each group of postings asks for that is had, with its 95% interval.

    `asked` [g] is how often they name a skill at all: one more skill adds its postings / `asked` to `value`. nan where
    a group asks for nothing.
    """

    value: Floats
    low: Floats
    high: Floats
    asked: NDArray[np.int64]


def covered_shares(asked: ArrayLike, had: ArrayLike, group: Ints, cluster: Ints, *, groups: int) -> CoveredShares:
    """Return C = sum of had / sum of asked for each group of postings.

    `asked` [n] is how many skills each posting names, `had` [n] how many of them a person has; `group` [n] are codes
    below `groups`, `cluster` [n] those of the companies (ON_ITS_OWN for an unknown one). C is also the sum of the
    shares of the skills that are had over the sum of all: a skill weighs as much as the postings that name it.
    The interval is that of a ratio over whole companies: variance = c/(c-1) sum of (H - C M)^2 / (sum of M)^2 with M
    and H the sums of a company (Cochran 1977, 6.2). Of one company alone nothing is known: (0, 1). Raises ValueError
    where more is had than asked.
    """
    m, h = np.asarray(asked, np.float64), np.asarray(had, np.float64)
    if np.any(h > m) or np.any(h < 0):
        raise ValueError("Of what a posting asks for, no more can be had than it asks.")
    total = np.bincount(group, m, groups)
    held = np.bincount(group, h, groups)
    value = np.divide(held, total, out=np.full(groups, np.nan), where=total > 0)
    left = h - np.nan_to_num(value)[group] * m
    squares, clusters = _by_cluster(left, group, cluster, groups)
    correction = np.divide(clusters, clusters - 1, out=np.ones(groups), where=clusters > 1)
    variance = correction * np.divide(squares, total**2, out=np.zeros(groups), where=total > 0)
    reach = np.where(clusters > 1, Z95 * np.sqrt(variance), 1.0)
    low, high = np.clip(value - reach, 0.0, 1.0), np.clip(value + reach, 0.0, 1.0)
    return CoveredShares(value, low, high, np.round(total).astype(np.int64))


def _by_cluster(left: Floats, group: Ints, cluster: Ints, groups: int) -> tuple[Floats, Floats]:
    """Return for each group the sum over its clusters of the squares of their sums, and how many clusters it has."""
    alone = cluster == ON_ITS_OWN
    squares = np.bincount(group[alone], left[alone] ** 2, groups).astype(np.float64)
    number = np.bincount(group[alone], minlength=groups).astype(np.float64)
    width = int(cluster.max(initial=-1)) + 1
    if width:
        cell = group[~alone].astype(np.int64) * width + cluster[~alone]
        # Only the cells that occur: 600 roles of 200,000 companies would be a gigabyte.
        cells, place = np.unique(cell, return_inverse=True)
        squares += np.bincount(cells // width, np.bincount(place, left[~alone]) ** 2, groups)
        number += np.bincount(cells // width, minlength=groups)
    return squares, number
