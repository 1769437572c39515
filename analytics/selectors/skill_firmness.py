"""Whether a skill is asked for more firmly than before, and whether it spreads over more roles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from analytics.charts import Caption, Chart, line_over_periods
from analytics.figures import number, percent
from analytics.measures import THIN_BELOW, clustered_change, title_spread
from analytics.measures.trends import ALPHA
from analytics.selectors.catalogued import is_catalogued
from analytics.selectors.counted import company_or_own, role_months, tally
from analytics.selectors.links import path_of
from analytics.selectors.one_skill import OneSkill
from analytics.selectors.periods import QUARTER, Periods, telling_periods
from analytics.selectors.selected import with_skill
from analytics.selectors.shares import points_interval, points_text, postings_text, share_estimates
from analytics.selectors.two_times import in_times, recent_times
from analytics.tables import Cell, Estimate, Series, Sheet, Table, Unit, n_cell, number_cell, table_columns
from postings.skills import Level

OF_NAMED = Unit("share of the postings that name it", scale=100, suffix="%")
EVEN_ROLES = Unit("roles, evenly asked", decimals=1)
DRAWN = (Level.REQUIRED, Level.PREFERRED)

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Firmness:
    """`verdict` says whether it is asked for more firmly of late; `chart` is None where no quarter has ten postings."""

    chart: Chart | None
    verdict: str
    spread: Sheet | None


def skill_firmness(skill: OneSkill) -> Firmness:
    periods = telling_periods(skill.snapshot, skill.naming, QUARTER)
    if not len(periods):
        return Firmness(None, "", None)
    verdict = _verdict(skill)
    return Firmness(_chart(skill, periods, verdict), verdict, _spread_sheet(skill))


def spread_text(skill: OneSkill) -> str:
    """Return over how many roles the skill is spread, beside what all postings are."""
    own, everyone = (_over_roles(skill, tally(skill.snapshot, one, "role")) for one in (skill.naming, skill.selection))
    if int(own.sum()) < THIN_BELOW:
        return ""
    here, there = (number(title_spread(counts).effective, decimals=1) for counts in (own, everyone))
    return f"It is spread as over {here} roles that ask for it evenly; all postings are spread as over {there}."


def _chart(skill: OneSkill, periods: Periods, verdict: str) -> Chart:
    n = periods.counted(tally(skill.snapshot, skill.naming, "month"))
    series = [Series(level.name.lower(), _points(skill, level, n, periods)) for level in DRAWN]
    caption = Caption(
        key="firmness",
        title=f"Is {skill.name} required, or only welcome, quarter by quarter",
        summary=verdict,
        unit=OF_NAMED,
        n=int(n.sum()),
        rows="quarter",
        method="levels",
    )
    return line_over_periods(series, caption, names=periods.names, unfinished=periods.unfinished)


def _points(skill: OneSkill, level: Level, n: Counts, periods: Periods) -> tuple[Estimate, ...]:
    asking = with_skill(skill.snapshot, skill.selection, skill.code, level=level)
    counts = periods.counted(tally(skill.snapshot, asking, "month"))
    extra = [("skill", skill.name), ("level", level.name.lower())]
    links, path = skill.question.queries_between(periods.spans, extra), path_of("posting_list")
    urls = [path + link if count else "" for link, count in zip(links, counts, strict=True)]
    return share_estimates([""] * len(urls), counts, n, urls)


def _verdict(skill: OneSkill) -> str:
    """Return whether the part that requires it moved between the last half year and before, companies drawn whole."""
    times = recent_times(skill.question, skill.shown)
    if times is None:
        return "Too few dates to say whether it is asked for more firmly."
    snapshot = skill.snapshot
    named = OneSkill(skill.code, in_times(skill.question, times)[0], skill.shown).naming.rows
    later = OneSkill(skill.code, in_times(skill.question, times)[1], skill.shown).naming.rows
    if min(len(named), len(later)) < THIN_BELOW:
        few = f"{postings_text(len(named))} name it before {times.texts[1]} and {number(len(later))} in it"
        return f"{few}: too few to say whether it is asked for more firmly."
    rows = np.concatenate([named, later])
    required = np.isin(rows, snapshot.skill_rows(skill.code, level=Level.REQUIRED))
    table, is_later = csr_matrix(required[:, None].astype(np.float64)), np.arange(len(rows)) >= len(named)
    change = clustered_change(table, is_later, company_or_own(snapshot, rows))
    return _verdict_text(change.before[0], change.after[0], (change.low[0], change.high[0]), change.p[0])


def _verdict_text(before: float, after: float, ends: tuple[float, float], p: float) -> str:
    now, then = percent(float(after)), percent(float(before))
    told = f"{now} of the postings of the last months that name it require it, {then} of those before"
    moved = f"{points_text(float(after - before))} points, {points_interval(*map(float, ends))}"
    if not p < ALPHA:
        return f"{told}: no sure change ({moved})."
    return f"It is asked for {'more' if after > before else 'less'} firmly: {told} ({moved})."


def _spread_sheet(skill: OneSkill) -> Sheet | None:
    """Return by year over how many roles the skill is spread, beside all postings of the year."""
    months = skill.snapshot.vocabulary("month")
    own, everyone = (_over_roles(skill, role_months(skill.snapshot, one)) for one in (skill.naming, skill.selection))
    rows = []
    for year in sorted({name[:4] for name in months if name}):
        codes = [place for place, name in enumerate(months) if name[:4] == year]
        here, there = (counts[:, codes].sum(axis=1) for counts in (own, everyone))
        if int(here.sum()) >= THIN_BELOW:
            rows.append(_spread_row(year, here, there))
    if len(rows) < 2:
        return None
    texts = ("roles, evenly asked", "over all postings", "of it", "n")
    return Sheet(
        key="spread",
        title=f"Over how many roles {skill.name} is spread",
        table=Table(table_columns("year", *texts), tuple(rows)),
        method="spread",
        noun="years",
    )


def _spread_row(year: str, here: Counts, there: Counts) -> tuple[Cell, ...]:
    own, whole = title_spread(here).effective, title_spread(there).effective
    part = own / whole
    return (
        Cell(year),
        number_cell(own, EVEN_ROLES),
        number_cell(whole, EVEN_ROLES),
        Cell(percent(part), value=round(100 * part, 4)),
        n_cell(int(here.sum())),
    )


def _over_roles(skill: OneSkill, counts: Counts) -> Counts:
    """Return counts by role without what is no role of the catalogue."""
    return counts[is_catalogued(skill.snapshot)]
