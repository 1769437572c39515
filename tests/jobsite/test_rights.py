"""Which doors open for whom, and what every answer carries to keep others out."""

import runpy

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import URLPattern

import jobsite.settings
from analytics import urls as analytics_urls
from jobsite.models import Event
from jobsite.rights import make_groups
from tests.make import make_user
from tests.pages import add, save

pytestmark = pytest.mark.django_db

PASSWORD = "orchard-lane-42"
DASHBOARDS = sorted(
    pattern.name
    for pattern in analytics_urls.urlpatterns
    if isinstance(pattern, URLPattern)
    and "<" not in str(pattern.pattern)
    and not pattern.name.startswith(("run_create", "sample", "work_progress"))
)


def is_let_in(response):
    if response.status_code == 403 or "/login/" in response.headers.get("Location", ""):
        return False
    assert response.status_code in (200, 302)
    return True


@pytest.mark.parametrize("page", DASHBOARDS)
def test_every_dashboard_asks_a_visitor_to_sign_in_unless_they_are_public(client, settings, page):
    assert not is_let_in(client.get(reverse(page)))
    settings.PUBLIC_DASHBOARDS = True
    assert is_let_in(client.get(reverse(page)))


def test_after_signing_in_a_visitor_comes_to_the_page_that_was_asked_for(client):
    asked = reverse("run_list") + "?page=2"

    response = client.get(asked)

    assert response.headers["Location"] == f"{reverse('login')}?next=/runs/%3Fpage%3D2"


def test_a_part_of_a_page_asked_for_after_the_session_ended_sends_the_whole_page_to_the_log_in(client):
    here = {"HX-Request": "true", "HX-Current-URL": "http://testserver/uploads/?state=done"}
    response = client.get(reverse("run_list"), headers=here)

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["HX-Redirect"] == f"{reverse('login')}?next=/uploads/%3Fstate%3Ddone"


def test_parts_of_staff_pages_lead_to_the_log_in_on_public_dashboards_too(client, settings):
    settings.PUBLIC_DASHBOARDS = True
    response = client.get(reverse("upload_list"), headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == f"{reverse('login')}?next={reverse('upload_list')}"


@pytest.mark.parametrize("elsewhere", ["//evil.example/", "http://evil.example//evil.example/", "javascript:alert(1)"])
def test_the_way_back_from_the_log_in_stays_on_this_site(client, elsewhere):
    response = client.get(reverse("run_list"), headers={"HX-Request": "true", "HX-Current-URL": elsewhere})

    assert "evil" not in response.headers["HX-Redirect"]
    assert "javascript" not in response.headers["HX-Redirect"]


def test_a_part_that_a_signed_in_person_asks_for_is_answered_as_ever(client):
    client.force_login(make_user("admin"))
    response = client.get(reverse("run_list"), headers={"HX-Request": "true"})

    assert "HX-Redirect" not in response.headers
    assert response.content


def test_whoever_asks_whether_the_site_lives_needs_no_account(client):
    assert client.get(reverse("health")).status_code == 200


def test_a_right_that_a_group_should_not_have_is_taken_from_it_again():
    make_groups()
    viewer, everything = Group.objects.get(name="viewer"), Group.objects.get(name="admin")
    viewer.permissions.add(*everything.permissions.filter(codename="delete_skill"))

    make_groups()

    assert set(viewer.permissions.values_list("codename", flat=True).filter(codename__startswith="delete")) == set()


@pytest.mark.parametrize("page", ["login", "run_list", "upload_list", "admin:index"])
def test_every_page_says_that_scripts_and_styles_come_from_here_only(client, page):
    client.force_login(make_user("admin"))

    headers = client.get(reverse(page), follow=True).headers

    rules = dict(rule.strip().partition(" ")[::2] for rule in headers["Content-Security-Policy"].split(";"))
    assert rules["default-src"] == "'self'"
    assert "script-src" not in rules
    assert "style-src" not in rules
    assert rules["frame-ancestors"] == rules["object-src"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client):
    make_user("viewer")

    client.post(reverse("login"), {"username": "viewer", "password": PASSWORD})

    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_with_https_cookies_are_secure_and_browsers_stay_on_it(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HTTPS", "1")

    settings = runpy.run_path(jobsite.settings.__file__)

    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SECURE_HSTS_SECONDS"] > 0


@pytest.mark.parametrize(
    ("group", "opens"), [("viewer", False), ("analyst", False), ("curator", True), ("admin", True)]
)
def test_the_group_alone_decides_whether_the_admin_opens(group, opens):
    assert make_user(group).is_staff is opens


def test_whoever_leaves_the_curators_leaves_the_admin():
    curator = make_user("curator")

    curator.groups.clear()

    assert not User.objects.get(pk=curator.pk).is_staff


def test_a_group_that_is_emptied_takes_its_people_out_of_the_admin_and_nobody_else():
    curator, administrator = make_user("curator"), make_user("admin")

    Group.objects.get(name="curator").user_set.clear()

    assert not User.objects.get(pk=curator.pk).is_staff
    assert User.objects.get(pk=administrator.pk).is_staff


def test_a_superuser_comes_in_whatever_the_group():
    superuser = User.objects.create_superuser("root")
    make_groups()
    superuser.groups.set([Group.objects.get(name="viewer")])

    assert User.objects.get(pk=superuser.pk).is_staff


def test_an_administrator_makes_somebody_a_curator_in_one_form(client):
    client.force_login(make_user("admin"))
    curator = Group.objects.get(name="curator")

    add(client, User, username="vera", password1=PASSWORD, password2=PASSWORD, groups=[curator.pk])

    vera = User.objects.get(username="vera")
    assert vera.has_perm("postings.change_skill")
    client.logout()
    client.post(reverse("login"), {"username": "vera", "password": PASSWORD})
    assert client.get(reverse("admin:postings_skill_changelist")).status_code == 200


def test_nobody_is_made_a_superuser_in_a_form(client):
    client.force_login(make_user("admin"))
    vera = make_user("viewer", name="vera")

    save(client, vera, username="vera", is_active="on", is_superuser="on", is_staff="on", user_permissions=["1"])

    vera.refresh_from_db()
    assert not vera.is_superuser
    assert not vera.is_staff
    assert not vera.user_permissions.exists()


def test_everybody_changes_their_own_password_and_is_signed_out_elsewhere(client):
    viewer, elsewhere = make_user("viewer"), Client()
    client.force_login(viewer)
    elsewhere.force_login(viewer)
    new = {"new_password1": "a-new-orchard-43", "new_password2": "a-new-orchard-43"}

    client.post(reverse("password"), {"old_password": PASSWORD, **new})

    assert client.get(reverse("run_list")).status_code == 200
    assert elsewhere.get(reverse("run_list")).status_code == 302
    assert Event.objects.filter(kind="edit", who="viewer", what="Changed their own password").count() == 1


def test_staff_screens_are_in_the_side_bar_of_those_who_may_open_them(client):
    for group, has_admin in (("viewer", False), ("analyst", False), ("curator", True)):
        client.force_login(make_user(group))
        page = client.get(reverse("run_list")).content.decode()
        assert ("/admin/" in page) is has_admin
        assert reverse("upload_list") in page
