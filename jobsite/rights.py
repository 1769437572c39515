"""The four groups of people and what each may do. Views ask for the permission, never for the group."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Exists, Model, OuterRef, Q

READ = Q(codename__startswith="view_", content_type__app_label__in=("postings", "analytics"))
HAND_IN = Q(codename__in=("add_upload", "add_source", "change_source"))
CURATE = Q(
    content_type__app_label="postings",
    content_type__model__in=(
        "skill",
        "alias",
        "skillgroup",
        "skillreference",
        "candidate",
        "company",
        "copydecision",
        "wrongmention",
    ),
) | Q(
    content_type__app_label="analytics",
    content_type__model__in=("role", "rolesynonym", "titlepin", "profilepin", "sample", "samplemark"),
)
DECIDE = Q(content_type__app_label="jobsite", codename__in=("view_decision", "add_decision", "view_decisionbatch"))
PUBLISH = Q(codename="change_publication")

GROUPS: dict[str, Q] = {
    "viewer": READ,
    "analyst": READ | HAND_IN,
    "curator": READ | HAND_IN | CURATE | DECIDE | PUBLISH,
    "admin": Q(),
}
MAY: dict[str, str] = {
    "viewer": "reads",
    "analyst": "also hands files in and keeps the register of sources",
    "curator": "also corrects skills, titles and copies in the admin, and publishes runs",
    "admin": "may do everything: people, the log, removing sources",
}
"""What stands beside each group where people get theirs."""

IN_THE_ADMIN = ("curator", "admin")


def make_groups() -> None:
    """Create the groups, or bring their permissions up to what is written here."""
    for name, allowed in GROUPS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set(Permission.objects.filter(allowed))


def open_the_admin(action: str, instance: Model, **_: object) -> None:
    """After a change of who is in which group: the admin is open to curators and administrators, and to nobody else.

    Connected to the signal of User.groups. Superusers come in whatever their group.
    """
    if not action.startswith("post_"):
        return
    member = User.groups.through.objects.filter(user=OuterRef("pk"), group__name__in=IN_THE_ADMIN)
    User.objects.filter(is_superuser=False).update(is_staff=Exists(member))
    if isinstance(instance, User):
        instance.refresh_from_db(fields=["is_staff"])
