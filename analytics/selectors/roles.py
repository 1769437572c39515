"""All roles at a glance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.figures import Spark, number, spark_line
from analytics.measures import pay_quartiles
from analytics.questions import Question
from analytics.selectors.ambiguities import AmbiguityFigure, ambiguity_figures
from analytics.selectors.counted import companies_by_role, role_months, tally
from analytics.selectors.links import postings_url, role_url
from analytics.selectors.mix import MixedFigure, leaning, mixed_figure
from analytics.selectors.months import month_axis, span_text
from analytics.selectors.pay_text import PayFigure, pay_figure
from analytics.selectors.published import Published
from analytics.selectors.role_names import NOT_IN_CATALOGUE, roles_by_size
from analytics.selectors.selected import paid, selected
from analytics.snapshot import PayByCurrency, Selection, Snapshot

SPARK_MONTHS = 25

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class RoleLine:
    """`note` says what a line is that is no role of the catalogue."""

    name: str
    url: str
    note: str
    postings: str
    postings_url: str
    companies: str
    trend: Spark
    trend_sort: str
    pay: PayFigure
    mixed: MixedFigure
    ambiguity: AmbiguityFigure | None


@dataclass(frozen=True)
class RolesScreen:
    """`currency` is the commonest one, in which pay is shown; `months` are those of the trend lines."""

    n: str
    lines: tuple[RoleLine, ...]
    currency: str
    months: str
    profiles: int


@dataclass(frozen=True)
class _Trend:
    """counts: [roles, finished months]."""

    counts: Counts
    text: str


def roles_screen(question: Question, shown: Published) -> RolesScreen:
    """Return every role that has postings, the commonest first, "other" and "unknown" last."""
    snapshot = shown.snapshot
    selection = selected(snapshot, question.filter)
    stated = paid(snapshot, selection)
    currency = _commonest_currency(stated, snapshot)
    trend, mixes = _trend(selection, snapshot), leaning(selection, shown)
    companies, sizes = companies_by_role(snapshot, selection), tally(snapshot, selection, "role")
    # Rows stand in the order of the roles, so those of one role are a slice.
    ambiguities = ambiguity_figures(shown)
    starts = np.searchsorted(stated.rows, snapshot.role_start)
    lines = []
    for code in roles_by_size(sizes, snapshot.roles):
        name, n = snapshot.roles[code], int(sizes[code])
        line = RoleLine(
            name=name or "not known",
            url=role_url(name, question),
            note=NOT_IN_CATALOGUE.get(name, ""),
            postings=number(n),
            postings_url=postings_url(question.narrowed(role=name)),
            companies=number(int(companies[code])),
            trend=_spark(trend, code),
            trend_sort=_growth(trend.counts[code]),
            pay=_pay(stated.rows[starts[code] : starts[code + 1]], n, snapshot, currency=currency),
            mixed=mixed_figure(mixes[code, :-1]),
            ambiguity=ambiguities.get(name),
        )
        lines.append(line)
    return RolesScreen(number(selection.n), tuple(lines), currency, trend.text, len(shown.profiles))


def _trend(selection: Selection, snapshot: Snapshot) -> _Trend:
    """Leave a month out that is not finished: its line would end in a fall that nobody saw."""
    axis = month_axis(snapshot, selection, most=SPARK_MONTHS)
    codes = axis.finished_codes
    text = span_text(axis.months[0], axis.months[len(codes) - 1]) if len(codes) else ""
    return _Trend(role_months(snapshot, selection)[:, codes], text)


def _commonest_currency(stated: Selection, snapshot: Snapshot) -> str:
    """Return the currency in which most state pay, of equals the first by name; "" when nobody does."""
    counts = snapshot.tally(stated, "pay_currency")
    return snapshot.vocabulary("pay_currency")[int(counts.argmax())] if stated.n else ""


def _pay(rows: NDArray[np.int32], n: int, snapshot: Snapshot, *, currency: str) -> PayFigure:
    """Return the pay of a role of `n` postings; `rows` are those that state it, in any currency."""
    stated = snapshot.pay[rows][snapshot.pay_currency[rows] == snapshot.code("pay_currency", currency)]
    return pay_figure(PayByCurrency(currency, pay_quartiles(stated, n=n)), n)


def _spark(trend: _Trend, code: int) -> Spark:
    counts = [int(count) for count in trend.counts[code]]
    if not any(counts):
        return spark_line([], text="none of them dated in these months")
    text = (
        f"Postings per month, {trend.text}: {number(min(counts))} to {number(max(counts))}, last {number(counts[-1])}"
    )
    return spark_line(counts, text=text)


def _growth(counts: Counts) -> str:
    """Return what a trend sorts by: the later half of its months over the earlier one."""
    half = len(counts) // 2
    earlier = counts[:half].sum()
    return f"{counts[len(counts) - half :].sum() / earlier:.3f}" if earlier else ""
