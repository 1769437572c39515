"""The profiles that an older run learned, carried over to a new snapshot until it is time to learn them anew."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics import archive
from analytics.models import KnownProfile, Profile, Publication, Run
from analytics.profiles import (
    FINE,
    LEVELS,
    FittedOn,
    Postings,
    ProfileFit,
    ProfileModel,
    Stability,
    Today,
    needs_refit,
    score_profiles,
    technical_of,
)
from analytics.services.profiles import FIT, FoundProfiles, found_profiles, postings_of
from analytics.services.sketches import ProfileSketch
from analytics.snapshot import DamagedSnapshot, Snapshot


@dataclass(frozen=True)
class Carried:
    """`found`: what the model that `by` learned says of a snapshot; None when a fit is due, and `why` says so."""

    found: FoundProfiles | None
    by: Run | None
    why: str


def carried_profiles(run: Run, snapshot: Snapshot) -> Carried:
    """Return what the model behind the published run says of a snapshot, or why `run` has to learn profiles anew."""
    if run.refit:
        return Carried(None, None, "A person asked for it.")
    publication = Publication.objects.select_related("run__fitted_by").first()
    by = publication.run.fitted_by if publication and publication.run else None
    if by is None:
        return Carried(None, None, "")
    try:
        model = archive.load_model(by.input_key or "")
    except DamagedSnapshot as lost:
        return Carried(None, None, str(lost))
    postings, old = postings_of(snapshot), _fitted_on(by, model)
    why = needs_refit(old, _today(run, snapshot, postings, teaching=old.teaching))
    if why:
        return Carried(None, None, why)
    try:
        fit = score_profiles(postings, model, _stabilities(by))
    except ValueError as nothing:
        return Carried(None, None, str(nothing))
    new = fit.memberships[fit.trained & _new_since(by, snapshot)]
    why = needs_refit(old, _today(run, snapshot, postings, teaching=int(fit.trained.sum()), new=new))
    return Carried(None, None, why) if why else Carried(_found(by, fit, snapshot), by, "")


def scored_by(by: Run, snapshot: Snapshot) -> FoundProfiles:
    """Return what the model that `by` learned says of a snapshot.

    Raises DamagedSnapshot when the model is gone, KeyError and ValueError as `score_profiles` does.
    """
    fit = score_profiles(postings_of(snapshot), archive.load_model(by.input_key or ""), _stabilities(by))
    return _found(by, fit, snapshot)


def kept_identities(by: Run, found: FoundProfiles) -> list[KnownProfile]:
    """Return the known profile of each sketch: those of the run that learned them."""
    known = {(row.level, row.number): row.known for row in by.profiles.select_related("known")}
    return [known[sketch.level, sketch.number] for sketch in found.sketches]


def _fitted_on(by: Run, model: ProfileModel) -> FittedOn:
    return FittedOn(
        parameters=by.parameters,
        code=by.code,
        skills=model.skills,
        teaching=by.quality["trained"],
        weights=model.weights(FINE).tolist(),
    )


def _today(
    run: Run, snapshot: Snapshot, postings: Postings, *, teaching: int, new: NDArray[np.float32] | None = None
) -> Today:
    """Return what a fit would be made from; `new` [n, k] are the memberships of postings that came since the last."""
    technical = technical_of(postings)
    return Today(
        parameters=run.parameters,
        code=snapshot.stamps["code"],
        technical={postings.skills[place] for place in np.flatnonzero(technical).tolist()},
        teaching=teaching,
        new_postings=0 if new is None else len(new),
        new_sizes=() if new is None else new.sum(axis=0, dtype=np.float64).tolist(),
    )


def _new_since(by: Run, snapshot: Snapshot) -> np.ndarray:
    """Return which postings [n] came since the run `by`; none when its snapshot can no longer tell."""
    try:
        before = archive.snapshot_in(by.folder).key_hash
    except DamagedSnapshot:
        return np.zeros(snapshot.n, np.bool_)
    return ~np.isin(snapshot.key_hash, before)


def _stabilities(by: Run) -> list[Stability]:
    """Return how much of the profiles came back when they were learned, coarse and fine."""
    rows = {level: by.profiles.filter(level=level).order_by("number") for level in LEVELS}
    return [
        Stability(
            jaccard=np.array([row.stability for row in rows[level]]),
            agreement=by.quality["agreement"][level],
            bootstraps=FIT.bootstraps,
            splits=FIT.splits,
        )
        for level in LEVELS
    ]


def _found(by: Run, fit: ProfileFit, snapshot: Snapshot) -> FoundProfiles:
    """Return the profiles under the names that they got when they were learned."""
    found = found_profiles(fit, snapshot)
    learned = {(row.level, row.number): row for row in by.profiles.all()}
    sketches = tuple(_named(sketch, learned[sketch.level, sketch.number]) for sketch in found.sketches)
    quality = found.quality | {"agreement_by_number": by.quality.get("agreement_by_number", {})}
    return replace(found, sketches=sketches, quality=quality | {"note": by.quality.get("note", "")})


def _named(sketch: ProfileSketch, learned: Profile) -> ProfileSketch:
    return replace(sketch, name=learned.proposed_name, is_residue=learned.is_residue)
