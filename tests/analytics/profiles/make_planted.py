"""Postings with known profiles, to see whether they are found again."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analytics.profiles import FitSettings, Postings

NESTED = FitSettings(n_profiles=10, bootstraps=3, splits=2, smoothing=2.0)
"""What make_nested() is fitted with."""


@dataclass(frozen=True)
class Planted:
    """`X` [n, s] with ones; `profile` [n] the planted profile of each row; `rates` [k, s] what it was drawn from."""

    X: sparse.csr_array
    profile: np.ndarray
    rates: np.ndarray


def make_planted(*, n=900, profiles=4, skills=60, own=10, seed=0, most=0.55, noise=0.04) -> Planted:
    """Return n postings; each profile has `own` skills that its postings name with probability `most`."""
    rng = np.random.default_rng(seed)
    rates = np.full((profiles, skills), noise)
    for number in range(profiles):
        rates[number, number * own : (number + 1) * own] = most
    # Unequal sizes, so that the order by size is never a matter of luck.
    share = np.arange(profiles, 0, -1) + 1.0
    profile = rng.choice(profiles, size=n, p=share / share.sum())
    return Planted(sparse.csr_array((rng.random((n, skills)) < rates[profile]).astype(float)), profile, rates)


def make_nested(*, n=1500, seed=0, parts=2, families=5, noise=0.03) -> Planted:
    """Return postings of `families` times `parts` profiles: a family shares six skills, each part has four of its own.

    `profile` counts the parts of one family after the other.
    """
    rng = np.random.default_rng(seed)
    rates = np.full((families * parts, families * (6 + 4 * parts)), noise)
    for family in range(families):
        first = family * (6 + 4 * parts)
        for part in range(parts):
            own = first + 6 + 4 * part
            rates[family * parts + part, first : first + 6] = 0.6
            rates[family * parts + part, own : own + 4] = 0.6
    share = np.arange(families * parts, 0, -1) + 8.0
    profile = rng.choice(len(share), size=n, p=share / share.sum())
    return Planted(sparse.csr_array((rng.random((n, rates.shape[1])) < rates[profile]).astype(float)), profile, rates)


def make_postings(X, *, kinds=None, eligible=None, companies=None) -> Postings:
    """Return postings whose skills are called "skill 0", "skill 1", ...; tools of unknown companies, all may teach."""
    n, s = X.shape
    return Postings(
        X=X,
        skills=[f"skill {number}" for number in range(s)],
        kinds=["tool"] * s if kinds is None else kinds,
        eligible=np.ones(n, bool) if eligible is None else eligible,
        companies=np.full(n, -1) if companies is None else companies,
    )
