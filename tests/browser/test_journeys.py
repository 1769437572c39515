"""Ana, Tom and Mia come for an answer and leave with a file; pandas counts the same from the postings handed in."""

import csv
import io
import re

import pandas as pd
import pytest
from playwright.sync_api import expect
from statsmodels.stats.proportion import proportion_confint

from tests.browser.raw_rows import read_raw_rows
from tests.browser.visits import SCREENSHOTS, choose, settle

pytestmark = pytest.mark.browser

NOTES = 10
ENGINEER, DATA_ENGINEER = "machine learning engineer", "data engineer"
TECHNICAL = {"language", "tool", "method"}


@pytest.fixture(scope="module")
def raw(house, tmp_path_factory):
    return read_raw_rows(house.data, tmp_path_factory.mktemp("raw"))


def taken(page, title):
    """Press the CSV link of a table; return what the file says about itself, and its table."""
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(f"^CSV of {title}")).click()
    text = download.value.path().read_text(encoding="utf-8")
    notes = [line[0] for line in list(csv.reader(io.StringIO(text)))[1:NOTES]]
    said = dict(note.split(": ", 1) for note in notes)
    return said, pd.read_csv(io.StringIO(text), skiprows=NOTES)


def wilson(counts, n):
    """The ends of the interval in percent, as statsmodels computes them."""
    low, high = proportion_confint(counts, n, method="wilson")
    return 100 * low, 100 * high


def close(found, wanted):
    return pd.Series(list(found)).sub(pd.Series(list(wanted))).abs().max() < 1e-3


def open_screen(page, name):
    page.get_by_role("navigation", name="Screens").get_by_role("link", name=name, exact=True).click()


def test_ana_publishes_what_ml_engineers_are_asked_for_in_one_country(visits, raw):
    page = visits.page()
    page.goto("/")
    choose(page, "country", "US")
    open_screen(page, "Roles")
    page.get_by_role("link", name="Machine learning engineer", exact=True).first.click()
    page.screenshot(path=SCREENSHOTS / "journey-ana.png", full_page=True)

    said, table = taken(page, "What .* postings ask for")

    ads = raw.of(role=ENGINEER, country="US")
    named = raw.named(ads)
    assert dict(zip(table["Skill"], table.filter(regex="postings$").iloc[:, 0], strict=True)) == named.to_dict()
    assert set(table.filter(regex=" of$").iloc[:, 0]) == {len(ads)}
    counts = named[table["Skill"]].to_numpy()
    low, high = wilson(counts, len(ads))
    assert close(table.filter(regex=r"^(?!.*(low|high)).*\(%\)$").iloc[:, 0], 100 * counts / len(ads))
    assert close(table.filter(regex=r"low \(%\)$").iloc[:, 0], low)
    assert close(table.filter(regex=r"high \(%\)$").iloc[:, 0], high)
    for level in ("required", "preferred", "mentioned"):
        at_level = raw.named(ads, level).reindex(table["Skill"], fill_value=0)
        assert list(table.filter(regex=f" {level}$").iloc[:, 0]) == at_level.tolist()
    assert said["Filters"] == "Country: United States"
    page.goto(said["Address"])
    expect(page.get_by_role("heading", level=1)).to_contain_text("achine learning engineer")
    again, same = taken(page, "What .* postings ask for")
    assert same.equals(table)
    assert {name: text for name, text in again.items() if name != "Made"} == {
        name: text for name, text in said.items() if name != "Made"
    }


def test_tom_plans_a_course_from_what_data_engineers_must_know_and_how_that_moves(visits, raw):
    page = visits.page()
    page.goto("/")
    open_screen(page, "Roles")
    page.get_by_role("link", name="Data engineer", exact=True).first.click()
    page.get_by_role("link", name="Required vs preferred").click()
    settle(page)
    page.screenshot(path=SCREENSHOTS / "journey-tom.png", full_page=True)

    _, table = taken(page, "What .* postings require")

    ads = raw.of(role=DATA_ENGINEER)
    assert len(table) > 10
    for level in ("required", "preferred", "mentioned"):
        named = raw.named(ads, level).reindex(table["skill"], fill_value=0)
        assert close(table[f"{level} (%)"], 100 * named / len(ads)), level

    open_screen(page, "Trends")
    tabs = page.get_by_role("navigation", name="Views of trends")
    tabs.get_by_role("link", name="Skills and roles over time").click()
    page.locator("main input[name=skill]").first.fill("SQL")
    page.get_by_role("main").get_by_role("button", name="Draw").click()
    settle(page)
    page.screenshot(path=SCREENSHOTS / "journey-tom-trend.png", full_page=True)

    _, trend = taken(page, "")

    dated = raw.ads.dropna(subset=["date_posted"])
    quarter = pd.PeriodIndex(dated["date_posted"], freq="Q")
    n = dated.groupby(quarter)["id"].count()
    with_sql = dated["id"].isin(raw.mentions[raw.mentions["skill"] == "SQL"]["id"])
    named = dated[with_sql].groupby(quarter[with_sql])["id"].count()
    shown = trend.dropna(subset=[trend.columns[1]])
    periods = [pd.Period(f"{year}{quarter}") for quarter, year in shown.iloc[:, 0].str.split(" ")]
    assert len(periods) > 3
    counts, of = named.reindex(periods, fill_value=0).to_numpy(), n[periods].to_numpy()
    assert list(shown.filter(regex="n$").iloc[:, 0]) == list(of)
    assert close(shown.iloc[:, 1], 100 * counts / of)
    for found, wanted in zip((shown.iloc[:, 2], shown.iloc[:, 3]), wilson(counts, of), strict=True):
        assert close(found, wanted)


def test_mia_learns_what_is_missing_for_ml_engineer_and_what_each_skill_would_add(visits, raw):
    page = visits.page()
    page.goto("/")
    open_screen(page, "My skills")
    have = ["Python", "SQL", "Docker"]
    page.locator("main input[name=have]:not([type=hidden])").first.fill(", ".join(have))
    page.get_by_role("main").get_by_role("button", name="Add").first.click()
    page.get_by_role("main").get_by_role("link", name="Machine learning engineer", exact=True).first.click()
    settle(page)
    page.screenshot(path=SCREENSHOTS / "journey-mia.png", full_page=True)

    _, table = taken(page, "What .* ask for and you do not have")

    ads = raw.of(role=ENGINEER)
    technical = raw.kinds[raw.kinds.isin(TECHNICAL)].index
    asked = raw.named(ads).reindex(technical).dropna()
    missing = asked.drop(have, errors="ignore")
    named = dict(zip(table["Missing skill"], table["Named in postings"], strict=True))
    assert named == missing[list(named)].to_dict()
    assert missing.nlargest(len(named)).min() == min(named.values())
    adds = table.filter(regex="^Adds").iloc[:, 0]
    assert close(adds, 100 * table["Named in postings"] / asked.sum())
    covered = 100 * asked.reindex(have).fillna(0).sum() / asked.sum()
    assert close(table.filter(regex="^Covered").iloc[:, 0], covered + adds.cumsum())
    assert list(table["Required by"].fillna(0)) == [
        raw.named(ads, "required").get(skill, 0) for skill in table["Missing skill"]
    ]
    fits = table["Postings that you would fit"]
    assert list(fits) == [fitting(raw, ads, {*have, skill}) for skill in table["Missing skill"]]


def fitting(raw, ads, have):
    """How many of the ads require three technical skills or more, of which at least half are had."""
    mentions = raw.mentions[raw.mentions["id"].isin(ads["id"]) & (raw.mentions["level"] == "required")]
    mentions = mentions[mentions["skill"].map(raw.kinds).isin(TECHNICAL)].drop_duplicates(["id", "skill"])
    required = mentions.groupby("id")["skill"].count()
    held = mentions[mentions["skill"].isin(have)].groupby("id")["skill"].count().reindex(required.index, fill_value=0)
    return int(((required >= 3) & (2 * held >= required)).sum())
