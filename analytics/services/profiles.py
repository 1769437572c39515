"""Profiles of a snapshot: fitted, named, recognised from the run before."""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics import archive
from analytics.models import KnownProfile, Run
from analytics.profiles import (
    FitSettings,
    LevelName,
    Postings,
    ProfileFit,
    ProfileModel,
    fit_profiles,
    match_profiles,
    on_skills,
)
from analytics.services.sketches import ProfileSketch, sketch_profiles
from analytics.snapshot import DamagedSnapshot, Snapshot
from jobsite.work import State

logger = logging.getLogger(__name__)
ENGLISH = ("en", "")
FIT = FitSettings()
"""How profiles are fitted, but for their number and the seed, which are a run's parameters."""


@dataclass(frozen=True)
class FoundProfiles:
    """`sketches` are those of the coarse profiles first, of the fine ones last, each level in the order of the fit."""

    fit: ProfileFit
    sketches: tuple[ProfileSketch, ...]
    quality: dict[str, object]
    hash: str


def find_profiles(snapshot: Snapshot, parameters: Mapping[str, int]) -> FoundProfiles:
    """Learn the profiles of a snapshot; raises TooFewPostings when it holds too little."""
    settings = replace(FIT, n_profiles=parameters["profiles"], seed=parameters["seed"])
    return found_profiles(fit_profiles(postings_of(snapshot), settings=settings), snapshot)


def found_profiles(fit: ProfileFit, snapshot: Snapshot) -> FoundProfiles:
    """Return a fit with what a run says of it."""
    quality: dict[str, object] = {
        "trained": int(fit.trained.sum()),
        "thin": int(fit.thin.sum()),
        "other_languages": int((~in_english(snapshot) & ~fit.thin).sum()),
        "agreement": {level: round(found.stability.agreement, 4) for level, found in fit.levels.items()},
        "agreement_by_number": {str(number): round(found, 4) for number, found in fit.agreements.items()},
        "note": fit.note,
    }
    return FoundProfiles(fit, sketch_profiles(fit, snapshot), quality, _hash_of(fit))


def postings_of(snapshot: Snapshot) -> Postings:
    """Return what profiles are learned from: one of each copy may teach, where it is in English."""
    company = np.asarray(snapshot.company)
    unknown = snapshot.code("company", "")
    return Postings(
        X=snapshot.matrix(np.arange(snapshot.n)),
        skills=snapshot.skills,
        kinds=[label.kind for label in snapshot.skill_labels],
        eligible=in_english(snapshot) & ~np.asarray(snapshot.is_copy),
        companies=company if unknown is None else np.where(company == unknown, -1, company),
    )


def in_english(snapshot: Snapshot) -> NDArray[np.bool_]:
    """Return which postings [n] are in English, or in a language that was not recognised."""
    languages = snapshot.vocabulary("language")
    return np.isin(snapshot.language, [code for code, name in enumerate(languages) if name in ENGLISH])


def continued_profiles(found: FoundProfiles) -> list[KnownProfile | None]:
    """Return for each found profile, in the order of the sketches, the known one that it continues, or None."""
    last = _last_with_profiles()
    if last is None:
        return [None] * len(found.sketches)
    before, old = last
    continued: list[KnownProfile | None] = []
    for level in found.fit.model.levels:
        rows = before.profiles.filter(level=level).select_related("known")
        continued += _matched({profile.number: profile.known for profile in rows}, old, found.fit.model, level)
    return continued


def _matched(
    known: Mapping[int, KnownProfile], old: ProfileModel, new: ProfileModel, level: LevelName
) -> list[KnownProfile | None]:
    if level not in old.levels:
        return [None] * len(new.weights(level))
    skills = [*new.skills, *sorted(set(old.skills) - set(new.skills))]
    before, now = (on_skills(one.profile_skills(level), one.skills, target=skills) for one in (old, new))
    return [None if place is None else known.get(place) for place in match_profiles(before, now)]


def _last_with_profiles() -> tuple[Run, ProfileModel] | None:
    """Return the newest finished run with profiles whose arrays are still there."""
    runs = Run.objects.filter(state=State.DONE, profiles__isnull=False, input_key__isnull=False)
    for run in runs.distinct().order_by("-pk").iterator():
        try:
            return run, archive.load_model(run.input_key or "")
        except DamagedSnapshot as lost:
            logger.warning("profiles: run %d is no measure: %s", run.pk, lost)
    return None


def _hash_of(fit: ProfileFit) -> str:
    """Return a hash of what was found. Rounded, so that the last bit of a sum on another processor does not matter."""
    digest = hashlib.sha256(repr((fit.model.skills, fit.model.parents.tolist())).encode())
    for array in (fit.memberships, *(fit.model.profile_skills(level) for level in fit.model.levels)):
        digest.update(np.round(np.asarray(array, np.float64), 4).tobytes())
    return digest.hexdigest()
