"""Clusters of spellings as a curator decides them: together, with any member left out."""

import pytest

from jobsite.models import Decision
from postings.models import Alias, Candidate, CandidateState
from postings.selectors.candidate_clusters import candidate_clusters, forget_clusters
from tests.make import make_skill, make_user
from tests.pages import queries_of, text_of
from tests.postings.curation.test_candidate_queue import make_candidate

pytestmark = pytest.mark.django_db
CLUSTERS = "/admin/postings/candidate/clusters/"


@pytest.fixture(autouse=True)
def phrases():
    """A cluster near a known name, one of two new spellings, and a phrase that is near nothing."""
    forget_clusters()
    make_skill("Grove Database", "GroveDBX")
    for phrase, postings in (("GroveDB", 9), ("Grove-DBs", 2), ("Pear Store", 3), ("PearStore", 4), ("Quince", 20)):
        make_candidate(phrase, postings=postings)


@pytest.fixture
def curator(client):
    client.force_login(make_user("curator"))
    return client


def decided(client, decide, marks, **fields):
    return client.post(
        CLUSTERS, {"decide": decide, "at": marks[0], "of": "cluster", "mark": marks} | fields, follow=True
    )


def named():
    return [[member.phrase for member in cluster.members] for cluster in candidate_clusters()]


def test_clusters_come_largest_first_with_the_commonest_spelling_first():
    assert named() == [["GroveDB", "Grove-DBs"], ["PearStore", "Pear Store"]]


def test_a_cluster_that_holds_an_alias_proposes_its_skill():
    first, second = candidate_clusters()

    assert (first.suggested.name, second.suggested) == ("Grove Database", None)
    assert [alias.phrase for alias in first.known] == ["GroveDBX"]


def test_one_phrase_near_a_known_name_is_a_cluster():
    make_candidate("Grove Databse", postings=1)

    assert ["Grove Databse"] in named()


def test_the_spellings_of_a_cluster_are_accepted_in_one_decision(curator):
    page = decided(curator, "suggested", ["grovedb", "grove-dbs"], suggested="Grove Database")

    assert "“GroveDB”, “Grove-DBs” accepted as aliases of “Grove Database”." in text_of(page)
    assert Decision.objects.count() == 1
    assert page.context["screen"].chosen.phrase == "PearStore"


def test_a_member_that_was_unticked_is_left_out_and_waits_on(curator):
    decided(curator, "skill:tool", ["pearstore"], name="Pear Store", is_named="on")

    assert Alias.objects.filter(skill__name="Pear Store").count() == 2
    assert Candidate.objects.get(phrase="Pear Store").state == CandidateState.WAITING


def test_a_cluster_of_which_nothing_is_ticked_is_not_decided(curator):
    page = curator.post(CLUSTERS, {"decide": "ignore", "at": "grovedb", "of": "cluster"}, follow=True)

    assert "Choose the phrases that this is about." in text_of(page)
    assert page.context["screen"].chosen.phrase == "GroveDB"
    assert not Decision.objects.exists()


def test_an_undone_cluster_is_chosen_again(curator):
    decided(curator, "ignore", ["grovedb", "grove-dbs"])
    assert named() == [["PearStore", "Pear Store"]]

    page = decided(curator, "undo", ["pearstore"])

    assert page.context["screen"].chosen.phrase == "GroveDB"
    assert named()[0] == ["GroveDB", "Grove-DBs"]


def test_htmx_gets_the_chosen_cluster_alone(curator):
    page = curator.get(f"{CLUSTERS}?at=pearstore", headers={"HX-Request": "true", "HX-Target": "queue-detail"})

    assert "Pear Store" in text_of(page)
    assert "GroveDB" not in text_of(page)


def test_no_clusters_say_so(curator):
    Candidate.objects.all().delete()

    assert "No phrase that waits is spelt like another one" in text_of(curator.get(CLUSTERS))


@pytest.mark.parametrize("group", ["viewer", "analyst"])
def test_readers_do_not_decide(client, group):
    client.force_login(make_user(group))

    client.post(CLUSTERS, {"decide": "ignore", "mark": ["grovedb"], "of": "cluster"})

    assert not Decision.objects.exists()


def test_many_clusters_ask_the_database_as_often_as_few(curator):
    queries_of(curator, CLUSTERS)
    few = queries_of(curator, CLUSTERS)
    for number in range(50):
        for phrase in (f"Orchard{chr(97 + number % 26)}{number}db", f"Orchard{chr(97 + number % 26)}{number}-DB"):
            make_candidate(phrase)
    forget_clusters()
    queries_of(curator, CLUSTERS)

    assert queries_of(curator, CLUSTERS) == few
