"""Quartiles of pay, always beside how many postings state it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.cells import Reliability, reliability
from analytics.measures.intervals import median_interval


@dataclass(frozen=True)
class PayQuartiles:
    """Quartiles in the unit of the values (yearly pay in one currency), over `stated` of `n` postings.

    `median_low` and `median_high` are the 95% interval of the median; nan where there are too few values.
    """

    n: int
    stated: int
    low: float
    median: float
    high: float
    median_low: float
    median_high: float

    @property
    def coverage(self) -> float:
        """Share of the postings that state pay, 0..1; nan without postings."""
        return self.stated / self.n if self.n else math.nan

    @property
    def reliability(self) -> Reliability:
        return reliability(self.stated)


def pay_quartiles(values: ArrayLike, *, n: int | None = None) -> PayQuartiles:
    """Return the quartiles of the known `values` (nan is unknown), linear between order statistics (type 7).

    `n` is how many postings the values were taken from, `len(values)` unless said. Source of the types:
    Hyndman, Fan 1996. Raises ValueError when `n` is below the number of known values.
    """
    known = np.asarray(values, np.float64)
    size = len(known) if n is None else n
    known = np.sort(known[~np.isnan(known)])
    if size < len(known):
        raise ValueError(f"{len(known)} postings state pay, of only {size}.")
    if len(known) == 0:
        return PayQuartiles(size, 0, *(math.nan,) * 5)
    low, median, high = (_at(known, part) for part in (0.25, 0.5, 0.75))
    return PayQuartiles(size, len(known), low, median, high, *median_interval(known))


def _at(ordered: NDArray[np.float64], part: float) -> float:
    """Return the quantile of ordered values; numpy's own costs more than the sort where values are few."""
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return float(ordered[below] + (ordered[above] - ordered[below]) * (place - below))
