"""The screen of trends: two times of one's choice, skills and roles over time, and a mix that is held."""

import io
from datetime import date

import numpy as np
import pandas as pd
import pytest

from analytics.measures import fixed_mix_trend
from tests.analytics.screens import list_count
from tests.make_run import PREFERRED, REQUIRED, Ad, make_ads, make_published
from tests.pages import queries_of, text_of

pytestmark = pytest.mark.django_db

LINES = "/trends/?tab=lines"


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def dated(count, year, named, skill="Rust", *, companies=20, months=range(1, 7), **values):
    """Postings of some months of a year, the first `named` of which name the skill, of as many companies in turn."""
    return [
        Ad(
            day=date(year, months[number % len(months)], 15),
            skills={"Python": REQUIRED} | ({skill: PREFERRED} if number < named else {}),
            company=f"company {number % companies}",
            **values,
        )
        for number in range(count)
    ]


@pytest.fixture
def rising():
    return make_published([*dated(200, 2025, 20), *dated(100, 2026, 40)])


def moving_of(client, query=""):
    return client.get(f"/trends/{query}").context["screen"].moving


def lines_of(client, query=""):
    return client.get(f"{LINES}{query}").context["screen"].lines


def test_what_rises_is_drawn_with_its_interval_and_leads_to_its_postings(client, rising):
    tab = moving_of(client)
    ((skill, points, interval, inside, before, since, _),) = tab.sheet.table.rows

    assert (skill.text, points.text, points.value) == ("Rust", "+30.0", 30.0)
    assert interval.low < 30 < interval.high
    assert (before.share.percent, since.share.percent) == ("10%", "40%")
    assert list_count(client, before.url) == before.share.count == "20"
    assert list_count(client, since.url) == since.share.count == "40"
    assert inside.text == "+30.0"
    assert tab.chart.table.rows[0][-1].value < 0.05
    assert tab.chart.spec["data"]["labels"] == ["Rust"]
    assert (tab.rising, tab.falling) == ("1", "0")


def test_what_one_company_does_alone_is_no_trend(client):
    flood = dated(60, 2026, 60, companies=1)
    make_published([*dated(200, 2025, 0), *dated(100, 2026, 0), *flood])

    tab = moving_of(client)

    assert (tab.rising, tab.chart, tab.sheet) == ("0", None, None)
    assert "Nothing surely moved" in text_of(client.get("/trends/"))


@pytest.mark.parametrize(("window", "after"), [("3", "1 Apr 2026 – 15 Jun 2026"), ("12", "1 Jul 2025 – 15 Jun 2026")])
def test_the_later_time_is_as_long_as_the_reader_wants(client, window, after):
    make_published([*dated(60, 2024, 6), *dated(60, 2025, 6, months=range(7, 13)), *dated(120, 2026, 6)])

    tab = moving_of(client, f"?window={window}")

    assert tab.texts[1] == after
    assert [one.label for one in tab.form.windows if one.current] == [f"Last {window} months"]


def test_two_times_of_ones_own_are_compared(client):
    make_published([*dated(60, 2023, 0), *dated(60, 2024, 60), *dated(60, 2025, 0)])

    days = "then_since=2023-01-01&then_until=2023-12-31&now_since=2024-01-01&now_until=2024-12-31"
    tab = moving_of(client, f"?window=dates&{days}")

    ((_, points, _, _, before, since, _),) = tab.sheet.table.rows
    assert (points.text, tab.sizes) == ("+100.0", ("60", "60"))
    assert list_count(client, since.url) == "60"
    assert before.url == ""


def test_the_days_of_ones_own_times_begin_with_those_that_are_usual(client, rising):
    values = [field.value for field in moving_of(client, "?window=dates").form.dates]

    assert values == ["2025-01-15", "2025-12-31", "2026-01-01", "2026-06-15"]


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("then_since=2023-01-01", "Give all four days"),
        ("then_since=x&then_until=2023-12-31", "“x” is not a date"),
        (
            "then_since=2024-01-01&then_until=2023-01-01&now_since=2025-01-01&now_until=2025-02-01",
            "A time ends before it begins",
        ),
        (
            "then_since=2023-01-01&then_until=2025-01-01&now_since=2024-01-01&now_until=2025-02-01",
            "The later time must begin after the earlier one",
        ),
    ],
)
def test_times_that_make_no_sense_are_refused_in_words(client, rising, days, sentence):
    page = client.get(f"/trends/?window=dates&{days}")

    assert sentence in text_of(page)
    assert page.context["screen"].moving.chart is None


def test_the_half_life_of_a_falling_skill_is_told_over_all_quarters(client):
    shares = [80, 57, 40, 28, 20, 14, 10, 7]  # halves every two quarters
    ads = []
    for quarter, named in enumerate(shares):
        month = 3 * (quarter % 4) + 1
        ads += dated(100, 2024 + quarter // 4, named, "Hadoop", months=[month], companies=40)
    make_published([*ads, *make_ads(10, day=date(2026, 1, 1))])

    (row,) = moving_of(client).sheet.table.rows

    assert row[0].text == "Hadoop"
    assert row[-1].value == pytest.approx(0.5, abs=0.05)
    assert row[-1].text == "0.5"
    assert row[-1].note.startswith("(0.4")


def test_how_much_the_mix_changed_stands_beside_chance(client):
    make_published([*dated(100, 2025, 0), *dated(100, 2026, 100)])

    index, replaced, total = moving_of(client).change

    # one skill of two in each later posting is new: |1 - 0| of a mass of 1 + 2
    assert (index.value, total.value) == ("0.33", "1.0")
    assert "more than chance" in index.note
    assert replaced.value == "50%"


def test_too_few_postings_on_a_side_are_refused(client):
    make_published([*dated(40, 2025, 4), *dated(29, 2026, 29)])

    assert moving_of(client).refusal.startswith("40 dated postings before 1 Jan 2026 and 29 since")


def test_postings_without_dates_have_no_trend(client):
    make_published(make_ads(40, day=None))

    assert "too few dates" in moving_of(client).refusal
    assert "No period has ten dated postings" in lines_of(client).refusal


def test_skills_and_roles_are_drawn_to_one_scale_a_chart_a_skill(client):
    make_published(
        [
            *dated(60, 2025, 30, role="data engineer"),
            *dated(60, 2025, 6, role="data analyst"),
            *dated(60, 2025, 6, role="statistician"),
        ]
    )

    tab = lines_of(client, "&skill=rust&skill=Python&in=data+engineer&in=data+analyst&by=month")

    assert [chart.title for chart in tab.charts] == [
        "Rust in 2 roles, month by month",
        "Python in 2 roles, month by month",
    ]
    names = [next(line["label"] for line in chart.spec["data"]["datasets"]) for chart in tab.charts]
    assert names == ["data engineer", "data engineer"]
    assert {chart.spec["options"]["scales"]["y"]["suggestedMax"] for chart in tab.charts} == {100.0}


@pytest.mark.parametrize("chosen", ["in=qa+engineer", "role=qa+engineer"])
def test_a_role_is_spelled_as_people_spell_it(client, chosen):
    make_published([*dated(60, 2025, 30, role="qa engineer"), *dated(60, 2025, 6, role="data analyst")])

    tab = lines_of(client, f"&skill=Rust&by=quarter&{chosen}")

    assert tab.charts[0].title == "Rust in QA engineer, quarter by quarter"
    assert "QA engineer" in [option.label for option in tab.form.roles[0]]


@pytest.mark.parametrize(("by", "first"), [("month", "Jan 2025"), ("quarter", "Q1 2025")])
def test_every_point_leads_to_its_postings(client, by, first):
    make_published(dated(120, 2025, 60))

    (chart,) = lines_of(client, f"&skill=Rust&by={by}").charts
    line = chart.spec["data"]["datasets"][0]

    assert chart.spec["data"]["labels"][0] == first
    held = [round(share * n / 100) for share, n in zip(line["data"], each_n(chart), strict=True)]
    assert [list_count(client, link) for link in line["links"]] == [str(count) for count in held]
    assert sum(held) == 60


def each_n(chart):
    return [row[3].value for row in chart.table.rows]


def test_the_last_quarter_is_marked_while_it_is_not_finished(client):
    make_published([*dated(60, 2025, 30), *dated(20, 2025, 3, months=[8])])

    (chart,) = lines_of(client, "&skill=Rust").charts

    assert chart.spec["data"]["labels"] == ["Q1 2025", "Q2 2025", "Q3 2025"]
    assert chart.subtitle.endswith("Q3 2025 is not finished")
    assert chart.summary.startswith("In Q2 2025: ")


def test_what_is_drawn_unasked_is_what_moves_most(client, rising):
    assert lines_of(client).form.skills == ("Rust", "", "", "")


def test_names_that_the_run_does_not_know_are_left_out_with_a_word(client, rising):
    page = client.get(f"{LINES}&skill=Rust&skill=Cobol&in=wizard")

    assert "no skill called “Cobol”" in text_of(page)
    assert "no role called “wizard”" in text_of(page)
    assert page.context["screen"].lines.form.skills[0] == "Rust"


@pytest.fixture
def shifting():
    """Source A names the skill always, B never; A's part of the postings goes from 80 to 20 in 100."""
    make = {"companies": 30}
    return make_published(
        [
            *dated(80, 2025, 80, source="A", months=[1], **make),
            *dated(20, 2025, 0, source="B", months=[1], **make),
            *dated(20, 2025, 20, source="A", months=[4], **make),
            *dated(80, 2025, 0, source="B", months=[4], **make),
            *dated(10, 2025, 0, source="B", months=[7], **make),
        ]
    )


def test_at_a_fixed_mix_a_change_that_only_the_mix_makes_is_gone(client, shifting):
    tab = lines_of(client, "&skill=Rust&mix=fixed&base=2025-Q1")
    (chart,) = tab.charts
    fixed, seen = (line for line in chart.spec["data"]["datasets"] if "notes" in line)

    assert (fixed["label"], fixed["data"][:2]) == ("fixed mix", [80.0, 80.0])
    assert (seen["label"], seen["data"][:2]) == ("as seen", [80.0, 20.0])
    (row,) = tab.parts.table.rows
    shown = dict(zip([column.text for column in tab.parts.table.columns], row, strict=True))
    assert [shown[name].text for name in ("between", "change", "rate", "mix")] == [
        "Q1 2025 – Q2 2025",
        "−60.0",
        "0.0",
        "−60.0",
    ]


def test_two_periods_without_a_source_in_common_tell_nothing_of_rate_and_mix(client):
    make = {"companies": 30}
    first, second = (
        dated(40, 2025, 40, source="A", months=[1], **make),
        dated(40, 2025, 10, source="B", months=[4], **make),
    )
    make_published([*first, *second, *dated(10, 2025, 0, source="B", months=[7], **make)])

    (row,) = lines_of(client, "&skill=Rust&mix=fixed&base=2025-Q1").parts.table.rows

    assert [cell.text for cell in row[4:9]] == ["−75.0", "–", "–", "–", "0%"]
    assert [cell.value for cell in row[4:7]] == [-75.0, None, None]


@pytest.mark.parametrize("base", ["2025-Q1", "2025-Q2"])
def test_rate_and_mix_are_those_of_the_measure_and_add_up_to_the_last_digit(client, base):
    rng = np.random.default_rng(3)
    ads = []
    for month in (1, 4, 7):
        for source in "ABC":
            ads += dated(int(rng.integers(40, 90)), 2025, int(rng.integers(5, 40)), source=source, months=[month])
    make_published(ads)

    table = pd.read_csv(
        io.StringIO(client.get(f"{LINES}&skill=Rust&mix=fixed&base={base}&export=csv&table=parts").content.decode()),
        skiprows=lambda line: line < 10,
    )

    raw = pd.DataFrame(
        [((ad.day.month - 1) // 3, ad.source, "Rust" in ad.skills) for ad in ads], columns=["t", "g", "y"]
    )
    n = raw.pivot_table(index="t", columns="g", values="y", aggfunc="count").to_numpy()
    held = raw.pivot_table(index="t", columns="g", values="y", aggfunc="sum").to_numpy()
    place = int(base[-1]) - 1
    found = fixed_mix_trend(held, n, base=place)
    (row,) = table.to_dict("records")
    other, sign = (1, 1) if place == 0 else (0, -1)
    assert row["rate"] == pytest.approx(100 * sign * found.rate[other], abs=1e-4)
    assert row["mix"] == pytest.approx(100 * sign * found.mix[other], abs=2e-4)
    assert round(row["rate"] + row["mix"], 4) == row["change"]


def test_a_fixed_mix_that_covers_under_a_half_is_said_and_drawn_hollow(client):
    ads = [
        *dated(70, 2025, 35, source="A", months=[1]),
        *dated(40, 2025, 20, source="B", months=[1]),
        *dated(60, 2025, 30, source="B", months=[4]),
        *dated(10, 2025, 3, source="B", months=[7]),
    ]
    make_published(ads)

    tab = lines_of(client, "&skill=Rust&mix=fixed&base=2025-Q1")

    assert "under a half of the base period" in tab.warnings[0]
    assert tab.parts.table.rows[0][0].state == "thin"
    colours = tab.charts[0].spec["data"]["datasets"][0]["pointBackgroundColor"]
    assert [colour == "surface" for colour in colours[:2]] == [False, True]


def test_what_is_held_can_be_chosen(client, shifting):
    by_seniority = lines_of(client, "&skill=Rust&mix=fixed&base=2025-Q1&hold=seniority")
    by_size = lines_of(client, "&skill=Rust&mix=fixed&base=2025-Q1&hold=size")

    assert by_seniority.charts[0].spec["data"]["datasets"][0]["data"][:2] == [80.0, 20.0]
    assert (by_seniority.hold, by_size.hold) == ("seniority", "size of the company")


def test_filters_that_leave_nothing_say_so(client, rising):
    assert "No postings match" in text_of(client.get("/trends/?country=FR"))


@pytest.mark.parametrize("tab", ["moving", "lines"])
def test_trends_ask_the_database_few_questions(client, tab):
    make_published([*dated(60, 2025, 6), *dated(60, 2026, 30, role="data analyst")])

    assert queries_of(client, f"/trends/?tab={tab}&mix=fixed") <= 8
