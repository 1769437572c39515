"""A skill by role: how many of each role's postings name it, and how strongly they ask for it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart, bar_with_intervals, stacked_levels
from analytics.figures import percent
from analytics.measures import THIN_BELOW, WITHHELD_BELOW
from analytics.selectors.counted import tally
from analytics.selectors.one_skill import OneSkill
from analytics.selectors.role_names import catalogued_by_size, role_label, role_within
from analytics.selectors.selected import with_skill
from analytics.selectors.shares import share_estimates
from analytics.tables import SHARE, LevelShares
from postings.skills import Level

MOST = 25
MOST_LEVELS = 15
LEVELS = (Level.REQUIRED, Level.PREFERRED, Level.MENTIONED)

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class SkillByRole:
    """`left_out` says which roles are not drawn, and why."""

    shares: Chart
    levels: Chart
    left_out: str


@dataclass(frozen=True)
class _Roles:
    """Counts by role; `codes` are the roles with at least ten postings, by share, those under thirty last."""

    sizes: Counts
    naming: Counts
    codes: list[int]

    def share(self, code: int) -> float:
        return float(self.naming[code] / self.sizes[code])

    @property
    def sure(self) -> list[int]:
        return [code for code in self.codes if self.sizes[code] >= THIN_BELOW]


def skill_by_role(skill: OneSkill) -> SkillByRole:
    snapshot = skill.snapshot
    sizes, naming = tally(snapshot, skill.selection, "role"), tally(snapshot, skill.naming, "role")
    catalogued = catalogued_by_size(sizes, snapshot.roles)
    shown = [code for code in catalogued if sizes[code] >= WITHHELD_BELOW]
    by_share = sorted(shown, key=lambda code: (sizes[code] < THIN_BELOW, -int(naming[code]) / int(sizes[code])))
    roles = _Roles(sizes, naming, by_share)
    return SkillByRole(
        shares=_shares(roles, skill),
        levels=_levels(roles, skill),
        left_out=_left_out(len(catalogued) - len(shown), len(shown) - MOST),
    )


def _shares(roles: _Roles, skill: OneSkill) -> Chart:
    codes = roles.codes[:MOST]
    overall = skill.naming.n / max(skill.selection.n, 1)
    top = skill.snapshot.roles[roles.sure[0]] if roles.sure else ""
    caption = Caption(
        key="roles",
        title=f"Who asks for {skill.name} most: {role_within(top)}" if top else f"Which roles ask for {skill.name}",
        summary=_summary(roles, skill),
        unit=SHARE,
        n=skill.selection.n,
        rows="role",
        method="share",
    )
    rows = share_estimates(
        [role_label(skill.snapshot.roles[code]) for code in codes],
        roles.naming[codes],
        roles.sizes[codes],
        [_url(skill, code) if roles.naming[code] else "" for code in codes],
    )
    return bar_with_intervals(rows, caption, reference=(f"all postings {percent(overall)}", overall))


def _summary(roles: _Roles, skill: OneSkill) -> str:
    names, sure = skill.snapshot.roles, roles.sure
    if not sure:
        return "No role has 30 postings, so every share here is unsure."
    most, least = sure[0], sure[-1]
    sentence = f"{percent(roles.share(most))} of the {role_within(names[most])} postings name it"
    if most == least:
        return f"{sentence}."
    others = f"{percent(roles.share(least))} of the {role_within(names[least])} ones"
    return f"{sentence}, {others} (roles with at least 30 postings)."


def _levels(roles: _Roles, skill: OneSkill) -> Chart:
    codes = [code for code in roles.sure if roles.naming[code]][:MOST_LEVELS]
    of_level = {level: with_skill(skill.snapshot, skill.selection, skill.code, level=level) for level in LEVELS}
    by_level = {level: tally(skill.snapshot, naming, "role") for level, naming in of_level.items()}
    rows = [_level_shares(code, by_level, roles, skill) for code in codes]
    caption = Caption(
        key="levels",
        title=f"Is {skill.name} required, or only welcome?",
        summary=_levels_summary(skill),
        unit=SHARE,
        n=int(roles.sizes[codes].sum()),
        rows="role",
        method="levels",
    )
    return stacked_levels(rows, caption)


def _level_shares(code: int, by_level: dict[Level, Counts], roles: _Roles, skill: OneSkill) -> LevelShares:
    n = int(roles.sizes[code])
    required, preferred, mentioned = (int(by_level[level][code]) for level in LEVELS)
    return LevelShares(
        label=role_label(skill.snapshot.roles[code]),
        required=required / n,
        preferred=preferred / n,
        mentioned=mentioned / n,
        n=n,
        url=_url(skill, code),
        urls=tuple(_url(skill, code, level=level.name.lower()) for level in LEVELS),
    )


def _levels_summary(skill: OneSkill) -> str:
    counts, code, n = skill.counts, skill.code, skill.naming.n
    if n < WITHHELD_BELOW:
        return "Fewer than ten postings name it, so the parts are withheld."
    required, preferred, mentioned = (
        percent(int(level[code]) / n) for level in (counts.required, counts.preferred, counts.mentioned)
    )
    return (
        f"Of all postings that name it, {required} require it, {preferred} prefer it, {mentioned} only mention it. "
        "Drawn are roles with at least 30 postings."
    )


def _left_out(withheld: int, beyond: int) -> str:
    parts = []
    if withheld:
        parts.append(f"{withheld} role{'' if withheld == 1 else 's'} with fewer than ten postings withheld")
    if beyond > 0:
        parts.append(f"{beyond} more not drawn")
    return f"Not here: {'; '.join(parts)}." if parts else ""


def _url(skill: OneSkill, role: int, **extra: str) -> str:
    return skill.postings_url(skill.question.narrowed(role=skill.snapshot.roles[role]), **extra)
