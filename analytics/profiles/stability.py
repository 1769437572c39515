"""Do the profiles come back when the postings are drawn again?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.profiles.em import canonical_order, evenly_spread

Floats = NDArray[np.float64]
Labels = NDArray[np.int32]
# Learns profiles from the rows [m, s] with a seed; what it returns names the profile of each row [n, s].
Refit = Callable[[sparse.csr_array, int], Callable[[sparse.csr_array], Labels]]

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


def stability(  # noqa: PLR0913 - two measures, each with its number of rounds
    X: sparse.csr_array,
    labels: Labels,
    refit: Refit,
    *,
    n_profiles: int,
    bootstraps: int = 20,
    splits: int = 5,
    seed: int,
    at_most: int = 20_000,
) -> Stability:
    """Fit again on redrawn rows of X [n, s] and compare with `labels` [n], the profile of each row.

    Per profile: the mean over bootstrap fits of the best Jaccard index with any refitted profile (Hennig
    2007, as in fpc::clusterboot; under 0.6 doubtful, from 0.85 very stable); 0 for one that no row has most
    of. For all together: the adjusted Rand index of two fits on disjoint two fifths of the rows, compared on
    the last fifth, mean over `splits`. On more than `at_most` rows an even sample of them is used, which can
    only make profiles look less stable.
    """
    kept = canonical_order(X)[evenly_spread(X.shape[0], at_most)]
    X, labels = X[kept], labels[kept]
    streams = np.random.SeedSequence(seed).spawn(bootstraps + splits)
    rounds = [_bootstrap_jaccard(X, labels, refit, stream, n_profiles=n_profiles) for stream in streams[:bootstraps]]
    halves = [_agreement_of_halves(X, refit, stream) for stream in streams[bootstraps:]]
    return Stability(np.mean(rounds, axis=0), float(np.mean(halves)), bootstraps, splits)


def adjusted_rand(first: Labels, second: Labels) -> float:
    """Return the adjusted Rand index (Hubert and Arabie 1985): 1 the same partition, 0 as by chance."""
    table = _crossed(first, second, max(int(first.max()), int(second.max())) + 1)
    together, rows, columns = (_pairs(t) for t in (table, table.sum(axis=1), table.sum(axis=0)))
    chance = rows * columns / max(_pairs(np.array([len(first)])), 1.0)
    most = (rows + columns) / 2
    return 1.0 if most == chance else float((together - chance) / (most - chance))


def _bootstrap_jaccard(
    X: sparse.csr_array, labels: Labels, refit: Refit, stream: np.random.SeedSequence, *, n_profiles: int
) -> Floats:
    n = X.shape[0]
    drawn = np.random.default_rng(stream).integers(n, size=n)
    table = _crossed(labels, refit(X[drawn], _seed_of(stream))(X), n_profiles)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    return np.asarray((table / np.maximum(union, 1)).max(axis=1))


def _agreement_of_halves(X: sparse.csr_array, refit: Refit, stream: np.random.SeedSequence) -> float:
    n = X.shape[0]
    shuffled = np.random.default_rng(stream).permutation(n)
    first, second, held_out = np.split(shuffled, [2 * n // 5, 4 * n // 5])
    seed = _seed_of(stream)
    return adjusted_rand(refit(X[first], seed)(X[held_out]), refit(X[second], seed + 1)(X[held_out]))


def _seed_of(stream: np.random.SeedSequence) -> int:
    return int(stream.generate_state(1)[0]) % 2**31


def _crossed(first: Labels, second: Labels, size: int) -> NDArray[np.int64]:
    """Return how many rows have each pair of labels [size, size]."""
    return np.bincount(first * np.int64(size) + second, minlength=size * size).reshape(size, size)


def _pairs(counts: NDArray[np.int64]) -> float:
    """Return how many pairs can be formed inside groups of these sizes."""
    return float((counts * (counts - 1) / 2).sum())
