"""Edits as a curator means them -> what would name what, for `postings.impact`. Nothing is written."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from postings.impact import Edit, NewAlias
from postings.models import Alias, Skill

NEW = -1
"""The id of the skill that does not exist yet."""


def edit_of_merge(*, keep: Skill, absorb: Iterable[Skill]) -> Edit:
    """Every alias of `absorb`, and of what leads to it, would name `keep`."""
    skills = [skill.pk for skill in absorb]
    aliases = Alias.objects.filter(Q(skill__in=skills) | Q(skill__merged_into__in=skills))
    return Edit(moved=dict.fromkeys(aliases.values_list("pk", flat=True), keep.pk))


def edit_of_move(aliases: Iterable[Alias], *, to: Skill) -> Edit:
    """The aliases would name another skill."""
    return Edit(moved={alias.pk: to.pk for alias in aliases})


def edit_of_split(aliases: Iterable[Alias], *, name: str) -> Edit:
    """The aliases would name a new skill called `name`."""
    return Edit(moved={alias.pk: NEW for alias in aliases}, new_skills={NEW: name})


def edit_of_hide(skills: Iterable[Skill]) -> Edit:
    """No figure would show the skills."""
    return Edit(hidden=frozenset(skill.pk for skill in skills))


def edit_of_show(skills: Iterable[Skill]) -> Edit:
    """Figures would show the skills, hidden until now."""
    return Edit(shown=frozenset(skill.pk for skill in skills))


def edit_of_deprecate(skill: Skill, *, redirect: Skill | None) -> Edit:
    """The skill's aliases would name `redirect`; without one it would be hidden."""
    return edit_of_hide([skill]) if redirect is None else edit_of_merge(keep=redirect, absorb=[skill])


def edit_of_removal(aliases: Iterable[Alias]) -> Edit:
    """The phrases would be read no more."""
    return Edit(removed=frozenset(alias.pk for alias in aliases))


def edit_of_respelling(aliases: Iterable[Alias], **values: Any) -> Edit:
    """The aliases would have some of `phrase`, `exact_case`, `context` and `not_in` otherwise: their postings are
    looked for anew. Not those of an alias that would only be read in fewer languages: it leaves some that name it."""
    changed: dict[int, NewAlias] = {}
    narrowed: dict[int, str] = {}
    for alias in aliases:
        before = {name: getattr(alias, name) for name in ("phrase", "exact_case", "context", "not_in")}
        after = before | values
        left, languages = {*alias.not_in.split()}, {*after["not_in"].split()}
        if before == after:
            continue
        if before | {"not_in": after["not_in"]} == after and left < languages:
            narrowed[alias.pk] = " ".join(sorted(languages - left))
        else:
            changed[alias.pk] = NewAlias(skill=alias.skill_id, skill_name=alias.skill.name, **after)
    return Edit(removed=frozenset(changed), added=tuple(changed.values()), narrowed=narrowed)


def edit_of_candidates(
    phrases: Iterable[str], *, skill: Skill | None, name: str = "", exact_case: bool = False, context: str = ""
) -> Edit:
    """The phrases would become aliases of `skill`, or of a new skill called `name`; all with one case and context."""
    pk, called = (None, name) if skill is None else (skill.pk, skill.name)
    return Edit(added=tuple(NewAlias(phrase, exact_case, context, pk, called) for phrase in phrases))
