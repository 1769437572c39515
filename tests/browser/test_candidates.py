"""Cora works through candidates with the keyboard alone; what she sees lands in screenshots."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.visits import LOOKS, NARROW, SCREENSHOTS, WIDE, sideways_overflow, sign_in

pytestmark = pytest.mark.browser

QUEUE = "/admin/postings/candidate/queue/"
CLUSTERS = "/admin/postings/candidate/clusters/"
WAITING = 27
"""What tests/browser/orchard.py writes; nothing else waits."""


@pytest.fixture
def visits(visits_to_orchard):
    return visits_to_orchard


def chosen(page):
    return page.locator("#queue-detail > h2")


def said(page):
    return page.locator("#queue-said")


def rows(page):
    return page.locator(".queue-item")


def keys(page, *pressed):
    for key in pressed:
        page.keyboard.press(key)


def exported(page):
    """The decisions that stand, as another installation would take them."""
    with page.expect_download() as download:
        page.locator("a", has_text="Export the decisions that stand").click()
    return json.loads(download.value.path().read_text())


def take_back(page, times):
    """Undo the last decisions, the latest first, each until it is said."""
    for _ in range(times):
        last = page.locator(".curation-bar form .quiet").inner_text()
        page.keyboard.press("u")
        expect(said(page)).to_contain_text("Undone: ")
        expect(page.locator(".curation-bar")).not_to_contain_text(last)


@pytest.mark.parametrize("look", [WIDE, NARROW], ids=str)
def test_twenty_candidates_are_decided_with_the_keyboard_alone(visits, look):
    page = visits.page(look, signed_in=True)
    page.goto(QUEUE)
    expect(rows(page)).to_have_count(WAITING)
    order = page.locator("[data-queue-open] > span:first-child").all_inner_texts()
    order = [one.split(" →")[0] for one in order]

    for number, phrase in enumerate(order[:20]):
        expect(chosen(page)).to_have_text(phrase)
        if number:
            expect(page.locator("[data-queue-open][aria-current=true]")).to_be_focused()
        _decide(page, number)
        expect(said(page)).to_contain_text(f"“{phrase}”")

    expect(page.locator(".curation-bar")).to_contain_text("20 decided today")
    expect(rows(page)).to_have_count(WAITING - 20)
    expect(chosen(page)).to_have_text(order[20])
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"candidates-after-twenty-{look}.png")
    _assert_told_among_decisions(page, order[:20])
    page.goto(QUEUE)
    take_back(page, 20)
    expect(chosen(page)).to_have_text(order[0])
    expect(rows(page)).to_have_count(WAITING)


def _decide(page, number):
    """By turns: a new skill, alias of the suggestion if there is one, of a skill that is searched for, ignored."""
    if number % 4 == 0:
        keys(page, "n", "2")
    elif number % 4 == 1 and page.locator("[data-key=a]").count():
        keys(page, "a")
    elif number % 4 == 2:
        keys(page, "s")
        page.keyboard.type("postgre")
        expect(page.locator("#skill-options [role=option]").first).to_be_visible()
        keys(page, "ArrowDown", "Enter")
    else:
        keys(page, "i")


def _assert_told_among_decisions(page, phrases):
    """The tab of what was decided has them all, and so has the file for other installations."""
    page.get_by_role("link", name="What was decided").click()
    table = page.locator("#result_list tbody")
    for phrase in phrases:
        expect(table).to_contain_text(f"“{phrase}”")
    expect(table.locator("tr")).not_to_have_count(0)
    for summary in table.locator(".field-summary").all_inner_texts():
        assert "accepted as" in summary or "ignored for ever" in summary or "Undone" in summary
    told = json.dumps(exported(page), ensure_ascii=False)
    for phrase in phrases:
        assert f'"{phrase}"' in told


def test_a_new_skill_is_given_a_name_of_its_own(visits):
    page = visits.page(signed_in=True)
    page.goto(f"{QUEUE}?q=OrchardaDB")
    keys(page, "n")
    expect(page.locator("details[data-key=n]")).to_have_attribute("open", "")
    name = page.get_by_label("Name", exact=True)
    while not name.evaluate("field => field === document.activeElement"):
        keys(page, "Shift+Tab")
    keys(page, "Control+A")
    page.keyboard.type("Orchard store")
    keys(page, "Tab", "Tab", "Tab", "Tab", "Tab", "Enter")

    expect(said(page)).to_contain_text("“OrchardaDB” accepted as the new skill “Orchard store”.")
    take_back(page, 1)


def test_keys_pressed_faster_than_answers_come_are_done_in_their_order(visits):
    page = visits.page(signed_in=True)
    page.goto(f"{QUEUE}?q=tableau")
    names = page.locator("[data-queue-open] > span:first-child")
    expect(names).to_have_count(6)
    wanted = names.nth(2).inner_text().split()[0]

    keys(page, "j", "j", "i")

    expect(said(page)).to_contain_text(f"“{wanted}” ignored for ever.")
    take_back(page, 1)


def test_several_are_marked_and_decided_as_one(visits):
    page = visits.page(signed_in=True)
    page.goto(f"{QUEUE}?q=tableau")
    keys(page, "x", "j", "x")
    expect(page.locator(".curation-bar")).to_contain_text("2 marked")

    keys(page, "i")
    expect(said(page)).to_contain_text("”, “")
    expect(rows(page)).to_have_count(4)
    take_back(page, 1)

    expect(rows(page)).to_have_count(6)


def test_what_is_ignored_goes_in_all_its_spellings(visits):
    page = visits.page(signed_in=True)
    page.goto(f"{QUEUE}?q=grovecast")
    expect(rows(page)).to_have_count(3)

    keys(page, "i")
    expect(said(page)).to_contain_text("ignored for ever.")
    expect(rows(page)).to_have_count(1)  # “-DBs” may be another one
    take_back(page, 1)

    expect(rows(page)).to_have_count(3)


def test_the_keys_are_told_by_the_question_mark(visits):
    page = visits.page(signed_in=True)
    page.goto(QUEUE)
    first = chosen(page).inner_text()

    keys(page, "?")
    expect(page.get_by_role("dialog")).to_contain_text("ignore for ever")
    page.screenshot(path=SCREENSHOTS / "candidates-keys.png")
    keys(page, "i", "Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(chosen(page)).to_have_text(first)
    expect(rows(page)).to_have_count(WAITING)


def test_a_member_of_a_cluster_is_left_out_with_a_key(visits):
    page = visits.page(signed_in=True)
    page.goto(f"{CLUSTERS}?at=grovecastdb")
    expect(page.locator("#decide input[name=mark]")).to_have_count(3)

    keys(page, "3", "i")
    expect(said(page)).to_contain_text("ignored for ever.")

    keys(page, "u")
    expect(page.locator("#decide input[name=mark]")).to_have_count(3)


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize(("name", "path"), [("candidates", QUEUE), ("candidate-clusters", CLUSTERS)])
def test_the_pages_are_accessible_and_fit(visits, look, name, path):
    page = visits.page(look, signed_in=True)
    page.goto(path)
    expect(page.locator("#queue-detail [data-queue-later] p").first).to_be_visible()
    page.screenshot(path=SCREENSHOTS / f"{name}-{look}.png", full_page=True)

    found = Axe().run(page, context="#content", options={"resultTypes": ["violations"]})

    assert found.violations_count == 0, found.generate_report()
    assert sideways_overflow(page) <= 0


def test_without_scripts_plain_forms_do_the_same(visits):
    page = visits.newcomer(javascript=False)
    sign_in(page, visits.house)
    page.goto(f"{QUEUE}?q=grovecast")

    page.get_by_role("button", name="Ignore for ever").click()
    expect(page.locator(".messagelist")).to_contain_text("ignored for ever.")
    page.get_by_role("button", name="Undo it").click()

    expect(page.locator(".messagelist")).to_contain_text("Undone: ")
