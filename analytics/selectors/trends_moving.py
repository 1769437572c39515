"""Trends: emerging and declining skills between two times that the reader chooses."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.core.paginator import Paginator
from django.http import QueryDict

from analytics.charts import Chart
from analytics.figures import number, percent
from analytics.measures import HalfLife, RoleChange, TooFew, half_life, role_change
from analytics.questions import Question
from analytics.selectors.counted import tally
from analytics.selectors.counted_skills import skill_months
from analytics.selectors.key_figures import KeyFigure
from analytics.selectors.links import path_of
from analytics.selectors.movement import METHOD, MOVER_COLUMNS, mover_rows, movers_chart, sure_movers
from analytics.selectors.periods import QUARTER, periods_of
from analytics.selectors.published import Published
from analytics.selectors.selected import selected
from analytics.selectors.tabs import Tab
from analytics.selectors.trends_choice import DATES, USUAL_WINDOW, WINDOWS, hidden_pairs, read_times
from analytics.selectors.two_times import NO_DATES, Times, TwoTimes, in_times, recent_times
from analytics.snapshot import Filter, Snapshot
from analytics.tables import Cell, Sheet, Table, Unit, number_cell, table_columns

MOST_DRAWN = 12
PER_PAGE = 50
QUARTERS = 40
ROUNDS, SEED = 100, 1
MOST_SHUFFLED = 10_000
YEARS = Unit("years", decimals=1)


@dataclass(frozen=True)
class DateField:
    name: str
    label: str
    value: str


@dataclass(frozen=True)
class TimesForm:
    """Where the two times are chosen; `problems` say what is wrong with those of the address."""

    windows: tuple[Tab, ...]
    dates: tuple[DateField, ...]
    hidden: tuple[tuple[str, str], ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class MovingTab:
    """`refusal` says why nothing can be compared.

    `change` are the figures of how much the whole mix of skills changed, `no_change` says why there are none.
    """

    form: TimesForm
    texts: tuple[str, str] = ("", "")
    sizes: tuple[str, str] = ("", "")
    rising: str = ""
    falling: str = ""
    chart: Chart | None = None
    sheet: Sheet | None = None
    change: tuple[KeyFigure, ...] = ()
    no_change: str = ""
    warning: str = ""
    refusal: str = ""


def moving_tab(question: Question, shown: Published, query: QueryDict) -> MovingTab:
    problems: list[str] = []
    window, times = _times(question, shown, query, problems)
    hidden = hidden_pairs(question, [("window", "dates")])
    form = TimesForm(
        _windows(question, window), _date_fields(times or recent_times(question, shown), query), hidden, tuple(problems)
    )
    if times is None:
        return MovingTab(form, refusal="" if problems else NO_DATES)
    two = TwoTimes(question, times, shown)
    if two.refusal:
        return MovingTab(form, refusal=two.refusal)
    rising, falling = sure_movers(two)
    figures, no_change = _change_figures(two)
    return MovingTab(
        form,
        texts=times.texts,
        sizes=(number(two.moved.before.n), number(two.moved.after.n)),
        rising=number(len(rising)),
        falling=number(len(falling)),
        chart=movers_chart(two, rising[:MOST_DRAWN], falling[:MOST_DRAWN]),
        sheet=_sheet(two, rising, falling, query.get("page")),
        change=figures,
        no_change=no_change,
        warning=two.source_warning,
    )


def _times(question: Question, shown: Published, query: QueryDict, problems: list[str]) -> tuple[str, Times | None]:
    window = query.get("window", "")
    if window == "dates":
        return window, read_times(query, problems)
    window = window if window in WINDOWS else USUAL_WINDOW
    return window, recent_times(question, shown, months=int(window))


def _windows(question: Question, chosen: str) -> tuple[Tab, ...]:
    path = path_of("trends")
    return tuple(
        Tab(label, path + question.query_with(window="" if key == USUAL_WINDOW else key), current=key == chosen)
        for key, label in WINDOWS.items()
        if key != "dates"
    )


def _date_fields(times: Times | None, query: QueryDict) -> tuple[DateField, ...]:
    """Return the four days: as the reader gave them, else those of the times that are shown."""
    shown = dict(zip(DATES, (*times.before, *times.after), strict=True)) if times else {}
    values = {name: query.get(name) or (shown[name].isoformat() if name in shown else "") for name in DATES}
    return tuple(DateField(name, label, values[name]) for name, label in DATES.items())


def _sheet(two: TwoTimes, rising: Sequence[int], falling: Sequence[int], page: str | None) -> Sheet | None:
    """Return everything that surely moved, the largest change first, with the half-life of what falls."""
    size = np.abs(two.moved.change.difference)
    codes = sorted([*rising, *falling], key=lambda code: -float(size[code]))
    if not codes:
        return None
    shown = Paginator(codes, PER_PAGE).get_page(page)
    falls = set(falling)
    return Sheet(
        key="moving",
        title="All skills that surely rose or fell",
        table=_table(two, list(shown.object_list), falls),
        method=METHOD,
        page=shown,
        whole=lambda: _table(two, codes, falls),
        noun="skills",
    )


def _table(two: TwoTimes, codes: Sequence[int], falls: set[int]) -> Table:
    texts = (*MOVER_COLUMNS[:-1], "halves in years")
    lives = _half_lives(two, [code for code in codes if code in falls])
    rows = [
        (*row[:-1], _life_cell(lives[code]) if code in falls else Cell())
        for code, row in zip(codes, mover_rows(two, codes), strict=True)
    ]
    return Table(table_columns("skill", *texts), tuple(rows))


def _half_lives(two: TwoTimes, codes: Sequence[int]) -> dict[int, HalfLife | None]:
    """Return how fast each falls over all finished quarters of the question; None where that cannot be told."""
    snapshot = two.shown.snapshot
    selection = selected(snapshot, two.question.filter)
    periods = periods_of(snapshot, selection, QUARTER, most=QUARTERS)
    kept = list(periods.finished)
    n = periods.counted(tally(snapshot, selection, "month"))[kept]
    years = np.array(periods.firsts, np.float64)[kept] / 12
    counts = periods.counted(skill_months(snapshot, selection, codes))[:, kept] if codes else np.empty((0, 0))
    found: dict[int, HalfLife | None] = {}
    for code, held in zip(codes, counts, strict=True):
        try:
            found[code] = half_life(held, n, years)
        except TooFew:
            found[code] = None
    return found


def _life_cell(life: HalfLife | None) -> Cell:
    if life is None or not life.is_declining or not math.isfinite(life.high):
        return Cell("cannot tell")
    return replace(number_cell(life.years, YEARS), note=f"({YEARS.text(life.low)}–{YEARS.text(life.high)})")


def _change_figures(two: TwoTimes) -> tuple[tuple[KeyFigure, ...], str]:
    """Return how much the mix of skills changed, beside chance; too many postings are not shuffled while one waits."""
    n = two.moved.before.n + two.moved.after.n
    if n > MOST_SHUFFLED:
        return (), (
            f"How much the whole mix changed is told up to {number(MOST_SHUFFLED)} postings, since it takes shuffling "
            f"them: choose a role above (here are {number(n)})."
        )
    found = _role_change(two.shown.snapshot, two.question.filter, two.times)
    beyond = "more than chance" if found.index.observed > found.index.high else "no more than chance"
    by_chance = f"by chance {_two(found.index.low)} to {_two(found.index.high)}"
    replaced = f"by chance {percent(found.replaced.low)} to {percent(found.replaced.high)}"
    return (
        KeyFigure("Change of the mix", _two(found.index.observed), note=f"{by_chance}: {beyond}"),
        KeyFigure("New among the top 20", percent(found.replaced.observed), note=replaced),
        KeyFigure("Skills gained or lost", number(found.total, decimals=1), note="by an average posting"),
    ), ""


@lru_cache(maxsize=64)
def _role_change(snapshot: Snapshot, asked: Filter, times: Times) -> RoleChange:
    before, after = (selected(snapshot, one.filter).rows for one in in_times(Question(asked), times))
    rows = np.concatenate([before, after])
    is_after = np.arange(len(rows)) >= len(before)
    sources = snapshot.source[rows]
    return role_change(snapshot.matrix(rows), is_after, seed=SEED, rounds=ROUNDS, strata=sources)


def _two(value: float) -> str:
    return number(value, decimals=2)
