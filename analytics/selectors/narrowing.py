"""What narrows a list of postings besides the filters: words, skills, groups, a profile, pay, what a person can do."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.http import QueryDict

from analytics.questions import UNKNOWN, Question
from analytics.selectors.catalogued import catalogued
from analytics.selectors.filterbar import Chip
from analytics.selectors.links import path_of
from analytics.selectors.membership import NOBODY, leading_profile
from analytics.selectors.my_skills_fit import MOST_HAVE, SHARES, Had, fitting, least_of
from analytics.selectors.published import Published
from analytics.selectors.role_names import role_within
from analytics.selectors.selected import inside, paid, rows_of, with_skill
from analytics.snapshot import Selection
from analytics.snapshot.select import pick
from postings.models import SkillGroup
from postings.selectors import search_postings
from postings.skills import Level

KEEP = ("q", "skill", "level", "also", "group", "covering", "profile", "pay", "catalogued", "besides", "have", "least")
TOO_THIN = "none"
"""profile=none: postings with too few technical skills to lean to a profile."""
ANY_PAY = "any"
"""pay=any: postings that state yearly pay in whatever currency; pay=USD: in that one; pay=none: without a currency."""
_PAY_TEXTS = {ANY_PAY: "in any currency", UNKNOWN: "without a currency"}


@dataclass(frozen=True)
class Narrowing:
    """`also` is a second skill that a posting must name. `covering` is how many of `groups` a posting must name a
    skill of, exactly; None means all of them.

    `profile` is the number of a profile on its level, NOBODY for postings too thin to tell, None for any; `known` is
    how the address names it. `problems` are sentences about parts of the address that name nothing known.
    """

    words: str = ""
    skill: str = ""
    level: Level | None = None
    also: str = ""
    groups: tuple[str, ...] = ()
    covering: int | None = None
    profile: int | None = None
    profile_level: str = ""
    profile_name: str = ""
    known: str = ""
    pay: str = ""
    catalogued: bool = False
    besides: str = ""
    """A role whose postings are left out."""
    had: Had | None = None
    """The skills that the postings must fit, see my_skills_fit."""
    have: tuple[str, ...] = ()
    """Their names."""
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
    also = _known_skill(query.get("also", ""), shown, problems)
    pay = _pay(query.get("pay", ""), shown, problems)
    is_read = query.get("catalogued") == "1"
    role, have = _besides(query.get("besides", ""), shown, problems), _have(query, shown, problems)
    had = Had(tuple(shown.snapshot.codes_of("skill", have)), least_of(query.get("least", ""))) if have else None
    narrow = Narrowing(words, skill, level, also, groups, covering, *found, pay, is_read, role, had, have)
    return replace(narrow, problems=tuple(problems))


def known_skills(names: Sequence[str], shown: Published, *, most: int) -> tuple[tuple[str, ...], list[str]]:
    """Return the skills of the run among these names, each once, and sentences about the others."""
    stated = dict.fromkeys(name for name in names if name)
    known = tuple(name for name in stated if shown.snapshot.code("skill", name) is not None)
    problems = [f"No skill is called “{name}” in this run, so it was left out." for name in stated if name not in known]
    if len(known) > most:
        problems.append(f"More than {most} skills do not fit into an address: the first {most} were taken.")
    return known[:most], problems


def narrowed(selection: Selection, shown: Published, narrowing: Narrowing) -> Selection:
    """Return the postings of `selection` that all narrowings let through."""
    snapshot = shown.snapshot
    if narrowing.skill and (code := snapshot.code("skill", narrowing.skill)) is not None:
        selection = with_skill(snapshot, selection, code, level=narrowing.level)
    if narrowing.also and (code := snapshot.code("skill", narrowing.also)) is not None:
        selection = with_skill(snapshot, selection, code)
    if narrowing.groups:
        selection = _covering(selection, shown, narrowing)
    if narrowing.profile is not None:
        leading = leading_profile(shown.at(narrowing.profile_level))
        selection = pick(selection.rows[leading[selection.rows] == narrowing.profile])
    if narrowing.pay:
        currency = None if narrowing.pay == ANY_PAY else narrowing.pay.replace(UNKNOWN, "")
        selection = paid(snapshot, selection, currency)
    if narrowing.catalogued:
        selection = catalogued(snapshot, selection)
    if narrowing.besides:
        own = snapshot.code("role", narrowing.besides)
        selection = pick(selection.rows[snapshot.role[selection.rows] != own])
    if narrowing.had:
        selection = fitting(snapshot, selection, narrowing.had)
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
    texts.append(("also", "Also names", narrowing.also))
    texts.append(("group", _covering_text(narrowing), ", ".join(names.get(slug, slug) for slug in narrowing.groups)))
    texts.append(("profile", "Leans to profile", narrowing.profile_name))
    texts.append(("pay", "States pay", _PAY_TEXTS.get(narrowing.pay, f"in {narrowing.pay}") if narrowing.pay else ""))
    texts.append(("catalogued", "Title", "a role of the catalogue" if narrowing.catalogued else ""))
    texts.append(("besides", "Not titled", role_within(narrowing.besides) if narrowing.besides else ""))
    texts.append(("have", "Fits", _fit_text(narrowing)))
    goes_with = {"skill": ("skill", "level"), "group": ("group", "covering"), "have": ("have", "least")}
    return tuple(
        Chip(label, text, _without(question, address, goes_with.get(name, (name,))))
        for name, label, text in texts
        if text
    )


def narrowing_pairs(narrowing: Narrowing) -> list[tuple[str, str]]:
    """Return the narrowing as (name, value) of an address."""
    pairs = [("q", narrowing.words), ("skill", narrowing.skill)]
    pairs.append(("level", narrowing.level.name.lower() if narrowing.level is not None else ""))
    pairs.append(("also", narrowing.also))
    pairs += [("group", slug) for slug in narrowing.groups]
    pairs.append(("covering", "" if narrowing.covering is None else str(narrowing.covering)))
    pairs += [("profile", narrowing.known), ("pay", narrowing.pay), ("catalogued", "1" if narrowing.catalogued else "")]
    pairs += [("besides", narrowing.besides)]
    pairs += have_pairs(narrowing.have, narrowing.had.least if narrowing.had else 0)
    return [(name, value) for name, value in pairs if value]


def have_pairs(have: Sequence[str], least: int) -> list[tuple[str, str]]:
    """Return the skills that a person has as (name, value) of an address; the usual share is left out."""
    pairs = [("have", name) for name in have]
    return [*pairs, ("least", str(least))] if have and least != SHARES[0] else pairs


def _fit_text(narrowing: Narrowing) -> str:
    if narrowing.had is None:
        return ""
    return f"{narrowing.had.least}% of what is required, with {len(narrowing.have)} skills"


def _without(question: Question, address: Sequence[tuple[str, str]], names: Sequence[str]) -> str:
    left = [(name, value) for name, value in address if name not in names]
    return path_of("posting_list") + question.query_and(left)


def _skill(query: QueryDict, shown: Published, problems: list[str]) -> tuple[str, Level | None]:
    skill, stated = _known_skill(query.get("skill", ""), shown, problems), query.get("level", "")
    level = Level.__members__.get(stated.upper()) if skill else None
    if stated and level is None:
        problems.append("A level is required, preferred or mentioned, and goes with a skill.")
    return skill, level


def _known_skill(name: str, shown: Published, problems: list[str]) -> str:
    if name and shown.snapshot.code("skill", name) is None:
        problems.append(f"No skill is called “{name}” in this run, so it was left out.")
        return ""
    return name


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


def _pay(stated: str, shown: Published, problems: list[str]) -> str:
    """Return the currency that the address names, `any` or `none`."""
    if stated in ("", ANY_PAY) or shown.snapshot.code("pay_currency", stated.replace(UNKNOWN, "")) is not None:
        return stated
    problems.append(f"No posting of this run states pay in “{stated}”, so it was left out.")
    return ""


def _besides(stated: str, shown: Published, problems: list[str]) -> str:
    if stated and shown.snapshot.code("role", stated) is None:
        problems.append(f"No posting of this run has the role “{stated}”, so none was left out.")
        return ""
    return stated


def _have(query: QueryDict, shown: Published, problems: list[str]) -> tuple[str, ...]:
    have, unknown = known_skills(query.getlist("have"), shown, most=MOST_HAVE + 1)
    problems += unknown
    return have


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
