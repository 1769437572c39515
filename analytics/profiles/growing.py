"""How a tree of profiles is grown: the coarse ones first, then parts of those that can be split."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from analytics.profiles.em import Parameters, canonical_order, scaled_rows
from analytics.profiles.halfway import joined, middle_splits
from analytics.profiles.mixture import SkillProfileMixture
from analytics.profiles.settings import FitSettings, starts_for
from analytics.profiles.stability import Level, Named, Stability, crossed, stability
from analytics.profiles.tree import LevelName, Tree, coarse_of

Floats = NDArray[np.float64]


def coarse_mixture(rows: sparse.csr_array, n_profiles: int, settings: FitSettings, *, seed: int) -> SkillProfileMixture:
    """Return coarse profiles learned from the rows [n, s]."""
    return _mixture(n_profiles, rows.shape[0], settings, seed=seed).fit(rows)


def grown(
    rows: sparse.csr_array, coarse: SkillProfileMixture, splits: Sequence[int], settings: FitSettings, *, seed: int
) -> Tree:
    """Return the tree in which coarse profile c is split into `splits[c]`, learned from its postings among the rows.

    Every column of the rows must occur in them. Fine profiles come by falling weight.
    """
    parameters = Parameters(coarse.weights_, coarse.profile_skills_)
    leading = coarse.predict(rows)
    found = [_parts(rows[leading == c], parameters.skills[c], m, settings, seed=seed) for c, m in enumerate(splits)]
    parents = np.repeat(np.arange(len(splits)), [len(parts.weights) for parts in found])
    weights = np.concatenate([parts.weights for parts in found])
    skills = np.concatenate([parts.skills for parts in found])
    order = np.argsort(-parameters.weights[parents] * weights, kind="stable")
    fine = Parameters(weights[order], skills[order])
    return Tree(parameters, fine, parents[order], settings.scale, settings.least_skills)


def with_middle(tree: Tree) -> Tree:
    """Return the tree with its middle level, as it is when it is split less than twice."""
    splits = middle_splits(tree)
    return replace(tree, middle=joined(tree, splits)) if splits else tree


def split_of(rows: sparse.csr_array, mother: Floats, parts: int, settings: FitSettings, *, seed: int) -> Tree:
    """Return a tree with one coarse profile, `mother` [s] being its P(skill), split into `parts`."""
    fine = _parts(rows, mother, parts, settings, seed=seed)
    whole = Parameters(np.ones(1), mother[None, :])
    return Tree(whole, fine, np.zeros(len(fine.weights), np.int64), settings.scale, settings.least_skills)


def _parts(rows: sparse.csr_array, mother: Floats, parts: int, settings: FitSettings, *, seed: int) -> Parameters:
    if parts == 1 or rows.shape[0] <= parts:
        return Parameters(np.ones(1), mother[None, :])
    scaled = scaled_rows(rows, total=settings.scale, full_at=settings.least_skills)
    ordered = scaled[canonical_order(scaled)]
    # What the postings of the whole ask for: no skill is impossible in a part because it is rare.
    prior = settings.smoothing * settings.scale * mother
    with threadpool_limits(limits=1):
        return _mixture(parts, rows.shape[0], settings, seed=seed).learned(ordered, prior)[0]


def _mixture(n_profiles: int, postings: int, settings: FitSettings, *, seed: int) -> SkillProfileMixture:
    return SkillProfileMixture(
        n_profiles,
        scale=settings.scale,
        full_at=settings.least_skills,
        smoothing=settings.smoothing,
        n_init=starts_for(postings),
        seed=seed,
    )


def judged_tree(judged: sparse.csr_array, tree: Tree, settings: FitSettings) -> tuple[Stability, ...]:
    """Return the stability of the profiles of `tree` on each of its levels, on the rows `judged` [m, s].

    A refit has as many coarse profiles as the tree; each is split into as many middle and fine parts as the one of the
    tree that most of its postings came from.
    """
    levels = tuple(Level(int(tree.wholes(level).max()) + 1, _leading(judged, tree, level)) for level in tree.levels)

    def refit(rows: sparse.csr_array, seed: int) -> tuple[Named, ...]:
        # A skill that was not drawn cannot be learned, so nothing is made of it.
        seen = np.flatnonzero(np.bincount(rows.indices, minlength=rows.shape[1]))
        again = _again(sparse.csr_array(rows[:, seen]), _leading(rows, tree, "coarse"), tree, settings, seed=seed)

        def named(level: LevelName) -> Named:
            return lambda X: _leading(sparse.csr_array(X[:, seen]), again, level)

        return tuple(named(level) for level in tree.levels)

    rounds = {"bootstraps": settings.bootstraps, "splits": settings.splits}
    return stability(judged, levels, refit, **rounds, seed=settings.seed)


def _again(rows: sparse.csr_array, before: NDArray[np.int64], tree: Tree, settings: FitSettings, *, seed: int) -> Tree:
    splits = np.bincount(tree.parents)
    mixture = coarse_mixture(rows, len(splits), settings, seed=seed)
    shared = crossed(before, mixture.labels_, len(splits))
    old, new = linear_sum_assignment(-shared)
    theirs = old[np.argsort(new)]
    again = grown(rows, mixture, splits[theirs].tolist(), settings, seed=seed)
    if tree.middle is None:
        return again
    middle = [len(np.unique(tree.middle[tree.parents == number])) for number in theirs]
    return replace(again, middle=joined(again, middle))


def _leading(rows: sparse.csr_array, tree: Tree, level: LevelName) -> NDArray[np.int64]:
    return np.argmax(coarse_of(tree.memberships(rows), tree.wholes(level)), axis=1)
