"""What is nobody's own: an employer's words under every title, and stock texts that unrelated employers take over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from postings.copies.shingles import Hashes, distinct

FEWEST_TITLES = 4
FEWEST_EMPLOYERS = 4
FEWEST_TOWNS = 4
"""One ad goes through many agencies, but then in one town; a stock text stands in four towns under four employers."""
_HALF = np.uint64(32)


def boilerplate_of(shingles: Sequence[Hashes], titles: Sequence[int]) -> Hashes:
    """Return the sorted shingles that stand in texts of at least four different titles.

    One set of shingles and one title number per text; twelve bytes a shingle are held while it counts.
    """
    return _under_several(shingles, titles, FEWEST_TITLES)


def stock_of(shingles: Sequence[Hashes], employers: Sequence[int], towns: Sequence[int]) -> Hashes:
    """Return the sorted shingles that stand under at least four employers and in at least four towns; -1 is unknown."""
    by_employer = _under_several(shingles, employers, FEWEST_EMPLOYERS)
    by_town = _under_several(shingles, towns, FEWEST_TOWNS)
    return np.intersect1d(by_employer, by_town, assume_unique=True)


def _under_several(shingles: Sequence[Hashes], numbers: Sequence[int], fewest: int) -> Hashes:
    known = [(part, number) for part, number in zip(shingles, numbers, strict=True) if number >= 0]
    if not known:
        return np.empty(0, dtype=np.uint32)
    parts, named = zip(*known, strict=True)
    under = np.repeat(np.asarray(named, dtype=np.uint64), [len(part) for part in parts])
    seen = distinct(np.concatenate(parts).astype(np.uint64) << _HALF | under)
    sorted_shingles = (seen >> _HALF).astype(np.uint32)
    # Each stands here once per number: the fourth of a kind is three places behind the first.
    later = sorted_shingles[fewest - 1 :]
    return distinct(later[later == sorted_shingles[: len(later)]])


def without(shingles: Hashes, boilerplate: Hashes) -> Hashes:
    """Return the shingles that are no boilerplate; both sorted, and so is the answer."""
    if not len(boilerplate):
        return shingles
    places = np.searchsorted(boilerplate, shingles).clip(max=len(boilerplate) - 1)
    return shingles[boilerplate[places] != shingles]
