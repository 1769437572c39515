"""Titles about which a person is asked: found by a run, proposed a role where something speaks for one."""

import json

import pytest
from django.core.management import CommandError, call_command

from analytics import services
from analytics.models import Asks, OpenTitle, Role, Run, TitlePin
from analytics.profiles import FitSettings
from analytics.selectors.published import published
from analytics.services import profiles as profiles_service
from analytics.titles import doubting
from jobsite.work import State
from postings.models import Title
from tests.make import WORDS, make_rows
from tests.make_read import STACKS, make_ads, make_lexicon, make_read

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def quick_fits(monkeypatch):
    monkeypatch.setattr(profiles_service, "FIT", FitSettings(bootstraps=2, splits=1))


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
    services.store_open_titles(shown.run, services.find_open_titles(shown.snapshot))
    return {row.title.text: row for row in OpenTitle.objects.filter(asks=Asks.ROLE).select_related("title", "proposed")}


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
    asked = services.find_open_titles(snapshot)
    new, newest = (Run.objects.create(state=State.DONE, postings=1) for _ in range(2))

    for run in (new, newest):
        services.store_open_titles(run, asked)

    assert set(OpenTitle.objects.values_list("run", flat=True)) == {old.pk, newest.pk}


def test_titles_on_which_a_person_has_decided_are_asked_about_no_more(snapshot):
    role = Role.objects.get(slug="data-scientist")
    TitlePin.objects.create(title=Title.objects.get(text="Conundrum Scientist"), role=role)
    TitlePin.objects.create(title=Title.objects.get(text="Net Mender"), without="other")

    asked = {one.title for one in services.find_open_titles(published().snapshot)}

    assert not {"Conundrum Scientist", "Net Mender"} & asked
    assert "Pastry Chef" in asked


def test_a_title_whose_skills_speak_for_another_role_asks_for_that_one(monkeypatch):
    monkeypatch.setattr(doubting, "LEAST_ADS_OF_A_ROLE", 20)
    monkeypatch.setattr(doubting, "LEAST_ADS_OF_A_SKILL", 2)
    make_lexicon()
    make_read(
        [
            *titled(make_ads(30, "platform"), *numbered("Data Engineer", 30)),
            *titled(make_ads(30, "science"), *numbered("Data Scientist", 30)),
            *titled(make_ads(6, "platform"), "Junior Data Scientist"),
        ]
    )
    services.refresh_now()

    asked = [one for one in services.find_open_titles(published().snapshot) if one.asks == Asks.SKILLS]

    (one,) = asked
    assert (one.title, one.reading, one.role, one.postings) == (
        "Junior Data Scientist", "data scientist", "data engineer", 6,
    )  # fmt: skip
    assert one.margin > doubting.LEAST_MARGIN
    assert set(one.why) <= set(STACKS["platform"])
    assert one.nearest[0] == "data engineer"


def test_titles_read_with_little_certainty_come_by_the_postings_that_may_be_misread(monkeypatch):
    make_lexicon()
    rows = [
        *titled(make_ads(8, "science"), "Data Scientist"),
        *titled(make_ads(5, "platform"), "Data Intern"),
        *titled(make_ads(2, "platform", location="Oslo, Norway"), "Data Science Intern"),
    ]
    make_read(rows)
    services.refresh_now()

    asked = [one for one in services.find_open_titles(published().snapshot) if one.asks == Asks.WORDING]

    assert [one.title for one in asked] == ["Data Intern", "Data Science Intern"]
    assert [one.role for one in asked] == [one.reading for one in asked]
    assert all(one.confidence == one.certainty < services.open_titles.SURE for one in asked)


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
