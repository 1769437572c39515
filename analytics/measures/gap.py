"""How much of what one group of postings asks for another asks for as well: the way from A to B."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import hstack

from analytics.measures.cells import Reliability, reliability
from analytics.measures.resample import recentred, redraws, sums_by, weighted_sums

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ROUNDS = 200


@dataclass(frozen=True)
class Gap:
    """From `n_first` postings to `n_second`: `value` 0..1 with its 95% interval over companies, and its `parts` [k].

    `parts` are each skill's share of the gap, adding up to `value`; `coverage` is 1 - value. nan without mass.
    """

    n_first: int
    n_second: int
    value: float
    low: float
    high: float
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
    skill is worth, e.g. its location quotient. C(A -> B) is not C(B -> A). Biased upward for few postings; the
    interval (whole companies drawn ROUNDS times) has the bias of drawing taken out. Compare LinkedIn: overlap x
    importance. Raises ValueError for weights of another shape or below 0.
    """
    w = np.ones(matrix.shape[1]) if weights is None else np.asarray(weights, np.float64)
    if w.shape != (matrix.shape[1],) or np.any(w < 0):
        raise ValueError(f"It takes {matrix.shape[1]} weights, none below 0.")
    codes = np.unique(company, return_inverse=True)[1]
    size = int(codes.max()) + 1 if len(codes) else 0
    drawn = chain([np.ones(size)], redraws(size, seed=seed, rounds=ROUNDS))
    sides = hstack([_counts(matrix, codes, side, size) for side in (is_first, ~is_first)], format="csr")
    parts = np.zeros(0)
    gaps = []
    for sums in weighted_sums(sides, drawn):
        p, q = (part[:, :-1] / np.maximum(part[:, -1:], 1.0) for part in np.split(sums, 2, axis=1))
        some = _parts(p, q, w)
        parts = parts if len(parts) else some[0]
        gaps.append(some.sum(axis=1))
    found = recentred(float(gaps[0][0]), np.concatenate(gaps)[1:])
    n_first = int(np.count_nonzero(is_first))
    low, high = max(found.low, 0.0), min(found.high, 1.0)
    return Gap(n_first, len(is_first) - n_first, found.observed, low, high, parts)


def _counts(matrix: Any, codes: NDArray[np.integer], side: NDArray[np.bool_], size: int) -> Any:
    """Return [c, k + 1]: what each company's postings of one side hold, and last how many they are."""
    n = np.bincount(codes[side], minlength=size).astype(np.float64)
    return hstack([sums_by(matrix[side], codes[side], size), n[:, None]])


def _parts(p: Floats, q: Floats, w: Floats) -> Floats:
    """Return [r, k]: each skill's part of the gap from shares p to shares q [r, k]; nan where q has no mass."""
    mass = (q * w).sum(axis=1, keepdims=True)
    missing = np.maximum(q - p, 0.0) * w
    return np.divide(missing, mass, out=np.full_like(q, np.nan), where=mass > 0)
