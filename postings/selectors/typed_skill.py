"""Which skill a curator means by a name that is typed."""

from jobsite.decisions import RefusedError
from postings.models import Alias, Skill
from postings.selectors.candidate_queue import skill_options

NEAR = 3


def skill_typed(typed: str) -> Skill:
    """Return the shown skill that is called so, or else that has an alias spelt so, whatever the case.

    Raises RefusedError with a sentence where none is, where several may be meant, and where the one leads to another.
    """
    typed = " ".join(typed.split())
    called = Skill.objects.filter(name__iexact=typed).select_related("merged_into")
    meant = {skill.name: skill for skill in called} or _named_by(typed)
    if typed in meant:
        meant = {typed: meant[typed]}
    usable = [skill for skill in meant.values() if not _why_not(skill)]
    if len(usable) > 1:
        names = " or ".join(f"“{skill}”" for skill in usable)
        raise RefusedError(f"“{typed}” may be {names}: type the name of one, with its capitals.")
    if usable:
        return usable[0]
    raise RefusedError(next(map(_why_not, meant.values()), "") or no_skill_called(typed))


def no_skill_called(typed: str) -> str:
    """Return a sentence that says so, with what is near."""
    near = ", ".join(f"“{option.name}”" for option in skill_options(typed)[:NEAR])
    return f"No skill is called “{typed}”, and no alias is spelt so.{f' Near it: {near}.' if near else ''}"


def _named_by(phrase: str) -> dict[str, Skill]:
    aliases = Alias.objects.filter(phrase__iexact=phrase).select_related("skill__merged_into").order_by("skill__name")
    return {alias.skill.name: alias.skill for alias in aliases}


def _why_not(skill: Skill) -> str:
    """Return why a skill cannot be what is meant, "" where it can."""
    if skill.merged_into:
        done = "deprecated for" if skill.is_deprecated else "merged into"
        return f"“{skill}” is {done} “{skill.merged_into}”: name that one."
    if skill.is_deprecated:
        return f"“{skill}” is deprecated: name another one."
    return f"“{skill}” is hidden from all figures: show it first, or name another one." if skill.is_hidden else ""
