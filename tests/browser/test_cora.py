"""A day of Cora, a curator: she merges, accepts, files, marks and decides, looks at it all and takes one thing back."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.orchard import CORA, PASSWORD, leave_two_pairs_open
from tests.browser.places import A_POSTING, FIRST_ROW
from tests.browser.visits import LOOKS, SCREENSHOTS, sideways_overflow, sign_in

pytestmark = pytest.mark.browser

SKILLS = "/admin/postings/skill/"
DECISIONS = "/admin/jobsite/decision/"
KEEP, ABSORB = "PostgreSQL", "MySQL"
UNTIL_FIGURES = 120_000
"""Milliseconds that a run over the sample may take while the machine is busy."""


@pytest.fixture
def visits(visits_to_orchard):
    return visits_to_orchard


@pytest.fixture
def cora(visits):
    page = visits.newcomer()
    sign_in(page, visits.house, name=CORA, password=PASSWORD)
    SCREENSHOTS.mkdir(exist_ok=True)
    return page


def picture(page, name):
    page.screenshot(path=SCREENSHOTS / f"cora-{name}.png", full_page=True)


def named_by(page, name):
    """In how many postings the skill's page says that it is named."""
    page.goto(f"/skills/{SKILL_IDS[name]}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return int(page.locator(".figures .value a").first.inner_text().replace(",", ""))


SKILL_IDS = {}
"""Name -> id, as Cora's list of skills has them."""


def test_a_day_of_cora(visits, cora):
    leave_two_pairs_open(visits.house)
    before = _find_the_skills(cora)
    _merge(cora)
    after = named_by(cora, KEEP)
    picture(cora, "4-new-figure")
    assert before < after

    phrase = _accept_a_candidate(cora)
    title = _file_a_title(cora)
    _mark_a_wrong_mention(cora)
    _decide_a_pair(cora)
    merge = f"“{ABSORB}” merged into “{KEEP}”."
    _look_at_the_decisions(cora, [merge, f"“{phrase}”", f"“{title}”", "is no skill in", "not the same ad"])

    _undo(cora, merge)
    assert named_by(cora, KEEP) == before
    picture(cora, "9-figure-as-before")
    told = _exported(cora)
    for word in (phrase, title, "mention.wrong", "copies.decide"):
        assert any(f'"{word}"' in json.dumps(one, ensure_ascii=False) for one in told)
    merged, undone = ([one for one in told if one["action"] == action] for action in ("skill.merge", "undo"))
    assert len(merged) == 1  # told although it was undone: others came between
    assert merged[0]["key"] in {one["words"]["decision"] for one in undone}


def _find_the_skills(page):
    page.goto(f"{SKILLS}?q=SQL")
    for name in (KEEP, ABSORB):
        link = page.get_by_role("link", name=name, exact=True)
        SKILL_IDS[name] = re.search(r"/(\d+)/change", link.get_attribute("href"))[1]
    return named_by(page, KEEP)


def _merge(page):
    page.goto(f"{SKILLS}?q=SQL")
    for name in (KEEP, ABSORB):
        page.locator("#result_list tr", has=page.get_by_role("link", name=name, exact=True)).get_by_role(
            "checkbox"
        ).check()
    page.get_by_label("Action:").select_option(label="Merge into one skill …")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Keep").select_option(label=KEEP)
    page.get_by_role("button", name="Say what would change").click()
    expect(page.locator(".decide-question")).to_have_text(f"Merge “{ABSORB}” into “{KEEP}”?")
    expect(page.locator("#content")).to_contain_text(re.compile(r"posting", re.IGNORECASE))
    page.get_by_label("Why").fill("One question to us")
    picture(page, "1-impact")
    page.get_by_role("button", name="Save this decision").click()

    expect(page.locator(".messagelist")).to_contain_text(f"“{ABSORB}” merged into “{KEEP}”.")
    expect(page.locator(".work-progress")).to_contain_text("figures")
    picture(page, "2-progress")
    _wait_for_figures(page)
    picture(page, "3-figures-are-out")


def _wait_for_figures(page):
    """The page polls what goes on, and says when it is over."""
    expect(page.locator(".work-progress.good")).to_contain_text("New figures are out", timeout=UNTIL_FIGURES)


def _accept_a_candidate(page):
    page.goto("/admin/postings/candidate/queue/?q=Tableau")
    phrase = page.locator("#queue-detail > h2").inner_text()
    page.keyboard.press("a")
    expect(page.locator("#queue-said")).to_contain_text(f"“{phrase}” accepted as an alias of “Tableau”.")
    picture(page, "5-candidate")
    return phrase


def _file_a_title(page):
    page.goto("/admin/analytics/opentitle/?tab=wording")
    title = page.locator("#queue-detail h2").inner_text()
    page.keyboard.press("s")
    page.keyboard.type("data eng")
    expect(page.get_by_role("option", name="data engineer", exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text(f"“{title}” is “data eng")
    picture(page, "6-title")
    return title


def _mark_a_wrong_mention(page):
    page.goto(A_POSTING["path"])
    page.locator(FIRST_ROW).first.click()
    page.locator("#mentions summary").click()
    form = page.locator("#mentions .mention-form").first
    form.locator("input[name=why]").fill("the name of a place here")
    form.get_by_role("button").click()
    expect(page.locator("main .note-box.success")).to_contain_text("is no skill in")
    picture(page, "7-mention")


def _decide_a_pair(page):
    page.goto("/copies/")
    page.get_by_role("button", name="Not the same ad").click()
    expect(page.locator("main .note-box.success")).to_contain_text("not the same ad")


def _look_at_the_decisions(page, wanted):
    page.goto(DECISIONS)
    for words in wanted:
        expect(page.locator("#result_list")).to_contain_text(words)
    expect(page.locator("#result_list")).to_contain_text("One question to us")
    picture(page, "8-decisions")


def _undo(page, summary):
    page.locator("#result_list").get_by_role("link", name=summary).click()
    page.get_by_role("link", name="Undo this decision …").click()
    expect(page.locator(".decide-question")).to_have_text(summary)
    page.get_by_label("Why").fill("They are two, after all")
    page.get_by_role("button", name="Undo it").click()
    expect(page.locator(".messagelist")).to_contain_text(f"Undone: {summary}")
    _wait_for_figures(page)


def _exported(page):
    """The decisions as another installation takes them."""
    page.goto(DECISIONS)
    with page.expect_download() as download:
        page.get_by_role("link", name="Export the decisions that stand").click()
    return json.loads(download.value.path().read_text())["decisions"]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_what_was_decided_fits_the_window(visits, look):
    page = visits.page(look, signed_in=True)
    page.goto(DECISIONS)
    page.screenshot(path=SCREENSHOTS / f"decisions-{look}.png", full_page=True)
    assert sideways_overflow(page) <= 0
