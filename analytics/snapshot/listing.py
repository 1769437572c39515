"""From figures to the postings behind them: rows, database ids, and the postings x skills matrix."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.select import Selection

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

    from analytics.snapshot.snapshot import Snapshot

Rows = NDArray[np.int32]

LOOKED_AT_ONCE = 20_000


def skill_rows(snapshot: Snapshot, skill: int, level: int | None) -> Rows:
    """Return the rows that hold `skill` at `level` (any without), ascending; IndexError for no such skill."""
    if not 0 <= skill < len(snapshot.inv_indptr) - 1:
        raise IndexError(f"No skill has the code {skill}.")
    span = slice(int(snapshot.inv_indptr[skill]), int(snapshot.inv_indptr[skill + 1]))
    rows = snapshot.inv_row[span]
    return rows if level is None else rows[snapshot.inv_level[span] == level]


def rows_with_skill(snapshot: Snapshot, selection: Selection, skill: int, level: int | None) -> Rows:
    """Return the rows of `selection` that hold `skill` at `level` (any without), ascending."""
    rows = skill_rows(snapshot, skill, level)
    return rows if selection.n == snapshot.n else rows[selection.inside(snapshot.n)[rows]]


def paid_rows(snapshot: Snapshot, selection: Selection) -> Rows:
    """Return the rows of `selection` that state yearly pay, ascending."""
    if selection.n * 8 < snapshot.n:
        return selection.rows[snapshot.states_pay[selection.rows]]
    return np.flatnonzero(selection.inside(snapshot.n) & snapshot.states_pay).astype(np.int32)


def rows_with_skills(snapshot: Snapshot, selection: Selection, skills: Iterable[int], least: int) -> Rows:
    """Return the rows of `selection` that hold at least `least` of the distinct `skills`, ascending."""
    held = np.zeros(snapshot.n, np.int32)
    for skill in set(skills):
        held[skill_rows(snapshot, skill, None)] += 1
    rows = selection.rows
    return rows[held[rows] >= least]


def posting_ids(snapshot: Snapshot, selection: Selection, skill: int | None, level: int | None) -> NDArray[np.int64]:
    """Return the ids of the selection's postings (that hold `skill`), newest first, undated last.

    Raises ValueError for a level without a skill.
    """
    if skill is None and level is not None:
        raise ValueError("A level is a level of a skill: name the skill too.")
    chosen = selection if skill is None else snapshot.with_skill(selection, skill, level=level)
    return snapshot.posting_id[newest_first(snapshot, chosen, chosen.n)]


def newest_first(snapshot: Snapshot, selection: Selection, most: int) -> Rows:
    """Return at least `most` rows of `selection`, or all: from the newest day to the oldest; within a day ascending,
    undated last."""
    rows = selection.rows
    if len(rows) * 8 < snapshot.n:
        return rows[np.argsort(-snapshot.day[rows], kind="stable")[:most]]
    inside, found, count = selection.inside(snapshot.n), [np.empty(0, np.int32)], 0
    for start in range(0, snapshot.n, LOOKED_AT_ONCE):
        newest = snapshot.newest[start : start + LOOKED_AT_ONCE]
        found.append(newest[inside[newest]])
        count += len(found[-1])
        if count >= most:
            break
    return np.concatenate(found)


def pairs_of(snapshot: Snapshot, rows: Rows) -> tuple[NDArray[Any], NDArray[np.int32]]:
    """Return (lengths, codes) of ascending `rows`: pairs of each, and all their codes 3 * skill + level."""
    if len(rows) and int(rows[-1]) - int(rows[0]) + 1 == len(rows):
        pointers = snapshot.indptr[rows[0] : rows[-1] + 2]
        return np.diff(pointers), snapshot.pair_code[pointers[0] : pointers[-1]]
    return pairs_in_order(snapshot, rows)


def pairs_in_order(snapshot: Snapshot, rows: Rows) -> tuple[NDArray[Any], NDArray[np.int32]]:
    """Return the same of `rows` in any order, also of one that comes again: as they are drawn by chance."""
    gathered = _sparse(snapshot.ones, snapshot.pair_code, snapshot.indptr, snapshot.width)[rows]
    return np.diff(gathered.indptr), gathered.indices


def matrix(snapshot: Snapshot, rows: NDArray[Any] | None) -> csr_matrix:
    """Return 0/1 CSR [len(rows), k], float64, with sorted indices and in the order of `rows`."""
    k = len(snapshot.inv_indptr) - 1
    if rows is None:
        return _sparse(np.ones(len(snapshot.pair_skill)), snapshot.pair_skill, snapshot.indptr, k)
    taken = _sparse(snapshot.ones, snapshot.pair_skill, snapshot.indptr, k)[np.asarray(rows, np.int64)]
    return _sparse(np.ones(len(taken.indices)), taken.indices, taken.indptr, k)


def masked_sum(snapshot: Snapshot, rows: Rows) -> NDArray[np.int64]:
    """Return counts [3k] of ascending `rows` as mask @ CSR over the span that they lie in."""
    first, last = int(rows[0]), int(rows[-1]) + 1
    inside = np.zeros(last - first, np.int32)
    inside[rows - first] = 1
    pointers = snapshot.indptr[first : last + 1]
    codes = snapshot.pair_code[pointers[0] : pointers[-1]]
    span = _sparse(snapshot.ones[: len(codes)], codes, pointers - pointers[0], snapshot.width)
    return np.asarray(span.T @ inside, np.int64)


def _sparse(data: NDArray[Any], indices: NDArray[Any], indptr: NDArray[Any], width: int) -> csr_matrix:
    from scipy.sparse import csr_matrix  # slow to import, and few callers need it

    return csr_matrix((data, indices, indptr), shape=(len(indptr) - 1, width), copy=False)
