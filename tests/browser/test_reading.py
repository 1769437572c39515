"""What readers do: filter, follow figures, use the keyboard, come without scripts, change the theme."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.places import COMPARED, FIRST_ROW, ML_ENGINEER
from tests.browser.visits import DARK, NARROW, settle

pytestmark = pytest.mark.browser


def query_of(page):
    return parse_qs(urlsplit(page.url).query)


def choose(page, field, option):
    """Tick an option of the filter bar and close the list, which sends it."""
    page.locator(f"#pick-{field}").click()
    page.locator(f"input[name={field}][value='{option}']").check()
    page.keyboard.press("Escape")


def test_a_filter_goes_into_the_address_and_stays_across_screens_until_its_chip_is_taken_away(visits):
    page = visits.page()
    page.goto("/")
    choose(page, "country", "US")
    page.wait_for_url(re.compile(r"country=US"))
    expect(page.get_by_role("link", name="Remove Country: United States")).to_be_visible()
    for screen in ("Roles", "Profiles", "Skills", "Postings", "Compare", "Overview"):
        page.get_by_role("navigation", name="Screens").get_by_role("link", name=screen, exact=True).click()
        expect(page.get_by_role("link", name="Remove Country: United States")).to_be_visible()
        assert query_of(page) == {"country": ["US"]}
    page.get_by_role("link", name="Remove Country: United States").click()
    expect(page.get_by_role("link", name="Remove Country: United States")).to_have_count(0)
    assert query_of(page) == {}


def test_two_filters_narrow_what_is_counted_and_going_back_undoes_the_last(visits):
    page = visits.page()
    page.goto("/postings/")
    everything = counted(page)
    choose(page, "role", "data engineer")
    page.wait_for_url(re.compile("role="))
    engineers = counted(page)
    choose(page, "seniority", "senior")
    page.wait_for_url(re.compile("seniority="))
    assert 0 < counted(page) < engineers < everything
    page.go_back()
    page.wait_for_url(lambda url: "seniority" not in url)
    expect(page.locator("#count")).to_have_text(str(engineers))


def counted(page):
    """The figure over the list of postings."""
    return int(page.locator("#count").inner_text().replace(",", ""))


FIGURES = {
    "a skill of a role": (ML_ENGINEER, "main table[data-sortable] tbody tr td a.value"),
    "a cell of the heat map": ("/", "#chart-heat td a"),
    "the size of a profile": ("/profiles/", "main .card .size > a"),
    "a skill of a profile": ("/profiles/", "main .cards h2 a", "main table tbody td.num a"),
    "the postings of a role": ("/roles/", "main tbody td.num a"),
    "a skill overall": ("/skills/", "main tbody td.num a"),
    "what search found": ("/search/?q=python", "main p a"),
}


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_leads_to_as_many_postings_as_it_says(figure, visits):
    page = visits.page()
    start, *onward, last = FIGURES[figure]
    page.goto(start)
    for step in onward:
        page.locator(step).first.click()
        page.wait_for_load_state()
    for part in page.locator("details:has(table)").all():
        part.evaluate("(details) => { details.open = true; }")
    link = page.locator(last).first
    said = link.evaluate("(link) => link.closest('.share, td, p')?.querySelector('[title]')?.title ?? link.title")
    said = said or link.locator("xpath=ancestor-or-self::*[@title][1]").or_(link).first.inner_text()
    page.goto(link.get_attribute("href"))
    assert str(counted(page)) in re.findall(r"\d+", said.replace(",", ""))
