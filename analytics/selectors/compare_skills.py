"""How two roles differ in what they ask for, what they share, and how far apart they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.core.paginator import Page, Paginator

from analytics.charts import Caption, Chart, paired_bars
from analytics.figures import ShareFigure, number, percent
from analytics.measures import Band, Change, change_between, excess, permutation_band
from analytics.measures.splits import split_band
from analytics.measures.trends import ALPHA
from analytics.selectors.one_role import OneRole
from analytics.selectors.selected import selected
from analytics.selectors.shares import p_text, points_interval, points_text, share_estimates, shares_of
from analytics.snapshot import Filter, Snapshot
from analytics.tables import SHARE, Comparison

PER_PAGE = 40
MOST_BARS = 14
MOST_SHARED = 12
ROUNDS = 100
MOST_SHUFFLED = 10_000
SEED = 1
"""Fixed, so that the same question has the same band."""

Pair = tuple[OneRole, OneRole]


@dataclass(frozen=True)
class SkillSides:
    """One skill in both roles."""

    skill: str
    url: str
    first: ShareFigure
    first_url: str
    second: ShareFigure
    second_url: str


@dataclass(frozen=True)
class DifferenceLine:
    """The difference is the first role's share less the second's, in points; `is_sure` after adjusting p."""

    sides: SkillSides
    difference: str
    interval: str
    p: str
    is_sure: bool


@dataclass(frozen=True)
class Differences:
    lines: tuple[DifferenceLine, ...]
    page: Page
    chart: Chart


@dataclass(frozen=True)
class Distance:
    """Jensen-Shannon distance, its band under shuffling, and what is left beyond chance (0 to 1)."""

    value: str
    chance: str
    excess: str
    verdict: str


def differences(pair: Pair, page: str | None) -> Differences:
    """Return the skills that either role names, the largest difference of shares first."""
    first, second = pair
    change = change_between(second.counts.any, second.n, first.counts.any, first.n)
    order = _by_size(change)
    shown = Paginator(order, PER_PAGE).get_page(page)
    codes = list(shown.object_list)
    lines = tuple(
        DifferenceLine(
            sides,
            difference=points_text(float(change.difference[code])),
            interval=points_interval(float(change.low[code]), float(change.high[code])),
            p=p_text(float(change.adjusted_p[code])),
            is_sure=bool(change.adjusted_p[code] < ALPHA),
        )
        for code, sides in zip(codes, _sides(pair, codes), strict=True)
    )
    sure = [code for code in order if change.adjusted_p[code] < ALPHA]
    return Differences(lines, shown, _bars(pair, (sure or order)[:MOST_BARS]))


def shared_skills(pair: Pair) -> tuple[SkillSides, ...]:
    """Return what both ask for: the skills whose smaller share of the two is largest."""
    both = np.minimum(*(role.counts.any / role.n for role in pair))
    codes = [int(code) for code in np.argsort(-both, kind="stable")[:MOST_SHARED] if both[code] > 0]
    return _sides(pair, codes)


def distance_between(pair: Pair) -> Distance:
    """Return the distance of the two mixes of skills, and what shuffled postings give."""
    found = _chance_band(pair)
    low, high = (number(value, decimals=3) for value in (found.low, found.high))
    verdict = "Further apart than chance" if found.observed > found.high else "No further apart than chance"
    return Distance(
        number(found.observed, decimals=3), f"{low}–{high}", number(max(excess(found), 0.0), decimals=2), verdict
    )


def _chance_band(pair: Pair) -> Band:
    """Groups too large to be shuffled while a person waits are split by their counts, which comes to the same there."""
    first, second = pair
    if first.n + second.n > MOST_SHUFFLED:
        counts = (first.counts.any, second.counts.any)
        return split_band(*counts, (first.n, second.n), seed=SEED, rounds=ROUNDS)
    return _shuffled_band(first.snapshot, first.question.filter, second.question.filter)


@lru_cache(maxsize=256)
def _shuffled_band(snapshot: Snapshot, first: Filter, second: Filter) -> Band:
    """Shuffle the postings of two disjoint selections between them; kept, since it is the dearest figure here."""
    rows = [selected(snapshot, asked).rows for asked in (first, second)]
    both = np.sort(np.concatenate(rows))
    return permutation_band(snapshot.matrix(both), np.isin(both, rows[0]), seed=SEED, rounds=ROUNDS)


def _by_size(change: Change) -> list[int]:
    """Return the codes of what either role names, by the size of the difference."""
    size = np.abs(change.difference)
    named = change.before + change.after > 0
    return [int(code) for code in np.argsort(-size, kind="stable") if named[code]]


def _sides(pair: Pair, codes: Sequence[int]) -> tuple[SkillSides, ...]:
    first, second = pair
    shares = (shares_of(role.counts.any[list(codes)], role.n) for role in pair)
    names = [first.snapshot.skills[code] for code in codes]
    return tuple(
        SkillSides(name, first.skill_url(name), here, first.holders_url(name), there, second.holders_url(name))
        for name, here, there in zip(names, *shares, strict=True)
    )


def _bars(pair: Pair, codes: Sequence[int]) -> Chart:
    first, second = pair
    names = [first.snapshot.skills[code] for code in codes]
    estimates = (
        share_estimates(names, role.counts.any[list(codes)], role.n, [role.holders_url(name) for name in names])
        for role in pair
    )
    rows = [
        Comparison(name, sides, first.skill_url(name))
        for name, sides in zip(names, zip(*estimates, strict=True), strict=True)
    ]
    caption = Caption(
        key="pairs",
        title=f"Where {first.name} and {second.name} postings differ most",
        summary=_bars_summary(pair, codes),
        unit=SHARE,
        n=first.n + second.n,
    )
    return paired_bars(rows, caption, names=(first.name, second.name))


def _bars_summary(pair: Pair, codes: Sequence[int]) -> str:
    if not codes:
        return "Neither names a skill."
    here, there = (percent(int(role.counts.any[codes[0]]) / role.n) for role in pair)
    name = pair[0].snapshot.skills[codes[0]]
    return f"Most different: {name}, {here} of {pair[0].name} postings against {there} of {pair[1].name} postings."
