"""The tabs of a role that speak of companies, of other titles and of the newest postings; the names of roles."""

import csv
import io
from datetime import date

import pytest

from analytics.frozen import RoleAmbiguity, RunFigures, save_figures
from analytics.selectors.role_names import role_label, role_within
from tests.analytics.screens import list_count
from tests.make_run import REQUIRED, Ad, make_ads, make_published
from tests.pages import text_of

pytestmark = pytest.mark.django_db

DATA = {"Python": REQUIRED, "SQL": REQUIRED, "Spark": REQUIRED}
WEB = {"PHP": REQUIRED, "HTML": REQUIRED, "CSS": REQUIRED}


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def tab_of(client, tab, **parts):
    return client.get("/roles/data-engineer/", {"tab": tab, **parts}).context["screen"]


@pytest.mark.parametrize(
    ("name", "label", "within"),
    [
        ("machine learning engineer", "Machine learning engineer", "machine learning engineer"),
        ("qa engineer", "QA engineer", "QA engineer"),
        ("mlops engineer", "MLOps engineer", "MLOps engineer"),
        ("business intelligence analyst", "Business intelligence analyst", "business intelligence analyst"),
        ("it manager", "IT manager", "IT manager"),
        ("Head of BI", "Head of BI", "Head of BI"),
        ("", "Not known", "not known"),
    ],
)
def test_a_role_is_spelled_as_people_spell_it(name, label, within):
    assert (role_label(name), role_within(name)) == (label, within)


def test_screens_spell_roles_well_and_addresses_keep_their_names(client):
    make_published(make_ads(12, role="qa engineer"))

    page = client.get("/roles/qa-engineer/")
    listed = client.get("/roles/?role=qa+engineer")

    assert "<h1>QA engineer</h1>" in page.content.decode()
    assert page.context["screen"].postings_url == "/postings/?role=qa+engineer"
    assert listed.context["screen"].sheet.table.rows[0][0].text == "QA engineer"
    assert [chip.text for chip in listed.context["filters"].chips] == ["QA engineer"]


# ---- companies ---------------------------------------------------------------------------------------------------


def make_companies():
    """A role of forty companies that ask for the same, of one that asks for something else, and of small ones."""
    alike = [ad for number in range(40) for ad in make_ads(5, skills=DATA, company=f"Company {number:02}")]
    return [
        *alike,
        *make_ads(12, skills=WEB, company="Odd Ltd"),
        *make_ads(4, company="Small"),
        *make_ads(9, company=""),
    ]


def test_a_company_that_asks_for_something_else_is_told_from_those_that_ask_as_chance_would(client):
    make_published(make_companies())

    rows = tab_of(client, "companies").companies.sheet.whole().rows

    by_name = {row[0].text: row for row in rows}
    assert rows[0][0].text == "Odd Ltd"
    assert by_name["Odd Ltd"][2].value == 1.0
    assert by_name["Odd Ltd"][4].text == "differs"
    assert by_name["Odd Ltd"][5].text == "CSS, HTML, PHP"
    assert by_name["Company 00"][2].value < by_name["Company 00"][3].high < 1
    assert by_name["Company 00"][4].text != "differs"


def test_each_company_leads_to_as_many_postings_and_small_or_unknown_ones_are_left_out(client):
    make_published(make_companies())

    tab = tab_of(client, "companies").companies

    names = [row[0].text for row in tab.sheet.whole().rows]
    assert "Small" not in names
    assert len(names) == 41
    assert tab.few.startswith("1 with fewer than 5 ads")
    assert [list_count(client, row[1].url) for row in tab.sheet.table.rows[:2]] == ["12", "5"]


def test_without_a_company_of_five_ads_there_is_nothing_to_compare(client):
    make_published([Ad(company=f"Company {number}") for number in range(12)])

    assert tab_of(client, "companies").companies.sheet is None
    assert "five ads of one known company" in text_of(client.get("/roles/data-engineer/?tab=companies"))


def test_the_companies_are_the_same_whenever_they_are_asked_for(client):
    make_published(make_companies())

    first, second = (client.get("/roles/data-engineer/?tab=companies&export=csv&table=companies") for _ in range(2))

    def table(page):
        return [line for line in csv.reader(io.StringIO(page.content.decode())) if len(line) > 1]

    assert table(first) == table(second)
    assert len(table(first)) == 42


@pytest.mark.parametrize(
    ("value", "low", "verdict"),
    [
        (0.34, 0.23, "means different things"),
        (0.34, 0.02, "may mean different things"),
        (0.03, -0.02, "about as alike as by chance"),
    ],
)
def test_the_verdict_is_plain_only_where_the_whole_interval_lies_beyond_chance(client, value, low, verdict):
    run = make_published(make_companies())
    one = RoleAmbiguity(200, 40, value, low, 0.5, -0.04, 0.04)
    save_figures(run.input_key, RunFigures({"data engineer": one}, None, ()))

    assert tab_of(client, "companies").companies.ambiguity.verdict == verdict


# ---- the same work under other titles ----------------------------------------------------------------------------


def make_carried():
    return [
        *make_ads(40, profile=0),
        *make_ads(5, profile=1),
        *make_ads(7, role="data analyst", title="Data Wizard", profile=0),
        *make_ads(3, role="statistician", title="Number Cruncher", profile=0),
        *make_ads(30, role="data analyst", profile=1),
        *make_ads(2, role="data analyst", profile=0, is_copy=True),
    ]


def test_postings_that_carry_the_profile_without_the_title_are_counted_and_lead_to_their_list(client):
    make_published(make_carried())

    found = tab_of(client, "elsewhere").elsewhere

    assert (found.profile, found.own.count, found.own.n) == ("data platform", "40", "45")
    assert (found.share.count, found.share.n, list_count(client, found.url)) == ("10", "50", "10")
    assert [(row[0].text, row[1].text, list_count(client, row[1].url)) for row in found.titles.table.rows] == [
        ("Data Wizard", "7", "7"),
        ("Number Cruncher", "3", "3"),
    ]
    assert [(row[0].text, row[1].text, row[2].share.n) for row in found.roles.table.rows] == [
        ("Data analyst", "7", "37"),
        ("Statistician", "3", "3"),
    ]
    assert [list_count(client, row[1].url) for row in found.roles.table.rows] == ["7", "3"]


def test_what_is_left_over_is_no_work_of_its_own(client, monkeypatch):
    run = make_published(make_carried())
    run.profiles.filter(level="fine", number=0).update(is_residue=True)

    assert tab_of(client, "elsewhere").elsewhere is None  # five postings lean to the other profile: too few to tell


def test_under_thirty_postings_that_can_be_told_nothing_is_said_of_other_titles(client):
    make_published([*make_ads(29, profile=0), *make_ads(9, profile=None)])

    assert tab_of(client, "elsewhere").elsewhere is None
    assert "thirty postings that lean to a profile" in text_of(client.get("/roles/data-engineer/?tab=elsewhere"))


# ---- the newest postings -----------------------------------------------------------------------------------------


def test_few_postings_are_shown_one_by_one_even_where_shares_are_withheld(client):
    make_published([Ad(day=date(2026, 7, day)) for day in (1, 3, 2)])

    screen = tab_of(client, "postings")

    assert screen.is_withheld
    assert screen.newest is not None
    assert "too few" not in text_of(client.get("/roles/data-engineer/?tab=postings")).lower()
