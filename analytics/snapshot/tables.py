"""Counts by role, month and skill at once, by the cheapest way.

Rows stand in the order (role, day). So the rows of a selection that belong to one role and month lie between two
places that a binary search finds, and tables by role and month need no look at each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.facts import LEVELS
from analytics.snapshot.listing import pairs_of
from analytics.snapshot.select import Block, Selection

if TYPE_CHECKING:
    from analytics.snapshot.snapshot import Snapshot

Counts = NDArray[np.int64]

SPARSE_BELOW = 0.08
"""Part of all rows up to which gathering their skills is quicker than multiplying a mask with all of them."""


def role_months(snapshot: Snapshot, selection: Selection) -> Counts:
    """Count postings by role and month: [roles, months], the first month is no date."""
    found = _block_months(snapshot, selection.block)
    if found is None:
        ends = np.searchsorted(selection.rows, snapshot.month_starts)
        found = np.diff(ends).reshape(len(snapshot.roles), len(snapshot.vocabulary("month")))
    return found.astype(np.int64, copy=False)


def _block_months(snapshot: Snapshot, block: Block | None) -> Counts | None:
    """Return the table of whole roles and months out of the prefix cube."""
    if block is None or not len(snapshot.cube_month):
        return None
    each = np.diff(snapshot.cube_n[block.copies, 1:], axis=1)
    each[:, : block.first] = 0
    each[:, block.last :] = 0
    if 0 not in block.slots:
        left_out = np.setdiff1d(np.arange(len(each)), np.array(block.slots, np.int64) - 1)
        each[left_out] = 0
    table = np.zeros((len(each), len(snapshot.vocabulary("month"))), np.int64)
    table[:, snapshot.month_places] = each
    return table


def companies_by_role(snapshot: Snapshot, selection: Selection) -> Counts:
    """Count the distinct known companies of each role."""
    shape = (len(snapshot.roles), len(snapshot.companies))
    flat = np.zeros(shape[0] * shape[1], np.bool_)
    flat[snapshot.role_company[selection.rows]] = True
    seen = flat.reshape(shape)
    if (unknown := snapshot.code("company", "")) is not None:
        seen[:, unknown] = False
    return seen.sum(axis=1)


def role_skills(snapshot: Snapshot, selection: Selection) -> NDArray[np.int32]:
    """Count postings by role, skill and level: [roles, k, LEVELS]."""
    roles, width = len(snapshot.roles), snapshot.width
    block = selection.block
    if block is not None and not block.copies and len(snapshot.cube) > roles:
        found = np.zeros((roles, width), np.int32)
        chosen = np.arange(roles) if 0 in block.slots else np.array(block.slots, np.int64) - 1
        found[chosen] = snapshot.cube[chosen + 1, block.last] - snapshot.cube[chosen + 1, block.first]
    elif selection.n < SPARSE_BELOW * snapshot.n:
        lengths, codes = pairs_of(snapshot, selection.rows)
        codes = np.repeat(snapshot.role[selection.rows] * np.int32(width), lengths) + codes
        found = np.bincount(codes, minlength=roles * width).astype(np.int32)
    else:
        found = _masked_by_role(snapshot, selection)
    return found.reshape(roles, width // LEVELS, LEVELS)


def _masked_by_role(snapshot: Snapshot, selection: Selection) -> NDArray[np.int32]:
    from scipy.sparse import csc_matrix  # slow to import, and few callers need it

    pairs = (snapshot.ones, snapshot.pair_role_code, snapshot.indptr)
    shape = (len(snapshot.roles) * snapshot.width, snapshot.n)
    return csc_matrix(pairs, shape=shape, copy=False) @ selection.inside(snapshot.n).astype(np.int32)


def skill_months(snapshot: Snapshot, selection: Selection, skills: Sequence[int]) -> Counts:
    """Count postings by these skills and month: [len(skills), months], the first month is no date."""
    months = len(snapshot.vocabulary("month"))
    if selection.block is not None and (cube := snapshot.cube_of(selection.block)) is not None:
        return _block_skill_months(snapshot, cube, selection.block, skills)
    holders = sum(len(snapshot.skill_rows(skill)) for skill in skills)
    if mentions(snapshot, selection) < holders:
        place = np.full(len(snapshot.skills), -1, np.int64)
        place[list(skills)] = np.arange(len(skills))
        lengths, codes = pairs_of(snapshot, selection.rows)
        line = place[codes // LEVELS]
        cells = line * months + np.repeat(snapshot.column("month")[selection.rows], lengths)
        return np.bincount(cells[line >= 0], minlength=len(skills) * months).reshape(-1, months)
    month = np.full(snapshot.n, months, np.int16)  # rows outside the selection fall beyond the last month
    month[selection.rows] = snapshot.column("month")[selection.rows]
    tallies = [np.bincount(month[snapshot.skill_rows(skill)], minlength=months + 1)[:months] for skill in skills]
    return np.reshape(tallies, (len(skills), months)).astype(np.int64)


def _block_skill_months(snapshot: Snapshot, cube: NDArray[np.int32], block: Block, skills: Sequence[int]) -> Counts:
    table = np.zeros((len(skills), len(snapshot.vocabulary("month"))), np.int64)
    places = snapshot.month_places[block.first : block.last]
    for line, skill in enumerate(skills):
        levels = slice(LEVELS * skill, LEVELS * (skill + 1))
        running = cube[list(block.slots), block.first : block.last + 1, levels]
        table[line, places] = np.diff(running.sum(axis=(0, 2), dtype=np.int64))
    return table


def mentions(snapshot: Snapshot, selection: Selection) -> int:
    """Return how many skills the postings of the selection name, each posting's counted by themselves."""
    if selection.block is not None:
        return int(snapshot.skill_counts(selection).any.sum())
    return int(snapshot.skills_each[selection.rows].sum(dtype=np.int64))
