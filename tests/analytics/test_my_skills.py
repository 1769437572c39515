import csv
import io
import logging

import numpy as np
import pytest
from django.contrib.sessions.models import Session

from postings.models import Alias, Skill
from postings.skills.headings import heading_kind
from postings.skills.seams import seams_of
from tests.analytics.screens import list_count
from tests.make_run import MENTIONED, PREFERRED, REQUIRED, Ad, make_ads, make_published
from tests.pages import text_of

pytestmark = pytest.mark.django_db

ENGINEER = {"Python": REQUIRED, "SQL": REQUIRED, "Spark": REQUIRED, "Airflow": PREFERRED}
ANALYST = {"SQL": REQUIRED, "Excel": REQUIRED, "Tableau": MENTIONED}
ADS = [
    *make_ads(30, skills=ENGINEER, company=""),
    *make_ads(10, skills={"Python": REQUIRED, "Kafka": REQUIRED, "Spark": REQUIRED}, company=""),
    *make_ads(20, role="data analyst", skills=ANALYST, company=""),
    *make_ads(20, role="data analyst", skills=ANALYST | {"R": REQUIRED}, company=""),
    *make_ads(9, role="statistician", skills={"R": REQUIRED}),
]


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


@pytest.fixture
def run():
    return make_published(ADS)


def screen_of(client, have, **parts):
    return client.get("/my-skills/", {"have": have, **parts}).context["screen"]


def rows_of(sheet):
    return {row[0].text: row for row in sheet.table.rows}


def test_without_skills_nothing_is_counted_and_both_ways_in_are_open(client, run):
    page = client.get("/my-skills/")

    assert page.context["screen"].roles is None
    assert "not stored, not logged and not in the address" in text_of(page)
    assert b"csrfmiddlewaretoken" in page.content


def test_what_is_covered_is_the_sum_of_the_shares_that_are_had_over_the_sum_of_all(client, run):
    rows = rows_of(screen_of(client, ["Python", "SQL"]).roles.sheet)

    # engineers name Python 40 times, SQL 30 times, of 150 names in all; analysts SQL 40 times of 140
    assert {name: row[1].value for name, row in rows.items()} == {
        "Data engineer": pytest.approx(100 * 70 / 150, abs=1e-4),
        "Data analyst": pytest.approx(100 * 40 / 140, abs=1e-4),
    }
    assert all(row[2].low < row[1].value < row[2].high for row in rows.values())
    assert "1 role of fewer than ten" in screen_of(client, ["Python"]).roles.left_out


@pytest.mark.parametrize(("least", "engineers"), [("", "30"), ("75", "0"), ("100", "0")])
def test_the_postings_that_fit_are_those_of_the_list(client, run, least, engineers):
    row = rows_of(screen_of(client, ["Python", "SQL"], least=least).roles.sheet)["Data engineer"]

    assert (row[3].share.count, row[3].share.n) == (engineers, "40")
    assert list_count(client, row[3].url) == engineers


def test_where_no_role_can_be_told_the_filters_are_cleared_and_the_skills_stay(client, run):
    page = text_of(client.get("/my-skills/", {"have": "Python", "country": "XX"}))

    assert 'class="button quiet" href="/my-skills/?have=Python">Clear all filters' in page


def test_postings_that_require_fewer_than_three_skills_do_not_tell(client, run):
    row = rows_of(screen_of(client, ["SQL", "Excel"]).roles.sheet)["Data analyst"]

    assert (row[3].share.count, row[3].share.n) == ("20", "20")  # the other twenty require two


def test_missing_skills_stand_by_what_they_add_and_add_up(client, run):
    role = screen_of(client, ["Python", "SQL"], role="data engineer").role
    rows = rows_of(role.missing)

    assert [(name, row[1].share.count) for name, row in rows.items()] == [
        ("Spark", "40"),
        ("Airflow", "30"),
        ("Kafka", "10"),
    ]
    assert [row[3].value for row in rows.values()] == pytest.approx([100 * n / 150 for n in (40, 30, 10)], abs=1e-3)
    assert [row[4].value for row in rows.values()] == pytest.approx([100 * n / 150 for n in (110, 140, 150)], abs=1e-3)
    assert "With Spark, Airflow, Kafka it would be 100%." in role.sentences[1]


def test_each_figure_of_a_missing_skill_leads_to_as_many_postings(client, run):
    rows = rows_of(screen_of(client, ["Python", "SQL"], role="data engineer").role.missing)

    assert [list_count(client, row[1].url) for row in rows.values()] == ["40", "30", "10"]
    assert list_count(client, rows["Spark"][2].url) == rows["Spark"][2].text == "40"
    assert {name: (row[5].text, row[5].note, list_count(client, row[5].url)) for name, row in rows.items()} == {
        "Spark": ("40", "+10", "40"),
        "Airflow": ("30", "", "30"),
        "Kafka": ("40", "+10", "40"),
    }


def test_what_the_role_rarely_asks_for_names_the_role_that_asks_most(client, run):
    role = screen_of(client, ["Python", "Tableau"], role="data engineer").role

    assert list(rows_of(role.asked)) == ["Python"]
    (rare,) = role.rare.table.rows
    assert (rare[0].text, rare[1].share.count, rare[2].text, rare[3].share.count) == (
        "Tableau",
        "0",
        "Data analyst",
        "40",
    )
    assert list_count(client, rare[3].url) == "40"


def test_filters_in_the_address_narrow_what_is_covered(client):
    make_published([*make_ads(20, skills={"Python": REQUIRED}), *make_ads(20, skills={"SQL": REQUIRED}, country="DE")])

    (row,) = client.get("/my-skills/?have=Python&country=DE").context["screen"].roles.sheet.table.rows

    assert (row[1].value, row[4].text) == (0.0, "20")


def test_skills_are_known_by_other_names_and_several_between_commas(client, run):
    Alias.objects.create(skill=Skill.objects.get(name="Spark"), phrase="pyspark")

    screen = screen_of(client, ["python; sql, PySpark", "alchemy"])

    assert [chip.name for chip in screen.have] == ["Python", "SQL", "Spark"]
    assert screen.problems == ("No skill is called “alchemy” in this run, so it was left out.",)


def test_a_skill_can_be_taken_away_and_one_that_is_often_asked_beside_it_be_added(client, run):
    screen = screen_of(client, ["Python", "SQL"])

    without = client.get(screen.have[0].change_url).context["screen"]
    added = client.get(screen.offered[0].change_url).context["screen"]
    assert [chip.name for chip in without.have] == ["SQL"]
    assert [chip.name for chip in added.have] == ["Python", "SQL", screen.offered[0].name]
    assert screen.offered[0].name == "Spark"  # all who ask for Python ask for it


def test_more_skills_than_an_address_holds_are_left_out_and_said(client):
    names = [f"skill {number}" for number in range(90)]
    make_published(make_ads(12, skills=dict.fromkeys(names, REQUIRED)))

    screen = screen_of(client, names)

    assert len(screen.have) == 80
    assert screen.problems == ("More than 80 skills do not fit into an address: the first 80 were taken.",)


def test_a_role_that_nobody_knows_or_of_too_few_postings_is_refused_in_words(client, run):
    assert "no such role" in screen_of(client, ["Python"], role="alchemist").role.refusal
    assert "too few to tell" in screen_of(client, ["R"], role="statistician").role.refusal


def test_the_export_of_missing_skills_is_the_screen(client, run):
    query = {"have": ["Python", "SQL"], "role": "data engineer", "table": "missing", "export": "csv"}

    lines = list(csv.reader(io.StringIO(client.get("/my-skills/", query).content.decode())))

    head = next(at for at, line in enumerate(lines) if line[0] == "Missing skill")
    spark = dict(zip(lines[head], lines[head + 1], strict=True))
    assert spark["Missing skill"] == "Spark"
    assert (spark["Named in postings"], spark["Named in of"]) == ("40", "40")


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_database_few_questions(client, run, number, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert screen_of(client, list(ENGINEER)[:number], role="data engineer").role


# ---- a pasted text ---------------------------------------------------------------------------------------------

CV = """Mia Lindqvist, mia@example.org
I wrote SQL and Python for years; no Java.
I like sailing.
"""


@pytest.fixture
def read_run():
    run = make_published(make_ads(20, skills=dict.fromkeys(("Python", "SQL", "Java", "Docker"), REQUIRED)))
    for skill in Skill.objects.all():
        Alias.objects.create(skill=skill, phrase=skill.name)
    return run


def test_a_pasted_text_is_read_as_postings_are_and_carried_on_by_its_skills(client, read_run):
    page = client.post("/my-skills/?country=GB", {"text": CV})

    screen = page.context["screen"]
    assert [chip.name for chip in screen.have] == ["SQL", "Python"]
    assert [segment.text for segment in screen.text.segments if segment.mention] == ["SQL", "Python"]
    assert (screen.roles.sheet.table.rows[0][1].value, screen.text.sentences) == (50.0, 1)
    assert "have=SQL" in page.content.decode()
    assert client.get(screen.have[1].change_url).context["screen"].have[0].name == "SQL"


def test_nothing_of_the_text_stays(client, read_run, caplog):
    caplog.set_level(logging.DEBUG)

    page = client.post("/my-skills/", {"text": CV + "My secret is zanzibar: call +44 20 7946 0958 about Python."})

    assert page["Cache-Control"] == "no-store"
    assert Session.objects.count() == 0
    assert "zanzibar" not in caplog.text
    assert heading_kind.cache_info().currsize == seams_of.cache_info().currsize == 0
    assert b"7946" not in page.content
    assert b"zanzibar" not in client.get("/my-skills/").content
    assert "zanzibar" not in "".join(str(link) for link in page.context["screen"].have)


@pytest.mark.parametrize(("text", "sentence"), [("x" * 30_001, "30,001 characters"), (" \n", "no text to read")])
def test_a_text_that_is_too_long_or_empty_is_refused_in_words(client, run, text, sentence):
    page = client.post("/my-skills/?have=Python", {"text": text})

    assert sentence in text_of(page)
    assert page.context["screen"].text is None
    assert [chip.name for chip in page.context["screen"].have] == ["Python"]


def test_a_text_from_another_site_is_refused(run):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/my-skills/", {"text": CV}).status_code == 403


# ---- the figures, counted one posting after the other ----------------------------------------------------------


def test_the_figures_agree_with_a_count_by_hand(client):
    rng = np.random.default_rng(4)
    names = [f"skill {number}" for number in range(12)]
    ads = [
        Ad(
            role=("data engineer", "data analyst")[number % 2],
            skills={name: int(level) for name, level in zip(names, rng.integers(-3, 3, 12), strict=True) if level >= 0},
            company=f"company {number % 17}",
        )
        for number in range(240)
    ]
    make_published(ads)
    have = set(names[:5])

    rows = rows_of(screen_of(client, sorted(have), least="50").roles.sheet)

    for label, role in (("Data engineer", "data engineer"), ("Data analyst", "data analyst")):
        mine = [ad.skills for ad in ads if ad.role == role]
        required = [{name for name, level in skills.items() if level == REQUIRED} for skills in mine]
        rated = [skills for skills in required if len(skills) >= 3]
        assert rows[label][1].value == pytest.approx(
            100 * sum(len(have & set(skills)) for skills in mine) / sum(map(len, mine)), abs=1e-3
        )
        assert rows[label][3].share.n == str(len(rated))
        assert rows[label][3].share.count == str(sum(2 * len(have & skills) >= len(skills) for skills in rated))
