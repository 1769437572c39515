"""The published run, opened: what every screen reads from."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from analytics import archive
from analytics.archive import Memberships
from analytics.models import Profile, ProfilePin, Publication, Run
from analytics.snapshot import Snapshot
from postings.models import Source, SourceKind


@dataclass(frozen=True)
class ProfileName:
    """One profile as screens name it: `name` is a person's where `is_pinned`, else the proposed one."""

    number: int
    known: int
    name: str
    proposed: str
    is_pinned: bool
    is_residue: bool
    is_unstable: bool
    stability: float | None
    weight: float
    distinctive: tuple[str, ...]


@dataclass(frozen=True)
class Published:
    run: Run
    snapshot: Snapshot
    profiles: tuple[ProfileName, ...]
    memberships: Memberships | None
    """None when the run holds too few postings for profiles."""


UNSTABLE_UNDER = 0.6


def published() -> Published | None:
    """Return the published run, or None before the first. Two queries; arrays stay open in the process."""
    publication = Publication.objects.select_related("run").filter(run__isnull=False).first()
    if publication is None or publication.run is None:
        return None
    return opened(publication.run)


def opened(run: Run) -> Published:
    """Return any finished run opened; raises DamagedSnapshot, with a sentence, when its arrays are."""
    profiles = profile_names(run.profiles.select_related("known"))
    memberships = archive.memberships_of(run.input_key) if profiles and run.input_key else None
    return Published(run, archive.snapshot_in(run.folder), profiles, memberships)


def profile_names(profiles: QuerySet[Profile]) -> tuple[ProfileName, ...]:
    pins = dict(ProfilePin.objects.values_list("profile_id", "name"))
    return tuple(
        ProfileName(
            number=profile.number,
            known=profile.known_id,
            name=pins.get(profile.known_id, profile.proposed_name),
            proposed=profile.proposed_name,
            is_pinned=profile.known_id in pins,
            is_residue=profile.is_residue,
            is_unstable=profile.stability is not None and profile.stability < UNSTABLE_UNDER,
            stability=profile.stability,
            weight=profile.weight,
            distinctive=tuple(profile.distinctive),
        )
        for profile in profiles.order_by("number")
    )


@lru_cache(maxsize=8)
def synthetic_sources(run_id: int) -> frozenset[str]:
    """Return the names of the synthetic sources; a run's sources do not change, so once per run and process."""
    return frozenset(Source.objects.filter(kind=SourceKind.SAMPLE).values_list("name", flat=True))
