"""Trends at an unchanged mix of postings, and what part of a change the mix has made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.cells import Reliability, reliabilities
from analytics.measures.intervals import wilson_interval

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class FixedMixTrend:
    """Shares 0..1 by period, all [t]: `raw` as counted, `fixed` at the mix of the base period with 95% interval.

    `rate` + `mix` = raw - raw of the base, exactly (share points). `coverage` is the part of the base mix whose strata
    the period has postings of, `effective_n` how many postings evenly drawn would know `fixed` as well. nan
    without postings.
    """

    n: Ints
    raw: Floats
    fixed: Floats
    low: Floats
    high: Floats
    rate: Floats
    mix: Floats
    coverage: Floats
    effective_n: Floats

    @property
    def reliability(self) -> tuple[Reliability, ...]:
        """Return how far `fixed` may be shown: a period in which a few postings carry much weight is thin."""
        return reliabilities(np.nan_to_num(self.effective_n).astype(np.int64))


def fixed_mix_trend(counts: ArrayLike, n: ArrayLike, *, base: int = 0) -> FixedMixTrend:
    """Return the share of a skill by period with the mix of postings held at that of period `base`.

    `counts` [t, g] of `n` [t, g] postings hold the skill, by period and stratum (source x company size x
    seniority, coded by the caller). With r the share in a stratum and a its part of the period, fixed = sum a_0 r_t
    (direct standardisation); Kitagawa 1955: rate = sum (r_t - r_0)(a_0 + a_t)/2, mix = sum (a_t - a_0)(r_0 + r_t)/2.
    A stratum without postings in one of the two periods gets the share it has in the other: coming and going is
    mix. In `fixed` the base mix is scaled up to the strata that are there. The interval is Wilson's at the effective
    n, (sum w)^2 / sum w^2 / n over strata. Raises ValueError when counts exceed n or the base is empty.
    """
    part, whole = np.asarray(counts, np.float64), np.asarray(n, np.float64)
    if np.any(part < 0) or np.any(part > whole):
        raise ValueError("A count must lie between 0 and its n.")
    size = whole.sum(axis=1)
    if size[base] == 0:
        raise ValueError("The base period has no postings, so there is no mix to hold.")
    there = whole > 0
    a = np.divide(whole, size[:, None], out=np.zeros_like(whole), where=size[:, None] > 0)
    r = np.divide(part, whole, out=np.full_like(whole, np.nan), where=there)
    now, before = np.where(there, r, r[base]), np.where(there[base], r[base], r)
    rate = _sum((now - before) * (a[base] + a) / 2)
    mix = _sum((a - a[base]) * (before + now) / 2)
    weights = np.where(there, a[base], 0.0)
    coverage = weights.sum(axis=1)
    fixed = np.divide(_sum(weights * r), coverage, out=np.full(len(size), np.nan), where=coverage > 0)
    noise = _sum(np.divide(weights**2, whole, out=np.zeros_like(whole), where=there))
    effective = np.divide(coverage**2, noise, out=np.zeros(len(size)), where=noise > 0)
    low, high = wilson_interval(np.nan_to_num(fixed) * effective, effective)
    raw = np.divide(part.sum(axis=1), size, out=np.full(len(size), np.nan), where=size > 0)
    known, standardised = size > 0, coverage > 0
    return FixedMixTrend(
        n=size.astype(np.int64),
        raw=raw,
        fixed=fixed,
        low=np.where(standardised, low, np.nan),
        high=np.where(standardised, high, np.nan),
        rate=np.where(known, rate, np.nan),
        mix=np.where(known, mix, np.nan),
        coverage=np.where(known, coverage, np.nan),
        effective_n=np.where(standardised, effective, np.nan),
    )


def _sum(terms: Floats) -> Floats:
    """Return sums over strata; a stratum in neither period is unknown and has no weight."""
    return np.asarray(np.nansum(terms, axis=1))
