"""Shares over time, and skills that rise or fall between two windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.cells import COMPANIES_FROM, WITHHELD_BELOW, Reliability, reliabilities, reliability
from analytics.measures.contrast import benjamini_hochberg, two_sided_p
from analytics.measures.intervals import difference_interval, student_p, student_reach, wilson_interval
from analytics.measures.resample import sums_by

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ALPHA = 0.05  # false discovery rate of what is called rising or falling


@dataclass(frozen=True)
class ShareTrend:
    """Shares 0..1 per period with their 95% intervals, all [t]; nan where a period has no postings."""

    n: Ints
    share: Floats
    low: Floats
    high: Floats
    reliability: tuple[Reliability, ...]


@dataclass(frozen=True)
class Change:
    """Shares [k] in two windows; `difference` = after - before (share points, -1..1) with 95% interval."""

    n_before: int
    n_after: int
    before: Floats
    after: Floats
    difference: Floats
    low: Floats
    high: Floats
    p: Floats
    adjusted_p: Floats

    @property
    def reliability(self) -> Reliability:
        return reliability(min(self.n_before, self.n_after))

    def rising(self, *, alpha: float = ALPHA) -> Ints:
        """Return the codes that rise at false discovery rate `alpha`, largest rise first."""
        return self._moving(self.difference, alpha)

    def falling(self, *, alpha: float = ALPHA) -> Ints:
        """Return the codes that fall at false discovery rate `alpha`, largest fall first."""
        return self._moving(-self.difference, alpha)

    def _moving(self, size: Floats, alpha: float) -> Ints:
        codes = np.flatnonzero((size > 0) & (self.adjusted_p < alpha))
        return codes[np.argsort(-size[codes], kind="stable")]


def share_trend(counts: ArrayLike, n: ArrayLike) -> ShareTrend:
    """Return the share of `counts` [t] in `n` [t] postings of each period, with Wilson intervals.

    Leave out the period without a date (entry 0 of a snapshot's months) before.
    """
    part, whole = np.asarray(counts, np.int64), np.asarray(n, np.int64)
    low, high = wilson_interval(part, whole)
    empty = whole == 0
    share = np.divide(part, whole, out=np.full(part.shape, np.nan), where=~empty)
    low, high = np.where(empty, np.nan, low), np.where(empty, np.nan, high)
    return ShareTrend(whole, share, low, high, reliabilities(whole))


def change_between(before: ArrayLike, n_before: int, after: ArrayLike, n_after: int) -> Change:
    """Return how shares moved from `before` [k] of n_before postings to `after` [k] of n_after.

    Interval: Newcombe's hybrid score interval. p: two-sided z test of equal shares with pooled variance
    (Agresti, Categorical Data Analysis, 3.1), adjusted by Benjamini-Hochberg over the skills that occur in
    either window. Empty windows give nan throughout. Assumes postings independent: many postings of
    one company make it look surer than it is; `clustered_change` does not.
    """
    first, second = np.asarray(before, np.float64), np.asarray(after, np.float64)
    if n_before == 0 or n_after == 0:
        blank = np.full(first.shape, np.nan)
        return Change(n_before, n_after, blank, blank, blank, blank, blank, blank, blank)
    share1, share2 = first / n_before, second / n_after
    low, high = difference_interval((first, n_before), (second, n_after))
    p = _pooled_p(first, n_before, second, n_after)
    adjusted = benjamini_hochberg(p)
    return Change(n_before, n_after, share1, share2, share2 - share1, low, high, p, adjusted)


def clustered_change(matrix: Any, is_after: NDArray[np.bool_], company: NDArray[np.integer]) -> Change:
    """Return how shares moved from the postings without `is_after` [n] to those with it, companies drawn whole.

    `matrix` is postings x skills 0/1 [n, k], `company` [n] codes (a code of its own for each posting without a
    known company). The variance of the difference is c/(c-1) sum u^2 over companies, u the company's part
    (y2 - p2 m2)/n2 - (y1 - p1 m1)/n1 with y the count and m the size (linearised, Cochran 1977, 6.4), at least
    that of independent postings; interval and p from Student's t with as many degrees of freedom as companies
    hold the skill, less one: what one company does alone is never sure. Skills of fewer than 10 postings or 3
    companies are not tested (p nan); the others are adjusted by Benjamini-Hochberg.
    """
    codes = np.unique(company, return_inverse=True)[1]
    size = int(codes.max()) + 1 if len(codes) else 0
    n1, n2 = (np.bincount(codes[side], minlength=size).astype(np.float64) for side in (~is_after, is_after))
    counts1, counts2 = (sums_by(matrix[side], codes[side], size) for side in (~is_after, is_after))
    before, after = (np.asarray(counts.sum(axis=0), np.float64).ravel() for counts in (counts1, counts2))
    plain = change_between(before, int(n1.sum()), after, int(n2.sum()))
    if plain.n_before == 0 or plain.n_after == 0:
        return plain
    holders = np.asarray(((counts1 + counts2) > 0).sum(axis=0)).ravel()
    se = np.sqrt(np.maximum(_clustered_variance(counts1, n1, counts2, n2), _independent_variance(plain)))
    df = np.maximum(holders - 1.0, 1.0)
    tested = (before + after >= WITHHELD_BELOW) & (holders >= COMPANIES_FROM) & (se > 0)
    z = np.divide(plain.difference, se, out=np.zeros_like(se), where=se > 0)
    p = np.where(tested, np.maximum(student_p(z, df), np.nan_to_num(plain.p)), np.nan)
    reach = student_reach(df) * se
    low, high = np.maximum(plain.difference - reach, -1.0), np.minimum(plain.difference + reach, 1.0)
    return replace(plain, low=low, high=high, p=p, adjusted_p=benjamini_hochberg(p))


def partial_periods(names: Sequence[str], last_day: date) -> NDArray[np.bool_]:
    """Return which of the periods ("2024-05", "2024-Q2") end after `last_day`, the last day of the data."""
    return np.asarray([_end_of(name) > last_day for name in names], np.bool_)


def _pooled_p(first: Floats, n1: int, second: Floats, n2: int) -> Floats:
    pooled = (first + second) / (n1 + n2)
    se = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    difference = second / n2 - first / n1
    z = np.divide(difference, se, out=np.zeros_like(se), where=se > 0)
    return np.where(first + second > 0, two_sided_p(z), np.nan)


def _clustered_variance(counts1: Any, n1: Floats, counts2: Any, n2: Floats) -> Floats:
    """Return [k], from counts [c, k] of postings [c] in each window."""
    all1, all2, c = n1.sum(), n2.sum(), len(n1)
    p1, p2 = (np.asarray(y.sum(axis=0)).ravel() / n for y, n in ((counts1, all1), (counts2, all2)))
    own = counts2 / all2 - counts1 / all1
    # u = own - expected, with expected = p2 m2/n2 - p1 m1/n1 never made as a table of companies x skills.
    m1, m2 = n1 / all1, n2 / all2
    products = p2 * (own.T @ m2) - p1 * (own.T @ m1)
    # Not m1 @ m2: BLAS adds in an order that hangs on its threads.
    expected = p2**2 * (m2 * m2).sum() - 2 * p1 * p2 * (m1 * m2).sum() + p1**2 * (m1 * m1).sum()
    squares = np.asarray(own.multiply(own).sum(axis=0)).ravel() - 2 * products + expected
    return np.maximum(squares, 0.0) * c / max(c - 1, 1)


def _independent_variance(change: Change) -> Floats:
    first, second = change.before, change.after
    return first * (1 - first) / change.n_before + second * (1 - second) / change.n_after


def _end_of(name: str) -> date:
    year, part = name.split("-")
    month = 3 * int(part[1:]) if part.startswith("Q") else int(part)
    return date(int(year) + month // 12, month % 12 + 1, 1) - timedelta(days=1)
