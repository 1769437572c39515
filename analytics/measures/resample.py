"""Resampling: what chance alone would show, and how far a figure would move on another sample."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
    rng = np.random.default_rng(seed)
    codes = np.arange(n) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    size = int(codes.max()) + 1 if n else 0
    draws = np.empty(rounds)
    for i in range(rounds):
        drawn = np.bincount(rng.integers(0, size, size), minlength=size) if size else np.empty(0)
        draws[i] = statistic(drawn[codes].astype(np.float64))
    return band(statistic(np.ones(n)), draws)


def shuffle_within(
    labels: NDArray[np.bool_], rng: np.random.Generator, strata: NDArray[np.integer] | None = None
) -> NDArray[np.bool_]:
    """Return `labels` [n] in random order; with `strata` [n], only inside each stratum."""
    if strata is None:
        return rng.permutation(labels)
    order = np.argsort(strata, kind="stable")
    # Sorting by (stratum, chance) puts the members of each stratum in random order among themselves.
    mixed = np.lexsort((rng.random(len(labels)), strata))
    shuffled = np.empty_like(labels)
    shuffled[order] = labels[mixed]
    return shuffled
