"""The quality page: what was measured, how well it went, what it got wrong, how it changed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from analytics.models import Run
from postings.models import QualityReport
from postings.skills.quality import score
from tests.make_run import AT, make_ads, make_published
from tests.pages import queries_of, text_of
from tests.postings.skills.make_marked import MEANINGS, make_posting, make_reading

pytestmark = pytest.mark.django_db

TEXT = "We ask for Python, SQL and Docker. A bonus: Kafka <3."
PAGE = "/quality/"


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def make_report(*mentions, stamp="s1", at=AT, marked_set="m1"):
    """A report of 40 equal postings with four marks, in each of which these mentions were read."""
    posting = make_posting(TEXT, "Python:language", "SQL:language", "Docker:tool:preferred", "Kafka:tool", years=3)
    pairs = [(posting, make_reading(TEXT, *mentions, years=3))] * 40
    quality = score(*zip(*pairs, strict=True), MEANINGS)
    return QualityReport.objects.create(
        stamp=stamp, lexicon=f"lexicon {stamp}", code="c1", marked_set=marked_set, at=at, postings=40,
        figures=quality.as_figures(),
    )  # fmt: skip


def row_of(client, section, label):
    """The texts of one row of a table of the page."""
    page = client.get(PAGE).content.decode()
    table = page[page.index(f'id="{section}"') :]
    row = re.search(rf"<tr[^>]*>\s*<th scope=\"row\">{label}</th>(.*?)</tr>", table, re.DOTALL)[1]
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
    return [" ".join(re.sub(r"<span class=\"sr\">.*?</span>|<[^>]+>", " ", cell).split()) for cell in cells]


def test_before_the_first_measurement_it_says_how_to_get_one(client):
    page = text_of(client.get(PAGE))

    assert "Nothing is measured yet" in page
    assert "manage.py measure_quality" in page


def test_it_says_plainly_what_was_measured_when_and_with_what(client):
    make_report("Python:language")

    page = text_of(client.get(PAGE))

    assert "40 job postings of our own" in page
    assert "written and marked by a language model; no person has checked the marks yet" in page
    assert "2 Aug 2026, 12:00" in page
    assert "lexicon s1" in page


def test_each_kind_has_its_counts_and_shares(client):
    make_report("Python:language", "Docker:tool:preferred", "bonus:tool")

    assert row_of(client, "kinds", "all kinds")[:3] == ["160", "120", "67% (67–67)"]
    assert row_of(client, "kinds", "language") == ["80", "40", "100% (91–100)", "50% (50–50)", "67% (67–67)"]
    assert row_of(client, "kinds", "certificate") == ["0", "0", "–", "–", "–"]


def test_levels_and_demands_have_their_rows(client):
    make_report("Python:language:preferred", "Docker:tool:preferred")

    assert row_of(client, "levels", "preferred")[:3] == ["40", "80", "50% (50–50)"]
    assert row_of(client, "levels", "required") == ["40", "0", "–", "0% (0.0–8.8)"]
    assert row_of(client, "demands", "years of experience") == ["40", "100% (91–100)"]


def test_misses_and_false_hits_stand_in_their_sentences(client):
    make_report("Python:language", "SQL:language", "Docker", "bonus")

    page = text_of(client.get(PAGE))

    misses, false_hits = page[page.index('id="misses"') :].split('id="false-hits"')
    assert 'A bonus: <mark class="own">Kafka</mark> &lt;3.' in misses
    assert "Kafka · tool · 40 postings, one is own-1" in misses
    assert 'A <mark class="own">bonus</mark>: Kafka &lt;3.' in false_hits
    assert "Missed: 40 forms" in page
    assert "False hits: 40 forms" in page


def test_a_second_report_says_what_changed(client):
    make_report("Python:language", stamp="s1", at=AT - timedelta(days=1))
    make_report("Python:language", "SQL:language", stamp="s2")

    page = text_of(client.get(PAGE))

    assert row_of(client, "since", "Recall") == ["25.0%", "50.0%", "+25.0"]
    assert row_of(client, "since", "Precision") == ["100.0%", "100.0%", "0.0"]
    assert "+25.0 points since the report before" in page
    assert "1 Aug 2026, 12:00, with lexicon <code>lexicon s1" in page
    assert "cannot be compared like with like" not in page


def test_a_first_report_has_no_changes_to_tell(client):
    make_report("Python:language")

    assert "report before" not in text_of(client.get(PAGE))


def test_other_marked_postings_cannot_be_compared(client):
    make_report("Python:language", stamp="s1", at=AT - timedelta(days=1), marked_set="m0")
    make_report("Python:language", stamp="s2")

    assert "cannot be compared like with like" in text_of(client.get(PAGE))


def test_it_says_whether_the_figures_on_the_other_screens_were_read_with_the_same_lexicon(client):
    make_report("Python:language")
    run = make_published(make_ads(3))
    Run.objects.filter(pk=run.pk).update(lexicon="lexicon s1")
    assert "were read with the same one" in text_of(client.get(PAGE))

    Run.objects.filter(pk=run.pk).update(lexicon="old")
    assert "were read with another one, old" in text_of(client.get(PAGE))


def test_it_asks_the_database_as_often_for_two_reports_as_for_fifty(client):
    for number in range(2):
        make_report("Python:language", stamp=f"s{number}", at=AT + timedelta(days=number))
    few = queries_of(client, PAGE)
    rows = QualityReport.objects.first()
    for number in range(2, 50):
        rows.pk, rows.stamp = None, f"s{number}"
        rows.save()

    assert queries_of(client, PAGE) == few <= 4


def test_staff_find_it_in_the_menu_and_the_page_of_a_run_leads_there(client, admin_user):
    client.force_login(admin_user)
    run = make_published(make_ads(3))

    link = f'href="{reverse("quality")}"'
    assert link in text_of(client.get("/runs/"))
    client.logout()
    assert link in text_of(client.get(run.get_absolute_url()))
