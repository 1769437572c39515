"""Every screen over HTTP at a million postings, as a browser gets it: times, bytes, queries, many readers, SQL peers.

    .venv/bin/python benchmarks/screens_http.py [--data-dir DIR] [--postings 1000000] [--questions 20] [--only TEXT]
        [--workers 2] [--threads 4] [--readers 50] [--seconds 30] [--each 0] [--postgres] [--json OUT]

Starts gunicorn as `manage.py up` does on an installation with a made-up market (million_data.py): that in --data-dir,
or one that is made under --folder and gone afterwards. Warms it, asks for every screen with random filters, one
question once, then lets wrk (apt-get install wrk) play readers at once over a mix of all of them. With --postgres the
same figures are asked of PostgreSQL in the same run. Goals: p95 under 250 ms and 60 kB a page, 304 under 10 ms.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.engine_million import ONE_THREAD, ROOT, fill_sqlite, peer, stage
from benchmarks.http_client import Answer, Load, Server, serving
from benchmarks.million_data import Market, Shape

P95_GOAL, KB_GOAL, UNCHANGED_GOAL = 250, 60, 10


@dataclass(frozen=True)
class Timing:
    """Milliseconds of questions put for the first time: `p50`, `p95`, of the processor `cpu95`; of the one without a
    filter `unfiltered` (the median of three more times), and when the browser has the page already, `unchanged`. The
    largest page in kB, `kb`, as it was sent; `queries` of the question without a filter."""

    unfiltered: float
    p50: float
    p95: float
    cpu95: float
    unchanged: float | None
    kb: float
    queries: int
    statuses: tuple[int, ...]

    @property
    def missed(self) -> list[str]:
        late = self.unchanged is not None and self.unchanged > UNCHANGED_GOAL
        found = {f"p95 < {P95_GOAL} ms": self.p95 >= P95_GOAL, f"{KB_GOAL} kB": self.kb >= KB_GOAL, "304": late}
        return [goal for goal, is_missed in found.items() if is_missed] + [
            str(status) for status in self.statuses if status != 200
        ]


def main() -> None:
    options = read_options()
    os.environ.update(ONE_THREAD | {"DJANGO_SETTINGS_MODULE": "jobsite.settings", "PUBLIC_DASHBOARDS": "1"})
    with installation(options) as folder:
        found = measure(options, folder)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--data-dir", type=Path, help="an installation with a published run (default: made and removed)"
    )
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--mentions", type=int, default=15)
    parser.add_argument("--skills", type=int, default=3000)
    parser.add_argument("--added", type=int, default=10_000)
    parser.add_argument(
        "--questions", dest="filters", type=int, default=20, help="for each screen, the first without a filter"
    )
    parser.add_argument("--only", default="", help="screens whose name has this in it")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--readers", type=int, default=50, help="at once, for wrk; 0 for none")
    parser.add_argument("--seconds", type=int, default=30, help="for which they read a mix of all screens")
    parser.add_argument("--each", type=int, default=0, help="seconds for which they read each screen alone")
    parser.add_argument("--postgres", action="store_true", help="ask PostgreSQL on 127.0.0.1:5432 the same, as it does")
    parser.add_argument("--database", default="rolescope_http", help="made there and dropped again")
    parser.add_argument("--folder", type=Path, help="where there is room (default: that of temporary files)")
    parser.add_argument("--json", type=Path, help="where all figures go as JSON")
    return parser.parse_args(arguments)


@contextmanager
def installation(options: argparse.Namespace) -> Iterator[Path]:
    """Yield a folder with a published run: the one that was named, or one that is made now."""
    if options.data_dir:
        os.environ["DATA_DIR"] = str(options.data_dir)
        yield options.data_dir
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        os.environ["DATA_DIR"] = folder
        prepare(options, Path(folder))
        yield Path(folder)


def prepare(options: argparse.Namespace, folder: Path) -> None:
    """Make the market's database with its full-text search, and publish a run of it in a process of its own."""
    import sqlite3
    from contextlib import closing

    fill_sqlite(Market(shape_of(options)), folder)
    with closing(sqlite3.connect(folder / "rolescope.sqlite3")) as connection:
        connection.execute("INSERT INTO postings_search(postings_search) VALUES('rebuild')")
        connection.commit()
    stage("build", options)


def shape_of(options: argparse.Namespace) -> Shape:
    return Shape(options.postings, options.mentions, options.skills, options.added)


def measure(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Run every part, print its table, and return all figures."""
    import django

    django.setup()
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, check=True)
    found: dict[str, object] = {"server": {"workers": options.workers, "threads": options.threads}}
    paths = places(options)
    print(HEAD)
    with serving(folder, workers=options.workers, threads=options.threads) as server:
        found["screens"] = timed = {name: timing(server, name, of_screen) for name, of_screen in paths.items()}
        found["memory_mb"] = server.memory_mb()
        print(f"memory of the web processes, mapped files not counted: {server.memory_mb():,.0f} MB")
        found["many"] = under_load(server, paths, options)
    if options.postgres:
        found["screens"] = {name: asdict(one) for name, one in timed.items()}
        with peer(Market(shape_of(options)), {"fill": {}, "build": {"disk_mb": {}}}, options.database) as answers:
            found["sql"] = answers
            print_ratios(timed, answers)
    return found | {"screens": {name: asdict(one) for name, one in timed.items()}}


def places(options: argparse.Namespace) -> dict[str, list[str]]:
    """Return the addresses of each screen: those that warm it first, then those that it is timed on."""
    from benchmarks.http_places import Reader, addresses
    from benchmarks.million_screens import opened, questions, warming

    shown = opened()
    asked = [*warming(shown.snapshot), *questions(shown.snapshot, options.filters, seed=0)]
    return addresses([Reader(one, shown) for one in asked], only=options.only)


def timing(server: Server, name: str, paths: list[str]) -> Timing:
    """Time one screen and print its line."""
    from benchmarks.million_screens import WARMING

    server.warm(paths[:WARMING], times=6)
    asked = paths[WARMING:]
    first = [server.get(path) for path in asked]
    again = [server.get(asked[0]).ms for _ in range(3)]
    walls, cpus = ([getattr(answer, field) for answer in first] for field in ("ms", "cpu_ms"))
    found = Timing(
        unfiltered=float(np.median(again)),
        p50=float(np.quantile(walls, 0.5)),
        p95=float(np.quantile(walls, 0.95)),
        cpu95=float(np.quantile(cpus, 0.95)),
        unchanged=unchanged(server, asked, first),
        kb=max(answer.size for answer in first) / 1e3,
        queries=queries_of(asked[0]),
        statuses=tuple(sorted({answer.status for answer in first})),
    )
    print_line(name, found)
    return found


def unchanged(server: Server, paths: list[str], first: list[Answer]) -> float | None:
    """Return the p95 of asking again with what the first answers were marked by; None when they were not."""
    marked = [(path, answer.etag) for path, answer in zip(paths, first, strict=True) if answer.etag]
    again = [server.get(path, **{"If-None-Match": etag}) for path, etag in marked]
    others = [answer.status for answer in again if answer.status != 304]
    if others:
        raise ValueError(f"A page that did not change was answered by {others[0]} instead of 304.")
    return float(np.quantile([answer.ms for answer in again], 0.95)) if again else None


def queries_of(path: str) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        Client(headers={"host": "localhost"}).get(path)
    return len(queries)


def under_load(server: Server, paths: dict[str, list[str]], options: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Let many readers ask at once: for a mix of all screens, and for each alone where that was asked for."""
    if not options.readers:
        return {}
    mix = [path for of_screen in zip(*paths.values(), strict=True) for path in of_screen]
    found = {"all screens": server.load(mix, readers=options.readers, seconds=options.seconds)}
    print_load("all screens", found["all screens"], options.readers)
    for name, of_screen in paths.items() if options.each else ():
        found[name] = server.load(of_screen, readers=options.readers, seconds=options.each)
        print_load(name, found[name], options.readers)
    return {name: asdict(load) for name, load in found.items()}


HEAD = f"\n{'ms':26}{'unfiltered':>11}{'p50':>8}{'p95':>8}{'p95 CPU':>9}{'304':>6}{'kB':>6}{'queries':>9}   goals"


def print_line(name: str, found: Timing) -> None:
    times = (found.unfiltered, found.p50, found.p95, found.cpu95)
    unfiltered, p50, p95, cpu = (f"{ms:.0f}" for ms in times)
    again = "" if found.unchanged is None else f"{found.unchanged:.1f}"
    said = f"missed: {', '.join(found.missed)}" if found.missed else "met"
    line = f"{name:26}{unfiltered:>11}{p50:>8}{p95:>8}{cpu:>9}{again:>6}{found.kb:>6.0f}{found.queries:>9}   {said}"
    print(line, flush=True)


def print_load(name: str, load: Load, readers: int) -> None:
    told = f"{load.requests_per_second:7.1f} requests/s, p50 {load.p50:,.0f} ms, p95 {load.p95:,.0f} ms"
    print(f"{readers} readers, {name:24}{told}, {load.errors} errors", flush=True)


def print_ratios(timed: dict[str, Timing], answers: dict[str, dict[str, float]]) -> None:
    from benchmarks.million_questions import ASKED_BY

    print(
        f"\n{'screen':26}{'over HTTP':>11}{'PostgreSQL':>12}{'ratio':>8}   (ms, nothing filtered; SQL alone, no page)"
    )
    for name, one in timed.items():
        if name in ASKED_BY:
            theirs = sum(answers[question]["seconds"] for question in ASKED_BY[name]) * 1e3
            print(f"{name:26}{one.unfiltered:>11.0f}{theirs:>12,.0f}{theirs / one.unfiltered:>7,.0f}x", flush=True)
    differing = [name for name, one in answers.items() if not one["agrees"]]
    print(f"figures that differ from PostgreSQL's: {', '.join(differing) or 'none'}")


if __name__ == "__main__":
    main()
