"""Shares over time, and skills that rise or fall between two windows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.cells import Reliability, reliabilities, reliability
from analytics.measures.contrast import benjamini_hochberg, two_sided_p
from analytics.measures.intervals import difference_interval, wilson_interval

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


def partial_periods(names: Sequence[str], last_day: date) -> NDArray[np.bool_]:
    """Return which of the periods ("2024-05", "2024-Q2") end after `last_day`, the last day of the data."""
    return np.asarray([_end_of(name) > last_day for name in names], np.bool_)


def _pooled_p(first: Floats, n1: int, second: Floats, n2: int) -> Floats:
    pooled = (first + second) / (n1 + n2)
    se = np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    difference = second / n2 - first / n1
    z = np.divide(difference, se, out=np.zeros_like(se), where=se > 0)
    return np.where(first + second > 0, two_sided_p(z), np.nan)


def _end_of(name: str) -> date:
    year, part = name.split("-")
    month = 3 * int(part[1:]) if part.startswith("Q") else int(part)
    return date(int(year) + month // 12, month % 12 + 1, 1) - timedelta(days=1)
