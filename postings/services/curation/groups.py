"""Decisions about groups of skills."""

from collections.abc import Sequence

from jobsite.decisions import Changes, RefusedError, action
from postings.models import SkillGroup
from postings.services.curation.naming import groups_named, quoted, skill_named


@action("group.create", "Make a group", follow="facts")
def create_group(  # noqa: PLR0913  (what one form holds is one decision)
    changes: Changes, *, slug: str, name: str, set: str, definition: str = "", skills: Sequence[str] = ()
) -> str:
    """Make a group, of these skills if any are told."""
    if SkillGroup.objects.filter(slug=slug).exists():
        raise RefusedError(f"There is a group “{slug}” already.")
    group = changes.create(SkillGroup, slug=slug, name=name, set=set, definition=definition)
    for skill in skills:
        changes.link(skill_named(skill), "groups", [group])
    return f"Group “{name}” made."


@action("group.edit", "Change a group", follow="facts")
def edit_group(
    changes: Changes, *, group: str, name: str | None = None, set: str | None = None, definition: str | None = None
) -> str:
    """Change what a group is called, which groups it is shown against, and its definition; what is not told stays."""
    [row] = groups_named([group])
    told = {"name": name, "set": set, "definition": definition}
    changed = changes.update(row, **{field: value for field, value in told.items() if value is not None})
    return f"Group “{changed.name}” changed."


@action("group.delete", "Remove a group", follow="facts")
def delete_group(changes: Changes, *, group: str) -> str:
    """Remove a group; its skills stay."""
    [row] = groups_named([group])
    for skill in row.skills.all():
        changes.unlink(skill, "groups", [row])
    changes.delete(row)
    return f"Group “{row.name}” removed."


@action("skill.regroup", "Regroup skills", follow="facts")
def regroup_skills(
    changes: Changes, *, skills: Sequence[str], add: Sequence[str] = (), remove: Sequence[str] = ()
) -> str:
    """Put skills into groups and take them from others."""
    if both := set(add) & set(remove):
        raise RefusedError(f"“{sorted(both)[0]}” cannot be added and taken away at once.")
    joined, left = groups_named(add), groups_named(remove)
    for name in skills:
        skill = skill_named(name)
        changes.link(skill, "groups", joined)
        changes.unlink(skill, "groups", left)
    said = [f"into {quoted(group.name for group in joined)}"] if joined else []
    said += [f"out of {quoted(group.name for group in left)}"] if left else []
    return f"{quoted(skills)} put {' and '.join(said)}."
