"""The benchmark of a million postings, on a few hundred: a run finds what was planted, and every screen is timed."""

import json
import subprocess
import sys
import uuid

import numpy as np
import pytest
from django.db import connection

from analytics import services
from analytics.selectors.published import published
from analytics.titles import TitleReader, load_catalogue
from benchmarks.million_data import LEVELS, Market, Shape, phrase_of
from benchmarks.million_screens import screens, timings
from benchmarks.million_store import fill
from tests.service.installation import ROOT

SHAPE = Shape(postings=700, mentions=12, skills=80, added=50)


@pytest.fixture
def market(db, settings):
    settings.PROFILES = 2
    return Market(SHAPE)


def insert(table, names, rows):
    marks = ", ".join(["%s"] * len(names))
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(rows))


def run_of(market, *, first=0, last=SHAPE.postings):
    fill(market, insert, first, last, stamp="made up")
    services.refresh_now()
    return published()


@pytest.mark.slow
def test_a_run_finds_the_roles_copies_days_and_skills_that_were_planted(market):
    snapshot = run_of(market).snapshot

    order = np.argsort(snapshot.posting_id)
    assert [snapshot.roles[code] for code in snapshot.role[order]] == [market.roles[r] for r in market.role[:700]]
    assert snapshot.is_copy[order].tolist() == market.is_copy[:700].tolist()
    assert snapshot.day[order].tolist() == market.day[:700].tolist()
    assert np.isnan(snapshot.pay[order]).tolist() == (market.pay_low[:700] < 0).tolist()
    _, skill, level = market.pairs()
    found = snapshot.skill_counts(snapshot.pick(np.arange(snapshot.n)))
    planted = {phrase_of(2 * code): int(count) for code, count in enumerate(np.bincount(skill, minlength=80)) if count}
    assert {name: int(n) for name, n in zip(snapshot.skills, found.any, strict=True) if n} == planted
    assert found.required.sum() == np.count_nonzero(level == 2)


@pytest.mark.slow
def test_every_screen_is_timed_and_added_postings_come_into_the_next_run(market):
    shown = run_of(market)

    timed = dict(timings(shown.snapshot, 2))

    assert timed.keys() == screens().keys()
    assert all(0 < timing.p50 <= timing.p95 for timing in timed.values())
    assert run_of(market, first=700, last=750).snapshot.n == 750


def test_the_same_shape_and_seed_make_the_same_market_whose_titles_say_their_roles():
    one, again, other = Market(SHAPE), Market(SHAPE), Market(Shape(700, 12, 80, 50, seed=8))
    reader = TitleReader(load_catalogue())

    for name in ("role", "company", "day", "alias", "alias_level", "leader"):
        assert np.array_equal(getattr(one, name), getattr(again, name))
    assert not np.array_equal(one.day, other.day)
    for number in range(len(one.title_role)):
        reading = reader.read(one.title_text(number))
        level = LEVELS[one.title_level[number]].strip().lower() or "unspecified"
        assert (reading.role, reading.seniority) == (one.roles[one.title_role[number]], level)


@pytest.mark.service
def test_postgresql_gives_the_same_figures(tmp_path):
    sizes = ("--postings=1500", "--skills=120", "--added=50", "--filters=1")
    database = f"--database=rolescope_test_{uuid.uuid4().hex[:12]}"

    subprocess.run(
        [sys.executable, "benchmarks/engine_million.py", *sizes, database, f"--json={tmp_path / 'out'}"],
        cwd=ROOT, check=True, capture_output=True, timeout=900,
    )  # fmt: skip

    found = json.loads((tmp_path / "out").read_text())
    assert len(found["sql"]) > 30
    assert [name for name, answer in found["sql"].items() if not answer["agrees"]] == []
    assert set(found["changes"]) >= {"nothing new", "50 postings more", "two skills merged", "a title filed anew"}
