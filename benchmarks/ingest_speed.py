"""Rows a second through ingest, stage by stage, beside pandas.read_csv and csv.DictReader on the same file.

    .venv/bin/python benchmarks/ingest_speed.py [--rows 20000] [--file FILE.csv]

Each is measured in a process of its own: time of the work alone (imports are over by then), peak memory of the whole
process and what of it was there before the work began. pandas and csv.DictReader do far less: they neither say where
a row stands nor save damaged ones nor clean a value; the ratio says what that costs. Peers take plain .csv only.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SEEN_ON = date(2026, 8, 1)
PEER = "pandas.read_csv"
Action = Callable[[], int]


@dataclass(frozen=True)
class Measured:
    rows: int
    wall: float
    cpu: float
    peak_mb: float
    before_mb: float


def with_pandas(path: Path) -> Action:
    import pandas

    # As text, as we read it: guessing types is another job. Rows with too many cells stop pandas or are skipped.
    return lambda: len(pandas.read_csv(path, dtype=str, keep_default_na=False, on_bad_lines="skip"))


def with_dict_reader(path: Path) -> Action:
    def read() -> int:
        with path.open(encoding="utf-8", newline="") as file:
            return sum(1 for _ in csv.DictReader(file))

    return read


def with_our_reader(path: Path) -> Action:
    from postings import ingest

    fmt = ingest.sniff_format(path, name=path.name)
    return lambda: sum(1 for _ in ingest.read_rows(path, fmt))


def with_cleaning(path: Path) -> Action:
    from postings import ingest

    fmt = ingest.sniff_format(path, name=path.name)
    columns = ingest.suggest_columns(ingest.header_of(path, fmt), ingest.sample_of(path, fmt))

    def clean() -> int:
        rows = 0
        for row in ingest.read_rows(path, fmt):
            rows += 1
            if isinstance(row, ingest.RawRow):
                ingest.clean_row(row, columns, seen_on=SEEN_ON)
        return rows

    return clean


def with_all_of_ingest(path: Path) -> Action:
    """Into the database that the environment names (DATA_DIR, DATABASE_URL), migrated here."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobsite.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from postings import services

    call_command("migrate", verbosity=0)
    source = services.source_named("benchmark")
    with path.open("rb") as file:
        blocks = iter(partial(file.read, 1 << 20), b"")
        upload = services.accept_upload(blocks, name=path.name, source=source, seen_on=SEEN_ON).upload
    return lambda: services.ingest_upload(upload.pk).rows


STAGES: dict[str, Callable[[Path], Action]] = {
    PEER: with_pandas,
    "csv.DictReader": with_dict_reader,
    "read_rows": with_our_reader,
    "read_rows + clean_row": with_cleaning,
    "ingest into the database": with_all_of_ingest,
}


def measure(stage: str, path: Path) -> Measured:
    csv.field_size_limit(1 << 30)
    action = STAGES[stage](path)
    before, wall, cpu = peak_mb(), time.perf_counter(), time.process_time()
    rows = action()
    return Measured(rows, time.perf_counter() - wall, time.process_time() - cpu, peak_mb(), before)


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def in_own_process(stage: str, path: Path) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, __file__, "--stage", stage, "--file", str(path)],
            env={**os.environ, "DATA_DIR": folder}, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    return Measured(**json.loads(done.stdout))


def compare(path: Path) -> None:
    found = {}
    for stage in STAGES:
        found[stage] = in_own_process(stage, path)
    peer = found[PEER].rows / found[PEER].cpu
    print(f"{path.stat().st_size / 1e6:,.0f} MB; rows a second are by CPU time")
    print(f"{'':26}{'rows':>9}{'rows/s':>10}{'of pandas':>11}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'before':>8}")
    for stage, run in found.items():
        speed = run.rows / run.cpu
        print(
            f"{stage:26}{run.rows:>9,}{speed:>10,.0f}{speed / peer:>11.3f}{run.cpu:>8.1f}{run.wall:>8.1f}"
            f"{run.peak_mb:>9.0f}{run.before_mb:>8.0f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--file", type=Path, help="a file of your own instead of a made one")
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stage:
        print(json.dumps(vars(measure(options.stage, options.file))))
        return
    if options.file:
        compare(options.file)
        return
    from benchmarks.make_postings import write_postings

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.csv"
        write_postings(path, rows=options.rows, seed=options.seed)
        compare(path)


if __name__ == "__main__":
    main()
