"""Who comes through which door: every address of the project is tried as every kind of person, with GET and POST."""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from analytics.models import OpenTitle, ProfilePin, Role, TitlePin
from jobsite.decisions import decide, hand_in_one
from postings.models import Candidate, CopyDecision, Posting, SkillGroup, Source, Title, Upload
from postings.models.intake import SourceKind
from postings.services import remove_source, source_named
from tests.analytics.make_samples import make_bare_sample
from tests.jobsite.doors import (
    DOORS,
    OPEN_TO_VISITORS_WHEN_PUBLIC,
    PEOPLE,
    SECTIONS,
    place_of_curator_and_admin,
)
from tests.make import make_ingested, make_rows, make_skill, make_user
from tests.make_run import make_ads, make_published

pytestmark = pytest.mark.django_db

RIGHT_FOR = {
    "changelist": ("view", "view"),
    "add": ("add", "add"),
    "change": ("view", "change"),
    "delete": ("delete", "delete"),
    "history": ("view", "view"),
}
"""Page of a section -> what its GET and its POST take."""


@pytest.fixture
def site():
    """A row of everything that has a page."""
    make_ingested([*make_rows(2), {**make_rows(1)[0], "title": ""}])
    python, _ = make_skill("Python"), make_skill("Python3")
    SkillGroup.objects.create(name="Languages", slug="languages")
    decide("skill.merge", {"keep": "Python", "absorb": ["Python3"]})
    Candidate.objects.create(phrase="tuning", key="tuning", postings=9)
    CopyDecision.objects.create(one="a\x1f1", other="a\x1f2", verdict="same")
    remove_source(source_named("an old board"), reason="asked to")
    run = make_published(make_ads(20), profiles=("data platform", "analytics"))
    title, other = Title.objects.get(), Title.objects.create(text="Wizard")
    role = Role.objects.create(name="data engineer", slug="data-engineer")
    TitlePin.objects.create(title=title, role=role)
    OpenTitle.objects.create(run=run, title=other, postings=3, reading="unknown", certainty=0.5)
    known = run.profiles.filter(level="fine").first().known
    make_user(name="somebody else")
    ProfilePin.objects.create(profile=known, name="platforms")
    posting, second = Posting.objects.order_by("pk")
    return {
        "known": known.pk,
        "skill": python.pk,
        "run": run.pk,
        "posting": posting.pk,
        "other": second.pk,
        "batch": hand_in_one("skill.hide", {"skills": ["Python"]}, name="one", by=None).pk,
        "upload": Upload.objects.get().pk,
        "source": Source.objects.get().pk,
        "marked": make_bare_sample(1, posting=posting.pk).pk,
        "sample": source_named("the sample", kind=SourceKind.SAMPLE).pk,
    }


def arguments(name, site):
    """What an address has in it, by its name."""
    if name.startswith("upload_") and name != "upload_list":
        return [site["upload"]]
    if name.endswith("_simple_history"):
        row = model_of(name)._default_manager.first()
        return [row.pk, row.history.first().history_id]
    if name.startswith("admin:postings_skill_") and name.rpartition("_skill_")[2] in (
        "split",
        "merge_into",
        "deprecate",
        "remove",
    ):
        return [site["skill"]]
    return {
        "upload": [site["upload"]],
        "role": ["data-engineer"],
        "profile": [site["known"]],
        "skill": [site["skill"]],
        "company": [1],
        "twin_pair": ["data-engineer", "data-scientist"],
        "posting": [site["posting"]],
        "posting_copy": [site["posting"], site["other"]],
        "posting_copy_decide": [site["posting"], site["other"]],
        "mention_wrong": [site["posting"]],
        "mention_right": [site["posting"]],
        "sample_remove": [site["sample"]],
        **{page: [site["marked"]] for page in ("sample", "sample_read", "sample_done", "sample_withdraw")},
        **{page: [site["marked"], 1] for page in ("sample_mark", "sample_settle")},
        "source": [site["source"]],
        "source_edit": [site["source"]],
        "source_remove": [site["source"]],
        "run": [site["run"]],
        "run_publish": [site["run"]],
        "run_verify": [site["run"]],
        "run_keep": [site["run"]],
        "run_changes": [site["run"]],
        "admin:app_list": ["postings"],
        "admin:auth_user_password_change": [User.objects.get(username="somebody else").pk],
        "admin:jobsite_decision_undo": [1],
        "admin:jobsite_decisionbatch_confirm": [site["batch"]],
        "admin:jobsite_decisionbatch_discard": [site["batch"]],
        "admin:view_on_site": [1, 1],
    }.get(name, [])


def model_of(name):
    """The model of "admin:app_model_page"."""
    return next(
        model for model in admin.site._registry if f":{model._meta.app_label}_{model._meta.model_name}_" in name
    )


QUERIES = {"admin:autocomplete": "?app_label=analytics&model_name=titlepin&field_name=role"}


@contextmanager
def undone():
    """Whatever is done in the block is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def knock(session, method, address):
    """What a door answers, as a letter of the table."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with undone():
        answer = getattr(client, method)(address)
    if "/login/" in answer.headers.get("Location", ""):
        return "L"
    return {403: "x", 405: "-"}.get(answer.status_code, "o")


def address(name, site):
    return reverse(name, args=arguments(name, site)) + QUERIES.get(name, "")


def answers(session, address):
    return knock(session, "get", address), knock(session, "post", address)


def names(resolver=None, prefix=""):
    """Every named address, "namespace:name"."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield prefix + pattern.name


def pages_of_sections():
    """Address -> (model, page) for the five pages that the admin gives every model."""
    return {
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}": (model, page)
        for model in admin.site._registry
        for page in RIGHT_FOR
    }


def session_of(person):
    """The key of the session of somebody who has signed in, None for a visitor."""
    if person == "visitor":
        return None
    client = Client()
    client.force_login(make_user(person))
    return client.session.session_key


def test_every_address_is_in_the_table_and_no_other():
    there = {name for name in names() if name not in pages_of_sections()}
    assert there - set(DOORS) == set(), "new doors: say in tests/jobsite/doors.py who comes through"
    assert set(DOORS) - there == set(), "doors that are gone"


def test_every_section_of_the_admin_is_in_the_table_and_no_other():
    assert {model._meta.label_lower for model in admin.site._registry} == set(SECTIONS)


@pytest.mark.parametrize("person", PEOPLE)
def test_the_doors_that_open_are_those_of_the_table(site, person):
    place, session = PEOPLE.index(person), session_of(person)

    found = {name: answers(session, address(name, site)) for name in DOORS}

    assert found == {name: tuple(half[place] for half in line.split()) for name, line in DOORS.items()}


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_the_pages_of_the_admin_that_open_are_those_of_the_table(site, person):
    session = session_of(person)

    found = {name: answers(session, address_of(model, page)) for name, (model, page) in pages_of_sections().items()}

    assert found == {
        name: tuple(expected(person, SECTIONS[model._meta.label_lower], right) for right in RIGHT_FOR[page])
        for name, (model, page) in pages_of_sections().items()
    }


def address_of(model, page):
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}"
    if page in ("changelist", "add"):
        return reverse(name)
    row = admin.site._registry[model].get_queryset(None).first()
    assert row is not None, f"{model._meta.label}: the fixture `site` has none"
    return reverse(name, args=[row.pk])


def expected(person, rights, right):
    if person == "visitor":
        return "L"
    place = place_of_curator_and_admin(person)
    if place is None:
        return "x"
    return "o" if right in rights[place].split() else "x"


def test_public_dashboards_let_visitors_read_and_nothing_else(site, settings):
    settings.PUBLIC_DASHBOARDS = True

    found = {name: answers(None, address(name, site)) for name in DOORS}

    closed = {name: tuple(half[0] for half in line.split()) for name, line in DOORS.items()}
    opened = {name for name in DOORS if found[name] != closed[name]}
    assert opened == OPEN_TO_VISITORS_WHEN_PUBLIC
    assert {found[name][0] for name in opened} == {"o"}
