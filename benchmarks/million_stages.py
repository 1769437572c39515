"""What a process of its own does on the filled database: build, screens, changes. Prints one line of JSON."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from analytics import archive, services
from analytics.models import Role, Run, TitlePin
from analytics.selectors.published import published
from benchmarks.million_data import Market, Shape
from benchmarks.million_screens import timings
from benchmarks.million_store import fill, into_sqlite
from jobsite.decisions import decide
from postings.models import Skill, Title


def build() -> dict[str, object]:
    """Make and publish the first run: seconds by stage, the largest memory of the process, the disk by part."""
    before = _peak_mb()
    report = services.refresh_now()
    cpu = _cpu_seconds()
    run = Run.objects.get(pk=report.run)
    return asdict(report) | {
        "stages": run.stages,
        "quality": run.quality,
        "folder": run.folder,
        "input_key": run.input_key,
        "profiles_hash": run.profiles_hash,
        "cpu_seconds": cpu,
        "peak_mb": _peak_mb(),
        "before_mb": before,
        "disk_mb": disk_mb(run),
    }


def disk_mb(run: Run) -> dict[str, float]:
    """Return megabytes of the record, of what a run is made of, and of the files of the snapshot by name."""
    data = Path(settings.DATA_DIR)
    snapshot = archive.snapshots_folder() / run.folder
    parts = {
        "record (SQLite)": _size_mb(data.glob("rolescope.sqlite3*")),
        "snapshot": _size_mb(snapshot.iterdir()),
        "profiles of the run": _size_mb((archive.runs_folder() / (run.input_key or "")).iterdir()),
    }
    return parts | {f"snapshot/{file.name}": _size_mb([file]) for file in sorted(snapshot.iterdir())}


def screens(filters: int) -> dict[str, object]:
    """Time every screen of the published run."""
    shown = published()
    if shown is None:
        raise LookupError("No run is published.")
    found = {name: asdict(timing) for name, timing in timings(shown.snapshot, filters)}
    return {"screens": found, "peak_mb": _peak_mb()}


def changes(shape: Shape) -> dict[str, object]:
    """Bring a published run up to date: nothing new, added postings, two skills merged, a title filed anew."""
    market = Market(shape)
    found = {"opened with its checksums": _seconds(_verify)}
    found |= _refreshed("nothing new", lambda: None)
    found |= _refreshed(f"{shape.added:,} postings more", lambda: _add(market))
    found |= _refreshed("two skills merged", _merge)
    found |= _refreshed("a title filed anew", lambda: _file_anew(market))
    return {"changes": found}


def _refreshed(name: str, change: Callable[[], None]) -> dict[str, object]:
    change()
    began, cpu = time.perf_counter(), _cpu_seconds()
    report = services.refresh_now()
    spent = {"seconds": time.perf_counter() - began, "cpu_seconds": _cpu_seconds() - cpu}
    return {name: spent | {"postings": report.postings, "stages": Run.objects.get(pk=report.run).stages}}


def _verify() -> None:
    shown = published()
    if shown is not None:
        shown.snapshot.verify()


def _add(market: Market) -> None:
    path = Path(settings.DATA_DIR) / "rolescope.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        fill(market, into_sqlite(connection), market.shape.postings, market.shape.n, stamp="made up")
        connection.commit()


def _merge() -> None:
    keep, absorb = Skill.objects.order_by("pk")[10:12]
    decide("skill.merge", {"keep": keep.name, "absorb": [absorb.name]})


def _file_anew(market: Market) -> None:
    title = Title.objects.get(pk=int(market.title[0]) + 1)
    TitlePin.objects.create(title=title, role=Role.objects.exclude(name=market.roles[market.role[0]]).first())


def _seconds(action: Callable[[], None]) -> dict[str, float]:
    began, cpu = time.perf_counter(), _cpu_seconds()
    action()
    return {"seconds": time.perf_counter() - began, "cpu_seconds": _cpu_seconds() - cpu}


def _cpu_seconds() -> float:
    """Return what this process and those that it waited for have used, which a busy machine changes little."""
    return sum(os.times()[:4])


def _peak_mb() -> float:
    """Return the most memory that this program held; what it was started from does not count."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _size_mb(files) -> float:
    return sum(file.stat().st_size for file in files) / 1e6


def run_stage(name: str, shape: Shape, *, filters: int) -> str:
    stages = {"build": build, "screens": lambda: screens(filters), "changes": lambda: changes(shape)}
    return json.dumps(stages[name]())
