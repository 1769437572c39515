"""What readers do: filter, follow figures, sort, use the keyboard, come on a phone or without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.places import COMPARED, FIRST_ROW, ML_ENGINEER
from tests.browser.visits import NARROW, WIDE, choose, counted, query_of, settle

pytestmark = pytest.mark.browser

SCREENS = ["Roles", "Profiles", "Skills", "Trends", "Companies", "Pay", "Postings", "Compare", "Overview"]
FROM_THE_US = "Remove Country: United States"


def test_a_filter_stays_in_the_address_across_screens_until_its_chip_is_taken_away(visits):
    page = visits.page()
    page.goto("/")
    choose(page, "country", "US")
    screens = page.get_by_role("navigation", name="Screens")
    for screen in SCREENS:
        screens.get_by_role("link", name=screen, exact=True).click()
        expect(screens.locator("[aria-current=page]", has_text=screen)).to_be_visible()
        expect(page.get_by_role("link", name=FROM_THE_US)).to_be_visible()
        assert query_of(page) == {"country": ["US"]}
    page.get_by_role("link", name=FROM_THE_US).click()
    expect(page.get_by_role("link", name=FROM_THE_US)).to_have_count(0)
    assert query_of(page) == {}


def test_each_filter_narrows_what_is_counted_and_going_back_undoes_the_last(visits):
    page = visits.page()
    page.goto("/postings/")
    everything = counted(page)
    choose(page, "role", "data engineer")
    engineers = counted(page)
    choose(page, "seniority", "senior")
    assert 0 < counted(page) < engineers < everything
    page.go_back()
    expect(page.locator("#count")).to_have_text(str(engineers))
    assert query_of(page) == {"role": ["data engineer"]}


FIGURES = {
    "what a role asks for": (ML_ENGINEER, "main #sheet-asked .share a.value"),
    "the profiles behind a title": (ML_ENGINEER, "main .card .share a.value"),
    "the postings of a role": ("/roles/", "main tbody td.num a"),
    "the size of a profile": ("/profiles/", "main .card .size > a"),
    "what a profile asks for": ("/profiles/", "main .cards h2 a", "main tbody td.num a"),
    "what two roles share": (COMPARED, "main .share a.value"),
    "a skill overall": ("/skills/", "main tbody td.num a"),
    "a skill in one country": ("/skills/?country=DE", "main tbody td.num a"),
    "a skill with its level": ("/skills/?q=sql", "main tbody th a", "main .figures a[href*='level=required']"),
    "the words of a search": ("/search/?q=python", "main p a[href*='/postings/']"),
}
COUNT_SAID = """(link) => {
  const share = link.closest(".share");
  const note = link.closest("dd")?.querySelector(".note");
  return share ? share.title : note ? note.textContent.split(",").pop() : link.textContent;
}"""


@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_leads_to_as_many_postings_as_it_says(figure, visits):
    page = visits.page()
    start, *onward, last = FIGURES[figure]
    page.goto(start)
    for step in onward:
        page.locator(step).first.click()
    link = page.locator(f"{last}:visible").first
    said = re.search(r"\d[\d,]*", link.evaluate(COUNT_SAID))
    link.click()
    expect(page.locator("#count")).to_have_text(said[0])


def test_each_cell_of_the_heat_map_leads_to_as_many_postings_as_it_says(visits):
    page = visits.page()
    page.goto("/?seniority=senior")
    spec = page.locator("#spec-heat").evaluate("(spec) => JSON.parse(spec.textContent).data.datasets[0]")
    cells = [(note, link) for note, link in zip(spec["notes"], spec["links"], strict=True) if link]
    assert len(cells) > 10
    for note, link in cells[:: len(cells) // 8]:
        page.goto(link)
        assert note.endswith(f"{counted(page)} of {note.rpartition(' ')[2]}"), (note, link)


FIRST_CELL = """(canvas) => {
  const { x, y, width, height } = Chart.getChart(canvas).getDatasetMeta(0).data[0];
  return { x: x + width / 2, y: y + height / 2 };
}"""


def test_a_click_on_a_cell_of_the_heat_map_opens_its_postings(visits):
    page = visits.page()
    page.goto("/")
    settle(page)
    canvas = page.locator("#chart-heat canvas")
    cell = canvas.evaluate(FIRST_CELL)
    canvas.click(position=cell)
    expect(page.locator("#count")).to_be_visible()
    assert set(query_of(page)) == {"role", "profile"}


def test_a_table_is_sorted_by_the_head_that_is_pressed_and_turned_round_when_pressed_again(visits):
    page = visits.page()
    page.goto("/roles/")
    head = page.get_by_role("columnheader", name="Companies")
    button = head.get_by_role("button")
    for order in ("descending", "ascending"):
        button.focus()
        page.keyboard.press("Enter")
        expect(head).to_have_attribute("aria-sort", order)
        companies = [int(text) for text in page.locator("main tbody td:nth-child(3)").all_inner_texts()]
        assert companies == sorted(companies, reverse=order == "descending")
        assert len(set(companies)) > 5


def test_tab_goes_past_the_menu_at_will_and_otherwise_through_everything_in_the_order_that_is_seen(visits):
    page = visits.page()
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    stops = [focused(page) for _ in range(40) if page.keyboard.press("Tab") is None]
    wanted = ["Rolescope", "search", "Overview", "Roles", "Profiles", "Compare", "Skills", "Postings", "Sign in"]
    wanted += ["How sure are these figures?", "Dates", "Country", "Role", "Language", "PNG", "The figures as a table"]
    places = [stops.index(name) for name in wanted]
    assert places == sorted(places), stops
    page.goto("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#main') !== null")


def focused(page):
    """The name of what has the focus; it must be marked as such, and be on the screen."""
    name, outline, is_seen = page.evaluate("""() => {
      const one = document.activeElement;
      const box = one.getBoundingClientRect();
      const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
      const name = (one.innerText || one.textContent || one.id).trim().split("\\n")[0];
      return [name, getComputedStyle(one).outlineStyle, seen];
    }""")
    assert outline != "none", f"nothing shows that {name!r} has the focus"
    assert is_seen, f"{name!r} has the focus and cannot be seen"
    return name


def test_the_filter_bar_and_the_search_box_need_no_mouse(visits):
    page = visits.page()
    page.goto("/postings/")
    page.locator("#pick-country").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=country]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("country="))
    expect(page.locator("#pick-country")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("data engineer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Data engineer", exact=True).first).to_be_visible()


def test_on_a_phone_menu_and_filters_open_at_a_touch(visits):
    page = visits.page(NARROW)
    page.goto("/roles/")
    profiles = page.get_by_role("navigation", name="Screens").get_by_role("link", name="Profiles")
    expect(profiles).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    profiles.click()
    expect(page.get_by_role("heading", level=1, name="Profiles")).to_be_visible()
    page.get_by_role("button", name="Filters").click()
    choose(page, "country", "US")
    expect(page.get_by_role("link", name=FROM_THE_US)).to_be_visible()


def test_the_theme_that_was_chosen_stays_and_charts_are_drawn_in_it(visits):
    page = visits.newcomer(WIDE)
    page.goto("/")
    settle(page)
    light = page.locator("#chart-heat canvas").evaluate("(canvas) => canvas.toDataURL()")
    page.get_by_role("button", name="Switch between light and dark").click()
    expect(page.locator("html")).to_have_class(re.compile("is-dark"))
    assert page.locator("#chart-heat canvas").evaluate("(canvas) => canvas.toDataURL()") != light
    page.goto("/roles/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("body")).to_have_css("background-color", "rgb(18, 20, 23)")


def test_a_chart_can_be_taken_away_as_a_picture(visits):
    page = visits.page()
    page.goto("/")
    settle(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="PNG of Which profiles stand behind each title").click()
    assert taken.value.suggested_filename == "chart-heat.png"
    assert taken.value.path().stat().st_size > 10_000


def test_without_javascript_figures_charts_and_postings_can_be_read_and_filtered(visits):
    page = visits.newcomer(javascript=False)
    page.goto("/")
    expect(page.locator("#chart-heat").get_by_text("The chart needs JavaScript; the table below")).to_be_visible()
    page.locator("#chart-heat summary").first.click()
    expect(page.locator("#chart-heat").get_by_role("rowheader", name="Machine learning engineer")).to_be_visible()
    page.locator("#pick-country").click()
    page.locator("input[name=country][value=US]").check()
    page.locator(".pick[open]").get_by_role("button", name="Apply").click()
    expect(page.get_by_role("link", name=FROM_THE_US)).to_be_visible()
    page.locator("#search").fill("ml engineer")
    page.locator("#search").press("Enter")
    page.get_by_role("link", name="Machine learning engineer", exact=True).first.click()
    expect(page.get_by_role("row", name=re.compile("^Python .*95% interval"))).to_be_visible()
    page.goto("/postings/")
    page.locator(FIRST_ROW).first.click()
    expect(page.locator(".posting .mention").first).to_be_visible()
    page.goto("/compare/")
    page.get_by_label("First").fill("data scientist")
    page.get_by_label("Second").fill("data engineer")
    page.get_by_role("main").get_by_role("button", name="Compare").click()
    both = "What data scientist and data engineer postings both ask for"
    expect(page.get_by_role("heading", name=both)).to_be_visible()
