"""Two to four roles, profiles, companies and periods side by side."""

from datetime import date

import pytest
from django.urls import reverse

from analytics.measures import difference_interval
from postings.models import Company
from tests.analytics.screens import list_count
from tests.make_run import REQUIRED, Ad, make_ads, make_published

pytestmark = pytest.mark.django_db

PAIR = {"side": ["role:data engineer", "role:data analyst"]}


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
    nearest = screen.suggestions[0].table.rows[0][0]

    assert screen.contrast is None
    assert nearest.text == "Analytics engineer and data engineer"
    assert client.get(nearest.url).context["screen"].contrast.sides == ("analytics engineer", "data engineer")


def test_a_role_is_offered_against_itself_a_year_before(client):
    make_published([Ad(day=date(2024 + month // 12, month % 12 + 1, 5)) for month in range(25) for _ in range(3)])

    year_apart = {sheet.key: sheet for sheet in client.get("/compare/").context["screen"].suggestions}["year-apart"]
    [[role, now, before]] = year_apart.table.rows

    assert [head.text for head in year_apart.table.columns] == ["role", "2025", "2024"]
    assert [list_count(client, cell.url) for cell in (now, before)] == [now.text, before.text] == ["36", "36"]
    contrast = client.get(role.url).context["screen"].contrast
    assert contrast.sides == ("data engineer (2025)", "data engineer (2024)")
    assert column(contrast.figures, 1) == ["36", "36"]


def test_the_two_largest_parts_of_a_profile_are_offered(client):
    ads = [*make_ads(12, profile=0), *make_ads(12, profile=1)]
    make_published(ads, profiles=("pipelines", "warehouses"), wholes={"data platform": [0, 1]})

    parts = {sheet.key: sheet for sheet in client.get("/compare/").context["screen"].suggestions}["parts"]
    [[pair, whole]] = parts.table.rows

    assert whole.text == "data platform"
    assert sorted(pair.text.split(" · ")) == ["pipelines", "warehouses"]
    assert column(client.get(pair.url).context["screen"].contrast.figures, 1) == ["12", "12"]


def test_an_unknown_side_is_not_found_in_words_and_stays_in_the_form(client):
    make_published(make_ads(12))

    page = client.get("/compare/", {"side": ["data engineer", "alchemist"]})

    assert page.status_code == 404
    assert "no role, profile, company or time called “alchemist”" in page.content.decode()
    assert [choice.value for choice in page.context["screen"].form.choices] == ["data engineer", "alchemist", ""]


def test_a_side_is_not_compared_with_itself(client):
    make_published(make_ads(12))

    page = client.get("/compare/", {"side": ["data engineer", "role:data engineer"]})

    assert page.status_code == 200
    assert page.context["screen"].contrast is None
    assert "Two of these are the same" in page.content.decode()


def test_one_side_waits_for_another(client):
    make_published(make_ads(12))

    assert "Choose what to set beside data engineer." in client.get("/compare/?side=data+engineer").content.decode()


def test_the_fifth_side_is_left_out_and_said(client):
    make_published([*make_ads(12), *make_ads(12, role="data analyst", company="Acme", profile=1)])
    asked = ["data engineer", "data analyst", "company:acme", "2026", "company:fernhollow"]

    screen = client.get("/compare/", {"side": asked}).context["screen"]

    assert len(screen.contrast.sides) == 4
    assert screen.problems == ("Four stand side by side at most, so “company:fernhollow” was left out.",)


@pytest.mark.parametrize(
    ("asked", "name", "postings"),
    [
        ("QA engineer", "QA engineer", "11"),
        ("Data Analyst", "data analyst", "15"),
        ("role:data analyst@2025", "data analyst (2025)", "12"),
        ("Acme Ltd", "Acme Ltd", "15"),
        ("company:acme ltd", "Acme Ltd", "15"),
        ("analytics", "analytics", "15"),
        ("2025-Q1..2025-Q2", "Jan 2025 – Jun 2025", "12"),
        ("period:2026", "2026", "23"),
    ],
)
def test_sides_are_named_as_people_write_them(client, asked, name, postings):
    then, now = date(2025, 3, 4), date(2026, 7, 1)
    make_published(
        [
            *make_ads(12, role="data analyst", company="Acme Ltd", profile=1, day=then),
            *make_ads(3, role="data analyst", company="Acme Ltd", profile=1, day=now),
            *make_ads(20, day=now),
            *make_ads(11, role="qa engineer", day=None),
        ]
    )

    contrast = client.get("/compare/", {"side": [asked, "data engineer"]}).context["screen"].contrast

    assert contrast.sides == (name, "data engineer")
    first, second = contrast.figures.table.rows
    assert (first[1].text, second[1].text) == (postings, "20")
    assert list_count(client, first[1].url) == postings


def test_differences_stand_by_size_with_both_shares_leading_to_their_postings(client):
    make_published(two_roles())

    lines = differences(client, PAIR)

    assert [(line[0].text, line[3].text) for line in lines] == [("Excel", "−90.0"), ("Kafka", "+50.0"), ("SQL", "0.0")]
    excel = lines[0]
    assert (excel[1].share.percent, excel[2].share.percent) == ("0%", "90%")
    assert [list_count(client, cell.url) for cell in excel[1:3]] == ["0", "36"]


def test_a_sure_difference_has_an_interval_beside_zero_and_a_small_adjusted_p(client):
    make_published(two_roles())

    excel, _, sql = differences(client, PAIR)

    assert (excel[4].text, excel[5].text, excel[0].state) == ("−96 to −74", "<0.001", "ok")
    assert (sql[4].text, sql[5].text, sql[0].state) == ("−8.8 to +8.8", "1.000", "thin")


def test_the_differences_are_sorted_by_what_a_head_is_clicked_for(client):
    make_published(two_roles())
    sheet = client.get("/compare/", PAIR).context["screen"].contrast.parts.differences.sheet
    heads = {head.text: head for head in sheet.table.columns}

    def order(head):
        parts = client.get(heads[head].url).context["screen"].contrast.parts
        return column(parts.differences.sheet, 0)

    assert heads["difference"].order == "descending"
    assert order("data analyst") == ["SQL", "Excel", "Kafka"]
    assert order("skill") == ["Excel", "Kafka", "SQL"]
    assert order("adjusted p")[-1] == "SQL"


def test_an_export_holds_the_figures_of_every_page(client):
    many = {f"skill {number:03}": REQUIRED for number in range(60)}
    make_published([*make_ads(12, skills=many), *make_ads(12, role="data analyst")])

    export = client.get("/compare/", PAIR | {"export": "json", "table": "differences"}).json()

    assert len(export["rows"]) == 62
    assert export["rows"][0]["data engineer (%)"] == 0.0
    assert export["rows"][0]["data analyst postings"] == 12
    assert export["rows"][0]["difference"] == -100.0


def test_swapping_the_roles_turns_the_differences_round(client):
    make_published(two_roles())

    screen = client.get("/compare/", PAIR).context["screen"]
    swapped = client.get(screen.form.reverse_url).context["screen"].contrast

    assert column(swapped.parts.differences.sheet, 3) == ["+90.0", "−50.0", "0.0"]
    assert swapped.heads[0] == screen.contrast.heads[0]
    assert [head.value for head in swapped.heads[1:]] == [head.value for head in screen.contrast.heads[:0:-1]]


def test_what_both_ask_for_is_ranked_by_the_smaller_share(client):
    make_published(two_roles())

    [line] = client.get("/compare/", PAIR).context["screen"].contrast.parts.shared.table.rows

    assert [line[0].text, line[1].share.percent, line[2].share.percent] == ["SQL", "100%", "100%"]


def test_three_sides_have_the_largest_less_the_smallest_share_and_one_p(client):
    make_published([*two_roles(), *make_ads(20, role="data scientist", skills={"SQL": REQUIRED, "Kafka": REQUIRED})])

    lines = differences(client, {"side": [*PAIR["side"], "data scientist"]})

    assert [(line[0].text, line[4].text) for line in lines] == [("Kafka", "100.0"), ("Excel", "90.0"), ("SQL", "0.0")]
    assert [line[5].text for line in lines] == ["<0.001", "<0.001", "1.000"]
    assert list_count(client, lines[0][3].url) == "20"


def test_sides_that_share_postings_say_so_and_their_interval_allows_for_it(client):
    make_published([*two_roles(), *make_ads(40, company="Acme", skills={"SQL": REQUIRED})])

    contrast = client.get("/compare/", {"side": ["data engineer", "company:fernhollow"]}).context["screen"].contrast

    assert "40 postings belong to both data engineer and Fernhollow." in contrast.warnings[0]
    assert contrast.heads[0].note.endswith("40 postings of both left out.")
    kafka = next(line for line in contrast.parts.differences.sheet.table.rows if line[0].text == "Kafka")
    assert [cell.text for cell in kafka[1:4]] == ["25%", "50%", "−25.0"]
    blind_low, blind_high = difference_interval(([20], 40), ([20], 80))
    assert kafka[4].high - kafka[4].low < 100 * (blind_high[0] - blind_low[0])


def test_roles_with_other_skills_are_further_apart_than_chance(client):
    make_published(two_roles())

    distance = client.get("/compare/", PAIR).context["screen"].contrast.heads[0]

    assert "further apart than chance" in distance.note
    assert float(distance.value) > 0.3


def test_one_job_under_two_names_is_no_further_apart_than_chance(client):
    skills = [{"Python": REQUIRED}, {"SQL": REQUIRED}, {"Python": REQUIRED, "Kafka": REQUIRED}]
    roles = ("data engineer", "data analyst")
    make_published([Ad(role=role, skills=skills[step % 3]) for role in roles for step in range(30)])

    distance = client.get("/compare/", PAIR).context["screen"].contrast.heads[0]

    assert (distance.value, distance.note.split(": ")[1]) == ("0.000", "no further apart than chance")


def test_shares_under_ten_postings_are_withheld(client):
    make_published([*make_ads(30), *make_ads(9, role="data analyst")])

    page = client.get("/compare/", PAIR)

    assert page.context["screen"].contrast.parts.differences is None
    assert "9 postings of data analyst: under 10, shares are withheld." in page.content.decode()


def test_a_side_that_is_too_few_leaves_the_others_to_be_compared(client):
    make_published([*two_roles(), *make_ads(9, role="data scientist")])

    contrast = client.get("/compare/", {"side": ["data scientist", *PAIR["side"]]}).context["screen"].contrast

    assert contrast.refusals == ("9 postings of data scientist: under 10, shares are withheld.",)
    assert [head.text for head in contrast.parts.differences.sheet.table.columns[1:3]] == [
        "data engineer",
        "data analyst",
    ]


def test_sides_of_different_sources_are_warned_of(client):
    make_published(
        [*make_ads(30), *make_ads(20, role="data analyst", source="another"), *make_ads(10, role="data analyst")]
    )

    [warning] = client.get("/compare/", PAIR).context["screen"].contrast.warnings

    assert warning.startswith("Different sources: data engineer and data analyst (67% of the mix differs).")


def test_thin_sides_are_greyed_and_said(client):
    make_published([*make_ads(30), *make_ads(12, role="data analyst")])

    contrast = client.get("/compare/", PAIR).context["screen"].contrast

    assert contrast.warnings == ("Only 12 postings of data analyst: read its shares with care.",)
    assert [row[0].state for row in contrast.figures.table.rows] == ["ok", "thin"]


def test_pay_stands_with_its_currency_and_how_many_state_it(client):
    paid = [Ad(pay=60_000.0 + 1000 * number) for number in range(11)]
    dollars = make_ads(5, role="data analyst", pay=90_000.0, currency="USD")
    make_published([*paid, *make_ads(11), *dollars, *make_ads(15, role="data analyst")])

    engineer, analyst = client.get("/compare/", PAIR).context["screen"].contrast.pay.table.rows

    assert [cell.text for cell in engineer[:4]] == ["Data engineer", "65k", "61k–69k", "GBP"]
    assert engineer[4].share.percent == "50%"
    assert [cell.text for cell in analyst[1:4]] == ["withheld", "", ""]


def test_a_filter_that_lets_nothing_through_is_said_of_every_side(client):
    make_published(two_roles())

    page = client.get("/compare/", PAIR | {"country": "XX"})

    assert page.status_code == 200
    assert page.context["screen"].contrast.refusals[0] == "0 postings of data engineer: under 10, shares are withheld."


@pytest.mark.parametrize("tab", ["differ", "apart", "quarters"])
def test_postings_without_skills_dates_and_profiles_are_compared_without_figures(client, tab):
    nothing = {"skills": {}, "day": None, "profile": None}
    make_published([*make_ads(12, **nothing), *make_ads(12, role="data analyst", **nothing)], profiles=(), skills=["R"])

    page = client.get("/compare/", PAIR | {"tab": tab})

    assert page.status_code == 200
    assert "nan" not in page.content.decode().replace("finance", "")
    assert [head.value for head in page.context["screen"].contrast.heads] == ["none", "none", "none"]


def test_too_few_postings_for_any_pair_are_an_honest_empty_page(client):
    make_published(make_ads(9))

    assert "Nothing to compare yet" in client.get("/compare/").content.decode()


def test_a_company_leads_to_its_page_within_the_filters(client):
    acme = Company.objects.create(key="acme", name="Acme")
    make_published([*make_ads(12, company="Acme"), *make_ads(12, company="Bolt")])

    sheet = client.get("/compare/?side=Acme&side=Bolt&country=GB").context["screen"].contrast.figures

    assert [row[0].url for row in sheet.table.rows] == [
        f"/companies/{acme.pk}/?country=GB",
        "/postings/?country=GB&company=bolt",
    ]


def test_filters_in_the_address_narrow_both_sides(client):
    make_published([*two_roles(), *two_roles(country="DE", extra=5)])

    rows = client.get("/compare/", PAIR | {"country": "DE"}).context["screen"].contrast.figures.table.rows

    assert [row[1].text for row in rows] == ["45", "45"]
    assert [list_count(client, row[1].url) for row in rows] == ["45", "45"]


def test_the_filter_of_a_kind_that_is_compared_makes_room_for_the_sides(client):
    make_published([*two_roles(), *make_ads(12, company="Acme", country="DE")])

    page = client.get(
        "/compare/", {"side": ["company:acme", "company:fernhollow"], "company": "acme", "role": "data engineer"}
    )

    rows = page.context["screen"].contrast.figures.table.rows
    assert [row[1].text for row in rows] == ["12", "40"]
    assert [chip.label for chip in page.context["filters"].chips] == ["Role"]


def test_the_form_keeps_the_filters_and_removing_a_filter_keeps_every_side(client):
    make_published(two_roles(country="DE"))

    page = client.get("/compare/", PAIR | {"country": "DE"})
    screen, [chip] = page.context["screen"], page.context["filters"].chips

    assert '<input type="hidden" name="country" value="DE">' in page.content.decode()
    assert [choice.value for choice in screen.form.choices] == ["data engineer", "data analyst", ""]
    assert client.get(chip.remove_url).context["screen"].contrast.sides == screen.contrast.sides
    one_left = client.get(screen.form.choices[0].remove_url).context["screen"]
    assert [choice.value for choice in one_left.form.choices] == ["data analyst", ""]


@pytest.mark.parametrize("postings", [12, 50])
@pytest.mark.parametrize("tab", ["differ", "apart", "quarters"])
def test_a_comparison_asks_the_database_few_questions(client, postings, tab, django_assert_max_num_queries):
    make_published([*make_ads(postings), *make_ads(postings, role="data analyst", skills={"Excel": REQUIRED})])

    with django_assert_max_num_queries(5):
        assert client.get(reverse("compare"), PAIR | {"tab": tab}).status_code == 200


def column(sheet, place):
    return [row[place].text for row in sheet.table.rows]


def differences(client, asked):
    return client.get("/compare/", asked).context["screen"].contrast.parts.differences.sheet.table.rows


def two_roles(*, country: str = "GB", extra: int = 0) -> list[Ad]:
    """Forty postings and more of each: half of the first name Kafka, nine tenths of the second Excel, all SQL."""
    base = {"SQL": REQUIRED}
    return [
        *make_ads(20 + extra, country=country, skills=base | {"Kafka": REQUIRED}),
        *make_ads(20, country=country, skills=base),
        *make_ads(36 + extra, country=country, role="data analyst", company="Other", skills=base | {"Excel": REQUIRED}),
        *make_ads(4, country=country, role="data analyst", company="Other", skills=base),
    ]
