"""Two people read a sample: by keyboard, with a connection that breaks, in two windows, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.samples import PASSWORD, SECOND
from tests.browser.visits import sign_in

pytestmark = pytest.mark.browser

NUMBER = re.compile(r"/read/(\d+)/$")


@pytest.fixture
def sample(visits, samples):
    """The address of a new sample of 20 mentions for admin and the second reader, drawn as a curator draws it."""
    page = visits.page(signed_in=True)
    page.goto("/quality/samples/")
    page.get_by_role("link", name="Draw a sample").click()
    page.get_by_label("How many").fill("20")
    page.get_by_label("First reader").select_option(label="admin")
    page.get_by_label("Second reader").select_option(label=SECOND)
    page.get_by_role("button", name="Draw it").click()
    expect(page.get_by_role("heading", level=1, name="20 mentions of skills")).to_be_visible()
    return page.url


def opened(page, sample):
    page.goto(f"{sample}read/")
    expect(page.locator("#reading")).to_be_visible()
    return page


def press(page, key):
    """Press a key and wait for the page that it leads to."""
    before = page.url
    page.keyboard.press(key)
    page.wait_for_url(lambda url: url != before)


def number(page):
    return int(NUMBER.search(page.url)[1])


def test_a_whole_sample_is_read_by_keyboard_alone(visits, sample):
    page = opened(visits.page(signed_in=True), sample)

    for key in "1" * 12 + "2n3uy" + "3" * 3:
        press(page, key)

    expect(page.get_by_role("heading", level=1)).to_have_text("You have marked all 20 mentions of skills")
    said = page.locator("#sheet-own-marks tbody tr td:last-child").all_inner_texts()
    assert said[:12] == ["yes, required"] * 12
    assert said[12:17] == ["yes, preferred", "no", "yes, mentioned", "cannot tell", "yes, level unclear"]


def test_arrows_turn_over_and_a_mark_can_be_changed(visits, sample):
    page = opened(visits.page(signed_in=True), sample)
    press(page, "n")
    press(page, "ArrowLeft")

    expect(page.locator("#reading")).to_contain_text("You said: no.")
    press(page, "1")
    press(page, "ArrowLeft")

    expect(page.get_by_role("button", name="Yes, required")).to_have_attribute("aria-pressed", "true")


def test_a_mark_that_did_not_arrive_is_told_and_nothing_is_skipped(visits, sample):
    page = opened(visits.page(signed_in=True), sample)
    page.route("**/read/1/", lambda route: route.abort("connectionaborted"))
    faults = visits.watched[-1][1]
    page.keyboard.press("n")

    expect(page.get_by_role("alert")).to_contain_text("That was not saved")
    assert number(page) == 1
    faults.faults.clear()  # the broken connection is what this is about
    page.unroute("**/read/1/")
    press(page, "n")

    assert number(page) == 2
    expect(page.locator(".progress .detail")).to_have_text("1 of 20")


def test_two_windows_do_not_overwrite_each_other(visits, sample):
    one, other = (opened(visits.page(signed_in=True), sample) for _ in range(2))
    press(one, "n")

    other.keyboard.press("1")

    expect(other.get_by_role("alert").first).to_contain_text("You said something else in another window")
    expect(other.locator("#reading")).to_contain_text("You said: no.")


def test_the_second_reader_reads_without_scripts_and_sees_nothing_of_the_first(visits, house, sample):
    first = opened(visits.page(signed_in=True), sample)
    press(first, "n")
    page = visits.newcomer(javascript=False)
    sign_in(page, house, name=SECOND, password=PASSWORD)

    page.goto(f"{sample}read/")
    expect(page.locator("#reading")).not_to_contain_text("You said")
    page.get_by_role("button", name="Yes, only mentioned").click()

    assert number(page) == 2
    expect(page.locator(".progress .detail")).to_have_text("1 of 20")


def test_a_dispute_is_settled_on_the_page_of_results(visits, samples):
    page = visits.page(signed_in=True)
    page.goto("/quality/samples/1/")
    first = page.locator("#disputes li").first
    first.get_by_role("combobox").select_option(label="No")
    first.get_by_role("button", name="Settle").click()

    expect(page.locator("#disputes li").first).to_contain_text("settled: no")
    page.goto("/quality/")
    expect(page.locator("#readers")).to_contain_text("60 mentions of skills")
