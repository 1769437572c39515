"""Profiles on nested levels: a few coarse ones, each split into fine ones, and the memberships of a posting in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.profiles.em import Parameters, Real, added_up, log_joint, normalised, scaled_rows

Floats = NDArray[np.float64]
Memberships = NDArray[np.float32]
Numbers = NDArray[np.int64]

LevelName = Literal["coarse", "middle", "fine"]
COARSE: LevelName = "coarse"
MIDDLE: LevelName = "middle"
FINE: LevelName = "fine"

BLOCK = 65_536  # postings scored at a time: bounds the memory, changes no bit


@dataclass(frozen=True)
class Tree:
    """`coarse` has k1 profiles; `fine` k2 >= k1, whose weights add up to 1 under each parent.

    parents: [k2], the coarse profile that each fine one is a part of; every coarse one has at least one.
    scale, full_at: how a posting's skills are weighed, see `scaled_rows`. middle: [k2], the profile of the level
    between the two that each fine one is a part of, itself a part of one coarse profile; None without such a level.
    """

    coarse: Parameters
    fine: Parameters
    parents: Numbers
    scale: float
    full_at: int
    middle: Numbers | None = None

    @property
    def levels(self) -> tuple[LevelName, ...]:
        """Return the names of the levels, from the coarse one to the fine one."""
        return (COARSE, FINE) if self.middle is None else (COARSE, MIDDLE, FINE)

    def wholes(self, level: LevelName) -> Numbers:
        """Return the number [k2] of the profile on `level` that each fine one is a part of; ValueError for no level."""
        if level == MIDDLE and self.middle is None:
            raise ValueError("The tree has no middle level.")
        found = {COARSE: self.parents, MIDDLE: self.middle, FINE: np.arange(len(self.parents))}[level]
        return np.asarray(found, np.int64)

    @property
    def fine_weights(self) -> Floats:
        """Return the shares [k2] of the fine profiles, adding up to 1."""
        return np.asarray(self.coarse.weights[self.parents] * self.fine.weights)

    def memberships(self, counts: sparse.csr_array) -> Memberships:
        """Return the fine memberships [n, k2] of rows [n, s] of skills, each row adding up to 1.

        P(fine | x) = P(coarse | x) P(fine | coarse, x), so what a posting has of a coarse profile is the sum of what
        it has of the parts (`coarse_of`). A row's result does not depend on the other rows, to the last bit; a row
        without a skill has the weights.
        """
        found = np.empty((counts.shape[0], len(self.parents)), np.float32)
        for first in range(0, len(found), BLOCK):
            block = slice(first, first + BLOCK)
            rows = scaled_rows(sparse.csr_array(counts[block]), total=self.scale, full_at=self.full_at)
            found[block] = self._in_parts(rows)
        return found

    def _in_parts(self, rows: sparse.csr_array) -> Floats:
        coarse = normalised(log_joint(rows, self.coarse))[0]
        fine = log_joint(rows, self.fine)
        for number in range(len(self.coarse.weights)):
            parts = np.flatnonzero(self.parents == number)
            fine[:, parts] = normalised(fine[:, parts])[0] * coarse[:, [number]]
        return fine


def coarse_of(fine: NDArray[Real], wholes: Numbers) -> NDArray[Real]:
    """Return what fine columns [n, k2] come to in each whole [n, k1] of `wholes` [k2], added up from left to right."""
    groups = [np.flatnonzero(wholes == number) for number in range(int(wholes.max()) + 1)]
    return np.stack([added_up(np.ascontiguousarray(fine[:, group].T)) for group in groups], axis=1)
