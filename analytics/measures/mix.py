"""What stands behind a title: the mix of profiles of its postings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

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


def _shares(sums: Floats, n: NDArray[np.int64]) -> Floats:
    return np.divide(sums, n[:, None], out=np.full(sums.shape, np.nan), where=n[:, None] > 0)
