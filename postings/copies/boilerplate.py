"""What employers and boards put under every ad: shingles that stand under several different titles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from postings.copies.shingles import Hashes, distinct

FEWEST_TITLES = 4
_HALF = np.uint64(32)


def boilerplate_of(shingles: Sequence[Hashes], titles: Sequence[int]) -> Hashes:
    """Return the sorted shingles that stand in texts of at least four different titles.

    One set of shingles and one title number per text; twelve bytes a shingle are held while it counts.
    """
    if not shingles:
        return np.empty(0, dtype=np.uint32)
    under = np.repeat(np.asarray(titles, dtype=np.uint64), [len(part) for part in shingles])
    seen = distinct(np.concatenate(shingles).astype(np.uint64) << _HALF | under)
    sorted_shingles = (seen >> _HALF).astype(np.uint32)
    # Each stands here once per title: the fourth of a kind is three places behind the first.
    later = sorted_shingles[FEWEST_TITLES - 1 :]
    return distinct(later[later == sorted_shingles[: len(later)]])


def without(shingles: Hashes, boilerplate: Hashes) -> Hashes:
    """Return the shingles that are no boilerplate; both sorted, and so is the answer."""
    if not len(boilerplate):
        return shingles
    places = np.searchsorted(boilerplate, shingles).clip(max=len(boilerplate) - 1)
    return shingles[boilerplate[places] != shingles]
