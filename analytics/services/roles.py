"""The catalogue of roles in the database: seeded from the shipped file, changed by curators."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.text import slugify
from simple_history.utils import bulk_create_with_history

from analytics.models import Role, RoleSynonym
from analytics.titles import Catalogue, load_catalogue
from analytics.titles import Role as CatalogueRole
from jobsite.history import ids_ever


def load_roles() -> dict[str, int]:
    """Add the shipped roles and synonyms that this database never had; what curators changed stays as they left it."""
    shipped = load_catalogue()
    with transaction.atomic():
        known = ids_ever(Role, "name")
        slugs = ids_ever(Role, "slug")
        new = [role for role in shipped.roles if role.name not in known and slugify(role.name) not in slugs]
        added = [Role(name=role.name, slug=slugify(role.name), family=role.family) for role in new]
        bulk_create_with_history(added, Role)
        synonyms = _add_synonyms(shipped)
    return {"roles": len(added), "synonyms": synonyms}


def _add_synonyms(shipped: Catalogue) -> int:
    there = set(Role.objects.values_list("pk", flat=True))
    ids = {name: pk for name, pk in ids_ever(Role, "name").items() if pk in there}
    known = ids_ever(RoleSynonym, "phrase")
    added = [
        RoleSynonym(role_id=ids[role.name], phrase=phrase)
        for role in shipped.roles
        if role.name in ids
        for phrase in role.synonyms
        if phrase not in known
    ]
    bulk_create_with_history(added, RoleSynonym)
    return len(added)


@dataclass(frozen=True)
class CurrentRoles:
    """The roles of this moment: the catalogue as the reader of titles takes it, and what its roles are called today.

    The reader makes some roles from fields of work ("data" + "architect") and knows them by the names they shipped
    under; a role that a curator has renamed keeps that name for the reader, by its slug, and one that is merged into
    another is read as before and called what that one is called.
    """

    catalogue: Catalogue
    renamed: dict[str, str]


def current_roles() -> CurrentRoles:
    """Return the roles sorted by name; an installation without any gets the shipped ones first."""
    if not Role.objects.exists():
        load_roles()
    rows = Role.objects.select_related("merged_into").prefetch_related("synonyms").order_by("name")
    shipped = {slugify(role.name): role for role in load_catalogue().roles}
    names = {role.name for role in rows}
    roles, renamed = [], {}
    for row in rows:
        role = CatalogueRole(row.name, row.family, tuple(synonym.phrase for synonym in row.synonyms.all()))
        if (known := shipped.get(row.slug)) and known.name not in names:
            role = replace(role, name=known.name, synonyms=(row.name, *role.synonyms))
        if known:
            # Who leads whom is read from the families that shipped; those of today are for people to read.
            role = replace(role, family=known.family)
        today = (row.merged_into or row).name
        if today != role.name:
            renamed[role.name] = today
        roles.append(role)
    return CurrentRoles(Catalogue(roles=tuple(roles)), renamed)
