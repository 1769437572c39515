"""The benchmark of impacts, among a few postings: what it tells is what it makes."""

import pytest

from analytics import services
from analytics.profiles import FitSettings
from analytics.services import profiles as profiles_service
from benchmarks.impact_million import GOAL, line_of, measure
from tests.make import make_skill
from tests.make_read import STACKS, make_ads, make_read


@pytest.mark.slow
@pytest.mark.django_db
def test_every_edit_of_the_benchmark_is_told_and_made_and_the_figures_are_equal(monkeypatch):
    monkeypatch.setattr(profiles_service, "FIT", FitSettings(bootstraps=2, splits=1))
    for name in ("Python", *STACKS["platform"], *STACKS["science"]):
        make_skill(name, f"{name} platform")
    make_read([*make_ads(12, "platform"), *make_ads(12, "science")])
    services.refresh_now()

    found = measure(1, tell_only=False)

    assert {name: one["equal"] for name, one in found.items()} == dict.fromkeys(found, 1.0)
    assert found["three skills merged"]["postings"] > 0


def test_a_missed_goal_is_said():
    one = {"postings": 5, "first": 9.0, "median": 1.0, "first_cpu": GOAL, "cpu": 1.0, "peak_mb": 600}

    assert "goal 3 s missed" in line_of("a merge", one)
    assert "missed" not in line_of("a merge", one | {"first_cpu": GOAL / 2})
