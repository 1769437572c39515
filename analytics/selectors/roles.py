"""All roles at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.http import QueryDict
from numpy.typing import NDArray

from analytics.figures import Spark, number, spark_line
from analytics.measures import PayQuartiles, pay_quartiles
from analytics.questions import Question
from analytics.selectors.ambiguities import AmbiguityFigure, ambiguity_figures
from analytics.selectors.company_counts import commonest_currency
from analytics.selectors.counted import companies_by_role, role_months, tally
from analytics.selectors.links import path_of, postings_url, role_url
from analytics.selectors.mix import MixedFigure, leaning, mixed_figure
from analytics.selectors.months import month_axis, span_text
from analytics.selectors.pay_text import PayFigure, pay_figure, stated_in
from analytics.selectors.published import Published
from analytics.selectors.role_heat import RoleHeat, role_heat
from analytics.selectors.role_names import NOT_IN_CATALOGUE, role_label, roles_by_size
from analytics.selectors.selected import paid, selected
from analytics.selectors.shares import state_of
from analytics.selectors.tabs import Tab, chosen_tab, tabs_at
from analytics.snapshot import PayByCurrency, Selection, Snapshot
from analytics.tables import (
    Cell,
    Column,
    Row,
    Sheet,
    Table,
    Unit,
    number_cell,
    share_cell,
    spark_cell,
    text_cell,
)

SPARK_MONTHS = 25
TABS = {"list": "All roles", "groups": "Skill groups"}
MAP = "Map"
SCORE = Unit("0 is chance, 1 nothing shared", decimals=2)
KINDS = Unit("effective number of profiles", decimals=1)

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class RoleLine:
    """`note` says what a line is that is no role of the catalogue."""

    name: str
    label: str
    url: str
    note: str
    n: int
    postings: str
    postings_url: str
    companies: str
    company_count: int
    trend: Spark
    trend_sort: str
    pay: PayFigure
    quartiles: PayQuartiles
    mixed: MixedFigure
    ambiguity: AmbiguityFigure | None


@dataclass(frozen=True)
class RolesScreen:
    """`currency` is the commonest one, in which pay is shown; `months` are those of the trend lines.

    `heat` is given on its tab, `lines` and their `sheet` on the first.
    """

    n: str
    tabs: tuple[Tab, ...]
    lines: tuple[RoleLine, ...]
    currency: str
    months: str
    profiles: int
    sheet: Sheet | None = None
    heat: RoleHeat | None = None


@dataclass(frozen=True)
class _Trend:
    """counts: [roles, finished months]."""

    counts: Counts
    text: str


def roles_screen(question: Question, shown: Published, query: QueryDict) -> RolesScreen:
    """Return every role that has postings, the commonest first, "other" and "unknown" last; or their skill groups."""
    selection = selected(shown.snapshot, question.filter)
    tab = chosen_tab(query.get("tab", ""), TABS)
    tabs = role_tabs(question, tab)
    profiles = len(shown.profiles)
    if tab == "groups":
        heat = role_heat(question, shown, query.get("set", ""))
        return RolesScreen(number(selection.n), tabs, (), "", "", profiles, heat=heat)
    lines, currency, months = _lines(question, shown)
    sheet = roles_sheet(lines, currency, profiles) if lines else None
    return RolesScreen(number(selection.n), tabs, lines, currency, months, profiles, sheet=sheet)


def role_tabs(question: Question, chosen: str) -> tuple[Tab, ...]:
    """Return the ways to look at all roles: the list, their skill groups, and the map, which is a screen of its own."""
    map_tab = Tab(MAP, path_of("role_map") + question.query, chosen == "map")
    return (*tabs_at(path_of("role_list"), question, TABS, chosen), map_tab)


def _lines(question: Question, shown: Published) -> tuple[tuple[RoleLine, ...], str, str]:
    """Return a line for each role, the currency of their pay, and the months of their trends."""
    snapshot = shown.snapshot
    selection = selected(snapshot, question.filter)
    stated = paid(snapshot, selection)
    currency = commonest_currency(snapshot, selection)
    trend, mixes = _trend(selection, snapshot), leaning(selection, shown)
    companies, sizes = companies_by_role(snapshot, selection), tally(snapshot, selection, "role")
    # Rows stand in the order of the roles, so those of one role are a slice.
    ambiguities = ambiguity_figures(shown)
    starts = np.searchsorted(stated.rows, snapshot.role_start)
    lines = []
    for code in roles_by_size(sizes, snapshot.roles):
        name, n = snapshot.roles[code], int(sizes[code])
        quartiles = _pay(stated.rows[starts[code] : starts[code + 1]], n, snapshot, currency=currency)
        line = RoleLine(
            name=name or "not known",
            label=role_label(name),
            n=n,
            url=role_url(name, question),
            note=NOT_IN_CATALOGUE.get(name, ""),
            postings=number(n),
            postings_url=postings_url(question.narrowed(role=name)),
            companies=number(int(companies[code])),
            company_count=int(companies[code]),
            trend=_spark(trend, code),
            trend_sort=_growth(trend.counts[code]),
            pay=pay_figure(PayByCurrency(currency, quartiles), n),
            quartiles=quartiles,
            mixed=mixed_figure(mixes[code, :-1]),
            ambiguity=ambiguities.get(name),
        )
        lines.append(line)
    return tuple(lines), currency, trend.text


def _trend(selection: Selection, snapshot: Snapshot) -> _Trend:
    """Leave a month out that is not finished: its line would end in a fall that nobody saw."""
    axis = month_axis(snapshot, selection, most=SPARK_MONTHS)
    codes = axis.finished_codes
    text = span_text(axis.months[0], axis.months[len(codes) - 1]) if len(codes) else ""
    return _Trend(role_months(snapshot, selection)[:, codes], text)


def _pay(rows: NDArray[np.int32], n: int, snapshot: Snapshot, *, currency: str) -> PayQuartiles:
    """Return the pay of a role of `n` postings; `rows` are those that state it, in any currency."""
    stated = snapshot.pay[rows][snapshot.pay_currency[rows] == snapshot.code("pay_currency", currency)]
    return pay_quartiles(stated, n=n)


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


def roles_sheet(lines: Sequence[RoleLine], currency: str, profiles: int) -> Sheet:
    """Return the lines as a table that can be exported."""
    columns = [
        Column("Role", is_number=False),
        Column("Postings"),
        Column("Companies"),
        Column("Per month", is_number=False),
        Column(f"Median pay{f', {currency}' if currency else ''}"),
        Column(stated_in(currency or None)),
        Column("Profiles", unit=KINDS),
        Column("Ambiguity", unit=SCORE),
    ]
    rows = tuple(_row(line) for line in lines)
    kept = [place for place, column in enumerate(columns) if profiles or column.text != "Profiles"]
    table = Table(tuple(columns[place] for place in kept), tuple(tuple(row[place] for place in kept) for row in rows))
    return Sheet("roles", "Roles, the commonest first", table, method="postings", noun="roles")


def _row(line: RoleLine) -> Row:
    ambiguity = line.ambiguity
    mixed = Cell(line.mixed.text, value=float(line.mixed.text)) if line.mixed.text else Cell("withheld")
    return (
        text_cell(line.label, line.url, note=line.note, state=state_of(line.n)),
        number_cell(line.n, url=line.postings_url),
        number_cell(line.company_count),
        spark_cell(line.trend, sort=line.trend_sort),
        _pay_cell(line),
        share_cell(line.pay.coverage),
        mixed,
        _ambiguity_cell(ambiguity) if ambiguity else Cell(),
    )


def _pay_cell(line: RoleLine) -> Cell:
    pay, found = line.pay, line.quartiles
    if not pay.amount:
        return Cell("withheld" if found.stated else "")
    return Cell(
        pay.amount,
        value=round(found.median, 2),
        low=round(found.median_low, 2),
        high=round(found.median_high, 2),
        note=f"(n = {found.stated})" if pay.state == "thin" else f"({pay.interval})",
    )


def _ambiguity_cell(found: AmbiguityFigure) -> Cell:
    """What is no more than shuffling gives says so."""
    if found.value is None:
        return Cell("withheld")
    low, high = found.ends
    by_chance = found.band[1] is not None and found.value <= found.band[1]
    return Cell(found.text, value=found.value, low=low, high=high, note="by chance" if by_chance else "")
