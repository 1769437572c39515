"""The gaps between sides, computed from sums by random groups of companies."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from analytics.measures import Gap, gaps_between, split_gap
from analytics.selectors.compare.differences import Contrasted
from analytics.selectors.compare.random_groups import few_companies, sums_of
from analytics.selectors.compare.sides import Asked
from analytics.snapshot import Snapshot


@dataclass(frozen=True)
class Ways:
    """The gap from each side to each other one; `by_posting` where the intervals take postings, not companies."""

    gaps: Mapping[tuple[int, int], Gap]
    by_posting: bool


def ways_between(found: Contrasted) -> Ways:
    """Return the gaps between all sides; what the chance of sides that share postings is stays unknown (nan)."""
    apart = frozenset((a, b) for a, b in combinations(range(len(found.sides)), 2) if not found.shared[a, b])
    return _ways(found.sides[0].snapshot, tuple(side.asked for side in found.sides), apart)


@lru_cache(maxsize=64)
def _ways(snapshot: Snapshot, asked: tuple[Asked, ...], apart: frozenset[tuple[int, int]]) -> Ways:
    """Kept, since they are dear; `apart` are the pairs that share no posting."""
    by_posting = few_companies(snapshot, asked)
    sums = [sums_of(snapshot, one, by_posting=by_posting) for one in asked]
    totals = [side.sum(axis=0) for side in sums]
    active = np.flatnonzero(sum(totals))
    chances = {pair: _chance(totals[pair[0]], totals[pair[1]]) for pair in apart}
    found = gaps_between([side[:, active] for side in sums])
    gaps = {
        (a, b): _over_all(gap, active[:-1], len(snapshot.skills), chances.get((min(a, b), max(a, b)), math.nan))
        for (a, b), gap in found.items()
    }
    return Ways(gaps, by_posting)


def _chance(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    return split_gap(first[:-1], second[:-1], (int(first[-1]), int(second[-1])))


def _over_all(gap: Gap, active: NDArray[np.int64], skills: int, chance: float) -> Gap:
    """Return the gap with its parts over all skills, and with its chance."""
    parts = np.zeros(skills)
    parts[active] = gap.parts
    return Gap(gap.n_first, gap.n_second, gap.value, gap.low, gap.high, chance, parts)
