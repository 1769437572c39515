"""Postings with known profiles, to see whether they are found again."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse


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
