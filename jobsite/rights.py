"""The four groups of people and what each may do. Views ask for the permission, never for the group."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

READ = Q(codename__startswith="view_", content_type__app_label__in=("postings", "analytics"))
HAND_IN = Q(codename__in=("add_upload", "add_source", "change_source"))
CURATE = Q(
    content_type__app_label="postings",
    content_type__model__in=("skill", "alias", "skillgroup", "skillreference", "candidate", "company", "copydecision"),
) | Q(content_type__app_label="analytics", content_type__model__in=("role", "rolesynonym", "titlepin", "profilepin"))
PUBLISH = Q(codename="change_publication")

GROUPS: dict[str, Q] = {
    "viewer": READ,
    "analyst": READ | HAND_IN,
    "curator": READ | HAND_IN | CURATE | PUBLISH,
    "admin": Q(),
}


def make_groups() -> None:
    """Create the groups, or bring their permissions up to what is written here."""
    for name, allowed in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(Permission.objects.filter(allowed))
