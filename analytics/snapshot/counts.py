"""Counts over a selection. Four paths give the same figures; each is the fastest somewhere:

- a block of the prefix cube, when the filter is only roles, whole months and copies;
- a contiguous slice of the pairs, when the rows have no gaps (one role);
- gathering the pairs of the rows, when they are a small part of the span they lie in;
- mask @ CSR over that span otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analytics.measures.pay import PayQuartiles, pay_quartiles
from analytics.snapshot.facts import LEVELS, PREFERRED, REQUIRED, TEXT_COLUMNS
from analytics.snapshot.listing import masked_sum, paid_rows, pairs_of, rows_with_skill
from analytics.snapshot.select import Block, Selection, matching_rows
from analytics.snapshot.tables import role_months, role_skills

if TYPE_CHECKING:
    from analytics.snapshot.snapshot import Snapshot

Counts = NDArray[np.int64]

CODED = (*TEXT_COLUMNS, "month", "quarter")
GATHER_BELOW = 0.28  # part of its span that a selection may fill before a mask is faster
CROSSTAB_CELLS = 50_000_000


@dataclass(frozen=True)
class SkillCounts:
    """Of `n` postings, how many hold each skill; arrays of length k, int64. `any` counts every level."""

    n: int
    any: Counts
    required: Counts
    preferred: Counts

    @property
    def mentioned(self) -> Counts:
        """Postings that only mention the skill: neither required nor preferred."""
        return self.any - self.required - self.preferred


@dataclass(frozen=True)
class PayByCurrency:
    """Yearly pay in one `currency`; the figures' n is the whole selection, whatever else it is paid in."""

    currency: str
    figures: PayQuartiles


def skill_counts(snapshot: Snapshot, selection: Selection) -> SkillCounts:
    """Return the counts of all skills, by the fastest path that answers `selection`."""
    by_code = None if selection.block is None else from_cube(snapshot, selection.block)
    if by_code is None:
        by_code = from_rows(snapshot, selection.rows)
    return skill_counts_of(by_code.reshape(-1, LEVELS), selection.n)


def skill_counts_of(by_level: NDArray[Any], n: int) -> SkillCounts:
    """Return the counts [k, LEVELS] over n postings as SkillCounts."""
    levels = by_level.astype(np.int64, copy=False)
    return SkillCounts(n, levels.sum(axis=1), *(np.ascontiguousarray(levels[:, at]) for at in (REQUIRED, PREFERRED)))


def from_cube(snapshot: Snapshot, block: Block) -> Counts | None:
    """Return counts [3k] of a block; None when this snapshot keeps no cube for it."""
    cube = snapshot.cube_of(block)
    if cube is None:
        return None
    return sum(
        (cube[slot, block.last].astype(np.int64) - cube[slot, block.first] for slot in block.slots),
        start=np.zeros(cube.shape[-1], np.int64),
    )


def from_rows(snapshot: Snapshot, rows: NDArray[np.int32]) -> Counts:
    """Return counts [3k] of ascending rows: by slice, gather or mask, whichever their density asks for."""
    if len(rows) == 0:
        return np.zeros(snapshot.width, np.int64)
    span = int(rows[-1]) - int(rows[0]) + 1
    if len(rows) == span:
        return by_slice(snapshot, rows)
    return by_gather(snapshot, rows) if len(rows) < span * GATHER_BELOW else masked_sum(snapshot, rows)


def by_slice(snapshot: Snapshot, rows: NDArray[np.int32]) -> Counts:
    first, last = int(snapshot.indptr[rows[0]]), int(snapshot.indptr[rows[-1] + 1])
    return _count(snapshot.pair_code[first:last], snapshot.width)


def by_gather(snapshot: Snapshot, rows: NDArray[np.int32]) -> Counts:
    return _count(pairs_of(snapshot, rows)[1], snapshot.width)


def tally(snapshot: Snapshot, selection: Selection, column: str) -> Counts:
    if column in ("role", "month"):
        return role_months(snapshot, selection).sum(axis=1 if column == "role" else 0)
    codes = snapshot.column(column)
    return _count(codes[selection.rows], len(snapshot.vocabulary(column)))


def crosstab(snapshot: Snapshot, selection: Selection, rows: str, columns: str) -> Counts:
    """Return counts [rows, columns]; ValueError when the table would have more than CROSSTAB_CELLS cells."""
    shape = (len(snapshot.vocabulary(rows)), len(snapshot.vocabulary(columns)))
    _check_size(shape, rows, columns)
    chosen = selection.rows
    flat = snapshot.column(rows)[chosen].astype(np.int64) * shape[1] + snapshot.column(columns)[chosen]
    return _count(flat, shape[0] * shape[1]).reshape(shape)


def skill_tally(snapshot: Snapshot, selection: Selection, skill: int, column: str, level: int | None) -> Counts:
    rows = rows_with_skill(snapshot, selection, skill, level)
    return _count(snapshot.column(column)[rows], len(snapshot.vocabulary(column)))


def skill_crosstab(snapshot: Snapshot, selection: Selection, column: str, level: int | None) -> Counts:
    """Return counts [names of column, k] of the pairs at `level` (any without)."""
    shape = (len(snapshot.vocabulary(column)), len(snapshot.inv_indptr) - 1)
    _check_size(shape, column, "skill")
    if column == "role":
        by_level = role_skills(snapshot, selection)
        return by_level.sum(axis=2, dtype=np.int64) if level is None else by_level[..., level].astype(np.int64)
    rows = selection.rows
    lengths, codes = pairs_of(snapshot, rows)
    flat = np.repeat(snapshot.column(column)[rows].astype(np.int64) * shape[1], lengths) + codes // LEVELS
    if level is not None:
        flat = flat[codes % LEVELS == level]
    return _count(flat, shape[0] * shape[1]).reshape(shape)


def company_count(snapshot: Snapshot, counts: Counts) -> int:
    """Return how many known companies have a count above zero; `counts` is a tally by company."""
    unknown = snapshot.code("company", "")
    return int(np.count_nonzero(counts)) - int(unknown is not None and counts[unknown] > 0)


def openings(snapshot: Snapshot, selection: Selection) -> int:
    rows = selection.rows
    if selection.filter is not None and not selection.filter.copies:
        rows = matching_rows(snapshot, replace(selection.filter, copies=True))
    seen = np.zeros(snapshot.n, np.bool_)
    seen[snapshot.opening[rows]] = True
    return int(np.count_nonzero(seen))


def pay_by_currency(snapshot: Snapshot, selection: Selection) -> tuple[PayByCurrency, ...]:
    rows = paid_rows(snapshot, selection)
    pay, currency = snapshot.pay[rows], snapshot.pay_currency[rows]
    names = snapshot.vocabulary("pay_currency")
    found = [
        PayByCurrency(names[code], pay_quartiles(pay[currency == code], n=selection.n)) for code in np.unique(currency)
    ]
    return tuple(sorted(found, key=lambda one: (-one.figures.stated, one.currency)))


def _check_size(shape: tuple[int, int], rows: str, columns: str) -> None:
    if shape[0] * shape[1] > CROSSTAB_CELLS:
        raise ValueError(f"A table of {rows} by {columns} would have {shape[0]} x {shape[1]} cells: filter first.")


def _count(codes: NDArray[Any], size: int) -> Counts:
    return np.bincount(codes, minlength=size).astype(np.int64, copy=False)
