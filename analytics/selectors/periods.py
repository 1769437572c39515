"""Months or quarters as an axis: their names, their days, which of them is not finished yet."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from analytics.figures import month_name, quarter_name
from analytics.measures import WITHHELD_BELOW
from analytics.selectors.counted import tally
from analytics.selectors.links import first_day_of
from analytics.selectors.months import month_axis
from analytics.snapshot import Selection, Snapshot

MONTH, QUARTER = "month", "quarter"
WIDTH = {MONTH: 1, QUARTER: 3}
MOST = {MONTH: 36, QUARTER: 20}

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Periods:
    """Periods without gaps; `firsts` are their first months, counted from January 1970, `codes` the places of the
    snapshot's months in which they begin, by `kind`. `unfinished` is the place of a last one that the data end in."""

    kind: str
    firsts: tuple[int, ...]
    codes: Counts
    unfinished: int | None

    def __len__(self) -> int:
        return len(self.firsts)

    @property
    def names(self) -> tuple[str, ...]:
        """Return "Aug 2026" or "Q3 2026"."""
        if self.kind == MONTH:
            return tuple(month_name(first) for first in self.firsts)
        return tuple(quarter_name(first) for first in self.firsts)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return how an address names them: "2026-08", "2026-Q3"."""
        if self.kind == MONTH:
            return tuple(f"{1970 + first // 12}-{first % 12 + 1:02d}" for first in self.firsts)
        return tuple(f"{1970 + first // 12}-Q{first % 12 // 3 + 1}" for first in self.firsts)

    @property
    def spans(self) -> list[tuple[date, date]]:
        """Return the first and the last day of each."""
        width = WIDTH[self.kind]
        return [(first_day_of(first), first_day_of(first + width) - timedelta(days=1)) for first in self.firsts]

    @property
    def finished(self) -> range:
        return range(len(self) - (self.unfinished is not None))

    def since(self, place: int) -> "Periods":
        """Return the periods from that at `place` on."""
        unfinished = None if self.unfinished is None or place > self.unfinished else self.unfinished - place
        return Periods(self.kind, self.firsts[place:], self.codes[place:], unfinished)

    def counted(self, by_month: Counts) -> Counts:
        """Return counts [..., months of the snapshot] as counts [..., periods]."""
        width, months = WIDTH[self.kind], by_month.shape[-1]
        found = np.zeros((*by_month.shape[:-1], len(self)), np.int64)
        for place, code in enumerate(self.codes.tolist()):
            found[..., place] = by_month[..., max(code, 1) : max(min(code + width, months), 1)].sum(axis=-1)
        return found


def periods_of(snapshot: Snapshot, selection: Selection, kind: str, *, most: int | None = None) -> Periods:
    """Return the periods from the first to the last in which the selection has postings, at most the last `most`."""
    axis = month_axis(snapshot, selection, most=10_000)
    width = WIDTH[kind]
    if not axis.months:
        return Periods(kind, (), axis.codes, None)
    last, begin = axis.months[-1] // width, axis.months[0] // width
    begin = max(begin, last - (most or MOST[kind]) + 1)
    firsts = tuple(period * width for period in range(begin, last + 1))
    codes = np.array([int(axis.codes[-1]) - (axis.months[-1] - first) for first in firsts], np.int64)
    ends_inside = axis.unfinished is not None or axis.months[-1] % width != width - 1
    is_open = ends_inside and _is_last_of(snapshot, firsts[-1] + width)
    return Periods(kind, firsts, codes, len(firsts) - 1 if is_open else None)


def telling_periods(snapshot: Snapshot, selection: Selection, kind: str) -> Periods:
    """Return the same from the first on that has postings enough to show a share; none where none has."""
    periods = periods_of(snapshot, selection, kind)
    enough = np.flatnonzero(periods.counted(tally(snapshot, selection, "month")) >= WITHHELD_BELOW)
    return periods.since(int(enough[0]) if len(enough) else len(periods))


def _is_last_of(snapshot: Snapshot, next_first: int) -> bool:
    """Return whether the data of the whole run end before the month `next_first` begins, and not on its eve."""
    last_day = date(1970, 1, 1) + timedelta(days=snapshot.day_span[1])
    return last_day < first_day_of(next_first) - timedelta(days=1)
