"""Intervals of shares, of differences between shares, and of medians."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

Z95 = 1.96


def wilson_interval(count: ArrayLike, n: ArrayLike, z: float = Z95) -> tuple[Floats, Floats]:
    """Return (low, high) of the share count / n, each 0..1, in the broadcast shape of the arguments.

    (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n)  (Wilson 1927). The share always lies inside.
    n = 0 says nothing: (0, 1). Raises ValueError when a count is negative or above its n.
    """
    counts, sizes = _counts_of(count, n)
    safe = np.where(sizes > 0, sizes, 1.0)
    p = counts / safe
    middle = p + z**2 / (2 * safe)
    reach = z * np.sqrt(p * (1 - p) / safe + z**2 / (4 * safe**2))
    scale = 1 + z**2 / safe
    # At 0 and n rounding may put the bound a hair beyond the share itself.
    low = np.minimum(np.maximum((middle - reach) / scale, 0.0), p)
    high = np.maximum(np.minimum((middle + reach) / scale, 1.0), p)
    return np.where(sizes > 0, low, 0.0), np.where(sizes > 0, high, 1.0)


def difference_interval(
    before: tuple[ArrayLike, ArrayLike],
    after: tuple[ArrayLike, ArrayLike],
    z: float = Z95,
    *,
    correlation: ArrayLike = 0.0,
) -> tuple[Floats, Floats]:
    """Return (low, high) of share after minus share before, -1..1; each argument is (count, n).

    Newcombe's hybrid score interval (1998, method 10): with Wilson bounds (l, u) of each share p,
    d - sqrt((p2-l2)^2 + (u1-p1)^2) to d + sqrt((u2-p2)^2 + (p1-l1)^2). Shares with a `correlation` r, since they have
    postings in common: less 2 r (p2-l2) (u1-p1) and 2 r (u2-p2) (p1-l1) under the roots. n = 0 gives (-1, 1).
    """
    (count1, n1), (count2, n2) = _counts_of(*before), _counts_of(*after)
    low1, high1 = wilson_interval(count1, n1, z)
    low2, high2 = wilson_interval(count2, n2, z)
    p1, p2 = count1 / np.maximum(n1, 1), count2 / np.maximum(n2, 1)
    difference = p2 - p1
    low = difference - _joint(p2 - low2, high1 - p1, correlation)
    high = difference + _joint(high2 - p2, p1 - low1, correlation)
    known = (n1 > 0) & (n2 > 0)
    return np.where(known, np.maximum(low, -1.0), -1.0), np.where(known, np.minimum(high, 1.0), 1.0)


def median_interval(values: ArrayLike, z: float = Z95) -> tuple[float, float]:
    """Return (low, high) of the median, in the unit of `values`, from order statistics; no shape assumed.

    The ranks are n/2 - z sqrt(n)/2 rounded down and 1 + n/2 + z sqrt(n)/2 rounded up (Campbell, Gardner
    1988). Under 6 values no pair of them holds the median with 95%: (nan, nan). Unknown (nan) values are left
    out.
    """
    known = np.asarray(values, np.float64)
    known = np.sort(known[~np.isnan(known)])
    n = len(known)
    if n < 6:
        return math.nan, math.nan
    reach = z * math.sqrt(n) / 2
    first = max(math.floor(n / 2 - reach), 1)
    last = min(math.ceil(n / 2 + reach) + 1, n)
    return float(known[first - 1]), float(known[last - 1])


def student_reach(df: ArrayLike) -> Floats:
    """Return how many standard errors the 95% interval reaches to either side, by Student's t with `df` degrees."""
    from scipy.special import stdtrit  # slow to import, and few callers need it

    return np.asarray(stdtrit(df, 0.975))


def student_p(t: ArrayLike, df: ArrayLike) -> Floats:
    """Return the two-sided p value of Student's t with `df` degrees of freedom; nan stays."""
    from scipy.special import stdtr

    return np.asarray(2 * stdtr(df, -np.abs(np.asarray(t, np.float64))))


def _joint(first: Floats, second: Floats, correlation: ArrayLike) -> Floats:
    """Return the reach of a difference of two figures from the reaches of both."""
    return np.asarray(np.sqrt(np.maximum(first**2 - 2 * np.asarray(correlation) * first * second + second**2, 0.0)))


def _counts_of(count: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    counts: NDArray[Any] = np.asarray(count, np.float64)
    sizes: NDArray[Any] = np.asarray(n, np.float64)
    if np.any(counts < 0) or np.any(counts > sizes):
        raise ValueError("A count must lie between 0 and its n.")
    return counts, sizes
