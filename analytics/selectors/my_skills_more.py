"""Skills that a person may have without having said so: what ads ask for beside the skills that were named."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.measures import THIN_BELOW
from analytics.selectors.counted_skills import skills_of
from analytics.selectors.my_skills_fit import technical
from analytics.snapshot import Snapshot

OFTEN = 0.4
MOST = 10
LOOKED_AT = 2000
"""So many postings of each skill, evenly over roles and days, tell what is asked beside it."""


@lru_cache(maxsize=16)
def asked_beside(snapshot: Snapshot, codes: tuple[int, ...]) -> tuple[int, ...]:
    """Return the codes of further skills that more than OFTEN of the postings with one of `codes` name, best first."""
    best = np.zeros(len(snapshot.skills))
    for code in codes:
        rows = snapshot.skill_rows(code)
        if len(rows) >= THIN_BELOW:
            best = np.maximum(best, _shares(snapshot, rows))
    best[~technical(snapshot)] = 0
    best[list(codes)] = 0
    order = np.argsort(-best, kind="stable")[:MOST]
    return tuple(int(code) for code in order if best[code] > OFTEN)


def _shares(snapshot: Snapshot, rows: NDArray[np.int32]) -> NDArray[np.float64]:
    some = rows[:: max(len(rows) // LOOKED_AT, 1)]
    _, skills = skills_of(snapshot, some)
    return np.bincount(skills, minlength=len(snapshot.skills)) / len(some)
