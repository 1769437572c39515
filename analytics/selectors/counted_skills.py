"""Skills counted by role and by month over one selection; what the parts of a page share is made once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.selectors.selected import once
from analytics.snapshot import Selection, Snapshot, tables
from analytics.snapshot.counts import skill_counts_of
from analytics.snapshot.facts import LEVELS
from analytics.snapshot.listing import pairs_in_order, pairs_of

Counts = NDArray[np.int64]

__all__ = ["mentions", "role_skills", "skill_counts_of", "skill_months", "skills_by_group", "skills_of"]


@once
def role_skills(snapshot: Snapshot, selection: Selection) -> NDArray[np.int32]:
    """Count postings by role, skill and level: [roles, k, LEVELS]."""
    return tables.role_skills(snapshot, selection)


def skills_of(snapshot: Snapshot, rows: NDArray[np.int32]) -> tuple[Counts, NDArray[np.integer]]:
    """Return how many skills each of some ascending rows names, and their codes, row after row."""
    lengths, codes = pairs_of(snapshot, rows)
    return lengths, codes // LEVELS


def skills_by_group(snapshot: Snapshot, rows: NDArray[np.int32], group: Counts, groups: int) -> Counts:
    """Count postings by group and skill: [groups, k]. `rows` stand in any order, and in several groups if need be."""
    k = len(snapshot.skills)
    lengths, codes = pairs_in_order(snapshot, rows)
    cells = np.repeat(group * k, lengths) + codes // LEVELS
    return np.bincount(cells, minlength=groups * k).reshape(groups, k)


def skill_months(snapshot: Snapshot, selection: Selection, skills: Sequence[int]) -> Counts:
    """Count postings by these skills and month: [len(skills), months], the first month is no date."""
    return tables.skill_months(snapshot, selection, skills)


def mentions(snapshot: Snapshot, selection: Selection) -> int:
    """Return how many skills the postings of the selection name, each posting's counted by themselves."""
    return tables.mentions(snapshot, selection)
