"""Do the profiles come back when the postings are drawn again?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Numbers = NDArray[np.integer]
# Learns profiles from the rows [m, s] with a seed; what it returns names the profile of each row [n, s].
Named = Callable[[sparse.csr_array], Numbers]
Fit = Callable[[sparse.csr_array, int], Named]

UNSTABLE_UNDER = 0.6


@dataclass(frozen=True)
class Stability:
    """How much of each profile comes back, 0 to 1, `jaccard` [k]; `agreement`: the ARI of disjoint parts."""

    jaccard: Floats
    agreement: float
    bootstraps: int
    splits: int

    @property
    def unstable(self) -> NDArray[np.bool_]:
        """Return which profiles [k] must be shown as unstable."""
        return self.jaccard < UNSTABLE_UNDER


@dataclass(frozen=True)
class Level:
    """One level of the profiles that are judged: `labels` [n] is the profile that each row leans to."""

    n_profiles: int
    labels: Numbers


def stability(  # noqa: PLR0913 - two measures, each with its number of rounds
    X: sparse.csr_array,
    levels: tuple[Level, ...],
    refit: Callable[[sparse.csr_array, int], tuple[Named, ...]],
    *,
    bootstraps: int = 20,
    splits: int = 5,
    seed: int,
) -> tuple[Stability, ...]:
    """Return the stability of each level: `refit` learns all levels again from redrawn rows of X [n, s].

    Per profile: the mean over bootstrap fits of the best Jaccard index with any refitted profile of its level (Hennig
    2007, as in fpc::clusterboot; under 0.6 doubtful, from 0.85 very stable); 0 for one that no row has most of. For
    all together: the adjusted Rand index of two fits on disjoint two fifths of the rows, compared on the last fifth,
    mean over `splits`.
    """
    streams = np.random.SeedSequence(seed).spawn(bootstraps + splits)
    jaccards, agreements = [], []
    for stream in streams[:bootstraps]:
        drawn = np.random.default_rng(stream).integers(X.shape[0], size=X.shape[0])
        again = refit(X[drawn], _seed_of(stream))
        jaccards.append([_best_jaccard(level, named(X)) for level, named in zip(levels, again, strict=True)])
    for stream in streams[bootstraps:]:
        first, second, held_out = _parts(X, stream)
        one, other = refit(first, _seed_of(stream)), refit(second, _seed_of(stream) + 1)
        agreements.append([adjusted_rand(a(held_out), b(held_out)) for a, b in zip(one, other, strict=True)])
    return tuple(
        Stability(
            np.mean([found[number] for found in jaccards], axis=0),
            float(np.mean([found[number] for found in agreements])),
            bootstraps,
            splits,
        )
        for number in range(len(levels))
    )


def agreement(X: sparse.csr_array, fit: Fit, *, splits: int, seed: int) -> float:
    """Return the mean adjusted Rand index of fits on disjoint two fifths of the rows, compared on the last fifth."""
    return float(np.mean([adjusted_rand(one, other) for one, other in _of_halves(X, fit, splits, seed)]))


def weakest(X: sparse.csr_array, fit: Fit, *, n_profiles: int, splits: int, seed: int) -> float:
    """Return how much of the profile that comes back least does, by fits on halves as in `agreement`.

    Per split the least of the profiles' best Jaccard indices; the mean of that.
    """
    pairs = _of_halves(X, fit, splits, seed)
    return float(np.mean([_best_jaccard(Level(n_profiles, one), other).min() for one, other in pairs]))


def _of_halves(X: sparse.csr_array, fit: Fit, splits: int, seed: int) -> Iterator[tuple[Numbers, Numbers]]:
    for stream in np.random.SeedSequence(seed).spawn(splits):
        first, second, held_out = _parts(X, stream)
        one, other = fit(first, _seed_of(stream)), fit(second, _seed_of(stream) + 1)
        yield one(held_out), other(held_out)


def adjusted_rand(first: Numbers, second: Numbers) -> float:
    """Return the adjusted Rand index (Hubert and Arabie 1985): 1 the same partition, 0 as by chance."""
    table = crossed(first, second, max(int(first.max()), int(second.max())) + 1)
    together, rows, columns = (_pairs(t) for t in (table, table.sum(axis=1), table.sum(axis=0)))
    chance = rows * columns / max(_pairs(np.array([len(first)])), 1.0)
    most = (rows + columns) / 2
    return 1.0 if most == chance else float((together - chance) / (most - chance))


def crossed(first: Numbers, second: Numbers, size: int) -> NDArray[np.int64]:
    """Return how many rows have each pair of labels [size, size]."""
    return np.bincount(first * np.int64(size) + second, minlength=size * size).reshape(size, size)


def _best_jaccard(level: Level, again: Numbers) -> Floats:
    table = crossed(level.labels, again, level.n_profiles)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    return np.asarray((table / np.maximum(union, 1)).max(axis=1))


def _parts(X: sparse.csr_array, stream: np.random.SeedSequence) -> tuple[sparse.csr_array, ...]:
    n = X.shape[0]
    shuffled = np.random.default_rng(stream).permutation(n)
    return tuple(X[rows] for rows in np.split(shuffled, [2 * n // 5, 4 * n // 5]))


def _seed_of(stream: np.random.SeedSequence) -> int:
    return int(stream.generate_state(1)[0]) % 2**31


def _pairs(counts: NDArray[np.int64]) -> float:
    """Return how many pairs can be formed inside groups of these sizes."""
    return float((counts * (counts - 1) / 2).sum())
