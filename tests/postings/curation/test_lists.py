"""The lists of skills and aliases: what stands beside each, in which order, and what is changed of many at once."""

import pytest
from django.urls import reverse

from jobsite.decisions import undo
from jobsite.models import Decision
from postings import counted
from postings.models import Alias, Skill
from tests.make import make_row, make_skill, make_user
from tests.make_read import make_read
from tests.make_run import REQUIRED, make_ads, make_published
from tests.pages import act, confirm, queries_of, text_of

pytestmark = pytest.mark.django_db

SKILLS = reverse("admin:postings_skill_changelist")
BY_ADS = 2
"""The column of ads, that of the tick boxes not counted."""


@pytest.fixture
def curator(client):
    client.force_login(make_user("curator"))
    return client


@pytest.fixture
def figures():
    for name in ("Python", "Kafka", "dbt"):
        make_skill(name)
    make_published(
        [*make_ads(3, skills={"Python": REQUIRED}), *make_ads(2, skills={"Kafka": REQUIRED})], skills=["dbt"]
    )


def listed(client, **asked):
    rows = client.get(SKILLS, asked).context["cl"].result_list
    return [(skill.name, skill.ads) for skill in rows]


def test_each_skill_has_the_ads_of_the_published_run_beside_it(curator, figures):
    make_skill("Zig")

    assert dict(listed(curator)) == {"Python": 3, "Kafka": 2, "dbt": 0, "Zig": None}
    assert f'<a href="{Skill.objects.get(name="Python").get_absolute_url()}">3</a>' in text_of(curator.get(SKILLS))


@pytest.mark.slow
def test_the_list_is_sorted_by_ads_over_all_of_its_pages(curator, figures):
    for number in range(60):
        make_skill(f"Pear {number:02}")

    assert [name for name, _ in listed(curator, o=f"-{BY_ADS}")][:4] == ["Python", "Kafka", "dbt", "Pear 00"]
    assert [name for name, _ in listed(curator, o=f"-{BY_ADS}", p=2)][-1] == "Pear 59"
    assert [name for name, _ in listed(curator, o=str(BY_ADS), p=2)][-2:] == ["Kafka", "Python"]
    assert len(listed(curator, o=f"-{BY_ADS}", all="")) == 63
    assert listed(curator, o=f"-{BY_ADS}", q="kaf") == [("Kafka", 2)]


def test_without_a_run_there_are_no_ads_to_tell(curator):
    make_skill("Python")

    assert listed(curator, o=f"-{BY_ADS}") == [("Python", None)]
    assert counted.ads_by_skill() == {}


@pytest.mark.slow
def test_sorting_by_ads_takes_no_query_for_each_skill(curator, figures):
    asked = f"{SKILLS}?o=-{BY_ADS}"
    few = queries_of(curator, asked)
    for number in range(20):
        make_skill(f"Pear {number}", f"pears {number}")

    assert queries_of(curator, asked) <= few


def test_of_many_aliases_the_first_are_told_and_the_rest_counted(curator):
    make_skill("Kubernetes", *(f"k{number}" for number in range(8, 24)))

    assert '<td class="field-aliases_of">Kubernetes, k10, k11 and 14 more</td>' in text_of(curator.get(SKILLS))


@pytest.mark.slow
def test_case_and_rule_of_many_aliases_are_one_decision_that_is_undone(curator):
    make_skill("Go", "go"), make_skill("R", "r")
    make_read([make_row(job_id="a", description="Requirements: Go and R for pears.")])
    aliases = list(Alias.objects.filter(phrase__in=("Go", "R")))

    chosen = {"exact_case": "yes", "context": "listed"}
    page = act(curator, "respell", aliases, **chosen)
    assert "Read “Go”, “R” only with these capitals, by the rule “listed”?" in text_of(page)
    assert "Texts that can hold them are read again." in text_of(page)
    confirm(curator, page, why="words of everyday texts", **chosen)

    read = {alias.phrase: (alias.exact_case, alias.context) for alias in Alias.objects.all()}
    assert read["Go"] == read["R"] == (True, "listed")
    decision = Decision.objects.get()
    assert decision.summary == "“Go”, “R” changed: exact case, context."
    undo(decision)
    assert not Alias.objects.filter(exact_case=True).exists()


def test_a_rule_is_taken_from_many_aliases_and_their_case_is_left(curator):
    make_skill("Go"), make_skill("R")
    Alias.objects.update(context="listed")
    Alias.objects.filter(phrase="R").update(exact_case=True)

    confirm(curator, act(curator, "respell", list(Alias.objects.all()), exact_case="", context="-"), context="-")

    assert set(Alias.objects.values_list("phrase", "exact_case", "context")) == {("Go", False, ""), ("R", True, "")}


@pytest.mark.slow
def test_what_cannot_be_of_many_aliases_is_said_and_nothing_is_changed(curator):
    skill = make_skill("Golang")
    for exact_case, phrase in ((True, "Go"), (False, "go")):
        Alias.objects.create(skill=skill, phrase=phrase, exact_case=exact_case)
    aliases = list(Alias.objects.all())

    assert "Choose what is to be otherwise." in text_of(act(curator, "respell", aliases, exact_case="", context=""))
    page = act(curator, "respell", aliases, exact_case="no", context="")
    assert "“go” is an alias of “Golang” already." in text_of(page)
    assert 'name="confirm"' not in page.content.decode()


@pytest.mark.slow
def test_of_very_many_aliases_the_change_is_not_looked_for_beforehand(curator):
    skill = make_skill("Pears")
    Alias.objects.bulk_create(Alias(skill=skill, phrase=f"pear {number}") for number in range(100))

    page = act(curator, "respell", list(Alias.objects.all()), exact_case="yes")

    assert "Of more than 100 aliases it is not said beforehand what would change." in text_of(page)
