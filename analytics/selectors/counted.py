"""Counts that the parts of a page share: each is made once for a selection."""

import numpy as np
from numpy.typing import NDArray

from analytics.selectors.selected import month_starts, once
from analytics.snapshot import Selection, Snapshot, counts, tables

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
    """Count postings by role and month: [roles, months], the first month is no date."""
    return tables.role_months(snapshot, selection)


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


@once
def company_tally(snapshot: Snapshot, selection: Selection) -> Counts:
    """Return `tally` by company with 0 for the postings that name none."""
    known = tally(snapshot, selection, "company").copy()
    if (unknown := snapshot.code("company", "")) is not None:
        known[unknown] = 0
    return known


def company_or_own(snapshot: Snapshot, rows: NDArray[np.int32]) -> Counts:
    """Return the company of each row; a posting that names none is a company of its own."""
    company, unknown = snapshot.company[rows].astype(np.int64), snapshot.code("company", "")
    return np.where(company == unknown, len(snapshot.companies) + np.arange(len(rows)), company)


def company_count(snapshot: Snapshot, selection: Selection) -> int:
    """Return how many known companies the selection has."""
    return counts.company_count(snapshot, tally(snapshot, selection, "company"))


@once
def companies_by_role(snapshot: Snapshot, selection: Selection) -> Counts:
    """Count the distinct known companies of each role."""
    return tables.companies_by_role(snapshot, selection)


def commonest(counts: NDArray, most: int) -> list[int]:
    """Return the places of the `most` largest counts above zero, the largest first and equals in their order."""
    found = np.flatnonzero(counts)
    if len(found) > 4 * most:
        least = np.partition(counts[found], len(found) - most)[len(found) - most]
        found = found[counts[found] >= least]
    return [int(code) for code in found[np.argsort(-counts[found], kind="stable")][:most]]
