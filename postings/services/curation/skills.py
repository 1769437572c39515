"""Decisions about skills."""

from collections.abc import Sequence
from typing import Any

from typing_extensions import TypedDict

from jobsite.decisions import Changes, RefusedError, action
from postings.models import Alias, CandidateState, Skill, SkillReference
from postings.selectors.named import is_named_anywhere
from postings.services.curation.aliases import (
    AliasWords,
    NewAliasWords,
    add_alias,
    clean,
    let_wait_again,
    named,
    not_in_named,
    refuse_doubles,
    refuse_orphans,
    rule_named,
)
from postings.services.curation.naming import (
    any_skill_named,
    groups_named,
    kind_named,
    new_name,
    quoted,
    skill_named,
    usable_skill_named,
)

FACTS = "facts"
"""What became stale is read again, then new figures are made."""


class ReferenceWords(TypedDict):
    """A reference as decisions name it; scheme and identifier tell it from the others of its skill."""

    scheme: str
    identifier: str
    label: str


class AliasEdit(TypedDict, total=False):
    """An alias by its spelling (`phrase`, `exact_case`) and what becomes of it; what is not told stays."""

    phrase: str
    exact_case: bool
    new_phrase: str
    new_exact_case: bool
    new_context: str
    new_not_in: str


@action("skill.create", "Make a skill", follow=FACTS)
def create_skill(  # noqa: PLR0913  (what one form holds is one decision)
    changes: Changes,
    *,
    name: str,
    kind: str,
    aliases: Sequence[NewAliasWords],
    definition: str = "",
    groups: Sequence[str] = (),
    references: Sequence[ReferenceWords] = (),
) -> str:
    """Make a skill with the phrases that name it: without any it could never be found."""
    if not aliases:
        raise RefusedError(f"“{name}” needs an alias: a phrase that names it in texts.")
    skill = changes.create(Skill, name=new_name(name), kind=kind_named(kind), definition=definition)
    for alias in aliases:
        add_alias(changes, skill, alias)
    changes.link(skill, "groups", groups_named(groups))
    for reference in references:
        changes.create(SkillReference, skill=skill, **reference)
    return f"Skill “{skill}” made, named by {quoted(alias['phrase'] for alias in aliases)}."


@action("skill.edit", "Change a skill", follow=FACTS)
def edit_skill(  # noqa: PLR0913  (what one form holds is one decision)
    changes: Changes,
    *,
    skill: str,
    name: str | None = None,
    kind: str | None = None,
    definition: str | None = None,
    groups_added: Sequence[str] = (),
    groups_removed: Sequence[str] = (),
    aliases_added: Sequence[NewAliasWords] = (),
    aliases_changed: Sequence[AliasEdit] = (),
    aliases_removed: Sequence[AliasWords] = (),
    references_added: Sequence[ReferenceWords] = (),
    references_removed: Sequence[ReferenceWords] = (),
) -> str:
    """Change what a skill is called, what it is and what names it, in one decision; what is not told stays."""
    row = any_skill_named(skill)
    values: dict[str, Any] = {}
    if name is not None:
        values["name"] = new_name(name, but=row)
    if kind is not None:
        values["kind"] = kind_named(kind)
    if definition is not None:
        values["definition"] = definition
    row = changes.update(row, **values)
    changes.link(row, "groups", groups_named(groups_added))
    changes.unlink(row, "groups", groups_named(groups_removed))
    _edit_aliases(changes, row, aliases_added, aliases_changed, aliases_removed)
    for reference in references_removed:
        changes.delete(_reference(row, reference))
    for reference in references_added:
        changes.create(SkillReference, skill=row, **reference)
    renamed = f", called “{row}” from now on" if row.name != skill else ""
    return f"“{skill}” changed{renamed}."


@action("skill.merge", "Merge skills", follow=FACTS)
def merge_skills(changes: Changes, *, keep: str, absorb: Sequence[str]) -> str:
    """Move the aliases and groups of all of `absorb` to `keep`; they stay as pointers to it. No text is read again."""
    kept = usable_skill_named(keep)
    if keep in absorb:
        raise RefusedError("A skill cannot be merged into itself.")
    for name in absorb:
        skill = skill_named(name)
        for alias in skill.aliases.all():
            changes.update(alias, skill=kept)
        changes.link(kept, "groups", skill.groups.all())
        _point_to(changes, skill, kept)
    return f"{quoted(absorb)} merged into “{keep}”."


@action("skill.split", "Split a skill", follow=FACTS)
def split_skill(changes: Changes, *, skill: str, aliases: Sequence[AliasWords], name: str, kind: str) -> str:
    """Move aliases out into a new skill, which joins the same groups. No text is read again."""
    source = usable_skill_named(skill)
    rows = [named(alias) for alias in aliases]
    if not rows:
        raise RefusedError("Choose the aliases that name the new skill.")
    if strange := [row for row in rows if row.skill != source]:
        raise RefusedError(f"“{strange[0]}” is no alias of “{skill}”.")
    made = changes.create(Skill, name=new_name(name), kind=kind_named(kind))
    changes.link(made, "groups", source.groups.all())
    for row in rows:
        changes.update(row, skill=made)
    refuse_orphans([source])
    return f"{quoted(row.phrase for row in rows)} split from “{skill}” as “{made}”."


@action("skill.hide", "Hide skills", follow=FACTS)
def hide_skills(changes: Changes, *, skills: Sequence[str]) -> str:
    """Name these in no figure any more; they are still found in texts."""
    for name in skills:
        changes.update(skill_named(name), is_hidden=True)
    return f"{quoted(skills)} hidden from all figures."


@action("skill.show", "Show skills again", follow=FACTS)
def show_skills(changes: Changes, *, skills: Sequence[str]) -> str:
    """Name hidden skills in figures again; a deprecated one is no longer deprecated."""
    for name in skills:
        changes.update(skill_named(name), is_hidden=False, is_deprecated=False)
    return f"{quoted(skills)} shown in figures again."


@action("skill.deprecate", "Deprecate a skill", follow=FACTS)
def deprecate_skill(changes: Changes, *, skill: str, redirect: str = "") -> str:
    """Retire a skill: its aliases stay with it, its mentions count for `redirect`, for none where there is none."""
    row = usable_skill_named(skill)
    if not redirect:
        changes.update(row, is_deprecated=True, is_hidden=True)
        return f"“{skill}” deprecated: its mentions count for no skill."
    if redirect == skill:
        raise RefusedError("A skill cannot be deprecated for itself.")
    target = usable_skill_named(redirect)
    _point_to(changes, changes.update(row, is_deprecated=True), target)
    return f"“{skill}” deprecated: its mentions count for “{redirect}”."


@action("skill.kind", "Change the kind of skills", follow=FACTS)
def change_kind(changes: Changes, *, skills: Sequence[str], kind: str) -> str:
    """Say anew what kind these skills are of."""
    for name in skills:
        changes.update(skill_named(name), kind=kind_named(kind))
    return f"{quoted(skills)}: {kind} from now on."


@action("skill.delete", "Delete a skill", follow=FACTS)
def delete_skill(changes: Changes, *, skill: str) -> str:
    """Remove a skill that no text has named, with its aliases and what other lists call it."""
    row = any_skill_named(skill)
    aliases = list(row.aliases.all())
    if pointer := row.merged.first():
        raise RefusedError(f"“{pointer}” leads to “{skill}”.")
    if is_named_anywhere(alias.pk for alias in aliases):
        raise RefusedError(f"Texts have named “{skill}”: hide, merge or deprecate it.")
    for candidate in row.accepted_candidates.all():
        changes.update(candidate, state=CandidateState.WAITING, skill=None)
    changes.unlink(row, "groups", row.groups.all())
    for hanging in (*aliases, *row.references.all()):
        changes.delete(hanging)
    changes.delete(row)
    return f"Skill “{skill}” deleted."


def _point_to(changes: Changes, skill: Skill, target: Skill) -> None:
    """Let a skill, and all that led to it, lead to `target`: every pointer leads to its end in one step."""
    for pointer in skill.merged.all():
        changes.update(pointer, merged_into=target)
    changes.update(skill, merged_into=target)


def _edit_aliases(
    changes: Changes,
    skill: Skill,
    added: Sequence[NewAliasWords],
    changed: Sequence[AliasEdit],
    removed: Sequence[AliasWords],
) -> None:
    """Removed ones go first: a phrase may come back in another case."""
    gone: list[str] = []
    for one in removed:
        changes.delete(_own(named(one), skill))
        gone.append(one["phrase"])
    for edit in changed:
        alias = _own(named({"phrase": edit["phrase"], "exact_case": bool(edit.get("exact_case"))}), skill)
        phrase = clean(edit.get("new_phrase", alias.phrase))
        exact_case = edit.get("new_exact_case", alias.exact_case)
        refuse_doubles(phrase, exact_case=exact_case, but=alias)
        rule = rule_named(edit.get("new_context", alias.context))
        not_in = not_in_named(edit.get("new_not_in", alias.not_in))
        changes.update(alias, phrase=phrase, exact_case=exact_case, context=rule, not_in=not_in)
        gone.append(alias.phrase)
    for new in added:
        add_alias(changes, skill, new)
    for phrase in gone:
        let_wait_again(changes, phrase)
    if removed:
        refuse_orphans([skill])


def _own(alias: Alias, skill: Skill) -> Alias:
    if alias.skill_id != skill.pk:
        raise RefusedError(f"“{alias}” is an alias of “{alias.skill}”, not of “{skill}”.")
    return alias


def _reference(skill: Skill, words: ReferenceWords) -> SkillReference:
    found = skill.references.filter(scheme=words["scheme"], identifier=words["identifier"]).first()
    if found is None:
        raise RefusedError(f"“{skill}” has no reference {words['scheme']} {words['identifier']}.")
    return found
