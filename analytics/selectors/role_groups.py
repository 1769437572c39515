"""Which skill groups a role's postings cover, and how many postings cover all groups of a set."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.charts import Caption, Chart, bar_with_intervals
from analytics.figures import ShareFigure, percent
from analytics.measures import GroupCoverage
from analytics.selectors.coverage import coverage_of
from analytics.selectors.links import path_of
from analytics.selectors.one_role import OneRole
from analytics.selectors.role_names import role_within
from analytics.selectors.shares import share_estimates, shares_of
from analytics.tables import SHARE, Estimate, Sheet, Table, share_cell, table_columns, text_cell
from postings.models import SkillGroup

SETS = {
    "triad-ml": "Machine learning, software, architecture",
    "triad-ops": "Data science, DevOps, software",
    "challenges": "Four challenges of running machine learning",
    "area": "Areas",
}
"""The sets in the order in which they are shown; others follow."""
WITH_ALL = ("triad-ml", "triad-ops")
MOST_SKILLS = 5


@dataclass(frozen=True)
class GroupSkill:
    name: str
    share: ShareFigure
    share_url: str


@dataclass(frozen=True)
class GroupLine:
    name: str
    definition: str
    share: ShareFigure
    share_url: str
    skills: tuple[GroupSkill, ...]


@dataclass(frozen=True)
class CoveredNumber:
    """How many groups of a set a posting covers, "none", "1" ... "all 3"."""

    text: str
    share: ShareFigure
    share_url: str


@dataclass(frozen=True)
class GroupSet:
    """`numbers` is given for the sets of which covering all means something, and then both as sheets."""

    key: str
    name: str
    lines: tuple[GroupLine, ...]
    numbers: tuple[CoveredNumber, ...]
    chart: Chart | None
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True)
class _Group:
    slug: str
    name: str
    definition: str
    codes: np.ndarray


def groups_tab(role: OneRole) -> tuple[GroupSet, ...]:
    """Return the coverage of every set of groups: a posting covers a group when it names one of its skills."""
    coverage = coverage_of(role.snapshot, role.selection.rows)
    return tuple(
        _group_set(key, groups, coverage.of([group.slug for group in groups]), role)
        for key, groups in _sets(role).items()
    )


def _sets(role: OneRole) -> dict[str, list[_Group]]:
    """Return the groups of each set, in the curators' names; the skills in them are those of the run."""
    by_set: dict[str, list[_Group]] = {key: [] for key in SETS}
    for group in SkillGroup.objects.order_by("set", "pk"):
        codes = role.snapshot.group_skills.get(group.slug)
        if codes is not None:
            by_set.setdefault(group.set, []).append(_Group(group.slug, group.name, group.definition, codes))
    return {key: groups for key, groups in by_set.items() if groups}


def _group_set(key: str, groups: Sequence[_Group], coverage: GroupCoverage, role: OneRole) -> GroupSet:
    counts = coverage.by_group
    order = range(len(groups)) if key in WITH_ALL else np.argsort(-counts, kind="stable")
    shares = shares_of(counts, role.n)
    lines = tuple(_line(groups[place], shares[place], role) for place in order)
    is_triad = key in WITH_ALL
    numbers = _numbers(groups, coverage, role) if is_triad else ()
    return GroupSet(
        key=key,
        name=SETS.get(key, key),
        lines=lines,
        numbers=numbers,
        sheets=_sheets(key, lines, numbers) if is_triad else (),
        chart=None if is_triad else _chart(key, [groups[place] for place in order], counts[list(order)], role),
    )


def _sheets(key: str, lines: Sequence[GroupLine], numbers: Sequence[CoveredNumber]) -> tuple[Sheet, ...]:
    by_group = tuple((text_cell(line.name), share_cell(line.share, line.share_url)) for line in lines)
    by_number = tuple((text_cell(line.text), share_cell(line.share, line.share_url)) for line in numbers)
    heads = ("Postings that name one of its skills", "Postings")
    return (
        Sheet(f"{key}-groups", f"{SETS[key]}: groups", Table(table_columns("Group", heads[0]), by_group), "groups"),
        Sheet(
            f"{key}-number",
            f"{SETS[key]}: how many",
            Table(table_columns("Groups covered", heads[1]), by_number),
            method="groups",
        ),
    )


def _line(group: _Group, share: ShareFigure, role: OneRole) -> GroupLine:
    held = role.counts.any[group.codes]
    top = [int(place) for place in np.argsort(-held, kind="stable")[:MOST_SKILLS] if held[place]]
    names = [role.snapshot.skills[group.codes[place]] for place in top]
    shares = shares_of(held[top], role.n)
    skills = tuple(GroupSkill(name, share, role.holders_url(name)) for name, share in zip(names, shares, strict=True))
    return GroupLine(group.name, group.definition, share, _covering_url([group], role), skills)


def _numbers(groups: Sequence[_Group], coverage: GroupCoverage, role: OneRole) -> tuple[CoveredNumber, ...]:
    last = len(coverage.groups)
    shares = shares_of(coverage.by_number, coverage.n)
    return tuple(
        CoveredNumber(
            "none" if number == 0 else f"all {last}" if number == last else str(number),
            share,
            _covering_url(groups, role, covering=number),
        )
        for number, share in enumerate(shares)
    )[::-1]


def _chart(key: str, groups: Sequence[_Group], counts: np.ndarray, role: OneRole) -> Chart:
    names = [group.name for group in groups]
    rows: tuple[Estimate, ...] = share_estimates(
        names, counts, role.n, [_covering_url([group], role) for group in groups]
    )
    caption = Caption(
        key=f"groups-{key}",
        title=f"{SETS.get(key, key)}: how many {role_within(role.name)} postings name a skill of each",
        summary=f"Most: {names[0]}, in {percent(int(counts[0]) / role.n)} of the postings.",
        unit=SHARE,
        n=role.n,
        rows="skill group",
        method="groups",
    )
    return bar_with_intervals(rows, caption)


def _covering_url(groups: Sequence[_Group], role: OneRole, *, covering: int | None = None) -> str:
    """Return the list of the role's postings that cover all of `groups`, or exactly `covering` of them."""
    pairs = [("group", group.slug) for group in groups]
    if covering is not None:
        pairs.append(("covering", str(covering)))
    return path_of("posting_list") + role.question.query_and(pairs)
