"""The queue of candidates as a curator works through it: by plain forms, and as htmx asks."""

from datetime import date

import pytest
from django.urls import reverse

from jobsite.decisions import decide
from jobsite.models import Decision
from postings import services
from postings.models import Alias, Candidate, CandidateState, Guess, Posting, Skill, SkillGroup
from postings.selectors import candidate_queue as queues
from tests.make import make_ingested, make_row, make_skill, make_user
from tests.make_read import make_read
from tests.pages import act, admin_page, confirm, queries_of, text_of

pytestmark = pytest.mark.django_db
QUEUE = "/admin/postings/candidate/queue/"
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def curator(client):
    client.force_login(make_user("curator"))
    return client


def make_candidate(phrase, **values):
    told = {"key": services.key_of(phrase), "phrase": phrase, "postings": 3}
    return Candidate.objects.create(**told | {"spelling": queues.skills.spelling_of(phrase)} | values)


@pytest.fixture
def phrases():
    """Three that wait: PearStore in 9 ads, Plumline in 5 and suggested as Plum, Grove DB in 2."""
    plum = make_skill("Plum")
    make_candidate("PearStore", postings=9, before=2, recent=7)
    make_candidate("Plumline", postings=5, suggested=plum, guess=Guess.NAME_AND_MORE)
    make_candidate("Grove DB", postings=2, first_seen=date(2026, 5, 1))


def decided(client, decide, at, *, query="", **fields):
    return client.post(f"{QUEUE}{query}", {"decide": decide, "at": at} | fields, follow=True)


def state_of(phrase):
    return Candidate.objects.get(phrase=phrase).state


def chosen(response):
    return response.context["queue"].chosen.phrase


def test_the_commonest_phrase_is_chosen_first_with_how_many_wait(curator, phrases):
    page = curator.get(QUEUE)

    assert [row.phrase for row in page.context["queue"].rows] == ["PearStore", "Plumline", "Grove DB"]
    assert chosen(page) == "PearStore"
    assert "<strong>3</strong> waiting" in text_of(page)


def test_an_empty_queue_says_so(curator):
    assert "No phrase waits." in text_of(curator.get(QUEUE))


@pytest.mark.parametrize(
    ("query", "phrases_shown"),
    [
        ("?q=plum", ["Plumline"]),
        ("?fewest=5", ["PearStore", "Plumline"]),
        ("?guess=any", ["Plumline"]),
        ("?guess=none", ["PearStore", "Grove DB"]),
        ("?guess=2", ["Plumline"]),
        ("?guess=1", []),
        ("?order=count", ["PearStore", "Plumline", "Grove DB"]),
        ("?order=alike", ["Plumline", "PearStore", "Grove DB"]),
        ("?order=rising&guess=none", ["PearStore", "Grove DB"]),
        ("?guess=nonsense&fewest=-3&order=up&page=x", ["PearStore", "Plumline", "Grove DB"]),
        ("?page=7", ["PearStore", "Plumline", "Grove DB"]),
    ],
)
def test_the_queue_is_filtered_and_ordered(curator, phrases, query, phrases_shown):
    assert [row.phrase for row in curator.get(f"{QUEUE}{query}").context["queue"].rows] == phrases_shown


def test_a_suggested_skill_is_accepted_and_the_next_phrase_follows(curator, phrases):
    page = decided(curator, "suggested", "plumline", suggested="Plum")

    assert "“Plumline” accepted as an alias of “Plum”." in text_of(page)
    assert Alias.objects.get(phrase="Plumline").skill.name == "Plum"
    assert chosen(page) == "Grove DB"
    assert "<strong>1</strong> decided today" in text_of(page)


def test_after_the_last_phrase_the_one_above_follows(curator, phrases):
    assert chosen(decided(curator, "ignore", "grove db")) == "Plumline"


def test_another_skill_is_chosen_by_a_name_or_an_alias_whatever_the_case(curator, phrases):
    make_skill("Pear Store", "pears")

    decided(curator, "alias", "pearstore", skill="PEARS", exact_case="on", context="listed", why="As they write it.")

    alias = Alias.objects.get(phrase="PearStore")
    assert (alias.skill.name, alias.exact_case, alias.context) == ("Pear Store", True, "listed")
    assert Decision.objects.get().why == "As they write it."


def test_a_new_skill_is_made_by_its_kind(curator, phrases):
    decided(curator, "skill:method", "grove db", name="Grove Database", definition="Keeps groves.")

    skill = Skill.objects.get(name="Grove Database")
    assert (skill.kind, skill.definition) == ("method", "Keeps groves.")


def test_a_new_skill_joins_groups_and_is_named_so_if_that_is_ticked(curator, phrases):
    SkillGroup.objects.create(slug="stores", name="stores", set="area")

    decided(curator, "skill:tool", "grove db", name="Grove", is_named="on", groups=["stores"], phrase="Grove DBs")

    skill = Skill.objects.get(name="Grove")
    assert {alias.phrase for alias in skill.aliases.all()} == {"Grove", "Grove DBs"}
    assert [group.slug for group in skill.groups.all()] == ["stores"]


def test_what_is_decided_is_done_to_all_that_are_marked(curator, phrases):
    page = decided(curator, "ignore", "pearstore", mark=["pearstore", "grove db"])

    assert "“PearStore”, “Grove DB” ignored for ever." in text_of(page)
    assert chosen(page) == "Plumline"
    assert Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"decide": "alias", "skill": "Plu"}, "No skill is called “Plu”, and no alias is spelt so. Near it: “Plum”."),
        ({"decide": "alias", "skill": " "}, "Say which skill the phrase names."),
        ({"decide": "skill:fruit", "name": "Pears"}, "“fruit” is no kind of skill"),
        ({"decide": "skill:tool", "name": "plum"}, "There is a skill called “Plum” already."),
        ({"decide": "sing"}, "Choose what to do with the phrase."),
        ({"decide": "ignore", "at": "nothing"}, "Choose the phrases that this is about."),
        ({"decide": "ignore", "context": "sometimes"}, "sometimes is not one of the available choices"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_the_place_is_kept(curator, phrases, fields, why):
    page = curator.post(f"{QUEUE}", {"at": "plumline"} | fields, follow=True)

    assert why in text_of(page)
    assert not Decision.objects.exists()
    assert chosen(page) == ("Plumline" if fields.get("at") != "nothing" else "PearStore")


def test_a_phrase_that_somebody_else_decided_meanwhile_is_not_decided_again(curator, phrases):
    decide("candidate.ignore", {"candidates": ["Plumline"]})

    page = decided(curator, "suggested", "plumline", suggested="Plum")

    assert "“Plumline” is ignored for ever: let it wait again first." in text_of(page)
    assert not Alias.objects.filter(phrase="Plumline").exists()


@pytest.mark.slow
def test_the_last_decisions_are_undone_one_after_another(curator, phrases):
    decided(curator, "ignore", "plumline")
    decided(curator, "ignore", "pearstore")

    page = decided(curator, "undo", "grove db")
    assert "Undone: “PearStore” ignored for ever." in text_of(page)
    assert chosen(page) == "PearStore"
    page = decided(curator, "undo", "pearstore")

    assert chosen(page) == "Plumline"
    assert set(Candidate.objects.values_list("state", flat=True)) == {CandidateState.WAITING}
    assert "There is nothing of yours to undo here." in text_of(decided(curator, "undo", ""))


def test_what_others_decided_is_not_undone_by_the_key(curator, phrases):
    decide("candidate.ignore", {"candidates": ["Plumline"]}, by=make_user("admin"))

    decided(curator, "undo", "")

    assert state_of("Plumline") == CandidateState.IGNORED


def test_htmx_gets_the_queue_alone_and_keeps_what_is_filtered(curator, phrases):
    page = curator.post(f"{QUEUE}?fewest=3", {"decide": "ignore", "at": "pearstore"}, **HTMX)

    assert page.status_code == 200
    assert "<html" not in text_of(page)
    assert 'hx-swap-oob="innerHTML:#queue-said"' in text_of(page)
    assert [row.phrase for row in page.context["queue"].rows] == ["Plumline"]


def test_htmx_gets_the_chosen_phrase_alone(curator, phrases):
    page = curator.get(f"{QUEUE}?at=plumline", headers={"HX-Request": "true", "HX-Target": "queue-detail"})

    assert "Plumline" in text_of(page)
    assert "PearStore" not in text_of(page)


def test_sentences_are_shown_with_the_phrase_marked_and_contacts_masked(curator):
    make_ingested([make_row(description="Skills: Python, GroveDB and SQL, write to jane@orchard.example today.")])
    make_candidate("GroveDB", samples=[Posting.objects.get().pk])

    page = text_of(curator.get(QUEUE))

    assert "<mark>GroveDB</mark>" in page
    assert "jane@orchard.example" not in page


@pytest.mark.parametrize(
    ("phrase", "exact_case", "context"),
    [
        ("Go", True, "listed"),
        ("GroveDB", False, ""),
        ("R2", True, "listed"),
        ("GROV", True, "listed"),
        ("GROVE", True, ""),
        ("spark", False, "listed"),
    ],
)
def test_exact_case_or_a_rule_is_proposed_for_everyday_words(curator, phrase, exact_case, context):
    make_candidate(phrase)

    screen = curator.get(QUEUE).context["screen"]

    assert (screen.exact_case, screen.context) == (exact_case, context)
    assert bool(screen.caution) == (exact_case or bool(context))


@pytest.mark.parametrize(
    ("before", "recent", "says"),
    [
        (2, 3, "too few for a trend"),
        (10, 12, "no clear change"),
        (5, 25, "more than before"),
        (25, 5, "fewer than before"),
    ],
)
def test_a_trend_is_said_only_where_the_counts_are_sure(before, recent, says):
    spark = queues.spark_of(before, recent)

    assert spark.says == says
    assert max(spark.before, spark.recent) == 20


def test_it_is_said_which_alias_a_phrase_is_like(curator):
    skill = make_skill("Apache Kafka", "Kafka")
    make_candidate("Kafka Cloud", suggested=skill, guess=Guess.NAME_AND_MORE)

    assert "a known name with more to it: “Kafka”" in text_of(curator.get(QUEUE))


def test_other_spellings_of_an_ignored_phrase_stay_away_until_it_waits_again(curator):
    for phrase in ("Data Lake", "data-lakes", "DataLake", "Data Lakehouse"):
        make_candidate(phrase)

    decided(curator, "ignore", "data lake")
    assert [row.phrase for row in queues.waiting_candidates()] == ["Data Lakehouse"]

    decided(curator, "undo", "")
    assert queues.waiting_candidates().count() == 4


@pytest.mark.slow
def test_what_was_ignored_stays_away_whatever_is_counted_later(curator):
    rows = [make_row(job_id=str(n), description=f"Skills: Python, GroveDB, SQL. {n}") for n in range(3)]
    for name in ("Python", "SQL"):
        make_skill(name)
    make_read(rows)
    services.count_candidates()
    assert [row.phrase for row in queues.waiting_candidates()] == ["GroveDB"]

    decided(curator, "ignore", "grovedb")
    more = [make_row(job_id=f"b{n}", description=f"Skills: Python, GroveDBs, SQL. {n} more") for n in range(3)]
    make_read(more, name="more.csv")
    services.count_candidates()

    assert Candidate.objects.filter(spelling="grovedb").count() == 2
    assert not queues.waiting_candidates().exists()


def test_phrases_of_many_employers_come_first(curator):
    for name in ("Python", "SQL"):
        make_skill(name)
    one = [make_row(job_id=f"a{n}", description=f"Skills: Python, GroveDB, SQL. Kind {n}.") for n in range(3)]
    many = [
        make_row(job_id=f"b{n}", company=f"Pear {n}", description=f"Skills: Python, PearStore, SQL. Tree {n}.")
        for n in range(2)
    ]
    make_read(one + many)
    services.count_candidates()

    rows = curator.get(QUEUE).context["queue"].rows
    assert [(row.phrase, row.postings, row.companies) for row in rows] == [("PearStore", 2, 2), ("GroveDB", 3, 1)]


def test_what_is_spelled_out_beside_a_phrase_is_suggested(curator):
    skill = make_skill("grove programming")
    make_skill("Python")
    texts = ("Python, grove programming (GP), and R", "Python, GP (grove programming), more")
    make_read([make_row(job_id=str(n), description=f"Skills: {text}. Tree {n}.") for n, text in enumerate(texts)])
    services.count_candidates()

    found = Candidate.objects.filter(phrase="GP").values_list("suggested", "guess")
    assert list(found) == [(skill.pk, Guess.SPELLED_OUT)]


def test_skills_are_offered_while_a_name_is_typed(curator):
    make_skill("Pear Store", "fruit shop")
    make_skill("Spear")

    offered = text_of(curator.get(reverse("admin:postings_candidate_skills"), {"skill": "pear"}))
    by_alias = text_of(curator.get(reverse("admin:postings_candidate_skills"), {"skill": "fruit"}))

    assert offered.index('data-value="Pear Store"') < offered.index('data-value="Spear"')
    assert "“fruit shop”" in by_alias


def test_what_accepting_would_do_is_told_apart_from_the_page(curator, phrases):
    page = curator.get(reverse("admin:postings_candidate_impact"), {"at": "plumline", "suggested": "Plum"})

    assert page.status_code == 200
    assert page.context["skill"].name == "Plum"


def test_a_word_of_everyday_texts_is_told_by_where_else_it_stands(curator):
    make_ingested([make_row(job_id=str(n), description=f"We lead groves of kind number {n}.") for n in range(9)])
    make_candidate("Groves", postings=2)

    page = curator.get(reverse("admin:postings_candidate_impact"), {"at": "groves"})

    told = page.context["elsewhere"]
    assert (told.postings, told.read, told.exact, told.is_everyday) == (9, 9, 0, True)
    assert "stands in 9 postings; as written here in 0." in text_of(page)


@pytest.mark.parametrize("group", ["viewer", "analyst"])
def test_readers_neither_see_the_queue_nor_decide(client, phrases, group):
    client.force_login(make_user(group))

    assert client.get(QUEUE).status_code == 403
    client.post(QUEUE, {"decide": "ignore", "at": "plumline"})
    assert state_of("Plumline") == CandidateState.WAITING


def test_a_page_of_many_asks_the_database_as_often_as_one_of_few(curator, phrases):
    queries_of(curator, QUEUE)  # content types and permissions are looked up once
    few = queries_of(curator, QUEUE)
    plum = Skill.objects.get()
    for number in range(50):
        make_candidate(f"Grove {number}", suggested=plum, guess=Guess.LETTER_OFF)

    assert queries_of(curator, QUEUE) == few


@pytest.mark.slow
def test_phrases_of_the_list_are_ignored_and_put_back_once_confirmed(curator, phrases):
    some = list(Candidate.objects.filter(phrase__in=("PearStore", "Plumline")))

    confirm(curator, act(curator, "ignore", some))
    assert {state_of("PearStore"), state_of("Plumline")} == {CandidateState.IGNORED}

    confirm(curator, act(curator, "reopen", some))
    assert {state_of("PearStore"), state_of("Plumline")} == {CandidateState.WAITING}


def test_a_candidate_of_the_list_leads_to_its_place_in_the_queue(curator, phrases):
    page = text_of(curator.get(admin_page(Candidate, "change", Candidate.objects.get(phrase="Plumline").pk)))

    assert f"{QUEUE}?q=Plumline&amp;at=plumline" in page
    assert 'name="state"' not in page
