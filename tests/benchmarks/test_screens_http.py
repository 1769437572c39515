"""The benchmark over HTTP, on a few hundred postings: every screen is asked for, and a server is timed and ended."""

import json
import subprocess
import sys

import pytest
from django.urls import resolve

from analytics.selectors.published import published
from analytics.urls import urlpatterns
from benchmarks.http_places import NOT_TIMED, Reader, addresses
from benchmarks.million_screens import questions, warming
from benchmarks.screens_http import Timing
from tests.benchmarks.test_engine_million import SHAPE, market, run_of  # noqa: F401 - a fixture
from tests.service.installation import ROOT


@pytest.mark.slow
def test_every_screen_answers_and_every_address_is_timed_or_said_not_to_be(client, settings, market):  # noqa: F811
    settings.PUBLIC_DASHBOARDS = True
    snapshot = run_of(market).snapshot
    asked = [*warming(snapshot), *questions(snapshot, 2, seed=0)]

    found = addresses([Reader(one, published()) for one in asked])

    named = {resolve(paths[0].partition("?")[0]).url_name for paths in found.values()}
    assert named | NOT_TIMED.keys() == {pattern.name for pattern in urlpatterns}
    assert named.isdisjoint(NOT_TIMED)
    for paths in found.values():
        assert client.get(paths[-1]).status_code == 200, paths[-1]


def test_a_goal_that_is_missed_is_named():
    fine = Timing(unfiltered=80, p50=90, p95=249, cpu95=90, unchanged=9.0, kb=59.0, queries=5, statuses=(200,))
    poor = Timing(unfiltered=80, p50=90, p95=251, cpu95=90, unchanged=11.0, kb=61.0, queries=5, statuses=(200, 500))

    assert fine.missed == []
    assert poor.missed == ["p95 < 250 ms", "60 kB", "304", "500"]


@pytest.mark.service
def test_a_server_is_started_timed_read_by_many_and_ended(tmp_path):
    sizes = (f"--postings={SHAPE.postings}", "--skills=80", "--added=10", "--questions=2", "--readers=4", "--seconds=1")

    subprocess.run(
        [sys.executable, "benchmarks/screens_http.py", *sizes, "--only=role", f"--json={tmp_path / 'out'}"],
        cwd=ROOT, check=True, capture_output=True, timeout=300,
    )  # fmt: skip

    found = json.loads((tmp_path / "out").read_text())
    assert found["screens"]["roles"]["statuses"] == [200]
    assert found["screens"]["roles"]["unchanged"] > 0
    assert (found["many"]["all screens"]["errors"], found["many"]["all screens"]["requests_per_second"] > 1) == (
        0,
        True,
    )
