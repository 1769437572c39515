"""All companies: how they are counted, found, sorted and written to a file; and one company."""

import csv
import io
import re
from datetime import date

import pytest

from analytics.models import Publication
from analytics.services import freeze_figures
from postings.models import Company
from tests.analytics.screens import list_count
from tests.make import merge_companies
from tests.make_run import PREFERRED, REQUIRED, Ad, make_ads, make_published
from tests.pages import queries_of, text_of

pytestmark = pytest.mark.django_db

PIPES, CHARTS = {"Kafka": REQUIRED, "Spark": REQUIRED, "Airflow": PREFERRED}, {"Excel": REQUIRED, "SQL": REQUIRED}


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def make_companies(ads, **kwargs):
    """A published run and the rows of its companies, which a run made by hand lacks."""
    make_published(ads, **kwargs)
    names = {ad.company for ad in ads if ad.company}
    return {name: Company.objects.get_or_create(key=name.lower(), defaults={"name": name})[0] for name in names}


def screen(client, address):
    return client.get(address).context["screen"]


def rows(sheet):
    return {row[0].text: row for row in sheet.table.rows}


def cell(sheet, row, column):
    names = [one.text for one in sheet.table.columns]
    return rows(sheet)[row][names.index(column)]


# ---- all companies ----------------------------------------------------------------------------------------------


def test_companies_stand_by_size_and_those_without_a_name_are_only_counted(client):
    make_companies([*make_ads(3, company="Quince"), *make_ads(5, company="Medlar"), *make_ads(4, company="")])

    page = screen(client, "/companies/")

    assert list(rows(page.lines)) == ["Medlar", "Quince"]
    assert (page.companies, page.unknown) == ("2", "4")


def test_every_figure_of_a_company_leads_to_as_many_postings(client):
    ads = [
        *make_ads(8, company="Quince", role="data engineer", profile=0),
        *make_ads(4, company="Quince", role="data analyst", profile=1),
        *make_ads(5, company="Quince", country="DE"),
        *make_ads(20, company="Medlar"),
    ]
    make_companies(ads)

    quince = rows(screen(client, "/companies/?country=GB").lines)["Quince"]

    assert list_count(client, quince[1].url) == quince[1].text == "12"
    shares = [one for one in quince if one.share and one.url]
    assert [one.share.count for one in shares] == ["8", "8"]
    assert [list_count(client, one.url) for one in shares] == ["8", "8"]


def test_the_commonest_role_and_profile_are_named_with_their_share(client):
    make_companies([*make_ads(9, company="Quince"), *make_ads(3, company="Quince", role="data analyst", profile=1)])

    lines = screen(client, "/companies/").lines

    assert cell(lines, "Quince", "Commonest role").text == "Data engineer"
    assert cell(lines, "Quince", "Leans to").text == "data platform"
    assert [one.share.percent for one in rows(lines)["Quince"] if one.share][:2] == ["75%", "75%"]


def test_a_company_of_fewer_than_ten_postings_has_its_shares_withheld(client):
    make_companies(make_ads(9, company="Quince", pay=50_000.0))

    quince = rows(screen(client, "/companies/").lines)["Quince"]

    assert {one.share.state for one in quince if one.share} == {"withheld"}
    assert [one.text for one in quince if one.text == "withheld"]
    assert "75%" not in "".join(one.text for one in quince)


@pytest.mark.parametrize(("n", "said"), [(9, "withheld"), (10, "2.0")])
def test_skills_in_a_posting_are_withheld_under_ten(client, n, said):
    figures = company_page(client, [*make_ads(n, company="Quince"), *make_ads(30, company="Medlar")]).figures

    assert {figure.label: figure.value for figure in figures}["Skills in a posting"] == said


def test_the_number_of_roles_counts_only_those_of_the_catalogue(client):
    even = [*make_ads(10, company="Quince"), *make_ads(10, company="Quince", role="data analyst")]
    make_companies([*even, *make_ads(30, company="Quince", role="other"), *make_ads(12, company="Medlar")])

    lines = screen(client, "/companies/").lines

    assert {name: cell(lines, name, "Roles").text for name in rows(lines)} == {"Quince": "2.0", "Medlar": "1.0"}


def test_a_company_whose_titles_are_outside_the_catalogue_has_no_share_of_a_role(client):
    make_companies([*make_ads(30, company="Quince", role="other"), *make_ads(12, company="Medlar")])

    lines = screen(client, "/companies/").lines
    places = [place for place, column in enumerate(lines.table.columns) if column.text == "In"]

    assert rows(lines)["Quince"][places[0]].share is None
    assert rows(lines)["Medlar"][places[0]].share.percent == "100%"


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("", ["Medlar", "Quince", "apple", "Sorrel"]),
        ("name", ["apple", "Medlar", "Quince", "Sorrel"]),
        ("roles", ["Quince", "Medlar", "apple", "Sorrel"]),
        ("pay", ["apple", "Quince", "Medlar", "Sorrel"]),
        ("nonsense", ["Medlar", "Quince", "apple", "Sorrel"]),
    ],
)
def test_companies_are_sorted_by_the_server_and_what_has_no_figure_stands_last(client, sort, order):
    make_companies(
        [
            *make_ads(30, company="Medlar", pay=None),
            *make_ads(12, company="Quince", pay=40_000.0),
            *make_ads(12, company="Quince", role="data analyst", pay=42_000.0),
            *make_ads(12, company="apple", pay=90_000.0),
            *make_ads(2, company="Sorrel", pay=200_000.0),
        ]
    )

    assert list(rows(screen(client, f"/companies/?sort={sort}").lines)) == order


def test_the_median_that_is_sorted_by_is_the_one_that_is_shown(client):
    pays = {"Quince": [10, 20, 30, 40] * 3, "Medlar": [22] * 11}
    make_companies([Ad(company=name, pay=1000.0 * one) for name, found in pays.items() for one in found])

    lines = screen(client, "/companies/?sort=pay").lines

    shown = {name: cell(lines, name, "Median pay a year, GBP").value for name in rows(lines)}
    assert list(shown.items()) == [("Quince", 25_000), ("Medlar", 22_000)]


def test_a_company_is_found_by_its_name_and_one_that_is_not_there_is_said(client):
    make_companies([*make_ads(3, company="Quince & Sons"), *make_ads(5, company="Medlar")])

    assert list(rows(screen(client, "/companies/?q=sons quince").lines)) == ["Quince & Sons"]
    assert "No company by that name" in text_of(client.get("/companies/?q=nobody"))
    assert "No postings match" in text_of(client.get("/companies/?country=FR"))


def test_a_search_keeps_the_filters_and_the_order(client):
    make_companies(make_ads(3, company="Quince"))

    hidden = screen(client, "/companies/?country=GB&sort=name&q=qui").hidden

    assert hidden == (("country", "GB"), ("sort", "name"))


def test_a_staffing_agency_is_marked(client):
    rows_ = make_companies([*make_ads(3, company="Quince Recruitment"), *make_ads(3, company="Medlar")])

    lines = screen(client, "/companies/").lines

    assert {name: row[0].note for name, row in rows(lines).items()} == {
        "Quince Recruitment": "staffing agency",
        "Medlar": "",
    }
    assert "fills other employers’ places" in text_of(client.get(rows_["Quince Recruitment"].get_absolute_url()))


def test_a_file_holds_all_companies_with_the_figures_of_the_screen(client):
    make_companies([Ad(company=f"Company {number:02}") for number in range(60)] + make_ads(12, company="Quince"))

    page = client.get("/companies/?export=csv&table=all-companies").content.decode()

    begin = int(re.search(r"begins on line (\d+)", page)[1])
    table = list(csv.DictReader(io.StringIO("".join(page.splitlines(keepends=True)[begin - 1 :]))))
    assert len(table) == 61
    assert (table[0]["Company"], table[0]["Postings"], table[0]["In (%)"]) == ("Quince", "12", "100.0")
    assert table[1]["In (%)"] == ""


def test_more_companies_ask_the_database_no_more_often(client):
    make_companies([Ad(company=f"Company {number:02}") for number in range(2)])
    few = queries_of(client, "/companies/")
    make_companies([Ad(company=f"Company {number:02}") for number in range(50)])

    assert queries_of(client, "/companies/") == few <= 8


# ---- one company ------------------------------------------------------------------------------------------------


def company_page(client, ads, tab="", query="", **kwargs):
    found = make_companies(ads, **kwargs)
    return screen(client, f"{found['Quince'].get_absolute_url()}?tab={tab}{query}")


def test_the_head_of_a_company_counts_its_postings_roles_sources_and_months(client):
    page = company_page(
        client,
        [
            Ad(company="Quince", day=date(2026, 3, 5)),
            Ad(company="Quince", day=date(2026, 7, 5), source="feed", role="data analyst"),
            Ad(company="Medlar", role="statistician"),
        ],
    )

    assert page.where == "2 roles · 2 sources · Mar 2026 – Jul 2026"
    assert list_count(client, page.postings_url) == page.postings == "2"


def test_titles_stand_with_the_role_that_they_are_read_as_and_lead_to_their_postings(client):
    ads = [
        *make_ads(11, company="Quince", title="Pipeline Keeper", profile=1),
        *make_ads(2, company="Quince", title="Chart Keeper", role="data analyst"),
        *make_ads(5, company="Medlar", title="Pipeline Keeper"),
    ]

    lines = company_page(client, ads).titles.lines

    assert [(row[0].text, row[1].text, row[3].text) for row in lines.table.rows] == [
        ("Pipeline Keeper", "11", "Data engineer"),
        ("Chart Keeper", "2", "Data analyst"),
    ]
    assert [list_count(client, row[1].url) for row in lines.table.rows] == ["11", "2"]


def test_roles_stand_with_examples_of_their_titles_and_the_profile_that_they_lean_to(client):
    ads = [
        *make_ads(8, company="Quince", title="Pipeline Keeper", profile=1),
        *make_ads(3, company="Quince", title="Stream Keeper", profile=0),
        *make_ads(2, company="Quince", title="Chart Keeper", role="data analyst"),
        *make_ads(4, company="Quince", title="Pear Grower", role="other"),
        *make_ads(9, company="Medlar", profile=0),
    ]

    engineer, analyst, other = company_page(client, ads).titles.roles.table.rows

    assert [cell.text for cell in engineer[:2]] == ["Data engineer", "11"]
    assert [cell.text for cell in engineer[3:6]] == ["2", "Pipeline Keeper · Stream Keeper", "analytics"]
    assert list_count(client, engineer[1].url) == "11"
    assert list_count(client, engineer[6].url) == engineer[6].share.count == "8"
    assert analyst[6].share.state == "withheld"
    assert (other[0].text, other[0].note) == ("Other", "titles outside our catalogue")


def test_skills_stand_beside_what_others_ask_for_in_the_same_roles(client):
    """Of the others' engineers half name Kafka, of their analysts none: a company of engineers is set against half."""
    ads = [
        *make_ads(12, company="Quince", skills={"Kafka": REQUIRED}),
        *make_ads(20, company="Medlar", skills={"Kafka": REQUIRED}),
        *make_ads(20, company="Medlar", skills={"SQL": REQUIRED}),
        *make_ads(60, company="Medlar", role="data analyst", skills={"SQL": REQUIRED}),
    ]

    lines = company_page(client, ads, "asked").asked

    assert cell(lines, "Kafka", "Others in these roles").value == 50
    assert cell(lines, "Kafka", "Times as common").value == 2
    share = cell(lines, "Kafka", "Share of its postings")
    assert list_count(client, share.url) == share.share.count == "12"


def test_what_its_roles_explain_does_not_set_a_company_apart(client):
    """All engineers name Kafka, everywhere; only this company names Elixir."""
    own = {"Kafka": REQUIRED, "Elixir": REQUIRED}
    ads = [
        *make_ads(40, company="Quince", skills=own),
        *make_ads(60, company="Medlar", skills={"Kafka": REQUIRED, "SQL": REQUIRED}),
        *make_ads(300, company="Sorrel", role="data analyst", skills={"Excel": REQUIRED}),
    ]

    tab = company_page(client, ads, "apart").apart

    first = [row[0].text for row in tab.chart.table.rows if row[1].value > 0]
    assert first == ["Elixir"]
    assert "SQL" in tab.chart.summary
    assert tab.left_out == ""


def test_postings_outside_the_catalogue_are_not_compared_and_that_is_said(client):
    ads = [
        *make_ads(12, company="Quince"),
        *make_ads(5, company="Quince", role="other"),
        *make_ads(30, company="Medlar"),
    ]

    assert company_page(client, ads, "apart").apart.left_out.startswith("5 of its 17 postings are not compared")
    assert company_page(client, make_ads(40, company="Quince"), "apart").apart.refusal.startswith("0 of its postings")


def test_a_company_that_fills_a_title_otherwise_is_called_different_and_one_like_the_rest_is_not(client):
    ads = [
        *make_ads(15, company="Quince", skills=CHARTS),
        *[Ad(company=f"Other {n % 8}", skills=PIPES if n % 4 else CHARTS) for n in range(80)],
    ]
    assert verdict(client, ads) == "different"

    mixed = [Ad(company="Quince", skills=PIPES if n % 4 else CHARTS) for n in range(16)]
    assert verdict(client, [*mixed, *ads[15:]]) == "like the others"


def test_a_company_alone_in_its_source_is_not_judged(client):
    ads = [
        *make_ads(15, company="Quince", source="own feed", skills=CHARTS),
        *make_ads(40, company="Medlar", skills=PIPES),
    ]

    assert verdict(client, ads).startswith("cannot tell")


def test_of_a_company_with_very_many_ads_what_is_not_looked_at_is_not_taken_for_the_others(client):
    """A few hundred are looked at; these share no skill with what the others name."""
    ads = [*make_ads(400, company="Quince", skills=CHARTS), *make_ads(40, company="Medlar", skills=PIPES)]

    lines = company_page(client, ads, "others").others.lines

    assert cell(lines, "Data engineer", "Distance").value == 1


def verdict(client, ads):
    return cell(company_page(client, ads, "others").others.lines, "Data engineer", "It is").text


def test_the_role_s_ambiguity_that_a_company_causes_is_told_once_it_is_worked_out(client):
    ads = [
        *make_ads(15, company="Medlar", skills=PIPES),
        *make_ads(15, company="Sorrel", skills=PIPES),
        *make_ads(15, company="Quince", skills=CHARTS),
    ]
    assert len(company_page(client, ads, "others").others.lines.table.columns) == 8

    figures = freeze_figures(Publication.objects.get().run)

    page = screen(client, f"{Company.objects.get(name='Quince').get_absolute_url()}?tab=others")
    pull = figures.ambiguity["data engineer"].pulls[0]
    assert cell(page.others.lines, "Data engineer", "Pulls the role’s ambiguity by").value == round(pull.pull, 4)


def test_postings_over_time_lead_to_those_of_the_month(client):
    days = [date(2026, 5, 3)] * 4 + [date(2026, 7, 3)] * 6
    page = company_page(
        client, [Ad(company="Quince", day=day) for day in days] + [Ad(company="Quince", day=None)], "time"
    )

    table = page.time.chart.table
    assert [row[1].text for row in table.rows] == ["4", "0", "6"]
    assert list_count(client, table.rows[0][1].url) == "4"
    assert "1 posting without a date" in page.time.chart.summary
    assert company_page(client, [Ad(company="Quince", day=None)], "time").time.refusal


def test_pay_stands_beside_that_of_others_in_the_same_role_and_currency(client):
    ads = [
        *make_ads(12, company="Quince", pay=60_000.0),
        *make_ads(12, company="Quince"),
        *make_ads(15, company="Medlar", pay=50_000.0),
        *make_ads(15, company="Medlar", pay=900_000.0, currency="SEK"),
        *make_ads(40, company="Medlar", role="data analyst", pay=10_000.0),
    ]

    tab = company_page(client, ads, "pay").pay

    row = rows(tab.lines)["Data engineer"]
    assert [one.text for one in row if one.text in ("60k", "50k")] == ["60k", "50k"]
    assert cell(tab.lines, "Data engineer", "Pay stated in GBP").share.percent == "50%"
    assert list_count(client, row[1].url) == row[1].text == "24"
    assert company_page(client, make_ads(12, company="Quince"), "pay").pay.refusal


@pytest.mark.parametrize("tab", ["asked", "apart"])
def test_shares_of_a_small_company_are_withheld(client, tab):
    page = company_page(client, [*make_ads(9, company="Quince"), *make_ads(30, company="Medlar")], tab)

    assert page.is_withheld
    assert getattr(page, tab) is None


def test_a_company_without_postings_here_says_so(client):
    found = make_companies([*make_ads(3, company="Quince"), *make_ads(3, company="Medlar", country="DE")])

    page = text_of(client.get(found["Medlar"].get_absolute_url() + "?country=GB"))

    assert "No postings match" in page
    assert client.get("/companies/4711/").status_code == 404


def test_a_merged_company_leads_to_the_one_that_was_kept(client):
    found = make_companies([*make_ads(3, company="Quince"), *make_ads(3, company="Quinze")])
    merge_companies(keep=found["Quince"], absorb=[found["Quinze"]])

    answer = client.get(found["Quinze"].get_absolute_url() + "?country=GB&tab=pay", follow=True)

    assert answer.redirect_chain[-1][0] == found["Quince"].get_absolute_url() + "?country=GB&tab=pay"
    assert answer.context["screen"].spellings == ("Quinze",)


def test_the_name_of_a_company_leads_to_its_page_from_a_role_and_from_a_profile(client):
    found = make_companies([*make_ads(12, company="Quince"), *make_ads(12, company="Medlar")])
    known = Publication.objects.get().run.profiles.get(level="fine", number=0).known_id
    page = found["Quince"].get_absolute_url() + "?country=GB"

    for address in ("/roles/data-engineer/", f"/profiles/{known}/"):
        assert f'href="{page}"' in text_of(client.get(f"{address}?tab=companies&country=GB"))
