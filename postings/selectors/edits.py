"""Edits as a curator means them -> what would name what, for `postings.impact`. Nothing is written."""

from collections.abc import Iterable

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


def edit_of_respelling(alias: Alias, *, phrase: str, exact_case: bool, context: str, not_in: str) -> Edit:
    """The alias would be spelt otherwise, or be read by another rule: its postings are looked for anew. Not where it
    would only be read in fewer languages: then it leaves some of those that name it."""
    added = {*not_in.split()} - {*alias.not_in.split()}
    is_as_before = (phrase, exact_case, context) == (alias.phrase, alias.exact_case, alias.context)
    if is_as_before and added and {*alias.not_in.split()} <= {*not_in.split()}:
        return Edit(narrowed={alias.pk: " ".join(sorted(added))})
    new = NewAlias(phrase, exact_case, context, alias.skill_id, alias.skill.name, not_in)
    return Edit(removed=frozenset([alias.pk]), added=(new,))


def edit_of_candidates(
    phrases: Iterable[str], *, skill: Skill | None, name: str = "", exact_case: bool = False, context: str = ""
) -> Edit:
    """The phrases would become aliases of `skill`, or of a new skill called `name`; all with one case and context."""
    pk, called = (None, name) if skill is None else (skill.pk, skill.name)
    return Edit(added=tuple(NewAlias(phrase, exact_case, context, pk, called) for phrase in phrases))
