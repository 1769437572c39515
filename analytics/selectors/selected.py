"""Which rows of a snapshot a page is about, looked for once for all of its parts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, wraps
from typing import overload
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.snapshot import Filter, Selection, Snapshot
from analytics.snapshot.listing import newest_first, paid_rows
from analytics.snapshot.select import pick

Counting = Callable[..., NDArray]


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


def once(counting: Counting) -> Counting:
    """Keep what `counting` finds for as long as the selection lives."""
    found: WeakKeyDictionary[Selection, dict[tuple[object, ...], NDArray]] = WeakKeyDictionary()

    @wraps(counting)
    def counted(snapshot: Snapshot, selection: Selection, *about: object) -> NDArray:
        of_selection = found.setdefault(selection, {})
        if about not in of_selection:
            of_selection[about] = counting(snapshot, selection, *about)
            of_selection[about].flags.writeable = False  # many read it
        return of_selection[about]

    return counted


def inside(snapshot: Snapshot, selection: Selection) -> NDArray[np.bool_]:
    """Tell of every row of the snapshot whether it is in the selection."""
    return selection.inside(snapshot.n)


def with_skill(snapshot: Snapshot, selection: Selection, skill: int, *, level: int | None = None) -> Selection:
    return snapshot.with_skill(selection, skill, level=level)


def cut_at(snapshot: Snapshot, selection: Selection, day: int) -> tuple[Selection, Selection]:
    """Return the dated postings of the selection before `day` (since 1970-01-01), and those from it on."""
    starts = month_starts(snapshot).reshape(-1)[:-1].reshape(len(snapshot.roles), -1)
    dated = starts[:, 1] if starts.shape[1] > 1 else snapshot.role_start[1:]
    cuts = [first + int(snapshot.day[first:last].searchsorted(day)) for first, last in _spans(dated, snapshot)]
    rows = selection.rows
    ends = np.searchsorted(rows, np.column_stack((dated, cuts, snapshot.role_start[1:])))
    before, after = ([rows[one[side] : one[side + 1]] for one in ends] for side in (0, 1))
    return pick(np.concatenate(before)), pick(np.concatenate(after))


def _spans(starts: NDArray[np.int64], snapshot: Snapshot) -> Iterator[tuple[int, int]]:
    return zip(starts.tolist(), snapshot.role_start[1:].tolist(), strict=True)


def month_starts(snapshot: Snapshot) -> NDArray[np.int64]:
    """Return the first row of each role and month, in that order, and the number of rows."""
    return snapshot.month_starts


class NewestFirst(Sequence[int]):
    """The rows of a selection from the newest to the oldest, undated last: only as many are sorted as are shown."""

    def __init__(self, snapshot: Snapshot, selection: Selection) -> None:
        self._snapshot = snapshot
        self._selection = selection

    def __len__(self) -> int:
        return self._selection.n

    @overload
    def __getitem__(self, part: int) -> int: ...
    @overload
    def __getitem__(self, part: slice) -> list[int]: ...
    def __getitem__(self, part: int | slice) -> int | list[int]:
        _, stop, _ = part.indices(len(self)) if isinstance(part, slice) else (0, len(self), 1)
        newest = newest_first(self._snapshot, self._selection, stop)
        return newest[part].tolist() if isinstance(part, slice) else int(newest[part])


def rows_of(snapshot: Snapshot, ids: ArrayLike) -> NDArray[np.int64]:
    """Return the rows of the postings with these database ids, in their order; what the run lacks is left out."""
    order, known = _rows_by_id(snapshot)
    wanted = np.asarray(ids, np.int64)
    places = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
    return order[places[known[places] == wanted]] if len(known) else order


@lru_cache(maxsize=2)
def _rows_by_id(snapshot: Snapshot) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    order = np.argsort(snapshot.posting_id, kind="stable")
    return order, snapshot.posting_id[order]


def paid(snapshot: Snapshot, selection: Selection, currency: str | None = None) -> Selection:
    """Return the postings of the selection that state yearly pay: in `currency`, "" for one that is not said."""
    rows = paid_rows(snapshot, selection)
    if currency is None:
        return pick(rows)
    code = snapshot.code("pay_currency", currency)
    return pick(rows[snapshot.pay_currency[rows] == (-1 if code is None else code)])


def paid_count(snapshot: Snapshot, selection: Selection) -> int:
    return len(paid_rows(snapshot, selection))
