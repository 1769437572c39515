"""Whether two roles grow together or apart in what they ask for."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.measures.cells import COMPANIES_FROM, WITHHELD_BELOW, TooFew
from analytics.measures.intervals import student_reach
from analytics.measures.resample import counts_at, redraws, shuffles, weighted_sums

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LEAST_PERIODS = 4
YEARS_PER_QUARTER = 0.25
SHUFFLES = 50


class Direction(StrEnum):
    CONVERGING = "converging"
    DIVERGING = "diverging"
    UNKNOWN = "cannot tell"


@dataclass(frozen=True)
class DistanceTrend:
    """Distances [q] of two roles, bias taken out, in the periods [q] where both have enough ads, with 95% intervals.

    `slope` is per year, with its 95% interval; `n_first`, `n_second` [q] are ads. nan where a period has no distance.
    """

    periods: Ints
    n_first: Ints
    n_second: Ints
    distance: Floats
    low: Floats
    high: Floats
    slope: float
    slope_low: float
    slope_high: float

    @property
    def direction(self) -> Direction:
        if self.slope_high < 0:
            return Direction.CONVERGING
        return Direction.DIVERGING if self.slope_low > 0 else Direction.UNKNOWN


@dataclass(frozen=True)
class RoleAds:
    """Ads of two roles: skills 0/1 CSR [n, k], whether it is the first role's, its period and company codes, all [n].

    Codes of periods count quarters, so that their differences are time. Copies are left out by the caller.
    """

    matrix: Any
    is_first: NDArray[np.bool_]
    period: NDArray[np.integer]
    company: NDArray[np.integer]


def distance_over_time(
    ads: RoleAds, *, seed: int, rounds: int = 200, years_per_period: float = YEARS_PER_QUARTER
) -> DistanceTrend:
    """Return the Jensen-Shannon distance of two roles by period and its slope per year.

    Periods with 10 ads of 3 companies in each role count. Small samples look further apart, so a role of which there
    is ever more would seem to converge. So with e the mean squared distance over SHUFFLES shuffles of the two labels
    inside the period, d^2 becomes (d^2 - e) / (1 - e): on real ads right to 0.03 in d from 30 ads on, where d^2 - e is
    off by 0.1 (docs/reference/measures.md). Intervals come from drawing whole companies, `rounds` times, their own bias
    taken out; the slope from least squares with the inverse drawn variances as weights, its interval from the drawn
    slopes, Student's t with q - 2 degrees of freedom and Birge's ratio. Proposed in FIELD.md, part 5. Raises TooFew
    under 4 periods.
    """
    ads, periods = _enough(ads)
    if len(periods) < LEAST_PERIODS:
        raise TooFew(f"{len(periods)} periods hold {WITHHELD_BELOW} ads of each role; a slope takes {LEAST_PERIODS}.")
    place = np.searchsorted(periods, ads.period)
    held = _Held.of(ads, place)
    sums = held.sums(np.unique(ads.company, return_inverse=True)[1], by_side=ads.is_first)
    size = sums.shape[0]
    weights = chain([np.ones(size)], redraws(size, seed=seed, rounds=rounds))
    divergence = np.concatenate([held.divergences(some) for some in weighted_sums(sums, weights)])
    chance = _chance(held, ads.is_first, place, seed)
    corrected = (divergence[0] - chance) / (1 - chance)
    # A draw has the bias of the sample and that of drawing: both are gone when its mean is the corrected figure.
    drawn = (divergence[1:] - np.nanmean(divergence[1:], axis=0)) / (1 - chance) + corrected
    distance, draws = (np.sqrt(np.maximum(squared, 0.0)) for squared in (corrected, drawn))
    low, high = np.nanquantile(draws, (0.025, 0.975), axis=0)
    precision = _precision(np.nanvar(draws, axis=0, ddof=1))
    years = (periods - periods[0]) * years_per_period
    slope = float(_slopes(distance[None], years, precision)[0])
    reach = _reach(distance - slope * years, precision, _slopes(draws, years, precision))
    n = np.bincount(2 * place + ~ads.is_first, minlength=2 * len(periods)).reshape(-1, 2)
    return DistanceTrend(periods, n[:, 0], n[:, 1], distance, low, high, slope, slope - reach, slope + reach)


def _enough(ads: RoleAds) -> tuple[RoleAds, Ints]:
    """Return the ads of the periods in which both roles have enough ads and companies, and those periods."""
    held = np.diff(ads.matrix.indptr) > 0
    kept = [
        period
        for period in np.unique(ads.period)
        if all(
            np.count_nonzero(side) >= WITHHELD_BELOW and len(np.unique(ads.company[side])) >= COMPANIES_FROM
            for side in (held & (ads.period == period) & (ads.is_first == first) for first in (True, False))
        )
    ]
    rows = np.flatnonzero(held & np.isin(ads.period, kept))
    chosen = RoleAds(ads.matrix[rows], ads.is_first[rows], ads.period[rows], ads.company[rows])
    return chosen, np.asarray(kept, np.int64)


@dataclass(frozen=True)
class _Held:
    """What is held when: `column` [pairs] is the place of a pair's period and skill among the h that occur.

    They stand by period, from `starts` [q] on; `lengths` [n] are how many pairs each ad has.
    """

    column: Ints
    period: Ints
    starts: Ints
    lengths: Ints

    @classmethod
    def of(cls, ads: RoleAds, place: NDArray[np.integer]) -> _Held:
        lengths = np.diff(ads.matrix.indptr).astype(np.int64)
        skills = ads.matrix.shape[1]
        occurring, column = np.unique(
            np.repeat(place.astype(np.int64) * skills, lengths) + ads.matrix.indices, return_inverse=True
        )
        period = occurring // skills
        return cls(column, period, np.flatnonzero(np.diff(period, prepend=-1)), lengths)

    def sums(self, row: NDArray[np.integer], *, by_side: NDArray[np.bool_] | None = None) -> Any:
        """Return what the ads with each code `row` [n] hold: CSR [rows, h], or of both sides [rows, 2 h]."""
        width = len(self.period)
        side = 0 if by_side is None else np.repeat(np.where(by_side, 0, width), self.lengths)
        shape = (int(row.max()) + 1, width if by_side is None else 2 * width)
        return counts_at(np.repeat(row, self.lengths), self.column + side, shape)

    def divergences(self, sums: Floats) -> Floats:
        """Return [r, q]: squared distances of the two sides in each period; nan where a draw left one out."""
        first, second = np.hsplit(sums, 2)
        sides = [self._shares(part) for part in (first, second)]
        entropy = _entropy(sides[0] + sides[1]) / 2 - (_entropy(sides[0]) + _entropy(sides[1])) / 2
        # Halving the sum of the two shares adds one bit to its entropy.
        return np.clip(np.add.reduceat(entropy, self.starts, axis=1) + 1, 0.0, 1.0)

    def _shares(self, counts: Floats) -> Floats:
        total = np.add.reduceat(counts, self.starts, axis=1)
        return counts / np.where(total > 0, total, np.nan)[:, self.period]


def _entropy(shares: Floats) -> Floats:
    """Return -p log2 p, 0 for 0; no look at where is quicker than one that saves logarithms."""
    return -shares * np.log2(np.maximum(shares, np.finfo(np.float64).tiny))


def _chance(held: _Held, is_first: NDArray[np.bool_], place: NDArray[np.integer], seed: int) -> Floats:
    """Return [q]: the mean squared distance when the ads of a period are dealt to the two roles at random."""
    by_ad = held.sums(np.arange(len(place)))
    everyone = np.asarray(by_ad.sum(axis=0)).ravel()
    labels = shuffles(is_first, seed=seed, rounds=SHUFFLES, strata=place)
    drawn = [held.divergences(np.hstack((some, everyone - some))) for some in weighted_sums(by_ad, labels)]
    return np.concatenate(drawn).sum(axis=0) / SHUFFLES


def _precision(variance: Floats) -> Floats:
    """Return weights [q], none more than ten times the median one: a variance near 0 is luck."""
    least = np.median(variance) / 10
    return 1 / np.maximum(variance, least) if least > 0 else np.ones_like(variance)


def _reach(rest: Floats, precision: Floats, slopes: Floats) -> float:
    """Return half the width of the slope's 95% interval, from what the line leaves [q] and the drawn slopes [r].

    Periods that lie further off the line than drawing companies explains widen it by sqrt(chi2 / (q - 2)) (Birge 1932).
    """
    free = len(rest) - 2
    chi2 = float((precision * np.square(rest - np.average(rest, weights=precision))).sum())
    return float(student_reach(free) * np.nanstd(slopes, ddof=1)) * max(math.sqrt(chi2 / free), 1.0)


def _slopes(distance: Floats, years: Floats, precision: Floats) -> Floats:
    """Return [r]: the slope of each line of `distance` [r, q] on `years` (weighted least squares)."""
    weights = np.where(np.isnan(distance), 0.0, precision)
    y = np.nan_to_num(distance)
    total = np.maximum(weights.sum(axis=1, keepdims=True), np.finfo(np.float64).tiny)
    x = years - (weights * years).sum(axis=1, keepdims=True) / total
    spread = (weights * x * x).sum(axis=1)
    return np.divide((weights * x * y).sum(axis=1), spread, out=np.full(len(y), np.nan), where=spread > 0)
