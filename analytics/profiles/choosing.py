"""How many profiles: what comes back when they are learned from other postings decides, nothing else.

Neither likelihood, which rises without an elbow, nor silhouette, which ranks nothing on such data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.profiles.growing import coarse_mixture, split_of
from analytics.profiles.mixture import SkillProfileMixture
from analytics.profiles.settings import COARSE_RANGE, FitSettings, profiles_for
from analytics.profiles.stability import Fit, Named, agreement, weakest

Floats = NDArray[np.float64]

MOST_PARTS = 4  # into which one coarse profile is split
LEAST_AGREEMENT = 0.5  # of the weakest part of a split; under it the parts are made up
LEAST_OF_A_PART = 30  # postings, so that a split of few is not judged by a handful
# Coarse profiles whose postings name less than this part of the usual number of skills are left whole:
# what they have in common is how little they say.
LEAN_UNDER = 0.66


@dataclass(frozen=True)
class Plan:
    """splits: into how many parts each coarse profile is split, 1 is not at all.

    agreements: mean ARI of halves by number of coarse profiles; split_agreements: by coarse profile and number of
    parts, how much of the weakest part comes back (mean Jaccard of halves).
    """

    coarse: SkillProfileMixture
    splits: tuple[int, ...]
    agreements: Mapping[int, float]
    split_agreements: Mapping[tuple[int, int], float]


def plan_of(rows: sparse.csr_array, judged: sparse.csr_array, settings: FitSettings, *, postings: int) -> Plan:
    """Return how the rows [n, s] are best divided, as `judged` [m, s], a sample of them, tells.

    Between 5 and 8 coarse profiles the number with the highest agreement is taken; then each split is judged among the
    profile's own postings, and `chosen_splits` takes the best until there are `settings.n_profiles` parts.
    `postings` is how many postings the rows stand for.
    """
    asked = profiles_for(postings, asked=settings.n_profiles)
    agreements = _coarse_agreements(judged, settings, asked)
    n_coarse = max(agreements, key=lambda number: (agreements[number], -number))
    coarse = coarse_mixture(rows, n_coarse, settings, seed=settings.seed)
    found = _split_agreements(judged, coarse, settings)
    return Plan(coarse, chosen_splits(found, coarse.weights_, asked=asked), agreements, found)


def chosen_splits(agreements: Mapping[tuple[int, int], float], weights: Floats, *, asked: int) -> tuple[int, ...]:
    """Return the parts of each coarse profile: as many as can be had, at most `asked` in all.

    Among divisions into equally many parts, the one whose splits agree most: the mean over the fine profiles, so that
    no profile is cut up for the sake of the number, plus the mean over the postings (`weights` [k]), so that no large
    one is split by chance. What is left whole agrees in full; a split under LEAST_AGREEMENT is never made.
    """
    options = [
        [1, *(m for m in range(2, MOST_PARTS + 1) if agreements.get((number, m), 0.0) >= LEAST_AGREEMENT)]
        for number in range(len(weights))
    ]

    def worth(splits: tuple[int, ...]) -> tuple[int, float]:
        agreed = np.array([agreements[c, m] if m > 1 else 1.0 for c, m in enumerate(splits)])
        return sum(splits), float(np.average(agreed, weights=splits) + np.average(agreed, weights=weights))

    return max((splits for splits in product(*options) if sum(splits) <= asked), key=worth)


def _coarse_agreements(judged: sparse.csr_array, settings: FitSettings, asked: int) -> dict[int, float]:
    least, most = COARSE_RANGE
    numbers: Sequence[int] = range(min(least, asked), min(most, asked) + 1)

    def fit_of(number: int) -> Fit:
        def fit(rows: sparse.csr_array, seed: int) -> Named:
            return coarse_mixture(rows, number, settings, seed=seed).predict

        return fit

    return {number: agreement(judged, fit_of(number), splits=settings.splits, seed=settings.seed) for number in numbers}


def _split_agreements(
    judged: sparse.csr_array, coarse: SkillProfileMixture, settings: FitSettings
) -> dict[tuple[int, int], float]:
    leading = coarse.predict(judged)
    usual = judged.nnz / judged.shape[0]
    found = {}
    for number in range(coarse.n_profiles):
        own = judged[leading == number]
        if own.nnz < LEAN_UNDER * usual * own.shape[0]:
            continue
        mother = coarse.profile_skills_[number]
        for parts in range(2, min(MOST_PARTS, own.shape[0] // LEAST_OF_A_PART) + 1):

            def fit(rows: sparse.csr_array, seed: int, parts: int = parts, mother: np.ndarray = mother) -> Named:
                tree = split_of(rows, mother, parts, settings, seed=seed)
                return lambda held_out: np.argmax(tree.memberships(held_out), axis=1)

            found[number, parts] = weakest(own, fit, n_profiles=parts, splits=settings.splits, seed=settings.seed)
    return found
