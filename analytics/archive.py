"""Where snapshots and runs lie on disk, and how their arrays are opened. One opened copy per process."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from analytics.profiles import ProfileFit
from analytics.snapshot import DamagedSnapshot, Snapshot, open_snapshot


@dataclass(frozen=True)
class ProfileSkills:
    """weights: [k, s], each row adds up to 1; skills: [s] names."""

    weights: NDArray[np.float64]
    skills: list[str]


@dataclass(frozen=True)
class Memberships:
    """values: [n, k] in the order of the snapshot's rows, rows add up to 1; thin: [n], too few skills to tell;
    counts: [k, s], how many postings of a profile (sums of memberships) name each skill; sizes: [k]."""

    values: NDArray[np.float32]
    thin: NDArray[np.bool_]
    counts: NDArray[np.float64]
    sizes: NDArray[np.float64]


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


def save_memberships(input_key: str, fit: ProfileFit, skills: list[str]) -> None:
    """Write the arrays of a run, whole or not at all."""
    arrays = {
        "memberships": fit.memberships,
        "thin": fit.thin,
        "counts": fit.counts,
        "sizes": fit.sizes,
        "profile_skills": fit.profile_skills,
    }
    with tempfile.TemporaryDirectory(dir=runs_folder()) as temporary:
        whole = Path(temporary) / "whole"
        whole.mkdir()
        for name, array in arrays.items():
            np.save(whole / f"{name}.npy", array)
        (whole / "skills.json").write_text(json.dumps(skills))
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
        return Memberships(
            values=np.load(folder / "memberships.npy", mmap_mode="r"),
            thin=np.load(folder / "thin.npy", mmap_mode="r"),
            counts=np.load(folder / "counts.npy"),
            sizes=np.load(folder / "sizes.npy"),
        )


def load_profile_skills(input_key: str) -> ProfileSkills:
    """Return the shapes of a run's profiles; raises DamagedSnapshot, with a sentence."""
    with _in_words(input_key) as folder:
        return ProfileSkills(np.load(folder / "profile_skills.npy"), json.loads((folder / "skills.json").read_text()))


@contextmanager
def _in_words(input_key: str) -> Iterator[Path]:
    try:
        yield runs_folder() / input_key
    except (OSError, ValueError, EOFError) as error:
        raise DamagedSnapshot(f"The profiles in runs/{input_key} cannot be read: {error}. Make a run again.") from error


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
