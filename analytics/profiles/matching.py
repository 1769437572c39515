"""Which profile of a new run is which of an old one, so that identities and names persist."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Floats = NDArray[np.float64]

# In fits on two halves of 17,610 real postings (6 to 12 profiles), profiles that share at least 0.6 of their
# postings lie at most 0.32 apart, and different profiles of one fit at least 0.37.
MATCH_LIMIT = 0.35


def match_profiles(old: Floats, new: Floats, *, limit: float = MATCH_LIMIT) -> list[int | None]:
    """Return for each profile of `new` [k2, s] the one of `old` [k1, s] that it continues, or None.

    Rows are skill weights >= 0 on the same columns (`on_skills` brings two runs there); only their shape
    counts. One to one, by the least total Jensen-Shannon distance (Kuhn's Hungarian method); a pair further
    apart than `limit` is no match, and never crowds out a closer one.
    """
    distances = js_distances(old, new)
    # Whatever lies beyond the limit costs the same, so a hopeless pair cannot bend a good one.
    rows, columns = linear_sum_assignment(np.minimum(distances, limit))
    matches: list[int | None] = [None] * len(new)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if distances[row, column] < limit:
            matches[column] = row
    return matches


def js_distances(first: Floats, second: Floats) -> Floats:
    """Return the Jensen-Shannon distances [k1, k2] between rows, base 2: 0 the same, 1 nothing in common."""
    p = (first / first.sum(axis=1, keepdims=True))[:, None, :]
    q = (second / second.sum(axis=1, keepdims=True))[None, :, :]
    middle = (p + q) / 2
    divergence = (_information(p, middle) + _information(q, middle)) / 2
    return np.sqrt(np.clip(divergence, 0.0, 1.0))


def on_skills(weights: Floats, skills: Sequence[str], *, target: Sequence[str]) -> Floats:
    """Return the columns of `weights` [k, len(skills)] in the order of `target`; zero for skills it lacks."""
    place = {name: column for column, name in enumerate(skills)}
    moved = np.zeros((len(weights), len(target)))
    for column, name in enumerate(target):
        if name in place:
            moved[:, column] = weights[:, place[name]]
    return moved


def _information(p: Floats, q: Floats) -> Floats:
    """Return KL(p || q) in bits along the last axis, 0 log 0 being 0."""
    safe = np.where(p > 0, p, 1.0)
    return np.asarray((p * np.log2(safe / np.where(p > 0, q, 1.0))).sum(axis=-1))
