"""What a profile looks like in a few words: its name, its distinctive skills, how stable it is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.profiles import (
    FINE,
    LevelName,
    ProfileFit,
    ProfileModel,
    coarse_of,
    distinctive_skills,
    propose_names,
    shared_by_parts,
)
from analytics.snapshot import Snapshot


@dataclass(frozen=True)
class ProfileSketch:
    """`number` counts from 0 on each level; `parent` is the whole's on the next coarser level, None on the first."""

    level: LevelName
    number: int
    parent: int | None
    name: str
    weight: float
    stability: float
    is_residue: bool
    distinctive: tuple[str, ...]


def sketch_profiles(fit: ProfileFit, snapshot: Snapshot) -> tuple[ProfileSketch, ...]:
    """Return a sketch of each profile: the coarse first, the fine ones last, each level in the order of the fit."""
    sketches: list[ProfileSketch] = []
    for level in fit.model.levels:
        sketches += _sketches(level, fit, snapshot, sketches)
    return tuple(sketches)


def _sketches(
    level: LevelName, fit: ProfileFit, snapshot: Snapshot, coarser: Sequence[ProfileSketch]
) -> list[ProfileSketch]:
    names, wholes, parents = list(snapshot.skills), fit.model.wholes(level), parents_of(fit.model, level)
    found = fit.levels[level]
    memberships = coarse_of(fit.memberships[fit.trained], wholes)
    apart = distinctive_skills(found.counts, found.sizes, top=12, among=found.technical)
    roles = commonest_roles(memberships, np.asarray(snapshot.role)[fit.trained], snapshot.vocabulary("role"))
    fine = fit.levels[FINE]
    shared = None if level == FINE else shared_by_parts(fine.counts, fine.sizes, wholes)
    return [
        ProfileSketch(
            level=level,
            number=number,
            parent=None if parents is None else parents[number],
            name=proposal.name,
            weight=float(found.weights[number]),
            stability=float(found.stability.jaccard[number]),
            is_residue=proposal.is_residue,
            distinctive=tuple(names[item.skill] for item in apart[number]),
        )
        for number, proposal in enumerate(
            propose_names(found, names, roles, shared=shared, wholes=_names_of_wholes(parents, coarser))
        )
    ]


def _names_of_wholes(parents: list[int] | None, coarser: Sequence[ProfileSketch]) -> list[str]:
    """Return the name of what each profile is one part of several of, "" for one that is its whole."""
    if parents is None:
        return []
    above = {sketch.number: sketch.name for sketch in coarser if sketch.level == coarser[-1].level}
    return [above[parent] if parents.count(parent) > 1 else "" for parent in parents]


def parents_of(model: ProfileModel, level: LevelName) -> list[int] | None:
    """Return for each profile of a level the one on the next coarser level that it is a part of; None on the first."""
    above = model.levels.index(level) - 1
    if above < 0:
        return None
    mothers = dict(zip(model.wholes(level).tolist(), model.wholes(model.levels[above]).tolist(), strict=True))
    return [mothers[number] for number in range(len(mothers))]


def commonest_roles(
    memberships: NDArray[np.float32], role: NDArray[np.integer], roles: tuple[str, ...], *, top: int = 5
) -> list[list[str]]:
    """Return for each profile the roles with the largest sums of `memberships` [n, k]; `role` [n] indexes `roles`."""
    sums = np.stack([np.bincount(role, weights=column, minlength=len(roles)) for column in memberships.T], axis=1)
    return [[roles[code] for code in np.argsort(-sums[:, k], kind="stable")[:top]] for k in range(sums.shape[1])]
