"""Titles that wait for a curator, worked through with the keyboard alone, and the page in four looks."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.visits import LOOKS, SCREENSHOTS, settle, sideways_overflow

pytestmark = pytest.mark.browser

PAGE = "/admin/analytics/opentitle/?tab=wording"
NOT_OURS = {"link-in-text-block"}
"""What axe finds in Django's own frame: the way home is told from the text beside it by its colour alone."""


def chosen(page):
    return page.locator("#queue-detail h2").inner_text()


def first_titles(page, count):
    return page.locator("[data-queue-open] > :first-child").all_inner_texts()[:count]


def wait_for_titles(page):
    """Open the queue once the run of the sample is finished off."""
    page.goto(PAGE)
    for _ in range(90):
        if page.locator("[data-queue-item]").count() >= 5:
            return
        page.wait_for_timeout(1000)
        page.reload()
    pytest.fail("no titles wait in the sample")


def test_titles_are_decided_and_taken_back_with_the_keyboard_alone(visits):
    page = visits.page(signed_in=True)
    wait_for_titles(page)
    one, two, three, four = first_titles(page, 4)
    said, heading = page.locator("#said"), page.locator("#queue-detail h2")

    page.keyboard.press("j")
    expect(heading).to_have_text(two)
    page.keyboard.press("k")
    expect(heading).to_have_text(one)
    page.keyboard.press("m")
    expect(said).to_contain_text(f"“{one}” says nothing about the work.")
    expect(heading).to_have_text(two)
    page.keyboard.press("u")
    expect(said).to_contain_text("Undone: ")
    expect(heading).to_have_text(one)

    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-queue-marked]")).to_have_text("2")
    page.keyboard.press("o")
    expect(said).to_contain_text(f"“{one}”, “{two}” are another trade.")
    expect(heading).to_have_text(three)

    page.keyboard.press("s")
    page.keyboard.type("data eng")
    expect(page.get_by_role("option", name="data engineer", exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(said).to_contain_text(re.compile(f"“{re.escape(three)}” is “data eng"))
    expect(heading).to_have_text(four)

    page.keyboard.press("n")
    expect(page.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("keeper of groves")
    page.keyboard.press("Enter")
    expect(said).to_contain_text(f"Role “keeper of groves” made for “{four}”.")

    for told in ("Role “keeper of groves”", f"“{three}” is", f"“{one}”, “{two}” are"):
        page.keyboard.press("u")
        expect(said).to_contain_text(f"Undone: {told}")
    page.goto(PAGE)
    assert first_titles(page, 4) == [one, two, three, four]


def test_the_same_is_done_without_javascript(visits, house):
    from tests.browser.visits import sign_in

    page = visits.newcomer(javascript=False)
    sign_in(page, house)
    page.goto(PAGE)
    title = chosen(page)
    page.get_by_role("button", name="Says nothing").click()
    expect(page.get_by_text(f"“{title}” says nothing about the work.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Take back")).click()
    expect(page.get_by_text("Undone: ")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_queue_looks_right_and_is_accessible_in_every_look(visits, look):
    page = visits.page(look, signed_in=True)
    wait_for_titles(page)
    settle(page)
    assert sideways_overflow(page) == 0
    found = Axe().run(page).response["violations"]
    assert [one for one in found if one["id"] not in NOT_OURS] == []
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"titles-queue-{look}.png")
