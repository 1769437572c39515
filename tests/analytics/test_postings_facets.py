"""The list of postings: what it consists of, and what a file of it holds."""

import csv
import io
import json
from datetime import date

import pytest
from django.urls import reverse

from analytics.selectors import posting_list
from postings.models import Company
from tests.analytics.screens import list_count
from tests.make_run import PREFERRED, REQUIRED, Ad, make_ads, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


@pytest.fixture
def run():
    return make_published(
        [
            *make_ads(6, country="GB", skills={"Python": REQUIRED}),
            *make_ads(4, country="DE", seniority="junior", skills={"Python": PREFERRED}),
            *make_ads(3, country="", role="data analyst", company="Quince", skills={"SQL": REQUIRED}),
        ]
    )


def screen(client, **query):
    return client.get(reverse("posting_list"), query).context["screen"]


def facet(page, label):
    return {value.text: value for one in page.facets if one.label == label for value in one.values}


def test_every_value_of_a_facet_has_as_many_postings_as_the_list_that_it_leads_to(client, run):
    page = screen(client)

    assert {one.label for one in page.facets} == {"Role", "Seniority", "Company", "Country"}
    for one in page.facets:
        for value in one.values:
            assert list_count(client, value.url) == value.count


def test_facets_count_what_is_listed_whatever_narrows_it(client, run):
    page = screen(client, skill="Python", level="required", country=["GB", "DE"])

    assert {text: value.count for text, value in facet(page, "Country").items()} == {"United Kingdom": "6"}
    assert page.count == "6"


def test_what_narrows_the_list_stays_when_a_facet_is_chosen(client, run):
    germany = facet(screen(client, skill="Python", q=""), "Country")["Germany"]

    assert germany.url == f"{reverse('posting_list')}?country=DE&skill=Python"


def test_a_chosen_value_is_taken_away_by_its_facet(client, run):
    value = facet(screen(client, country="DE"), "Country")["Germany"]

    assert (value.is_chosen, value.url) == (True, reverse("posting_list"))


def test_what_is_not_known_is_a_value(client, run):
    value = facet(screen(client), "Country")["not known"]

    assert list_count(client, value.url) == value.count == "3"


def test_rarer_values_are_counted(client):
    make_published([Ad(company=f"Company {number}") for number in range(12)])

    (one,) = screen(client).facets

    assert (len(one.values), one.more) == (7, "and 5 more")


def test_a_file_of_postings_holds_no_text_and_no_more_than_its_cap(client, run, monkeypatch):
    monkeypatch.setattr(posting_list, "MOST_EXPORTED", 5)
    address = f"{reverse('posting_list')}?skill=Python&export=csv&table=postings"

    lines = client.get(address).content.decode().splitlines()

    head = next(place for place, line in enumerate(lines) if line.startswith("Id,"))
    table = list(csv.DictReader(io.StringIO("\n".join(lines[head:]))))
    assert list(table[0]) == ["Id", "Title", "Role", "Seniority", "Company", "Country", "Month", "Source", "Page"]
    assert len(table) == 5
    assert table[0]["Page"] == f"/postings/{table[0]['Id']}/"
    assert "the newest 5 of 10 (Skill: Python)" in lines[0]
    assert screen(client, skill="Python").cap == "A file holds the newest 5."


def test_titles_in_a_file_have_their_contacts_masked_and_undated_postings_no_month(client):
    make_published([Ad(title="Engineer (ask grow@fernhollow.example)", day=None), Ad(day=date(2026, 7, 1))])

    file = json.loads(client.get(f"{reverse('posting_list')}?export=json&table=postings").content)

    assert [row["Month"] for row in file["rows"]] == ["2026-07", None]
    assert "grow@" not in json.dumps(file)


def test_a_posting_s_company_leads_to_its_page_within_the_filters(client):
    quince = Company.objects.create(name="Quince", key="quince")
    quinze = Company.objects.create(name="Quinze", key="quinze", merged_into=quince)
    make_published([Ad()])
    asked = client.get(reverse("posting_list"), {"country": "GB"}).context["filters"]

    assert asked.query == "?country=GB"
    question = posting_list.Question().narrowed(country="GB")
    assert posting_list.company_link(quinze, question) == ("Quinze", f"{quince.get_absolute_url()}?country=GB")
    assert posting_list.company_link(None, question) == ("", "")
