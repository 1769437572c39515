"""Which doors open for whom, and what every answer carries to keep others out."""

import runpy

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.urls.resolvers import URLPattern

import jobsite.settings
from analytics import urls as analytics_urls
from analytics.models import Run
from jobsite.rights import make_groups
from jobsite.work import State
from postings.models import Posting, SourceKind
from postings.services import source_named
from tests.make import make_csv, make_ingested, make_row, make_user

pytestmark = pytest.mark.django_db

PEOPLE = ("visitor", "viewer", "analyst", "curator", "admin")
DASHBOARDS = sorted(
    pattern.name
    for pattern in analytics_urls.urlpatterns
    if isinstance(pattern, URLPattern) and "<" not in str(pattern.pattern) and pattern.name != "run_create"
)

# door -> who is let in
DOORS = {
    "read a dashboard": "viewer analyst curator admin",
    "read a posting": "viewer analyst curator admin",
    "read a run": "viewer analyst curator admin",
    "compare two postings": "viewer analyst curator admin",
    "list the uploads": "viewer analyst curator admin",
    "read the report of an upload": "viewer analyst curator admin",
    "download rejected rows": "analyst curator admin",
    "hand a file in": "analyst curator admin",
    "take a held file": "analyst curator admin",
    "discard a held file": "analyst curator admin",
    "remove the sample": "analyst curator admin",
    "read what changed between runs": "viewer analyst curator admin",
    "publish a run": "curator admin",
    "verify a run": "curator admin",
    "decide on copies": "curator admin",
    "ask for a run": "curator admin",
    "enter the admin": "curator admin",
}
OPEN_TO_ALL_WHEN_PUBLIC = {
    "read a dashboard",
    "read a posting",
    "read a run",
    "compare two postings",
}

# section of the admin -> what a curator, and what an administrator, may do there
SECTIONS = {
    "postings.source": ("view add", "view add"),
    "postings.upload": ("view add", "view add"),
    "postings.rejection": ("view", "view"),
    "postings.removal": ("view", "view"),
    "postings.posting": ("view", "view"),
    "postings.company": ("view", "view"),
    "postings.title": ("view", "view"),
    "postings.skill": ("view add", "view add"),
    "postings.alias": ("view add", "view add"),
    "postings.skillgroup": ("view add", "view add"),
    "postings.candidate": ("view", "view"),
    "postings.copydecision": ("view", "view"),
    "analytics.role": ("view add", "view add"),
    "analytics.titlepin": ("view add", "view add"),
    "analytics.unmappedtitle": ("view", "view"),
    "analytics.run": ("view", "view"),
    "analytics.knownprofile": ("view", "view"),
    "analytics.profilepin": ("view add", "view add"),
    "auth.user": ("", "view add"),
    "auth.group": ("", "view add"),
}


@pytest.fixture
def site():
    """One row of everything that has a page of its own."""
    report = make_ingested([make_row(job_id="1"), make_row(job_id="2", title="")])
    return {
        "upload": report.upload,
        "posting": Posting.objects.get().pk,
        "run": Run.objects.create(state=State.DONE, postings=1).pk,
        "sample": source_named("the sample", kind=SourceKind.SAMPLE).pk,
    }


def knock(client, door, site):
    """Try a door as a browser would; return the answer."""
    return {
        "read a dashboard": lambda: client.get(reverse("run_list")),
        "read a posting": lambda: client.get(reverse("posting", args=[site["posting"]])),
        "read a run": lambda: client.get(reverse("run", args=[site["run"]])),
        "list the uploads": lambda: client.get(reverse("upload_list")),
        "read the report of an upload": lambda: client.get(reverse("upload", args=[site["upload"]])),
        "download rejected rows": lambda: client.get(reverse("upload_rejections", args=[site["upload"]])),
        "hand a file in": lambda: client.post(reverse("upload_list"), {"file": a_file()}),
        "take a held file": lambda: client.post(reverse("upload_take", args=[site["upload"]])),
        "discard a held file": lambda: client.post(reverse("upload_discard", args=[site["upload"]])),
        "remove the sample": lambda: client.post(reverse("sample_remove", args=[site["sample"]])),
        "read what changed between runs": lambda: client.get(reverse("run_changes", args=[site["run"]])),
        "verify a run": lambda: client.post(reverse("run_verify", args=[site["run"]])),
        "publish a run": lambda: client.post(reverse("run_publish", args=[site["run"]])),
        "compare two postings": lambda: client.get(reverse("posting_copy", args=[site["posting"]] * 2)),
        "decide on copies": lambda: client.post(reverse("posting_copy_decide", args=[site["posting"]] * 2)),
        "ask for a run": lambda: client.post(reverse("run_create")),
        "enter the admin": lambda: client.get(reverse("admin:index")),
    }[door]()


def a_file():
    return SimpleUploadedFile("more.csv", make_csv([make_row(job_id="3")]))


def is_let_in(response):
    if response.status_code == 403 or "/login/" in response.headers.get("Location", ""):
        return False
    assert response.status_code in (200, 302)
    return True


def opened(client, site):
    return {door for door in DOORS if is_let_in(knock(client, door, site))}


def sign_in(client, person):
    if person != "visitor":
        client.force_login(make_user(person))


@pytest.mark.parametrize("person", PEOPLE)
def test_the_doors_that_open_are_those_of_the_table(client, site, person):
    sign_in(client, person)

    assert opened(client, site) == {door for door, people in DOORS.items() if person in people.split()}


def test_public_dashboards_let_visitors_read_and_nothing_else(client, site, settings):
    settings.PUBLIC_DASHBOARDS = True

    assert opened(client, site) == OPEN_TO_ALL_WHEN_PUBLIC


@pytest.mark.parametrize("page", DASHBOARDS)
def test_every_dashboard_asks_a_visitor_to_sign_in_unless_they_are_public(client, settings, page):
    assert not is_let_in(client.get(reverse(page)))
    settings.PUBLIC_DASHBOARDS = True
    assert is_let_in(client.get(reverse(page)))


def test_after_signing_in_a_visitor_comes_to_the_page_that_was_asked_for(client):
    asked = reverse("run_list") + "?page=2"

    response = client.get(asked)

    assert response.headers["Location"] == f"{reverse('login')}?next=/runs/%3Fpage%3D2"


def test_whoever_asks_whether_the_site_lives_needs_no_account(client):
    assert client.get(reverse("health")).status_code == 200


@pytest.mark.parametrize(("person", "column"), [("viewer", None), ("analyst", None), ("curator", 0), ("admin", 1)])
def test_the_sections_of_the_admin_that_open_are_those_of_the_table(client, person, column):
    sign_in(client, person)
    allowed = {} if column is None else {section: set(rights[column].split()) for section, rights in SECTIONS.items()}

    found = {section: rights_in(client, section) for section in SECTIONS}

    assert {section: rights for section, rights in found.items() if rights} == {k: v for k, v in allowed.items() if v}


def rights_in(client, section):
    """What a person may do in a section, by the pages that open."""
    pages = {"view": "changelist", "add": "add"}
    address = f"admin:{section.replace('.', '_')}"
    return {right for right, page in pages.items() if is_let_in(client.get(reverse(f"{address}_{page}")))}


def test_every_section_of_the_admin_is_in_the_table():
    assert {model._meta.label_lower for model in admin.site._registry} == set(SECTIONS)


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

    client.post(reverse("login"), {"username": "viewer", "password": "orchard-lane-42"})

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
