"""Decisions about roles, the phrases that employers use for them, and the families they belong to."""

from collections.abc import Sequence

from django.template.defaultfilters import pluralize
from django.utils.text import slugify

from analytics.models import Role, RoleSynonym
from analytics.services.curation.naming import (
    named_titles,
    refuse_name,
    refuse_phrases,
    role_called,
    titles_called,
)
from analytics.services.curation.titles import TITLES, pin_titles
from jobsite.decisions import Changes, RefusedError, action
from postings.services import quoted


@action("role.create", "Make a role", follow=TITLES)
def create_role(
    changes: Changes, *, name: str, family: str = "", synonyms: Sequence[str] = (), titles: Sequence[str] = ()
) -> str:
    """Add a role; titles that hold its name or a synonym are read into it, and `titles` are pinned to it."""
    name, slug = _tidy(name), slugify(name)
    refuse_name(name)
    if not slug or Role.objects.filter(slug=slug).exists():
        raise RefusedError(f"“{name}” is too like a role that there is: both are “{slug}” in addresses.")
    role = changes.create(Role, name=name, slug=slug, family=_tidy(family))
    _add_synonyms(changes, role, synonyms)
    if titles:
        pin_titles(changes, titles_called(titles), role)
    return f"Role “{name}” made{f' for {named_titles(titles)}' if titles else ''}."


@action("role.edit", "Change a role", follow=TITLES)
def edit_role(  # noqa: PLR0913  (what one form holds is one decision)
    changes: Changes,
    *,
    role: str,
    name: str | None = None,
    family: str | None = None,
    synonyms_added: Sequence[str] = (),
    synonyms_removed: Sequence[str] = (),
) -> str:
    """Rename a role, move it to another family, add and remove synonyms; what is not said stays. `role` is a slug,
    which stays."""
    chosen = role_called(role)
    was = chosen.name
    for phrase in synonyms_removed:
        found = chosen.synonyms.filter(phrase=phrase).first()
        if found is None:
            raise RefusedError(f"“{phrase}” is no synonym of “{was}”.")
        changes.delete(found)
    if name is not None and _tidy(name) != was:
        refuse_name(_tidy(name), but=chosen)
        chosen = changes.update(chosen, name=_tidy(name))
    if family is not None:
        chosen = changes.update(chosen, family=_tidy(family))
    _add_synonyms(changes, chosen, synonyms_added)
    return _changed(was, chosen, added=synonyms_added, removed=synonyms_removed, family=family)


@action("role.merge", "Merge roles", follow=TITLES)
def merge_roles(changes: Changes, *, keep: str, absorb: Sequence[str]) -> str:
    """Count what is read into each of `absorb` under `keep`, by slug; they stay as pointers with their synonyms."""
    kept = role_called(keep)
    if keep in absorb:
        raise RefusedError("A role cannot be merged into itself.")
    names = []
    for slug in dict.fromkeys(absorb):
        role = role_called(slug)
        names.append(role.name)
        for pin in role.pins.all():
            changes.update(pin, role=kept)
        for pointer in role.merged.all():
            changes.update(pointer, merged_into=kept)
        changes.update(role, merged_into=kept)
    return f"{quoted(names)} merged into “{kept}”."


@action("role.delete", "Delete a role", follow=TITLES)
def delete_role(changes: Changes, *, role: str) -> str:
    """Remove a role that nobody pinned a title to; its titles are read as another trade from then on."""
    chosen = role_called(role)
    pinned = [pin.title.text for pin in chosen.pins.select_related("title")]
    if pinned:
        raise RefusedError(f"“{chosen}” is in use: {named_titles(pinned)} {pluralize(pinned, 'is,are')} pinned to it.")
    if merged := list(chosen.merged.all()):
        raise RefusedError(f"“{chosen}” is in use: {quoted(merged)} {pluralize(merged, 'is,are')} merged into it.")
    if not Role.objects.exclude(pk=chosen.pk).exists():
        raise RefusedError(f"“{chosen}” is the only role: without any, the shipped ones would come back.")
    for synonym in chosen.synonyms.all():
        changes.delete(synonym)
    changes.delete(chosen)
    return f"Role “{chosen}” deleted."


@action("family.move", "Move roles to a family", follow=TITLES)
def move_roles(changes: Changes, *, roles: Sequence[str], family: str) -> str:
    """Put the roles, by slug, into one family; an empty name takes them out of theirs."""
    chosen = [role_called(slug) for slug in roles]
    for role in chosen:
        changes.update(role, family=_tidy(family))
    where = f"in the family “{_tidy(family)}”" if _tidy(family) else "in no family"
    return f"{quoted(chosen)} {pluralize(roles, 'is,are')} {where} now."


@action("family.rename", "Rename a family of roles", follow=TITLES)
def rename_family(changes: Changes, *, family: str, name: str) -> str:
    """Give all roles of a family its new name; refused where another family has it, since that would be a merge."""
    members, name = Role.objects.filter(family=family), _tidy(name)
    if not family or not members:
        raise RefusedError(f"There is no family “{family}”.")
    if not name:
        raise RefusedError("Name the family.")
    if name != family and Role.objects.filter(family=name).exists():
        raise RefusedError(f"There is a family “{name}” already: move the roles into it.")
    for role in members:
        changes.update(role, family=name)
    return f"The family “{family}” is called “{name}” now."


def _add_synonyms(changes: Changes, role: Role, phrases: Sequence[str]) -> None:
    for phrase in dict.fromkeys(_tidy(phrase) for phrase in phrases):
        if phrase.casefold() == role.name.casefold() or role.synonyms.filter(phrase__iexact=phrase).exists():
            raise RefusedError(f"“{phrase}” stands for “{role}” already.")
        refuse_phrases([phrase], but=role)
        changes.create(RoleSynonym, role=role, phrase=phrase)


def _changed(was: str, role: Role, *, added: Sequence[str], removed: Sequence[str], family: str | None) -> str:
    told = [f"renamed to “{role}”"] if role.name != was else []
    told += [f"moved to “{role.family}”" if role.family else "taken out of its family"] if family is not None else []
    told += [f"also called {quoted(added)}"] if added else []
    told += [f"no longer called {quoted(removed)}"] if removed else []
    return f"Role “{was}” {', '.join(told)}."


def _tidy(text: str) -> str:
    return " ".join(text.split())
