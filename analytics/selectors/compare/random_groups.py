"""What sides hold by random groups of companies: for intervals that know that the postings of one are alike."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.measures import COMPANIES_FROM
from analytics.selectors.compare.sides import Asked, postings_of
from analytics.selectors.counted_skills import skills_of
from analytics.snapshot import Snapshot

GROUPS = 50
"""As many as make an interval good to a tenth."""
SEED = 1
"""Fixed, so that the same question has the same interval."""


def few_companies(snapshot: Snapshot, asked: Sequence[Asked]) -> bool:
    """Return whether a side is of fewer companies than a figure over companies takes."""
    return any(_companies(snapshot, one) < COMPANIES_FROM for one in asked)


@lru_cache(maxsize=16)
def sums_of(snapshot: Snapshot, asked: Asked, *, by_posting: bool) -> NDArray[np.float64]:
    """Return [GROUPS, skills + 1]: the postings of each random group that hold each skill, and last how many."""
    rows, width = postings_of(snapshot, asked).rows, len(snapshot.skills)
    of_postings = (snapshot.key_hash[rows] % np.uint64(GROUPS)).astype(np.int64)
    company = snapshot.company[rows]
    unknown = snapshot.code("company", "")
    group = of_postings if by_posting else np.where(company == unknown, of_postings, _company_group(snapshot)[company])
    lengths, codes = skills_of(snapshot, rows)
    counts = np.bincount(np.repeat(group, lengths) * width + codes, minlength=GROUPS * width)
    sizes = np.bincount(group, minlength=GROUPS)
    return np.concatenate((counts.reshape(GROUPS, width), sizes[:, None]), axis=1).astype(np.float64)


@lru_cache(maxsize=2)
def _company_group(snapshot: Snapshot) -> NDArray[np.int64]:
    return np.random.default_rng(SEED).permutation(len(snapshot.companies)) % GROUPS


def _companies(snapshot: Snapshot, asked: Asked) -> int:
    counts = np.bincount(snapshot.company[postings_of(snapshot, asked).rows], minlength=1)
    return int(np.count_nonzero(counts))
