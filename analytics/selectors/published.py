"""The published run, opened: what every screen reads from."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import QuerySet

from analytics import archive
from analytics.archive import Memberships
from analytics.models import Profile, ProfileLevel, ProfilePin, Publication, Run
from analytics.snapshot import Snapshot
from postings.models import Source, SourceKind

# Twelve parts tell apart what the five wholes hide (a warehouse from a dashboard), and most of them come back.
SHOWN_LEVEL = ProfileLevel.FINE
UNSTABLE_UNDER = 0.6


@dataclass(frozen=True)
class ProfileName:
    """One profile as screens name it: `name` is a person's where `is_pinned`, else the proposed one.

    `number` counts on its level; `parent` is the number of the coarse profile that a fine one is a part of.
    """

    level: str
    number: int
    parent: int | None
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
    """`levels` holds the profiles of both; `level` is the one that figures are told by."""

    run: Run
    snapshot: Snapshot
    levels: Mapping[str, tuple[ProfileName, ...]]
    memberships: Memberships | None
    """None when the run holds too few postings for profiles."""
    level: str = SHOWN_LEVEL

    @property
    def profiles(self) -> tuple[ProfileName, ...]:
        """Return the profiles of the level, by number."""
        return self.levels[self.level]

    @property
    def has_two_levels(self) -> bool:
        """Return whether any coarse profile is split."""
        return len(self.levels[ProfileLevel.FINE]) > len(self.levels[ProfileLevel.COARSE])

    def at(self, level: str) -> "Published":
        """Return the same told by another level; one that is no level's name changes nothing."""
        return replace(self, level=level) if level in self.levels else self

    def profile(self, known: int) -> ProfileName | None:
        """Return the profile of either level with this identity, None when the run has none."""
        return next((one for level in self.levels.values() for one in level if one.known == known), None)

    def relatives(self, profile: ProfileName) -> tuple[ProfileName, ...]:
        """Return what a coarse profile is split into, or what a fine one is a part of; () for one left whole."""
        if profile.level == ProfileLevel.COARSE:
            found = [one for one in self.levels[ProfileLevel.FINE] if one.parent == profile.number]
            return tuple(found) if len(found) > 1 else ()
        siblings = [one for one in self.levels[ProfileLevel.FINE] if one.parent == profile.parent]
        mothers = (one for one in self.levels[ProfileLevel.COARSE] if one.number == profile.parent)
        return tuple(mothers) if len(siblings) > 1 else ()


def published(level: str = "") -> Published | None:
    """Return the published run, or None before the first. Two queries; arrays stay open in the process."""
    publication = Publication.objects.select_related("run").filter(run__isnull=False).first()
    if publication is None or publication.run is None:
        return None
    return opened(publication.run).at(level)


def opened(run: Run) -> Published:
    """Return any finished run opened; raises DamagedSnapshot, with a sentence, when its arrays are."""
    profiles = profile_names(run.profiles.select_related("known"))
    levels = {level: tuple(one for one in profiles if one.level == level) for level in ProfileLevel.values}
    memberships = archive.memberships_of(run.input_key) if profiles and run.input_key else None
    return Published(run, archive.snapshot_in(run.folder), levels, memberships)


def profile_names(profiles: QuerySet[Profile]) -> tuple[ProfileName, ...]:
    """Return them as screens name them, the coarse ones first, each level by number."""
    pins = dict(ProfilePin.objects.values_list("profile_id", "name"))
    return tuple(
        ProfileName(
            level=profile.level,
            number=profile.number,
            parent=profile.parent,
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
        for profile in profiles.order_by("level", "number")
    )


@lru_cache(maxsize=8)
def synthetic_sources(run_id: int) -> frozenset[str]:
    """Return the names of the synthetic sources; a run's sources do not change, so once per run and process."""
    return frozenset(Source.objects.filter(kind=SourceKind.SAMPLE).values_list("name", flat=True))
