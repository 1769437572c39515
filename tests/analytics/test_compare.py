import pytest
from django.urls import reverse

from tests.analytics.screens import list_count
from tests.make_run import REQUIRED, Ad, make_ads, make_published

pytestmark = pytest.mark.django_db

PAIR = {"a": "data engineer", "b": "data analyst"}


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def test_without_a_choice_the_nearest_pairs_are_offered(client):
    make_published(
        [
            *make_ads(30, skills={"Python": REQUIRED, "SQL": REQUIRED}),
            *make_ads(30, role="analytics engineer", skills={"Python": REQUIRED, "SQL": REQUIRED, "dbt": REQUIRED}),
            *make_ads(30, role="data analyst", skills={"Excel": REQUIRED}),
        ]
    )

    screen = client.get("/compare/").context["screen"]

    assert screen.contrast is None
    assert screen.suggestions[0].text == "analytics engineer and data engineer"
    assert client.get(screen.suggestions[0].url).context["screen"].contrast is not None


def test_an_unknown_role_is_not_found_in_words(client):
    make_published(make_ads(12))

    page = client.get("/compare/", PAIR | {"b": "alchemist"})

    assert page.status_code == 404
    assert "This run has no role called “alchemist”." in page.content.decode()


def test_a_role_is_not_compared_with_itself(client):
    make_published(make_ads(12))

    page = client.get("/compare/", {"a": "data engineer", "b": "data engineer"})

    assert page.status_code == 200
    assert "Choose two different roles." in page.content.decode()


def test_differences_stand_by_size_with_both_shares_leading_to_their_postings(client):
    make_published(two_roles())

    contrast = client.get("/compare/", PAIR).context["screen"].contrast
    lines = contrast.differences.lines

    assert [(line.sides.skill, line.difference) for line in lines] == [
        ("Excel", "−90.0"),
        ("Kafka", "+50.0"),
        ("SQL", "0.0"),
    ]
    excel = lines[0].sides
    assert (excel.first.percent, excel.second.percent) == ("0%", "90%")
    assert [list_count(client, url) for url in (excel.first_url, excel.second_url)] == ["0", "36"]


def test_a_sure_difference_has_an_interval_beside_zero_and_a_small_adjusted_p(client):
    make_published(two_roles())

    excel, _, sql = client.get("/compare/", PAIR).context["screen"].contrast.differences.lines

    assert (excel.interval, excel.p, excel.is_sure) == ("−96 to −74", "<0.001", True)
    assert (sql.interval, sql.p, sql.is_sure) == ("−8.8 to +8.8", "1.000", False)


def test_swapping_the_roles_turns_the_differences_round(client):
    make_published(two_roles())

    contrast = client.get("/compare/", PAIR).context["screen"].contrast
    swapped = client.get(contrast.swap_url).context["screen"].contrast

    assert [line.difference for line in swapped.differences.lines] == ["+90.0", "−50.0", "0.0"]
    assert swapped.distance == contrast.distance


def test_what_both_ask_for_is_ranked_by_the_smaller_share(client):
    make_published(two_roles())

    shared = client.get("/compare/", PAIR).context["screen"].contrast.shared

    assert [(side.skill, side.first.percent, side.second.percent) for side in shared] == [("SQL", "100%", "100%")]


def test_roles_with_other_skills_are_further_apart_than_chance(client):
    make_published(two_roles())

    distance = client.get("/compare/", PAIR).context["screen"].contrast.distance

    assert distance.verdict == "Further apart than chance"
    assert float(distance.value) > float(distance.chance.split("–")[1])


def test_one_job_under_two_names_is_no_further_apart_than_chance(client):
    skills = [{"Python": REQUIRED}, {"SQL": REQUIRED}, {"Python": REQUIRED, "Kafka": REQUIRED}]
    make_published([Ad(role=role, skills=skills[step % 3]) for role in PAIR.values() for step in range(30)])

    distance = client.get("/compare/", PAIR).context["screen"].contrast.distance

    assert (distance.verdict, distance.excess) == ("No further apart than chance", "0.00")


def test_shares_under_ten_postings_are_withheld(client):
    make_published([*make_ads(30), *make_ads(9, role="data analyst")])

    page = client.get("/compare/", PAIR)

    assert page.context["screen"].contrast.differences is None
    assert "9 postings of data analyst: under 10, shares are withheld." in page.content.decode()


def test_filters_in_the_address_narrow_both_sides(client):
    make_published([*two_roles(), *two_roles(country="DE", extra=5)])

    contrast = client.get("/compare/?country=DE", PAIR | {"country": "DE"}).context["screen"].contrast

    assert [side.postings for side in contrast.sides] == ["45", "45"]
    assert [list_count(client, side.postings_url) for side in contrast.sides] == ["45", "45"]


def test_the_form_keeps_the_filters_and_the_choice(client):
    make_published(two_roles(country="DE"))

    page = client.get("/compare/", PAIR | {"country": "DE"}).content.decode()

    assert '<input type="hidden" name="country" value="DE">' in page
    assert '<option value="data analyst" selected>data analyst (40)</option>' in page


@pytest.mark.parametrize("postings", [12, 50])
def test_a_comparison_asks_the_database_few_questions(client, postings, django_assert_max_num_queries):
    make_published([*make_ads(postings), *make_ads(postings, role="data analyst", skills={"Excel": REQUIRED})])

    with django_assert_max_num_queries(5):
        assert client.get(reverse("compare"), PAIR).status_code == 200


def two_roles(*, country: str = "GB", extra: int = 0) -> list[Ad]:
    """Forty postings and more of each: half of the first name Kafka, nine tenths of the second Excel, all SQL."""
    base = {"SQL": REQUIRED}
    return [
        *make_ads(20 + extra, country=country, skills=base | {"Kafka": REQUIRED}),
        *make_ads(20, country=country, skills=base),
        *make_ads(36 + extra, country=country, role="data analyst", skills=base | {"Excel": REQUIRED}),
        *make_ads(4, country=country, role="data analyst", skills=base),
    ]
