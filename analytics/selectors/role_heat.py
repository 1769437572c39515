"""Roles against groups of skills: which part of each role's postings names at least one skill of a group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart
from analytics.charts_heat import heat_map
from analytics.figures import percent
from analytics.measures import WITHHELD_BELOW
from analytics.questions import Question
from analytics.selectors.counted import tally
from analytics.selectors.links import path_of, role_url
from analytics.selectors.published import Published
from analytics.selectors.role_groups import SETS
from analytics.selectors.role_names import catalogued_by_size, role_label
from analytics.selectors.selected import inside, selected
from analytics.selectors.shares import state_of
from analytics.selectors.tabs import Tab
from analytics.snapshot import Selection, Snapshot
from analytics.tables import SHARE, HeatRow
from postings.models import SkillGroup

MOST_ROLES = 30

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class RoleHeat:
    """`chart` is None where no role or no group can be shown; `groups` are names with their definitions."""

    sets: tuple[Tab, ...]
    chart: Chart | None
    groups: tuple[tuple[str, str], ...]


def role_heat(question: Question, shown: Published, asked: str) -> RoleHeat:
    """Return the heat map of one set of groups, the first unless `asked` names another."""
    sets = _sets(shown.snapshot)
    if not sets:
        return RoleHeat((), None, ())
    chosen = asked if asked in sets else next(iter(sets))
    tabs = tuple(
        Tab(SETS.get(key, key), path_of("role_list") + question.query_with(tab="groups", set=key), key == chosen)
        for key in sets
    )
    groups = sets[chosen]
    return RoleHeat(tabs, _chart(chosen, groups, question, shown), tuple((one.name, one.definition) for one in groups))


def _sets(snapshot: Snapshot) -> Mapping[str, list[SkillGroup]]:
    """Return the groups of each set that the run knows skills of, the sets in their usual order."""
    found: dict[str, list[SkillGroup]] = {key: [] for key in SETS}
    for group in SkillGroup.objects.order_by("set", "pk"):
        if group.slug in snapshot.group_skills:
            found.setdefault(group.set, []).append(group)
    return {key: groups for key, groups in found.items() if groups}


def _chart(key: str, groups: Sequence[SkillGroup], question: Question, shown: Published) -> Chart | None:
    snapshot = shown.snapshot
    selection = selected(snapshot, question.filter)
    sizes = tally(snapshot, selection, "role")
    by_size = catalogued_by_size(sizes, snapshot.roles)
    roles = [code for code in by_size if sizes[code] >= WITHHELD_BELOW][:MOST_ROLES]
    if not roles:
        return None
    counts = np.array([_by_role(snapshot, selection, group.slug) for group in groups])
    rows = [_row(snapshot.roles[code], counts[:, code], int(sizes[code]), groups, question) for code in roles]
    caption = Caption(
        key=f"heat-{key}",
        title=f"{SETS.get(key, key)}: how many postings of each role name a skill of each group",
        summary=_summary(rows, groups),
        unit=SHARE,
        n=int(sizes[roles].sum()),
        rows="role",
        method="groups",
    )
    return heat_map(rows, caption, columns=[group.name for group in groups])


def _row(name: str, counts: Counts, n: int, groups: Sequence[SkillGroup], question: Question) -> HeatRow:
    of_role = question.narrowed(role=name)
    urls = (
        path_of("posting_list") + of_role.query_and([("group", group.slug)]) if count else ""
        for group, count in zip(groups, counts, strict=True)
    )
    return HeatRow(
        label=role_label(name),
        values=tuple(float(count) / n for count in counts),
        n=n,
        url=role_url(name, question),
        urls=tuple(urls),
        counts=tuple(int(count) for count in counts),
        state=state_of(n),
    )


def _summary(rows: Sequence[HeatRow], groups: Sequence[SkillGroup]) -> str:
    """Name for up to three groups the role that covers it most."""
    sure = [row for row in rows if row.state == "ok"]
    if not sure:
        return "No role has thirty postings here."
    said = []
    for place, group in list(enumerate(groups))[:3]:
        most = max(sure, key=lambda row: row.values[place] or 0.0)
        said.append(f"{group.name} most by {most.label} ({percent(most.values[place] or 0.0)})")
    return f"{'; '.join(said)}."


def _by_role(snapshot: Snapshot, selection: Selection, group: str) -> Counts:
    """Count by role the postings that name a skill of the group: rows stand by role, so each role is a span of them."""
    held = np.unpackbits(_holders(snapshot, group), count=snapshot.n)
    held &= inside(snapshot, selection).view(np.uint8)
    starts = snapshot.role_start[:-1]
    there = np.flatnonzero(np.diff(snapshot.role_start))
    counts = np.zeros(len(starts), np.int64)
    counts[there] = np.add.reduceat(held, starts[there], dtype=np.int64) if len(there) else 0
    return counts


@lru_cache(maxsize=128)
def _holders(snapshot: Snapshot, group: str) -> NDArray[np.uint8]:
    """Tell of every posting whether it names a skill of the group, eight to a byte."""
    held = np.zeros(snapshot.n, np.bool_)
    for skill in snapshot.group_skills[group]:
        held[snapshot.skill_rows(int(skill))] = True
    return np.packbits(held)
