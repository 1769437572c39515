"""What a skill comes with: skills that the same postings name more often than postings without it do."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts import Caption, Chart, bar_with_intervals
from analytics.figures import number
from analytics.measures import WITHHELD_BELOW
from analytics.selectors.contrast import Sides, log_odds_unit, odds_estimates, sides_of, without
from analytics.selectors.one_skill import OneSkill
from analytics.selectors.shares import postings_text, shares_of
from analytics.tables import Cell, Sheet, Table, share_cell, table_columns

MOST = 30
MOST_DRAWN = 15
ONLY_HERE = "only with it"


@dataclass(frozen=True)
class Together:
    """`refusal` says why there is nothing to compare."""

    n_with: str
    n_without: str
    sheet: Sheet | None = None
    chart: Chart | None = None
    refusal: str = ""


def skill_together(skill: OneSkill) -> Together:
    rest = skill.selection.n - skill.naming.n
    texts = postings_text(skill.naming.n), postings_text(rest)
    if skill.naming.n < WITHHELD_BELOW:
        return Together(*texts, refusal=f"Only {texts[0]} name it: too few to say what it comes with.")
    if rest < WITHHELD_BELOW:
        return Together(*texts, refusal=f"Only {texts[1]} do not name it: too few to compare with.")
    here = skill.snapshot.skill_counts(skill.naming)
    sides = sides_of(here, without(skill.counts, here))
    codes = [other for other in sides.leaning_here(MOST + 1) if other != skill.code][:MOST]
    if not codes:
        return Together(*texts, refusal="No other skill is surely commoner in postings that name it.")
    return Together(*texts, sheet=_sheet(codes, sides, skill), chart=_chart(codes[:MOST_DRAWN], sides, skill))


def _sheet(codes: Sequence[int], sides: Sides, skill: OneSkill) -> Sheet:
    here = shares_of(sides.here.any[codes], sides.here.n)
    there = shares_of(sides.there.any[codes], sides.there.n)
    names = skill.snapshot.skills
    rows = tuple(
        (
            Cell(names[code], url=skill.page_of(names[code])),
            share_cell(with_it, skill.postings_url(also=names[code])),
            share_cell(without_it),
            _times(sides, code),
        )
        for code, with_it, without_it in zip(codes, here, there, strict=True)
    )
    texts = (f"share with {skill.name}", f"share without {skill.name}", "times as often")
    return Sheet(
        key="with",
        title=f"Skills that come with {skill.name}",
        table=Table(table_columns("skill", *texts), rows),
        method="log_odds",
        noun="skills",
    )


def _times(sides: Sides, code: int) -> Cell:
    """Return the share with over the share without."""
    there = int(sides.there.any[code]) / sides.there.n
    if not there:
        return Cell(ONLY_HERE, sort="1000000")
    times = int(sides.here.any[code]) / sides.here.n / there
    return Cell(f"×{number(times, decimals=1)}", value=round(times, 4))


def _chart(codes: Sequence[int], sides: Sides, skill: OneSkill) -> Chart:
    names = skill.snapshot.skills
    caption = Caption(
        key="together",
        title=f"{skill.name} comes with {' and '.join(names[code] for code in codes[:2])}",
        summary=f"Compared: {postings_text(sides.here.n)} that name it, {postings_text(sides.there.n)} that do not.",
        unit=log_odds_unit("postings without it"),
        n=sides.here.n,
        method="log_odds",
    )
    return bar_with_intervals(odds_estimates(sides, codes, names, [skill.page_of(names[c]) for c in codes]), caption)
