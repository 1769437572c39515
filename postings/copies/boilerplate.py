"""What employers and boards put under every ad: shingles that stand under several different titles."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from postings.copies.shingles import Hashes

FEWEST_TITLES = 4
_HALF = np.uint64(32)


def boilerplate_of(shingles: Sequence[Hashes], titles: Sequence[int]) -> Hashes:
    """Return the sorted shingles that stand in texts of at least four different titles.

    One set of shingles and one title number per text; twelve bytes a shingle are held while it counts.
    """
    if not shingles:
        return np.empty(0, dtype=np.uint32)
    under = np.repeat(np.asarray(titles, dtype=np.uint64), [len(part) for part in shingles])
    seen = np.unique(np.concatenate(shingles).astype(np.uint64) << _HALF | under)
    distinct, titles_of = np.unique((seen >> _HALF).astype(np.uint32), return_counts=True)
    return distinct[titles_of >= FEWEST_TITLES]


def without(shingles: Hashes, boilerplate: Hashes) -> Hashes:
    """Return the shingles that are no boilerplate; both sorted, and so is the answer."""
    if not len(boilerplate):
        return shingles
    places = np.searchsorted(boilerplate, shingles).clip(max=len(boilerplate) - 1)
    return shingles[boilerplate[places] != shingles]
