"""Skills counted by company in two times at once, at a million postings in a tenth of a second.

The pairs of a snapshot are laid out once per process by skill and company, and the postings by company. A skill of a
company is then a run of neighbours, and one product of a sparse matrix with marks of the two times counts all of them.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from analytics.measures import Change
from analytics.measures.company_change import CompanyParts, change_of_parts, may_move, parts_of_singles, products
from analytics.snapshot import Selection, SkillCounts, Snapshot
from analytics.snapshot.select import pick

PACKED = 1 << 16
"""A cell counts the later time in the upper half of 32 bits, while no company has half as many postings."""

MOST_OF = 0.5
"""Part of the mentions from which on all skills are looked at."""

Ints = NDArray[np.int32]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Moved:
    """How the share of each skill moved between two times, and the counts of both; see `moved_between`."""

    before: SkillCounts
    after: SkillCounts
    change: Change


@dataclass(frozen=True, eq=False)
class _Cells:
    """A cell is a skill of a known company; cells stand by skill and company, `starts` [k + 1] cuts them by skill.

    `place` [n] is where a row stands when rows are ordered by company, from `known` on without one. The postings of
    cell i are places[ends[i]:ends[i + 1]]. `company` [cells] is whose it is.
    """

    place: Ints
    known: int
    places: Ints
    ones: Ints
    ends: Ints
    company: Ints
    starts: Ints


def moved_between(snapshot: Snapshot, before: Selection, after: Selection, also: tuple[int, ...] = ()) -> Moved:
    """Return how shares moved between two selections that share no posting, companies drawn whole.

    Companies are looked at for the skills that may have moved and those of `also`; the others have no interval.
    """
    first, second = snapshot.skill_counts(before), snapshot.skill_counts(after)
    sides = (first.any, first.n), (second.any, second.n)
    codes = np.union1d(may_move(*sides), np.asarray(also, np.int64))
    if first.any[codes].sum() > MOST_OF * first.any.sum():
        codes = np.arange(len(first.any))
    rows = before.rows, after.rows
    parts = _known_parts(snapshot, rows, codes) + _single_parts(snapshot, rows, codes)
    return Moved(first, second, change_of_parts(*sides, parts, codes))


def _known_parts(snapshot: Snapshot, rows: tuple[Ints, Ints], codes: Codes) -> CompanyParts:
    n1, n2 = (max(len(side), 1) for side in rows)
    m1, m2 = (_by_company(snapshot, side) for side in rows)
    is_packed = int((m1 + m2).max(initial=0)) < PACKED // 2
    counts1, counts2, company, starts = _counts(_cells(snapshot), rows, codes, is_packed=is_packed)
    held = np.flatnonzero(counts1 + counts2)
    starts = np.searchsorted(held, starts)
    own = counts2[held] * (1 / n2)
    own -= counts1[held] * (1 / n1)
    first, second = m1 / n1, m2 / n2
    each = csr_matrix((own, company[held], starts), shape=(len(codes), len(m1)), copy=False)
    crossed = each @ np.column_stack([first, second])
    each.data = own * own
    return CompanyParts(
        squares=each @ np.ones(len(m1)),
        with_before=crossed[:, 0],
        with_after=crossed[:, 1],
        holders=np.diff(starts).astype(np.int64),
        companies=int(np.count_nonzero(m1 + m2)),
        sizes=products(first, second),
    )


def _counts(cells: _Cells, rows: tuple[Ints, Ints], codes: Codes, *, is_packed: bool) -> tuple[Ints, Ints, Ints, Codes]:
    """Return of the cells of these skills their postings in the two times, their companies, and how skills cut them."""
    table, company, starts = _cells_of(cells, codes)
    marks = np.zeros(table.shape[1], np.int32)
    if is_packed:
        for side, mark in zip(rows, (1, PACKED), strict=True):
            marks[_known_places(cells, side)] = mark
        both = table @ marks
        return both & (PACKED - 1), both >> 16, company, starts
    found = []
    for side in rows:
        marks[:] = 0
        marks[_known_places(cells, side)] = 1
        found.append(table @ marks)
    return found[0], found[1], company, starts


def _cells_of(cells: _Cells, codes: Codes) -> tuple[csr_matrix, Ints, Codes]:
    """Return the cells of some skills, as a table of ones [cells, places], with their companies and their cuts."""
    width = max(cells.known, 1)
    if len(codes) == len(cells.starts) - 1:
        every = (cells.ones, cells.places, cells.ends)
        return (
            csr_matrix(every, shape=(len(cells.company), width), copy=False),
            cells.company,
            cells.starts.astype(np.int64),
        )
    bounds = zip(cells.starts[codes].tolist(), cells.starts[codes + 1].tolist(), strict=True)
    spans = [slice(first, last) for first, last in bounds]
    sizes = np.array([span.stop - span.start for span in spans], np.int64)
    runs = [cells.places[cells.ends[span.start] : cells.ends[span.stop]] for span in spans]
    lengths = [np.diff(cells.ends[span.start : span.stop + 1]) for span in spans]
    places, company = _joined(runs), _joined([cells.company[span] for span in spans])
    ends = np.concatenate([[0], np.cumsum(_joined(lengths))]).astype(np.int32)
    ones = np.ones(len(places), np.int32)
    table = csr_matrix((ones, places, ends), shape=(len(company), width), copy=False)
    return table, company, np.concatenate([[0], np.cumsum(sizes)])


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts) if parts else np.empty(0, np.int32)


def _known_places(cells: _Cells, rows: Ints) -> Ints:
    places = cells.place[rows]
    return places[places < cells.known]


def _by_company(snapshot: Snapshot, rows: Ints) -> NDArray[np.int64]:
    """Return how many of the rows each known company has."""
    counts = np.bincount(snapshot.company[rows], minlength=max(len(snapshot.companies), 1))
    if (unknown := snapshot.code("company", "")) is not None:
        counts[unknown] = 0
    return counts


def _single_parts(snapshot: Snapshot, rows: tuple[Ints, Ints], codes: Codes) -> CompanyParts:
    """Return the parts of the postings without a known company, each a company of its own."""
    cells = _cells(snapshot)
    first, second = (snapshot.skill_counts(pick(side[cells.place[side] >= cells.known])) for side in rows)
    whole = len(rows[0]), len(rows[1])
    return parts_of_singles((first.any[codes], first.n), (second.any[codes], second.n), whole)


@lru_cache(maxsize=2)
def _cells(snapshot: Snapshot) -> _Cells:
    """Lay the pairs out; four bytes a pair and eight a cell are kept."""
    unknown = snapshot.code("company", "")
    company = snapshot.company.astype(np.int32)
    if unknown is not None:
        company = np.where(company == unknown, np.int32(len(snapshot.companies)), company)
    order = np.argsort(company, kind="stable").astype(np.int32)
    place = np.empty(snapshot.n, np.int32)
    place[order] = np.arange(snapshot.n, dtype=np.int32)
    known = int(np.count_nonzero(company < len(snapshot.companies)))
    places = place[snapshot.inv_row]
    bounds = snapshot.inv_indptr.astype(np.int64)
    for first, last in pairwise(bounds.tolist()):
        places[first:last].sort()
    kept = places < known
    bounds = np.concatenate([[0], np.cumsum(kept, dtype=np.int64)])[bounds]
    places = places[kept]
    owner = company[order][places]
    starts = _first_of_each(owner, bounds)
    ends = np.append(starts, np.int32(len(places)))
    return _Cells(
        place,
        known,
        places,
        snapshot.ones[: len(places)],
        ends,
        owner[starts],
        np.searchsorted(starts, bounds).astype(np.int32),
    )


def _first_of_each(owner: Ints, bounds: Codes) -> Ints:
    """Return where a cell begins: where the company changes, or the skill."""
    is_first = np.ones(len(owner), np.bool_)
    is_first[1:] = owner[1:] != owner[:-1]
    is_first[bounds[:-1][bounds[:-1] < len(owner)]] = True
    return np.flatnonzero(is_first).astype(np.int32)
