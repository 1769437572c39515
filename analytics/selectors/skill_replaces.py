"""What a skill seems to replace, or to give way to: skills of its groups that are seldom named beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.measures.replacement import (
    StrataChange,
    Togetherness,
    change_in_strata,
    seem_to_replace,
    togetherness,
)
from analytics.measures.trends import ALPHA
from analytics.selectors.links import between, postings_url
from analytics.selectors.movement import POINTS
from analytics.selectors.one_skill import OneSkill
from analytics.selectors.selected import selected
from analytics.selectors.shares import p_text, points_interval, points_text
from analytics.selectors.two_times import NO_DATES, Times, TwoTimes, in_times, recent_times
from analytics.snapshot import Snapshot
from analytics.tables import (
    Cell,
    Row,
    Sheet,
    Table,
    Unit,
    badge_cell,
    interval_cell,
    n_cell,
    number_cell,
    table_columns,
)

LENGTHS = (6, 11, 21, 31)
"""A stratum holds postings that name about as many skills: under 6, under 11, ..."""
MOST_CANDIDATES = 60
LEAST = 30
ODDS = Unit("odds ratio", decimals=2)

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Replaces:
    """`own` says how the skill itself moved; `refusal` why nothing is hinted at."""

    own: str = ""
    before: str = ""
    after: str = ""
    sheet: Sheet | None = None
    refusal: str = ""


@dataclass(frozen=True)
class _Counted:
    """Postings by stratum: `n` [g], `first` [g] with the skill, `second` and `both` [g, m] with each candidate.

    `role` [g] and `is_after` [g] tell the role and the time of a stratum.
    """

    n: Counts
    first: Counts
    second: Counts
    both: Counts
    role: Counts
    is_after: NDArray[np.bool_]

    def moved(self, counts: Counts) -> StrataChange:
        """Return how counts [g, m] moved between the times inside roles."""
        roles = int(self.role.max()) + 1
        sums = [_summed(counts, self.role, side, roles) for side in (~self.is_after, self.is_after)]
        sizes = [_summed(self.n[:, None], self.role, side, roles)[:, 0] for side in (~self.is_after, self.is_after)]
        return change_in_strata(sums[0], sizes[0], sums[1], sizes[1])


def skill_replaces(skill: OneSkill) -> Replaces:
    times = recent_times(skill.question, skill.shown)
    if times is None:
        return Replaces(refusal=NO_DATES)
    candidates = _candidates(skill)
    if not candidates:
        return Replaces(refusal="No other skill of its groups and its kind is named by thirty postings.")
    two = TwoTimes(skill.question, times, skill.shown, also=(skill.code, *candidates))
    if two.refusal:
        return Replaces(refusal=two.refusal)
    change = two.moved.change
    before, after = times.texts
    own = _own_text(skill, two)
    if not change.adjusted_p[skill.code] < ALPHA:
        return Replaces(own, before, after, refusal="What did not surely rise or fall has replaced nothing.")
    moving = [code for code in candidates if change.adjusted_p[code] < ALPHA]
    if not moving:
        return Replaces(own, before, after, refusal="No other skill of its groups and its kind surely rose or fell.")
    counted = _counted(skill, moving, times)
    sheet = _sheet(skill, moving, counted, two)
    refusal = "" if sheet else "None of its groups and its kind moves against it and is seldom named beside it."
    return Replaces(own, before, after, sheet, refusal)


def _candidates(skill: OneSkill) -> list[int]:
    """Return the other skills of the same kind that share a group with it, the commonest first."""
    labels = skill.snapshot.skill_labels
    label, groups = labels[skill.code], skill.snapshot.group_skills
    beside = np.unique(np.concatenate([groups[group] for group in label.groups])) if label.groups else np.empty(0, int)
    counts = skill.counts.any
    alike = [int(code) for code in beside if code != skill.code and labels[code].kind == label.kind]
    named = sorted((code for code in alike if counts[code] >= LEAST), key=lambda code: -int(counts[code]))
    return named[:MOST_CANDIDATES]


def _own_text(skill: OneSkill, two: TwoTimes) -> str:
    change, code = two.moved.change, skill.code
    points = points_text(float(change.difference[code]))
    interval = points_interval(float(change.low[code]), float(change.high[code]))
    is_sure = change.adjusted_p[code] < ALPHA
    way = ("rose" if change.difference[code] > 0 else "fell") if is_sure else "did not surely move"
    p = p_text(float(change.adjusted_p[code]))
    return f"{skill.name} {way}: {points} points ({interval}; p {p}, adjusted for looking at so many skills)."


def _counted(skill: OneSkill, others: Sequence[int], times: Times) -> _Counted:
    snapshot = skill.snapshot
    sides = [selected(snapshot, one.filter).rows for one in in_times(skill.question, times)]
    code, size, role = _stratum_codes(snapshot)
    stratum = np.full(snapshot.n, -1, np.int32)
    for place, rows in enumerate(sides):
        stratum[rows] = code[rows] * np.int32(2) + np.int32(place)
    named = np.zeros(snapshot.n, np.bool_)
    named[snapshot.skill_rows(skill.code)] = True
    second, both = np.zeros((2 * size, len(others)), np.int64), np.zeros((2 * size, len(others)), np.int64)
    for place, other in enumerate(others):
        rows = snapshot.skill_rows(other)
        second[:, place] = _tallied(stratum[rows], 2 * size)
        both[:, place] = _tallied(stratum[rows[named[rows]]], 2 * size)
    n = _tallied(stratum, 2 * size)
    first = _tallied(stratum[snapshot.skill_rows(skill.code)], 2 * size)
    kept = n > 0
    is_after = np.arange(2 * size) % 2 == 1
    return _Counted(n[kept], first[kept], second[kept], both[kept], np.repeat(role, 2)[kept], is_after[kept])


@lru_cache(maxsize=2)
def _stratum_codes(snapshot: Snapshot) -> tuple[NDArray[np.int32], int, Counts]:
    """Return the stratum of each row by role, source and number of skills, how many there are, and their roles."""
    sources, lengths = max(len(snapshot.sources), 1), len(LENGTHS) + 1
    length = np.searchsorted(LENGTHS, np.diff(snapshot.indptr), side="right").astype(np.int32)
    code = (snapshot.role * np.int32(sources) + snapshot.source) * np.int32(lengths) + length
    size = len(snapshot.roles) * sources * lengths
    return code.astype(np.int32), size, np.arange(size) // (sources * lengths)


def _tallied(stratum: NDArray[np.int32], size: int) -> Counts:
    return np.bincount(stratum[stratum >= 0], minlength=size).astype(np.int64)


def _summed(counts: Counts, role: Counts, kept: NDArray[np.bool_], roles: int) -> Counts:
    found = np.zeros((roles, counts.shape[1]), np.int64)
    np.add.at(found, role[kept], counts[kept])
    return found


def _sheet(skill: OneSkill, others: Sequence[int], counted: _Counted, two: TwoTimes) -> Sheet | None:
    together = togetherness(counted.both, counted.first, counted.second, counted.n)
    own, moved = counted.moved(counted.first[:, None]), counted.moved(counted.second)
    hinted = np.flatnonzero(seem_to_replace(together, own, moved, counted.second.sum(axis=0)))
    if len(hinted) == 0:
        return None
    order = hinted[np.argsort(together.high[hinted], kind="stable")]
    texts = ("change inside roles", "95% interval", "named together", "by chance", "odds ratio", "95% interval")
    columns = table_columns("skill", "seems to", *texts, "postings")
    columns = (columns[0], replace(columns[1], is_number=False), *columns[2:])
    rows = tuple(_row(two, skill, others[place], together, moved, int(place)) for place in order)
    return Sheet(
        key="replaces",
        title=f"Skills that {skill.name} seems to replace, or to give way to",
        table=Table(columns, rows),
        method="replacement",
        noun="skills",
    )


def _row(  # noqa: PLR0913, PLR0917  (the figures of one row stand in two tables)
    two: TwoTimes, skill: OneSkill, other: int, together: Togetherness, moved: StrataChange, place: int
) -> Row:
    name, points, both = skill.snapshot.skills[other], float(moved.difference[place]), int(together.both[place])
    falls = points < 0
    dated = between(skill.question, two.times.before[0], two.times.after[1])
    both_url = postings_url(dated, skill=skill.name, also=name) if both else ""
    return (
        Cell(name, url=skill.page_of(name)),
        badge_cell("give way to it", "info") if falls else badge_cell("take its place", "warn"),
        replace(number_cell(points, POINTS), text=points_text(points)),
        interval_cell(float(moved.low[place]), float(moved.high[place]), POINTS),
        replace(n_cell(both), url=both_url),
        number_cell(float(together.expected[place]), Unit("postings", decimals=0)),
        number_cell(float(together.odds[place]), ODDS),
        interval_cell(float(together.low[place]), float(together.high[place]), ODDS),
        replace(n_cell(int(skill.counts.any[other])), url=postings_url(skill.question, skill=name)),
    )
