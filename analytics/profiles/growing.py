"""How a tree of profiles is grown: the coarse ones first, then parts of those that can be split."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import linear_sum_assignment
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from analytics.profiles.em import Parameters, canonical_order, scaled_rows
from analytics.profiles.mixture import SkillProfileMixture
from analytics.profiles.settings import FitSettings, starts_for
from analytics.profiles.stability import Level, Named, Stability, crossed, stability
from analytics.profiles.tree import Tree, coarse_of

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
    """Return the stability of the coarse and the fine profiles of `tree`, on the rows `judged` [m, s].

    A refit has as many coarse profiles as the tree; each is split into as many parts as the one of the tree that most
    of its postings came from.
    """
    splits = np.bincount(tree.parents)
    coarse = _leading_coarse(judged, tree)
    levels = (Level(len(splits), coarse), Level(len(tree.parents), np.argmax(tree.memberships(judged), axis=1)))

    def refit(rows: sparse.csr_array, seed: int) -> tuple[Named, Named]:
        # A skill that was not drawn cannot be learned, so nothing is made of it.
        seen = np.flatnonzero(np.bincount(rows.indices, minlength=rows.shape[1]))
        again = _again(sparse.csr_array(rows[:, seen]), _leading_coarse(rows, tree), splits, settings, seed=seed)
        return (
            lambda X: _leading_coarse(sparse.csr_array(X[:, seen]), again),
            lambda X: np.argmax(again.memberships(sparse.csr_array(X[:, seen])), axis=1),
        )

    rounds = {"bootstraps": settings.bootstraps, "splits": settings.splits}
    return stability(judged, levels, refit, **rounds, seed=settings.seed)


def _again(
    rows: sparse.csr_array, before: NDArray[np.int64], splits: NDArray[np.int64], settings: FitSettings, *, seed: int
) -> Tree:
    mixture = coarse_mixture(rows, len(splits), settings, seed=seed)
    shared = crossed(before, mixture.labels_, len(splits))
    old, new = linear_sum_assignment(-shared)
    return grown(rows, mixture, splits[old[np.argsort(new)]].tolist(), settings, seed=seed)


def _leading_coarse(rows: sparse.csr_array, tree: Tree) -> NDArray[np.int64]:
    return np.argmax(coarse_of(tree.memberships(rows), tree.parents), axis=1)
