"""Which postings may be copies of each other, from their signatures alone: locality-sensitive hashing in bands."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from postings.copies.shingles import distinct
from postings.copies.signatures import ROWS

Ids = NDArray[np.int64]
Pairs = NDArray[np.int64]

ROWS_IN_BAND = 2
"""64 bands of 2: a pair meets with 0.93 at Jaccard 0.2 (a cut copy of a long ad), 0.15 at 0.05."""
LARGEST_BUCKET = 64
"""A larger bucket holds a stock paragraph; more rows of the signature part it before it is paired out."""
MOST_ROWS = 8
LEAST_CONTAINED = 0.35
"""Share of the shorter text that must seem shared; texts decide at 0.6, and the estimate is off by 0.1 or so."""
_PAIRS_AT_ONCE = 200_000


def candidate_pairs(signatures: NDArray[np.uint32], lengths: NDArray[np.int64]) -> Pairs:
    """Return [p, 2] numbers of rows that may be copies, each pair once with the lower number first, sorted."""
    n = len(signatures)
    codes = np.empty(0, dtype=np.int64)
    for band in range(0, ROWS, ROWS_IN_BAND):
        found = [first * n + second for first, second in _pairs_of_band(signatures, band)]
        codes = distinct(np.concatenate([codes, *found])) if found else codes
    pairs = np.stack(np.divmod(codes, max(n, 1)), axis=1)
    return pairs[estimated_containment(pairs, signatures, lengths) >= LEAST_CONTAINED]


def estimated_containment(
    pairs: Pairs, signatures: NDArray[np.uint32], lengths: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the share of the shorter text that seems shared: |A and B| = J / (1 + J) * (|A| + |B|)."""
    estimates = np.empty(len(pairs))
    for start in range(0, len(pairs), _PAIRS_AT_ONCE):
        first, second = pairs[start : start + _PAIRS_AT_ONCE].T
        jaccard = (signatures[first] == signatures[second]).mean(axis=1)
        shared = jaccard / (1 + jaccard) * (lengths[first] + lengths[second])
        estimates[start : start + _PAIRS_AT_ONCE] = shared / np.minimum(lengths[first], lengths[second])
    return estimates


def _pairs_of_band(signatures: NDArray[np.uint32], band: int) -> Iterator[tuple[Ids, Ids]]:
    """Yield pairs that agree in the rows of a band, and in more rows where too many agree in these."""
    ids = np.arange(len(signatures), dtype=np.int64)
    keys = signatures[:, band].astype(np.uint64) << np.uint64(32) | signatures[:, band + 1]
    for row in range(band + ROWS_IN_BAND, band + MOST_ROWS + 1):
        ids, bucket, sizes = _buckets(ids, keys)
        small = sizes[bucket] <= LARGEST_BUCKET
        yield from _paired_out(ids[small], sizes[bucket[small]])
        ids, bucket = ids[~small], bucket[~small]
        if not len(ids):
            return
        keys = bucket.astype(np.uint64) << np.uint64(32) | signatures[ids, row % ROWS]
    yield from _chained(ids, bucket)


def _buckets(ids: Ids, keys: NDArray[np.uint64]) -> tuple[Ids, Ids, Ids]:
    """Return ids that share a key with another id, the number of their bucket, and the size of each bucket.

    Sorted by bucket, then id.
    """
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    bucket = np.cumsum(np.diff(ordered, prepend=ordered[:1]) != 0)
    sizes = np.bincount(bucket)
    shared = sizes[bucket] > 1
    return ids[order][shared], bucket[shared], sizes


def _paired_out(ids: Ids, sizes: Ids) -> Iterator[tuple[Ids, Ids]]:
    """Yield all pairs inside each bucket; ids stand bucket by bucket, with the size of its bucket beside each."""
    for size in np.unique(sizes):
        table = ids[sizes == size].reshape(-1, size)
        first, second = np.triu_indices(size, k=1)
        yield table[:, first].ravel(), table[:, second].ravel()


def _chained(ids: Ids, bucket: Ids) -> Iterator[tuple[Ids, Ids]]:
    """Yield each member of an unpartable bucket with the first one and with the next: one text, many times."""
    starts = np.flatnonzero(np.diff(bucket, prepend=-1))
    first = ids[np.repeat(starts, np.diff(starts, append=len(ids)))]
    yield first[ids != first], ids[ids != first]
    adjacent = bucket[1:] == bucket[:-1]
    yield ids[:-1][adjacent], ids[1:][adjacent]
