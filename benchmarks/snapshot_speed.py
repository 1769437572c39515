"""How fast a snapshot is built and asked, and with --sql against plain SQL over the same facts in the same run.

    .venv/bin/python benchmarks/snapshot_speed.py [postings] [--skills 3000] [--mentions 15] [--filters 20] [--sql]

Synthetic postings: skewed roles, skills and companies, 45 months, one in ten a copy. SQL is SQLite with one
row per posting and skill and the indexes a careful person would add: naive in shape, not in care.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analytics.snapshot import Column, Facts, Filter, Selection, SkillLabel, Snapshot, Words, build
from analytics.snapshot.build import lay_out
from analytics.snapshot.counts import GATHER_BELOW, by_gather
from analytics.snapshot.facts import LEVEL_BITS, LEVELS
from analytics.snapshot.listing import masked_sum

ROLES, COMPANIES, COUNTRIES, SOURCES = 50, 4000, 12, 9
FIRST, LAST = date(2023, 1, 1), date(2026, 9, 30)
EPOCH = date(1970, 1, 1)
COLUMNS = ("role", "company", "country", "seniority", "source", "language")


def make_facts(n: int, skills: int, mentions: int, rng: np.random.Generator) -> Facts:
    """Return synthetic facts; skill popularity falls off as 1 / rank."""
    popularity = 1 / np.arange(1, skills + 1)
    pairs = rng.poisson(mentions, n)
    skill = rng.choice(skills, int(pairs.sum()), p=popularity / popularity.sum()).astype(np.int32)
    coded = skill << LEVEL_BITS | rng.integers(0, LEVELS, len(skill), dtype=np.int32)
    words = Words(np.concatenate(([0], np.cumsum(pairs))), coded, np.arange(skills, dtype=np.int32))
    columns = {
        "role": skewed(rng, "role", ROLES, n),
        "company": skewed(rng, "company", COMPANIES, n),
        "country": skewed(rng, "country", COUNTRIES, n),
        "seniority": skewed(rng, "level", 9, n),
        "source": skewed(rng, "source", SOURCES, n),
        "language": skewed(rng, "language", 5, n),
    }
    nothing = Column(np.zeros(n, np.int32), ("",))
    ad = np.where(rng.random(n) < 0.1, rng.integers(0, n, n), np.arange(n)).astype(np.int32)
    ad = ad[ad]  # a copy of a copy is a copy of the first
    pay = np.where(rng.random(n) < 0.2, rng.normal(120_000, 25_000, n), np.nan)
    return Facts(
        posting_id=rng.permutation(n).astype(np.int64),
        key_hash=np.uint64(0x9E3779B97F4A7C15) * rng.permutation(n).astype(np.uint64),
        content_key=rng.integers(0, 1 << 63, n).astype(np.uint64),
        title=skewed(rng, "title", max(n // 5, 1), n),
        company_label=columns["company"].names,
        remote=nothing,
        place=skewed(rng, "place", 3000, n),
        day=rng.integers((FIRST - EPOCH).days, (LAST - EPOCH).days + 1, n).astype(np.int32),
        pay=pay,
        pay_currency=nothing,
        is_copy=ad != np.arange(n),
        ad=ad,
        spell=np.zeros(n, np.int16),
        words=words,
        skills=tuple(SkillLabel(f"skill {i:05d}", "tool") for i in range(skills)),
        stamps={"lexicon": "synthetic"},
        **columns,
    )


def skewed(rng: np.random.Generator, name: str, size: int, n: int) -> Column:
    weights = 1 / np.arange(1, size + 1)
    codes = rng.choice(size, n, p=weights / weights.sum())
    return Column(codes.astype(np.int32), [f"{name} {i}" for i in range(size)])


def make_filters(count: int, rng: np.random.Generator) -> list[Filter]:
    """Return filters as people set them: none, dates, whole months, one or more roles, and other columns."""
    filters = []
    for i in range(count):
        month = date(2023 + int(rng.integers(0, 3)), int(rng.integers(1, 13)), 1)
        role = f"role {rng.integers(0, ROLES)}"
        country = f"country {rng.integers(0, COUNTRIES)}"
        shapes = (
            Filter(),
            Filter(since=month),
            Filter(since=month + timedelta(days=int(rng.integers(1, 27)))),
            Filter(roles=(role,)),
            Filter(roles=(role,), since=month),
            Filter(roles=(role, "role 0")),
            Filter(countries=(country,)),
            Filter(sources=("source 0", "source 1")),
            Filter(roles=(role,), countries=(country,), since=month),
            Filter(companies=(f"company {rng.integers(0, 200)}",)),
        )
        filters.append(shapes[i % len(shapes)])
    return filters


def load_sqlite(snapshot: Snapshot, path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.execute(f"CREATE TABLE posting (id INTEGER PRIMARY KEY, day INT, is_copy INT, {', '.join(COLUMNS)})")
    db.execute("CREATE TABLE pair (posting INT, skill INT, level INT, PRIMARY KEY (posting, skill)) WITHOUT ROWID")
    columns = [[snapshot.vocabulary(name)[code] for code in snapshot.column(name)] for name in COLUMNS]
    numbers = (range(snapshot.n), snapshot.day.tolist(), snapshot.is_copy.tolist())
    marks = ", ".join("?" * (len(COLUMNS) + 3))
    db.executemany(f"INSERT INTO posting VALUES ({marks})", zip(*numbers, *columns, strict=True))
    row = np.repeat(np.arange(snapshot.n), np.diff(snapshot.indptr))
    pairs = (row.tolist(), snapshot.pair_skill.tolist(), snapshot.pair_level.tolist())
    db.executemany("INSERT INTO pair VALUES (?, ?, ?)", zip(*pairs, strict=True))
    for column in ("day", *COLUMNS):
        db.execute(f"CREATE INDEX posting_{column} ON posting ({column})")
    db.execute("ANALYZE")
    db.commit()
    return db


def sql_counts(db: sqlite3.Connection, filter: Filter) -> list[tuple[int, int, int, int]]:
    where, values = ["is_copy = 0"], []
    if filter.since:
        where.append("day >= ?")
        values.append((filter.since - EPOCH).days)
    for column, names in filter.columns.items():
        where.append(f"{column} IN ({', '.join('?' * len(names))})")
        values.extend(names)
    return db.execute(
        "SELECT skill, COUNT(*), SUM(level = 2), SUM(level = 1)"
        " FROM posting JOIN pair ON pair.posting = posting.id"
        f" WHERE {' AND '.join(where)} GROUP BY skill ORDER BY skill",
        values,
    ).fetchall()


def snapshot_counts(snapshot: Snapshot, filter: Filter) -> list[tuple[int, int, int, int]]:
    counts = snapshot.skill_counts(snapshot.select(filter))
    held = np.flatnonzero(counts.any)
    return list(
        zip(
            held.tolist(),
            *(c[held].tolist() for c in (counts.any, counts.required, counts.preferred)),
            strict=True,
        )
    )


def seconds(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def report(name: str, times: list[float]) -> None:
    p50, p95 = np.percentile(times, (50, 95)) * 1000
    print(f"{name:28} p50 {p50:10.2f} ms   p95 {p95:10.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("postings", nargs="?", type=int, default=100_000)
    parser.add_argument("--skills", type=int, default=3000)
    parser.add_argument("--mentions", type=int, default=15)
    parser.add_argument("--filters", type=int, default=20)
    parser.add_argument("--sql", action="store_true", help="compare with SQLite, which takes minutes at a million")
    options = parser.parse_args()
    rng = np.random.default_rng(7)
    facts = make_facts(options.postings, options.skills, options.mentions, rng)
    print(f"{facts.n} postings, {len(facts.words.coded)} mentions, {options.skills} skills")
    with tempfile.TemporaryDirectory() as place:
        snapshot = built(facts, Path(place))
        crossover(snapshot, rng)
        primitives(snapshot, make_filters(options.filters, rng))
        if options.sql:
            start = time.perf_counter()
            db = load_sqlite(snapshot, Path(place) / "facts.sqlite")
            print(f"SQLite load {time.perf_counter() - start:.2f} s")
            compare(snapshot, db, make_filters(options.filters, rng))


def built(facts: Facts, place: Path) -> Snapshot:
    """Build a snapshot stage by stage; CPU seconds, which other processes on the machine do not touch."""
    stages = {"check": cpu_seconds(facts.check), "lay out": cpu_seconds(lambda: lay_out(facts))}
    stages["in all, written"] = cpu_seconds(lambda: build(facts, place))
    snapshot = build(facts, place)
    stages["verify"] = cpu_seconds(snapshot.verify)
    print("CPU s: " + ", ".join(f"{name} {took:.2f}" for name, took in stages.items()))
    print(f"{disk_mb(snapshot.path):.0f} MB on disk, cube {snapshot.cube.shape}")
    return snapshot


def crossover(snapshot: Snapshot, rng: np.random.Generator) -> None:
    """Print where a mask over all pairs overtakes gathering those of the rows: GATHER_BELOW should stand there."""
    print(f"part of the rows: gathered, masked (ms); the snapshot gathers below {GATHER_BELOW}")
    for part in (0.05, 0.1, 0.2, 0.25, 0.3, 0.35, 0.5, 0.9):
        rows = np.flatnonzero(rng.random(snapshot.n) < part).astype(np.int32)
        ways = [fastest(lambda way=way, rows=rows: way(snapshot, rows)) for way in (by_gather, masked_sum)]
        print(f"  {part:4.2f}: {ways[0]:7.2f} {ways[1]:7.2f}")


def primitives(snapshot: Snapshot, filters: list[Filter]) -> None:
    """Print what each kind of question costs over the filters."""
    skill = int(np.argmax(np.diff(snapshot.inv_indptr)))
    asked: dict[str, Callable[[Selection], Any]] = {
        "skill_counts": snapshot.skill_counts,
        "tally title": lambda chosen: snapshot.tally(chosen, "title"),
        "crosstab role, month": lambda chosen: snapshot.crosstab(chosen, "role", "month"),
        "skill_crosstab role": lambda chosen: snapshot.skill_crosstab(chosen, "role"),
        "with_skill": lambda chosen: snapshot.with_skill(chosen, skill),
        "pay_by_currency": snapshot.pay_by_currency,
        "company_count": snapshot.company_count,
        "openings": snapshot.openings,
        "posting_ids": snapshot.posting_ids,
    }
    report("select", [fastest(lambda f=f: snapshot.select(f).rows) / 1000 for f in filters])
    for name, ask in asked.items():
        chosen = [snapshot.select(filter) for filter in filters]
        report(name, [fastest(lambda one=one, ask=ask: ask(one)) / 1000 for one in chosen])


def fastest(action: Callable[[], Any]) -> float:
    """Return the least CPU milliseconds of four times."""
    return min(cpu_seconds(action) for _ in range(4)) * 1000


def cpu_seconds(action: Callable[[], Any]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def compare(snapshot: Snapshot, db: sqlite3.Connection, filters: list[Filter]) -> None:
    unequal = [f for f in filters if snapshot_counts(snapshot, f) != sql_counts(db, f)]
    if unequal:
        sys.exit(f"SQL and the snapshot disagree on {unequal}")
    ours = [min(seconds(lambda f=f: snapshot.skill_counts(snapshot.select(f))) for _ in range(5)) for f in filters]
    theirs = [seconds(lambda f=f: sql_counts(db, f)) for f in filters]
    for filter, mine, sql in zip(filters[:10], ours, theirs, strict=False):
        shape = ", ".join(["dates"] * filter.is_dated + list(filter.columns)) or "no filter"
        print(f"  {shape:26}     {mine * 1000:10.2f} ms        {sql * 1000:10.2f} ms   {sql / mine:8.0f}x")
    report("snapshot skill_counts", ours)
    report("SQLite skill counts", theirs)
    ratios = np.asarray(theirs) / np.asarray(ours)
    print(f"ratio p50 {np.median(ratios):.0f}x, least {ratios.min():.0f}x")


def disk_mb(path: Path) -> float:
    return sum(file.stat().st_size for file in path.iterdir()) / 1e6


if __name__ == "__main__":
    main()
