"""One search box over roles, skills, companies, profiles, groups and titles."""

import pytest
from django.urls import reverse

from analytics.models import Role, RoleSynonym
from postings.models import Alias, Company, Skill, SkillGroup
from tests.analytics.screens import list_count
from tests.make_run import REQUIRED, make_ads, make_published
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def search(client, **query):
    return client.get(reverse("search"), query).context["screen"]


def test_the_search_box_finds_a_skill_by_any_of_its_phrases_within_the_filters(client):
    make_published([*make_ads(4, country="GB"), *make_ads(3, country="DE")])
    Alias.objects.create(phrase="snake language", skill=Skill.objects.get(name="Python"))

    (group,) = search(client, q="snake lang", country="DE").groups

    assert [(hit.text, hit.n, hit.note) for hit in group.hits] == [("Python", "3", "as “snake language”")]
    assert client.get(group.hits[0].url).context["screen"].n == 3


@pytest.mark.parametrize("words", ["ML engineer", "grove of models"])
def test_the_search_box_finds_a_role_by_what_employers_and_curators_call_it(words, client):
    make_published([*make_ads(4, role="machine learning engineer"), *make_ads(3)])
    role = Role.objects.create(name="machine learning engineer", slug="machine-learning-engineer")
    RoleSynonym.objects.create(role=role, phrase="grove of models keeper")

    (group,) = search(client, q=words).groups

    assert [(hit.text, hit.n) for hit in group.hits] == [("Machine learning engineer", "4")]


def test_a_company_leads_to_its_page_and_a_title_to_its_postings(client):
    make_published([*make_ads(4, company="Orchard One", title="Pear Orchard Analyst"), *make_ads(3)])
    Company.objects.create(name="Orchard One", key="orchard one")

    companies, titles = search(client, q="orchard", country="GB").groups

    assert (companies.name, titles.name) == ("Companies", "Titles")
    assert client.get(companies.hits[0].url).context["screen"].postings == companies.hits[0].n == "4"
    assert companies.hits[0].url.endswith("?country=GB")
    assert list_count(client, titles.hits[0].url) == titles.hits[0].n == "4"


def test_contacts_in_a_title_are_masked_where_it_is_found_and_where_it_is_a_filter(client):
    make_published(make_ads(3, title="Data engineer, call 020 7946 0958"))

    hit = search(client, q="engineer, call").groups[0].hits[0]

    assert hit.text.startswith("Data engineer, call")
    assert "7946" not in hit.text
    assert "7946" not in client.get(hit.url).context["filters"].chips[0].text


def test_a_company_that_is_gone_from_the_record_leads_to_its_postings(client):
    make_published(make_ads(4, company="Orchard One"))

    (companies,) = search(client, q="orchard").groups

    assert list_count(client, companies.hits[0].url) == "4"


def test_profiles_and_groups_of_skills_are_found_with_as_many_postings_as_their_pages_say(client):
    ads = [*make_ads(8, profile=0), *make_ads(6, profile=1, skills={"Kafka": REQUIRED})]
    make_published(ads, groups={"Kafka": ["streams"]})
    SkillGroup.objects.create(slug="streams", name="Data streams")

    by_name = {group.name: group.hits for group in search(client, q="data").groups}

    assert [(hit.text, hit.n) for hit in by_name["Profiles"]] == [("data platform", "8")]
    assert [(hit.text, hit.n) for hit in by_name["Skill groups"]] == [("Data streams", "6")]
    assert client.get(by_name["Profiles"][0].url).status_code == 200
    assert client.get(by_name["Skill groups"][0].url).context["screen"].covered.count == "6"


def test_what_bears_the_very_words_comes_first_however_rare_it_is(client):
    ads = [*make_ads(30, skills={"Apache Spark": REQUIRED}), *make_ads(2, skills={"Spark": REQUIRED})]
    make_published([*ads, *make_ads(9, company="Sparkle", skills={"Python": REQUIRED})])
    for name in ("Apache Spark", "Spark"):
        Alias.objects.create(phrase=name, skill=Skill.objects.get(name=name))

    page = search(client, q="spark")

    assert [hit.text for hit in page.groups[0].hits] == ["Spark", "Apache Spark"]
    assert (page.best.text, page.best_kind) == ("Spark", "skill")
    assert search(client, q="spar").best is None


def test_how_many_postings_hold_the_words_is_said_for_one_and_for_none(client):
    make_published(make_ads(2))

    assert "No posting holds these words." in text_of(client.get(reverse("search"), {"q": "pear"}))
    assert "Nothing by that name" in text_of(client.get(reverse("search"), {"q": "pear"}))
    assert "What are you looking for?" in text_of(client.get(reverse("search")))
