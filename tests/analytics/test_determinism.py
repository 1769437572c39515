"""The same facts, parameters and code give the same run: twice, and on any number of threads."""

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from analytics import services
from analytics.models import Run
from analytics.profiles import FitSettings
from analytics.services import profiles as profiles_service
from tests.make_read import make_ads, make_lexicon, make_read

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(settings, monkeypatch):
    """Two kinds of work, in a record that two profiles are learned from."""
    monkeypatch.setattr(profiles_service, "FIT", FitSettings(bootstraps=2, splits=1))
    settings.PROFILES = 2
    make_lexicon()
    make_read([*make_ads(40, "platform"), *make_ads(40, "science")])


def made_anew():
    """Make a run as if there were none with the same inputs; return its hashes."""
    Run.objects.update(input_key=None)
    run = Run.objects.get(pk=services.refresh_now().run)
    assert run.fitted_by == run
    return run.snapshot, run.profiles_hash


def test_twice_the_same_facts_give_the_same_hashes(record):
    assert made_anew() == made_anew()


@pytest.mark.slow
def test_one_thread_and_two_give_the_same_hashes(record):
    found = {}
    for threads in (1, 2):
        with threadpool_limits(limits=threads):
            assert {pool["num_threads"] for pool in threadpool_info()} == {threads}
            found[threads] = made_anew()

    assert found[1] == found[2]
