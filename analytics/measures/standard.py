"""One group of postings against others at the group's own mix, so that what it hires is not taken for how it hires."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.distance import js_distance
from analytics.measures.resample import Band, band, rows_by

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Standardised:
    """What the others name, weighted as the group's own strata (roles): `share` [k], of `n` effective postings.

    `compared` of the group's postings lie in strata that others have too; those strata are True in `used` [r].
    """

    share: Floats
    n: float
    compared: int
    used: NDArray[np.bool_]


def standardised_shares(own: ArrayLike, counts: ArrayLike, n: ArrayLike) -> Standardised:
    """Return sum_r w_r counts_r / n_r, with w_r the part of stratum r among the group's own postings `own` [r].

    `counts` [r, k] of the others' `n` [r] postings hold each skill. Strata without others are left out, and the
    weights of the rest add up to 1. The variance of such a sum is that of 1 / sum_r (w_r^2 / n_r) postings drawn at
    once: direct standardisation; Kish 1965 for the effective number. Shares are nan and n is 0 where none is
    left.
    """
    mine, theirs, whole = np.asarray(own, np.float64), np.asarray(counts, np.float64), np.asarray(n, np.float64)
    used = (mine > 0) & (whole > 0)
    total = mine[used].sum()
    if total == 0:
        return Standardised(np.full(theirs.shape[1], np.nan), 0.0, 0, used)
    weights = mine[used] / total
    # einsum adds in one order; BLAS's hangs on its threads.
    share = np.einsum("r,rk->k", weights / whole[used], theirs[used])
    return Standardised(share, float(1 / (weights**2 / whole[used]).sum()), int(total), used)


def draws_like(
    own: NDArray[np.integer], pool: NDArray[np.integer], *, seed: int, rounds: int
) -> Iterator[NDArray[np.intp]]:
    """Yield places in `pool`, `rounds` times: as many of each code as `own` has, drawn without return.

    `own` [m] and `pool` [n] are codes (sources); the pool holds the group itself. Same seed, same draws.
    """
    rng = np.random.default_rng(seed)
    codes, wanted = np.unique(own, return_counts=True)
    at = {int(pool[rows[0]]): rows for rows in rows_by(pool)}
    for _ in range(rounds):
        drawn = [
            at[int(code)][rng.choice(len(at[int(code)]), count, replace=False)]
            for code, count in zip(codes, wanted, strict=True)
        ]
        yield np.concatenate(drawn) if drawn else np.empty(0, np.intp)


def distance_from_rest(own: ArrayLike, total: ArrayLike, drawn: ArrayLike) -> Band:
    """Return how far a group's mix of skills is from that of all others, and what groups drawn like it give.

    `own` [k] are the group's counts, `total` [k] those of all postings with it, `drawn` [r, k] those of as many
    postings drawn out of all. Jensen-Shannon, as in `js_distance`.
    """
    mine, everyone, others = (np.asarray(values, np.float64) for values in (own, total, drawn))
    observed = float(js_distance(mine, np.maximum(everyone - mine, 0.0)))
    return band(observed, js_distance(others, np.maximum(everyone - others, 0.0)))
