"""Decisions about what profiles are called. A name is shown at once; no run follows."""

from collections.abc import Sequence

from analytics.models import KnownProfile, Profile, ProfilePin
from jobsite.decisions import Changes, RefusedError, action

LEAST_SHARED = 0.5
"""Jaccard of the skills that set two profiles apart, from which they are taken for the same one. Elsewhere a profile
has another number and was learned from other postings: its skills are all that it can be known by."""


@action("profile.name", "Name a profile")
def name_profile(changes: Changes, *, profile: str, level: str, skills: Sequence[str], name: str) -> str:
    """Give the profile that these skills set apart a name; `profile` is the name that the machine proposed."""
    known, name = profile_with(profile, level, skills), " ".join(name.split())
    if not name:
        raise RefusedError("Name the profile.")
    other = ProfilePin.objects.filter(name__iexact=name).exclude(profile=known).first()
    if other and _levels(other.profile) & {level}:
        raise RefusedError(f"Another profile is called “{other}” already.")
    pin = ProfilePin.objects.filter(profile=known).first()
    if pin:
        changes.update(pin, name=name)
    else:
        changes.create(ProfilePin, profile=known, name=name)
    return f"Profile “{pin or profile}” is called “{name}” now."


@action("profile.unname", "Take a profile's name back")
def unname_profile(changes: Changes, *, profile: str, level: str, skills: Sequence[str]) -> str:
    """Let the machine name the profile that these skills set apart."""
    pin = ProfilePin.objects.filter(profile=profile_with(profile, level, skills)).first()
    if pin is None:
        raise RefusedError(f"Nobody has named the profile “{profile}”.")
    changes.delete(pin)
    return f"Profile “{pin}” is called “{profile}” again, as the machine proposes."


def words_for(profile: Profile) -> dict[str, object]:
    """Return how decisions call a profile: what it is proposed to be called, its level, and what sets it apart."""
    return {"profile": profile.proposed_name, "level": profile.level, "skills": list(profile.distinctive)}


def profile_with(proposed: str, level: str, skills: Sequence[str]) -> KnownProfile:
    """Return the profile of this level whose distinctive skills are likest, as the newest run that has it found it.

    Raises RefusedError where none shares at least LEAST_SHARED of them.
    """
    newest: dict[int, Profile] = {}
    for row in Profile.objects.filter(level=level).select_related("known").order_by("-run_id", "number"):
        newest.setdefault(row.known_id, row)
    best = max(newest.values(), key=lambda row: (_shared(row, skills), row.proposed_name == proposed), default=None)
    if best is None or _shared(best, skills) < LEAST_SHARED:
        raise RefusedError(f"No {level} profile here is set apart by the skills of “{proposed}”: name it by hand.")
    return best.known


def _shared(profile: Profile, skills: Sequence[str]) -> float:
    here, there = set(profile.distinctive), set(skills)
    return len(here & there) / len(here | there) if here | there else 1.0


def _levels(known: KnownProfile) -> set[str]:
    return set(known.profiles.values_list("level", flat=True))
