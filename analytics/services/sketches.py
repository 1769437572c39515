"""What a profile looks like in a few words: its name, its distinctive skills, how stable it is."""

from dataclasses import dataclass

import numpy as np

from analytics.profiles import ProfileFit, distinctive_skills, propose_names
from analytics.snapshot import Snapshot


@dataclass(frozen=True)
class ProfileSketch:
    name: str
    weight: float
    stability: float
    is_residue: bool
    distinctive: tuple[str, ...]


def sketch_profiles(fit: ProfileFit, snapshot: Snapshot) -> tuple[ProfileSketch, ...]:
    """Return a sketch of each profile, in the order of the fit."""
    names = list(snapshot.skills)
    apart = distinctive_skills(fit.counts, fit.sizes, top=12, among=fit.technical)
    proposals = propose_names(fit, names, commonest_roles(fit, snapshot))
    return tuple(
        ProfileSketch(
            name=proposals[number].name,
            weight=float(fit.weights[number]),
            stability=float(fit.stability.jaccard[number]),
            is_residue=proposals[number].is_residue,
            distinctive=tuple(names[item.skill] for item in apart[number]),
        )
        for number in range(len(fit.weights))
    )


def commonest_roles(fit: ProfileFit, snapshot: Snapshot, *, top: int = 5) -> list[list[str]]:
    """Return for each profile the roles with the largest sums of membership among the postings that taught."""
    roles = snapshot.vocabulary("role")
    sums = np.zeros((len(roles), fit.memberships.shape[1]))
    np.add.at(sums, np.asarray(snapshot.role)[fit.trained], fit.memberships[fit.trained])
    return [[roles[code] for code in np.argsort(-sums[:, k], kind="stable")[:top]] for k in range(sums.shape[1])]
