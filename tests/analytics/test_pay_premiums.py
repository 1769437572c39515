"""Premiums on screens: what they rest on is said, what is too little is refused in words, and counts are lists."""

from dataclasses import replace
from random import Random

import pytest
from django.template.loader import render_to_string

from analytics.measures import Premium
from analytics.questions import Question
from analytics.selectors import paid_ads
from analytics.selectors.one_role import OneRole
from analytics.selectors.paid_ads import Asked, premiums
from analytics.selectors.pay_role import role_pay_tab
from analytics.selectors.premium import premium_card
from analytics.selectors.published import published
from analytics.snapshot import Filter
from tests.analytics.make_paid import SKILLS, make_paid_ads
from tests.analytics.screens import list_count
from tests.make_run import REQUIRED, make_ads, make_published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anybody_may_read(settings):
    settings.PUBLIC_DASHBOARDS = True


def part_of(client, tab, more=""):
    return getattr(client.get(f"/pay/?tab={tab}{more}").context["screen"], tab)


# ---- skills ------------------------------------------------------------------------------------------------------


def test_a_planted_premium_is_found_and_leads_to_its_postings(client):
    others = make_ads(40, role="other", pay=1_000_000.0, currency="USD", skills={"Spark": REQUIRED})
    make_published([*make_paid_ads(), *others])

    skills = part_of(client, "skills")
    rows = {cells[0].text: cells for cells in skills.sheet.table.rows}

    assert set(rows) == set(SKILLS)
    assert next(iter(rows)) == "Spark"
    low, high = rows["Spark"][2].low, rows["Spark"][2].high
    assert low < 35 < high  # exp(0.3) - 1
    assert low > 20
    assert (rows["Spark"][0].state, rows["Spark"][3].text) == ("ok", "<0.001")
    assert {name: list_count(client, cells[4].url) for name, cells in rows.items()} == {
        name: cells[4].text for name, cells in rows.items()
    }
    assert skills.chart.title.startswith("Of 5 skills, ")
    assert "Of 440 postings, 340 state pay in USD; 40 of these have a title that is no role" in skills.basis


def test_premiums_are_those_of_the_measure_and_pale_where_chance_may_give_them(client):
    make_published(make_paid_ads())

    skills = part_of(client, "skills")
    found = premiums(published().snapshot, Asked(Filter(), "USD"))

    assert isinstance(found, Premium)
    for cells in skills.sheet.table.rows:
        code = SKILLS_IN_ORDER.index(cells[0].text)
        assert cells[1].value == pytest.approx(100 * found.premium[code], abs=1e-3)
        assert (cells[0].state == "ok") == (found.adjusted_p[code] < 0.05)
    (dataset,) = skills.chart.spec["data"]["datasets"]
    assert len(set(dataset["backgroundColor"])) > 1


SKILLS_IN_ORDER = sorted(SKILLS)


def test_premiums_on_fewer_than_a_hundred_postings_are_refused_in_words(client):
    make_published(make_paid_ads(99))

    for tab in ("skills", "titles"):
        part = part_of(client, tab)
        assert (part.chart, part.sheet) == (None, None)
        assert "99 ads of" in part.refusal
        assert part.refusal in client.get(f"/pay/?tab={tab}").content.decode()


def test_skills_that_too_few_name_are_not_told(client):
    make_published([*make_paid_ads(), *make_ads(29, skills={"Fortran": REQUIRED}, pay=70_000.0, currency="USD")])

    assert "Fortran" not in {cells[0].text for cells in part_of(client, "skills").sheet.table.rows}


def test_past_the_limit_whole_companies_are_drawn_always_the_same_and_it_is_said(client, monkeypatch):
    monkeypatch.setattr(paid_ads, "MOST_ADS", 150)
    make_published(make_paid_ads(seed=7))

    found = paid_ads.paid_ads(published().snapshot, Filter(), "USD")
    again = paid_ads.Paid(found.snapshot, found.stated, found.named)

    assert found.is_drawn
    assert 150 <= len(found.rows) < 200
    assert found.rows.tolist() == again.rows.tolist()
    drawn = set(found.snapshot.company[found.rows]) - {found.snapshot.code("company", "")}
    left = set(found.snapshot.company[found.named.rows]) - {found.snapshot.code("company", "")} - drawn
    assert drawn
    assert left
    whole = [row for row in found.named.rows if found.snapshot.company[row] in drawn]
    assert set(whole) <= set(found.rows)
    assert f"whole companies with {len(found.rows)} postings are drawn" in part_of(client, "skills").basis


# ---- titles ------------------------------------------------------------------------------------------------------


def test_titles_are_set_against_the_one_that_states_pay_most_unless_another_is_chosen(client):
    make_published(make_paid_ads())

    first = part_of(client, "titles")
    chosen = part_of(client, "titles", "&base=machine+learning+engineer")

    assert [option.selected for option in first.bases] == [True, False, False]
    assert first.base == first.bases[0].label
    assert chosen.base == "Machine learning engineer"
    rows = {cells[0].text.lower(): cells for cells in chosen.sheet.table.rows}
    assert set(rows) == {"data analyst", "data engineer"}
    assert rows["data analyst"][1].value < rows["data engineer"][1].value < 0


def test_the_word_and_its_skills_are_told_apart_and_lead_to_their_postings(client):
    make_published(make_paid_ads(600, silent=20))

    rows = {cells[0].text.lower(): cells for cells in part_of(client, "titles", "&base=data+analyst").sheet.table.rows}
    cells = rows["machine learning engineer"]

    gross, net, skills = cells[1], cells[3], cells[5]
    assert (1 + net.value / 100) * (1 + skills.value / 100) == pytest.approx(1 + gross.value / 100, abs=1e-4)
    assert cells[4].low < 64.9 < cells[4].high  # exp(0.5) - 1
    assert cells[6].low < 14.5 < cells[6].high  # exp(0.3 * 0.45) - 1: it names Spark so much more often
    assert cells[6].low > 0
    assert {name: list_count(client, row[7].url) for name, row in rows.items()} == {
        name: row[7].text for name, row in rows.items()
    }


def test_a_single_title_is_compared_with_nothing(client):
    make_published(make_paid_ads())

    part = part_of(client, "titles", "&role=data+analyst")

    assert part.chart is None
    assert part.refusal


# ---- the parts of other screens ----------------------------------------------------------------------------------


def test_the_card_of_a_skill_says_its_premium_with_the_medians_and_leads_to_postings(client):
    make_published(make_paid_ads())

    card = premium_card("Spark", Question(), published())

    assert card.refusal == ""
    assert card.value.startswith("+")
    naming, everyone = card.medians.table.rows
    assert naming[1].value > everyone[1].value
    assert list_count(client, naming[5].url) == naming[5].text == card.figures[1].value
    assert list_count(client, everyone[5].url) == everyone[5].text == "300"
    (row,) = [cells for cells in part_of(client, "skills").sheet.table.rows if cells[0].text == "Spark"]
    assert card.value == f"+{row[1].text}"
    assert card.p == row[3].text
    text = render_to_string("analytics/_skill_pay.html", {"card": card})
    assert card.value in text
    assert "No cause" in text


def test_a_skill_beyond_the_commonest_gets_a_regression_that_holds_it(client):
    chance = Random(5)
    commoner = [f"skill {number}" for number in range(6)]
    ads = [
        replace(ad, skills=ad.skills | {name: REQUIRED for name in commoner if chance.random() < 0.6})
        for ad in make_paid_ads(160, seed=3)
    ]
    make_published(ads)
    told = {cells[0].text for cells in part_of(client, "skills").sheet.table.rows}

    cards = {name: premium_card(name, Question(), published()) for name in SKILLS}

    assert len(told) <= 8
    assert not set(SKILLS) <= told
    assert all(card.value for card in cards.values())


@pytest.mark.parametrize(
    ("named", "refusal"),
    [(29, "29 postings with pay of 1 company name it"), (0, "0 postings with pay"), (None, "99 ads of")],
)
def test_a_skill_without_a_premium_says_why(named, refusal):
    rare = make_ads(named or 0, skills={"Fortran": REQUIRED}, pay=70_000.0, currency="USD")
    make_published([*make_paid_ads(99 if named is None else 300), *rare], skills=["Fortran"])

    card = premium_card("Fortran", Question(), published())

    assert card.value == ""
    assert refusal in card.refusal
    assert refusal in render_to_string("analytics/_skill_pay.html", {"card": card})


@pytest.mark.slow
def test_the_pay_tab_of_a_role_has_levels_countries_quarters_and_premiums(client):
    make_published([*make_paid_ads(450), *make_ads(40, country="FR")])
    tab = role_pay_tab(OneRole.within(Question(), "data engineer", published()))

    levels = {cells[0].text: cells for cells in tab.level_sheet.table.rows}
    countries = {cells[0].text: cells for cells in tab.countries.table.rows}

    assert tab.levels.spec["data"]["labels"] == ["junior", "senior", "not said"]
    assert {name: list_count(client, cells[5].url) for name, cells in (levels | countries).items()} == {
        name: cells[5].text for name, cells in (levels | countries).items()
    }
    assert set(countries) == {"United States", "United Kingdom"}
    assert not tab.time.is_empty
    assert list_count(client, tab.postings_url) == str(sum(int(cells[5].text) for cells in levels.values()))
    assert {cells[0].text for cells in tab.skills.sheet.table.rows} <= set(SKILLS)
    text = render_to_string("analytics/_role_pay.html", {"tab": tab})
    assert "By seniority" in text
    assert "What goes with skills" in text


def test_the_pay_tab_of_a_role_that_few_pay_for_says_so():
    make_published([*make_ads(9, pay=50_000.0), *make_ads(40)])

    tab = role_pay_tab(OneRole.within(Question(), "data engineer", published()))

    assert (tab.levels, tab.skills) == (None, None)
    assert "9 postings within these filters state pay in GBP" in render_to_string(
        "analytics/_role_pay.html", {"tab": tab}
    )
