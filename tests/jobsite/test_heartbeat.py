"""Long work stays ours while it computes, and is given up when its worker is gone."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone

from analytics import services as conclusions
from analytics.services import refresh
from jobsite import heartbeat
from jobsite.heartbeat import kept_alive, renew
from jobsite.work import State
from postings import services as facts
from postings.models import CopyPass
from postings.services import copies

pytestmark = pytest.mark.django_db


@pytest.fixture
def claimed():
    """A row whose lease is nearly over, and its token."""
    row = CopyPass.objects.create()
    token = CopyPass.objects.all().claim(row.pk)
    CopyPass.objects.update(lease_until=timezone.now() + timedelta(seconds=1), attempts=3)
    return row.pk, token


def test_a_beat_moves_the_end_of_the_lease_and_counts_as_no_progress(claimed, settings):
    assert renew(CopyPass, *claimed)

    row = CopyPass.objects.get()
    assert (row.lease_until - timezone.now()).total_seconds() > settings.LEASE_SECONDS - 5
    assert row.attempts == 3


def test_whoever_lost_the_lease_renews_nothing(claimed):
    CopyPass.objects.update(token="somebody else")
    before = CopyPass.objects.get().lease_until

    assert not renew(CopyPass, *claimed)
    assert CopyPass.objects.get().lease_until == before


def test_finished_work_has_no_lease_to_renew(claimed):
    CopyPass.objects.all().finish(*claimed)

    assert not renew(CopyPass, *claimed)
    assert CopyPass.objects.get().state == State.DONE


def test_a_database_that_is_away_for_a_moment_does_not_stop_the_heart(claimed, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(QuerySet, "update", away)

    assert renew(CopyPass, *claimed)


def test_it_beats_while_the_block_computes_and_no_longer(claimed, settings, monkeypatch):
    settings.LEASE_SECONDS = 0.04
    beats = threading.Semaphore(0)
    monkeypatch.setattr(heartbeat, "renew", lambda *row: beats.release() or row[1:] == claimed)
    before = threading.active_count()

    with kept_alive(CopyPass, *claimed):
        assert beats.acquire(timeout=10)
        assert beats.acquire(timeout=10)

    assert threading.active_count() == before


def test_the_heart_stops_when_somebody_else_has_the_row(claimed, settings, monkeypatch):
    settings.LEASE_SECONDS = 0.04
    beats = []
    stopped = threading.Event()
    monkeypatch.setattr(heartbeat, "renew", lambda *row: beats.append(row) or False)
    monkeypatch.setattr(heartbeat, "connection", SimpleNamespace(close=stopped.set))

    with kept_alive(CopyPass, *claimed):
        assert stopped.wait(timeout=10)

    assert len(beats) == 1


@pytest.mark.parametrize(
    ("module", "stage", "work"),
    [
        (copies, "find_groups", lambda: facts.group_copies(facts.request_copy_pass())),
        (refresh, "gather_facts", lambda: conclusions.refresh_run(conclusions.request_run())),
    ],
    ids=["copies", "run"],
)
def test_work_that_computes_for_long_keeps_its_lease(settings, monkeypatch, module, stage, work):
    settings.LEASE_SECONDS = 0.04
    beats = threading.Semaphore(0)
    monkeypatch.setattr(heartbeat, "renew", lambda *row: beats.release() or True)
    compute = getattr(module, stage)
    felt = []
    monkeypatch.setattr(module, stage, lambda: felt.append(beats.acquire(timeout=10)) or compute())

    assert work()
    assert felt == [True]
