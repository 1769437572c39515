"""All roles at a glance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.figures import Spark, number, spark_line
from analytics.measures import pay_quartiles
from analytics.questions import Question
from analytics.selectors.ambiguities import AmbiguityFigure, ambiguity_figures
from analytics.selectors.links import postings_url, role_url
from analytics.selectors.mix import MixedFigure, leaning, mixed_figure
from analytics.selectors.months import month_axis, span_text
from analytics.selectors.pay_text import PayFigure, pay_figure
from analytics.selectors.published import Published
from analytics.selectors.role_names import NOT_IN_CATALOGUE, roles_by_size
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
    selection = snapshot.select(question.filter)
    pays = snapshot.pay_by_currency(selection)
    currency = pays[0].currency if pays else ""
    trend, mixes, companies = _trend(selection, snapshot), leaning(selection, shown), _companies(selection, snapshot)
    sizes = snapshot.tally(selection, "role")
    # Rows stand in the order of the roles, so those of one role are a slice.
    starts = np.concatenate(([0], np.cumsum(sizes)))
    ambiguities = ambiguity_figures(shown)
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
            pay=_pay(selection.rows[starts[code] : starts[code + 1]], snapshot, currency=currency),
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
    return _Trend(snapshot.crosstab(selection, "role", "month")[:, codes], text)


def _companies(selection: Selection, snapshot: Snapshot) -> Counts:
    """Count the distinct known companies of each role."""
    width = len(snapshot.companies)
    company = snapshot.company[selection.rows].astype(np.int64)
    pairs = np.unique(snapshot.role[selection.rows].astype(np.int64) * width + company)
    unknown = snapshot.code("company", "")
    known = pairs if unknown is None else pairs[pairs % width != unknown]
    return np.bincount(known // width, minlength=len(snapshot.roles))


def _pay(rows: NDArray[np.int32], snapshot: Snapshot, *, currency: str) -> PayFigure:
    stated = snapshot.pay[rows][snapshot.pay_currency[rows] == snapshot.code("pay_currency", currency)]
    return pay_figure(PayByCurrency(currency, pay_quartiles(stated, n=len(rows))), len(rows))


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
