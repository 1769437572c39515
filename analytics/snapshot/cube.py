"""The prefix cube: counts of skills by month and role, summed up to each month.

`cube[copies, slot, i]` holds the counts (3 per skill, one for each level) over all postings of the slot
whose month is among the first i of `cube_month`; so any span of whole months is the difference of two
rows. Slot 0 is every role, slot 1 + r is role r; copies 0 leaves copies out, 1 counts them. `cube_n` holds
the number of postings in the same shape. `cube_month` lists the months that occur, -1 (unknown) first.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.facts import LEVELS

Array = NDArray[Any]

# A cube much larger than the pairs it sums up costs more to write and map than it saves: small snapshots
# keep slot 0 only, and one role is then a contiguous slice.
CELLS_PER_PAIR = 4
CELLS_ALWAYS = 4_000_000


def cube_arrays(content: dict[str, Array], derived: dict[str, Array], k: int) -> dict[str, Array]:
    """Return `cube` (int32), `cube_n` (int32) and `cube_month` (int32) of the laid out columns."""
    months = np.unique(content["month"])
    step = np.searchsorted(months, content["month"])
    starts = derived["role_start"]
    slots, shape = len(starts), (len(months), k * LEVELS)
    cube_n = np.zeros((2, slots, len(months) + 1), np.int32)
    cube = np.zeros((2, _cube_slots(content, slots, shape), len(months) + 1, shape[1]), np.int32)
    for role in range(slots - 1):
        span = slice(int(starts[role]), int(starts[role + 1]))
        pointers = content["indptr"][span.start : span.stop + 1]
        lengths = np.diff(pointers)
        cell = np.repeat(step[span] * shape[1], lengths) + derived["pair_code"][pointers[0] : pointers[-1]]
        original = ~content["is_copy"][span]
        for copies, kept in ((0, original), (1, np.ones_like(original))):
            cube_n[copies, role + 1, 1:] = np.cumsum(np.bincount(step[span][kept], minlength=shape[0]))
            counts = _running(cell[np.repeat(kept, lengths)], shape)
            cube[copies, 0, 1:] += counts
            if cube.shape[1] > 1:
                cube[copies, role + 1, 1:] = counts
    cube_n[:, 0] = cube_n[:, 1:].sum(axis=1)
    return {"cube": cube, "cube_n": cube_n, "cube_month": months.astype(np.int32)}


def _cube_slots(content: dict[str, Array], slots: int, shape: tuple[int, int]) -> int:
    cells = 2 * slots * (shape[0] + 1) * shape[1]
    return slots if cells <= max(CELLS_ALWAYS, CELLS_PER_PAIR * len(content["pair_skill"])) else 1


def _running(cell: Array, shape: tuple[int, int]) -> Array:
    """Return the counts of `cell` numbers as [months, 3k], summed up over the months."""
    counts = np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)
    return np.cumsum(counts, axis=0, dtype=np.int32)
