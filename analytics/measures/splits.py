"""What chance alone would make of two large groups of postings, from their counts without looking at each posting."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.distance import js_distance
from analytics.measures.resample import Band, band

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

NORMAL_FROM = 9.0
"""Variance from which a count is drawn from the normal distribution and rounded, which is several times quicker."""


def split_band(first: ArrayLike, second: ArrayLike, sizes: tuple[int, int], *, seed: int, rounds: int = 200) -> Band:
    """Return the Jensen-Shannon distance of two groups of postings and its distribution under a random split.

    `first`, `second`: counts [k] of postings that hold each skill, `sizes` the postings of the two. When postings
    are shuffled between the groups, the number of a skill's t holders that fall to the first is hypergeometric: n1
    draws of n1 + n2 postings. Skills are drawn independently of one another, so the mean is that of
    `permutation_band` and the spread a little smaller (a tenth at 10,000 real ads): meant for groups too large to
    shuffle. Same seed, same band. Raises ValueError when a count is above its size.
    """
    one, other = np.asarray(first, np.int64), np.asarray(second, np.int64)
    if np.any(one > sizes[0]) or np.any(other > sizes[1]):
        raise ValueError("A count must lie between 0 and the size of its group.")
    held = one + other
    drawn = split_counts(held[held > 0], sizes, seed=seed, rounds=rounds)
    return band(float(js_distance(one, other)), _distances(drawn, held[held > 0] - drawn))


def split_counts(held: Ints, sizes: tuple[int, int], *, seed: int, rounds: int) -> Floats:
    """Return [rounds, len(held)]: how many of the holders of each skill fall to the first group at random."""
    rng = np.random.default_rng(seed)
    n1, n = sizes[0], sum(sizes)
    mean = held * (n1 / n)
    variance = mean * (sizes[1] / n) * (n - held) / max(n - 1, 1)
    drawn = np.empty((rounds, len(held)))
    is_normal = variance >= NORMAL_FROM
    normal = rng.normal(mean[is_normal], np.sqrt(variance[is_normal]), (rounds, int(is_normal.sum())))
    drawn[:, is_normal] = np.clip(np.rint(normal), 0, np.minimum(held[is_normal], n1))
    few = held[~is_normal]
    drawn[:, ~is_normal] = rng.hypergeometric(few, n - few, n1, (rounds, len(few)))
    return drawn


def _distances(first: Floats, second: Floats) -> Floats:
    """Return `js_distance` of two tables of counts line by line, from entropies: three logarithms for all of it."""
    p, q = (part / part.sum(axis=1, keepdims=True) for part in (first, second))
    divergence = _entropy((p + q) / 2) - (_entropy(p) + _entropy(q)) / 2
    return np.asarray(np.sqrt(np.clip(divergence, 0.0, 1.0)))


def _entropy(shares: Floats) -> Floats:
    logarithms = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    return np.asarray(-(shares * logarithms).sum(axis=1))
