"""A very large file through the real ingest, with the site answering meanwhile: rows a second, memory, disk, latency.

    .venv/bin/python benchmarks/ingest_million.py [--rows 1000000] [--by worker] [--on embedded] [--folder /tmp]

Writes the file (about 4 GB for a million rows; three times that in all), fills an installation with the sample, starts
gunicorn as `manage.py up` does, asks it for pages before and during the ingest, and looks at the memory of every
process each second. `--by command` runs `manage.py ingest`, `--by worker` hands the file in and starts a worker.
`--on rabbitmq` puts the rows into PostgreSQL. The counts are checked at the end.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.make_postings import Made, write_postings
from tests.service.installation import BROKERS, ROOT, Installation, installation

PAGES = ("/health/", "/", "/roles/", "/postings/", "/search/?q=python")
OURS = "FROM postings_upload WHERE source_id = (SELECT id FROM postings_source WHERE name = 'made')"
COUNTED = ("rows", "new", "changed", "repeated", "rejected")
QUIET_SECONDS = 20


@dataclass
class Watch:
    """What is seen each second: memory by kind of process (MB), CPU seconds of the ingest, rows stored, latencies."""

    block: int
    cpu: float = 0.0
    peak: dict[str, float] = field(default_factory=dict)
    blocks: list[tuple[int, float, float]] = field(default_factory=list)
    latencies: dict[str, list[float]] = field(default_factory=dict)
    wal_mb: float = 0.0

    def see_memory(self, kind: str, leader: subprocess.Popen) -> None:
        """The largest single process of those that `leader` started, and all of them together."""
        sizes = [_resident_mb(pid) for pid in _family(leader.pid)]
        for name, size in ((kind, max(sizes, default=0.0)), (f"{kind}, all processes", sum(sizes))):
            self.peak[name] = max(self.peak.get(name, 0.0), size)

    def see_rows(self, rows: int, seconds: float, leader: subprocess.Popen) -> None:
        """Note the time and the CPU time at which each block of rows was full."""
        done, then, cpu = self.blocks[-1] if self.blocks else (0, 0.0, 0.0)
        self.cpu = max(self.cpu, sum(_cpu_seconds(pid) for pid in _family(leader.pid)))
        if rows >= done + self.block:
            self.blocks.append((rows, seconds, self.cpu))
            speed, cpu_speed = (rows - done) / (seconds - then), (rows - done) / max(0.01, self.cpu - cpu)
            print(
                f"{rows:>10,} rows after {seconds:>7.0f} s; in this block {speed:>6.0f} rows/s, "
                f"{cpu_speed:>6.0f} rows per CPU second",
                flush=True,
            )


def _family(leader: int) -> list[int]:
    """The process and all below it."""
    found, waiting = [], [leader]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            waiting += [int(child) for child in _read(children).split()]
    return found


def _resident_mb(pid: int) -> float:
    lines = _read(Path(f"/proc/{pid}/status")).splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def _cpu_seconds(pid: int) -> float:
    """User and system time; the name in field 2 may hold blanks, so fields are counted behind it."""
    fields = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""  # it has ended meanwhile


class Visitor(threading.Thread):
    """Asks for one page after the other, five a second, until it is told to go."""

    def __init__(self, port: int, into: dict[str, list[float]]) -> None:
        super().__init__(daemon=True)
        self._port, self._into, self._leave = port, into, threading.Event()
        self.failures: list[str] = []

    def run(self) -> None:
        while not self._leave.is_set():
            for page in PAGES:
                began = time.perf_counter()
                answer = self._ask(page)
                if answer == 200:
                    self._into.setdefault(page, []).append(time.perf_counter() - began)
                else:
                    self.failures.append(f"{page}: {answer}")
                if self._leave.wait(0.2):
                    return

    def _ask(self, page: str) -> int | str:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            connection.request("GET", page)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as problem:
            return str(problem)
        finally:
            connection.close()
        return answer.status

    def leave(self) -> None:
        self._leave.set()
        self.join()


def start_web(house: Installation, port: int) -> subprocess.Popen:
    """As `manage.py up` does."""
    flags = f"--bind=127.0.0.1:{port} --workers=2 --worker-class=gthread --threads=4 --no-control-socket"
    with (house.folder / "web.log").open("a") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *flags.split(), "--log-level=warning", "jobsite.wsgi:application"],
            cwd=ROOT, env=house.environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip


def start_ingest(house: Installation, path: Path, *, by: str) -> subprocess.Popen:
    if by == "command":
        return house.start("ingest", str(path), "--source", "made", "--json")
    house.hand_in(path, source="made")
    return house.start_worker(queues="ingest")


def watch_ingest(house: Installation, working: subprocess.Popen, web: subprocess.Popen, watch: Watch) -> float:
    """Look at everything once a second until the upload has ended; return the seconds."""
    began, state = time.monotonic(), ""
    log = house.folder / "data" / "rolescope.sqlite3-wal"
    last_sweep = began
    while state not in ("done", "failed"):
        select.select([], [], [], 1.0)  # the rhythm of the samples
        watch.see_memory("ingest", working)
        watch.see_memory("web", web)
        if log.exists():
            watch.wal_mb = max(watch.wal_mb, log.stat().st_size / 1e6)
        watch.see_rows(int(house.value(f"SELECT COALESCE(MAX(rows), 0) {OURS}")), time.monotonic() - began, working)
        state = str(house.value(f"SELECT COALESCE(MAX(state), '') {OURS}"))
        if time.monotonic() - last_sweep > 30:  # what beat does in `manage.py up`
            house.manage("sweep")
            last_sweep = time.monotonic()
        if working.poll() is not None and state not in ("done", "failed"):
            sys.exit(f"The ingest ended with status {working.returncode} while its upload is {state!r}.\n{house.log()}")
    return time.monotonic() - began


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def size_mb(house: Installation) -> float:
    if house.database:
        return int(house.value(f"SELECT pg_database_size('{house.database}')")) / 1e6
    return sum(file.stat().st_size for file in (house.folder / "data").glob("rolescope.sqlite3*")) / 1e6


def percentile(values: Sequence[float], share: float) -> float:
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))] * 1000 if ranked else float("nan")


def report(watch: Watch, before: dict[str, list[float]], seconds: float, made: Made) -> None:
    print(
        f"\n{made.rows:,} rows in {seconds:,.0f} s: {made.rows / seconds:,.0f} rows/s; "
        f"{watch.cpu:,.0f} CPU seconds of the ingest: {made.rows / watch.cpu:,.0f} rows per CPU second"
    )
    for kind, size in watch.peak.items():
        print(f"peak resident memory, {kind}: {size:,.0f} MB")
    print(f"largest write-ahead log: {watch.wal_mb:,.0f} MB")
    print(f"{'page':22}{'p50 before':>12}{'during':>9}{'p95 before':>12}{'during':>9}   ms, {QUIET_SECONDS} s before")
    for page in PAGES:
        cells = [(percentile(found.get(page, []), p)) for p in (0.5, 0.95) for found in (before, watch.latencies)]
        print(f"{page:22}{cells[0]:>12.0f}{cells[1]:>9.0f}{cells[2]:>12.0f}{cells[3]:>9.0f}")


def check_counts(house: Installation, made: Made) -> bool:
    stored = house.ask(f"list(Upload.objects.values_list(*{COUNTED!r}).get(source__name='made'))")
    expected = [asdict(made)[name] for name in COUNTED]
    print(f"{', '.join(COUNTED)}: {stored}, put in {expected}: {'equal' if stored == expected else 'DIFFERENT'}")
    return stored == expected


def run(path: Path, made: Made, options: argparse.Namespace, folder: Path) -> bool:
    real = {"LEASE_SECONDS": "120", "PUBLIC_DASHBOARDS": "1", "UPLOAD_MAX_MB": "8192", "DEBUG": "0"}
    with installation(folder / "house", broker=options.on, **real) as house:
        house.manage("demo")
        port, before = free_port(), {}
        web = start_web(house, port)
        try:
            quiet = Visitor(port, before)
            quiet.start()
            select.select([], [], [], QUIET_SECONDS)
            quiet.leave()
            watch = Watch(block=max(1, options.rows // 10))
            visitor = Visitor(port, watch.latencies)
            visitor.start()
            seconds = watch_ingest(house, start_ingest(house, path, by=options.by), web, watch)
            visitor.leave()
        finally:
            os.killpg(web.pid, 15)
            web.wait()
        report(watch, before, seconds, made)
        print(f"requests that failed: {len(visitor.failures)} {visitor.failures[:3]}")
        print(f"database: {size_mb(house):,.0f} MB")
        return check_counts(house, made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--by", choices=("command", "worker"), default="worker")
    parser.add_argument("--on", choices=("embedded", *BROKERS), default="embedded")
    parser.add_argument("--folder", type=Path, help="where there is room (default: that of temporary files)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "made.csv"
        made = write_postings(path, rows=options.rows, seed=options.seed)
        print(json.dumps(asdict(made)), flush=True)
        if not run(path, made, options, Path(folder)):
            sys.exit(1)


if __name__ == "__main__":
    main()
