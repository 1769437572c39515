"""Do memberships mean what they say? A profile that is given 0.7 should be the right one in seven of ten cases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.profiles.model import ProfileModel
from analytics.profiles.tree import coarse_of

Floats = NDArray[np.float64]
BINS = 10


@dataclass(frozen=True)
class Reliability:
    """A reliability curve: `said` and `found` [bins], the mean largest membership and how often it was right.

    counts: [bins]. error: the expected calibration error, the mean of |said - found| over the postings, 0 to 1.
    """

    said: Floats
    found: Floats
    counts: NDArray[np.int64]
    error: float


def reliability(memberships: NDArray[np.floating], truth: NDArray[np.integer]) -> Reliability:
    """Return how often the leading profile of each row [n, k] is `truth` [n], in ten bins of its membership.

    Expected calibration error: Naeini, Cooper and Hauskrecht 2015; Guo, Pleiss, Sun and Weinberger 2017.
    """
    lead = memberships.max(axis=1).astype(np.float64)
    right = (np.argmax(memberships, axis=1) == truth).astype(np.float64)
    which = np.minimum((lead * BINS).astype(np.int64), BINS - 1)
    counts = np.bincount(which, minlength=BINS)
    said, found = (np.bincount(which, values, BINS) / np.maximum(counts, 1) for values in (lead, right))
    return Reliability(said, found, counts, float((np.abs(said - found) * counts).sum() / counts.sum()))


def from_half_the_skills(model: ProfileModel, X: sparse.csr_array, *, seed: int) -> dict[str, Reliability]:
    """Return the reliability of memberships from a random half of each posting's skills, by level.

    X [n, s] has the columns of the model. Truth is what the whole posting leans to: where the memberships of half the
    evidence are right, this is how often all of it confirms them. Only postings with enough skills in the half count.
    """
    rng = np.random.default_rng(seed)
    half = X.copy()
    half.data = X.data * (rng.random(X.nnz) < 0.5)
    half.eliminate_zeros()
    told = np.flatnonzero(np.diff(half.indptr) >= model.settings.least_skills)
    said, whole = model.tree.memberships(half[told]), model.tree.memberships(X[told])
    return {
        level: reliability(coarse_of(said, wholes), np.argmax(coarse_of(whole, wholes), axis=1))
        for level, wholes in ((level, model.wholes(level)) for level in model.levels)
    }
