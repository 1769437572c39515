"""What titles would mean after a decision, for `postings.impact`. Nothing is written."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from analytics.models import NoRole, Role, TitlePin
from analytics.selectors.published import published
from analytics.services.roles import CurrentRoles, current_roles
from analytics.titles import UNKNOWN, Catalogue, TitleReader
from analytics.titles import Role as CatalogueRole
from jobsite.batching import batched
from postings.impact import Edit
from postings.models import Title

BATCH = 500


def edit_of_titles(titles: Iterable[Title], *, role: Role | NoRole) -> Edit:
    """The titles would be `role`, say nothing, or be another trade."""
    name = None if role == NoRole.UNKNOWN else role.name if isinstance(role, Role) else role.value
    return Edit(titles=dict.fromkeys((title.pk for title in titles), name))


def edit_of_unpin(pins: Iterable[TitlePin]) -> Edit:
    """The titles would be read by the machine again."""
    roles = current_roles()
    reader = TitleReader(roles.catalogue)
    return Edit(titles={pin.title_id: _meaning(reader, roles, pin.title.text) for pin in pins})


def edit_of_new_role(name: str, synonyms: Sequence[str]) -> Edit:
    """Titles that hold the name or a synonym would be the new role."""
    now = current_roles()
    role = CatalogueRole(name=name, family="", synonyms=tuple(synonyms))
    return _read_otherwise(now, _with(now, (*now.catalogue.roles, role)), (name, *synonyms))


def edit_of_role(role: Role, *, added: Sequence[str], removed: Sequence[str]) -> Edit:
    """Titles that hold these phrases would be read as the role, and no more as it."""
    now = current_roles()
    gone = set(removed)
    names = {name for name, today in now.renamed.items() if today == role.name} | {role.name}
    changed = tuple(
        replace(one, synonyms=(*(phrase for phrase in one.synonyms if phrase not in gone), *added))
        if one.name in names
        else one
        for one in now.catalogue.roles
    )
    return _read_otherwise(now, _with(now, changed), (*added, *removed))


def edit_of_role_merge(keep: Role, absorb: Iterable[Role]) -> Edit:
    """All titles of the roles of `absorb` would be `keep`."""
    return Edit(titles=dict.fromkeys((pk for role in absorb for pk in _titles_of(role)), keep.name))


def edit_of_role_removal(role: Role) -> Edit:
    """The role's titles would be read with what is left."""
    now = current_roles()
    names = {name for name, today in now.renamed.items() if today == role.name} | {role.name}
    left = _with(now, tuple(one for one in now.catalogue.roles if one.name not in names))
    reader = TitleReader(left.catalogue)
    return Edit(titles={pk: _meaning(reader, left, text) for pk, text in _titles_of(role).items()})


def _with(now: CurrentRoles, roles: tuple[CatalogueRole, ...]) -> CurrentRoles:
    return replace(now, catalogue=Catalogue(roles=roles))


def _read_otherwise(now: CurrentRoles, then: CurrentRoles, phrases: Sequence[str]) -> Edit:
    """Return the titles that two catalogues read differently, of those that hold the longest word of a phrase."""
    before, after = TitleReader(now.catalogue), TitleReader(then.catalogue)
    found: dict[int, str | None] = {}
    for phrase in phrases:
        word = max(phrase.split(), key=len, default="")
        titles = Title.objects.filter(text__icontains=word, pin=None).values_list("pk", "text") if word else ()
        for pk, text in titles:
            meaning = _meaning(after, then, text)
            if meaning != _meaning(before, now, text):
                found[pk] = meaning
    return Edit(titles=found)


def _meaning(reader: TitleReader, roles: CurrentRoles, text: str) -> str | None:
    role = reader.read(text).role
    return None if role == UNKNOWN else roles.renamed.get(role, role)


def _titles_of(role: Role) -> dict[int, str]:
    """Return id -> text of the titles that have a role in the published run."""
    shown = published()
    code = shown.snapshot.code("role", role.name) if shown else None
    if shown is None or code is None:
        return {}
    snapshot = shown.snapshot
    first, last = snapshot.role_start[code], snapshot.role_start[code + 1]
    texts = [snapshot.titles[title] for title in np.unique(snapshot.title[first:last]).tolist()]
    batches = (Title.objects.filter(text__in=batch).values_list("pk", "text") for batch in batched(texts, BATCH))
    return {pk: text for batch in batches for pk, text in batch}
