"""Where snapshots and runs lie on disk, and how their arrays are opened. One opened copy per process."""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from analytics.profiles import COARSE, FINE, MIDDLE, ProfileModel, Scored, coarse_of
from analytics.snapshot import DamagedSnapshot, Snapshot, open_snapshot
from analytics.snapshot.record import DamagedRecord
from postings.models import ChangeMark

MODEL = "model"


@dataclass(frozen=True)
class Memberships:
    """fine: float32 [n, k2] in the order of the snapshot's rows, rows add up to 1; thin: [n], too few skills to tell.

    parents: [k2], the coarse profile that each fine one is a part of; middle: the same for the level between, None
    without one.
    """

    fine: NDArray[np.float32]
    thin: NDArray[np.bool_]
    parents: NDArray[np.int64]
    middle: NDArray[np.int64] | None = None

    @classmethod
    def of(cls, scored: Scored, model: ProfileModel) -> "Memberships":
        return cls(scored.fine, scored.thin, model.parents, model.tree.middle)

    def at(self, level: str) -> NDArray[np.float32]:
        """Return the memberships [n, k] on a level; those of wholes are exactly the sums of their parts."""
        if level == COARSE:
            return coarse_of(self.fine, self.parents)
        return coarse_of(self.fine, self.middle) if level == MIDDLE and self.middle is not None else self.fine

    @property
    def side_by_side(self) -> NDArray[np.float32]:
        """Return the memberships on all levels, from the coarse one to the fine one."""
        levels = (COARSE, FINE) if self.middle is None else (COARSE, MIDDLE, FINE)
        return np.hstack([self.at(level) for level in levels])

    def row(self, row: int, level: str) -> NDArray[np.float32]:
        """Return those of one posting [k]."""
        return replace(self, fine=self.fine[[row]]).at(level)[0]


def snapshots_folder() -> Path:
    return _made(Path(settings.DATA_DIR) / "snapshots")


def runs_folder() -> Path:
    return _made(Path(settings.DATA_DIR) / "runs")


def record_folder() -> Path:
    """Return where the frozen record of the facts is kept."""
    return _made(Path(settings.DATA_DIR) / "facts")


def record_list(mark: str) -> Path:
    """Return the file that lists the segments of the copy of the facts that is called `mark`."""
    return record_folder() / f"{mark}.list.json"


def record_files() -> list[Path]:
    """Return the segments of the copy of the facts that the database marks, the base first; raises DamagedRecord."""
    mark = ChangeMark.objects.values_list("name", flat=True).first() or ""
    try:
        return [record_folder() / name for name in json.loads(record_list(mark).read_text())["files"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedRecord(f"the list of the copy “{mark}” of the facts cannot be read ({error})") from error


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
    """Return whether the snapshot of a run lies there; those of old runs are removed."""
    return bool(folder) and (snapshots_folder() / folder).is_dir()


def save_profiles(input_key: str, model: ProfileModel, scored: Scored) -> None:
    """Write the model of a run and what it gave the postings of the snapshot, whole or not at all."""
    with tempfile.TemporaryDirectory(dir=runs_folder()) as temporary:
        whole = Path(temporary) / "whole"
        (whole / MODEL).mkdir(parents=True)
        np.save(whole / "memberships.npy", scored.fine)
        np.save(whole / "thin.npy", scored.thin)
        model.save(whole / MODEL)
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
        return Memberships.of(Scored(fine, thin), ProfileModel.load(folder / MODEL))


def load_model(input_key: str) -> ProfileModel:
    """Return the profiles of a run, ready to score other postings; raises DamagedSnapshot, with a sentence."""
    with _in_words(input_key) as folder:
        return ProfileModel.load(folder / MODEL)


def write_json(path: Path, content: object) -> None:
    """Write a file whole or not at all, so that it would survive a power cut; its folder is made."""
    folder = _made(path.parent)
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".", suffix=".part", delete=False) as file:
        json.dump(content, file, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _in_words(input_key: str) -> Iterator[Path]:
    try:
        yield runs_folder() / input_key
    except (OSError, ValueError, EOFError) as error:
        raise DamagedSnapshot(f"The profiles in runs/{input_key} cannot be read: {error}. Make a run again.") from error


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
