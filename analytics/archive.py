"""Where snapshots and runs lie on disk, and how their arrays are opened. One opened copy per process."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from analytics.profiles import COARSE, ProfileFit, ProfileModel, coarse_of
from analytics.snapshot import DamagedSnapshot, Snapshot, open_snapshot

MODEL = "model"


@dataclass(frozen=True)
class Memberships:
    """fine: float32 [n, k2] in the order of the snapshot's rows, rows add up to 1; thin: [n], too few skills to tell.

    parents: [k2], the coarse profile that each fine one is a part of.
    """

    fine: NDArray[np.float32]
    thin: NDArray[np.bool_]
    parents: NDArray[np.int64]

    def at(self, level: str) -> NDArray[np.float32]:
        """Return the memberships [n, k] on a level; coarse ones are exactly the sums of their parts."""
        return coarse_of(self.fine, self.parents) if level == COARSE else self.fine

    def row(self, row: int, level: str) -> NDArray[np.float32]:
        """Return those of one posting [k]."""
        return replace(self, fine=self.fine[[row]]).at(level)[0]


def snapshots_folder() -> Path:
    return _made(Path(settings.DATA_DIR) / "snapshots")


def runs_folder() -> Path:
    return _made(Path(settings.DATA_DIR) / "runs")


_verified: set[Path] = set()


@lru_cache(maxsize=4)
def snapshot_in(folder: str) -> Snapshot:
    """Return the opened snapshot; its arrays are memory-mapped, so a second process shares them.

    Every byte is read and compared with its checksum the first time that a process opens a folder: 0.3 s at a million
    postings. Raises DamagedSnapshot, with a sentence.
    """
    snapshot = open_snapshot(snapshots_folder() / folder)
    if snapshot.path not in _verified:
        snapshot.verify()
        _verified.add(snapshot.path)
    return snapshot


def has_snapshot(folder: str) -> bool:
    """Return whether the snapshot of a run still lies there; those of old runs are removed."""
    return bool(folder) and (snapshots_folder() / folder).is_dir()


def save_profiles(input_key: str, fit: ProfileFit) -> None:
    """Write the memberships and the model of a run, whole or not at all."""
    with tempfile.TemporaryDirectory(dir=runs_folder()) as temporary:
        whole = Path(temporary) / "whole"
        (whole / MODEL).mkdir(parents=True)
        np.save(whole / "memberships.npy", fit.memberships)
        np.save(whole / "thin.npy", fit.thin)
        fit.model.save(whole / MODEL)
        final = runs_folder() / input_key
        if final.exists():
            # The same inputs give the same arrays: what lies there is equal, or damaged.
            final.replace(Path(temporary) / "before")
        whole.replace(final)


@lru_cache(maxsize=4)
def memberships_of(input_key: str) -> Memberships:
    """Return the opened memberships of a run; raises DamagedSnapshot, with a sentence."""
    return load_memberships(input_key)


def load_memberships(input_key: str) -> Memberships:
    with _in_words(input_key) as folder:
        fine, thin = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("memberships", "thin"))
        return Memberships(fine, thin, ProfileModel.load(folder / MODEL).parents)


def load_model(input_key: str) -> ProfileModel:
    """Return the profiles of a run, ready to score other postings; raises DamagedSnapshot, with a sentence."""
    with _in_words(input_key) as folder:
        return ProfileModel.load(folder / MODEL)


@contextmanager
def _in_words(input_key: str) -> Iterator[Path]:
    try:
        yield runs_folder() / input_key
    except (OSError, ValueError, EOFError) as error:
        raise DamagedSnapshot(f"The profiles in runs/{input_key} cannot be read: {error}. Make a run again.") from error


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
