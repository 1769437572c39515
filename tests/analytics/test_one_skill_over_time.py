"""One skill over time: asked for more firmly, spread over more roles, and what it seems to replace."""

from datetime import date

import pytest

from postings.models import Skill
from tests.analytics.screens import list_count
from tests.make_run import MENTIONED, REQUIRED, Ad, make_published

pytestmark = pytest.mark.django_db

GROUPS = dict.fromkeys(("dbt", "Hadoop", "Airflow"), ("engineering",))


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def asked(count, day, skills, **values):
    """Postings of one day that name the skills, of thirty companies in turn."""
    return [Ad(day=day, skills=dict(skills), company=f"company {number % 30}", **values) for number in range(count)]


def screen_of(client, name, tab):
    return client.get(Skill.objects.get(name=name).get_absolute_url(), {"tab": tab}).context["screen"]


EARLY, LATE = date(2024, 3, 1), date(2026, 3, 31)


@pytest.fixture
def replacing():
    """dbt comes and Hadoop goes, never in one posting though each could be; Airflow stays, beside either."""
    early = [*asked(120, EARLY, {"Hadoop": 2}), *asked(40, EARLY, {"dbt": 2}), *asked(40, EARLY, {"Airflow": 2})]
    late = [*asked(40, LATE, {"Hadoop": 2}), *asked(120, LATE, {"dbt": 2}), *asked(40, LATE, {"Airflow": 2})]
    both = [*asked(3, LATE, {"dbt": 2, "Hadoop": 2}), *asked(20, EARLY, {"Airflow": 2, "Hadoop": 2})]
    return make_published([*early, *late, *both], groups=GROUPS)


def test_a_skill_that_rises_while_another_falls_and_that_is_seldom_beside_it_seems_to_replace_it(client, replacing):
    replaces = screen_of(client, "dbt", "replaces").replaces

    (row,) = replaces.sheet.table.rows

    assert [cell.text for cell in row[:2]] == ["Hadoop", "give way to it"]
    assert row[2].value < 0
    assert list_count(client, row[4].url) == row[4].text == "3"
    assert row[6].value < 1
    assert replaces.own.startswith("dbt rose: +")
    assert list_count(client, row[8].url) == row[8].text == "183"


def test_from_the_other_side_it_takes_its_place(client, replacing):
    (row,) = screen_of(client, "Hadoop", "replaces").replaces.sheet.table.rows

    assert [cell.text for cell in row[:2]] == ["dbt", "take its place"]
    assert row[2].value > 0


def test_what_stays_as_it_is_has_replaced_nothing(client, replacing):
    replaces = screen_of(client, "Airflow", "replaces").replaces

    assert (replaces.sheet, replaces.own[:28]) == (None, "Airflow did not surely move:")
    assert "has replaced nothing" in replaces.refusal


def test_a_skill_without_others_of_its_group_has_no_hint(client):
    make_published([*asked(60, EARLY, {"dbt": 2}), *asked(60, LATE, {"SQL": 2})])

    assert "No other skill of its groups" in screen_of(client, "dbt", "replaces").replaces.refusal


def test_a_skill_that_is_required_more_often_is_asked_for_more_firmly(client):
    make_published(
        [
            *asked(30, EARLY, {"dbt": REQUIRED}),
            *asked(70, EARLY, {"dbt": MENTIONED}),
            *asked(80, LATE, {"dbt": REQUIRED}),
            *asked(20, LATE, {"dbt": MENTIONED}),
        ]
    )

    firmness = screen_of(client, "dbt", "time").firmness
    required = firmness.chart.spec["data"]["datasets"][0]

    assert firmness.verdict.startswith("It is asked for more firmly: 80% of the postings")
    assert "30% of those before (+50.0 points" in firmness.verdict
    assert (required["label"], required["data"][0], required["data"][-1]) == ("required", 30.0, 80.0)
    assert [list_count(client, required["links"][place]) for place in (0, -1)] == ["30", "80"]


def test_no_sure_change_of_firmness_is_said(client):
    make_published([*asked(40, EARLY, {"dbt": REQUIRED}), *asked(40, LATE, {"dbt": REQUIRED})])

    assert "no sure change" in screen_of(client, "dbt", "time").firmness.verdict


def test_too_few_postings_that_name_it_say_nothing_of_firmness(client):
    make_published([*asked(12, EARLY, {"dbt": REQUIRED}), *asked(40, LATE, {"dbt": REQUIRED})])

    assert "too few to say" in screen_of(client, "dbt", "time").firmness.verdict


def test_the_spread_over_roles_is_told_year_by_year_beside_that_of_all_postings(client):
    roles = ("data engineer", "data analyst", "data scientist", "statistician")
    ads = [*asked(40, EARLY, {"dbt": 2}, role=roles[0])]
    for role in roles:
        ads += [*asked(20, EARLY, {"SQL": 2}, role=role), *asked(20, LATE, {"dbt": 2}, role=role)]
    make_published(ads)

    screen = screen_of(client, "dbt", "time")

    first, second = screen.firmness.spread.table.rows
    assert [cell.text for cell in (first[0], first[1], first[4])] == ["2024", "1.0", "40"]
    assert [cell.text for cell in second] == ["2026", "4.0", "4.0", "100%", "80"]
    assert screen_of(client, "dbt", "roles").spread == (
        "It is spread as over 3.5 roles that ask for it evenly; all postings are spread as over 3.8."
    )


def test_pay_beside_a_skill_is_refused_where_too_few_state_it_and_still_counts_them(client):
    make_published([*asked(40, EARLY, {"dbt": 2}, pay=60_000.0), *asked(40, EARLY, {"SQL": 2}, pay=50_000.0)])

    card = screen_of(client, "dbt", "pay").pay

    assert (card.value, card.figures[1].value) == ("", "40")
    assert card.refusal
    assert list_count(client, card.figures[1].url) == "40"


def test_the_premium_of_a_skill_stands_on_its_page(client):
    paid = [asked(90, EARLY, {"SQL": 2, "dbt": 2}, pay=60_000.0 + 500 * step) for step in range(3)]
    plain = [asked(90, EARLY, {"SQL": 2}, pay=50_000.0 + 500 * step) for step in range(3)]
    make_published([ad for ads in (*paid, *plain) for ad in ads])

    page = client.get(Skill.objects.get(name="dbt").get_absolute_url(), {"tab": "pay"})

    card = page.context["screen"].pay
    assert card.value.startswith("+")
    assert card.value in page.content.decode()
