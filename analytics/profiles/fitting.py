"""From a matrix of postings and skills to profiles with memberships, rates and stability."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.profiles.em import canonical_order
from analytics.profiles.stability import Labels, Stability, stability

if TYPE_CHECKING:
    from analytics.profiles.mixture import SkillProfileMixture

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Soft skills blur the profiles (-0.04 to -0.06 ARI on real postings); domains and certificates say where
# somebody works and what was certified, not what the work is.
TECHNICAL_KINDS = frozenset({"language", "tool", "method"})
LEAST_POSTINGS = 60  # to learn two profiles from
LEAST_SKILLS = 10


class TooFewPostings(Exception):  # noqa: N818 - reads as the finding that it is
    """There is too little to learn from; str(e) is a sentence for the person who asked."""


@dataclass(frozen=True)
class FitSettings:
    """What a fit was asked for; stamped on its result.

    A posting teaches when it names at least `least_skills` technical skills; a skill is used when at least
    `least_postings` such postings, and `least_share` of them, name it: rarer ones cost time and bring no
    stability (adjusted Rand index of halves 0.72 with, 0.75 without them on 17,759 real postings, 8 profiles).
    8 profiles, since there the index peaks (0.66 at 6, 0.63 at 7, 0.74 at 8, 0.64 at 10, 0.61 at 12) and every
    profile comes back. `n_init` is the least number of starts: see `starts_for`.
    """

    n_profiles: int = 8
    seed: int = 0
    least_skills: int = 3
    least_postings: int = 5
    least_share: float = 0.002
    scale: float = 6.0
    smoothing: float = 2.0
    n_init: int = 4
    bootstraps: int = 20
    splits: int = 5


@dataclass(frozen=True)
class ProfileFit:
    """The profiles of n postings over s skills, the largest first.

    memberships: float32 [n, k], rows add up to 1; a posting without a usable skill has the weights.
    thin: [n], fewer technical skills than it takes to teach: the memberships are a guess and say so.
    trained: [n], the postings that taught; sizes, counts and stability are about these.
    weights: [k], the profiles' shares, adding up to 1. sizes: [k], sums of memberships.
    profile_skills: [k, s], P(skill | profile), rows add up to 1, zero for skills left out: for matching.
    counts: [k, s], how many of the profile's postings name the skill, for every skill, left out or not.
    technical: [s], the skills whose kinds make profiles: languages, tools and methods.
    note: why there are fewer profiles than were asked for, or "".
    """

    memberships: NDArray[np.float32]
    thin: Flags
    trained: Flags
    weights: Floats
    sizes: Floats
    profile_skills: Floats
    counts: Floats
    technical: Flags
    stability: Stability
    settings: FitSettings
    note: str

    @property
    def rates(self) -> Floats:
        """Return the share [k, s] of each profile's postings that name each skill, 0 to 1."""
        return self.counts / self.sizes[:, None]


def fit_profiles(X: sparse.csr_array, *, kinds: Sequence[str], eligible: Flags, settings: FitSettings) -> ProfileFit:
    """Learn profiles from the eligible postings of X [n, s] and give every posting its memberships.

    X holds 1 (or any weight > 0) where a posting names a skill; `kinds` [s] tells what sort each skill is,
    and only languages, tools and methods make profiles. `eligible` [n] says which postings may teach (one of
    each copy, in English). Small data gets fewer profiles than asked for: see `profiles_for`.
    Raises TooFewPostings when there is too little for two.
    """
    rows = sparse.csr_array(X, dtype=np.float64)
    rows.eliminate_zeros()
    technical = np.isin(np.asarray(kinds, dtype=str), list(TECHNICAL_KINDS))
    named = np.diff(sparse.csr_array(rows[:, np.flatnonzero(technical)]).indptr)
    thin = named < settings.least_skills
    trained = np.asarray(eligible, dtype=bool) & ~thin
    n_profiles = profiles_for(int(trained.sum()), asked=settings.n_profiles)
    usable = _usable_skills(rows[trained], technical, settings)
    evidence = rows[:, usable]
    # In canonical order every later sum has one order too, however the postings were given.
    teaching = np.flatnonzero(trained)[canonical_order(evidence[trained])]
    mixture = _mixture(n_profiles, len(teaching), settings, seed=settings.seed).fit(evidence[teaching])
    memberships = mixture.predict_proba(evidence)
    return ProfileFit(
        memberships=memberships.astype(np.float32),
        thin=thin,
        trained=trained,
        weights=mixture.weights_,
        sizes=memberships[teaching].sum(axis=0),
        profile_skills=_spread_out(mixture.profile_skills_, usable, n_skills=rows.shape[1]),
        counts=(sparse.csc_array(rows[teaching] != 0).T @ memberships[teaching]).T,
        technical=technical,
        stability=_stability(evidence[teaching], mixture, settings),
        settings=settings,
        note=_note(int(trained.sum()), n_profiles, settings.n_profiles),
    )


def profiles_for(postings: int, *, asked: int) -> int:
    """Return how many profiles this many teaching postings carry, at most `asked`.

    Raises TooFewPostings under LEAST_POSTINGS.
    """
    if postings < LEAST_POSTINGS:
        raise TooFewPostings(
            f"Only {postings} postings name enough technical skills to learn profiles from; it takes {LEAST_POSTINGS}."
        )
    return min(asked, max(2, math.isqrt(postings // 8)))


def starts_for(postings: int, *, least: int) -> int:
    """Return how many starts to choose from: more on small data, where fits end in more ways and cost little.

    On the 668 postings of the demo sample 16 starts instead of 4 raised the least Jaccard index of eight profiles
    from 0.51 to 0.78; on 17,610 real postings 10 instead of 4 changed nothing.
    """
    return max(least, min(16, 60_000 // max(postings, 1)))


def _usable_skills(taught: sparse.csr_array, technical: Flags, settings: FitSettings) -> NDArray[np.int64]:
    """Return the technical skills (columns) that enough teaching postings name; raises TooFewPostings."""
    least = max(settings.least_postings, settings.least_share * taught.shape[0])
    usable = np.flatnonzero(technical & (np.bincount(taught.indices, minlength=len(technical)) >= least))
    if len(usable) < LEAST_SKILLS:
        raise TooFewPostings(
            f"Only {len(usable)} technical skills stand in at least {math.ceil(least)} postings; "
            f"it takes {LEAST_SKILLS} to learn profiles from."
        )
    return usable


def _mixture(n_profiles: int, postings: int, settings: FitSettings, *, seed: int) -> SkillProfileMixture:
    # sklearn takes a second to import; web processes import this module and never fit.
    from analytics.profiles.mixture import SkillProfileMixture

    return SkillProfileMixture(
        n_profiles,
        scale=settings.scale,
        full_at=settings.least_skills,
        smoothing=settings.smoothing,
        n_init=starts_for(postings, least=settings.n_init),
        seed=seed,
    )


def _stability(evidence: sparse.csr_array, mixture: SkillProfileMixture, settings: FitSettings) -> Stability:
    def refit(rows: sparse.csr_array, seed: int) -> Callable[[sparse.csr_array], Labels]:
        again = _mixture(mixture.n_profiles, rows.shape[0], settings, seed=seed).fit(rows)
        return again.predict

    return stability(
        evidence,
        mixture.labels_,
        refit,
        n_profiles=mixture.n_profiles,
        bootstraps=settings.bootstraps,
        splits=settings.splits,
        seed=settings.seed,
    )


def _spread_out(skills: Floats, columns: NDArray[np.int64], *, n_skills: int) -> Floats:
    """Return `skills` [k, len(columns)] at home in all columns [k, n_skills], zero elsewhere."""
    wide = np.zeros((len(skills), n_skills))
    wide[:, columns] = skills
    return wide


def _note(postings: int, n_profiles: int, asked: int) -> str:
    if n_profiles == asked:
        return ""
    return f"{postings} postings name enough technical skills: they carry {n_profiles} profiles, not {asked}."
