"""The roles of a run in the order that screens list them, and the way from an address back to a name."""

from collections.abc import Sequence

from django.utils.text import slugify
from numpy.typing import NDArray

from analytics.snapshot import Snapshot
from analytics.titles import OTHER, UNKNOWN

NOT_IN_CATALOGUE = {
    OTHER: "titles outside our catalogue",
    UNKNOWN: "titles that say nothing about the work",
    "": "no role",
}


def role_named(slug: str, snapshot: Snapshot) -> str | None:
    """Return the role whose address is `slug`, None when no posting of the run has it."""
    return next((name for name in snapshot.roles if name and slugify(name) == slug), None)


def roles_by_size(counts: NDArray, names: Sequence[str]) -> list[int]:
    """Return the codes of the roles that have postings: the commonest first, what is no role of ours last."""
    found = [code for code, count in enumerate(counts) if count]
    return sorted(found, key=lambda code: (names[code] in NOT_IN_CATALOGUE, -int(counts[code]), names[code]))


def catalogued_by_size(counts: NDArray, names: Sequence[str]) -> list[int]:
    """Return the same without what is no role of ours."""
    return [code for code in roles_by_size(counts, names) if names[code] not in NOT_IN_CATALOGUE]
