"""What a skill comes with: skills that the same postings name more often than postings without it do."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts import Caption, Chart, bar_with_intervals
from analytics.figures import ShareFigure, number
from analytics.measures import WITHHELD_BELOW
from analytics.selectors.contrast import Sides, log_odds_unit, odds_estimates, sides_of, without
from analytics.selectors.one_skill import OneSkill
from analytics.selectors.shares import postings_text, shares_of

MOST = 30
MOST_DRAWN = 15
ONLY_HERE = "only with it"


@dataclass(frozen=True)
class TogetherRow:
    """`with_it` is of the postings that name the skill, `without_it` of those that do not; `times` is their ratio."""

    name: str
    url: str
    with_it: ShareFigure
    without_it: ShareFigure
    times: str
    times_sort: str


@dataclass(frozen=True)
class Together:
    """`refusal` says why there is nothing to compare."""

    n_with: str
    n_without: str
    rows: tuple[TogetherRow, ...] = ()
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
    return Together(*texts, rows=_rows(codes, sides, skill), chart=_chart(codes[:MOST_DRAWN], sides, skill))


def _rows(codes: Sequence[int], sides: Sides, skill: OneSkill) -> tuple[TogetherRow, ...]:
    here = shares_of(sides.here.any[codes], sides.here.n)
    there = shares_of(sides.there.any[codes], sides.there.n)
    names = skill.snapshot.skills
    return tuple(
        TogetherRow(names[code], skill.page_of(names[code]), with_it, without, *_times(sides, code))
        for code, with_it, without in zip(codes, here, there, strict=True)
    )


def _times(sides: Sides, code: int) -> tuple[str, str]:
    """Return the share with over the share without, as shown and to sort by."""
    there = int(sides.there.any[code]) / sides.there.n
    if not there:
        return ONLY_HERE, "1000000"
    times = int(sides.here.any[code]) / sides.here.n / there
    return f"×{number(times, decimals=1)}", f"{times:.3f}"


def _chart(codes: Sequence[int], sides: Sides, skill: OneSkill) -> Chart:
    names = skill.snapshot.skills
    caption = Caption(
        key="together",
        title=f"{skill.name} comes with {' and '.join(names[code] for code in codes[:2])}",
        summary=f"Compared: {postings_text(sides.here.n)} that name it, {postings_text(sides.there.n)} that do not.",
        unit=log_odds_unit("postings without it"),
        n=sides.here.n,
    )
    return bar_with_intervals(odds_estimates(sides, codes, names, [skill.page_of(names[c]) for c in codes]), caption)
