"""Counts that the parts of a page share: each is made once for a selection, and by the cheapest way.

Rows of a snapshot stand in the order (role, day). So the rows of a selection that belong to one role and month lie
between two places that a binary search finds, and tables by role and month need no look at each row.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.selectors.selected import month_starts, once
from analytics.snapshot import Selection, Snapshot

Counts = NDArray[np.int64]


def tally(snapshot: Snapshot, selection: Selection, column: str) -> Counts:
    """Return `snapshot.tally(selection, column)`."""
    if column == "role":
        return role_months(snapshot, selection).sum(axis=1)
    if column == "month":
        return role_months(snapshot, selection).sum(axis=0)
    return _tally(snapshot, selection, column)


@once
def _tally(snapshot: Snapshot, selection: Selection, column: str) -> Counts:
    return snapshot.tally(selection, column)


@once
def role_months(snapshot: Snapshot, selection: Selection) -> Counts:
    """Return `snapshot.crosstab(selection, "role", "month")`: [roles, months], the first month is no date."""
    found = _block_months(snapshot, selection)
    if found is None:
        ends = np.searchsorted(selection.rows, month_starts(snapshot))
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
    table[:, places_of_months(snapshot)] = each
    return table


def places_of_months(snapshot: Snapshot) -> NDArray[np.int64]:
    """Return where the months of the prefix cube stand among the snapshot's months."""
    months = snapshot.cube_month.astype(np.int64)
    known = months[months >= 0]
    return np.where(months >= 0, months - (known[0] if len(known) else 0) + 1, 0)


def dated_span(snapshot: Snapshot, selection: Selection) -> tuple[int, int] | None:
    """Return the first and last day of the selection, in days since 1970-01-01; None without dates."""
    rows = selection.rows
    ends = np.searchsorted(rows, month_starts(snapshot)).reshape(-1)
    months = len(snapshot.vocabulary("month"))
    first, last = ends[1:-1:months] if months > 1 else ends[:0], ends[months::months]
    known = np.flatnonzero(last[: len(first)] > first)
    if len(known) == 0:
        return None
    return int(snapshot.day[rows[first[known]]].min()), int(snapshot.day[rows[last[known] - 1]].max())


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
