"""Every page, wide and narrow, light and dark: it can be seen, it fits, it breaks nothing, and axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import expect

import analytics.urls
import postings.urls
from tests.browser.places import PLACES
from tests.browser.visits import LOOKS, NARROW, SCREENSHOTS, settle, sideways_overflow

pytestmark = pytest.mark.browser

axe = Axe()
ANSWERS_TO_BUTTONS = {
    "run_publish", "run_verify", "run_create", "sample_remove", "upload_look", "upload_take", "upload_discard",
    "upload_mend", "upload_rejections", "posting_copy_decide", "sample_done", "sample_settle", "copy_queue_decide",
    "copy_queue_undo", "mention_right", "mention_wrong", "run_keep", "work_progress",
}  # fmt: skip
HELD = b"""Job Title,Employer,Location,Posted,Salary,Job Description,Views
Data Engineer,Fernhollow,"Leeds, United Kingdom",2026-07-01,GBP 45k-60k,Python and SQL. Call +44 20 7946 0958.,7
,Pear & Sons,York,soon,,Pruning and grafting; Airflow is a plus.,9
Analyst,Plum Ltd,"Berlin, Germany",2026-07-04,,Wir suchen jemanden mit Excel und SQL.,3
"""


@pytest.fixture(scope="session")
def addresses(all_visits, samples):
    """The address of each place of this house; ids are found as people find them, by following a link."""
    _hold_a_file(all_visits)
    found = {}
    for place in PLACES:
        key = (place.path, place.follow, place.then)
        if key not in found:
            found[key] = _followed(all_visits, place) if place.follow else place.path
    faults = all_visits.end()
    assert not faults, "\n".join(faults)
    return {place.name: _with_tab(found[place.path, place.follow, place.then], place.tab) for place in PLACES}


def _hold_a_file(visits):
    """Hand a file in and leave it waiting, so that there is a preview to see."""
    page = visits.page(signed_in=True)
    page.goto("/uploads/")
    file = {"name": "held.csv", "mimeType": "text/csv", "buffer": HELD}
    page.get_by_label("Drop a file of postings here").set_input_files(file)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="held.csv")).to_be_visible()


def _followed(visits, place):
    page = visits.page(signed_in=place.signed_in)
    page.goto(place.path)
    address = page.locator(place.follow).first.get_attribute("href")
    if place.then:
        page.goto(address)
        address = page.locator(place.then).first.get_attribute("href")
    return address


def _with_tab(address, tab):
    if not tab:
        return address
    path, _, query = address.partition("?")
    return f"{path}?{query}{'&' if query else ''}tab={tab}"


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_a_page_shows_what_it_is_for_and_breaks_nothing(place, look, visits, addresses):
    page = visits.page(look, signed_in=place.signed_in, refusals=() if place.status < 400 else (place.status,))
    response = page.goto(addresses[place.name])
    assert response.status == place.status
    settle(page)
    page.screenshot(path=SCREENSHOTS / f"{place.name}-{look}.png", full_page=True)
    expect(page.locator(place.shows).first).to_be_visible(timeout=3000)
    expect(page.locator("h1")).to_have_count(1, timeout=3000)
    found = axe.run(page)
    assert not found.violations_count, found.generate_report()
    assert sideways_overflow(page) == 0
    if look is NARROW:
        page.set_viewport_size({"width": 320, "height": 640})
        assert sideways_overflow(page) == 0, "on the narrowest phone"


def test_every_screen_and_every_tab_is_visited_here(visits, addresses):
    screens = {pattern.name for pattern in analytics.urls.urlpatterns + postings.urls.urlpatterns}
    visited = {resolve(address.partition("?")[0]).url_name for name, address in addresses.items() if name != "404"}
    assert screens - ANSWERS_TO_BUTTONS <= visited
    page = visits.page()
    for name in ("role", "profile", "skill", "company"):
        page.goto(addresses[name])
        tabs = page.locator("main .tabs a").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
        assert tabs
        assert set(tabs) <= set(addresses.values())
