"""Resampling: what chance alone would show, and how far a figure would move on another sample."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
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
    """Return the mean and the 2.5% and 97.5% quantiles of `draws`; nan draws are left out.

    Quantiles by rank / (rounds + 1) (type 6 of Hyndman, Fan 1996): a figure that is itself one of the shuffles lies
    outside one time in twenty, however few they are.
    """
    known = draws[~np.isnan(draws)]
    if len(known) == 0:
        return Band(observed, float("nan"), float("nan"), float("nan"), 0)
    low, high = np.quantile(known, (0.025, 0.975), method="weibull")
    return Band(observed, float(known.mean()), float(low), float(high), len(known))


def recentred(observed: float, draws: Floats) -> Band:
    """Return the mean of `draws` and their central 95%, moved by as much as their mean lies beside `observed`.

    For figures that a drawn sample overstates, as distances and gaps: the interval keeps its width.
    """
    found = band(observed, draws)
    bias = found.mean - observed
    return Band(observed, found.mean, found.low - bias, found.high - bias, found.rounds)


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
    from scipy.sparse import csr_matrix  # slow to import, and few callers need it

    return csr_matrix(counts_at(codes, np.arange(n), (size, n)) @ matrix)


def side_by_side(*matrices: Any) -> csr_matrix:
    """Return sparse or dense matrices of as many rows as one CSR, the first leftmost."""
    from scipy.sparse import csr_matrix, hstack

    return csr_matrix(hstack(matrices))


def counts_at(rows: NDArray[np.integer], columns: NDArray[np.integer], shape: tuple[int, int]) -> csr_matrix:
    """Return how often each (row, column) is named, as float64 CSR of `shape`."""
    from scipy.sparse import csr_matrix

    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def weighted_sums(matrix: Any, weights: Iterable[NDArray[Any]], *, at_once: int = 50) -> Iterator[Floats]:
    """Yield sums [r, k] of the rows of `matrix` [n, k] under each of `weights` [n], `at_once` of them at a time.

    Whole numbers stay exact, whatever the order of adding.
    """
    transposed = matrix.T
    rest = iter(weights)
    while some := list(islice(rest, at_once)):
        together = np.ascontiguousarray(np.stack(some, axis=1), np.float64)
        yield np.ascontiguousarray(np.asarray(transposed @ together).T)
