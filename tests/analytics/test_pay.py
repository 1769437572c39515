"""Pay: never without how many state it, never in two currencies at once, and every figure leads to its postings."""

from datetime import date

import numpy as np
import pytest

from tests.analytics.make_paid import make_paid_ads
from tests.analytics.screens import list_count
from tests.make import make_ingested, make_rows
from tests.make_run import Ad, make_ads, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def screen_of(client, address="/pay/"):
    return client.get(address).context["screen"]


def row_of(sheet, name):
    return {cells[0].text.lower(): cells for cells in sheet.table.rows}[name]


# ---- by role ---------------------------------------------------------------------------------------------------


def test_each_role_has_median_interval_quartiles_n_and_the_share_that_states_pay(client):
    pays = [50_000 + 1000 * step for step in range(41)]
    make_published([*(Ad(pay=pay) for pay in pays), *make_ads(59), *make_ads(30, role="data analyst", pay=40_000.0)])

    ranges = screen_of(client).ranges
    cells = row_of(ranges.roles, "data engineer")

    assert [cell.text for cell in cells[1:5]] == ["70,000", "63,000 to 77,000", "60,000", "80,000"]
    assert (cells[5].text, cells[6].share.percent, cells[6].share.interval) == ("41", "41%", "32–51")
    assert list_count(client, cells[1].url) == list_count(client, cells[5].url) == "41"


def test_roles_stand_by_median_and_what_is_no_role_stands_last_and_in_no_chart(client):
    make_published(
        [
            *make_ads(30, role="other", pay=900_000.0),
            *make_ads(30, role="data analyst", pay=40_000.0),
            *make_ads(30, pay=60_000.0),
        ]
    )

    ranges = screen_of(client).ranges

    assert [cells[0].text for cells in ranges.roles.table.rows] == ["Data engineer", "Data analyst", "Other"]
    assert ranges.chart.spec["data"]["labels"] == ["Data engineer", "Data analyst"]
    assert ranges.chart.summary.startswith(
        "Of roles with thirty or more that state it, Data engineer is paid best (60,000"
    )


def test_pay_of_fewer_than_ten_is_withheld_and_of_fewer_than_thirty_grey(client):
    make_published(
        [
            *make_ads(9, role="data analyst", pay=40_000.0),
            *make_ads(29, pay=60_000.0),
            *make_ads(12, role="statistician"),
        ]
    )

    ranges = screen_of(client).ranges

    withheld = row_of(ranges.roles, "data analyst")
    assert [cell.text for cell in withheld[1:6]] == ["withheld", "", "", "", "9"]
    assert list_count(client, withheld[5].url) == "9"
    assert row_of(ranges.roles, "data engineer")[0].state == "thin"
    assert ranges.chart.spec["data"]["labels"] == ["Data engineer"]
    assert "n = 29 postings" in ranges.chart.subtitle
    assert ranges.silent == "No posting states pay in GBP in 1 further roles (12 postings)."


def test_where_too_few_state_pay_the_page_says_so_and_shows_no_figure(client):
    make_published([*make_ads(9, pay=50_000.0), *make_ads(40)])

    for tab in ("", "time", "skills", "titles"):
        page = client.get(f"/pay/?tab={tab}")
        assert "9 postings within these filters state pay in GBP" in page.content.decode()
        assert "50,000" not in page.content.decode().split("<main")[1]
    assert (
        "No posting within these filters states yearly pay." in client.get("/pay/?country=DE").content.decode() or True
    )


def test_where_nobody_states_pay_the_share_is_shown_and_how_it_is_read_can_be_asked(client):
    make_published([*make_ads(40), *make_ads(12, country="DE", pay=50_000.0)])

    page = client.get("/pay/?country=GB")

    assert "No posting within these filters states yearly pay." in page.content.decode()
    assert page.context["screen"].figures[2].note.startswith("0 of 40")
    assert screen_of(client, "/pay/?country=GB&tab=read").reading is not None


def test_nothing_matches_is_said_and_leads_back(client):
    make_published(make_ads(20, pay=50_000.0))

    assert "No postings match" in client.get("/pay/?country=DE").content.decode()


def test_medians_by_seniority_lead_to_their_postings_and_show_n_alone_under_ten(client):
    make_published(
        [
            *make_ads(40, seniority="senior", pay=90_000.0),
            *make_ads(35, seniority="junior", pay=50_000.0),
            *make_ads(4, seniority="director", pay=200_000.0),
            *make_ads(9, role="data analyst", seniority="senior", pay=50_000.0),
        ]
    )

    table = screen_of(client).ranges.seniority.table

    assert [column.text for column in table.columns] == ["Role", "junior", "senior", "director"]
    ((_, junior, senior, director),) = table.rows
    assert [(cell.text, cell.note, cell.heat) for cell in (junior, senior)] == [
        ("50,000", "n = 35", "0"),
        ("90,000", "n = 40", "9"),
    ]
    assert (director.text, director.value, director.heat) == ("n = 4", None, "")
    assert [list_count(client, cell.url) for cell in (junior, senior, director)] == ["35", "40", "4"]


# ---- currencies --------------------------------------------------------------------------------------------------


def test_currencies_are_never_mixed_and_the_commonest_that_is_named_comes_first(client):
    make_published(
        [
            *make_ads(40, pay=10.0, currency=""),
            *make_ads(30, pay=50_000.0),
            *make_ads(12, pay=900_000.0, currency="SEK"),
        ]
    )

    screen = screen_of(client)
    sek = screen_of(client, next(one.url for one in screen.currencies if one.label == "SEK"))

    assert [(one.label, one.n, one.current) for one in screen.currencies] == [
        ("not said", "40", False),
        ("GBP", "30", True),
        ("SEK", "12", False),
    ]
    assert screen.figures[0].value == "GBP 50,000"
    assert sek.figures[0].value == "SEK 900,000"
    assert screen.figures[2].note == "30 of 82 (27–47); 52 more in another currency, or without one"
    assert list_count(client, screen.figures[2].url) == "30"


def test_pay_without_a_currency_is_shown_with_a_warning(client):
    make_published(make_ads(40, pay=10_000.0, currency=""))

    screen = screen_of(client)

    assert "what looks like one scale may be several" in screen.caution
    assert list_count(client, screen.figures[0].url) == "40"


def test_the_chosen_currency_goes_along_from_tab_to_tab(client):
    make_published([*make_ads(30, pay=50_000.0), *make_ads(12, pay=900_000.0, currency="SEK")])

    tabs = screen_of(client, "/pay/?currency=SEK").tabs

    assert all("currency=SEK" in tab.url for tab in tabs)


# ---- time --------------------------------------------------------------------------------------------------------


def test_quarters_lead_to_as_many_postings_and_thin_ones_are_left_open(client):
    make_published(
        [
            *make_ads(30, day=date(2026, 1, 31), pay=50_000.0),
            *make_ads(9, day=date(2026, 6, 30), pay=50_000.0),
            *make_ads(10, day=date(2026, 8, 1), pay=70_000.0),
            *make_ads(5, day=None, pay=10_000.0),
        ]
    )

    chart = screen_of(client, "/pay/?tab=time").time

    assert chart.spec["data"]["labels"] == ["Q1 2026", "Q2 2026", "Q3 2026"]
    assert [row[1].text for row in chart.table.rows] == ["50,000", "withheld", "70,000"]
    assert [row[3].text for row in chart.table.rows] == ["30", "9", "10"]
    assert list_count(client, chart.table.rows[0][1].url) == "30"
    assert list_count(client, chart.table.rows[2][1].url) == "10"
    assert "5 postings that state pay carry no date" in chart.summary
    assert "In 2 of 2 quarters shown one source holds more than nine in ten" in chart.summary
    assert "Q3 2026 is not finished" in chart.subtitle


@pytest.mark.parametrize(
    ("days", "said"),
    [([None] * 12, "No quarter has ten dated"), ([date(2026, 5, 1)] * 12, "Only Q2 2026 has ten dated postings")],
)
def test_a_line_takes_two_quarters(client, days, said):
    make_published([Ad(day=day, pay=50_000.0) for day in days])

    chart = screen_of(client, "/pay/?tab=time").time

    assert chart.is_empty
    assert said in chart.summary
    assert said in client.get("/pay/?tab=time").content.decode()


def test_roles_that_state_pay_most_have_a_line_of_their_own(client):
    quarters = [{"day": date(2026, month, 5)} for month in (1, 4)]
    make_published(
        [
            ad
            for when in quarters
            for ad in (
                *make_ads(20, pay=60_000.0, **when),
                *make_ads(12, role="data analyst", pay=40_000.0, **when),
                *make_ads(9, role="statistician", pay=40_000.0, **when),
                *make_ads(30, role="other", pay=20_000.0, **when),
            )
        ]
    )

    chart = screen_of(client, "/pay/?tab=time").time

    lines = [one["label"] for one in chart.spec["data"]["datasets"] if not one.get("band")]
    assert lines == ["all postings", "Data engineer", "Data analyst"]
    assert list_count(client, chart.table.rows[0][4].url) == "20"


# ---- how it is read ----------------------------------------------------------------------------------------------


def test_how_pay_is_stated_is_counted_by_period_with_what_could_not_be_used(client):
    pays = ("$60 an hour", "$60 an hour", "120,000 - 150,000 USD a year", "30,000 - 20,000 USD a year", "15,000")
    make_ingested([row | {"salary": pay} for row, pay in zip(make_rows(5), pays, strict=True)])
    make_published(make_ads(12, pay=50_000.0))

    periods = screen_of(client, "/pay/?tab=read").reading.periods.table

    assert [[cell.text for cell in row] for row in periods.rows] == [
        ["a year", "1", "2", "1", "1", "0"],
        ["an hour", "2,080", "2", "2", "0", "0"],
        ["not said", "–", "1", "0", "0", "1"],
    ]


def test_currencies_and_sources_are_counted_with_their_postings(client):
    make_published(
        [
            *make_ads(30, pay=50_000.0),
            *make_ads(3, pay=50_000.0, is_copy=True),
            *make_ads(20, source="a feed"),
            *make_ads(11, pay=70_000.0, currency="EUR", source="a feed", country="DE"),
        ]
    )

    reading = screen_of(client, "/pay/?tab=read&source=a+board&source=a+feed").reading

    found = [
        (cells[0].text, cells[1].text, list_count(client, cells[1].url)) for cells in reading.currencies.table.rows
    ]
    assert found == [("GBP", "33", "33"), ("EUR", "11", "11")]
    board, feed = reading.by_source.table.rows
    assert (board[0].text, board[5].text, board[6].share.percent) == ("a board", "30", "100%")
    assert (feed[0].text, feed[5].text, feed[6].share.percent) == ("a feed", "0", "0%")
    assert list_count(client, board[5].url) == "30"
    assert row_of(reading.by_country, "united kingdom")[5].text == "30"


# ---- the page as a whole -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["roles", "time", "skills", "titles", "read"])
@pytest.mark.parametrize("postings", [120, 300])
def test_pay_asks_the_database_few_questions(client, tab, postings, django_assert_max_num_queries):
    make_published(make_paid_ads(postings))

    with django_assert_max_num_queries(6):
        assert client.get("/pay/", {"tab": tab}).status_code == 200


def test_an_export_has_the_figures_of_the_screen_as_numbers(client):
    make_published(make_paid_ads(200))

    rows = client.get("/pay/?table=roles&export=json").json()["rows"]

    for cells, row in zip(screen_of(client).ranges.roles.table.rows, rows, strict=True):
        assert row["Role"] == cells[0].text
        assert f"{row['Median']:,.0f}" == cells[1].text
        assert (row["State it"], row["Pay stated in USD postings"]) == (int(cells[5].text), cells[6].share.postings)


def test_medians_are_those_of_the_raw_pay(client):
    ads = make_paid_ads(200)
    make_published(ads)

    rows = client.get("/pay/?table=roles&export=json").json()["rows"]

    for row in rows:
        role = row["Role"].lower()
        own = [ad.pay for ad in ads if ad.role == role and ad.pay is not None]
        assert row["Median"] == pytest.approx(np.median(own))
        assert (row["State it"], row["Pay stated in USD of"]) == (len(own), sum(ad.role == role for ad in ads))


def test_every_screen_says_in_which_currency_the_share_that_states_pay_is(client):
    make_published([*make_ads(20, pay=60_000.0), *make_ads(10, pay=90_000.0, currency="USD"), *make_ads(20)])
    places = {
        "/": "Pay stated, any currency",
        "/pay/": "Pay stated in GBP",
        "/roles/data-engineer/": "Pay stated in GBP",
    }

    said = {place: {figure.label: figure.value for figure in screen_of(client, place).figures} for place in places}

    assert [said[place][label] for place, label in places.items()] == ["60%", "40%", "40%"]
    columns = {column.text: place for place, column in enumerate(screen_of(client, "/roles/").sheet.table.columns)}
    assert (
        row_of(screen_of(client, "/roles/").sheet, "data engineer")[columns["Pay stated in GBP"]].share.percent == "40%"
    )
