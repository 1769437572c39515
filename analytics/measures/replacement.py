"""Skills that seem to take the place of one another: seldom together, while one rises and the other falls."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.cells import WITHHELD_BELOW
from analytics.measures.intervals import Z95

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SELDOM_UP_TO = 2 / 3  # odds ratio; ours, so that among many thousand postings a hair below 1 is no hint
EXPECTED_FROM = 10  # postings that should name both, were it chance, before "seldom together" can be told


@dataclass(frozen=True)
class Togetherness:
    """How often two skills are named together inside strata, all [m]: `both` postings, where chance would give
    `expected`; `odds` is the pooled odds ratio with its 95% interval: 1 is as chance would, below 1 more seldom.
    """

    both: Floats
    expected: Floats
    odds: Floats
    low: Floats
    high: Floats

    @property
    def is_seldom(self) -> Bools:
        return (self.expected >= EXPECTED_FROM) & (self.odds <= SELDOM_UP_TO) & (self.high < 1)


@dataclass(frozen=True)
class StrataChange:
    """A difference of shares between two times inside strata, pooled, with its 95% interval, all [m]."""

    difference: Floats
    low: Floats
    high: Floats

    @property
    def rises(self) -> Bools:
        return self.low > 0

    @property
    def falls(self) -> Bools:
        return self.high < 0


def togetherness(both: ArrayLike, first: ArrayLike, second: ArrayLike, n: ArrayLike) -> Togetherness:
    """Return how often one skill stands beside each of m others.

    Of n [g] postings of each stratum `first` [g] name the one, `second` [g, m] another and `both` [g, m] the two. The
    odds ratio is Mantel, Haenszel 1959, its interval that of Robins, Breslow, Greenland 1986; nan where no stratum
    tells anything. Strata should hold the role, the time and how many skills a posting names: long texts name
    everything together, and what belongs to two times never meets.
    """
    x11 = np.asarray(both, np.float64)
    other, whole = np.asarray(second, np.float64), np.asarray(n, np.float64)[:, None]
    own = np.asarray(first, np.float64)[:, None]
    x10, x01, x00 = own - x11, other - x11, whole - own - other + x11
    if min(x11.min(initial=0), x10.min(initial=0), x01.min(initial=0), x00.min(initial=0)) < 0:
        raise ValueError("A count of both cannot be above a count of one, nor the two above n.")
    size = np.where(whole > 0, whole, 1.0)
    agree, differ = x11 * x00 / size, x10 * x01 / size
    p, q = (x11 + x00) / size, (x10 + x01) / size
    r, s = agree.sum(axis=0), differ.sum(axis=0)
    known = (r > 0) & (s > 0)
    rs, ss = np.where(known, r, 1.0), np.where(known, s, 1.0)
    variance = (
        (p * agree).sum(axis=0) / (2 * rs**2)
        + (p * differ + q * agree).sum(axis=0) / (2 * rs * ss)
        + (q * differ).sum(axis=0) / (2 * ss**2)
    )
    odds, reach = np.where(known, rs / ss, np.nan), Z95 * np.sqrt(variance)
    expected = (own * other / size).sum(axis=0)
    return Togetherness(x11.sum(axis=0), expected, odds, odds * np.exp(-reach), odds * np.exp(reach))


def change_in_strata(before: ArrayLike, n_before: ArrayLike, after: ArrayLike, n_after: ArrayLike) -> StrataChange:
    """Return how shares [m] moved inside strata: counts [g, m] of postings [g] in each of two times.

    The pooled difference is sum w (p2 - p1) / sum w with w = n1 n2 / (n1 + n2) (Mantel, Haenszel), its variance that of
    Greenland, Robins 1985. A stratum without postings in one of the times says nothing; nan where none says anything.
    """
    y1, y2 = np.asarray(before, np.float64), np.asarray(after, np.float64)
    n1, n2 = (np.asarray(n, np.float64)[:, None] for n in (n_before, n_after))
    there = (n1 > 0) & (n2 > 0)
    m1, m2 = np.where(there, n1, 1.0), np.where(there, n2, 1.0)
    weight = np.where(there, m1 * m2 / (m1 + m2), 0.0)
    total = weight.sum()
    if total == 0:
        blank = np.full(y1.shape[1], np.nan)
        return StrataChange(blank, blank, blank)
    difference = (weight * (y2 / m2 - y1 / m1)).sum(axis=0) / total
    spread = (y1 * (m1 - y1) * m2**3 + y2 * (m2 - y2) * m1**3) / (m1 * m2 * (m1 + m2) ** 2)
    reach = Z95 * np.sqrt(np.where(there, spread, 0.0).sum(axis=0)) / total
    return StrataChange(difference, difference - reach, difference + reach)


def seem_to_replace(together: Togetherness, one: StrataChange, others: StrataChange, named: ArrayLike) -> Bools:
    """Return which of m skills seem to take the place of the one, or to give it theirs.

    They are surely seldom together, and surely move in opposite directions inside strata; `named` [m] is how many
    postings of both times name each of them, ten at least. A hint, not a cause: both may follow a third thing.
    """
    opposite = (one.rises & others.falls) | (one.falls & others.rises)
    return np.asarray(together.is_seldom & opposite & (np.asarray(named) >= WITHHELD_BELOW))
