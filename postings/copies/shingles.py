"""A text as the set of its five-word sequences, each known by a 32-bit hash that is the same on every machine."""

from __future__ import annotations

import hashlib
import re
from functools import cache, lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]
Number = TypeVar("Number", bound=np.generic)

WORDS_IN_SHINGLE = 5
LONGEST_TEXT = 1 << 17
"""Bytes of normalised text that count; no ad is as long, and a broken file must not take the memory."""

# In UTF-8: Latin-1 signs, general punctuation and symbols, private use and presentation forms. None are letters.
_SIGNS = re.compile(rb"\xc2[\x80-\xbf]|\xe2[\x80-\xbf]{2}|\xef[\x80-\xbf]{2}")
_BLANK, _CAPITAL_A, _CAPITAL_Z, _SMALL_A, _SMALL_Z = b" AZaz"
_ASCII = bytes(
    code if code >= 0x80 else ord(chr(code).lower()) if chr(code).isalnum() else _BLANK for code in range(256)
)
_BASE = 0x9E3779B97F4A7C15
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


@lru_cache(maxsize=1)  # extraction asks twice in a row: for the signature and for the hash
def normalised(text: str) -> bytes:
    """Return the words in lower case with one blank between them, as UTF-8; punctuation and markup signs are gone."""
    data = _parted(text.encode("utf-8", "replace"))
    if not text.isascii():
        data = _SIGNS.sub(b" ", data.decode("utf-8").casefold().encode("utf-8"))
    words = b" ".join(data.translate(_ASCII).split())
    return words if len(words) <= LONGEST_TEXT else words[:LONGEST_TEXT].rpartition(b" ")[0]


def _parted(data: bytes) -> bytes:
    """Put a blank between a small and a capital letter: boards lose the one between two blocks ("offeredWe are")."""
    signs = np.frombuffer(data, dtype=np.uint8)
    small = (signs[:-1] >= _SMALL_A) & (signs[:-1] <= _SMALL_Z)
    glued = np.flatnonzero(small & (signs[1:] >= _CAPITAL_A) & (signs[1:] <= _CAPITAL_Z)) + 1
    return np.insert(signs, glued, _BLANK).tobytes() if len(glued) else data


def text_hash(text: str) -> str:
    """Return 32 hex digits that are equal for texts that are word for word the same."""
    return hashlib.blake2b(normalised(text), digest_size=16).hexdigest()


def shingle_hashes(text: str, words: int = WORDS_IN_SHINGLE) -> Hashes:
    """Return the hashes of all five-word sequences in order, with repeats; one for a shorter text, none without words.

    A polynomial hash modulo 2**64 over the bytes, so that all windows of a text come from one running sum (Karp and
    Rabin 1987), then mixed and cut to the upper half.
    """
    signs = np.frombuffer(normalised(text), dtype=np.uint8)
    if not len(signs):
        return np.empty(0, dtype=np.uint32)
    blanks = np.flatnonzero(signs == _BLANK)
    starts, ends = np.concatenate(([0], blanks + 1)), np.concatenate((blanks, [len(signs)]))
    windows = max(len(starts) - words + 1, 1)
    starts, ends = starts[:windows], ends[-windows:]
    powers, inverses = _powers()
    sums = np.zeros(len(signs) + 1, dtype=np.uint64)
    np.cumsum(signs * powers[: len(signs)], out=sums[1:])
    hashes = (sums[ends] - sums[starts]) * inverses[starts]
    hashes ^= hashes >> _HALF
    hashes *= _MIX
    return ((hashes ^ (hashes >> _HALF)) >> _HALF).astype(np.uint32)


def shingle_set(text: str) -> Hashes:
    """Return the distinct shingles, sorted."""
    return distinct(shingle_hashes(text))


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """Return the distinct numbers, sorted. numpy 2.4's unique hashes first, which took 20 times as long on 10 M."""
    ordered = np.sort(numbers)
    new = np.empty(len(ordered), dtype=np.bool_)
    new[:1] = True
    np.not_equal(ordered[1:], ordered[:-1], out=new[1:])
    return ordered[new]


@cache
def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the powers of the base and of its inverse modulo 2**64 (both odd, so the inverse exists)."""
    inverse = pow(_BASE, -1, 1 << 64)
    both = []
    for base in (_BASE, inverse):
        factors = np.full(LONGEST_TEXT + 1, base, dtype=np.uint64)
        factors[0] = 1
        both.append(np.cumprod(factors))
    return both[0], both[1]
