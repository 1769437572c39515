"""Two times of the same filters set against each other: which days, which postings, how each skill moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

import numpy as np
from django.utils.formats import date_format
from numpy.typing import NDArray

from analytics.figures import number, percent
from analytics.measures import THIN_BELOW, change_in_strata, duncan_index
from analytics.measures.replacement import StrataChange
from analytics.questions import Question
from analytics.selectors.company_cells import Moved, moved_between
from analytics.selectors.counted import dated_span, tally
from analytics.selectors.links import between, first_day_of
from analytics.selectors.published import Published
from analytics.selectors.selected import cut_at, selected
from analytics.snapshot import Filter, Selection, Snapshot
from analytics.snapshot.select import EPOCH, month_number

RECENT_MONTHS = 6
OTHER_SOURCES = 0.5
"""From this part of the source mix on that differs between two groups, a difference may be the sources' own."""
NO_DATES = "These postings carry too few dates to set one time against another."

Span = tuple[date, date]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Times:
    """Two spans of days that share none; both ends count. Together they are all days of what is asked, if `is_all`."""

    before: Span
    after: Span
    is_all: bool = False

    @property
    def texts(self) -> tuple[str, str]:
        return days_text(*self.before), days_text(*self.after)


@dataclass(frozen=True)
class TwoTimes:
    """`question` asked of both times. The skills of `also` have an interval even where they surely did not move."""

    question: Question
    times: Times
    shown: Published
    also: tuple[int, ...] = ()

    @property
    def questions(self) -> tuple[Question, Question]:
        return in_times(self.question, self.times)

    @property
    def moved(self) -> Moved:
        return self._compared[0]

    @cached_property
    def _compared(self) -> tuple[Moved, tuple[Counts, Counts]]:
        return _compared(self.shown.snapshot, self.question.filter, self.times, self.also)

    def inside_sources(self, codes: Sequence[int]) -> StrataChange:
        """Return how the shares of these skills moved inside the sources that have postings in both times."""
        return _inside_sources(self.shown.snapshot, self.question.filter, self.times, tuple(codes))

    @property
    def refusal(self) -> str:
        """Return why the two cannot be compared, "" when they can."""
        before, after = self.moved.before.n, self.moved.after.n
        if min(before, after) >= THIN_BELOW:
            return ""
        if self.times.is_all:
            day = date_format(self.times.after[0], "j M Y")
            counted = f"{number(before)} dated postings before {day} and {number(after)} since"
        else:
            counted = f"{number(before)} dated postings in the earlier time and {number(after)} in the later one"
        return f"{counted}: it takes at least {THIN_BELOW} on each side."

    @property
    def source_warning(self) -> str:
        """Say so when the two times rest on different sources (Duncan index of their mixes)."""
        apart = float(duncan_index(*self._compared[1]))
        if not apart >= OTHER_SOURCES:
            return ""
        return (
            f"The two times rest on different sources ({percent(apart)} of the mix differs): a change may be theirs, "
            "not the market’s. Choose one source above to compare like with like."
        )


def recent_times(question: Question, shown: Published, *, months: int = RECENT_MONTHS) -> Times | None:
    """Return the last months against the time before; half of the period, when that is shorter than twice as long.

    None when the postings of the question carry no two days.
    """
    span = dated_span(shown.snapshot, selected(shown.snapshot, question.filter))
    if span is None or span[0] == span[1]:
        return None
    start, end = (EPOCH + timedelta(days=day) for day in span)
    count = month_number(end) - month_number(start) + 1
    if count > 1:
        cut = first_day_of(month_number(end) - min(months, count // 2) + 1)
    else:
        cut = EPOCH + timedelta(days=(span[0] + span[1] + 1) // 2)
    return Times((start, cut - timedelta(days=1)), (cut, end), is_all=True)


def in_times(question: Question, times: Times) -> tuple[Question, Question]:
    """Return the question narrowed to each time."""
    if times.is_all:
        return between(question, None, times.before[1]), between(question, times.after[0], None)
    return between(question, *times.before), between(question, *times.after)


def days_text(first: date, last: date) -> str:
    return f"{date_format(first, 'j M Y')} – {date_format(last, 'j M Y')}"


@lru_cache(maxsize=64)
def _compared(
    snapshot: Snapshot, asked: Filter, times: Times, also: tuple[int, ...]
) -> tuple[Moved, tuple[Counts, Counts]]:
    """Return how skills moved, and the postings of each source in both times; the last few are kept."""
    before, after = _selections(snapshot, asked, times)
    sources = tally(snapshot, before, "source"), tally(snapshot, after, "source")
    return moved_between(snapshot, before, after, also), sources


@lru_cache(maxsize=64)
def _inside_sources(snapshot: Snapshot, asked: Filter, times: Times, codes: tuple[int, ...]) -> StrataChange:
    side, cells = _sides(snapshot, asked, times), 2 * len(snapshot.sources)
    counts = np.zeros((cells, len(codes)), np.int64)
    for place, code in enumerate(codes):
        counts[:, place] = _by_source(snapshot, snapshot.skill_rows(code), side, cells)
    sizes = [tally(snapshot, selection, "source") for selection in _selections(snapshot, asked, times)]
    return change_in_strata(counts[::2], sizes[0], counts[1::2], sizes[1])


@lru_cache(maxsize=4)
def _sides(snapshot: Snapshot, asked: Filter, times: Times) -> NDArray[np.int8]:
    """Return of each row of the snapshot 0 in the earlier time, 1 in the later one, -1 in neither."""
    side = np.full(snapshot.n, -1, np.int8)
    for place, selection in enumerate(_selections(snapshot, asked, times)):
        side[selection.rows] = place
    return side


def _by_source(snapshot: Snapshot, rows: NDArray[np.int32], side: NDArray[np.int8], cells: int) -> Counts:
    kept = rows[side[rows] >= 0]
    return np.bincount(2 * snapshot.source[kept] + side[kept], minlength=cells).astype(np.int64)


@lru_cache(maxsize=2)
def _selections(snapshot: Snapshot, asked: Filter, times: Times) -> tuple[Selection, Selection]:
    whole = selected(snapshot, asked)
    if times.is_all and whole.block is None:
        return cut_at(snapshot, whole, (times.after[0] - EPOCH).days)
    before, after = (selected(snapshot, question.filter) for question in in_times(Question(asked), times))
    return before, after
