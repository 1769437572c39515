"""The catalogue of roles in the database: seeded from the shipped file, changed by curators."""

from django.db import transaction
from django.utils.text import slugify

from analytics.models import Role, RoleSynonym
from analytics.titles import Catalogue, load_catalogue
from analytics.titles import Role as CatalogueRole


def load_roles() -> dict[str, int]:
    """Add the shipped roles and synonyms that the database lacks; what curators changed stays as they left it."""
    shipped = load_catalogue()
    with transaction.atomic():
        known = set(Role.objects.values_list("name", flat=True))
        added = [
            Role(name=role.name, slug=slugify(role.name), family=role.family)
            for role in shipped.roles
            if role.name not in known
        ]
        Role.objects.bulk_create(added)
        ids = dict(Role.objects.values_list("name", "pk"))
        phrases = set(RoleSynonym.objects.values_list("phrase", flat=True))
        synonyms = [
            RoleSynonym(role_id=ids[role.name], phrase=phrase)
            for role in shipped.roles
            for phrase in role.synonyms
            if phrase not in phrases
        ]
        RoleSynonym.objects.bulk_create(synonyms)
    return {"roles": len(added), "synonyms": len(synonyms)}


def current_catalogue() -> Catalogue:
    """Return the roles of this moment, sorted by name; an installation without any gets the shipped ones first."""
    if not Role.objects.exists():
        load_roles()
    roles = Role.objects.prefetch_related("synonyms").order_by("name")
    return Catalogue(
        roles=tuple(
            CatalogueRole(name=role.name, family=role.family, synonyms=tuple(s.phrase for s in role.synonyms.all()))
            for role in roles
        )
    )
