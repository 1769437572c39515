"""Skills counted by role and by month over one selection, by the cheapest way."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from analytics.selectors.counted import places_of_months
from analytics.selectors.selected import once
from analytics.snapshot import Selection, SkillCounts, Snapshot
from analytics.snapshot.facts import LEVELS, PREFERRED, REQUIRED
from analytics.snapshot.select import Block

Counts = NDArray[np.int64]

SPARSE_BELOW = 0.08
"""Part of all rows up to which gathering their skills is quicker than multiplying a mask with all of them."""


@once
def role_skills(snapshot: Snapshot, selection: Selection) -> NDArray[np.int32]:
    """Count postings by role, skill and level: [roles, k, LEVELS]."""
    roles, width = len(snapshot.roles), snapshot.width
    block = selection.block
    if block is not None and not block.copies and len(snapshot.cube) > roles:
        found = np.zeros((roles, width), np.int32)
        chosen = np.arange(roles) if 0 in block.slots else np.array(block.slots, np.int64) - 1
        found[chosen] = snapshot.cube[chosen + 1, block.last] - snapshot.cube[chosen + 1, block.first]
    elif selection.n < SPARSE_BELOW * snapshot.n:
        found = np.bincount(_codes_of(snapshot, selection.rows), minlength=roles * width).astype(np.int32)
    else:
        mask = np.zeros(snapshot.n, np.int32)
        mask[selection.rows] = 1
        pairs = (snapshot.ones, _role_codes(snapshot), snapshot.indptr)
        found = csc_matrix(pairs, shape=(roles * width, snapshot.n), copy=False) @ mask
    return found.reshape(roles, -1, LEVELS)


@lru_cache(maxsize=2)
def _role_codes(snapshot: Snapshot) -> NDArray[np.int32]:
    """Return for each pair the place of its role, skill and level in a flat table; four bytes a pair are kept."""
    lengths = np.diff(snapshot.indptr)
    return np.repeat(snapshot.role * np.int32(snapshot.width), lengths) + snapshot.pair_code


def _codes_of(snapshot: Snapshot, rows: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return the same for the pairs of some rows."""
    lengths, places = _pairs_of(snapshot, rows)
    return np.repeat(snapshot.role[rows] * np.int32(snapshot.width), lengths) + snapshot.pair_code[places]


def _pairs_of(snapshot: Snapshot, rows: NDArray[np.int32]) -> tuple[Counts, Counts]:
    """Return how many pairs each of some rows has, and the places of them all."""
    starts = snapshot.indptr[rows].astype(np.int64)
    lengths = snapshot.indptr[rows + 1] - starts
    before = np.cumsum(lengths) - lengths
    return lengths, np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))


def skills_of(snapshot: Snapshot, rows: NDArray[np.int32]) -> tuple[Counts, NDArray[np.integer]]:
    """Return how many skills each of some rows names, and their codes, row after row."""
    lengths, places = _pairs_of(snapshot, rows)
    return lengths, snapshot.pair_code[places] // LEVELS


def skill_counts_of(by_level: NDArray[np.int32], n: int) -> SkillCounts:
    """Return counts [k, LEVELS] over n postings as a snapshot gives them."""
    levels = by_level.astype(np.int64)
    return SkillCounts(n, levels.sum(axis=1), *(np.ascontiguousarray(levels[:, at]) for at in (REQUIRED, PREFERRED)))


def skill_months(snapshot: Snapshot, selection: Selection, skills: Sequence[int]) -> Counts:
    """Count postings by these skills and month: [len(skills), months], the first month is no date."""
    months = len(snapshot.vocabulary("month"))
    block = selection.block
    if block is not None and len(_cube_of(snapshot, block)) > max((*block.slots, 0)):
        return _block_skill_months(snapshot, block, skills)
    holders = sum(len(snapshot.skill_rows(skill)) for skill in skills)
    place = np.full(len(snapshot.skills), -1, np.int64)
    place[list(skills)] = np.arange(len(skills))
    if mentions(snapshot, selection) < holders:
        lengths, places = _pairs_of(snapshot, selection.rows)
        line = place[snapshot.pair_code[places] // LEVELS]
        cells = line * months + np.repeat(snapshot.column("month")[selection.rows], lengths)
        return np.bincount(cells[line >= 0], minlength=len(skills) * months).reshape(-1, months)
    month = np.full(snapshot.n, months, np.int16)  # rows outside the selection fall beyond the last month
    month[selection.rows] = snapshot.column("month")[selection.rows]
    tallies = [np.bincount(month[snapshot.skill_rows(skill)], minlength=months + 1)[:months] for skill in skills]
    return np.reshape(tallies, (len(skills), months)).astype(np.int64)


def _cube_of(snapshot: Snapshot, block: Block) -> NDArray[np.int32]:
    return snapshot.cube_copies[None] if block.copies else snapshot.cube


def _block_skill_months(snapshot: Snapshot, block: Block, skills: Sequence[int]) -> Counts:
    table = np.zeros((len(skills), len(snapshot.vocabulary("month"))), np.int64)
    cube, places = _cube_of(snapshot, block), places_of_months(snapshot)[block.first : block.last]
    for line, skill in enumerate(skills):
        levels = slice(LEVELS * skill, LEVELS * (skill + 1))
        running = cube[list(block.slots), block.first : block.last + 1, levels]
        table[line, places] = np.diff(running.sum(axis=(0, 2), dtype=np.int64))
    return table


def mentions(snapshot: Snapshot, selection: Selection) -> int:
    """Return how many skills the postings of the selection name, each posting's counted by themselves."""
    if selection.block is not None:
        return int(snapshot.skill_counts(selection).any.sum())
    return int(_lengths(snapshot)[selection.rows].sum(dtype=np.int64))


@lru_cache(maxsize=2)
def _lengths(snapshot: Snapshot) -> NDArray[np.int32]:
    return np.diff(snapshot.indptr).astype(np.int32)
