from datetime import date

import pytest
from django.urls import reverse

from postings.models import Source, Upload
from tests.analytics.screens import list_count
from tests.make_run import AT, PREFERRED, REQUIRED, Ad, make_ads, make_published, make_run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def test_the_count_behind_a_heat_map_cell_is_the_count_of_the_list_it_leads_to(client):
    make_published(
        [
            *make_ads(12, role="data engineer", profile=0),
            *make_ads(5, role="data engineer", profile=1),
            *make_ads(3, role="data engineer", profile=None),
            *make_ads(11, role="data analyst", profile=1),
            *make_ads(2, role="data analyst", profile=1, is_copy=True),
        ]
    )

    cells = heat_cells(client.get("/"))

    assert {(note, list_count(client, link)) for note, link in cells if link} == {
        ("Data engineer, data platform: 60%, 12 of 20", "12"),
        ("Data engineer, analytics: 25%, 5 of 20", "5"),
        ("Data analyst, analytics: 100%, 11 of 11", "11"),
    }


def test_a_heat_map_cell_without_postings_leads_nowhere(client):
    make_published([*make_ads(12, profile=0), *make_ads(12, role="data analyst", profile=1)])

    assert ("Data engineer, analytics: 0%, 0 of 12", "") in heat_cells(client.get("/"))


def test_roles_under_ten_postings_have_no_row_and_under_thirty_no_colour(client):
    make_published(
        [*make_ads(30, role="data analyst"), *make_ads(10, role="data engineer"), *make_ads(9, role="statistician")]
    )

    data = client.get("/").context["screen"].heat.spec["data"]["datasets"][0]

    assert [point["y"] for point in data["data"]] == ["Data analyst"] * 2 + ["Data engineer"] * 2
    assert data["heat"] == [9, 0, None, None]


def test_what_is_no_role_of_the_catalogue_has_no_row(client):
    make_published([*make_ads(10), *make_ads(20, role="other"), *make_ads(20, role="unknown")])

    notes = [note for note, _ in heat_cells(client.get("/"))]

    assert {note.split(",")[0] for note in notes} == {"Data engineer"}


def test_filters_in_the_address_narrow_every_figure(client):
    make_published(
        [*make_ads(40, country="GB"), *make_ads(30, country="DE", role="data analyst", company="Bolt", profile=1)]
    )

    screen = client.get("/?country=DE").context["screen"]

    assert (screen.n, [figure.value for figure in screen.figures[:2]]) == (30, ["30", "1"])
    assert {row[0].text for row in screen.heat.table.rows} == {"Data analyst"}
    assert [profile.n for profile in screen.profiles] == ["30", "0"]
    assert [row[1].text for row in screen.months.table.rows] == ["30"]


def test_figures_are_set_against_the_run_before(client):
    before = make_run([*make_ads(40), *make_ads(10, company="Bolt")])
    make_published([*make_ads(50), *make_ads(10, company="Bolt")])

    screen = client.get("/").context["screen"]
    changes = {figure.label: figure.change for figure in screen.figures}

    assert screen.before == before
    assert (changes["Postings"], changes["Companies"]) == ("+20.0%", "unchanged")


def test_a_run_that_was_held_back_is_nothing_to_compare_with(client):
    make_run(make_ads(40), quality={"held": "too few postings"})
    make_published(make_ads(50))

    assert {figure.change for figure in client.get("/").context["screen"].figures} == {""}


def test_a_skill_that_rises_shows_both_shares_and_each_leads_to_its_postings(client):
    make_published([*dated(200, "2025", 20, "Rust"), *dated(100, "2026", 40, "Rust")])

    movement = client.get("/").context["screen"].movement
    ((rust, points, _, _, before, since, _),) = movement.chart.table.rows

    assert (rust.text, before.share.percent, since.share.percent, points.text) == ("Rust", "10%", "40%", "+30.0")
    assert list_count(client, before.url) == before.share.count == "20"
    assert list_count(client, since.url) == since.share.count == "40"
    assert (movement.rising, movement.falling) == ("1", "0")


def test_a_skill_that_moves_no_more_than_chance_is_not_listed(client):
    make_published([*dated(200, "2025", 20, "Rust"), *dated(100, "2026", 12, "Rust")])

    movement = client.get("/").context["screen"].movement

    assert (movement.chart, movement.rising, movement.refusal) == (None, "0", "")


def test_a_skill_that_one_company_alone_brings_does_not_rise(client):
    make_published([*dated(200, "2025", 0, "Rust"), *dated(100, "2026", 60, "Rust", alone="Bolt")])

    assert client.get("/").context["screen"].movement.rising == "0"


def test_the_later_half_is_the_recent_time_when_the_dates_span_less_than_a_year(client):
    make_published([Ad(day=date(2026, month, 3)) for month in (1, 2, 3, 4) for _ in range(30)])

    movement = client.get("/").context["screen"].movement

    assert (movement.before, movement.after) == ("3 Jan 2026 – 28 Feb 2026", "1 Mar 2026 – 3 Apr 2026")


def test_fewer_than_thirty_postings_on_one_side_are_not_compared(client):
    make_published([*dated(100, "2025", 10, "Rust"), *dated(29, "2026", 29, "Rust")])

    movement = client.get("/").context["screen"].movement

    assert movement.refusal.startswith("100 dated postings before 1 Jan 2026 and 29 since")
    assert movement.chart is None


def test_two_times_that_rest_on_different_sources_are_said_to(client):
    make_published([*dated(40, "2025", 4, "Rust", source="old"), *dated(40, "2026", 30, "Rust", source="new")])

    assert "different sources (100% of the mix differs)" in client.get("/").context["screen"].movement.warning


def test_each_month_of_a_role_leads_to_its_postings(client):
    make_published([Ad(day=date(2026, 5, 31)), Ad(day=date(2026, 6, 1)), Ad(day=date(2026, 6, 30)), Ad(day=None)])

    chart = client.get("/").context["screen"].months
    (line,) = chart.spec["data"]["datasets"]

    assert line["data"] == [1, 2]
    assert [list_count(client, link) for link in line["links"]] == ["1", "2"]
    assert "Not shown: 1 posting without a date" in chart.summary


def test_a_last_month_that_is_not_finished_is_marked(client):
    make_published([Ad(day=date(2026, 5, 31)), Ad(day=date(2026, 6, 12))])

    chart = client.get("/").context["screen"].months

    assert "Jun 2026 is not finished" in chart.subtitle


def test_postings_that_came_after_the_run_are_told(client):
    make_published(make_ads(30))
    source = Source.objects.create(name="late board")
    later = AT.replace(hour=13)
    Upload.objects.create(
        source=source, name="late.csv", checksum="a", size=1, seen_on=AT, new=7, rows=7, finished_at=later
    )

    assert "7 postings were taken in after this run" in client.get("/").content.decode()


def test_a_newer_run_that_was_held_back_is_told(client):
    make_published(make_ads(30))
    held = make_run(make_ads(10), quality={"held": "Run 2 has 10 postings."})

    page = client.get("/").content.decode()

    assert f"Run {held.pk} is newer and was not published by itself: Run 2 has 10 postings." in page


def test_a_drift_of_the_sources_since_the_run_before_is_told(client):
    make_run(make_ads(40, source="old"))
    make_published(make_ads(40, source="new"))

    assert "the mix has drifted: sources (distance 1.00)" in client.get("/").content.decode()


def test_a_run_without_profiles_says_why(client):
    make_published(make_ads(12), profiles=(), quality={"note": "Too few postings for profiles."})

    page = client.get("/")

    assert page.context["screen"].heat is None
    assert "Too few postings for profiles." in page.content.decode()


def test_filters_that_leave_nothing_say_so(client):
    make_published(make_ads(12))

    page = client.get("/?country=FR")

    assert page.status_code == 200
    assert "No postings match" in page.content.decode()


@pytest.mark.parametrize("postings", [2, 50])
def test_the_overview_asks_the_database_few_questions(client, postings, django_assert_max_num_queries):
    make_run(make_ads(3))
    make_published([Ad(role=f"role {number % 9}", day=date(2025, 1 + number % 12, 1)) for number in range(postings)])

    with django_assert_max_num_queries(8):
        assert client.get(reverse("overview")).status_code == 200


def dated(count: int, year: str, named: int, skill: str, *, alone: str = "", **values) -> list[Ad]:
    """Postings of one year's January to June, the first `named` of which name the skill; of twenty companies in turn,
    or those that name it all of the one called `alone`."""
    return [
        Ad(
            day=date(int(year), 1 + number % 6, 28),
            skills={"Python": REQUIRED} | ({skill: PREFERRED} if number < named else {}),
            company=alone if alone and number < named else f"company {number % 20}",
            **values,
        )
        for number in range(count)
    ]


def heat_cells(page) -> list[tuple[str, str]]:
    (dataset,) = page.context["screen"].heat.spec["data"]["datasets"]
    return list(zip(dataset["notes"], dataset["links"], strict=True))
