"""The months of a snapshot as an axis: which there are, which of them is not finished yet."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from analytics.figures import month_name
from analytics.measures import partial_periods
from analytics.selectors.counted import tally
from analytics.snapshot import Selection, Snapshot
from analytics.snapshot.select import EPOCH, month_number

_DASH = "\N{EN DASH}"
EVERY_MONTH = 10_000


@dataclass(frozen=True)
class MonthAxis:
    """Months without gaps, counted from January 1970; `codes` are their places in the snapshot's months.

    `unfinished` is the last month, where the data ends before it does, else None.
    """

    months: tuple[int, ...]
    codes: NDArray[np.int64]
    unfinished: int | None

    @property
    def finished_codes(self) -> NDArray[np.int64]:
        return self.codes[:-1] if self.unfinished is not None else self.codes

    def name(self, place: int) -> str:
        """Return "Aug 2026"."""
        return month_name(self.months[place])

    @property
    def text(self) -> str:
        return span_text(self.months[0], self.months[-1]) if self.months else "no dates"


def month_axis(snapshot: Snapshot, selection: Selection, *, most: int) -> MonthAxis:
    """Return the months from the first to the last in which the selection has postings, at most the last `most`."""
    present = np.flatnonzero(tally(snapshot, selection, "month")[1:]) + 1
    if len(present) == 0:
        return MonthAxis((), np.empty(0, np.int64), None)
    first = month_number(_day(snapshot.day_span[0]))
    codes = np.arange(max(int(present[0]), int(present[-1]) - most + 1), int(present[-1]) + 1)
    months = tuple(int(code) - 1 + first for code in codes)
    is_partial = partial_periods([snapshot.vocabulary("month")[codes[-1]]], _day(snapshot.day_span[1]))[0]
    return MonthAxis(months, codes, months[-1] if is_partial else None)


def span_text(first: int, last: int) -> str:
    """Return "Jan 2023 – Aug 2026"."""
    return month_name(first) if first == last else f"{month_name(first)} {_DASH} {month_name(last)}"


def _day(number: int) -> date:
    return EPOCH + timedelta(days=number)
