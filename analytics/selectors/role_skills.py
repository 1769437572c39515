"""What a role is asked for, what sets it apart, and how strongly: three tabs of its screen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.core.paginator import Paginator

from analytics.charts import Caption, Chart, bar_with_intervals, stacked_levels
from analytics.figures import ShareFigure, level_bar, number, percent
from analytics.measures import (
    ASKED_FROM,
    SPECIFIC_FROM,
    LogOdds,
    SkillClass,
    benjamini_hochberg,
    location_quotient,
    skill_class,
)
from analytics.measures.trends import ALPHA
from analytics.selectors.contrast import Sides, odds_estimates, sides_of, without
from analytics.selectors.links import postings_url
from analytics.selectors.one_role import OneRole
from analytics.selectors.role_names import role_within
from analytics.selectors.shares import p_cell, shares_of
from analytics.tables import (
    LOG_ODDS,
    SHARE,
    Cell,
    Column,
    LevelShares,
    Row,
    Sheet,
    Table,
    Unit,
    badge_cell,
    interval_cell,
    levels_cell,
    n_cell,
    number_cell,
    share_cell,
    table_columns,
    text_cell,
)

PER_PAGE = 50
MOST_APART, MOST_LACKING, MOST_LEVELS = 24, 8, 25
TIMES = Unit("times as common as over all roles", decimals=1)
BADGES = {SkillClass.CORE: "info", SkillClass.DISTINGUISHING: "good"}


@dataclass(frozen=True)
class ClassDefinition:
    name: str
    badge: str
    text: str


@dataclass(frozen=True)
class AskedTab:
    sheet: Sheet
    classes: tuple[ClassDefinition, ...]


@dataclass(frozen=True)
class ApartTab:
    """`refusal` says why there is nothing to set it against."""

    chart: Chart | None
    refusal: str = ""


def asked_tab(role: OneRole, page: str | None) -> AskedTab:
    """Return the skills by share of the role's postings, a page of them."""
    codes = role.by_share()
    shown = Paginator(codes, PER_PAGE).get_page(page)
    sheet = Sheet(
        "asked",
        f"What {role_within(role.name)} postings ask for",
        _asked_table(role, list(shown.object_list)),
        "classes",
        page=shown,
        whole=lambda: _asked_table(role, codes),
        noun="skills",
    )
    return AskedTab(sheet, _definitions())


def _asked_table(role: OneRole, codes: Sequence[int]) -> Table:
    counts, everyone = role.counts, role.all_counts
    quotients = location_quotient(counts.any, counts.n, everyone.any, everyone.n)
    shares = shares_of(counts.any[codes], counts.n)
    columns = (
        Column("Skill", is_number=False),
        Column(f"Share of {number(role.n)} postings", is_number=False),
        Column("Postings"),
        Column("How strongly", is_number=False),
        Column("Times as common", unit=TIMES),
        Column("Class", is_number=False),
    )
    rows = (_asked_row(role, code, share, float(quotients[code])) for code, share in zip(codes, shares, strict=True))
    return Table(columns, tuple(rows))


def _asked_row(role: OneRole, code: int, share: ShareFigure, quotient: float) -> Row:
    name, counts = role.snapshot.skills[code], role.counts
    kind = skill_class(float(counts.any[code]) / counts.n, quotient)
    return (
        text_cell(name, role.skill_url(name), state=share.state),
        share_cell(share, role.holders_url(name)),
        n_cell(share.postings),
        levels_cell(level_bar(int(counts.required[code]), int(counts.preferred[code]), int(counts.mentioned[code]))),
        number_cell(quotient, TIMES),
        badge_cell(kind.value, BADGES.get(kind, "")),
    )


def _definitions() -> tuple[ClassDefinition, ...]:
    often, more = f"at least {percent(ASKED_FROM)} of the role’s postings", f"at least {SPECIFIC_FROM:g} times"
    texts = {
        SkillClass.CORE: f"named in {often}, and {more} as often as over all roles",
        SkillClass.DISTINGUISHING: f"named in fewer, but {more} as often as over all roles",
        SkillClass.NECESSARY: f"named in {often}, about as often as over all roles",
        SkillClass.COMMON: "neither",
    }
    return tuple(ClassDefinition(kind.value, BADGES.get(kind, ""), text) for kind, text in texts.items())


def apart_tab(role: OneRole) -> ApartTab:
    """Return the skills whose log-odds against all other roles differ from zero at a false discovery rate of 5%.

    In the order of the end of their interval that lies nearer to zero, so that a rare skill does not lead by luck.
    """
    if role.everyone.n == role.n:
        return ApartTab(None, "No other role is left to set it against: remove a filter.")
    sides = _against_others(role)
    adjusted = benjamini_hochberg(np.where(role.all_counts.any > 0, sides.odds.p, np.nan))
    above = [code for code in sides.leaning_here(MOST_APART) if adjusted[code] < ALPHA]
    below = [code for code in sides.leaning_there(MOST_LACKING) if adjusted[code] < ALPHA]
    codes = [*above, *reversed(below)]
    names = role.snapshot.skills
    caption = Caption(
        key="apart",
        title=f"What sets {role_within(role.name)} postings apart from all others",
        summary=_apart_summary([names[code] for code in above], [names[code] for code in below], sides),
        unit=LOG_ODDS,
        n=role.n,
        method="log_odds",
    )
    rows = odds_estimates(sides, codes, names, [role.holders_url(names[code]) for code in codes])
    return ApartTab(replace(bar_with_intervals(rows, caption), table=_apart_table(role, codes, sides.odds, adjusted)))


def _against_others(role: OneRole) -> Sides:
    return sides_of(role.counts, without(role.all_counts, role.counts))


def _apart_summary(above: Sequence[str], below: Sequence[str], sides: Sides) -> str:
    against = f"Against {number(sides.there.n)} postings of other roles"
    if not above and not below:
        return f"{against}, nothing differs by more than chance would."
    said = [
        f"{' and '.join(above[:2])} stand out most" if above else "",
        f"{below[0]} is missing most" if below else "",
    ]
    return f"{against}, {'; '.join(part for part in said if part)}."


def _apart_table(role: OneRole, codes: Sequence[int], found: LogOdds, adjusted: np.ndarray) -> Table:
    """The chart's figures, and beside them the shares that they come from."""
    here = shares_of(role.counts.any[codes], role.n)
    everywhere = shares_of(role.all_counts.any[codes], role.everyone.n)
    rows = []
    for place, code in enumerate(codes):
        name = role.snapshot.skills[code]
        rows.append(
            (
                Cell(name, url=role.skill_url(name)),
                number_cell(float(found.delta[code]), LOG_ODDS),
                interval_cell(float(found.low[code]), float(found.high[code]), LOG_ODDS),
                p_cell(float(adjusted[code])),
                share_cell(here[place], role.holders_url(name)),
                share_cell(everywhere[place], postings_url(role.around, skill=name)),
                n_cell(int(role.counts.any[code])),
            )
        )
    texts = ("log-odds", "95% interval", "adjusted p", "share here", "over all roles", "postings here")
    return Table(table_columns("skill", *texts), tuple(rows))


def levels_tab(role: OneRole) -> Chart:
    """Return how strongly the commonest skills are asked for."""
    counts, names = role.counts, role.snapshot.skills
    codes = role.by_share()[:MOST_LEVELS]
    rows = [
        LevelShares(
            names[code],
            required=int(counts.required[code]) / counts.n,
            preferred=int(counts.preferred[code]) / counts.n,
            mentioned=int(counts.mentioned[code]) / counts.n,
            n=counts.n,
            url=role.holders_url(names[code]),
            urls=tuple(role.holders_url(names[code], level) for level in ("required", "preferred", "mentioned")),
        )
        for code in codes
    ]
    caption = Caption(
        key="levels",
        title=f"What {role_within(role.name)} postings require, and what they would like",
        summary=_levels_summary(rows),
        unit=SHARE,
        n=counts.n,
        method="levels",
    )
    return stacked_levels(rows, caption)


def _levels_summary(rows: Sequence[LevelShares]) -> str:
    if not rows:
        return "No skill is named."
    firm = max(rows, key=lambda row: row.required)
    soft = max(rows, key=lambda row: row.preferred)
    said = f"Required most: {firm.label}, in {percent(firm.required)} of the postings."
    if soft.preferred:
        said += f" Nice to have most: {soft.label}, in {percent(soft.preferred)}."
    return f"{said} “Mentioned” is named without either."
