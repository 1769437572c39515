"""The profiles that an older run learned, carried over to a new snapshot until it is time to learn them anew."""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics import archive
from analytics.models import KnownProfile, Profile, Publication, Run
from analytics.profiles import (
    FittedOn,
    MovedShare,
    ProfileFit,
    ProfileModel,
    Stability,
    Today,
    moved_share,
    needs_refit,
    score_profiles,
    technical_of,
    with_skills_of_today,
)
from analytics.services.profiles import FIT, FoundProfiles, found_profiles, postings_of
from analytics.services.sketches import ProfileSketch
from analytics.snapshot import DamagedSnapshot, Snapshot
from postings.models import Skill

Moved = dict[str, str | None]
"""Name of a skill when profiles were learned -> its name of today, None when no profile is made of it any more."""


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
    postings, old = postings_of(snapshot), FittedOn.of(model, parameters=by.parameters, code=by.code)
    technical = {postings.skills[place] for place in np.flatnonzero(technical_of(postings)).tolist()}
    moved = moved_skills(by, model, technical)
    share = moved_share(model, moved)
    why = needs_refit(old, _today(run, snapshot, share, teaching=old.teaching))
    if why:
        return Carried(None, None, why)
    try:
        fit = score_profiles(postings, with_skills_of_today(model, moved), _stabilities(by, model))
    except ValueError as nothing:
        return Carried(None, None, str(nothing))
    new = fit.memberships[fit.trained & _new_since(by, snapshot)]
    why = needs_refit(old, _today(run, snapshot, share, teaching=int(fit.trained.sum()), new=new))
    return Carried(None, None, why) if why else Carried(_found(by, fit, snapshot, moved), by, "")


def scored_again(run: Run, by: Run, snapshot: Snapshot) -> FoundProfiles:
    """Return what the model that `by` learned says of a snapshot, under the names of skills that `run` carried it to.

    Raises DamagedSnapshot when the model is gone, KeyError and ValueError as `score_profiles` does.
    """
    model, moved = archive.load_model(by.input_key or ""), run.quality.get("moved", {})
    fit = score_profiles(postings_of(snapshot), with_skills_of_today(model, moved), _stabilities(by, model))
    return _found(by, fit, snapshot, moved)


def moved_skills(by: Run, model: ProfileModel, technical: Collection[str]) -> Moved:
    """Return the skills of a model that are called otherwise today, by what became of each since `by` learned it.

    Merged and renamed ones are followed by their ids; what is not among `technical`, today's skills whose kinds make
    profiles, has no name.
    """
    if set(model.skills) <= set(technical) and not _names_changed(by):
        return {}
    rows = {pk: (name, into) for pk, name, into in Skill.objects.values_list("pk", "name", "merged_into")}
    names = {name: pk for pk, (name, _) in rows.items()} | _names_at(by)
    moved: Moved = {}
    for name in model.skills:
        pk = names.get(name, 0)
        into = rows[pk][1] if pk in rows else None
        today = rows[into or pk][0] if pk in rows else None
        if today != name or today not in technical:
            moved[name] = today if today in technical else None
    return moved


def _names_changed(by: Run) -> bool:
    """Whether a skill was touched since a run began; one that was not cannot have got another's name."""
    return by.started_at is None or Skill.history.filter(history_date__gt=by.started_at).exists()


def _names_at(by: Run) -> dict[str, int]:
    """Return the names of skills when a run began -> their ids, of those that have a history."""
    if by.started_at is None:
        return {}
    told = Skill.history.filter(history_date__lte=by.started_at).order_by("history_date", "history_id")
    last = dict(told.values_list("id", "name"))
    return {name: pk for pk, name in last.items()}


def kept_identities(by: Run, found: FoundProfiles) -> list[KnownProfile]:
    """Return the known profile of each sketch: those of the run that learned them."""
    known = {(row.level, row.number): row.known for row in by.profiles.select_related("known")}
    return [known[sketch.level, sketch.number] for sketch in found.sketches]


def _today(
    run: Run, snapshot: Snapshot, moved: MovedShare, *, teaching: int, new: NDArray[np.float32] | None = None
) -> Today:
    """Return what a fit would be made from; `new` [n, k] are the memberships of postings that came since the last."""
    return Today(
        parameters=run.parameters,
        code=snapshot.stamps["code"],
        moved=moved,
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


def _stabilities(by: Run, model: ProfileModel) -> list[Stability]:
    """Return how much of the profiles came back when `by` learned them, for each level of its model."""
    rows = {level: by.profiles.filter(level=level).order_by("number") for level in model.levels}
    return [
        Stability(
            jaccard=np.array([row.stability for row in rows[level]]),
            agreement=by.quality["agreement"][level],
            bootstraps=FIT.bootstraps,
            splits=FIT.splits,
        )
        for level in model.levels
    ]


def _found(by: Run, fit: ProfileFit, snapshot: Snapshot, moved: Moved) -> FoundProfiles:
    """Return the profiles under the names that they got when they were learned; `moved` stays with the run."""
    found = found_profiles(fit, snapshot)
    learned = {(row.level, row.number): row for row in by.profiles.all()}
    sketches = tuple(_named(sketch, learned[sketch.level, sketch.number]) for sketch in found.sketches)
    quality = found.quality | {"agreement_by_number": by.quality.get("agreement_by_number", {})}
    told = {"note": by.quality.get("note", "")} | ({"moved": moved} if moved else {})
    return replace(found, sketches=sketches, quality=quality | told)


def _named(sketch: ProfileSketch, learned: Profile) -> ProfileSketch:
    return replace(sketch, name=learned.proposed_name, is_residue=learned.is_residue)
