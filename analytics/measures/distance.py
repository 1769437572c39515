"""How far apart two groups of postings are in what they ask for."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.resample import Band, band, redraws, shuffles, side_by_side, sums_by, weighted_sums

Floats = NDArray[np.float64]


def excess(chance: Band) -> float:
    """Return distance beyond chance, (observed - mean) / (1 - mean): 0 as by shuffling, 1 nothing shared."""
    return (chance.observed - chance.mean) / (1 - chance.mean)


def js_distance(p: ArrayLike, q: ArrayLike) -> Floats:
    """Return the Jensen-Shannon distance along the last axis: sqrt(KL(P||M)/2 + KL(Q||M)/2), log base 2.

    Arguments are counts or rates [..., k], each normalised to 1 first; they broadcast. 0 is the same mix, 1
    nothing in common; nan where either side has no mass. Biased upward for small groups: see
    `permutation_band`. Source: Lin 1991; Endres, Schindelin 2003. Raises ValueError for negative entries.
    """
    first, second = _normalised(p), _normalised(q)
    middle = (first + second) / 2
    divergence = (_kl(first, middle) + _kl(second, middle)) / 2
    return np.sqrt(np.clip(divergence, 0.0, 1.0))  # rounding may leave it at -1e-17


def permutation_band(
    matrix: Any,
    is_first: NDArray[np.bool_],
    *,
    seed: int,
    rounds: int = 200,
    strata: NDArray[np.integer] | None = None,
) -> Band:
    """Return the distance between postings with and without `is_first`, and what shuffled labels give.

    `matrix` is postings x skills [n, k] (scipy sparse or array), `is_first` [n]. With `strata` [n] (source
    codes) labels are shuffled only inside a stratum, so that a difference between sources is not taken for
    one between groups. Same seed, same band.
    """
    total = np.asarray(matrix.sum(axis=0), np.float64).ravel()
    labels = chain([is_first], shuffles(is_first, seed=seed, rounds=rounds, strata=strata))
    first = weighted_sums(matrix, labels)
    draws = np.concatenate([js_distance(some, np.maximum(total - some, 0.0)) for some in first])
    return band(float(draws[0]), draws[1:])


def bootstrap_distance(
    matrix: Any,
    is_first: NDArray[np.bool_],
    *,
    seed: int,
    rounds: int = 200,
    clusters: NDArray[np.integer] | None = None,
) -> Band:
    """Return the distance between postings with and without `is_first` with its bootstrap interval.

    With `clusters` [n] whole companies are drawn. The draws share the upward bias of small groups; read
    the interval's width, and the chance band for where zero lies.
    """

    codes = np.arange(len(is_first)) if clusters is None else np.unique(clusters, return_inverse=True)[1]
    size = int(codes.max()) + 1 if len(codes) else 0
    # The first group's sums stand left of the second's, so that one product with the weights gives both.
    sides = side_by_side(*(sums_by(matrix[side], codes[side], size) for side in (is_first, ~is_first)))
    sums = weighted_sums(sides, chain([np.ones(size)], redraws(size, seed=seed, rounds=rounds)))
    k = matrix.shape[1]
    draws = np.concatenate([js_distance(some[:, :k], some[:, k:]) for some in sums])
    return band(float(draws[0]), draws[1:])


def duncan_index(p: ArrayLike, q: ArrayLike) -> Floats:
    """Return D = sum |p - q| / 2 along the last axis: what part of one mix would have to move to make the other.

    Arguments are counts or shares [..., k], each normalised to 1 first; they broadcast. 0 is the same mix, 1
    nothing in common; nan where either side has no mass. Biased upward for small groups. Source: Duncan,
    Duncan 1955. Raises ValueError for negative entries.
    """
    return np.asarray(np.abs(_normalised(p) - _normalised(q)).sum(axis=-1) / 2)


def _normalised(values: ArrayLike) -> Floats:
    rates = np.asarray(values, np.float64)
    if np.any(rates < 0):
        raise ValueError("Counts and rates cannot be negative.")
    total = rates.sum(axis=-1, keepdims=True)
    return np.divide(rates, total, out=np.full_like(rates, np.nan), where=total > 0)


def _kl(p: Floats, m: Floats) -> Floats:
    p, m = np.broadcast_arrays(p, m)
    ratio = np.divide(p, m, out=np.ones_like(m), where=(p > 0) & (m > 0))
    return np.asarray((p * np.log2(ratio)).sum(axis=-1))
