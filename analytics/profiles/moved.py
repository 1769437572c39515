"""Learned profiles under the skills of today: some were merged since, renamed, or taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from analytics.profiles.em import Parameters
from analytics.profiles.model import ProfileModel

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class MovedShare:
    """How much of what profiles name changed its skill, 0 to 1: over all of them, and in the one where it is most.

    Counted are skills that were taken out, and of those that became one all but the commonest.
    """

    overall: float = 0.0
    in_one: float = 0.0


def with_skills_of_today(model: ProfileModel, today: Mapping[str, str | None]) -> ProfileModel:
    """Return the model with skills called as in `today` (name then -> name now, None for one that is gone).

    A name that `today` lacks has not changed. Skills that became one are the sum of what they were: in a multinomial
    that is exactly the probability of either. What is gone is left out, and nothing is scaled up for it, so that the
    rows of P(skill | profile) add up to less than 1. Skills that are neither keep their values and their order, so a
    posting that names no other ones has the same memberships to the last bit.
    """
    if not today:
        return model
    skills, column = _columns(model.skills, today)
    coarse, fine = (
        Parameters(one.weights, _summed(one.skills, column, len(skills)))
        for one in (model.tree.coarse, model.tree.fine)
    )
    return replace(model, tree=replace(model.tree, coarse=coarse, fine=fine), skills=skills)


def moved_share(model: ProfileModel, today: Mapping[str, str | None]) -> MovedShare:
    """Return how much of what the fine profiles of a model name is filed otherwise by `today`."""
    if not today:
        return MovedShare()
    skills, column = _columns(model.skills, today)
    fine, weights = model.tree.fine.skills, model.tree.fine_weights
    kept = np.zeros(len(model.skills), np.bool_)
    overall = weights @ fine
    for place in range(len(skills)):
        joined = np.flatnonzero(column == place)
        kept[joined[np.argmax(overall[joined])]] = True
    moved = fine[:, ~kept].sum(axis=1)
    return MovedShare(float(weights @ moved), float(moved.max()))


def _columns(skills: Sequence[str], today: Mapping[str, str | None]) -> tuple[tuple[str, ...], Ints]:
    """Return the names of today in order of first appearance, and for each old skill its place there, -1 for none."""
    names = [today.get(name, name) for name in skills]
    place: dict[str, int] = {}
    column = [-1 if name is None else place.setdefault(name, len(place)) for name in names]
    return tuple(place), np.array(column, np.int64)


def _summed(skills: Floats, column: Ints, n: int) -> Floats:
    found = np.zeros((len(skills), n))
    for old in np.flatnonzero(column >= 0).tolist():
        found[:, column[old]] += skills[:, old]
    return found
