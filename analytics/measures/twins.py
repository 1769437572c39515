"""The same work under two titles: what one company calls this, another calls that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.measures.cells import COMPARED_FROM, TooFew
from analytics.measures.distance import js_distance
from analytics.measures.pairs import js_pairs
from analytics.measures.resample import sums_by

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# The cells with the most ads are compared: a table of 3,000 x 3,000 distances is 72 MB and takes seconds.
MOST_CELLS = 3000


@dataclass(frozen=True)
class Twins:
    """Pairs of cells (a company's ads of one title), the closest first, all arrays [p].

    `distance` is below `within`, the median distance between companies inside one title. `cells` cells were
    compared, `compared` pairs of unlike titles and companies, of which `close` are below it.
    """

    within: float
    cells: int
    compared: int
    close: int
    company: Ints  # [p, 2]
    title: Ints  # [p, 2]
    ads: Ints  # [p, 2]
    distance: Floats


def title_twins(matrix: Any, company: NDArray[np.integer], title: NDArray[np.integer], *, most: int = 100) -> Twins:
    """Return pairs (company i, title a), (company j, title b), i != j and a != b, closer than one title is to itself.

    `matrix` is ads x skills 0/1 CSR [n, k] (copies and unknown companies left out by the caller), `company` and `title`
    [n] codes. Cells of 5 ads or more count, the MOST_CELLS with most ads if there are more. The distance is
    Jensen-Shannon between the cells' mixes of skills; it is larger for fewer ads, so cells of many ads lead. Kept is
    what lies below the median over all pairs of companies inside a title, the `most` closest (equals by cell).
    Proposed in FIELD.md, part 5. Raises TooFew when no title has 2 such companies.
    """
    counts, cells, ads = _cells(matrix, company, title)
    distance = js_pairs(counts.toarray(), dtype=np.float32)
    i, j = np.triu_indices(len(cells), 1)
    apart = cells[i, 0] != cells[j, 0]
    same = cells[i, 1] == cells[j, 1]
    inside = distance[i, j][apart & same]
    if len(inside) == 0:
        raise TooFew(f"No title has two companies of {COMPARED_FROM} ads each, so nothing says what is close.")
    within = float(np.median(inside))
    other = np.flatnonzero(apart & ~same)
    close = other[distance[i[other], j[other]] < within]
    order = np.argsort(distance[i[close], j[close]], kind="stable")[:most]
    pairs = np.stack([i[close[order]], j[close[order]]], axis=1)
    exact = js_distance(counts[pairs[:, 0]].toarray(), counts[pairs[:, 1]].toarray())
    return Twins(within, len(cells), len(other), len(close), cells[pairs, 0], cells[pairs, 1], ads[pairs], exact)


def _cells(matrix: Any, company: NDArray[np.integer], title: NDArray[np.integer]) -> tuple[Any, Ints, Ints]:
    """Return skill counts [c, k], (company, title) [c, 2] and ads [c] of the cells that are large enough."""
    rows = np.flatnonzero(np.diff(matrix.indptr) > 0)
    both = np.stack([company[rows], title[rows]], axis=1).astype(np.int64)
    cells, own, ads = np.unique(both, axis=0, return_inverse=True, return_counts=True)
    largest = np.argsort(-ads, kind="stable")[:MOST_CELLS]
    chosen = np.sort(largest[ads[largest] >= COMPARED_FROM])
    counts = sums_by(matrix[rows], own.ravel(), len(cells))[chosen]
    held = np.asarray(counts.sum(axis=0)).ravel() > 0
    return counts[:, held], cells[chosen], ads[chosen].astype(np.int64)
