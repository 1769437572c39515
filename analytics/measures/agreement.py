"""Whether two readers who mark the same things apart from each other agree beyond chance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.measures.cells import WITHHELD_BELOW, TooFew
from analytics.measures.intervals import Z95, wilson_interval

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Coefficient:
    """Agreement beyond chance, 1 all and 0 what chance gives, with its 95% interval, and the agreement by chance.

    `value`, `low` and `high` are None where both readers gave one and the same answer throughout: chance then
    explains everything, and nothing is left to measure.
    """

    by_chance: float
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Agreement:
    """`same` of `n` answers agree; `low` to `high` is Wilson's 95% interval of that share (0..1).

    `answers` are those that were given, sorted; `counts[i, j]` says how often the first reader gave answers[i] and the
    second answers[j].
    """

    n: int
    same: int
    low: float
    high: float
    kappa: Coefficient
    ac1: Coefficient
    answers: tuple[str, ...]
    counts: NDArray[np.int64]

    @property
    def share(self) -> float:
        return self.same / self.n


def readers_agreement(first: Sequence[str], second: Sequence[str]) -> Agreement:
    """Return how far two readers agree; `first[i]` and `second[i]` are their answers to thing i.

    kappa = (po - pe) / (1 - pe), pe = sum of p1k p2k (Cohen 1960), with the large-sample error of Fleiss, Cohen,
    Everitt 1969. AC1 = the same with pe = sum of q(1 - q) / (K - 1), q the mean share of an answer with both (Gwet
    2008, with its error). Where all answers agree both errors are 0: there the lower end is what Wilson's lower end
    of po gives.
    Raises TooFew under 10 things, ValueError where the lengths differ.
    """
    if len(first) != len(second):
        raise ValueError("Each thing needs an answer from both readers.")
    if len(first) < WITHHELD_BELOW:
        raise TooFew(f"Only {len(first)} things were marked by both; agreement is told from {WITHHELD_BELOW} on.")
    answers, codes = np.unique([*first, *second], return_inverse=True)
    counts = np.zeros((len(answers), len(answers)), np.int64)
    np.add.at(counts, (codes[: len(first)], codes[len(first) :]), 1)
    n, same = int(counts.sum()), int(np.trace(counts))
    low, high = (float(end) for end in wilson_interval(same, n))
    names = tuple(str(answer) for answer in answers)
    return Agreement(n, same, low, high, _kappa(counts, low), _ac1(counts, low), names, counts)


def _kappa(counts: NDArray[Any], least: float) -> Coefficient:
    p: Floats = counts / counts.sum()
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    observed, by_chance = float(np.trace(p)), float(rows @ columns)
    if by_chance >= 1:
        return Coefficient(by_chance)
    value = (observed - by_chance) / (1 - by_chance)
    both = rows + columns
    # What stands off the diagonal is weighed by how often its two readers give the other's answer.
    agreed = float(np.diag(p) @ (1 - both * (1 - value)) ** 2)
    crossed = columns[:, None] + rows[None, :]
    apart = float((p * crossed**2).sum() - np.diag(p) @ np.diag(crossed) ** 2) * (1 - value) ** 2
    variance = (agreed + apart - (value - by_chance * (1 - value)) ** 2) / (counts.sum() * (1 - by_chance) ** 2)
    return _with_interval(value, variance, by_chance, observed, least)


def _ac1(counts: NDArray[Any], least: float) -> Coefficient:
    p: Floats = counts / counts.sum()
    means = (p.sum(axis=1) + p.sum(axis=0)) / 2
    others = max(len(means) - 1, 1)
    observed, by_chance = float(np.trace(p)), float((means * (1 - means)).sum() / others)
    value = (observed - by_chance) / (1 - by_chance)
    on_diagonal = float(np.diag(p) @ (1 - means)) / others - observed * by_chance
    pairs = (means[:, None] + means[None, :]) / 2
    everywhere = float((p * (1 - pairs) ** 2).sum()) / others**2 - by_chance**2
    spread = observed * (1 - observed) - 4 * (1 - value) * on_diagonal + 4 * (1 - value) ** 2 * everywhere
    variance = spread / (counts.sum() * (1 - by_chance) ** 2)
    return _with_interval(value, variance, by_chance, observed, least)


def _with_interval(value: float, variance: float, by_chance: float, observed: float, least: float) -> Coefficient:
    """`observed` is the share that agrees, `least` the lower end of its interval."""
    if observed >= 1:
        return Coefficient(by_chance, value, (least - by_chance) / (1 - by_chance), 1.0)
    reach = Z95 * math.sqrt(max(variance, 0.0))
    return Coefficient(by_chance, value, max(value - reach, -1.0), min(value + reach, 1.0))
