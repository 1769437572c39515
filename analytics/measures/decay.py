"""How fast a skill goes out of use."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.cells import WITHHELD_BELOW, Reliability, TooFew, reliability
from analytics.measures.intervals import student_reach

Floats = NDArray[np.float64]

LEAST_PERIODS = 4
LEAST_IN_USE = 3  # of these; a skill that is there in one period and gone in the next has no slope
STEPS = 50


@dataclass(frozen=True)
class HalfLife:
    """`slope` of ln(share) per year with its 95% interval; `years` until a share halves, with its interval.

    `years`, `low` and `high` are nan unless the whole interval of the slope lies below 0: else "not declining".
    `n` is the postings of all periods, `held` those that hold the skill.
    """

    n: int
    held: int
    slope: float
    slope_low: float
    slope_high: float

    @property
    def is_declining(self) -> bool:
        return self.slope_high < 0

    @property
    def years(self) -> float:
        return -math.log(2) / self.slope if self.is_declining else math.nan

    @property
    def low(self) -> float:
        return -math.log(2) / self.slope_low if self.is_declining else math.nan

    @property
    def high(self) -> float:
        return -math.log(2) / self.slope_high if self.is_declining else math.nan

    @property
    def reliability(self) -> Reliability:
        return reliability(self.n)


def half_life(counts: ArrayLike, n: ArrayLike, years: ArrayLike) -> HalfLife:
    """Return the half-life of a skill: ln 2 / -slope of ln(share) on time, where it surely falls.

    `counts` [t] of `n` [t] postings hold the skill in the period at `years` [t]. ln E(count) = ln n + a + b years,
    fitted as a Poisson regression with dispersion chi2 / (t - 2), at least 1 (McCullagh, Nelder 1989, 6.2): periods
    without the skill need no ln 0, and periods that differ by more than chance widen the interval, which takes
    Student's t with t - 2 degrees of freedom. Raises TooFew under 4 periods with postings, 3 of them
    with the skill, or 10 postings that hold it.
    """
    y, whole, time = (np.asarray(values, np.float64) for values in (counts, n, years))
    y, whole, time = (values[whole > 0] for values in (y, whole, time))
    in_use = np.count_nonzero(y)
    if len(y) < LEAST_PERIODS or in_use < LEAST_IN_USE or y.sum() < WITHHELD_BELOW:
        held = f"{int(y.sum())} postings hold the skill, in {in_use} of {len(y)} periods"
        raise TooFew(f"{held}: too few to say how fast it goes.")
    x = np.stack([np.ones(len(y)), time - np.average(time, weights=whole)], axis=1)
    beta, covariance = _fitted(y, whole, x)
    mean = whole * np.exp(x @ beta)
    dispersion = max(float(((y - mean) ** 2 / mean).sum()) / (len(y) - 2), 1.0)
    reach = float(student_reach(len(y) - 2)) * math.sqrt(covariance[1, 1] * dispersion)
    slope = float(beta[1])
    return HalfLife(int(whole.sum()), int(y.sum()), slope, slope - reach, slope + reach)


def _fitted(y: Floats, whole: Floats, x: Floats) -> tuple[Floats, Floats]:
    """Return coefficients and their inverse information, by Newton's method with steps that never lose likelihood."""
    beta = np.asarray([math.log(y.sum() / whole.sum()), 0.0])
    value = _likelihood(beta, y, whole, x)
    for _ in range(STEPS):
        mean = whole * np.exp(x @ beta)
        step = np.linalg.solve(x.T @ (mean[:, None] * x), x.T @ (y - mean))
        while (found := _likelihood(beta + step, y, whole, x)) < value and np.abs(step).max() > 1e-12:
            step = step / 2
        beta = beta + step
        if np.abs(step).max() < 1e-12:
            break
        value = found
    mean = whole * np.exp(x @ beta)
    return beta, np.linalg.inv(x.T @ (mean[:, None] * x))


def _likelihood(beta: Floats, y: Floats, whole: Floats, x: Floats) -> float:
    line = x @ beta
    with np.errstate(over="ignore"):
        return float((y * line - whole * np.exp(line)).sum())
