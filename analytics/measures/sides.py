"""Two to four groups of postings side by side, which may share postings: do their shares differ?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.contrast import benjamini_hochberg
from analytics.measures.intervals import difference_interval

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class SidesTest:
    """Shares [s, k] of s groups; `spread` [k] is the largest less the smallest; p of "all are equal", and adjusted."""

    share: Floats
    spread: Floats
    chi2: Floats
    df: int
    p: Floats
    adjusted_p: Floats


@dataclass(frozen=True)
class SidesDifference:
    """The first group's shares less the second's [k] (-1..1), with 95% intervals."""

    difference: Floats
    low: Floats
    high: Floats


def sides_test(counts: ArrayLike, shared: ArrayLike, *, covariance: Floats | None = None) -> SidesTest:
    """Return for each skill whether the shares of s groups of postings differ, whatever postings they share.

    `counts` [s, k] of postings that hold each skill; `shared` [s, s]: how many postings two groups have in common, on
    the diagonal the size of each. With S_ij = shared_ij / (n_i n_j), the covariance of two shares over p(1 - p), and d
    the differences of neighbouring shares, chi2 = d' (C S C')^-1 d / (p(1 - p)), with as many degrees of freedom as
    C S C' has rank and p the pooled share, postings of several groups counted in each. For groups that share none this
    is Pearson's test of homogeneity, for two of them the square of the pooled z of `change_between`; for two that
    overlap that of Derrick et al. 2015. p adjusted by Benjamini-Hochberg over the skills that any group holds; nan for
    others. Rough where under five holders are expected. Takes postings to be independent unless `covariance` [k, s, s]
    of the shares is given (see `clustered_covariance`): chi2 is then divided by the mean design effect
    tr((C S C')^-1 C V C') / (df p(1 - p)), at least 1 (Rao, Scott 1981). Raises ValueError for an empty group.
    """
    held, common = np.asarray(counts, np.float64), np.asarray(shared, np.float64)
    sizes = np.diag(common)
    if np.any(sizes <= 0):
        raise ValueError("Every group needs postings.")
    share = held / sizes[:, None]
    pooled = held.sum(axis=0) / sizes.sum()
    neighbours = np.eye(len(sizes))[:-1] - np.eye(len(sizes))[1:]
    spread_of = neighbours @ (common / np.outer(sizes, sizes)) @ neighbours.T
    steps = neighbours @ share
    # einsum adds in one order; BLAS's hangs on its threads.
    inverse = np.linalg.pinv(spread_of, rcond=1e-9, hermitian=True)
    squares = np.einsum("ik,ij,jk->k", steps, inverse, steps)
    variance = pooled * (1 - pooled)
    chi2 = np.divide(np.maximum(squares, 0.0), variance, out=np.zeros_like(variance), where=variance > 0)
    df = int(np.linalg.matrix_rank(spread_of, tol=1e-9 * float(np.abs(spread_of).max()), hermitian=True))
    if covariance is not None and df:
        of_steps = np.einsum("ai,kij,bj->kab", neighbours, covariance, neighbours)
        chi2 = chi2 / _effect(np.einsum("ab,kba->k", inverse, of_steps), df * variance)
    p = np.where(held.sum(axis=0) > 0, _above(chi2, df), np.nan)
    return SidesTest(share, np.ptp(share, axis=0), chi2, df, p, benjamini_hochberg(p))


def sides_difference(
    first: tuple[ArrayLike, int],
    second: tuple[ArrayLike, int],
    both: tuple[ArrayLike, int],
    *,
    covariance: Floats | None = None,
) -> SidesDifference:
    """Return the first group's shares less the second's, where `both` (counts [k], n) is what the two share.

    Interval: Newcombe's hybrid score interval, with the correlation of the two shares that their common postings make,
    n_c p_c (1 - p_c) / sqrt(n_1 n_2 p_1 (1 - p_1) p_2 (1 - p_2)), as in his interval for paired shares (1998). Without
    common postings it is `difference_interval`. With the `covariance` [k, 2, 2] of the shares (see
    `clustered_covariance`) it reaches sqrt(design effect) as far, which is at least 1.
    """
    one, other, common = (np.asarray(counts, np.float64) for counts, _ in (first, second, both))
    spread = [_variance(counts, n) for counts, n in ((one, first[1]), (other, second[1]))]
    scale = np.sqrt(first[1] * spread[0] * second[1] * spread[1])
    shared = both[1] * _variance(common, both[1])
    correlation = np.divide(shared, scale, out=np.zeros_like(scale), where=scale > 0)
    low, high = difference_interval((other, second[1]), (one, first[1]), correlation=np.minimum(correlation, 1.0))
    difference = one / max(first[1], 1) - other / max(second[1], 1)
    if covariance is not None:
        own = spread[0] / first[1] + spread[1] / second[1] - 2 * shared / (first[1] * second[1])
        reach = np.sqrt(_effect(covariance[:, 0, 0] + covariance[:, 1, 1] - 2 * covariance[:, 0, 1], own))
        low = np.maximum(difference - reach * (difference - low), -1.0)
        high = np.minimum(difference + reach * (high - difference), 1.0)
    return SidesDifference(difference, low, high)


def clustered_covariance(sums: Sequence[Floats]) -> Floats:
    """Return the covariance [k, s, s] of the shares of s groups of postings when whole companies are drawn.

    `sums` holds for each [g, k + 1]: how many postings of each of g random groups of companies hold each skill, and
    last how many postings it has, the companies dealt to the groups in the same way. With e the part of a random group
    in a share, (y - p m) / n, it is g/(g-1) sum e e' (linearised; Cochran 1977, 6.4; Wolter 2007, ch. 2). Groups that
    share postings have the covariance that these make. Random groups without postings are not counted.
    """
    used = np.flatnonzero(sum(side[:, -1] for side in sums))
    parts = np.stack([_parts(side[used]) for side in sums])
    return np.asarray(np.einsum("igk,jgk->kij", parts, parts) * (len(used) / max(len(used) - 1, 1)))


def _parts(sums: Floats) -> Floats:
    total = sums.sum(axis=0)
    n = max(float(total[-1]), 1.0)
    return np.asarray((sums[:, :-1] - total[:-1] / n * sums[:, -1:]) / n)


def _effect(variance: Floats, independent: Floats) -> Floats:
    """Return how many times the variance of independent postings one is, at least 1."""
    return np.maximum(np.divide(variance, independent, out=np.ones_like(variance), where=independent > 1e-15), 1.0)


def _variance(counts: Floats, n: int) -> Floats:
    share = counts / max(n, 1)
    return share * (1 - share)


def _above(chi2: Floats, df: int) -> Floats:
    from scipy.special import chdtrc  # slow to import, and few callers need it

    return np.asarray(chdtrc(df, chi2)) if df else np.full_like(chi2, np.nan)
