"""A curator's pages in Chromium: a mention marked wrong on a posting, copies decided with the keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.orchard import leave_two_pairs_open
from tests.browser.places import A_POSTING, FIRST_ROW
from tests.browser.visits import LOOKS, NARROW, SCREENSHOTS, sideways_overflow, sign_in

pytestmark = pytest.mark.browser


def open_a_posting(page):
    page.goto(A_POSTING["path"])
    page.locator(FIRST_ROW).first.click()
    page.locator("#mentions summary").click()


def test_a_mention_is_marked_and_taken_back_with_the_keyboard_alone(visits):
    page = visits.page(signed_in=True)
    open_a_posting(page)
    before = page.locator(".posting mark").count()
    why = page.locator("#mentions .mention-form input[name=why]").first
    why.focus()
    page.keyboard.type("no skill in this sentence")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("main .note-box.success")).to_contain_text("is no skill in")
    expect(page.locator(".posting del.struck")).not_to_have_count(0)
    expect(page.locator("#mentions")).to_contain_text("no skill in this sentence")
    page.get_by_role("button", name="Undo: it is a skill").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("main .note-box.success")).to_contain_text("may be a skill in")
    expect(page.locator(".posting del.struck")).to_have_count(0)
    assert page.locator(".posting mark").count() <= before


def test_a_mention_is_marked_without_scripts(visits):
    page = visits.newcomer(NARROW, javascript=False)
    sign_in(page, visits.house)
    open_a_posting(page)
    page.get_by_role("button", name="Not a skill here").first.click()
    expect(page.locator("#mentions")).to_contain_text("Marked wrong")
    page.get_by_role("button", name="Undo: it is a skill").first.click()
    expect(page.locator("#mentions")).not_to_contain_text("Marked wrong")


@pytest.fixture
def two_open_pairs(house):
    leave_two_pairs_open(house)


def test_copies_are_decided_and_undone_with_four_keys(visits, two_open_pairs):
    page = visits.page(signed_in=True)
    page.goto("/copies/")
    pair = page.locator("#queue input[name=pair]")
    first = pair.input_value()
    page.keyboard.press("j")
    expect(pair).not_to_have_value(first)
    page.keyboard.press("k")
    expect(pair).to_have_value(first)
    page.keyboard.press("n")
    expect(page.locator("main .note-box.success")).to_contain_text("not the same ad")
    page.keyboard.press("u")
    expect(page.locator("main .note-box.success")).to_contain_text("Undone")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_curators_pages_fit_the_window(visits, look):
    page = visits.page(look, signed_in=True)
    open_a_posting(page)
    assert sideways_overflow(page) <= 0
    page.screenshot(path=SCREENSHOTS / f"posting-mentions-{look}.png", full_page=True)
    for name, path in (("copies-to-decide", "/copies/"), ("quality-marked", "/quality/#wrong")):
        page.goto(path)
        assert sideways_overflow(page) <= 0
        page.screenshot(path=SCREENSHOTS / f"{name}-{look}.png", full_page=True)
