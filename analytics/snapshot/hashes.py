"""Texts as 64-bit numbers that are the same in every process: what names a posting without its database id."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
DIGITS = 32


def text_hashes(values: Sequence[str]) -> Hashes:
    """Return one number for each text, uint64 [n].

    Keys and content hashes of postings are 32 hex digits already and are taken as they are, which is ten times
    faster than hashing them; other texts are hashed (BLAKE2b).
    """
    try:
        digits = bytes.fromhex("".join(values)) if set(map(len, values)) <= {DIGITS} else b""
    except ValueError:
        digits = b""
    if len(digits) * 2 != len(values) * DIGITS:
        digits = b"".join(map(_digest, values))
    high, low = np.frombuffer(digits, ">u8").reshape(-1, 2).T.astype(np.uint64)
    return mixed(high) ^ low


def together(first: Hashes, second: Hashes) -> Hashes:
    """Return one number for each pair of numbers, uint64 [n]; the order of the two matters."""
    return mixed(mixed(first) + second)


def mixed(values: Hashes) -> Hashes:
    """Return the numbers spread over all 64 bits, each another one (as SplitMix64 ends, Steele et al. 2014)."""
    spread = values + np.uint64(0x9E3779B97F4A7C15)
    spread = (spread ^ spread >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    spread = (spread ^ spread >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return spread ^ spread >> np.uint64(31)


def _digest(value: str) -> bytes:
    if len(value) == DIGITS:
        try:
            digits = bytes.fromhex(value)
        except ValueError:
            digits = b""
        if len(digits) * 2 == DIGITS:
            return digits
    return blake2b(value.encode("utf-8", "surrogatepass"), digest_size=DIGITS // 2).digest()
