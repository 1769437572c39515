"""Profiles of a snapshot: fitted, named, recognised from the run before."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics import archive
from analytics.models import KnownProfile, Run
from analytics.profiles import FitSettings, ProfileFit, fit_profiles, match_profiles, on_skills
from analytics.services.sketches import ProfileSketch, sketch_profiles
from analytics.snapshot import Snapshot
from jobsite.work import State

ENGLISH = ("en", "")


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
        settings=FitSettings(n_profiles=parameters["profiles"], seed=parameters["seed"]),
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
    before = Run.objects.filter(state=State.DONE, profiles__isnull=False).order_by("-pk").first()
    if before is None or before.input_key is None:
        return [None] * len(found.sketches)
    old = archive.load_profile_skills(before.input_key)
    names = list(snapshot.skills)
    weights = on_skills(old.weights, old.skills, target=names)
    known = {profile.number: profile.known for profile in before.profiles.select_related("known")}
    matches = match_profiles(weights, found.fit.profile_skills)
    return [None if number is None else known[number] for number in matches]


def _hash_of(fit: ProfileFit) -> str:
    """Return a hash of what was found. Rounded, so that the last bit of a sum on another processor does not matter."""
    digest = hashlib.sha256()
    for array in (fit.memberships, fit.profile_skills, fit.weights):
        digest.update(np.round(np.asarray(array, np.float64), 4).tobytes())
    return digest.hexdigest()
