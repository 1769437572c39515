"""Rows by the names that decisions call them: an installation elsewhere has other ids."""

from collections.abc import Iterable

from jobsite.decisions import RefusedError
from postings.models import Alias, Kind, Skill, SkillGroup


def skill_named(name: str) -> Skill:
    """Return a skill that stands for itself; raises RefusedError where there is none, or it leads to another one."""
    skill = any_skill_named(name)
    if skill.merged_into:
        done = "deprecated for" if skill.is_deprecated else "merged into"
        raise RefusedError(f"“{name}” is {done} “{skill.merged_into}” already.")
    return skill


def any_skill_named(name: str) -> Skill:
    """Return a skill, whether or not it leads to another one; raises RefusedError where there is none."""
    skill = Skill.objects.filter(name=name).select_related("merged_into").first()
    if skill is None:
        raise RefusedError(f"There is no skill “{name}”.")
    return skill


def usable_skill_named(name: str) -> Skill:
    """Return a skill that aliases can be given to; raises RefusedError, too, where it is deprecated."""
    skill = skill_named(name)
    if skill.is_deprecated:
        raise RefusedError(f"“{name}” is deprecated.")
    return skill


def new_name(name: str, *, but: Skill | None = None) -> str:
    """Return the name of a skill without odd blanks; raises RefusedError where it is empty or another skill has it."""
    name = " ".join(name.split())
    if not name:
        raise RefusedError("A skill needs a name.")
    taken = Skill.objects.filter(name__iexact=name).exclude(pk=but.pk if but else 0).first()
    if taken:
        raise RefusedError(f"There is a skill called “{taken}” already.")
    return name


def kind_named(kind: str) -> str:
    """Return a kind of skill; raises RefusedError for a word that is none."""
    if kind not in Kind.values:
        raise RefusedError(f"“{kind}” is no kind of skill: {', '.join(Kind.values)}.")
    return kind


def alias_named(phrase: str, *, exact_case: bool) -> Alias:
    """Return the alias of this spelling; raises RefusedError where there is none."""
    alias = Alias.objects.filter(phrase=phrase, exact_case=exact_case).select_related("skill").first()
    if alias is None:
        raise RefusedError(f"There is no alias “{phrase}”{' of exact case' if exact_case else ''}.")
    return alias


def groups_named(slugs: Iterable[str]) -> list[SkillGroup]:
    """Return the groups; raises RefusedError for a slug that none has."""
    wanted = list(dict.fromkeys(slugs))
    there = {group.slug: group for group in SkillGroup.objects.filter(slug__in=wanted)}
    if missing := [slug for slug in wanted if slug not in there]:
        raise RefusedError(f"There is no group “{missing[0]}”.")
    return [there[slug] for slug in wanted]


def quoted(names: Iterable[object], *, most: int = 12) -> str:
    """Return names, or rows by theirs, for a sentence, the first of many: “a”, “b” and 3 more."""
    every = list(names)
    told = ", ".join(f"“{name}”" for name in every[:most])
    return told if len(every) <= most else f"{told} and {len(every) - most} more"
