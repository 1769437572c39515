"""Counts that the parts of a page share: each is made once for a selection, and by the cheapest way.

Rows of a snapshot stand in the order (role, day). So the rows of a selection that belong to one role and month lie
between two places that a binary search finds, and tables by role and month need no look at each row.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix

from analytics.snapshot import Filter, Selection, SkillCounts, Snapshot
from analytics.snapshot.facts import LEVELS, PREFERRED, REQUIRED
from analytics.snapshot.select import Block, pick

Counts = NDArray[np.int64]
Counting = Callable[..., NDArray]

LOOKED_AT_ONCE = 20_000
SPARSE_BELOW = 0.08
"""Part of all rows up to which gathering their skills is quicker than multiplying a mask with all of them."""


@lru_cache(maxsize=16)
def selected(snapshot: Snapshot, asked: Filter) -> Selection:
    """Return `snapshot.select(asked)`; the last few stay, since every part of a page asks for the same."""
    if asked == Filter():
        return snapshot.everything
    if asked.copies or not asked.columns.keys() - {"role"}:
        return snapshot.select(asked)
    # A page asks for the same with and without copies and reposts: its columns are looked through once.
    every = selected(snapshot, replace(asked, copies=True)).rows
    counted = snapshot.spell_start[every] if asked.reposts else ~snapshot.is_copy[every]
    return pick(every[counted], filter=asked)


def cut_at(snapshot: Snapshot, selection: Selection, day: int) -> tuple[Selection, Selection]:
    """Return the dated postings of the selection before `day` (since 1970-01-01), and those from it on."""
    starts = _month_starts(snapshot).reshape(-1)[:-1].reshape(len(snapshot.roles), -1)
    dated = starts[:, 1] if starts.shape[1] > 1 else snapshot.role_start[1:]
    cuts = [first + int(snapshot.day[first:last].searchsorted(day)) for first, last in _spans(dated, snapshot)]
    rows = selection.rows
    ends = np.searchsorted(rows, np.column_stack((dated, cuts, snapshot.role_start[1:])))
    before, after = ([rows[one[side] : one[side + 1]] for one in ends] for side in (0, 1))
    return pick(np.concatenate(before)), pick(np.concatenate(after))


def _spans(starts: NDArray[np.int64], snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    return zip(starts.tolist(), snapshot.role_start[1:].tolist(), strict=True)


def _once(counting: Counting) -> Counting:
    """Keep what `counting` finds for as long as the selection lives."""
    found: WeakKeyDictionary[Selection, dict[tuple[object, ...], NDArray]] = WeakKeyDictionary()

    @wraps(counting)
    def counted(snapshot: Snapshot, selection: Selection, *about: object) -> NDArray:
        of_selection = found.setdefault(selection, {})
        if about not in of_selection:
            of_selection[about] = counting(snapshot, selection, *about)
        return of_selection[about]

    return counted


def tally(snapshot: Snapshot, selection: Selection, column: str) -> Counts:
    """Return `snapshot.tally(selection, column)`."""
    if column == "role":
        return role_months(snapshot, selection).sum(axis=1)
    if column == "month":
        return role_months(snapshot, selection).sum(axis=0)
    return _tally(snapshot, selection, column)


@_once
def _tally(snapshot: Snapshot, selection: Selection, column: str) -> Counts:
    return snapshot.tally(selection, column)


@_once
def role_months(snapshot: Snapshot, selection: Selection) -> Counts:
    """Return `snapshot.crosstab(selection, "role", "month")`: [roles, months], the first month is no date."""
    found = _block_months(snapshot, selection)
    if found is None:
        ends = np.searchsorted(selection.rows, _month_starts(snapshot))
        found = np.diff(ends).reshape(len(snapshot.roles), -1)
    return found.astype(np.int64, copy=False)


def _block_months(snapshot: Snapshot, selection: Selection) -> Counts | None:
    """Return the table of a selection of whole roles and months out of the prefix cube."""
    block = selection.block
    if block is None or not len(snapshot.cube_month):
        return None
    each = np.diff(snapshot.cube_n[block.copies, 1:], axis=1)
    each[:, : block.first] = 0
    each[:, block.last :] = 0
    if 0 not in block.slots:
        left_out = np.setdiff1d(np.arange(len(each)), np.array(block.slots, np.int64) - 1)
        each[left_out] = 0
    table = np.zeros((len(each), len(snapshot.vocabulary("month"))), np.int64)
    table[:, _places_of_months(snapshot)] = each
    return table


@lru_cache(maxsize=2)
def _month_starts(snapshot: Snapshot) -> NDArray[np.int64]:
    """Return the first row of each role and month, in that order, and the number of rows."""
    months = len(snapshot.vocabulary("month"))
    cell = snapshot.role.astype(np.int64) * months + snapshot.column("month")
    return np.searchsorted(cell, np.arange(len(snapshot.roles) * months + 1))


@_once
def role_skills(snapshot: Snapshot, selection: Selection) -> NDArray[np.int32]:
    """Count postings by role, skill and level: [roles, k, LEVELS]."""
    roles, width = len(snapshot.roles), snapshot.width
    block = selection.block
    if block is not None and snapshot.cube.shape[1] > 1:
        cube = snapshot.cube[block.copies]
        found = np.zeros((roles, width), np.int32)
        chosen = list(range(roles)) if 0 in block.slots else [slot - 1 for slot in block.slots]
        for role in chosen:
            found[role] = cube[role + 1, block.last] - cube[role + 1, block.first]
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


def skill_months(snapshot: Snapshot, selection: Selection, skills: Sequence[int]) -> Counts:
    """Count postings by these skills and month: [len(skills), months], the first month is no date."""
    months = len(snapshot.vocabulary("month"))
    if selection.block is not None and snapshot.cube.shape[1] > max((*selection.block.slots, 0)):
        return _block_skill_months(snapshot, selection.block, skills)
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


def _block_skill_months(snapshot: Snapshot, block: Block, skills: Sequence[int]) -> Counts:
    table = np.zeros((len(skills), len(snapshot.vocabulary("month"))), np.int64)
    places = _places_of_months(snapshot)[block.first : block.last]
    for line, skill in enumerate(skills):
        levels = slice(LEVELS * skill, LEVELS * (skill + 1))
        running = snapshot.cube[block.copies, list(block.slots), block.first : block.last + 1, levels]
        table[line, places] = np.diff(running.sum(axis=(0, 2), dtype=np.int64))
    return table


def _places_of_months(snapshot: Snapshot) -> NDArray[np.int64]:
    """Return where the months of the prefix cube stand among the snapshot's months."""
    months = snapshot.cube_month.astype(np.int64)
    known = months[months >= 0]
    return np.where(months >= 0, months - (known[0] if len(known) else 0) + 1, 0)


def skill_counts_of(by_level: NDArray[np.int32], n: int) -> SkillCounts:
    """Return counts [k, LEVELS] over n postings as a snapshot gives them."""
    levels = by_level.astype(np.int64)
    return SkillCounts(n, levels.sum(axis=1), *(np.ascontiguousarray(levels[:, at]) for at in (REQUIRED, PREFERRED)))


def dated_span(snapshot: Snapshot, selection: Selection) -> tuple[int, int] | None:
    """Return the first and last day of the selection, in days since 1970-01-01; None without dates."""
    rows = selection.rows
    ends = np.searchsorted(rows, _month_starts(snapshot)).reshape(-1)
    months = len(snapshot.vocabulary("month"))
    first, last = ends[1:-1:months] if months > 1 else ends[:0], ends[months::months]
    known = np.flatnonzero(last[: len(first)] > first)
    if len(known) == 0:
        return None
    return int(snapshot.day[rows[first[known]]].min()), int(snapshot.day[rows[last[known] - 1]].max())


@_once
def inside(snapshot: Snapshot, selection: Selection) -> NDArray[np.bool_]:
    """Tell of every row of the snapshot whether it is in the selection."""
    kept = np.zeros(snapshot.n, np.bool_)
    kept[selection.rows] = True
    return kept


def with_skill(snapshot: Snapshot, selection: Selection, skill: int, *, level: int | None = None) -> Selection:
    """Return `snapshot.with_skill(selection, skill, level=level)`."""
    holders = snapshot.skill_rows(skill, level=level)
    return pick(holders[inside(snapshot, selection)[holders]])


@dataclass(frozen=True)
class NewestFirst:
    """The rows of a selection from the newest to the oldest, undated last: only as many are sorted as are shown."""

    snapshot: Snapshot
    selection: Selection

    def __len__(self) -> int:
        return self.selection.n

    def __getitem__(self, part: slice) -> list[int]:
        _, stop, _ = part.indices(len(self))
        rows = self.selection.rows
        if len(rows) * 8 < self.snapshot.n:
            return [int(row) for row in rows[np.argsort(-self.snapshot.day[rows], kind="stable")][part]]
        found: list[int] = []
        kept = inside(self.snapshot, self.selection)
        for start in range(0, self.snapshot.n, LOOKED_AT_ONCE):
            newest = self.snapshot.newest[start : start + LOOKED_AT_ONCE]
            found += newest[kept[newest]].tolist()
            if len(found) >= stop:
                break
        return found[part]


def paid_count(snapshot: Snapshot, selection: Selection) -> int:
    return int(np.count_nonzero(_states_pay(snapshot)[selection.rows]))


def paid(snapshot: Snapshot, selection: Selection) -> Selection:
    """Return the postings of the selection that state yearly pay."""
    return pick(selection.rows[_states_pay(snapshot)[selection.rows]])


@lru_cache(maxsize=2)
def _states_pay(snapshot: Snapshot) -> NDArray[np.bool_]:
    return ~np.isnan(snapshot.pay)


def mentions(snapshot: Snapshot, selection: Selection) -> int:
    """Return how many skills the postings of the selection name, each posting's counted by themselves."""
    if selection.block is not None:
        return int(snapshot.skill_counts(selection).any.sum())
    return int(_lengths(snapshot)[selection.rows].sum(dtype=np.int64))


@lru_cache(maxsize=2)
def _lengths(snapshot: Snapshot) -> NDArray[np.int32]:
    return np.diff(snapshot.indptr).astype(np.int32)


def company_count(snapshot: Snapshot, selection: Selection) -> int:
    """Return `snapshot.company_count(selection)`."""
    counts = tally(snapshot, selection, "company")
    unknown = snapshot.code("company", "")
    return int(np.count_nonzero(counts)) - int(unknown is not None and counts[unknown] > 0)


def companies_by_role(snapshot: Snapshot, selection: Selection) -> Counts:
    """Count the distinct known companies of each role."""
    shape = (len(snapshot.roles), len(snapshot.companies))
    flat = np.zeros(shape[0] * shape[1], np.bool_)
    flat[_role_company(snapshot)[selection.rows]] = True
    seen = flat.reshape(shape)
    if (unknown := snapshot.code("company", "")) is not None:
        seen[:, unknown] = False
    return seen.sum(axis=1)


@lru_cache(maxsize=2)
def _role_company(snapshot: Snapshot) -> NDArray[np.int64]:
    return snapshot.role.astype(np.int64) * len(snapshot.companies) + snapshot.company


def commonest(counts: NDArray, most: int) -> list[int]:
    """Return the places of the `most` largest counts above zero, the largest first and equals in their order."""
    found = np.flatnonzero(counts)
    if len(found) > 4 * most:
        least = np.partition(counts[found], len(found) - most)[len(found) - most]
        found = found[counts[found] >= least]
    return [int(code) for code in found[np.argsort(-counts[found], kind="stable")][:most]]
