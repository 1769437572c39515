"""Shares of postings with their n, interval and the small-cell rule, as fragments and charts take them."""

from collections.abc import Sequence
from functools import lru_cache
from math import isnan
from typing import Final, cast

import numpy as np
from numpy.typing import ArrayLike

from analytics import figures
from analytics.figures import ShareFigure, number, share_figure
from analytics.measures import reliability, wilson_interval
from analytics.tables import Cell, Estimate

WITHHELD: Final = "withheld"


@lru_cache(maxsize=8192)
def state_of(n: int) -> figures.Reliability:
    """Return how far a share of n postings may be shown, as the fragments name it."""
    return cast(figures.Reliability, reliability(n).value)


def postings_text(n: int) -> str:
    """Return "1 posting" or "1,412 postings"."""
    return f"{number(n)} posting{'' if n == 1 else 's'}"


def share_of(count: int, n: int) -> ShareFigure:
    """Return the share count / n with its Wilson interval."""
    return shares_of([count], n)[0]


def shares_of(counts: ArrayLike, n: int) -> list[ShareFigure]:
    """Return each count's share of the same n postings."""
    values = np.asarray(counts, np.int64)
    low, high = wilson_interval(values, n)
    state = state_of(n)
    return [
        share_figure(int(count), n, interval=(float(bottom), float(top)), state=state)
        for count, bottom, top in zip(values, low, high, strict=True)
    ]


def shares_each(counts: ArrayLike, ns: ArrayLike) -> list[ShareFigure]:
    """Return each count's share of its own n postings."""
    low, high = wilson_interval(counts, ns)
    rows = zip(np.asarray(counts).tolist(), np.asarray(ns).tolist(), low.tolist(), high.tolist(), strict=True)
    return [share_figure(count, n, interval=(bottom, top), state=state_of(n)) for count, n, bottom, top in rows]


def share_estimates(
    labels: Sequence[str], counts: ArrayLike, ns: ArrayLike, urls: Sequence[str]
) -> tuple[Estimate, ...]:
    """Return the same as values for a chart; `ns` is one n for all, or one for each count."""
    part = np.asarray(counts, np.int64)
    whole = np.broadcast_to(np.asarray(ns, np.int64), part.shape)
    low, high = wilson_interval(part, whole)
    rows = zip(labels, part, whole, low, high, urls, strict=True)
    return tuple(
        _estimate(label, int(count), int(n), (float(bottom), float(top)), url)
        for label, count, n, bottom, top, url in rows
    )


def points_text(difference: float) -> str:
    """Return a difference of shares (-1..1) in points, with its sign: "+6.1"."""
    return signed(difference * 100, decimals=1)


def signed(value: float, *, decimals: int) -> str:
    """Return a number with its sign; what rounds to zero has none."""
    rounded = round(value, decimals) or 0.0
    text = number(rounded, decimals=decimals)
    return f"+{text}" if rounded > 0 else text


def points_interval(low: float, high: float) -> str:
    """Return "+4.0 to +8.2"; without decimals from ten points on."""
    decimals = 0 if max(abs(low), abs(high)) >= 0.1 else 1
    return f"{signed(low * 100, decimals=decimals)} to {signed(high * 100, decimals=decimals)}"


def p_text(p: float) -> str:
    """Return a p value to three places, and what is smaller as "<0.001"."""
    return "<0.001" if p < 0.001 else f"{p:.3f}"


def p_cell(p: float) -> Cell:
    """Return a p value as a cell, in four digits for exports; a dash where nothing was tested (nan)."""
    return Cell("–") if isnan(p) else Cell(p_text(p), value=float(f"{p:.4g}"))


def _estimate(label: str, count: int, n: int, interval: tuple[float, float], url: str) -> Estimate:
    state = state_of(n)
    if state == WITHHELD:
        return Estimate(label, None, n=n, state=WITHHELD)
    return Estimate(label, count / n, *interval, n=n, url=url, state=state)
