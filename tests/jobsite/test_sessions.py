"""Sessions end: after so long without a request, and after so long in any case."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from jobsite.chores import do_chores
from tests.make import make_user
from tests.pages import queries_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """`clock(minutes=5)` lets time pass; the session's own clock is the only one that is turned."""
    now = [datetime(2026, 8, 3, 9, tzinfo=UTC)]
    monkeypatch.setattr("jobsite.sessions.timezone.now", lambda: now[0])

    def passes(**time):
        now[0] += timedelta(**time)

    return passes


@pytest.fixture
def page():
    return reverse("run_list")


@pytest.fixture
def person(client, clock):
    client.force_login(make_user("viewer"))
    return client


def is_in(client, page, **headers):
    return client.get(page, headers=headers).status_code == 200


def test_whoever_comes_back_in_time_stays_signed_in(person, clock, page, settings):
    for _ in range(5):
        clock(minutes=settings.SESSION_IDLE_MINUTES - 1)
        assert is_in(person, page)


def test_whoever_was_away_too_long_is_sent_to_the_log_in_and_told_why(person, clock, page, settings):
    clock(minutes=settings.SESSION_IDLE_MINUTES + 1)

    answer = person.get(page, follow=True)

    assert answer.redirect_chain == [(f"{reverse('login')}?next={page}", 302)]
    assert "You were signed out after 120 minutes without a request." in text_of(answer)
    assert "_auth_user_id" not in person.session


@pytest.mark.slow
def test_after_so_many_hours_a_session_ends_however_busy(person, clock, page, settings):
    for _ in range(settings.SESSION_HOURS * 2):
        clock(minutes=30)
        assert is_in(person, page)
    clock(minutes=1)

    assert not is_in(person, page)


def test_an_open_page_that_asks_by_itself_is_nobodys_presence(person, clock, page, settings):
    for _ in range(4):
        clock(minutes=settings.SESSION_IDLE_MINUTES / 4)
        assert is_in(person, page, **{"X-Polled": "yes"})
    clock(minutes=1)

    assert not is_in(person, page)


def test_on_public_dashboards_a_session_that_ended_leaves_a_reader(person, clock, page, settings):
    settings.PUBLIC_DASHBOARDS = True
    clock(minutes=settings.SESSION_IDLE_MINUTES + 1)

    answer = person.get(page)

    assert answer.status_code == 200
    assert "You were signed out after 120 minutes without a request." in text_of(answer)


def test_signing_in_again_starts_a_new_session(person, clock, page):
    clock(days=1)
    person.get(page)
    person.post(reverse("login"), {"username": "viewer", "password": "orchard-lane-42"})

    assert is_in(person, page)


def test_presence_is_written_down_at_most_once_a_minute(person, clock, page):
    quiet = queries_of(person, page)
    clock(seconds=59)
    assert queries_of(person, page) == quiet
    clock(seconds=2)
    assert queries_of(person, page) > quiet


def test_a_session_that_never_said_when_it_began_has_ended(person, page):
    session = person.session
    del session["signed_in_at"]
    session.save()

    assert not is_in(person, page)


def test_sessions_whose_cookies_have_run_out_are_deleted_as_a_chore(person):
    Session.objects.create(session_key="old", expire_date=timezone.now() - timedelta(days=40))

    assert do_chores(timezone.localdate())["sessions that ended"] == 1
    assert Session.objects.count() == 1
