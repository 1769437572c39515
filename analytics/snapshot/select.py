"""Which postings a question is about: a Filter as a person set it, a Selection as the snapshot sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from analytics.snapshot.snapshot import Snapshot

Rows = NDArray[np.int32]
Check = tuple[Rows, list[int], NDArray[np.bool_]]
COMPARE_UP_TO = 6
EPOCH = date(1970, 1, 1)

# The field of a Filter -> the column it is about.
COLUMN_OF = {
    "roles": "role",
    "countries": "country",
    "seniorities": "seniority",
    "sources": "source",
    "companies": "company",
    "languages": "language",
    "remotes": "remote",
    "titles": "title",
}


@dataclass(frozen=True)
class Filter:
    """What a person chose; an empty tuple means all, "" in a tuple means unknown.

    `since` and `until` are inclusive; once one is set, postings without a date are left out. A name that
    the snapshot does not know matches nothing. Copies are left out unless `copies` is True; with `reposts` an ad
    stands once for each of its spells on the boards instead of once.
    """

    since: date | None = None
    until: date | None = None
    roles: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    seniorities: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    remotes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    copies: bool = False
    reposts: bool = False

    @property
    def is_dated(self) -> bool:
        return self.since is not None or self.until is not None

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns that the filter narrows, with the names it lets through."""
        chosen = {COLUMN_OF[f.name]: getattr(self, f.name) for f in fields(self) if f.name in COLUMN_OF}
        return {column: names for column, names in chosen.items() if names}


@dataclass(frozen=True)
class Block:
    """A selection that the prefix cube answers: some slots, and the months first..last of the cube."""

    copies: int
    slots: tuple[int, ...]
    first: int
    last: int


class Selection:
    """The postings of a snapshot that a filter lets through; `len()` and `n` are how many.

    `rows` are their row numbers, ascending, int32; they are worked out when first asked for, since the
    prefix cube answers many questions without them. `filter` is None when rows were picked one by one.
    """

    def __init__(
        self,
        n: int,
        find_rows: Callable[[], Rows],
        *,
        filter: Filter | None = None,
        block: Block | None = None,
    ) -> None:
        self.n = n
        self.filter = filter
        self.block = block
        self._find_rows = find_rows
        self._inside: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return self.n

    def __repr__(self) -> str:
        return f"Selection({self.n} postings, {self.filter})"

    @cached_property
    def rows(self) -> Rows:
        return self._find_rows()

    def inside(self, n: int) -> NDArray[np.bool_]:
        """Tell of each of a snapshot's `n` rows whether it is in here; kept, and not to be changed."""
        if self._inside is None:
            inside = np.zeros(n, np.bool_)
            inside[self.rows] = True
            inside.flags.writeable = False
            self._inside = inside
        return self._inside


def select(snapshot: Snapshot, filter: Filter) -> Selection:
    """Return the selection of `filter`, as a block of the prefix cube when it is one."""
    block = _block(snapshot, filter)
    if block is None:
        return pick(matching_rows(snapshot, filter), filter=filter)
    slots = snapshot.cube_n[block.copies, list(block.slots)]
    n = int((slots[:, block.last] - slots[:, block.first]).sum())
    return Selection(n, lambda: matching_rows(snapshot, filter), filter=filter, block=block)


def pick(rows: NDArray[Any], *, filter: Filter | None = None) -> Selection:
    """Return the selection of `rows`, which must be ascending and distinct."""
    narrow = np.asarray(rows, np.int32)
    return Selection(len(narrow), lambda: narrow, filter=filter)


def matching_rows(snapshot: Snapshot, filter: Filter) -> Rows:
    """Return the rows that `filter` lets through, ascending; roles and dates cut them into spans first."""
    spans = _spans(snapshot, filter)
    checks = _checks(snapshot, filter)
    found = [_rows_of_span(snapshot, first, last, checks, filter) for first, last in spans]
    return np.concatenate(found) if found else np.empty(0, np.int32)


def _rows_of_span(
    snapshot: Snapshot,
    first: int,
    last: int,
    checks: list[Check],
    filter: Filter,
) -> Rows:
    if filter.copies and not checks:
        return np.arange(first, last, dtype=np.int32)
    kept = _counted(snapshot, first, last, filter)
    for codes, wanted, allowed in checks:
        span = codes[first:last]
        # Comparing is several times faster than looking up, as long as there are few codes to compare with.
        kept &= allowed[span] if len(wanted) > COMPARE_UP_TO else _is_one_of(span, wanted)
    return (np.flatnonzero(kept) + first).astype(np.int32)


def _counted(snapshot: Snapshot, first: int, last: int, filter: Filter) -> NDArray[np.bool_]:
    """Return which rows of a span stand for something that is counted: every posting, every spell or every ad."""
    if filter.copies:
        return np.ones(last - first, np.bool_)
    return snapshot.spell_start[first:last].copy() if filter.reposts else ~snapshot.is_copy[first:last]


def _is_one_of(codes: Rows, wanted: list[int]) -> NDArray[np.bool_]:
    kept = np.zeros(len(codes), np.bool_)
    for code in wanted:
        kept |= codes == code
    return kept


def _checks(snapshot: Snapshot, filter: Filter) -> list[Check]:
    """Return for each narrowed column but the role its codes, and which of them are let through: listed and marked."""
    checks = []
    for column, names in filter.columns.items():
        if column == "role":
            continue
        allowed = np.zeros(max(len(snapshot.vocabulary(column)), 1), np.bool_)
        wanted = snapshot.codes_of(column, names)
        allowed[wanted] = True
        checks.append((snapshot.column(column), wanted, allowed))
    return checks


def _spans(snapshot: Snapshot, filter: Filter) -> list[tuple[int, int]]:
    """Return the spans of rows within the filter's roles and dates: rows are sorted by role, then day."""
    if not filter.is_dated and not filter.roles:
        return [(0, snapshot.n)]
    every = range(len(snapshot.role_start) - 1)
    roles = snapshot.codes_of("role", filter.roles) if filter.roles else every
    since, until = day_range(filter)
    spans = []
    for role in roles:
        first, last = int(snapshot.role_start[role]), int(snapshot.role_start[role + 1])
        if filter.is_dated:
            days = snapshot.day[first:last]
            first, last = (
                first + int(days.searchsorted(since)),
                first + int(days.searchsorted(until, "right")),
            )
        if first < last:
            spans.append((first, last))
    return spans


def day_range(filter: Filter) -> tuple[int, int]:
    """Return the first and last day of a dated filter, in days since 1970-01-01; never the unknown day."""
    since = max((filter.since - EPOCH).days, 0) if filter.since else 0
    until = (filter.until - EPOCH).days if filter.until else int(np.iinfo(np.int32).max)
    return since, until


def _block(snapshot: Snapshot, filter: Filter) -> Block | None:
    """Return the cube's block for `filter`; None when it narrows another column or cuts through a month."""
    if filter.columns.keys() - {"role"} or (filter.reposts and not filter.copies):
        return None
    months = _months(snapshot, filter)
    if months is None:
        return None
    slots = tuple(1 + role for role in snapshot.codes_of("role", filter.roles)) if filter.roles else (0,)
    return Block(int(filter.copies), slots, *months)


def _months(snapshot: Snapshot, filter: Filter) -> tuple[int, int] | None:
    """Return the first and last step in `cube_month` (half open), or None when a month is cut."""
    months = snapshot.cube_month
    if not filter.is_dated:
        return 0, len(months)
    since, until = day_range(filter)
    first_day, last_day = snapshot.day_span
    if since > first_day and filter.since and filter.since.day != 1:
        return None
    if until < last_day and filter.until and (filter.until + timedelta(days=1)).day != 1:
        return None
    low = month_number(filter.since) if filter.since else 0
    high = month_number(filter.until) if filter.until else int(np.iinfo(np.int32).max)
    first = int(months.searchsorted(max(low, 0)))
    return first, max(first, int(months.searchsorted(high, "right")))


def month_number(day: date) -> int:
    """Return months since 1970-01."""
    return (day.year - 1970) * 12 + day.month - 1
