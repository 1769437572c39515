"""The log-in: how often it may be tried, what is kept of that, and how it is said."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from jobsite.chores import do_chores
from jobsite.signing_in import client_address
from tests.make import make_user
from tests.pages import text_of

pytestmark = pytest.mark.django_db

RIGHT, WRONG = "orchard-lane-42", "hunter2-secret"
LOCKED = 429


@pytest.fixture(autouse=True)
def few_attempts(settings):
    settings.AXES_FAILURE_LIMIT = 3


@pytest.fixture
def viewer():
    return make_user("viewer")


def attempt(client, name="viewer", password=WRONG, *, address="192.0.2.1", **sent):
    page = reverse("login")
    return client.post(page, {"username": name, "password": password, **sent}, REMOTE_ADDR=address, follow=False)


def attempts(client, count, name="viewer", **where):
    return [attempt(client, name, **where).status_code for _ in range(count)]


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_too_many_wrong_passwords_close_the_log_in_and_say_for_how_long(client, viewer):
    assert attempts(client, 2) == [200, 200]

    locked = attempt(client)

    assert locked.status_code == LOCKED
    assert "Too many attempts to sign in" in text_of(locked)
    assert "closed for you for 15 minutes" in text_of(locked)
    assert locked["Retry-After"] == "900"


def test_the_right_password_does_not_open_a_closed_log_in(client, viewer):
    attempts(client, 3)

    assert attempt(client, password=RIGHT).status_code == LOCKED
    assert not is_signed_in(client)


def test_the_log_in_opens_again_after_the_pause_however_often_somebody_knocked(client, viewer, settings):
    attempts(client, 9)
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1))

    attempt(client, password=RIGHT)

    assert is_signed_in(client)


def test_knocking_on_a_closed_door_does_not_keep_it_closed(client, viewer):
    attempts(client, 3)
    closed_at = AccessAttempt.objects.get().attempt_time

    attempts(client, 5)

    assert AccessAttempt.objects.get().attempt_time == closed_at


def test_signing_in_forgets_the_failures_before_it(client, viewer):
    attempts(client, 2)
    attempt(client, password=RIGHT)

    assert not AccessAttempt.objects.exists()


def test_a_name_closed_at_one_address_is_open_at_another_so_that_nobody_can_lock_others_out(client, viewer):
    attempts(client, 3, address="203.0.113.9")

    attempt(client, password=RIGHT, address="192.0.2.1")

    assert is_signed_in(client)


@pytest.mark.slow
def test_an_address_that_tries_many_names_is_closed_for_every_name(client, viewer):
    for number in range(15):
        attempts(client, 2, f"name-{number}", address="203.0.113.9")

    assert attempt(client, password=RIGHT, address="203.0.113.9").status_code == LOCKED


def test_a_name_that_nobody_has_is_closed_just_the_same(client):
    assert attempts(client, 3, "nobody-at-all") == [200, 200, LOCKED]


def test_the_page_of_the_admin_leads_to_the_same_log_in(client, viewer):
    page = reverse("admin:login")
    for _ in range(5):
        client.post(page, {"username": "viewer", "password": RIGHT})

    assert not is_signed_in(client)
    assert client.get(page).headers["Location"].startswith(reverse("login"))


def test_nothing_that_was_typed_is_kept(client):
    attempt(client, "my-password-in-the-wrong-field", WRONG, extra="something else that was sent")

    row = AccessAttempt.objects.values().get()

    kept = " ".join(str(value) for value in row.values())
    assert "my-password" not in kept
    assert WRONG not in kept
    assert "something else" not in kept
    assert (row["user_agent"], row["post_data"], row["get_data"]) == ("", "", "")


def test_attempts_that_count_no_longer_are_deleted_as_a_chore(client, viewer):
    attempt(client)
    attempt(client, "somebody-else", address="192.0.2.7")
    AccessAttempt.objects.filter(ip_address="192.0.2.1").update(attempt_time=timezone.now() - timedelta(days=1))

    assert do_chores(timezone.localdate())["log-in attempts that count no longer"] == 1
    assert AccessAttempt.objects.count() == 1


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "address"),
    [
        (0, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (1, "10.0.0.1", "198.51.100.7", "198.51.100.7"),
        (1, "10.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),
        (2, "10.0.0.1", "1.2.3.4, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (2, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (1, "192.0.2.1", "", "192.0.2.1"),
        (1, "192.0.2.1", "not an address", "192.0.2.1"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
        (0, "", "", None),
    ],
)
def test_the_address_is_what_the_outermost_trusted_proxy_saw(settings, proxies, peer, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)

    assert client_address(request) == address


def test_whoever_is_switched_off_cannot_sign_in_and_is_out_at_once(client, viewer):
    attempt(client, password=RIGHT)
    User.objects.update(is_active=False)

    assert client.get(reverse("run_list")).status_code == 302
    assert attempt(client, password=RIGHT).status_code == 200
    assert client.get(reverse("run_list")).status_code == 302
