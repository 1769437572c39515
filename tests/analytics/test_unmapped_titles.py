"""Titles without a role: found by a run, proposed a role where something speaks for one, decided by a person."""

import json

import pytest
from django.core.management import CommandError, call_command

from analytics import services
from analytics.models import Publication, Role, Run, TitlePin, UnmappedTitle
from analytics.profiles import FitSettings
from analytics.selectors.published import published
from analytics.services import profiles as profiles_service
from jobsite.work import State
from postings.models import Title
from tests.make import WORDS, make_rows, make_user
from tests.make_read import make_ads, make_lexicon, make_read
from tests.pages import act, admin_page, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def quick_fits(monkeypatch):
    monkeypatch.setattr(profiles_service, "FIT", FitSettings(bootstraps=2, splits=1))


@pytest.fixture
def curator(client):
    """A browser in which a curator is signed in."""
    client.force_login(make_user("curator"))
    return client


def titled(rows, *titles):
    """The rows under these titles in turn, each with an id of its own."""
    name = titles[0].lower().replace(" ", "-")
    return [
        row | {"title": titles[number % len(titles)], "job_id": f"{name}-{number}", "company": f"{name} {number}"}
        for number, row in enumerate(rows)
    ]


def numbered(title, count):
    return [f"{title} - Grove {number}" for number in range(count)]


def bakers(count):
    """Different ads that name no skill at all."""
    places = [f"{word} orchard number {number}" for number, word in enumerate(WORDS * 2)]
    return [
        row | {"description": f"You bake pies in the {place}."}
        for row, place in zip(make_rows(count), places[:count], strict=True)
    ]


@pytest.fixture
def snapshot():
    """Two roles that skills tell apart, other trades, and three titles without a role."""
    make_lexicon()
    make_read(
        [
            *titled(make_ads(30, "platform"), *numbered("Data Engineer", 30)),
            *titled(make_ads(30, "science"), *numbered("Data Scientist", 30)),
            *titled(bakers(20), *numbered("Pastry Chef", 20)),
            *titled(make_ads(4, "science"), "Conundrum Scientist"),
            *titled(bakers(3), "Net Mender"),
            *titled(bakers(2), "Pastry Chef"),
        ]
    )
    services.refresh_now()
    return published().snapshot


def found(snapshot):
    return {row.title: row for row in services.propose_roles(snapshot).titles}


def stored():
    """What the published run holds, stored anew."""
    shown = published()
    services.store_unmapped(shown.run, services.propose_roles(shown.snapshot))
    return {row.title.text: row for row in UnmappedTitle.objects.select_related("title", "proposed")}


def test_titles_without_a_role_are_listed_by_their_postings_and_a_silent_one_gets_a_proposal(snapshot):
    rows = services.propose_roles(snapshot).titles

    assert [row.postings for row in rows] == sorted((row.postings for row in rows), reverse=True)
    scientist = found(snapshot)["Conundrum Scientist"]
    assert (scientist.postings, scientist.role) == (4, "data scientist")
    assert 0.5 <= scientist.confidence <= 1
    assert {"PyTorch", "pandas"} & set(scientist.why)
    assert "Python" in scientist.skills


def test_another_trade_is_listed_without_a_proposal_and_a_mapped_title_not_at_all(snapshot):
    listed = found(snapshot)

    assert (listed["Pastry Chef"].reading, listed["Pastry Chef"].role) == ("other", "")
    assert listed["Net Mender"].role == ""
    assert not {title for title in listed if title.startswith("Data ")}


def test_the_same_snapshot_gives_the_same_proposals(snapshot):
    assert services.propose_roles(snapshot) == services.propose_roles(snapshot)


def test_proposals_change_no_figure(snapshot):
    stored()

    assert services.refresh_now().snapshot == snapshot.hash


def test_only_the_published_run_and_the_newest_keep_their_lists(snapshot):
    stored()
    old = published().run
    proposals = services.propose_roles(snapshot)
    new, newest = (Run.objects.create(state=State.DONE, postings=1) for _ in range(2))

    for run in (new, newest):
        services.store_unmapped(run, proposals)

    assert set(UnmappedTitle.objects.values_list("run", flat=True)) == {old.pk, newest.pk}


def test_an_accepted_proposal_is_a_pin_that_says_who_and_why_and_brings_new_figures(snapshot, curator, workers):
    row = stored()["Conundrum Scientist"]

    with workers():
        response = act(curator, "accept_proposals", [row])

    pin = TitlePin.objects.get()
    assert (pin.title.text, pin.role.name, pin.by.username) == ("Conundrum Scientist", "data scientist", "curator")
    assert pin.why.startswith(f"Proposed with confidence {row.confidence:.2f}: ")
    assert "1 titles have a role now" in text_of(response)
    assert "Conundrum Scientist" not in found(published().snapshot)


def test_chosen_titles_are_assigned_a_role_by_hand_and_leave_the_list(snapshot, curator):
    rows = stored()
    role = Role.objects.create(name="baker", slug="baker")

    act(curator, "assign_role", [rows["Pastry Chef"], rows["Net Mender"]], role=role.pk, why="they feed the orchard")

    assert {(pin.title.text, pin.role.name, pin.why) for pin in TitlePin.objects.all()} == {
        ("Pastry Chef", "baker", "they feed the orchard"),
        ("Net Mender", "baker", "they feed the orchard"),
    }
    page = text_of(curator.get(admin_page(UnmappedTitle, "changelist")))
    assert "Net Mender" not in page
    assert "Conundrum Scientist" in page


@pytest.mark.parametrize(
    ("action", "fields", "said"),
    [
        ("assign_role", {}, "Choose the role"),
        ("accept_proposals", {}, "None of these titles has a proposed role"),
    ],
)
def test_an_action_that_lacks_something_says_so_and_pins_nothing(curator, action, fields, said):
    row = make_unmapped("Grove Warden")

    assert said in text_of(act(curator, action, [row], **fields))
    assert not TitlePin.objects.exists()


def test_a_role_that_is_proposed_can_be_deleted_and_is_proposed_no_more(curator):
    role = Role.objects.create(name="warden", slug="warden")
    row = make_unmapped("Grove Warden", proposed=role, confidence=0.7)

    act(curator, "delete_selected", [role], post="yes")

    row.refresh_from_db()
    assert (Role.objects.count(), row.proposed) == (0, None)


def test_a_pin_keeps_the_seniority_that_the_title_states():
    row = make_unmapped("Senior Grove Warden")
    role = Role.objects.create(name="warden", slug="warden")

    services.assign_role([row], role, why="", by=make_user("curator"))

    assert TitlePin.objects.get().seniority == "senior"


def make_unmapped(text, **values):
    """A title without a role in the published run."""
    run = Run.objects.create(state=State.DONE, postings=1)
    Publication.objects.update_or_create(id=1, defaults={"run": run})
    fields = {"postings": 2, "reading": "other", "certainty": 0.5} | values
    return UnmappedTitle.objects.create(run=run, title=Title.objects.create(text=text), **fields)


def test_the_command_prints_the_commonest_with_their_proposals(snapshot, capsys):
    stored()

    call_command("unmapped_titles", top=1)
    call_command("unmapped_titles", json=True)

    first, whole = capsys.readouterr().out.strip().split("\n")
    assert first.startswith("4\tConundrum Scientist\tother ")
    assert "data scientist? 0." in first
    listed = json.loads(whole)
    assert [row["title"] for row in listed] == [row.title for row in services.propose_roles(snapshot).titles]
    assert {"PyTorch", "pandas"} & set(listed[0]["why"])


def test_without_a_published_run_the_command_says_what_to_do():
    with pytest.raises(CommandError, match="no published run"):
        call_command("unmapped_titles")
