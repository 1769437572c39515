import re
from datetime import date

import pytest
from django.urls import reverse

from analytics.selectors.role import TABS
from postings.models import SkillGroup
from tests.analytics.screens import list_count
from tests.make_run import MENTIONED, PREFERRED, REQUIRED, Ad, make_ads, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


# ---- all roles ------------------------------------------------------------------------------------------------


def test_roles_stand_by_size_with_what_is_no_role_last_and_marked(client):
    make_published(
        [
            *make_ads(9, role="unknown"),
            *make_ads(8, role="other"),
            *make_ads(2, role="data analyst"),
            *make_ads(3, role="data engineer"),
        ]
    )

    lines = client.get("/roles/").context["screen"].lines

    assert [(line.name, bool(line.note)) for line in lines] == [
        ("data engineer", False),
        ("data analyst", False),
        ("unknown", True),
        ("other", True),
    ]


def test_the_postings_of_a_role_are_as_many_as_the_list_that_they_lead_to(client):
    make_published([*make_ads(7), *make_ads(4, role="data analyst"), *make_ads(5, country="DE")])

    lines = client.get("/roles/?country=GB").context["screen"].lines

    assert [(line.postings, list_count(client, line.postings_url)) for line in lines] == [("7", "7"), ("4", "4")]


def test_a_company_counts_once_in_a_role_and_an_unknown_one_never(client):
    make_published([*make_ads(3, company="Acme"), Ad(company="Bolt"), Ad(company=""), Ad(role="data analyst")])

    lines = client.get("/roles/").context["screen"].lines

    assert [(line.name, line.companies) for line in lines] == [("data engineer", "2"), ("data analyst", "1")]


def test_median_pay_stands_with_how_many_state_it(client):
    make_published([*(Ad(pay=50_000 + 1000 * step) for step in range(31)), *make_ads(31)])

    (line,) = client.get("/roles/").context["screen"].lines

    assert (line.pay.median, line.pay.coverage.percent, line.pay.coverage.count) == ("GBP 65k", "50%", "31")
    assert line.pay.state == "ok"


def test_pay_stated_by_fewer_than_ten_is_withheld(client):
    make_published([*make_ads(9, pay=50_000.0), *make_ads(31)])

    (line,) = client.get("/roles/").context["screen"].lines

    assert (line.pay.median, line.pay.interval, line.pay.quartiles) == ("", "", "")
    assert line.pay.coverage.percent == "22%"


def test_pay_in_another_currency_is_not_mixed_in(client):
    make_published([*make_ads(30, pay=50_000.0), *make_ads(10, pay=900_000.0, currency="SEK", role="data analyst")])

    by_name = {line.name: line.pay for line in client.get("/roles/").context["screen"].lines}

    assert by_name["data engineer"].median == "GBP 50k"
    assert (by_name["data analyst"].median, by_name["data analyst"].coverage.count) == ("", "0")


def test_the_effective_number_of_profiles_is_one_for_one_job_and_two_for_an_even_mix(client):
    make_published(
        [
            *make_ads(12, profile=0),
            *make_ads(10, role="data analyst", profile=0),
            *make_ads(10, role="data analyst", profile=1),
            *make_ads(9, role="statistician", profile=1),
            *make_ads(9, role="statistician", profile=None),
        ]
    )

    mixed = {line.name: line.mixed.text for line in client.get("/roles/").context["screen"].lines}

    assert mixed == {"data analyst": "2.0", "statistician": "", "data engineer": "1.0"}


def test_a_trend_leaves_out_the_month_that_is_not_finished(client):
    days = [date(2026, 5, 1)] * 4 + [date(2026, 6, 1)] * 6 + [date(2026, 7, 2)]
    make_published([Ad(day=day) for day in days])

    (line,) = client.get("/roles/").context["screen"].lines

    assert line.trend.text == "Postings per month, May 2026 – Jun 2026: 4 to 6, last 6"


# ---- one role --------------------------------------------------------------------------------------------------


def test_the_head_counts_postings_companies_sources_and_months(client):
    make_published(
        [
            Ad(company="Acme", day=date(2026, 3, 5)),
            Ad(company="Bolt", day=date(2026, 7, 5), source="feed"),
            Ad(role="data analyst", day=date(2020, 1, 1)),
        ]
    )

    screen = client.get("/roles/data-engineer/").context["screen"]

    assert screen.postings == list_count(client, screen.postings_url) == "2"
    assert screen.where == "2 companies · 2 sources · Mar 2026 – Jul 2026"


def test_an_unknown_role_is_not_found_in_words(client):
    make_published(make_ads(3))

    page = client.get("/roles/alchemist/")

    assert page.status_code == 404
    assert "This page does not exist" in page.content.decode()


def test_another_role_in_the_address_does_not_change_whose_page_it_is(client):
    make_published([*make_ads(12), *make_ads(20, role="data analyst")])

    assert client.get("/roles/data-engineer/?role=data+analyst").context["screen"].postings == "12"


def test_skills_are_ranked_by_share_and_each_leads_to_its_postings(client):
    make_published(
        [
            *make_ads(20, skills={"SQL": REQUIRED, "Python": PREFERRED}),
            *make_ads(12, skills={"Python": MENTIONED}),
            *make_ads(3, skills={"Python": REQUIRED}, is_copy=True),
        ]
    )

    rows = client.get("/roles/data-engineer/").context["screen"].asked.sheet.table.rows

    assert [(row[0].text, row[1].share.percent, row[2].text) for row in rows] == [
        ("Python", "100%", "32"),
        ("SQL", "62%", "20"),
    ]
    assert [list_count(client, row[1].url) for row in rows] == ["32", "20"]
    assert rows[0][3].levels.text == "preferred 62%, mentioned 38%"


def test_shares_under_ten_postings_are_withheld(client):
    make_published([*make_ads(9), *make_ads(40, role="data analyst")])

    for tab in ("asked", "apart", "levels", "groups", "time", "pay", "companies", "elsewhere"):
        page = client.get(f"/roles/data-engineer/?tab={tab}")

        assert "Shares of fewer than ten postings would mislead" in page.content.decode()
        assert not re.search(r"\d%", page.content.decode().split("<main")[1].split("Of all postings")[0])


def test_shares_under_thirty_postings_are_greyed(client):
    make_published([*make_ads(29), *make_ads(40, role="data analyst")])

    sheet = client.get("/roles/data-engineer/").context["screen"].asked.sheet

    assert {row[0].state for row in sheet.table.rows} == {"thin"}


def test_classes_follow_share_and_how_much_commoner_a_skill_is(client):
    asked = {"Python": REQUIRED, "Spark": REQUIRED}
    make_published(
        [
            *make_ads(30, skills=asked),
            *make_ads(5, skills=asked | {"Kafka": REQUIRED}),
            *make_ads(5, skills=asked | {"Excel": REQUIRED}),
            *make_ads(60, role="data analyst", skills={"Python": REQUIRED, "Excel": REQUIRED}),
        ]
    )

    screen = client.get("/roles/data-engineer/").context["screen"]

    assert {row[0].text: row[5].text for row in screen.asked.sheet.table.rows} == {
        "Python": "necessary",
        "Spark": "core",
        "Kafka": "distinguishing",
        "Excel": "common",
    }
    assert {kind.name for kind in screen.asked.classes} == {"core", "distinguishing", "necessary", "common"}


def test_filters_in_the_address_narrow_every_figure_of_a_role(client):
    make_published(
        [
            *make_ads(30, country="GB", title="Data Plumber", pay=70_000.0),
            *make_ads(20, country="DE", skills={"dbt": REQUIRED}, profile=1),
            *make_ads(40, country="DE", role="data analyst"),
        ]
    )

    screen = client.get("/roles/data-engineer/?country=DE").context["screen"]

    assert (screen.postings, [row[0].text for row in screen.asked.sheet.table.rows]) == ("20", ["dbt"])
    assert [(line.name, line.share.count) for line in screen.behind.lines] == [("analytics", "20")]
    assert [(line.text, line.n) for line in screen.titles.lines] == [("Data Engineer", "20")]
    assert (screen.figures[0].value, screen.figures[1].value) == ("withheld", "0%")


def test_what_sets_a_role_apart_leads_to_its_postings_with_interval_and_adjusted_p(client):
    make_published(
        [
            *make_ads(60, skills={"Python": REQUIRED, "Kafka": REQUIRED}),
            *make_ads(60, role="data analyst", skills={"Python": REQUIRED, "Excel": REQUIRED}),
        ]
    )

    chart = client.get("/roles/data-engineer/?tab=apart").context["screen"].apart.chart
    (dataset,) = chart.spec["data"]["datasets"]

    assert chart.spec["data"]["labels"] == ["Kafka", "Excel"]
    kafka, excel = dataset["data"]
    assert 0 < kafka["xMin"] < kafka["x"] < kafka["xMax"]
    assert excel["xMin"] < excel["x"] < excel["xMax"] < 0
    assert [row[3].text for row in chart.table.rows] == ["0.001", "0.001"]
    assert list_count(client, chart.table.rows[0][4].url) == "60"


def test_a_role_that_is_alone_is_set_against_nobody(client):
    make_published(make_ads(20))

    apart = client.get("/roles/data-engineer/?tab=apart").context["screen"].apart

    assert (apart.chart, apart.refusal) == (None, "No other role is left to set it against: remove a filter.")


def test_each_level_leads_to_the_postings_that_ask_so(client):
    make_published(
        [
            *make_ads(6, skills={"SQL": REQUIRED}),
            *make_ads(5, skills={"SQL": PREFERRED}),
            *make_ads(4, skills={"SQL": MENTIONED}),
            *make_ads(5, skills={}),
        ]
    )

    (row,) = client.get("/roles/data-engineer/?tab=levels").context["screen"].levels.table.rows

    assert [cell.text for cell in row] == ["SQL", "75%", "30%", "25%", "20%", "20"]
    assert [list_count(client, cell.url) for cell in row[1:5]] == ["15", "6", "5", "4"]


def test_the_share_that_covers_all_groups_of_a_triad_is_given(client):
    groups = {"Python": ("software-engineering",), "PyTorch": ("ml",), "AWS": ("cloud",)}
    for slug in ("software-engineering", "ml", "cloud"):
        SkillGroup.objects.create(slug=slug, name=slug, set="triad-ml")
    make_published(
        [
            *make_ads(5, skills={"Python": REQUIRED, "PyTorch": REQUIRED, "AWS": REQUIRED}),
            *make_ads(10, skills={"Python": REQUIRED, "AWS": MENTIONED}),
            *make_ads(5, skills={}),
        ],
        groups=groups,
    )

    (triad,) = client.get("/roles/data-engineer/?tab=groups").context["screen"].groups

    assert {line.name: line.share.count for line in triad.lines} == {
        "software-engineering": "15",
        "ml": "5",
        "cloud": "15",
    }
    assert [(line.text, line.share.count) for line in triad.numbers] == [
        ("all 3", "5"),
        ("2", "10"),
        ("1", "0"),
        ("none", "5"),
    ]


def test_months_under_ten_postings_are_open_and_the_unfinished_one_is_marked(client):
    make_published(
        [
            *make_ads(10, day=date(2026, 4, 2)),
            *make_ads(9, day=date(2026, 5, 2)),
            *make_ads(12, day=date(2026, 6, 2)),
        ]
    )

    chart = client.get("/roles/data-engineer/?tab=time").context["screen"].time.chart
    line = chart.spec["data"]["datasets"][0]

    assert line["data"] == [100.0, None, 100.0]
    assert "Jun 2026 is not finished" in chart.subtitle
    assert list_count(client, line["links"][2]) == "12"


def test_the_profiles_behind_a_title_lead_to_lists_of_their_count(client):
    make_published([*make_ads(8, profile=0), *make_ads(4, profile=1), *make_ads(3, profile=None)])

    behind = client.get("/roles/data-engineer/").context["screen"].behind

    assert [(line.name, line.share.count, line.share.n) for line in behind.lines] == [
        ("data platform", "8", "15"),
        ("analytics", "4", "15"),
    ]
    assert [list_count(client, line.share_url) for line in behind.lines] == ["8", "4"]
    assert behind.thin.count == "3"


def test_titles_as_written_lead_to_their_postings(client):
    make_published([*make_ads(3, title="Data Plumber"), *make_ads(1, title="Big Data Person")])

    titles = client.get("/roles/data-engineer/").context["screen"].titles

    assert [(line.text, line.n, list_count(client, line.url)) for line in titles.lines] == [
        ("Data Plumber", "3", "3"),
        ("Big Data Person", "1", "1"),
    ]


def test_the_role_with_the_most_alike_skills_is_the_nearest(client):
    make_published(
        [
            *make_ads(30, skills={"Python": REQUIRED, "SQL": REQUIRED}),
            *make_ads(30, role="analytics engineer", skills={"Python": REQUIRED, "SQL": REQUIRED, "dbt": REQUIRED}),
            *make_ads(30, role="data analyst", skills={"Excel": REQUIRED, "SQL": REQUIRED}),
            *make_ads(29, role="statistician", skills={"Python": REQUIRED, "SQL": REQUIRED}),
            *make_ads(30, role="other", skills={"Python": REQUIRED, "SQL": REQUIRED}),
        ]
    )

    nearest = client.get("/roles/data-engineer/").context["screen"].nearest

    assert [near.name for near in nearest] == ["analytics engineer", "data analyst"]
    assert client.get(nearest[0].compare_url).context["screen"].contrast is not None


def test_an_unknown_tab_shows_the_first(client):
    make_published(make_ads(12))

    screen = client.get("/roles/data-engineer/?tab=nonsense").context["screen"]

    assert screen.asked is not None
    assert [tab.label for tab in screen.tabs if tab.current] == ["Asked for"]


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("postings", [12, 60])
def test_a_role_asks_the_database_few_questions(client, tab, postings, django_assert_max_num_queries):
    SkillGroup.objects.create(slug="basics", name="Basics", set="area")
    ads = [Ad(role=f"role {number % 5}", skills={f"skill {number % 7}": REQUIRED}) for number in range(postings * 5)]
    make_published(ads, groups={"skill 1": ["basics"]})

    with django_assert_max_num_queries(6):
        assert client.get(reverse("role", args=["role-1"]), {"tab": tab}).status_code == 200


@pytest.mark.parametrize("postings", [2, 50])
def test_the_roles_ask_the_database_few_questions(client, postings, django_assert_max_num_queries):
    make_published([Ad(role=f"role {number}") for number in range(postings)])

    with django_assert_max_num_queries(5):
        assert client.get(reverse("role_list")).status_code == 200
