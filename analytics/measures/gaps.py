"""The gaps between several groups of postings at once, from sums by random groups of companies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.gap import Gap, gap_parts
from analytics.measures.intervals import student_reach

Floats = NDArray[np.float64]


def gaps_between(sums: Sequence[Floats]) -> Mapping[tuple[int, int], Gap]:
    """Return the gap from each side to each other one.

    `sums` holds for each side [g, k + 1]: how many postings of each of g random groups of companies hold each skill,
    and last how many postings it has. Companies are dealt to the groups at random, the same way on every side. The
    interval leaves out one group after the other: se^2 = (g-1)/g sum (gap without it - their mean)^2, Student's t with
    g - 1 degrees of freedom, groups without postings not counted (Wolter 2007, ch. 4: the jackknife of random groups).
    On average that is the interval of drawing companies, at a cost that does not grow with the postings, and right for
    sides that share postings too; nan under 3 groups. `chance` is unknown (nan): see `split_gap`. Otherwise as
    `directional_gap`.
    """
    used = sum(side[:, -1] for side in sums) > 0
    return {(a, b): _gap(sums[a][used], sums[b][used]) for a, b in permutations(range(len(sums)), 2)}


def split_gap(first: ArrayLike, second: ArrayLike, sizes: tuple[int, int]) -> float:
    """Return the mean gap when the postings of two groups that share none are dealt to them at random.

    `first`, `second`: counts [k], `sizes` the postings of both. Of the t holders of a skill among N postings a
    hypergeometric number X falls to the first, so the mean of max(q - p, 0) is E|X - n1 t/N| N/(2 n1 n2), with the mean
    absolute deviation 2 j (N - n1 - t + j)/N P(X = j), j = floor(n1 t/N) + 1 (Diaconis, Zabell 1991); divided by what
    both ask for, sum t/N. The same from either side.
    """
    held = np.asarray(first, np.float64) + np.asarray(second, np.float64)
    held = held[held > 0]
    n1, n = sizes[0], sum(sizes)
    j = np.floor(held * n1 / n) + 1
    deviation = 2 * j * (n - n1 - held + j) / n * _hypergeometric(j, held, n1, n)
    return float((deviation.sum() * n / (2 * n1 * sizes[1])) / (held.sum() / n)) if len(held) else float("nan")


def _hypergeometric(j: Floats, held: Floats, n1: int, n: int) -> Floats:
    """Return the probability that j of the `held` of n things are among n1 drawn ones; 0 where that cannot be."""
    from scipy.special import betaln  # slow to import, and few callers need it

    def log_choose(total: ArrayLike, some: Floats) -> Floats:
        return -np.log1p(total) - betaln(np.asarray(total) - some + 1, some + 1)

    can = (j <= held) & (j <= n1) & (held - j <= n - n1)
    some = np.where(can, j, 0.0)
    logs = log_choose(held, some) + log_choose(n - held, n1 - some) - log_choose(n, np.full_like(held, n1))
    return np.where(can, np.exp(np.where(can, logs, 0.0)), 0.0)


def _gap(first: Floats, second: Floats) -> Gap:
    everyone = first.sum(axis=0), second.sum(axis=0)
    parts = gap_parts(everyone[0][None], everyone[1][None], np.ones(first.shape[1] - 1))[0]
    value = float(parts.sum()) if parts.size else float("nan")
    reach = _reach(_gaps(everyone[0] - first, everyone[1] - second))
    return Gap(
        n_first=int(everyone[0][-1]),
        n_second=int(everyone[1][-1]),
        value=value,
        low=float(np.maximum(value - reach, 0.0)),
        high=float(np.minimum(value + reach, 1.0)),
        chance=float("nan"),
        parts=parts,
    )


def _gaps(first: Floats, second: Floats) -> Floats:
    """Return the gaps [g] of counts [g, k + 1]; nan where a side is empty."""
    n1, n2 = (np.where(side[:, -1:] > 0, side[:, -1:], np.nan) for side in (first, second))
    q = second[:, :-1] / n2
    mass = np.where(q.any(axis=1), q.sum(axis=1), np.nan)
    q -= first[:, :-1] / n1
    return np.asarray(np.maximum(q, 0.0, out=q).sum(axis=1) / mass)


def _reach(left_out: Floats) -> float:
    groups = len(left_out)
    if groups < 3:
        return float("nan")
    variance = (groups - 1) / groups * float(np.square(left_out - left_out.mean()).sum())
    return float(student_reach(groups - 1) * np.sqrt(variance))
