"""What narrows a list of postings besides the filters: words, a skill and its level, groups, a profile."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.http import QueryDict

from analytics.questions import Question
from analytics.selectors.filterbar import Chip
from analytics.selectors.links import path_of
from analytics.selectors.membership import NOBODY, leading_profile
from analytics.selectors.published import Published
from analytics.selectors.selected import inside, rows_of, with_skill
from analytics.snapshot import Selection
from analytics.snapshot.select import pick
from postings.models import SkillGroup
from postings.selectors import search_postings
from postings.skills import Level

KEEP = ("q", "skill", "level", "group", "covering", "profile")
TOO_THIN = "none"
"""profile=none: postings with too few technical skills to lean to a profile."""


@dataclass(frozen=True)
class Narrowing:
    """`covering` is how many of `groups` a posting must name a skill of, exactly; None means all of them.

    `profile` is the number of a profile on its level, NOBODY for postings too thin to tell, None for any; `known` is
    how the address names it. `problems` are sentences about parts of the address that name nothing known.
    """

    words: str = ""
    skill: str = ""
    level: Level | None = None
    groups: tuple[str, ...] = ()
    covering: int | None = None
    profile: int | None = None
    profile_level: str = ""
    profile_name: str = ""
    known: str = ""
    problems: tuple[str, ...] = ()


def read_narrowing(query: QueryDict, shown: Published) -> Narrowing:
    """Return what the address asks for; what this run does not know is left out, and said."""
    problems: list[str] = []
    skill, level = _skill(query, shown, problems)
    stated = query.get("profile", "")
    found = _profile(stated, shown, problems)
    known = shown.snapshot.group_skills
    asked = sorted(set(query.getlist("group")))
    problems += [f"No group is called “{slug}” in this run, so it was left out." for slug in asked if slug not in known]
    groups = tuple(slug for slug in asked if slug in known)
    number = query.get("covering", "")
    covering = int(number) if groups and number.isdecimal() else None
    words = query.get("q", "").strip()
    return Narrowing(words, skill, level, groups, covering, *found, problems=tuple(problems))


def narrowed(selection: Selection, shown: Published, narrowing: Narrowing) -> Selection:
    """Return the postings of `selection` that all narrowings let through."""
    snapshot = shown.snapshot
    if narrowing.skill and (code := snapshot.code("skill", narrowing.skill)) is not None:
        selection = with_skill(snapshot, selection, code, level=narrowing.level)
    if narrowing.groups:
        selection = _covering(selection, shown, narrowing)
    if narrowing.profile is not None:
        leading = leading_profile(shown.at(narrowing.profile_level))
        selection = pick(selection.rows[leading[selection.rows] == narrowing.profile])
    if narrowing.words:
        found = rows_of(snapshot, search_postings(narrowing.words))
        selection = pick(np.sort(found[inside(snapshot, selection)[found]]))
    return selection


def narrowing_chips(question: Question, narrowing: Narrowing) -> tuple[Chip, ...]:
    """Return a chip for each narrowing, with the address of the list without it."""
    address = narrowing_pairs(narrowing)
    names = dict(SkillGroup.objects.filter(slug__in=narrowing.groups).values_list("slug", "name"))
    texts = [("q", "Words", narrowing.words), ("skill", "Skill", narrowing.skill)]
    texts.append(("level", "Level", narrowing.level.name.lower() if narrowing.level is not None else ""))
    texts.append(("group", _covering_text(narrowing), ", ".join(names.get(slug, slug) for slug in narrowing.groups)))
    texts.append(("profile", "Leans to profile", narrowing.profile_name))
    goes_with = {"skill": ("skill", "level"), "group": ("group", "covering")}
    return tuple(
        Chip(label, text, _without(question, address, goes_with.get(name, (name,))))
        for name, label, text in texts
        if text
    )


def narrowing_pairs(narrowing: Narrowing) -> list[tuple[str, str]]:
    """Return the narrowing as (name, value) of an address."""
    pairs = [("q", narrowing.words), ("skill", narrowing.skill)]
    pairs.append(("level", narrowing.level.name.lower() if narrowing.level is not None else ""))
    pairs += [("group", slug) for slug in narrowing.groups]
    pairs.append(("covering", "" if narrowing.covering is None else str(narrowing.covering)))
    pairs.append(("profile", narrowing.known))
    return [(name, value) for name, value in pairs if value]


def _without(question: Question, address: Sequence[tuple[str, str]], names: Sequence[str]) -> str:
    left = [(name, value) for name, value in address if name not in names]
    return path_of("posting_list") + question.query_and(left)


def _skill(query: QueryDict, shown: Published, problems: list[str]) -> tuple[str, Level | None]:
    skill, stated = query.get("skill", ""), query.get("level", "")
    if skill and shown.snapshot.code("skill", skill) is None:
        problems.append(f"No skill is called “{skill}” in this run, so it was left out.")
        skill = ""
    level = Level.__members__.get(stated.upper()) if skill else None
    if stated and level is None:
        problems.append("A level is required, preferred or mentioned, and goes with a skill.")
    return skill, level


def _profile(stated: str, shown: Published, problems: list[str]) -> tuple[int | None, str, str, str]:
    """Return number, level, name and address of the profile that the address names."""
    if not stated:
        return None, "", "", ""
    if stated == TOO_THIN:
        return NOBODY, "", "too few skills to tell", stated
    found = shown.profile(int(stated)) if stated.isdecimal() else None
    if found is None:
        problems.append("This run has no such profile, so it was left out.")
        return None, "", "", ""
    return found.number, found.level, found.name, stated


def _covering(selection: Selection, shown: Published, narrowing: Narrowing) -> Selection:
    snapshot = shown.snapshot
    held = np.zeros(snapshot.n, np.int32)
    for slug in narrowing.groups:
        held[snapshot.with_skills(selection, snapshot.group_skills[slug]).rows] += 1
    wanted = len(narrowing.groups) if narrowing.covering is None else narrowing.covering
    return pick(selection.rows[held[selection.rows] == wanted])


def _covering_text(narrowing: Narrowing) -> str:
    if narrowing.covering is not None:
        return f"Exactly {narrowing.covering} of the groups"
    return "Group" if len(narrowing.groups) == 1 else "All groups"
