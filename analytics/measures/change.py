"""How much a role has changed between two times, beside what chance alone would show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.measures.cells import Reliability, reliability
from analytics.measures.resample import Band, band, shuffles, weighted_sums

Floats = NDArray[np.float64]

TOP = 20


@dataclass(frozen=True)
class RoleChange:
    """`index` 0..1 and `replaced` 0..1 (part of the top 20 that was not there before), each with its chance band.

    `total` is the sum of the absolute changes of shares: how many skills an average posting has gained or lost.
    """

    n_before: int
    n_after: int
    total: float
    index: Band
    replaced: Band

    @property
    def reliability(self) -> Reliability:
        return reliability(min(self.n_before, self.n_after))


def role_change(
    matrix: Any,
    is_after: NDArray[np.bool_],
    *,
    seed: int,
    rounds: int = 200,
    strata: NDArray[np.integer] | None = None,
) -> RoleChange:
    """Return how much the shares of skills differ between the postings with and without `is_after` [n].

    `matrix` is postings x skills 0/1 [n, k]. total = sum |p2 - p1|, index = total / sum (p1 + p2): 0 the same shares, 1
    nothing in common, whatever the length of postings and the roles beside it (Bray, Curtis 1957). Chance: the
    labels before and after are shuffled, with `strata` [n] (sources) only inside each. After the Skill Disruption
    Index (sums of absolute changes; top 20 replaced) and Deming, Noray 2020. nan when either time is empty.
    """
    n = np.asarray([np.count_nonzero(~is_after), np.count_nonzero(is_after)])
    if n.min() == 0:
        blank = Band(*(float("nan"),) * 4, 0)
        return RoleChange(int(n[0]), int(n[1]), float("nan"), blank, blank)
    total = np.asarray(matrix.sum(axis=0), np.float64).ravel()
    labels = chain([is_after], shuffles(is_after, seed=seed, rounds=rounds, strata=strata))
    sums, index, replaced = _figures(weighted_sums(matrix, labels), total, n)
    return RoleChange(
        int(n[0]),
        int(n[1]),
        float(sums[0]),
        band(float(index[0]), index[1:]),
        band(float(replaced[0]), replaced[1:]),
    )


def _figures(after: Iterable[Floats], total: Floats, n: NDArray[np.integer]) -> tuple[Floats, Floats, Floats]:
    """Return total, index and part replaced of each line of `after` [r, k], the counts of the later time."""
    found = []
    for counts in after:
        p1, p2 = np.maximum(total - counts, 0.0) / n[0], counts / n[1]
        sums = np.abs(p2 - p1).sum(axis=1)
        mass = (p1 + p2).sum(axis=1)
        index = np.divide(sums, mass, out=np.full_like(sums, np.nan), where=mass > 0)
        found.append(np.stack([sums, index, _replaced(p1, p2)]))
    sums, index, replaced = np.concatenate(found, axis=1)
    return sums, index, replaced


def _replaced(p1: Floats, p2: Floats) -> Floats:
    """Return [r]: the part of the top 20 of `p2` [r, k] that is not in that of `p1`; equals by code."""
    top1, top2 = (np.argsort(-p, axis=1, kind="stable")[:, :TOP] for p in (p1, p2))
    held2 = np.take_along_axis(p2, top2, axis=1) > 0
    was = np.zeros(p1.shape, np.bool_)
    np.put_along_axis(was, top1, np.take_along_axis(p1, top1, axis=1) > 0, axis=1)
    new = held2 & ~np.take_along_axis(was, top2, axis=1)
    size = held2.sum(axis=1)
    return np.divide(new.sum(axis=1), size, out=np.full(len(p1), np.nan), where=size > 0)
