"""Samples drawn stratum by stratum: how many from each, and what they say of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.intervals import wilson_interval


@dataclass(frozen=True)
class WholeShare:
    """A share of the whole (0..1) with its 95% interval. It is as sure as one of `effective_n` drawn at random.

    `covered` is the part of the whole (0..1) whose strata have any draws: of the rest it says nothing.
    """

    value: float
    low: float
    high: float
    effective_n: float
    covered: float


def allot(sizes: Sequence[int], size: int, *, least: int) -> NDArray[np.int64]:
    """Return how many of `size` to draw from each stratum of `sizes` things.

    Each gets `least` where it has so many and there is room, the rest goes by size, by largest remainders (Hamilton):
    what is drawn is never more than a stratum has, and `size` in all unless there are fewer things.
    """
    room = np.asarray(sizes, np.int64)
    if size >= room.sum():
        return room.copy()
    drawn = np.minimum(room, min(least, size // max(int((room > 0).sum()), 1)))
    open_ones = room - drawn
    parts = (size - int(drawn.sum())) * open_ones / open_ones.sum()
    whole = np.floor(parts).astype(np.int64)
    drawn += whole
    drawn[np.argsort(whole - parts, kind="stable")[: size - int(drawn.sum())]] += 1
    return drawn


def stratified_share(counts: ArrayLike, ns: ArrayLike, sizes: ArrayLike) -> WholeShare:
    """Return the share of the whole from `counts` of `ns` draws in strata of `sizes` things, arrays of one length.

    p = sum of W p_h over strata with draws, W their part of the whole (Cochran 1977, 5.3); Wilson's interval at the
    effective number 1 / sum of W^2 / n (Kish 1965), which is lower the less the draws follow the sizes. Without any
    draw it says nothing: 0 with (0, 1). Numbers of draws need not be whole.
    """
    count, n, size = (np.asarray(values, np.float64) for values in (counts, ns, sizes))
    has = n > 0
    if not has.any():
        return WholeShare(0.0, 0.0, 1.0, 0.0, 0.0)
    weight = size[has] / size[has].sum()
    value = float(weight @ (count[has] / n[has]))
    effective = float(1 / (weight**2 / n[has]).sum())
    low, high = wilson_interval(value * effective, effective)
    return WholeShare(value, float(low), float(high), effective, float(size[has].sum() / max(size.sum(), 1.0)))


def weighted_n(weights: NDArray[Any]) -> float:
    """Return Kish's effective number of things that count `weights` each: (sum of w)^2 / sum of w^2, 0 of none."""
    return float(weights.sum() ** 2 / (weights**2).sum()) if len(weights) else 0.0
