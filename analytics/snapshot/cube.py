"""The prefix cube: counts of skills by month and role, summed up to each month.

`cube[slot, i]` holds the counts (3 per skill, one for each level) over the postings of the slot, copies left out,
whose month is among the first i of `cube_month`; so any span of whole months is the difference of two rows. Slot 0 is
every role, slot 1 + r is role r. `cube_copies[i]` holds the same over all roles with copies counted: by role they are
asked for so seldom that they are not worth half the size. `cube_n[copies, slot, i]` is the number of postings, copies
left out (0) or counted (1). `cube_month` lists the months that occur, -1 (unknown) first.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.facts import LEVELS

Array = NDArray[Any]

# A cube much larger than the pairs it sums up costs more to write and map than it saves: small snapshots
# keep slot 0 only, and one role is then a contiguous slice.
CELLS_PER_PAIR = 2
CELLS_ALWAYS = 2_000_000


def cube_arrays(content: dict[str, Array], role_start: Array, k: int) -> dict[str, Array]:
    """Return `cube`, `cube_copies`, `cube_n` and `cube_month` of the laid out columns, all int32."""
    months, step = _steps(content["month"])
    slots, width = len(role_start), k * LEVELS
    cube_n = np.zeros((2, slots, len(months) + 1), np.int32)
    cube = np.zeros((_cube_slots(content, slots, len(months), width), len(months) + 1, width), np.int32)
    cube_copies = np.zeros(cube.shape[1:], np.int32)
    for role in range(slots - 1):
        span = slice(int(role_start[role]), int(role_start[role + 1]))
        indptr = content["indptr"][span.start : span.stop + 1]
        lengths = np.diff(indptr)
        copy = content["is_copy"][span]
        # Copies and originals are counted apart, each pair once: all postings are their sum.
        group = step[span] * 2 + copy
        tally = np.bincount(group, minlength=2 * len(months)).reshape(-1, 2)
        cells = np.repeat(group * width, lengths) + content["pair_code"][indptr[0] : indptr[-1]]
        counts = np.bincount(cells, minlength=2 * len(months) * width).reshape(len(months), 2, width)
        cube_n[0, role + 1, 1:] = np.cumsum(tally[:, 0])
        cube_n[1, role + 1, 1:] = np.cumsum(tally.sum(axis=1))
        running = np.cumsum(counts[:, 0], axis=0, dtype=np.int32)
        cube[0, 1:] += running
        if len(cube) > 1:
            cube[role + 1, 1:] = running
        cube_copies[1:] += counts[:, 1]
    cube_copies[1:] = np.cumsum(cube_copies[1:], axis=0) + cube[0, 1:]
    cube_n[:, 0] = cube_n[:, 1:].sum(axis=1)
    return {"cube": cube, "cube_copies": cube_copies, "cube_n": cube_n, "cube_month": months}


def _steps(month: Array) -> tuple[Array, Array]:
    """Return the months that occur, ascending int32, and the place of each posting's month among them, int64."""
    occurs = np.bincount(month + 1) > 0 if len(month) else np.zeros(0, np.bool_)
    months = np.flatnonzero(occurs) - 1
    return months.astype(np.int32), (np.cumsum(occurs) - 1)[month + 1]


def _cube_slots(content: dict[str, Array], slots: int, months: int, width: int) -> int:
    cells = slots * (months + 1) * width
    return slots if cells <= max(CELLS_ALWAYS, CELLS_PER_PAIR * len(content["pair_code"])) else 1
