"""Work survives: what died is put back, what dies again and again is given up with a sentence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobsite import work
from jobsite.work import MAX_ATTEMPTS, State
from postings.models import CopyPass

pytestmark = pytest.mark.django_db


def later(seconds):
    return timezone.now() + timedelta(seconds=seconds)


def test_only_one_of_two_claims_gets_the_row():
    row = CopyPass.objects.create()

    assert CopyPass.objects.all().claim(row.pk)
    assert not CopyPass.objects.all().claim(row.pk)


def test_a_row_whose_lease_ran_out_is_swept_back_and_sent_again(settings):
    row = CopyPass.objects.create()
    CopyPass.objects.all().claim(row.pk)

    assert CopyPass.objects.all().sweep(now=later(settings.LEASE_SECONDS - 5)) == []
    assert CopyPass.objects.all().sweep(now=later(settings.LEASE_SECONDS + 5)) == [row.pk]
    row.refresh_from_db()
    assert row.state == State.QUEUED


def test_a_queued_row_that_nobody_claims_is_sent_again_but_not_at_every_sweep():
    row = CopyPass.objects.create()

    assert CopyPass.objects.all().sweep(now=later(1)) == []
    assert CopyPass.objects.all().sweep(now=later(31)) == [row.pk]
    assert CopyPass.objects.all().sweep(now=later(32)) == []


def test_work_that_dies_again_and_again_at_one_spot_is_given_up_with_a_sentence(settings):
    row = CopyPass.objects.create()
    for attempt in range(MAX_ATTEMPTS):
        moment = later(attempt * 1000)
        assert CopyPass.objects.all().claim(row.pk, now=moment)
        CopyPass.objects.all().sweep(now=moment + timedelta(seconds=settings.LEASE_SECONDS + 1))

    row.refresh_from_db()
    assert row.state == State.FAILED
    assert "died" in row.error


def test_progress_starts_the_count_of_attempts_anew():
    row = CopyPass.objects.create(attempts=MAX_ATTEMPTS - 1)
    token = CopyPass.objects.all().claim(row.pk)

    CopyPass.objects.all().keep(row.pk, token)

    row.refresh_from_db()
    assert row.attempts == 1


def test_sweeping_everything_sends_each_kind_by_its_own_way(monkeypatch):
    sent = []
    row = CopyPass.objects.create(queued_at=later(-60))
    monkeypatch.setitem(work._senders, CopyPass, sent.append)

    assert work.sweep_all() == {"CopyPass": 1}
    assert sent == [row.pk]
