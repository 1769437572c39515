"""Resampling: what chance alone would show, and how far a figure would move on another sample."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """A figure and its distribution over resamples: `mean`, and the central 95% from `low` to `high`."""

    observed: float
    mean: float
    low: float
    high: float
    rounds: int


def band(observed: float, draws: Floats) -> Band:
    """Return the mean and the 2.5% and 97.5% quantiles of `draws`; nan draws are left out."""
    known = draws[~np.isnan(draws)]
    if len(known) == 0:
        return Band(observed, float("nan"), float("nan"), float("nan"), 0)
    low, high = np.quantile(known, (0.025, 0.975))
    return Band(observed, float(known.mean()), float(low), float(high), len(known))


def bootstrap(
    statistic: Callable[[Floats], float],
    n: int,
    *,
    seed: int,
    rounds: int = 200,
    clusters: NDArray[np.integer] | None = None,
) -> Band:
    """Return `statistic` with its percentile bootstrap interval (Efron 1979).

    `statistic` takes weights [n] (how often each posting was drawn; ones for the figure itself). With
    `clusters` [n] (company codes) whole clusters are drawn, since the postings of one company are alike.
    """
    codes = np.arange(n) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    size = int(codes.max()) + 1 if n else 0
    draws = np.asarray([statistic(drawn[codes]) for drawn in redraws(size, seed=seed, rounds=rounds)], np.float64)
    return band(statistic(np.ones(n)), draws)


def redraws(size: int, *, seed: int, rounds: int) -> Iterator[Floats]:
    """Yield weights [size], `rounds` times: how often each of `size` things is drawn in `size` draws with return."""
    rng = np.random.default_rng(seed)
    for _ in range(rounds):
        drawn = np.bincount(rng.integers(0, size, size), minlength=size) if size else np.empty(0)
        yield drawn.astype(np.float64)


def shuffles(
    labels: NDArray[Any], *, seed: int, rounds: int, strata: NDArray[np.integer] | None = None
) -> Iterator[NDArray[Any]]:
    """Yield `labels` [n] in random order, `rounds` times; with `strata` [n], only inside each stratum."""
    rng = np.random.default_rng(seed)
    if strata is None:
        for _ in range(rounds):
            yield rng.permutation(labels)
        return
    groups = [rows for rows in rows_by(strata) if np.any(labels[rows] != labels[rows[0]])]
    for _ in range(rounds):
        shuffled = labels.copy()
        for rows in groups:
            shuffled[rows] = rng.permutation(labels[rows])
        yield shuffled


def rows_by(codes: NDArray[np.integer]) -> list[NDArray[np.intp]]:
    """Return the places of each code that occurs in `codes` [n], ascending by code and place."""
    order = np.argsort(codes, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(codes[order])) + 1) if len(codes) else []


def sums_by(matrix: Any, codes: NDArray[np.integer], size: int) -> csr_matrix:
    """Return the sums of the rows of `matrix` [n, k] by `codes` [n] below `size`, as CSR [size, k]."""
    n = matrix.shape[0]
    belongs = csr_matrix((np.ones(n), (codes, np.arange(n))), shape=(size, n))
    return csr_matrix(belongs @ matrix)


def weighted_sums(matrix: Any, weights: Iterable[NDArray[Any]], *, at_once: int = 50) -> Iterator[Floats]:
    """Yield sums [r, k] of the rows of `matrix` [n, k] under each of `weights` [n], `at_once` of them at a time.

    Whole numbers stay exact, whatever the order of adding.
    """
    transposed = matrix.T
    rest = iter(weights)
    while some := list(islice(rest, at_once)):
        together = np.ascontiguousarray(np.stack(some, axis=1), np.float64)
        yield np.ascontiguousarray(np.asarray(transposed @ together).T)
