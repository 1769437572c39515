"""What postings can and cannot tell: the page with this installation's own figures, and the page of methods."""

import json

import pytest
from django.urls import reverse

from analytics.methods import METHODS
from postings.models import QualityReport
from postings.skills.quality import score
from tests.analytics.screens import list_count
from tests.make_run import AT, REQUIRED, make_ads, make_published
from tests.pages import text_of
from tests.postings.skills.make_marked import MEANINGS, make_posting, make_reading

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


@pytest.fixture
def published():
    """Fifty postings, each counted once, and ten copies."""
    return make_published(
        [
            *make_ads(20, language="de", day=None),
            *make_ads(15, source="another board", pay=50000.0),
            *make_ads(10, company="", role="other", seniority=""),
            *make_ads(5, profile=None, skills={"SQL": REQUIRED}),
            *make_ads(10, is_copy=True),
        ]
    )


@pytest.fixture
def measured():
    """Forty equal marked postings, in each of which two of three skills are found."""
    text = "We ask for Python, SQL and Docker."
    marked = make_posting(text, "Python:language", "SQL:language", "Docker:tool")
    pairs = [(marked, make_reading(text, "Python:language", "SQL:language"))] * 40
    figures = score(*zip(*pairs, strict=True), MEANINGS).as_figures()
    return QualityReport.objects.create(
        stamp="s1", lexicon="l1", code="c1", marked_set="m1", at=AT, postings=40, figures=figures
    )


def lines(client, query: str = "") -> dict:
    screen = client.get(reverse("limits") + query).context["screen"]
    return {label.text: (share.share.percent, count.value, count.url) for label, share, count in screen.here.table.rows}


def test_a_language_that_is_not_known_is_said_in_a_sentence(client):
    make_published([*make_ads(20, language="de"), *make_ads(10, language="")])

    assert "are in a language that is not known" in text_of(client.get(reverse("limits")))


def test_the_page_tells_what_these_postings_are_made_of(client, published):
    found = {text: told[:2] for text, told in lines(client).items()}

    assert found == {
        "are copies of an ad that counts already": ("17%", 10),
        "state yearly pay": ("30%", 15),
        "carry no date": ("40%", 20),
        "come from a board": ("70%", 35),
        "come from another board": ("30%", 15),
        "are in English": ("60%", 30),
        "are in German": ("40%", 20),
        "name no company": ("20%", 10),
        "name no country": ("0%", 0),
        "say nothing of the level in their title": ("20%", 10),
        "have a title outside our catalogue of roles": ("20%", 10),
        "have a title that says nothing about the work": ("0%", 0),
        "name too few technical skills to lean to a profile": ("10%", 5),
    }


@pytest.mark.parametrize("query", ["", "?language=en"])
def test_each_of_its_figures_leads_to_as_many_postings(client, published, query):
    linked = {text: (count, url) for text, (_, count, url) in lines(client, query).items() if url}

    assert len(linked) >= 6
    assert "state yearly pay" in linked
    for text, (count, url) in linked.items():
        assert list_count(client, url) == str(count), text


def test_copies_are_of_the_postings_as_collected_and_can_be_read(client, published):
    label, share, _ = client.get(reverse("limits")).context["screen"].here.table.rows[0]

    assert share.share.n == list_count(client, label.url) == "60"


def test_the_figures_can_be_taken_away_as_they_stand(client, published):
    page = client.get(reverse("limits"), {"export": "json", "table": "here"})
    rows = json.loads(page.content)["rows"]

    assert [row["Postings"] for row in rows] == [count for _, count, _ in lines(client).values()]


def test_before_the_first_measurement_nothing_is_said_of_quality(client, published):
    assert client.get(reverse("limits")).context["screen"].quality is None


def test_without_postings_the_page_still_says_what_to_mind(client, published):
    page = client.get(reverse("limits"), {"country": "XX"}).content.decode()

    assert "No postings match" in page
    assert "Not every ad is a job" in page


def test_what_to_mind_leads_onward_within_the_filters(client, published):
    page = client.get(reverse("limits"), {"language": "en"}).content.decode()

    assert f'href="{reverse("posting_list")}?language=en"' in page
    assert f'href="{reverse("methods")}' in page


def test_the_page_of_methods_has_each_of_them_at_an_address_of_its_own(client):
    page = client.get(reverse("methods")).content.decode()

    assert all(f'id="{key}"' in page and f'href="#{key}"' in page for key in METHODS)


def test_extraction_is_told_with_its_interval_and_how_many_marks_it_rests_on(client, published, measured):
    rows = client.get(reverse("limits")).context["screen"].quality.table.rows

    assert [row[0].text for row in rows] == [
        "of what is found is right (precision)",
        "of what is there is found (recall)",
        "of the levels are right",
    ]
    assert all(row[2].low <= row[1].value <= row[2].high for row in rows)
    assert all(row[0].url == reverse("quality") for row in rows)
