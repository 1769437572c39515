"""MinHash signatures: two of them tell how alike two texts are without the texts."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from postings.copies.shingles import Hashes, shingle_hashes

ROWS = 128
_SEED = 20260101
_DTYPE = np.dtype("<u4")
_NO_WORDS = np.full(ROWS, 0xFFFFFFFF, dtype=_DTYPE).tobytes()


def signature(text: str) -> bytes:
    """Return 128 little-endian uint32: the MinHash of the five-word shingles (Broder 1997), the same for ever.

    The share of equal rows estimates the Jaccard similarity with a standard error of at most 0.044. Signatures are
    stored, so the hash functions are written out here and do not come from a library that may change them.
    """
    hashes = shingle_hashes(text)
    return minhash(hashes).tobytes() if len(hashes) else _NO_WORDS


def minhash(hashes: Hashes) -> NDArray[np.uint32]:
    """Return the least value of each row's permutation of the 32-bit numbers: multiplication by an odd number."""
    least: NDArray[np.uint32] = (hashes * _factors()).min(axis=1).astype(_DTYPE)
    return least


def matrix(signatures: list[bytes]) -> NDArray[np.uint32]:
    """Return signatures as [n, 128]."""
    return np.frombuffer(b"".join(signatures), dtype=_DTYPE).reshape(len(signatures), ROWS)


@cache
def _factors() -> NDArray[np.uint32]:
    """Return 128 odd numbers by splitmix64 (Steele, Lea and Flood 2014), as a column."""
    numbers, state = [], _SEED
    for _ in range(ROWS):
        state = (state + 0x9E3779B97F4A7C15) % (1 << 64)
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) % (1 << 64)
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) % (1 << 64)
        numbers.append(((z ^ (z >> 31)) >> 32) | 1)
    return np.array(numbers, dtype=np.uint32)[:, None]
