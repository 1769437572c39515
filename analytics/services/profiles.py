"""Profiles of a snapshot: fitted, named, recognised from the run before."""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from analytics import archive
from analytics.archive import ProfileSkills
from analytics.models import KnownProfile, Run
from analytics.profiles import FitSettings, ProfileFit, fit_profiles, match_profiles, on_skills
from analytics.services.sketches import ProfileSketch, sketch_profiles
from analytics.snapshot import DamagedSnapshot, Snapshot
from jobsite.work import State

logger = logging.getLogger(__name__)
ENGLISH = ("en", "")
FIT = FitSettings()
"""How profiles are fitted, but for their number and the seed, which are a run's parameters."""


@dataclass(frozen=True)
class FoundProfiles:
    fit: ProfileFit
    sketches: tuple[ProfileSketch, ...]
    quality: dict[str, object]
    hash: str


def find_profiles(snapshot: Snapshot, parameters: Mapping[str, int]) -> FoundProfiles:
    """Learn the profiles of a snapshot; raises TooFewPostings when it holds too little."""
    everything = np.arange(snapshot.n)
    languages = snapshot.vocabulary("language")
    english = np.isin(snapshot.language, [code for code, name in enumerate(languages) if name in ENGLISH])
    fit = fit_profiles(
        snapshot.matrix(everything),
        kinds=[label.kind for label in snapshot.skill_labels],
        eligible=english & ~np.asarray(snapshot.is_copy),
        settings=replace(FIT, n_profiles=parameters["profiles"], seed=parameters["seed"]),
    )
    sketches = sketch_profiles(fit, snapshot)
    quality: dict[str, object] = {
        "trained": int(fit.trained.sum()),
        "thin": int(fit.thin.sum()),
        "agreement": round(fit.stability.agreement, 4),
        "note": fit.note,
    }
    return FoundProfiles(fit, sketches, quality, _hash_of(fit))


def continued_profiles(found: FoundProfiles, snapshot: Snapshot) -> list[KnownProfile | None]:
    """Return for each found profile the known one that it continues, or None if it is new."""
    last = _last_with_profiles()
    if last is None:
        return [None] * len(found.sketches)
    before, old = last
    weights = on_skills(old.weights, old.skills, target=list(snapshot.skills))
    # A profile of which no skill is left (all hidden, say) has no shape to compare.
    comparable = np.flatnonzero(weights.sum(axis=1))
    known = {profile.number: profile.known for profile in before.profiles.select_related("known")}
    matches = match_profiles(weights[comparable], found.fit.profile_skills)
    return [None if place is None else known[int(comparable[place])] for place in matches]


def _last_with_profiles() -> tuple[Run, ProfileSkills] | None:
    """Return the newest finished run with profiles whose arrays are still there."""
    runs = Run.objects.filter(state=State.DONE, profiles__isnull=False, input_key__isnull=False)
    for run in runs.distinct().order_by("-pk").iterator():
        try:
            return run, archive.load_profile_skills(run.input_key or "")
        except DamagedSnapshot as lost:
            logger.warning("profiles: run %d is no measure: %s", run.pk, lost)
    return None


def _hash_of(fit: ProfileFit) -> str:
    """Return a hash of what was found. Rounded, so that the last bit of a sum on another processor does not matter."""
    digest = hashlib.sha256()
    for array in (fit.memberships, fit.profile_skills, fit.weights):
        digest.update(np.round(np.asarray(array, np.float64), 4).tobytes())
    return digest.hexdigest()
