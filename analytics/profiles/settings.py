"""What a fit of profiles is asked for, and how much data it takes."""

from __future__ import annotations

import math
from dataclasses import dataclass

LEAST_POSTINGS = 60  # to learn two profiles from
LEAST_SKILLS = 10
COARSE_RANGE = (5, 8)  # how many coarse profiles there may be, where the data carry them


class TooFewPostings(Exception):  # noqa: N818 - reads as the finding that it is
    """There is too little to learn from; str(e) is a sentence for the person who asked."""


@dataclass(frozen=True)
class FitSettings:
    """What a fit was asked for; stamped on its model.

    n_profiles: about how many fine profiles; how many coarse ones, 5 to 8, stability decides.
    A posting teaches when it names at least `least_skills` of the skills that make profiles; a technical skill makes
    profiles when at least `least_postings` postings, and `least_share` of them, name it, and no company more than
    `company_share` of these. `scale`, `smoothing`: see SkillProfileMixture. Fits are made on at most `fit_rows`
    postings, evenly spread, and stability is judged on at most `judge_rows` of them, by `bootstraps` and `splits`.
    """

    n_profiles: int = 12
    seed: int = 0
    least_skills: int = 3
    least_postings: int = 5
    least_share: float = 0.005
    company_share: float = 0.5
    scale: float = 6.0
    smoothing: float = 10.0
    fit_rows: int = 40_000
    judge_rows: int = 20_000
    bootstraps: int = 20
    splits: int = 5


def profiles_for(postings: int, *, asked: int) -> int:
    """Return how many profiles this many teaching postings carry, at most `asked`.

    Raises TooFewPostings under LEAST_POSTINGS.
    """
    if postings < LEAST_POSTINGS:
        raise TooFewPostings(
            f"Only {postings} postings name enough technical skills to learn profiles from; it takes {LEAST_POSTINGS}."
        )
    return min(asked, max(2, math.isqrt(postings // 8)))


def starts_for(postings: int) -> int:
    """Return how many k-means to choose from: more on small data, where they end in more ways and cost little."""
    return max(4, min(16, 60_000 // max(postings, 1)))
