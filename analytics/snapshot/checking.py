"""Is a snapshot what its content says, and what another one says?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from analytics.snapshot.build import derived_arrays
from analytics.snapshot.store import open_files


def differing_derived(path: Path) -> tuple[str, ...]:
    """Return the arrays of the snapshot at `path` that do not follow from its content; raises DamagedSnapshot."""
    opened = open_files(path)
    parts: dict[str, set[str]] = {"hash": set(), "derived": set()}
    for name, entry in opened.meta["files"].items():
        if name.endswith(".npy") and entry["part"] in parts:
            parts[entry["part"]].add(name.removesuffix(".npy"))
    content = {name: opened.arrays[name] for name in parts["hash"]}
    again = derived_arrays(content, len(opened.names("role")), len(opened.names("skill")))
    kept = parts["derived"] & again.keys()
    other = {name for name in kept if not np.array_equal(again[name], opened.arrays[name])}
    return tuple(sorted((parts["derived"] ^ again.keys()) | other))


def differing_content(first: Path, second: Path) -> tuple[str, ...]:
    """Return which columns and names of two snapshots differ, by their checksums; raises DamagedSnapshot."""
    sums = [
        {name: entry["sha256"] for name, entry in open_files(path).meta["files"].items() if entry["part"] == "hash"}
        for path in (first, second)
    ]
    return tuple(sorted(name for name in sums[0].keys() | sums[1].keys() if sums[0].get(name) != sums[1].get(name)))
