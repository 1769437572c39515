"""Pay by quarter: all postings and the roles that state it most, since the mix of postings changes with the sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart, line_over_periods
from analytics.figures import number, quarter_name
from analytics.measures import WITHHELD_BELOW, partial_periods
from analytics.questions import Question
from analytics.selectors.filterbar import label_of
from analytics.selectors.links import between, first_day_of
from analytics.selectors.pay_stated import StatedPay
from analytics.selectors.role_names import NOT_IN_CATALOGUE
from analytics.selectors.shares import WITHHELD, postings_text, state_of
from analytics.snapshot.periods import quarter_start
from analytics.snapshot.select import EPOCH
from analytics.tables import Estimate, Series

QUARTERS = 20
MOST_ROLES = 3
MOSTLY = 0.9
"""Part of a quarter's postings from which one source speaks for it."""

Rows = NDArray[np.int32]


def quarter_chart(stated: StatedPay) -> Chart:
    """Return the median of each quarter with its interval; quarters of fewer than ten are left open."""
    quarters = _Quarters(stated)
    series = list(quarters.series())
    caption = Caption(
        key="pay-time",
        title="Median pay by quarter",
        summary=quarters.summary(series),
        unit=stated.unit,
        n=sum(len(quarters.rows[code]) for code in quarters.codes),
        rows="quarter",
        method="pay",
    )
    names = [quarter_name(month) for month in quarters.months]
    return line_over_periods(series, caption, names=names, unfinished=quarters.unfinished)


@dataclass(frozen=True)
class _Quarters:
    stated: StatedPay

    @cached_property
    def names(self) -> tuple[str, ...]:
        return self.stated.snapshot.vocabulary("quarter")

    @cached_property
    def rows(self) -> list[Rows]:
        return self.stated.parts("quarter", len(self.names))

    @cached_property
    def codes(self) -> range:
        """From the first quarter that can be shown to the last one, at most the last QUARTERS; one is no line."""
        shown = self.shown
        return range(max(shown[0], shown[-1] - QUARTERS + 1), shown[-1] + 1) if len(shown) > 1 else range(0)

    @cached_property
    def shown(self) -> list[int]:
        return [code for code in range(1, len(self.rows)) if len(self.rows[code]) >= WITHHELD_BELOW]

    @cached_property
    def months(self) -> list[int]:
        """The first month of each quarter, since January 1970."""
        return [quarter_start(self.names[code]) for code in self.codes]

    @property
    def unfinished(self) -> int | None:
        last_day = EPOCH + timedelta(days=self.stated.snapshot.day_span[1])
        is_partial = bool(self.codes) and bool(partial_periods([self.names[self.codes[-1]]], last_day)[0])
        return len(self.codes) - 1 if is_partial else None

    def series(self) -> Iterator[Series]:
        """Yield all postings, and the roles that state pay most if they can be shown in two quarters."""
        stated, snapshot = self.stated, self.stated.snapshot
        yield Series("all postings", self._points(self.rows, stated.question))
        dated = np.concatenate([self.rows[code] for code in self.codes]) if self.codes else stated.rows[:0]
        counts = np.bincount(snapshot.role[dated], minlength=len(snapshot.roles))
        if np.count_nonzero(counts) < 2:
            return
        named = [code for code in np.argsort(-counts, kind="stable") if snapshot.roles[code] not in NOT_IN_CATALOGUE]
        for role in named[:MOST_ROLES]:
            name = snapshot.roles[role]
            own = stated.parts("quarter", len(self.names), stated.rows[snapshot.role[stated.rows] == role])
            points = self._points(own, stated.question.narrowed(role=name))
            if sum(point.value is not None for point in points) > 1:
                yield Series(label_of("role", name, snapshot), points)

    def summary(self, series: Sequence[Series]) -> str:
        undated = len(self.rows[0]) if self.rows else 0
        shown = [code for code in self.shown if code in self.codes]
        said = ["Quarters under ten are left open." if shown else self._refusal()]
        alone = sum(self._is_of_one_source(code) for code in shown)
        if alone and len(shown) > 1:
            said.append(
                f"In {number(alone)} of {number(len(shown))} quarters shown one source holds more than nine in ten of "
                "these postings: what looks like time may be another source."
            )
        if undated:
            said.append(f"{postings_text(undated)} that state pay carry no date and are in no quarter.")
        return " ".join(said)

    def _refusal(self) -> str:
        if not self.shown:
            return "No quarter has ten dated postings that state pay."
        only = quarter_name(quarter_start(self.names[self.shown[0]]))
        return f"Only {only} has ten dated postings that state pay: a line takes two quarters."

    def _is_of_one_source(self, code: int) -> bool:
        counts = np.bincount(self.stated.snapshot.source[self.rows[code]])
        return bool(counts.max() > MOSTLY * counts.sum())

    def _points(self, parts: Sequence[Rows], question: Question) -> tuple[Estimate, ...]:
        places = zip(self.codes, self.months, strict=True)
        return tuple(self._point(parts[code], month, question) for code, month in places)

    def _point(self, rows: Rows, month: int, question: Question) -> Estimate:
        found = self.stated.figures_of(rows, len(rows))
        state = state_of(found.stated)
        if state == WITHHELD:
            return Estimate("", None, n=found.stated, state=state)
        last = first_day_of(month + 3) - timedelta(days=1)
        url = self.stated.postings_url(between(question, first_day_of(month), last))
        return Estimate("", found.median, found.median_low, found.median_high, found.stated, url, state)
