"""Words of postings -> the postings x skills matrix and its inverted index.

The rows are taken in blocks whose pairs fit a processor's cache, each pair as one 32-bit number of row, skill and
level: sorting those is several times faster than sorting or counting all pairs at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.facts import LEVEL_BITS, LEVELS, Words
from analytics.snapshot.order import pointers

Array = NDArray[Any]
WORD_BITS = 32
BLOCK_PAIRS = 1 << 19


def matrix_of(words: Words, order: Array, skill_rank: Array) -> tuple[Array, Array]:
    """Return (indptr [n + 1], codes int32): 3 * skill + level of each row, ascending, each skill once.

    Row i is posting `order[i]`, `skill_rank[s]` the code of skill s. Of several levels the strongest stays.
    """
    n, k = len(order), len(skill_rank)
    table = _code_of_word(words, skill_rank)
    bits = int(k).bit_length() + LEVEL_BITS  # k itself stands for words that no figure counts
    lengths = np.diff(words.indptr)[order]
    starts = words.indptr[:-1][order]
    kept_lengths = np.zeros(n, np.int64)
    parts = [np.empty(0, np.int32)]
    for first, last in _blocks(lengths, 1 << (WORD_BITS - bits)):
        coded = table[_runs(words.coded, starts[first:last], lengths[first:last])]
        row = np.repeat(np.arange(last - first, dtype=np.uint32), lengths[first:last])
        packed = row << np.uint32(bits) | coded
        packed.sort()
        pair = packed >> np.uint32(LEVEL_BITS)
        keep = np.ones(len(pair), np.bool_)
        keep[:-1] = pair[1:] != pair[:-1]  # the strongest of equals is last
        keep &= (pair & np.uint32((1 << bits - LEVEL_BITS) - 1)) != k
        packed = packed[keep]
        kept_lengths[first:last] = np.bincount(packed >> np.uint32(bits), minlength=last - first)
        code = packed & np.uint32((1 << bits) - 1)
        parts.append((code - (code >> np.uint32(LEVEL_BITS))).astype(np.int32))  # 4 s + l -> 3 s + l
    codes = np.concatenate(parts)
    return pointers(kept_lengths, narrow=is_narrow(len(codes))), codes


def inverted(indptr: Array, codes: Array, k: int) -> tuple[Array, Array, Array]:
    """Return (inv_indptr [k + 1], inv_row int32, inv_level int8): the rows of each skill, ascending."""
    from scipy.sparse import csr_matrix  # slow to import, and only a builder needs it

    skill, level = np.empty(len(codes), np.int32), np.empty(len(codes), np.int8)
    for first in range(0, len(codes), BLOCK_PAIRS):  # in blocks, since fresh memory costs more than the division
        block = slice(first, first + BLOCK_PAIRS)
        skill[block] = codes[block] // np.int32(LEVELS)
        level[block] = codes[block] - skill[block] * np.int32(LEVELS)
    turned = csr_matrix((level, skill, indptr), shape=(len(indptr) - 1, k)).tocsc()
    narrow = np.int32 if is_narrow(len(codes)) else np.int64
    return turned.indptr.astype(narrow), turned.indices.astype(np.int32), turned.data


def is_narrow(pairs: int) -> bool:
    """Return whether places among so many pairs fit 32 bits."""
    return pairs < np.iinfo(np.int32).max


def _code_of_word(words: Words, skill_rank: Array) -> Array:
    """Return 4 * skill + level of each code 4 * word + level, uint32; skill k for words that no figure counts."""
    ranks = np.append(skill_rank, len(skill_rank))[words.skill_of]
    return (ranks[:, None] << LEVEL_BITS | np.arange(1 << LEVEL_BITS)).astype(np.uint32).reshape(-1)


def _blocks(lengths: Array, most_rows: int) -> list[tuple[int, int]]:
    """Return spans of rows with about BLOCK_PAIRS pairs and at most `most_rows` rows each."""
    ends = np.cumsum(lengths)
    blocks, first = [], 0
    while first < len(lengths):
        before = int(ends[first - 1]) if first else 0
        full = int(np.searchsorted(ends, before + BLOCK_PAIRS, "right"))
        last = min(max(full, first + 1), first + most_rows, len(lengths))
        blocks.append((first, last))
        first = last
    return blocks


def _runs(values: Array, starts: Array, lengths: Array) -> Array:
    """Return the runs of `values` that begin at `starts`, one after the other."""
    shift = starts - (np.cumsum(lengths) - lengths)
    return values[np.repeat(shift, lengths) + np.arange(int(lengths.sum()))]
