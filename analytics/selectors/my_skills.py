"""The screen of a person's own skills: which roles ask for them, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.http import QueryDict

from analytics.questions import Question
from analytics.selectors.links import path_of
from analytics.selectors.my_skills_cover import Mine, RolesCovered, roles_covered
from analytics.selectors.my_skills_fit import MOST_HAVE, SHARES, Had, least_of, technical
from analytics.selectors.my_skills_more import asked_beside
from analytics.selectors.my_skills_role import RULE, RoleAgainst, role_against
from analytics.selectors.my_skills_text import OwnText
from analytics.selectors.narrowing import have_pairs, known_skills
from analytics.selectors.published import Published
from analytics.selectors.skill_links import skill_urls
from analytics.snapshot import Snapshot
from postings.models import Alias

KEEP = ("have", "least")


@dataclass(frozen=True)
class HaveChip:
    """A skill in hand; `change_url` is this page without it. Of one that is offered, the page with it."""

    name: str
    url: str
    change_url: str


@dataclass(frozen=True)
class LeastLink:
    text: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class MySkillsScreen:
    """`hidden` are the fields that each form carries on; `options` what can be picked; without skills, no figures."""

    have: tuple[HaveChip, ...]
    offered: tuple[HaveChip, ...]
    uncounted: tuple[str, ...]
    problems: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]
    options: tuple[str, ...]
    reset_url: str
    rule: str
    leasts: tuple[LeastLink, ...]
    text: OwnText | None
    role: RoleAgainst | None = None
    roles: RolesCovered | None = None


def my_skills_screen(
    question: Question, shown: Published, query: QueryDict, text: OwnText | None = None
) -> MySkillsScreen:
    """Return the screen for the skills in the address; `text` is what was pasted and read, if anything was."""
    names, problems = known_skills(_spelled(query.getlist("have"), shown.snapshot), shown, most=MOST_HAVE)
    is_counted = technical(shown.snapshot)
    counted = tuple(name for name in names if is_counted[shown.snapshot.codes_of("skill", [name])].all())
    mine = Mine(counted, Had(tuple(shown.snapshot.codes_of("skill", counted)), _least(query)), question, shown)
    roles = question.filter.roles
    role = role_against(roles[0], mine) if counted and len(roles) == 1 else None
    return MySkillsScreen(
        have=tuple(_chip(name, mine) for name in counted),
        offered=_offered(mine),
        uncounted=tuple(name for name in names if name not in counted),
        problems=tuple(problems),
        hidden=(*question.pairs(), *have_pairs(counted, mine.had.least)),
        options=_options(shown.snapshot),
        reset_url=path_of("my_skills") + question.query,
        rule=RULE,
        leasts=tuple(_least_link(share, mine) for share in SHARES),
        text=text,
        role=role,
        roles=roles_covered(mine) if counted else None,
    )


def _least(query: QueryDict) -> int:
    return least_of(query.get("least", ""))


def _spelled(stated: Sequence[str], snapshot: Snapshot) -> list[str]:
    """Return names as the run spells them: by any alias, in any case, several between commas."""
    known = set(snapshot.skills)
    parts = [
        part.strip() for one in stated for part in ([one] if one in known else one.replace(";", ",").split(",")) if part
    ]
    others = {part.casefold() for part in parts if part and part not in known}
    if not others:
        return [part for part in parts if part]
    spelled = {name.casefold(): name for name in snapshot.skills if name.casefold() in others}
    aliases = Alias.objects.filter(phrase__in={*others, *parts}).select_related("skill__merged_into")
    meant = {alias.phrase.casefold(): (alias.skill.merged_into or alias.skill).name for alias in aliases}
    return [
        part if part in known else spelled.get(part.casefold()) or meant.get(part.casefold(), part)
        for part in parts
        if part
    ]


def _chip(name: str, mine: Mine) -> HaveChip:
    others = tuple(other for other in mine.names if other != name)
    changed = others if name in mine.names else (*others, name)
    address = skill_urls(mine.shown.run.pk).get(name, "")
    return HaveChip(name, address + mine.around.query if address else "", _page_url(changed, mine.had.least, mine))


def _offered(mine: Mine) -> tuple[HaveChip, ...]:
    if len(mine.names) == MOST_HAVE:
        return ()
    return tuple(
        _chip(mine.shown.snapshot.skills[code], mine) for code in asked_beside(mine.shown.snapshot, mine.had.codes)
    )


def _least_link(share: int, mine: Mine) -> LeastLink:
    text = f"{share}%" if share < max(SHARES) else "all"
    return LeastLink(text, _page_url(mine.names, share, mine), share == mine.had.least)


def _page_url(have: Sequence[str], least: int, mine: Mine) -> str:
    return path_of("my_skills") + mine.question.query_and(have_pairs(have, least))


@lru_cache(maxsize=2)
def _options(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the skills that can be picked: those that count and that some posting names, copies counted."""
    named = np.diff(snapshot.inv_indptr) > 0
    return tuple(snapshot.skills[code] for code in np.flatnonzero(technical(snapshot) & named))
