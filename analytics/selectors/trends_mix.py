"""Shares by period with the mix of postings held as it was in one period, and what the mix has made of a change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.figures import percent
from analytics.measures import THIN_BELOW, FixedMixTrend, fixed_mix_trend
from analytics.selectors.counted import company_tally
from analytics.selectors.periods import Periods
from analytics.selectors.selected import with_skill
from analytics.selectors.shares import points_text
from analytics.snapshot import Selection, Snapshot
from analytics.tables import SHARE, Cell, Row, Sheet, Table, Unit, number_cell, table_columns

POINTS = Unit("points", scale=100, decimals=1)
SIZES = (1, 5, 50)
"""Ads of a company in the whole run from which on it is small, middling, large; without a name it has no size."""
HALF = 0.5
METHOD = "fixed_mix"

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class FixedLine:
    """A line at an unchanged mix. Between the periods at `base` and `other` its change is told."""

    name: str
    trend: FixedMixTrend
    base: int
    other: int

    @property
    def is_weak(self) -> NDArray[np.bool_]:
        """Return where the strata that are there held under a half of the base's postings."""
        return np.asarray(self.trend.coverage < HALF)


@dataclass(frozen=True)
class Mixture:
    """The postings of a line by period and stratum: `n` [t, g]; `place` and `stratum` of each row of the snapshot."""

    n: Counts
    place: NDArray[np.int64]
    stratum: NDArray[np.int32]

    @classmethod
    def of(cls, snapshot: Snapshot, selection: Selection, periods: Periods, hold: tuple[str, ...]) -> "Mixture":
        place = _places(snapshot, periods)
        stratum, size = _strata(snapshot, hold)
        return cls(_counted(selection.rows, place, stratum, (len(periods), size)), place, stratum)

    def of_skill(self, snapshot: Snapshot, selection: Selection, skill: int) -> Counts:
        rows = with_skill(snapshot, selection, skill).rows
        return _counted(rows, self.place, self.stratum, (self.n.shape[0], self.n.shape[1]))


def fixed_line(name: str, counts: Counts, mixture: Mixture, *, base: int, periods: Periods) -> FixedLine | None:
    """Return the line; None where the base period has no postings of it, or no other period has thirty."""
    size = mixture.n.sum(axis=1)
    solid = [place for place in periods.finished if size[place] >= THIN_BELOW and place != base]
    if not size[base] or not solid:
        return None
    other = solid[-1] if solid[-1] > base else solid[0]
    return FixedLine(name, fixed_mix_trend(counts, mixture.n, base=base), base, other)


def usual_base(n: Counts, periods: Periods) -> int | None:
    """Return the latest finished period with thirty postings, None without one."""
    solid = [place for place in periods.finished if n[place] >= THIN_BELOW]
    return solid[-1] if solid else None


def parts_sheet(lines: Sequence[FixedLine], periods: Periods) -> Sheet | None:
    """Return how much of each change is the rate's and how much the mix's; they add up to it, digit by digit."""
    if not lines:
        return None
    texts = ("between", "as seen, then", "as seen, now", "change", "rate", "mix", "fixed mix", "covered", "effective n")
    columns = table_columns("line", *texts)
    return Sheet(
        key="parts",
        title="What is change, and what is another mix of postings",
        table=Table(columns, tuple(_parts_row(line, periods) for line in lines)),
        method=METHOD,
        noun="lines",
    )


def coverage_text(lines: Sequence[FixedLine]) -> str:
    """Say where the fixed mix speaks of another market; "" where it nowhere does."""
    known = [int(np.count_nonzero(~np.isnan(line.trend.coverage))) for line in lines]
    weak = [int(np.count_nonzero(line.is_weak)) for line in lines]
    if not sum(weak):
        return ""
    said = ", ".join(f"{line.name} {bad} of {n}" for line, bad, n in zip(lines, weak, known, strict=True) if bad)
    return (
        "In some periods the kinds of postings that are there made up under a half of the base period: there the line "
        f"speaks of another market and is drawn hollow ({said} periods). Hold fewer things, or choose another base."
    )


def _parts_row(line: FixedLine, periods: Periods) -> Row:
    trend, names = line.trend, periods.names
    sign = 1 if line.other > line.base else -1
    first, last = (line.base, line.other) if sign > 0 else (line.other, line.base)
    raw = trend.raw
    change, rate = float(raw[last] - raw[first]), sign * float(trend.rate[line.other])
    coverage = float(trend.coverage[line.other])
    return (
        Cell(line.name, state="ok" if coverage >= HALF else "thin"),
        Cell(f"{names[first]} – {names[last]}", sort=f"{periods.firsts[first]:05d}"),
        number_cell(float(raw[first]), SHARE),
        number_cell(float(raw[last]), SHARE),
        *(_adding_up(change, rate) if coverage > 0 else _untold(change)),
        number_cell(float(trend.fixed[line.other]), SHARE),
        replace(number_cell(coverage, SHARE), text=percent(coverage)),
        number_cell(round(float(np.nan_to_num(trend.effective_n[line.other])))),
    )


def _adding_up(change: float, rate: float) -> tuple[Cell, Cell, Cell]:
    """Return a change and its two parts, rounded so that the parts add up to it as shown and as exported."""
    shown = [round(100 * change, 1), round(100 * rate, 1)]
    exact = [round(100 * change, 4), round(100 * rate, 4)]
    shown.append(shown[0] - shown[1])
    exact.append(round(exact[0] - exact[1], 4))
    first, second, third = (
        Cell(points_text(text / 100), value=value) for text, value in zip(shown, exact, strict=True)
    )
    return first, second, third


def _untold(change: float) -> tuple[Cell, Cell, Cell]:
    """Return a change alone: two periods without a kind of postings in common tell nothing of its parts."""
    return _adding_up(change, change)[0], Cell("–"), Cell("–")


def _counted(
    rows: NDArray[np.int32], place: NDArray[np.int64], stratum: NDArray[np.int32], shape: tuple[int, int]
) -> Counts:
    at = place[rows]
    cells = at[at >= 0] * shape[1] + stratum[rows][at >= 0]
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)


def _places(snapshot: Snapshot, periods: Periods) -> NDArray[np.int64]:
    """Return the place of each row's period, -1 for none."""
    months = len(snapshot.vocabulary("month"))
    table = periods.counted(np.eye(months, dtype=np.int64))
    place = np.where(table.any(axis=1), table.argmax(axis=1), -1)
    return np.asarray(place[snapshot.column("month")], np.int64)


@lru_cache(maxsize=8)
def _strata(snapshot: Snapshot, hold: tuple[str, ...]) -> tuple[NDArray[np.int32], int]:
    """Return the stratum of each row, and how many there may be."""
    code, size = np.zeros(snapshot.n, np.int32), 1
    for name in hold:
        column, count = _column(snapshot, name)
        code, size = code * np.int32(count) + column, size * count
    return code.astype(np.int32), size


def _column(snapshot: Snapshot, name: str) -> tuple[NDArray[np.int32], int]:
    if name != "size":
        return snapshot.column(name), max(len(snapshot.vocabulary(name)), 1)
    ads = company_tally(snapshot, snapshot.everything)
    classes = np.searchsorted(SIZES, ads, side="right").astype(np.int32)
    return classes[snapshot.company], len(SIZES) + 1
