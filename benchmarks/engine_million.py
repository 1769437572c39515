"""A million postings on one core, in one run with PostgreSQL on the same data.

    .venv/bin/python benchmarks/engine_million.py [--postings 1000000] [--mentions 15] [--skills 3000] [--filters 20]
                                                  [--core 0] [--json OUT] [--no-postgres] [--folder /tmp]

Fills a Rolescope database with a made-up market (million_data.py), SQLite under a temporary DATA_DIR and PostgreSQL
(database rolescope_million, dropped at the end), makes and publishes a run, computes every screen as its view does over
random filters, puts the same questions to PostgreSQL, and brings the published run up to date. Every process stays on
one core.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.million_data import Market, Shape

ROOT = Path(__file__).resolve().parents[1]
SERVER = "postgresql://postgres@127.0.0.1:5432"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
GOALS = {"build": 30, "profiles": 40, "postings more": 5, "two skills merged": 10, "a title filed anew": 10}
SCREEN_GOAL, RATIO_GOAL = 0.060, 50


def main() -> None:
    options = read_options()
    os.environ.update(ONE_THREAD)
    if options.stage:
        print(run_stage(options))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        found = measure(options, Path(folder))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1))


def read_options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--mentions", type=int, default=15)
    parser.add_argument("--skills", type=int, default=3000)
    parser.add_argument("--added", type=int, default=10_000, help="postings that come to the published run")
    parser.add_argument("--filters", type=int, default=20)
    parser.add_argument("--core", type=int, default=None, help="the core that all processes stay on (default: any one)")
    parser.add_argument("--json", type=Path, help="where all figures go as JSON")
    parser.add_argument("--no-postgres", action="store_true")
    parser.add_argument("--database", default="rolescope_million", help="made on 127.0.0.1:5432 and dropped again")
    parser.add_argument("--folder", type=Path, help="where there is room (default: that of temporary files)")
    parser.add_argument("--stage", choices=("build", "screens", "changes"), help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def shape_of(options: argparse.Namespace) -> Shape:
    return Shape(options.postings, options.mentions, options.skills, options.added)


def measure(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Run every part, print its table, and return all figures."""
    core = min(os.sched_getaffinity(0)) if options.core is None else options.core
    os.sched_setaffinity(0, {core})
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "jobsite.settings"}
    os.environ.pop("DATABASE_URL", None)
    began = time.perf_counter()
    market = Market(shape_of(options))
    drawn = time.perf_counter() - began
    found: dict[str, object] = {"shape": asdict(market.shape), "mentions": int(market.indptr[options.postings])}
    found["fill"] = {"drawn": drawn, "SQLite": _timed(fill_sqlite, market, folder)}
    print(
        f"{options.postings:,} postings, {found['mentions']:,} mentions; seconds to make: {found['fill']}", flush=True
    )
    found["build"] = build = stage("build", options)
    print_build(build)
    found |= stage("screens", options)
    with peer(market, found, "" if options.no_postgres else options.database) as answers:
        found["sql"] = answers
    print_screens(found)
    found |= stage("changes", options)
    print_changes(found["changes"])
    return found


def fill_sqlite(market: Market, folder: Path) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.million_store import fill, into_sqlite

    call_command("migrate", verbosity=0)
    with closing(sqlite3.connect(folder / "rolescope.sqlite3")) as connection:
        connection.execute("DROP TRIGGER postings_search_insert")  # full-text search is not measured here
        connection.execute("PRAGMA cache_size=-500000")
        fill(market, into_sqlite(connection), 0, market.shape.postings, stamp="made up")
        connection.commit()
        connection.execute("ANALYZE")


@contextmanager
def peer(market: Market, found: dict[str, object], database: str) -> Iterator[dict[str, dict[str, float]]]:
    """Yield each question's seconds in PostgreSQL and whether the answers agree; the database is gone afterwards."""
    if not database:
        yield {}
        return
    _admin(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
    _admin(f"CREATE DATABASE {database}")
    try:
        found["fill"]["PostgreSQL"] = _timed(fill_postgres, market, database)
        yield ask_peer(market, found, database)
    finally:
        _admin(f"DROP DATABASE {database} WITH (FORCE)")


def fill_postgres(market: Market, database: str) -> None:
    """Give PostgreSQL the same record, by its own migrations."""
    from benchmarks.million_store import fill, into_postgres

    environment = os.environ | {"DATABASE_URL": f"postgres://postgres@127.0.0.1:5432/{database}"}
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, env=environment, check=True)
    with psycopg.connect(f"{SERVER}/{database}") as connection:
        connection.execute("ALTER TABLE postings_postingtext DROP COLUMN search")  # as above
        connection.execute("SET session_replication_role = replica")  # the rows are known to fit together
        fill(market, into_postgres(connection), 0, market.shape.postings, stamp="made up")


def ask_peer(market: Market, found: dict[str, object], database: str) -> dict[str, dict[str, float]]:
    from benchmarks.million_questions import QUESTIONS
    from benchmarks.million_screens import opened
    from benchmarks.million_sql import about_commonest, answer, fill_peer

    shown = opened()
    with psycopg.connect(f"{SERVER}/{database}", autocommit=True) as connection:
        found["fill"]["PostgreSQL, flat tables"] = _timed(fill_peer, connection, market, shown)
        connection.execute("SET max_parallel_workers_per_gather = 0")  # one core
        connection.execute("SET work_mem = '512MB'")
        sizes = "SELECT sum(pg_total_relation_size(c)) / 1e6 FROM unnest(ARRAY['flat', 'pair', 'member']::regclass[]) c"
        found["build"]["disk_mb"]["PostgreSQL, flat tables"] = float(connection.execute(sizes).fetchone()[0])
        about = about_commonest(shown)
        answers = {}
        for name, question in QUESTIONS.items():
            seconds, agrees = answer(connection, question, about)
            answers[name] = {"seconds": seconds, "agrees": agrees}
            print(f"  PostgreSQL: {name:28}{seconds:9.3f} s{'' if agrees else '   DIFFERENT FIGURES'}", flush=True)
    return answers


def stage(name: str, options: argparse.Namespace) -> dict:
    """Run a stage in a process of its own, so that its memory is its own; return what it found."""
    shape = ("postings", "mentions", "skills", "added", "filters")
    flags = [f"--{flag}={getattr(options, flag)}" for flag in shape]
    command = [sys.executable, __file__, f"--stage={name}", *flags]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def run_stage(options: argparse.Namespace) -> str:
    import django

    django.setup()
    from benchmarks import million_stages

    return million_stages.run_stage(options.stage, shape_of(options), filters=options.filters)


def print_build(build: dict) -> None:
    stages = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in build["stages"].items())
    without = build["seconds"] - build["stages"].get("profiles", 0)
    print(f"\nbuild from the record {without:.1f} s (goal {GOALS['build']} s); with profiles {build['seconds']:.1f} s")
    print(f"CPU seconds of the process, its start included: {build['cpu_seconds']:.1f}")
    print(f"stages: {stages} (goal of profiles {GOALS['profiles']} s)")
    print(f"peak memory {build['peak_mb']:,.0f} MB, of which before it began {build['before_mb']:,.0f} MB")
    parts = [(name, size) for name, size in build["disk_mb"].items() if "/" not in name]
    print("disk: " + ", ".join(f"{name} {size:,.0f} MB" for name, size in parts))
    largest = sorted(((size, name) for name, size in build["disk_mb"].items() if "/" in name), reverse=True)[:6]
    print("largest files: " + ", ".join(f"{name} {size:,.0f} MB" for size, name in largest), flush=True)


def print_screens(found: dict) -> None:
    from benchmarks.million_questions import ASKED_BY

    answers = found["sql"]
    print(
        f"\nms, {'screen':22}{'p50':>8}{'p95':>8}{'p95 CPU':>9}{'unfiltered':>12}{'PostgreSQL':>12}{'ratio':>8}   goal"
    )
    for name, timing in found["screens"].items():
        asked = [answers[question]["seconds"] for question in ASKED_BY.get(name, ()) if answers]
        ratio = sum(asked) / timing["unfiltered"]
        theirs = f"{sum(asked) * 1e3:12,.0f}{ratio:7,.0f}x" if asked else " " * 20
        missed = [f"p95 < {SCREEN_GOAL * 1e3:.0f} ms"] if timing["p95"] >= SCREEN_GOAL else []
        missed += [f"{RATIO_GOAL}x"] if asked and ratio < RATIO_GOAL else []
        times = (timing["p50"], timing["p95"], timing["cpu95"], timing["unfiltered"])
        p50, p95, cpu, unfiltered = (f"{seconds * 1e3:.1f}" for seconds in times)
        said = f"missed: {', '.join(missed)}" if missed else "met"
        print(f"{name:26}{p50:>8}{p95:>8}{cpu:>9}{unfiltered:>12}{theirs}   {said}")
    differing = [name for name, one in answers.items() if not one["agrees"]]
    print(f"figures that differ from PostgreSQL's: {', '.join(differing) or 'none'}")
    print(f"peak memory of the process that computed the screens: {found['peak_mb']:,.0f} MB", flush=True)


def print_changes(changes: dict) -> None:
    print()
    for name, found in changes.items():
        goal = next((f" (goal {seconds} s)" for part, seconds in GOALS.items() if part in name), "")
        stages = ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in found.get("stages", {}).items())
        spent = f"{found['seconds']:.1f} s, {found['cpu_seconds']:.1f} of CPU"
        print(f"{name}: {spent}{goal}  {stages}", flush=True)


def _admin(statement: str) -> None:
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as connection:
        connection.execute(statement)


def _timed(action, *values) -> float:
    began = time.perf_counter()
    action(*values)
    return round(time.perf_counter() - began, 1)


if __name__ == "__main__":
    main()
