"""Which role a curator means by a name that is typed."""

from analytics.models import Role
from analytics.selectors.titles_queue import roles_like
from jobsite.decisions import RefusedError

NEAR = 3


def role_typed(typed: str) -> Role:
    """Return the role that is called so, or else that has a synonym spelt so, whatever the case.

    Raises RefusedError with a sentence where none is, where several may be meant, and where the one leads to another.
    """
    typed = " ".join(typed.split())
    roles = Role.objects.select_related("merged_into").order_by("name").distinct()
    meant = list(roles.filter(name__iexact=typed)) or list(roles.filter(synonyms__phrase__iexact=typed))
    standing = [role for role in meant if not role.merged_into]
    if len(standing) > 1:
        names = " or ".join(f"“{role}”" for role in standing)
        raise RefusedError(f"“{typed}” may be {names}: type the name of one.")
    if standing:
        return standing[0]
    if meant:
        raise RefusedError(f"“{meant[0]}” is merged into “{meant[0].merged_into}”: name that one.")
    near = ", ".join(f"“{role.label}”" for role in roles_like(typed)[:NEAR])
    hint = f" Near it: {near}." if near else ""
    raise RefusedError(f"No role is called “{typed}”, and no synonym is spelt so.{hint}")
