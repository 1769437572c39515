"""Rising and falling skills: the last half year against the time before, companies drawn whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.charts import Caption, Chart
from analytics.charts_dots import difference_bars
from analytics.figures import number
from analytics.measures.replacement import StrataChange
from analytics.questions import Question
from analytics.selectors.links import path_of, postings_url
from analytics.selectors.published import Published
from analytics.selectors.shares import p_cell, points_text, shares_of
from analytics.selectors.skill_links import skill_urls
from analytics.selectors.two_times import NO_DATES, TwoTimes, recent_times
from analytics.tables import Cell, Estimate, Row, Table, Unit, interval_cell, number_cell, share_cell, table_columns

MOST = 8
POINTS = Unit("change of the share in points", scale=100, decimals=1)
METHOD = "clustered_change"
MOVER_COLUMNS = ("change in points", "95% interval", "inside sources", "before", "since", "adjusted p")


@dataclass(frozen=True)
class Movement:
    """Two times and the skills that moved between them; `refusal` says why there is nothing to compare.

    `chart` is None when nothing surely moved; `rising` and `falling` are how many did.
    """

    before: str = ""
    after: str = ""
    n_before: str = ""
    n_after: str = ""
    rising: str = ""
    falling: str = ""
    chart: Chart | None = None
    all_url: str = ""
    warning: str = ""
    refusal: str = ""


def movement(question: Question, shown: Published) -> Movement:
    """Return the skills whose share rose or fell at a false discovery rate of 5%, the largest change first."""
    times = recent_times(question, shown)
    if times is None:
        return Movement(refusal=NO_DATES)
    two = TwoTimes(question, times, shown)
    if two.refusal:
        return Movement(refusal=two.refusal)
    rising, falling = sure_movers(two)
    before, after = times.texts
    return Movement(
        before=before,
        after=after,
        n_before=number(two.moved.before.n),
        n_after=number(two.moved.after.n),
        rising=number(len(rising)),
        falling=number(len(falling)),
        chart=movers_chart(two, rising[:MOST], falling[:MOST]),
        all_url=path_of("trends") + question.query,
        warning=two.source_warning,
    )


def sure_movers(two: TwoTimes) -> tuple[list[int], list[int]]:
    """Return the codes that surely rise and those that surely fall, the largest change first."""
    change = two.moved.change
    return [int(code) for code in change.rising()], [int(code) for code in change.falling()]


def movers_chart(two: TwoTimes, rising: Sequence[int], falling: Sequence[int]) -> Chart | None:
    """Return the changes around zero, the largest rise at the top and the largest fall at the bottom."""
    codes = [*rising, *reversed(falling)]
    if not codes:
        return None
    names, found = two.shown.snapshot.skills, two.moved
    holds = _holds_inside(two, codes)
    caption = Caption(
        key="movers",
        title="Skills that are asked for more, and less",
        summary=_summary(two, rising, falling, holds),
        unit=POINTS,
        n=found.before.n + found.after.n,
        method=METHOD,
    )
    later = two.questions[1]
    rows = [
        Estimate(
            names[code],
            float(found.change.difference[code]),
            float(found.change.low[code]),
            float(found.change.high[code]),
            n=int(found.after.any[code]),
            url=postings_url(later, skill=names[code]),
            state="ok" if code in holds else "thin",
        )
        for code in codes
    ]
    return replace(difference_bars(rows, caption), table=movers_table(two, codes))


def _holds_inside(two: TwoTimes, codes: Sequence[int]) -> set[int]:
    """Return those that surely move the same way inside the sources that both times have."""
    inside, difference = two.inside_sources(codes), two.moved.change.difference
    return {
        code
        for place, code in enumerate(codes)
        if (inside.rises[place] if difference[code] > 0 else inside.falls[place])
    }


def movers_table(two: TwoTimes, codes: Sequence[int]) -> Table:
    """Return each change beside the shares that it comes from; every share leads to its postings."""
    return Table(table_columns("skill", *MOVER_COLUMNS), tuple(mover_rows(two, codes)))


def mover_rows(two: TwoTimes, codes: Sequence[int]) -> list[Row]:
    found, chosen = two.moved, list(codes)
    names, urls = two.shown.snapshot.skills, skill_urls(two.shown.run.pk)
    sides = [shares_of(side.any[chosen], side.n) for side in (found.before, found.after)]
    earlier, later = two.questions
    change, rows = found.change, list[Row]()
    inside = two.inside_sources(chosen)
    for place, code in enumerate(chosen):
        name = names[code]
        points, p = float(change.difference[code]), float(change.adjusted_p[code])
        rows.append(
            (
                Cell(name, url=urls[name] + two.question.query if name in urls else ""),
                replace(number_cell(points, POINTS), text=points_text(points)),
                interval_cell(float(change.low[code]), float(change.high[code]), POINTS),
                _inside_cell(inside, place),
                share_cell(sides[0][place], postings_url(earlier, skill=name) if found.before.any[code] else ""),
                share_cell(sides[1][place], postings_url(later, skill=name) if found.after.any[code] else ""),
                p_cell(p),
            )
        )
    return rows


def _inside_cell(inside: StrataChange, place: int) -> Cell:
    """Return the change inside the sources that both times have, with a word where it is not sure."""
    points = float(inside.difference[place])
    if np.isnan(points):
        return Cell("cannot tell")
    is_sure = bool(inside.rises[place] or inside.falls[place])
    return Cell(points_text(points), value=round(100 * points, 4), note="" if is_sure else "(not sure)")


def _summary(two: TwoTimes, rising: Sequence[int], falling: Sequence[int], holds: set[int]) -> str:
    """Return "Most up: dbt (+2.2 points). Most down: Hadoop (−1.4 points).", and what does not hold inside sources."""
    difference, names = two.moved.change.difference, two.shown.snapshot.skills
    said = []
    for way, codes in (("up", rising), ("down", falling)):
        kept = [code for code in codes if code in holds]
        if kept:
            said.append(f"Most {way}: {names[kept[0]]} ({points_text(float(difference[kept[0]]))} points).")
        else:
            said.append(f"Nothing surely went {way}{' inside sources' if codes else ''}.")
    pale = len(rising) + len(falling) - len(holds)
    if pale:
        does = "does not surely move" if pale == 1 else "do not surely move"
        said.append(f"{pale} of {len(rising) + len(falling)} (pale) {does} that way inside the sources of both times.")
    return " ".join(said)
