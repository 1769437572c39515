"""From a matrix of postings and skills to profiles on nested levels, with memberships, rates and stability."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.profiles.em import canonical_order, evenly_spread
from analytics.profiles.model import ProfileModel, Scored
from analytics.profiles.settings import LEAST_SKILLS, FitSettings, TooFewPostings, profiles_for
from analytics.profiles.stability import Stability
from analytics.profiles.tree import LevelName, coarse_of

if TYPE_CHECKING:
    from analytics.profiles.choosing import Plan

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Soft skills blur the profiles (-0.04 to -0.06 ARI on real postings); domains and certificates say where
# somebody works and what was certified, not what the work is.
TECHNICAL_KINDS = frozenset({"language", "tool", "method"})


@dataclass(frozen=True)
class Postings:
    """What profiles are learned from.

    X: [n, s], 1 (or any weight > 0) where a posting names a skill. skills, kinds: [s], names and sorts of the columns.
    eligible: [n], which postings may teach (one of each copy, in English). companies: [n], a number for each
    employer, negative where none is known.
    """

    X: sparse.sparray | sparse.spmatrix
    skills: Sequence[str]
    kinds: Sequence[str]
    eligible: Flags
    companies: NDArray[np.integer]


@dataclass(frozen=True)
class LevelFit:
    """The profiles of one level. sizes: [k], sums of memberships of the postings that taught.

    weights: [k], the profiles' shares, adding up to 1. profile_skills: [k, s], P(skill | profile), zero for skills that
    make no profiles. counts: [k, s], how many of the profile's postings name each skill, whether it makes profiles or
    not. technical: [s], the skills whose kinds make profiles.
    """

    weights: Floats
    sizes: Floats
    profile_skills: Floats
    counts: Floats
    technical: Flags
    stability: Stability

    @property
    def rates(self) -> Floats:
        """Return the share [k, s] of each profile's postings that name each skill, 0 to 1."""
        return self.counts / self.sizes[:, None]


@dataclass(frozen=True)
class ProfileFit:
    """A model and what it says about the postings it was learned from.

    memberships: float32 [n, k2] in the fine profiles, rows add up to 1; `model.parents` tells what they are parts of.
    thin: [n], fewer known skills than it takes to teach: the memberships are a guess and say so.
    trained: [n], the postings that taught. levels: "coarse", "middle" where there is one, and "fine".
    agreements: mean ARI of halves by number of coarse profiles, which chose it; split_agreements: by coarse profile
    and number of parts, the Jaccard index of the weakest part, which chose those.
    note: why there are fewer profiles than were asked for, or "".
    """

    model: ProfileModel
    memberships: NDArray[np.float32]
    thin: Flags
    trained: Flags
    levels: Mapping[LevelName, LevelFit]
    agreements: Mapping[int, float]
    split_agreements: Mapping[tuple[int, int], float]
    note: str

    @property
    def scored(self) -> Scored:
        """Return what the model gives every posting."""
        return Scored(self.memberships, self.thin)


def fit_profiles(postings: Postings, *, settings: FitSettings) -> ProfileFit:
    """Learn profiles from the eligible postings and give every posting its memberships.

    Only languages, tools and methods make profiles. Small data gets fewer profiles than asked for: see
    `profiles_for`. Raises TooFewPostings when there is too little for two.
    """
    rows = sparse.csr_array(postings.X, dtype=np.float64)
    rows.eliminate_zeros()
    technical = technical_of(postings)
    usable = usable_skills(rows, technical, postings, settings)
    evidence = sparse.csr_array(rows[:, usable])
    evidence.sort_indices()
    thin = np.diff(evidence.indptr) < settings.least_skills
    trained = np.asarray(postings.eligible, dtype=bool) & ~thin
    profiles_for(int(trained.sum()), asked=settings.n_profiles)
    # In canonical order every later sum has one order too, however the postings were given.
    teaching = np.flatnonzero(trained)
    teaching = teaching[canonical_order(evidence[teaching])]
    model, plan, stabilities = _learned(evidence[teaching], [postings.skills[s] for s in usable], settings)
    memberships = model.tree.memberships(evidence)
    return ProfileFit(
        model=model,
        memberships=memberships,
        thin=thin,
        trained=trained,
        levels=levels_of(model, rows[teaching], memberships[teaching], (usable, technical), stabilities),
        agreements=plan.agreements,
        split_agreements=plan.split_agreements,
        note=_note(len(teaching), len(model.parents), settings.n_profiles),
    )


def technical_of(postings: Postings) -> Flags:
    """Return which skills [s] are of the kinds that make profiles."""
    return np.isin(np.asarray(postings.kinds, dtype=str), list(TECHNICAL_KINDS))


def usable_skills(
    rows: sparse.csr_array, technical: Flags, postings: Postings, settings: FitSettings
) -> NDArray[np.int64]:
    """Return the columns of `rows` [n, s] that make profiles; raises TooFewPostings when they are too few.

    Technical skills that enough teaching postings name, and not one employer above all: that is its own product.
    """
    named = np.diff(sparse.csr_array(rows[:, np.flatnonzero(technical)]).indptr)
    teaching = np.asarray(postings.eligible, dtype=bool) & (named >= settings.least_skills)
    profiles_for(int(teaching.sum()), asked=settings.n_profiles)
    taught = sparse.csc_array(rows[teaching])
    least = max(settings.least_postings, settings.least_share * taught.shape[0])
    common = np.flatnonzero(technical & (np.diff(taught.indptr) >= least))
    companies = np.asarray(postings.companies)[teaching]
    usable = np.array([s for s in common if _widest(taught, int(s), companies) <= settings.company_share], np.int64)
    if len(usable) < LEAST_SKILLS:
        raise TooFewPostings(
            f"Only {len(usable)} technical skills stand in at least {math.ceil(least)} postings; "
            f"it takes {LEAST_SKILLS} to learn profiles from."
        )
    return usable


def _widest(taught: sparse.csc_array, skill: int, companies: NDArray[np.integer]) -> float:
    """Return the share that one company has in the postings with a skill, 0 when none is known."""
    of = companies[taught.indices[taught.indptr[skill] : taught.indptr[skill + 1]]]
    known = of[of >= 0]
    return float(np.unique(known, return_counts=True)[1].max() / len(of)) if len(known) else 0.0


def _learned(
    teaching: sparse.csr_array, skills: Sequence[str], settings: FitSettings
) -> tuple[ProfileModel, Plan, tuple[Stability, ...]]:
    # sklearn takes a second to import; web processes import this module and never fit.
    from analytics.profiles.choosing import plan_of
    from analytics.profiles.growing import grown, judged_tree, with_middle

    sample = teaching[evenly_spread(teaching.shape[0], settings.fit_rows)]
    judged = sample[evenly_spread(sample.shape[0], settings.judge_rows)]
    plan = plan_of(sample, judged, settings, postings=teaching.shape[0])
    tree = with_middle(grown(sample, plan.coarse, plan.splits, settings, seed=settings.seed))
    return ProfileModel(tree, tuple(skills), settings, teaching.shape[0]), plan, judged_tree(judged, tree, settings)


def levels_of(
    model: ProfileModel,
    rows: sparse.csr_array,
    memberships: NDArray[np.float32],
    columns: tuple[NDArray[np.int64], Flags],
    stabilities: Sequence[Stability],
) -> dict[LevelName, LevelFit]:
    """Return what teaching postings [t, s] and their fine memberships [t, k2] make of the levels of a model.

    `columns`: the column of `rows` for each skill of the model, and [s] which are technical. `stabilities`: one for
    each level of the model, in their order.
    """
    usable, technical = columns
    fine = memberships.astype(np.float64)
    counts = (sparse.csc_array(rows != 0).T @ fine).T
    sums = {
        level: (coarse_of(fine.sum(axis=0)[None, :], wholes)[0], coarse_of(counts.T, wholes).T)
        for level, wholes in ((level, model.wholes(level)) for level in model.levels)
    }
    return {
        level: LevelFit(
            weights=model.weights(level),
            sizes=sums[level][0],
            profile_skills=_spread_out(model.profile_skills(level), usable, n_skills=rows.shape[1]),
            counts=sums[level][1],
            technical=technical,
            stability=stability,
        )
        for level, stability in zip(sums, stabilities, strict=True)
    }


def _spread_out(skills: Floats, columns: NDArray[np.int64], *, n_skills: int) -> Floats:
    """Return `skills` [k, len(columns)] at home in all columns [k, n_skills], zero elsewhere."""
    wide = np.zeros((len(skills), n_skills))
    wide[:, columns] = skills
    return wide


def _note(postings: int, n_profiles: int, asked: int) -> str:
    if profiles_for(postings, asked=asked) == asked:
        return ""
    return f"{postings} postings name enough technical skills: they carry {n_profiles} profiles, not {asked}."
