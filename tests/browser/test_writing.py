"""What people do to the data: hand files in and follow them, and merge two skills. Runs last: figures change here."""

import csv
import io
import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from postings.sample.generator import sample_rows
from tests.browser.places import FIRST_ROW
from tests.browser.visits import LOOKS, SCREENSHOTS, settle, sideways_overflow, sign_in

pytestmark = pytest.mark.browser

BOARD = "Orchard board"
HEADS = {
    "job_id": "Reference",
    "title": "Job Title",
    "company": "Employer",
    "location": "Location",
    "date_posted": "Posted",
    "salary": "Salary",
    "description": "Job Description",
}
SETTLING = 240_000
"""Milliseconds that may pass until files are read, copies grouped and a new run is published."""

ANOTHER_RUN_IS_SHOWN_AND_ALL_IS_QUIET = """async ([before, milliseconds]) => {
  const read = async (path) => new DOMParser().parseFromString(await (await fetch(path)).text(), "text/html");
  for (const end = performance.now() + milliseconds; performance.now() < end;) {
    const [overview, runs] = [await read("/"), await read("/runs/")];
    const isShown = overview.querySelector(".strip a").textContent !== before;
    const isBusy = runs.body.textContent.includes("Going on now");
    const isBehind = overview.body.textContent.includes("taken in after this run");
    if (isShown && !isBusy && !isBehind) return true;
    await new Promise((next) => setTimeout(next, 500));
  }
  return false;
}"""


@pytest.fixture(scope="module")
def rows():
    """Postings of machine learning engineers as a board would export them; invented, like all of the sample."""
    found = [row for row in sample_rows(until=date(2026, 8, 1), seed=99) if "Machine Learning Engineer" in row["title"]]
    whole = [row for row in found if row["description"] not in ("", "N/A", "-")]
    return [{head: row[name] for name, head in HEADS.items()} for row in whole]


def as_csv(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(HEADS.values()), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def hand_in(page, name, content, *, source=""):
    page.goto("/uploads/")
    page.get_by_label("Drop a file of postings here").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.locator("form.drop").get_by_label("Source").fill(source)
    page.get_by_role("button", name="Upload", exact=True).click()


def choose(page, column, field):
    """Say in the preview what a column of the file is, and look again."""
    page.get_by_role("row", name=re.compile(f"^{column} ")).get_by_role("combobox").select_option(label=field)
    page.get_by_role("button", name="Look again").click()


def take(page):
    page.get_by_role("button", name="Take it").click()
    expect(page.locator("#progress")).to_be_attached()


def wait_for_the_report(page):
    """Wait until nothing more comes to the page of an upload. That a sentence is gone would not tell: it is on no page
    while one follows another."""
    expect(page.locator("#progress:not([hx-get])")).to_be_attached(timeout=SETTLING)


def figures(page):
    """The key figures of a page by their labels."""
    terms = page.locator("main dl.figures dt").all_inner_texts()
    return dict(zip(terms, page.locator("main dl.figures dd > .value").all_inner_texts(), strict=True))


def wait_until_quiet(page, *, after=""):
    """Wait until nothing is going on any more, and another run is shown than `after`."""
    assert page.evaluate(ANOTHER_RUN_IS_SHOWN_AND_ALL_IS_QUIET, [after, SETTLING]), "no new run was published"


def run_shown(page):
    return page.locator(".strip a").first.text_content()


def test_a_newcomer_hands_a_file_in_and_reads_what_an_ml_engineer_is_asked_for(visits, house, rows):
    page = visits.newcomer()
    page.goto("/")
    before = run_shown(page)
    page.get_by_role("link", name="Sign in").click()
    sign_in(page, house)
    page.get_by_role("link", name="Uploads", exact=True).click()

    damaged = [rows[0], {**rows[1], "Reference": "no-text", "Job Description": ""}]
    hand_in(page, "orchard.csv", as_csv([*rows, *damaged]), source=BOARD)
    expect(page.get_by_role("heading", level=1, name="orchard.csv")).to_be_visible()
    expect(page.get_by_text("waits for you")).to_be_visible()
    foreseen = {"New": str(len(rows)), "Changed": "0", "Repeated": "1", "Rejected": "1"}
    assert foreseen.items() <= figures(page).items()
    first = page.locator(".preview-rows .first-line").first
    expect(first).to_contain_text(rows[0]["Employer"])
    choose(page, "Employer", "Not used")
    expect(first).not_to_contain_text(rows[0]["Employer"])
    expect(page.locator("#looked")).to_contain_text("Looked again.")
    choose(page, "Employer", "Company")
    expect(first).to_contain_text(rows[0]["Employer"])
    take(page)
    wait_for_the_report(page)
    assert figures(page) | {"Copies": ""} == {
        "Rows": str(len(rows) + 2),
        "New": str(len(rows)),
        "Changed": "0",
        "Repeated": "1",
        "Rejected": "1",
        "Copies": "",
    }
    expect(page.get_by_text(f"{len(rows)} of {len(rows)}")).to_be_visible()
    expect(page.get_by_role("row", name="description The description is missing.")).to_be_visible()
    expect(page.get_by_role("row", name="Title Job Title")).to_be_visible()

    wait_until_quiet(page, after=before)
    page.get_by_role("link", name="See the figures").click()
    page.locator("#pick-source").click()
    page.locator(f"input[name=source][value='{BOARD}']").check()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name=f"Remove Source: {BOARD}")).to_be_visible()
    page.get_by_label("Count copies").check()
    expect(page.get_by_role("link", name="Remove Copies")).to_be_visible()
    assert figures(page)["Postings"] == str(len(rows))

    page.get_by_label("Search roles, skills, companies and titles").fill("ML engineer")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Machine learning engineer", exact=True).click()
    asked = page.get_by_role("row", name=re.compile("^Python "))
    share = asked.locator(".share")
    count, n = re.match(r"(\d+) of (\d+) postings", share.get_attribute("title")).groups()
    assert 0 < int(count) <= int(n) == len(rows)
    share.get_by_role("link").click()
    expect(page.locator("#count")).to_have_text(count)

    page.locator(FIRST_ROW).first.click()
    expect(page.locator(".posting mark[title^='Python: ']").first).to_be_visible()
    origin = page.locator("aside[aria-label='About this posting']")
    row = int(re.search(r"\d+", origin.locator("dt:text-is('Row') + dd").inner_text())[0])
    assert page.locator("h1").inner_text() == rows[row - 1]["Job Title"]
    origin.get_by_role("link", name="orchard.csv").click()
    expect(page.get_by_role("heading", level=1, name="orchard.csv")).to_be_visible()


def test_the_same_file_again_leads_to_its_report_and_says_so(visits, rows):
    page = visits.page(signed_in=True)
    hand_in(page, "few.csv", as_csv(rows[:3]), source=BOARD)
    expect(page.get_by_role("heading", level=1, name="few.csv")).to_be_visible()
    report = page.url
    take(page)
    hand_in(page, "few-again.csv", as_csv(rows[:3]), source=BOARD)
    expect(page.get_by_text("This very file was handed in before.")).to_be_visible()
    assert page.url == report


BAD_FILES = {
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a picture"),
    "page.csv": (b"<!doctype html><html><body>Please sign in</body></html>", "is a web page"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence_where_it_was_chosen(name, visits):
    page = visits.page(signed_in=True, refusals=(422,))
    content, sentence = BAD_FILES[name]
    hand_in(page, name, content)
    expect(page.locator("main .error")).to_contain_text(sentence)
    page.goto("/uploads/")
    expect(page.get_by_role("row", name=name)).to_have_count(0)


def test_a_file_without_postings_is_looked_at_and_discarded(visits):
    page = visits.page(signed_in=True, refusals=(422,))
    hand_in(page, "fruit.csv", b"fruit,colour\npear,green\nplum,blue\n")
    expect(page.get_by_text("No column gives the title: no row can be taken.")).to_be_visible()
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("No column is chosen for title and description.")).to_be_visible()
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_text("fruit.csv was discarded: nothing of it is kept.")).to_be_visible()
    expect(page.get_by_role("row", name="fruit.csv")).to_have_count(0)


def test_what_is_too_much_for_the_source_needs_a_tick_to_be_taken(visits, rows):
    page = visits.page(signed_in=True, refusals=(422,))
    hand_in(
        page, "untitled.csv", as_csv([*rows[:25], *({**row, "Job Title": ""} for row in rows[:15])]), source="pears"
    )
    expect(page.get_by_text("rows would be rejected; this source allows 20%")).to_be_visible()
    page.get_by_role("button", name="Take it").click()
    expect(page.get_by_text("Tick this to take the file")).to_be_visible()
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_text("untitled.csv was discarded")).to_be_visible()


def test_rejected_rows_are_mended_and_handed_in_again(visits, rows, tmp_path):
    page = visits.page(signed_in=True)
    damaged = [{**row, "Reference": f"mend-{number}", "Job Title": ""} for number, row in enumerate(rows[:2])]
    hand_in(page, "to-mend.csv", as_csv([*rows[:20], *damaged]), source="plums")
    take(page)
    wait_for_the_report(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download all of them as CSV").click()
    mended = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"), newline="")))
    title = mended[0].index("Job Title")
    mended[1][title] = "Plum Pruning Engineer"
    text = io.StringIO()
    csv.writer(text).writerows(mended)
    page.get_by_label("The mended list").set_input_files(
        {"name": "mended.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    )
    page.get_by_role("button", name="Hand in the mended list").click()
    expect(page.get_by_role("heading", level=1, name="mended.csv")).to_be_visible()
    wait_for_the_report(page)
    page.get_by_role("link", name="to-mend.csv").click()
    expect(page.get_by_text("1 of 2 mended and taken.")).to_be_visible()


def test_an_empty_file_is_refused_where_it_was_chosen(visits):
    page = visits.page(signed_in=True, refusals=(422,))
    hand_in(page, "empty.csv", b"", source="kept as it was typed")
    expect(page.locator("main .error")).to_have_text("The file is empty.")
    expect(page.locator("form.drop").get_by_label("Source")).to_have_value("kept as it was typed")


def test_a_file_can_be_handed_in_without_javascript(visits, house):
    page = visits.newcomer(javascript=False)
    sign_in(page, house)
    hand_in(page, "plain.csv", b"fruit,job,text\napple,Picker,We look for somebody who picks apples.\n")
    expect(page.get_by_role("heading", level=1, name="plain.csv")).to_be_visible()
    choose(page, "fruit", "Company")
    expect(page.locator(".preview-rows tbody").first).to_contain_text("apple")
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_text("plain.csv was discarded")).to_be_visible()


def test_merging_two_skills_shows_the_consequence_first_and_the_figures_follow(visits):
    page = visits.page(signed_in=True)
    page.goto("/")
    wait_until_quiet(page)
    page.reload()
    before = run_shown(page)
    kept, absorbed = posting_ids(page, "experimental design"), posting_ids(page, "experimentation")
    assert kept - absorbed
    assert absorbed - kept

    page.goto("/admin/postings/skill/?q=experiment")
    for name in ("experimental design", "experimentation"):
        line = page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))
        line.get_by_role("checkbox").check()
    page.locator("select[name=action]").select_option(label="Merge into one skill …")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Keep").select_option(label="experimental design")
    page.get_by_role("button", name="Say what would change").click()
    expect(page.locator(".decide-question")).to_have_text("Merge “experimentation” into “experimental design”?")
    told = re.search(
        r"(\d+) postings?(?: \((\d+) without copies\))? would name other skills", page.locator("#content").inner_text()
    )
    assert int(told[2] or told[1]) == len(absorbed)
    for look in LOOKS:
        page.set_viewport_size({"width": look.width, "height": 844})
        page.emulate_media(color_scheme=look.theme)
        # Django's admin fades from one theme to the other; half-way the contrast is nobody's choice.
        page.evaluate("Promise.all(document.getAnimations().map(animation => animation.finished))")
        page.screenshot(path=SCREENSHOTS / f"admin-merge-{look}.png", full_page=True)
        found = Axe().run(page, context="#content", options={"preload": False})
        assert not found.violations_count, found.generate_report()
        assert sideways_overflow(page) == 0
    assert posting_ids(page, "experimentation") == absorbed, "nothing changes before it is confirmed"

    page.get_by_role("button", name="Save this decision").click()
    expect(page.locator(".messagelist")).to_contain_text("“experimentation” merged into “experimental design”.")
    wait_until_quiet(page, after=before)
    assert posting_ids(page, "experimental design") == kept | absorbed
    page.goto("/postings/?skill=experimentation")
    expect(page.get_by_text("No skill is called “experimentation” in this run")).to_be_visible()
    page.goto("/search/?q=experimentation")
    page.get_by_role("link", name="experimental design").click()
    settle(page)
    assert figures(page)["Postings that name it"] == str(len(kept | absorbed))


def posting_ids(page, skill):
    """The postings of all pages of the list of a skill."""
    found, number, more = set(), 1, True
    while more:
        answer = page.request.get("/postings/", params={"skill": skill, "page": number})
        assert answer.ok
        text = answer.text()
        found |= set(re.findall(r'<th scope="row"><a href="/postings/(\d+)/"', text))
        number, more = number + 1, 'rel="next"' in text
    return found
