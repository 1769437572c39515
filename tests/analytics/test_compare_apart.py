"""How far apart sides are, what is missing on the way between them, and how that moves by quarter."""

from datetime import date

import numpy as np
import pytest

from analytics.selectors.compare.periods import months_period, read_period
from tests.analytics.screens import list_count
from tests.make_run import REQUIRED, Ad, make_ads, make_published

PAIR = ["data engineer", "data analyst"]
SKILLS = ("Python", "SQL", "Kafka", "Excel", "Spark", "Tableau")


@pytest.mark.parametrize(
    ("stated", "text", "since", "until"),
    [
        ("2024", "2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-Q2", "Q2 2024", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024q4", "Q4 2024", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-02", "Feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-03", "3 Feb 2024", date(2024, 2, 3), date(2024, 2, 3)),
        ("2023-11..2024-03", "Nov 2023 – Mar 2024", date(2023, 11, 1), date(2024, 3, 31)),
        ("2023 .. 2024", "Jan 2023 – Dec 2024", date(2023, 1, 1), date(2024, 12, 31)),
        ("2024-01-15..2024-02-10", "15 Jan 2024 – 10 Feb 2024", date(2024, 1, 15), date(2024, 2, 10)),
        ("2024..", "from 1 Jan 2024", date(2024, 1, 1), None),
        ("..2024-06", "to 30 Jun 2024", None, date(2024, 6, 30)),
    ],
)
def test_a_time_is_read_as_people_write_it(stated, text, since, until):
    found = read_period(stated)

    assert (found.text, found.since, found.until) == (text, since, until)


@pytest.mark.parametrize(
    "stated", ["", "..", "24", "2024-13", "2024-02-30", "2024-Q5", "2025..2024", "soon", "2024..x", "0000", "acme"]
)
def test_what_is_no_time_is_none(stated):
    assert read_period(stated) is None


def test_months_are_named_as_an_address_reads_them():
    assert months_period(12 * 54 + 5, 12 * 55 + 4).key == "2024-06..2025-05"


@pytest.mark.django_db
class TestScreens:
    @pytest.fixture(autouse=True)
    def anybody_may_read(self, settings):
        settings.PUBLIC_DASHBOARDS = True

    def test_the_gap_is_what_the_other_side_asks_for_beyond_this_one(self, client):
        make_published(
            [
                *make_ads(10, skills={"SQL": REQUIRED}),
                *make_ads(10, skills={"SQL": REQUIRED, "Kafka": REQUIRED}),
                *make_ads(20, role="data analyst", skills={"SQL": REQUIRED, "Kafka": REQUIRED, "Excel": REQUIRED}),
            ]
        )

        gaps = parts(client, PAIR, tab="apart").gaps

        # Analysts ask for SQL, Kafka and Excel in all postings; engineers for SQL in all, for Kafka in half of them.
        there, back = gaps.sheet.table.rows
        assert (there[2].text, there[5].text) == ("50%", "Excel, Kafka")
        assert (back[2].text, back[5].text) == ("0%", "nothing")
        assert gaps.sentences[0].startswith("From data engineer to data analyst 50% is missing")
        missing = gaps.sheets[0].table.rows
        assert [(row[0].text, row[1].text) for row in missing] == [("Excel", "33.3"), ("Kafka", "16.7")]
        assert list_count(client, missing[1][3].url) == "20"
        assert list_count(client, missing[1][2].url) == "10"

    def test_of_one_company_a_side_the_intervals_say_that_they_draw_postings(self, client):
        make_published([*make_ads(20, company="Acme"), *make_ads(20, company="Bolt", skills={"SQL": REQUIRED})])

        assert "postings, not companies" in parts(client, ["company:acme", "company:bolt"], tab="apart").gaps.note

    def test_the_gap_by_chance_is_not_told_for_sides_that_share_postings(self, client):
        make_published([*varied("data engineer", 30, "Acme"), *varied("data engineer", 30, "Bolt")])

        gaps = parts(client, ["data engineer", "company:acme"], tab="apart").gaps

        assert [row[4].text for row in gaps.sheet.table.rows] == ["–", "–"]

    def test_four_sides_have_six_distances_a_map_and_twelve_gaps(self, client):
        make_published(
            [
                *varied("data engineer", 15, "Acme"),
                *varied("data analyst", 15, "Bolt"),
                *varied("data scientist", 15, "Cray"),
                *varied("ai engineer", 15, "Dodo"),
            ]
        )

        found = parts(client, [*PAIR, "data scientist", "ai engineer"], tab="apart")

        assert len(found.distances.sheet.table.rows) == 6
        assert len(found.distances.map.table.rows) == 4
        assert len(found.gaps.sheet.table.rows) == len(found.gaps.sheets) == 12
        assert len(found.gaps.sentences) == 6

    def test_a_side_inside_another_is_set_against_the_rest_of_it(self, client):
        make_published([*make_ads(20, company="Acme"), *make_ads(20, company="Bolt", skills={"Excel": REQUIRED})])

        [row] = parts(client, ["data engineer", "company:acme"], tab="apart").distances.sheet.table.rows

        assert row[2].text == "1.000"  # Acme against the rest, which is Bolt: nothing in common
        assert row[5].note == "20 postings of both left out."

    def test_nearly_the_same_postings_have_no_distance(self, client):
        make_published([*make_ads(20, company="Acme"), *make_ads(3, company="Bolt")])

        found = client.get("/compare/", {"side": ["data engineer", "company:acme"], "tab": "apart"})

        contrast = found.context["screen"].contrast
        assert contrast.heads[0].value == "none"
        assert contrast.parts.distances.sheet.table.rows[0][5].text == "Nearly the same postings"

    def test_two_roles_that_grow_alike_converge(self, client):
        make_published(drifting())

        quarters = parts(client, PAIR, tab="quarters").quarters

        assert quarters.verdict.startswith("Converging")
        assert quarters.slope.startswith("−")
        rows = quarters.chart.table.rows
        assert [row[0].text for row in rows] == ["Q1 2025", "Q2 2025", "Q3 2025", "Q4 2025", "Q1 2026", "Q2 2026"]
        assert quarters.chart.spec["data"]["labels"][0] == "Q1 2025"
        assert (rows[0][3].text, rows[0][4].text) == ("40", "40")
        assert [list_count(client, cell.url) for cell in rows[0][3:]] == ["40", "40"]

    def test_under_four_quarters_the_quarters_refuse_in_words(self, client):
        make_published([*varied("data engineer", 30, "Acme"), *varied("data analyst", 30, "Bolt")])

        quarters = parts(client, PAIR, tab="quarters").quarters

        assert quarters.chart is None
        assert quarters.refusal == "0 quarters hold 10 postings of each side; a slope takes 4."

    def test_a_company_has_no_quarters(self, client):
        make_published([*varied("data engineer", 30, "Acme"), *varied("data analyst", 30, "Bolt")])

        assert "one of them is a company" in parts(client, ["Acme", "Bolt"], tab="quarters").quarters.refusal

    def test_two_times_have_no_quarter_in_common(self, client):
        make_published(drifting())

        quarters = parts(client, ["2025", "2026"], tab="quarters").quarters

        assert quarters.refusal == "They have no quarter in common."

    def test_each_pair_of_three_sides_has_its_quarters(self, client):
        make_published([*drifting(), *make_ads(12, role="data scientist")])

        quarters = parts(client, ["data scientist", *PAIR], tab="quarters").quarters
        ways = {way.text: way for way in quarters.ways}

        assert len(ways) == 3
        chosen = client.get(ways["data engineer and data analyst"].url).context["screen"].contrast.parts.quarters
        assert chosen.verdict.startswith("Converging")
        assert [way.text for way in chosen.ways if way.current] == ["data engineer and data analyst"]

    def test_a_report_opens_every_part(self, client):
        make_published([*varied("data engineer", 30, "Acme"), *varied("data analyst", 30, "Bolt")])

        found = parts(client, PAIR, report="1")

        assert all((found.differences, found.shared, found.distances, found.gaps, found.quarters))


def parts(client, sides, **query):
    return client.get("/compare/", {"side": sides} | query).context["screen"].contrast.parts


def varied(role, count, company):
    """Postings of a company with two or three skills each."""
    draw = np.random.default_rng(count)
    return [
        Ad(role=role, company=company, skills=dict.fromkeys(draw.choice(SKILLS, draw.integers(2, 4), False), REQUIRED))
        for _ in range(count)
    ]


def drifting():
    """Six quarters of two roles of twenty companies: the analysts come to ask for what the engineers do."""
    draw, ads = np.random.default_rng(1), []
    for quarter in range(6):
        day = date(2025 + quarter // 4, 3 * (quarter % 4) + 2, 7)
        for number in range(40):
            company = f"company {number % 20}"
            ads.append(Ad(day=day, company=company, skills=drawn(draw, SKILLS[:3])))
            alike = draw.random() < quarter / 5
            skills = drawn(draw, SKILLS[:3] if alike else SKILLS[3:])
            ads.append(Ad(role="data analyst", day=day, company=company, skills=skills))
    return ads


def drawn(draw, skills):
    return dict.fromkeys(draw.choice(skills, 2, False), REQUIRED)
