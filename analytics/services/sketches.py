"""What a profile looks like in a few words: its name, its distinctive skills, how stable it is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.profiles import (
    LEVELS,
    LevelName,
    ProfileFit,
    coarse_of,
    distinctive_skills,
    propose_names,
    shared_by_parts,
)
from analytics.snapshot import Snapshot


@dataclass(frozen=True)
class ProfileSketch:
    """`number` counts from 0 on each level; `parent` is the number of the coarse profile that a fine one is part of."""

    level: LevelName
    number: int
    parent: int | None
    name: str
    weight: float
    stability: float
    is_residue: bool
    distinctive: tuple[str, ...]


def sketch_profiles(fit: ProfileFit, snapshot: Snapshot) -> tuple[ProfileSketch, ...]:
    """Return a sketch of each profile: the coarse ones, then the fine ones, each in the order of the fit."""
    return tuple(sketch for level in LEVELS for sketch in _sketches(level, fit, snapshot))


def _sketches(level: LevelName, fit: ProfileFit, snapshot: Snapshot) -> list[ProfileSketch]:
    names, parents = list(snapshot.skills), fit.model.parents
    found = fit.levels[level]
    memberships = fit.memberships[fit.trained]
    memberships = coarse_of(memberships, parents) if level == "coarse" else memberships
    apart = distinctive_skills(found.counts, found.sizes, top=12, among=found.technical)
    roles = commonest_roles(memberships, np.asarray(snapshot.role)[fit.trained], snapshot.vocabulary("role"))
    shared = None if level == "fine" else shared_by_parts(fit.levels["fine"].counts, fit.levels["fine"].sizes, parents)
    return [
        ProfileSketch(
            level=level,
            number=number,
            parent=int(parents[number]) if level == "fine" else None,
            name=proposal.name,
            weight=float(found.weights[number]),
            stability=float(found.stability.jaccard[number]),
            is_residue=proposal.is_residue,
            distinctive=tuple(names[item.skill] for item in apart[number]),
        )
        for number, proposal in enumerate(propose_names(found, names, roles, shared=shared))
    ]


def commonest_roles(
    memberships: NDArray[np.float32], role: NDArray[np.integer], roles: tuple[str, ...], *, top: int = 5
) -> list[list[str]]:
    """Return for each profile the roles with the largest sums of `memberships` [n, k]; `role` [n] indexes `roles`."""
    sums = np.stack([np.bincount(role, weights=column, minlength=len(roles)) for column in memberships.T], axis=1)
    return [[roles[code] for code in np.argsort(-sums[:, k], kind="stable")[:top]] for k in range(sums.shape[1])]
