"""The published run, opened: what every screen reads from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from django.db import connection
from django.db.models import F, QuerySet

from analytics import archive
from analytics.archive import Memberships
from analytics.models import Profile, ProfileLevel, Publication, Run
from analytics.snapshot import Snapshot
from jobsite.work import State
from postings.models import Source, SourceKind

# Twelve parts tell apart what the five wholes hide (a warehouse from a dashboard), and most of them come back.
SHOWN_LEVEL = ProfileLevel.FINE
UNSTABLE_UNDER = 0.6
_HISTORIES = (
    "analytics_historicalprofilepin",
    *(f"postings_historical{of}" for of in ("skill", "skillgroup", "alias")),
)
# In plain SQL, since every page asks, and Django would spend longer on wording it than a database on answering.
_LAST_CHANGES = f"SELECT {', '.join(f'(SELECT MAX(history_id) FROM {table})' for table in _HISTORIES)}"  # noqa: S608


class NoSuchRunError(Exception):
    """The address asks for a run that is not there, or whose figures were removed; the text says so."""


@dataclass(frozen=True)
class ProfileName:
    """One profile as screens name it: `name` is a person's where `is_pinned`, else the proposed one.

    `number` counts on its level; `parent` is the number of the profile on the next coarser level that it is a part of.
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
    """`levels` holds the profiles of each, the coarse one first; `level` is the one that figures are told by."""

    run: Run
    snapshot: Snapshot
    levels: Mapping[str, tuple[ProfileName, ...]]
    memberships: Memberships | None
    """None when the run holds too few postings for profiles."""
    level: str = SHOWN_LEVEL
    is_published: bool = True
    names: str = ""
    """Changes whenever a person changes a name that screens show: a profile's, a skill's, a group's, an alias."""

    @property
    def profiles(self) -> tuple[ProfileName, ...]:
        """Return the profiles of the level, by number."""
        return self.levels[self.level]

    @property
    def has_levels(self) -> bool:
        """Return whether any coarse profile is split."""
        return len(self.levels[ProfileLevel.FINE]) > len(self.levels[ProfileLevel.COARSE])

    def at(self, level: str) -> "Published":
        """Return the same told by another level; one that is no level's name changes nothing."""
        return replace(self, level=level) if level in self.levels else self

    def profile(self, known: int) -> ProfileName | None:
        """Return the profile of any level with this identity, None when the run has none."""
        return next((one for level in self.levels.values() for one in level if one.known == known), None)

    def whole(self, profile: ProfileName) -> ProfileName | None:
        """Return the profile of the nearest coarser level that it is a part of and not the whole of, if any."""
        finer_first = list(self.levels.values())[::-1]
        for level, above in pairwise(finer_first[self._place(profile, finer_first) :]):
            siblings = [one for one in level if one.parent == profile.parent]
            profile = next(one for one in above if one.number == profile.parent)
            if len(siblings) > 1:
                return profile
        return None

    def parts(self, profile: ProfileName) -> tuple[ProfileName, ...]:
        """Return what it is split into on the nearest finer level that splits it, () for one left whole."""
        levels = list(self.levels.values())
        for level in levels[self._place(profile, levels) + 1 :]:
            found = tuple(one for one in level if one.parent == profile.number)
            if len(found) > 1:
                return found
            profile = found[0]
        return ()

    def _place(self, profile: ProfileName, levels: Sequence[tuple[ProfileName, ...]]) -> int:
        return next(place for place, level in enumerate(levels) if profile in level)


def published(level: str = "", run: str = "") -> Published | None:
    """Return the published run, or None before the first. Three queries; arrays stay open in the process.

    `run` is the number of another one; raises NoSuchRunError, with a sentence, where there is none to show.
    """
    publication = Publication.objects.select_related("run").filter(run__isnull=False).first()
    if publication is None or publication.run is None:
        return None
    names = _last_changes()
    if run and run != str(publication.run.pk):
        return replace(opened(_earlier(run)).at(level), is_published=False, names=names)
    return replace(opened(publication.run).at(level), names=names)


def _last_changes() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_LAST_CHANGES)
        return "-".join(map(str, cursor.fetchone()))


def _earlier(number: str) -> Run:
    found = Run.objects.filter(pk=int(number), state=State.DONE).first() if number.isdecimal() else None
    if found is None:
        raise NoSuchRunError(f"There is no finished run “{number}”.")
    if not archive.has_snapshot(found.folder):
        raise NoSuchRunError(f"The figures of run {number} were removed; what it was made from is still on its page.")
    return found


def opened(run: Run) -> Published:
    """Return any finished run opened; raises DamagedSnapshot, with a sentence, when its arrays are."""
    profiles = profile_names(run.profiles.all())
    levels = {level: tuple(one for one in profiles if one.level == level) for level in ProfileLevel.values}
    if not levels[ProfileLevel.MIDDLE]:
        del levels[ProfileLevel.MIDDLE]
    memberships = archive.memberships_of(run.input_key) if profiles and run.input_key else None
    return Published(run, archive.snapshot_in(run.folder), levels, memberships)


def profile_names(profiles: QuerySet[Profile]) -> tuple[ProfileName, ...]:
    """Return them as screens name them, each level by number."""
    return tuple(
        ProfileName(
            level=profile.level,
            number=profile.number,
            parent=profile.parent,
            known=profile.known_id,
            name=pin or profile.proposed_name,
            proposed=profile.proposed_name,
            is_pinned=pin is not None,
            is_residue=profile.is_residue,
            is_unstable=profile.stability is not None and profile.stability < UNSTABLE_UNDER,
            stability=profile.stability,
            weight=profile.weight,
            distinctive=tuple(profile.distinctive),
        )
        for profile in profiles.annotate(pin=F("known__pin__name")).order_by("level", "number")
        for pin in (profile.pin,)
    )


@lru_cache(maxsize=8)
def synthetic_sources(run_id: int) -> frozenset[str]:
    """Return the names of the synthetic sources; a run's sources do not change, so once per run and process."""
    return frozenset(Source.objects.filter(kind=SourceKind.SAMPLE).values_list("name", flat=True))
