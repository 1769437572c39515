"""Learned profiles as an object that scores postings it has never seen, and that is kept as plain arrays."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from analytics.profiles.em import Parameters
from analytics.profiles.settings import FitSettings
from analytics.profiles.tree import COARSE, FINE, LevelName, Memberships, Tree, coarse_of

Floats = NDArray[np.float64]
_ARRAYS = ("coarse_weights", "coarse_skills", "fine_weights", "fine_skills", "parents")


@dataclass(frozen=True)
class Scored:
    """fine: float32 [n, k2], rows add up to 1. thin: [n], too few known skills: the memberships are a guess."""

    fine: Memberships
    thin: NDArray[np.bool_]


@dataclass(frozen=True)
class ProfileModel:
    """A tree of profiles over the skills it was taught on, by name; what it was asked for; how many postings taught."""

    tree: Tree
    skills: tuple[str, ...]
    settings: FitSettings
    teaching: int

    def memberships(self, X: sparse.sparray | sparse.spmatrix, skills: Sequence[str]) -> Scored:
        """Return the memberships of postings X [n, s], whose columns are called `skills`, without a refit.

        X holds 1 (or any weight > 0) where a posting names a skill. Skills that the model does not know are left out; a
        posting that names none of the others has the weights. Bit for bit the same whether postings are scored
        together or alone, in whatever order their skills stand, and on any number of threads.
        """
        known = self.on_own_skills(X, skills)
        return Scored(self.tree.memberships(known), np.diff(known.indptr) < self.settings.least_skills)

    def on_own_skills(self, X: sparse.sparray | sparse.spmatrix, skills: Sequence[str]) -> sparse.csr_array:
        """Return X [n, s] on the columns of the model [n, len(self.skills)], zero for skills that X lacks."""
        place = {name: column for column, name in enumerate(self.skills)}
        columns = np.array([place.get(name, -1) for name in skills], np.int32)
        pairs = sparse.csr_array(X)
        own = columns[pairs.indices] if len(columns) else np.zeros(0, np.int32)
        kept = (own >= 0) & (pairs.data != 0)
        starts = np.concatenate(([0], np.cumsum(kept)))[pairs.indptr]
        shape = (X.shape[0], len(self.skills))
        known = sparse.csr_array((pairs.data[kept].astype(np.float64), own[kept], starts), shape=shape)
        known.sum_duplicates()
        return known

    def weights(self, level: LevelName) -> Floats:
        """Return the shares [k] of the profiles of a level, adding up to 1."""
        if level == COARSE:
            return self.tree.coarse.weights
        weights = self.tree.fine_weights
        return weights if level == FINE else np.bincount(self.wholes(level), weights).astype(np.float64)

    def profile_skills(self, level: LevelName) -> Floats:
        """Return P(skill | profile) [k, len(self.skills)] of a level, rows adding up to 1."""
        if level == COARSE:
            return self.tree.coarse.skills
        fine, weights = self.tree.fine.skills, self.tree.fine_weights
        if level == FINE:
            return fine
        return coarse_of((fine * weights[:, None]).T, self.wholes(level)).T / self.weights(level)[:, None]

    @property
    def levels(self) -> tuple[LevelName, ...]:
        """Return the names of its levels, from the coarse one to the fine one."""
        return self.tree.levels

    def wholes(self, level: LevelName) -> NDArray[np.int64]:
        """Return the profile [k2] of a level that each fine one is a part of."""
        return self.tree.wholes(level)

    @property
    def parents(self) -> NDArray[np.int64]:
        """Return the coarse profile [k2] that each fine one is a part of."""
        return self.tree.parents

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder: five arrays and model.json."""
        coarse, fine = self.tree.coarse, self.tree.fine
        arrays = (coarse.weights, coarse.skills, fine.weights, fine.skills, self.tree.parents)
        for name, array in zip(_ARRAYS, arrays, strict=True):
            np.save(folder / f"{name}.npy", array)
        middle = None if self.tree.middle is None else self.tree.middle.tolist()
        told = {"skills": self.skills, "settings": asdict(self.settings), "teaching": self.teaching, "middle": middle}
        (folder / "model.json").write_text(json.dumps(told))

    @classmethod
    def load(cls, folder: Path) -> ProfileModel:
        """Read what `save` wrote; raises OSError, ValueError or EOFError when it is not there, or damaged."""
        told = json.loads((folder / "model.json").read_text())
        weights, skills, fine_weights, fine_skills, parents = (
            np.load(folder / f"{name}.npy", allow_pickle=False) for name in _ARRAYS
        )
        try:
            names, settings, teaching = tuple(told["skills"]), FitSettings(**told["settings"]), int(told["teaching"])
            middle = None if told.get("middle") is None else np.array(told["middle"], np.int64)
        except (KeyError, TypeError) as error:
            raise ValueError(f"model.json lacks {error}") from error
        shapes = (len(weights), len(names)), (len(parents), len(names)), (len(parents),)
        is_whole = middle is None or middle.shape == parents.shape
        if not is_whole or (skills.shape, fine_skills.shape, fine_weights.shape) != shapes:
            raise ValueError("the arrays of the model do not fit together")
        coarse, fine = Parameters(weights, skills), Parameters(fine_weights, fine_skills)
        tree = Tree(coarse, fine, parents, settings.scale, settings.least_skills, middle)
        return cls(tree, names, settings, teaching)
