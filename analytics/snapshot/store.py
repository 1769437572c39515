"""A snapshot on disk: one directory, written once, never changed.

    <hash[:16]>-<local[:8]>/
        meta.json            format, hashes, stamps, and size and checksum of every file
        <array>.npy          the arrays of `build.lay_out`
        <column>.names.json  the names behind the codes

`hash` covers the content: columns, pairs, names and stamps. `local` covers what differs between two
machines with the same content (database ids, spellings of companies) and the format.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

FORMAT = 4
META = "meta.json"


class DamagedSnapshot(Exception):  # noqa: N818 (it names what was found, and is caught by that name)
    """A snapshot directory cannot be trusted; str(e) is a sentence for the person who runs the site."""


@dataclass(frozen=True)
class Layout:
    """All that is written. Content, names and stamps make the hash; derived follows from them."""

    content: Mapping[str, Array]
    derived: Mapping[str, Array]
    local: Mapping[str, Array]
    names: Mapping[str, list[Any]]
    local_names: Mapping[str, list[Any]]
    stamps: Mapping[str, str]


@dataclass(frozen=True)
class OpenedFiles:
    """A snapshot directory with its arrays mapped, read-only; names are read when asked for."""

    path: Path
    meta: Mapping[str, Any]
    arrays: Mapping[str, Array]

    def names(self, column: str) -> list[Any]:
        file = self.path / f"{column}.names.json"
        try:
            return list(json.loads(file.read_bytes()))
        except (OSError, ValueError) as error:
            raise damaged(self.path, f"{file.name} cannot be read ({error})") from error


def save(layout: Layout, directory: Path) -> OpenedFiles:
    """Write `layout` atomically below `directory`; open what is there when it was written before."""
    texts = {name: _json(values) for name, values in {**layout.names, **layout.local_names}.items()}
    meta = _meta(layout, texts)
    final = directory / f"{meta['hash'][:16]}-{meta['local'][:8]}"
    if final.exists():
        try:
            opened = open_files(final)
            verify_files(opened)
        except DamagedSnapshot:
            _set_aside(final)
        else:
            final.touch()  # whoever removes what nobody has used for long leaves it alone
            return opened
    directory.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=".building-", dir=directory))
    try:
        _write(layout, meta, texts, building)
        _move(building, final)
    finally:
        shutil.rmtree(building, ignore_errors=True)  # gone already when the move took place
    return open_files(final)


def open_files(path: Path) -> OpenedFiles:
    """Map the arrays of a snapshot directory; sizes, types and shapes are checked.

    `verify_files` checks the contents. Raises DamagedSnapshot for what is missing, cut short or
    of another format.
    """
    meta = _read_meta(path)
    for name, entry in meta["files"].items():
        file = path / name
        if not file.is_file():
            raise damaged(path, f"{name} is missing")
        if file.stat().st_size != entry["bytes"]:
            raise damaged(path, f"{name} has {file.stat().st_size} bytes instead of {entry['bytes']}")
    arrays = {
        name.removesuffix(".npy"): _open_array(path, name, entry)
        for name, entry in meta["files"].items()
        if name.endswith(".npy")
    }
    return OpenedFiles(path, meta, arrays)


def remove_unfinished(directory: Path, *, before: float) -> int:
    """Remove what killed builds and damaged snapshots left below `directory`; return how many.

    Only what was last touched before `before` (seconds since 1970): a build may be under way right now.
    """
    left = [*directory.glob(".building-*"), *directory.glob(".damaged-*")]
    old = [path for path in left if path.stat().st_mtime < before]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)  # another sweep may have been faster
    return len(old)


def verify_files(opened: OpenedFiles) -> None:
    """Read every byte again and compare checksums and both hashes; raises DamagedSnapshot."""
    files = opened.meta["files"]
    for name, entry in files.items():
        if name.endswith(".npy"):
            found = _array_digest(opened.arrays[name.removesuffix(".npy")])
        else:
            found = sha256((opened.path / name).read_bytes()).hexdigest()
        if found != entry["sha256"]:
            raise damaged(opened.path, f"{name} does not match its checksum")
    for which in ("hash", "local"):
        if _combined(files, which, opened.meta["stamps"]) != opened.meta[which]:
            raise damaged(opened.path, f"its files do not add up to its {which}")


def _meta(layout: Layout, texts: Mapping[str, bytes]) -> dict[str, Any]:
    groups: tuple[tuple[str, Mapping[str, Array], Iterable[str]], ...] = (
        ("hash", layout.content, layout.names),
        ("derived", layout.derived, ()),
        ("local", layout.local, layout.local_names),
    )
    files: dict[str, dict[str, Any]] = {}
    for part, arrays, names in groups:
        for name, array in arrays.items():
            files[f"{name}.npy"] = {
                "part": part,
                "sha256": _array_digest(array),
                "dtype": array.dtype.str,
                "shape": list(array.shape),
            }
        for name in names:
            files[f"{name}.names.json"] = {"part": part, "sha256": sha256(texts[name]).hexdigest()}
    stamps = dict(layout.stamps)
    hashes = {which: _combined(files, which, stamps) for which in ("hash", "local")}
    n, pairs = len(layout.content["day"]), len(layout.content["pair_code"])
    return {"format": FORMAT, **hashes, "n": n, "pairs": pairs, "stamps": stamps, "files": files}


def _combined(files: Mapping[str, Mapping[str, Any]], part: str, stamps: Mapping[str, str]) -> str:
    """Return one hash over the files of a part, free of the order in which they are listed."""
    covered = [
        [name, entry["sha256"], entry.get("dtype"), entry.get("shape")]
        for name, entry in sorted(files.items())
        if entry["part"] == part
    ]
    beside = sorted(stamps.items()) if part == "hash" else FORMAT
    return sha256(_json([covered, beside])).hexdigest()


def _array_digest(array: Array) -> str:
    return sha256(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data).hexdigest()


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def _write(layout: Layout, meta: dict[str, Any], texts: Mapping[str, bytes], building: Path) -> None:
    for name, array in {**layout.content, **layout.derived, **layout.local}.items():
        with (building / f"{name}.npy").open("wb") as file:
            np.save(file, array, allow_pickle=False)
            _to_disk(file.fileno())
    for name, text in texts.items():
        _write_bytes(building / f"{name}.names.json", text)
    for name, entry in meta["files"].items():
        entry["bytes"] = (building / name).stat().st_size
    _write_bytes(building / META, json.dumps(meta, indent=1).encode("ascii"))
    building.chmod(0o755)  # mkdtemp makes it private; web processes may run as another user


def _write_bytes(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        _to_disk(file.fileno())


def _to_disk(descriptor: int) -> None:
    # Without it, a power cut after the rename can leave files of the right size full of zeros.
    os.fsync(descriptor)


def _move(building: Path, final: Path) -> None:
    try:
        building.replace(final)
    except OSError:
        if not final.is_dir():
            raise
        # Another process wrote the same content first; theirs is as good as ours.


def _set_aside(final: Path) -> None:
    final.replace(tempfile.mkdtemp(prefix=f".damaged-{final.name}-", dir=final.parent))


def _read_meta(path: Path) -> dict[str, Any]:
    try:
        meta = json.loads((path / META).read_bytes())
        known = meta["format"] == FORMAT and {"hash", "local", "n", "stamps", "files"} <= meta.keys()
        known = known and all({"part", "bytes", "sha256"} <= entry.keys() for entry in meta["files"].values())
    except FileNotFoundError as error:
        raise damaged(path, f"{META} is missing") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(path, f"{META} cannot be read ({error})") from error
    if not known:
        raise damaged(path, f"{META} is not of format {FORMAT}")
    return dict(meta)


def _open_array(path: Path, name: str, entry: Mapping[str, Any]) -> Array:
    try:
        mapped = np.load(path / name, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise damaged(path, f"{name} cannot be read ({error})") from error
    if mapped.dtype.str != entry.get("dtype") or list(mapped.shape) != entry.get("shape"):
        raise damaged(path, f"{name} holds {mapped.dtype}{mapped.shape}, not what {META} promises")
    return np.asarray(mapped)  # a plain array over the same read-only map: cheaper to slice than a memmap


def damaged(path: Path, what: str) -> DamagedSnapshot:
    return DamagedSnapshot(f"The snapshot {path.name} is damaged: {what}. Build it again.")
