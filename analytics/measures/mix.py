"""What stands behind a title: the mix of profiles of its postings."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.cells import Reliability, reliability
from analytics.measures.resample import Band, band, redraws

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ProfileMix:
    """Titles x profiles: each row of `share` [t, p] adds up to 1 (nan without postings); `n` [t] postings."""

    n: NDArray[np.int64]
    share: Floats


def profile_mix(memberships: Floats, title: NDArray[np.integer], n_titles: int) -> ProfileMix:
    """Return the mean membership of each title's postings.

    `memberships` [n, p], rows adding up to 1; `title` [n], codes below `n_titles`. Summed posting by posting
    in row order, so that no thread count changes the last digit.
    """
    n = np.bincount(title, minlength=n_titles).astype(np.int64)
    sums = np.zeros((n_titles, memberships.shape[1]))
    for profile, column in enumerate(memberships.T):
        sums[:, profile] = np.bincount(title, weights=column, minlength=n_titles)
    return ProfileMix(n, _shares(sums, n))


def label_mix(memberships: Floats, title: NDArray[np.integer], n_titles: int) -> ProfileMix:
    """Return the share of each title's postings whose largest membership is in each profile.

    Arguments as in `profile_mix`; equal memberships go to the first profile.
    """
    profiles = memberships.shape[1]
    n = np.bincount(title, minlength=n_titles).astype(np.int64)
    flat = title.astype(np.int64) * profiles + memberships.argmax(axis=1)
    counts = np.bincount(flat, minlength=n_titles * profiles).reshape(n_titles, profiles)
    return ProfileMix(n, _shares(counts.astype(np.float64), n))


def effective_number(shares: ArrayLike) -> Floats:
    """Return exp(-sum q ln q) along the last axis of shares [..., p]: 1 is one profile, p an even mix of p.

    Shares are normalised first; nan where they have no mass. Source: Hill 1973, number of order 1.
    """
    values = np.asarray(shares, np.float64)
    total = values.sum(axis=-1, keepdims=True)
    q = np.divide(values, total, out=np.full_like(values, np.nan), where=total > 0)
    logs = np.log(q, out=np.zeros_like(q), where=q > 0)
    return np.asarray(np.exp(-(q * logs).sum(axis=-1)))


def effective_number_interval(
    memberships: Floats, company: NDArray[np.integer], *, seed: int, rounds: int = 200
) -> Band:
    """Return the effective number of profiles behind a title with its bootstrap interval over companies.

    `memberships` [n, p] of the title's postings, `company` [n] codes. Whole companies are drawn; the number is
    `effective_number` of the mean membership. Draws lie a little below it, since a drawn sample has less variety.
    """
    codes = np.unique(company, return_inverse=True)[1]
    size = int(codes.max()) + 1 if len(codes) else 0
    own = np.stack([np.bincount(codes, weights=column, minlength=size) for column in memberships.T], axis=1)
    drawn = np.stack([np.ones(size), *redraws(size, seed=seed, rounds=rounds)])
    # einsum adds in one order; BLAS's hangs on its threads.
    numbers = effective_number(np.einsum("rc,cp->rp", drawn, own))
    return band(float(numbers[0]), numbers[1:])


@dataclass(frozen=True)
class Spread:
    """How `n` postings that hold a skill lie over titles: `entropy` in nats, and how many even titles that is."""

    n: int
    entropy: float
    effective: float

    @property
    def reliability(self) -> Reliability:
        return reliability(self.n)


def title_spread(counts: ArrayLike) -> Spread:
    """Return H = -sum q ln q over titles, q = P(title | skill), from the skill's postings by title [t]; and exp H.

    exp H is 1 when one title alone holds the skill, t when all hold it as often. Large titles count for more: set
    it against the spread of all postings. Too low for few postings. nan without any. Source: Shannon 1948.
    """
    held = np.asarray(counts, np.float64)
    effective = float(effective_number(held))
    return Spread(int(held.sum()), math.log(effective) if held.sum() > 0 else math.nan, effective)


def _shares(sums: Floats, n: NDArray[np.int64]) -> Floats:
    return np.divide(sums, n[:, None], out=np.full(sums.shape, np.nan), where=n[:, None] > 0)
