"""How much of what one group of postings asks for another asks for as well: the way from A to B."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.cells import Reliability, reliability
from analytics.measures.resample import recentred, redraws, shuffles, side_by_side, sums_by, weighted_sums

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDS = 200
SHUFFLES = 50


@dataclass(frozen=True)
class Gap:
    """From `n_first` postings to `n_second`: `value` 0..1 with its 95% interval over companies, and its `parts` [k].

    `parts` are each skill's share of the gap, adding up to `value`; `coverage` is 1 - value; `chance` is the gap when
    the postings are dealt to the two groups at random. nan without mass.
    """

    n_first: int
    n_second: int
    value: float
    low: float
    high: float
    chance: float
    parts: Floats

    @property
    def coverage(self) -> float:
        return 1 - self.value

    @property
    def reliability(self) -> Reliability:
        return reliability(min(self.n_first, self.n_second))

    def missing(self, most: int) -> Ints:
        """Return the codes of the `most` skills that make most of the gap, the largest part first."""
        order = np.argsort(-self.parts, kind="stable")[:most]
        return order[self.parts[order] > 0].astype(np.int64)


def directional_gap(
    matrix: Any,
    is_first: NDArray[np.bool_],
    company: NDArray[np.integer],
    *,
    seed: int,
    weights: ArrayLike | None = None,
) -> Gap:
    """Return what the second group of postings asks for that the first does not.

    `matrix` is postings x skills 0/1 [n, k], `is_first` [n] tells the groups, `company` [n] codes. With p the shares:
    coverage C(A -> B) = sum min(p_A, p_B) w / sum p_B w, gap = 1 - C. `weights` w [k], ones unless given: what a
    skill is worth, e.g. its location quotient. C(A -> B) is not C(B -> A). Biased upward for few postings: see
    `chance`, the mean of SHUFFLES shuffles; the interval (whole companies drawn ROUNDS times) has the bias of drawing
    taken out. Compare LinkedIn: overlap x importance. Raises ValueError for weights of another shape or below 0.
    """
    w = np.ones(matrix.shape[1]) if weights is None else np.asarray(weights, np.float64)
    if w.shape != (matrix.shape[1],) or np.any(w < 0):
        raise ValueError(f"It takes {matrix.shape[1]} weights, none below 0.")
    codes = np.unique(company, return_inverse=True)[1]
    size = int(codes.max()) + 1 if len(codes) else 0
    drawn = chain([np.ones(size)], redraws(size, seed=seed, rounds=ROUNDS))
    sides = side_by_side(*(_counts(matrix, codes, side, size) for side in (is_first, ~is_first)))
    half = matrix.shape[1] + 1
    parts = [gap_parts(sums[:, :half], sums[:, half:], w) for sums in weighted_sums(sides, drawn)]
    gaps = np.concatenate([some.sum(axis=1) for some in parts])
    found = recentred(float(gaps[0]), gaps[1:])
    return Gap(
        n_first=int(np.count_nonzero(is_first)),
        n_second=int(np.count_nonzero(~is_first)),
        value=found.observed,
        low=max(found.low, 0.0),
        high=min(found.high, 1.0),
        chance=_chance(matrix, is_first, w, seed),
        parts=parts[0][0],
    )


def _chance(matrix: Any, is_first: NDArray[np.bool_], w: Floats, seed: int) -> float:
    counts = side_by_side(matrix, np.ones((matrix.shape[0], 1)))
    everyone = np.asarray(counts.sum(axis=0)).ravel()
    labels = shuffles(is_first, seed=seed, rounds=SHUFFLES)
    gaps = [gap_parts(first, everyone - first, w).sum(axis=1) for first in weighted_sums(counts, labels)]
    return float(np.concatenate(gaps).mean())


def _counts(matrix: Any, codes: NDArray[np.integer], side: NDArray[np.bool_], size: int) -> Any:
    """Return [c, k + 1]: what each company's postings of one side hold, and last how many they are."""
    n = np.bincount(codes[side], minlength=size).astype(np.float64)
    return side_by_side(sums_by(matrix[side], codes[side], size), n[:, None])


def gap_parts(first: Floats, second: Floats, w: Floats) -> Floats:
    """Return [r, k]: each skill's part of the gap from counts [r, k + 1], n last; nan where nothing is asked."""
    p, q = (counts[:, :-1] / np.maximum(counts[:, -1:], 1.0) for counts in (first, second))
    mass = (q * w).sum(axis=1, keepdims=True)
    return np.divide(np.maximum(q - p, 0.0) * w, mass, out=np.full_like(q, np.nan), where=mass > 0)
