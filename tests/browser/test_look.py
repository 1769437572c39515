"""How things look: names on charts, the report, printing."""

from itertools import combinations

import pytest
from playwright.sync_api import expect

from tests.browser.places import ML_ENGINEER
from tests.browser.visits import DARK, NARROW, WIDE, settle

pytestmark = pytest.mark.browser

NAMES_OF_DOTS = "canvas => Chart.getChart(canvas).$labels"


@pytest.mark.parametrize(("look", "least"), [(WIDE, 9), (NARROW, 7)], ids=str)
def test_names_of_dots_stand_beside_them_and_never_on_each_other(visits, look, least):
    page = visits.page(look)
    page.goto("/styleguide/#charts")
    page.locator("#chart-map").scroll_into_view_if_needed()
    expect(page.locator("#chart-map .is-drawn")).to_be_visible()

    boxes = page.locator("#chart-map canvas").evaluate(NAMES_OF_DOTS)

    assert len(boxes) >= least
    for one, other in combinations(boxes, 2):
        beside = one["right"] <= other["left"] or other["right"] <= one["left"]
        above = one["bottom"] <= other["top"] or other["bottom"] <= one["top"]
        assert beside or above, (one["name"], other["name"])


def test_lines_are_named_at_their_ends_where_there_is_room_and_in_a_legend_where_there_is_none(visits):
    legend = "canvas => Chart.getChart(canvas).options.plugins.legend.display"
    found = []
    for look in (WIDE, NARROW):
        page = visits.page(look)
        page.goto("/styleguide/#charts")
        page.locator("#chart-time").scroll_into_view_if_needed()
        expect(page.locator("#chart-time .is-drawn")).to_be_visible()
        found.append(page.locator("#chart-time canvas").evaluate(legend))

    assert found == [False, True]


def test_a_report_has_its_head_its_tables_open_and_all_charts_drawn_at_once(visits):
    page = visits.page()
    page.goto(f"{ML_ENGINEER}?tab=time")
    page.get_by_role("link", name="Report").click()
    settle(page)

    expect(page.locator(".report-head")).to_contain_text("Filters: none")
    expect(page.locator(".report-head")).to_contain_text("taxonomy")
    expect(page.locator(".side")).to_be_hidden()
    for figure in page.locator("figure.chart").all():
        expect(figure.locator(".is-drawn")).to_have_count(1)
        expect(figure.locator("details").first).to_have_attribute("open", "")
    page.get_by_role("link", name="Back to the page").click()
    expect(page.locator(".side")).to_be_visible()
    assert "report" not in page.url
    assert "tab=time" in page.url


def test_a_page_prints_light_on_paper_whatever_the_theme_and_is_as_before_afterwards(visits):
    page = visits.page(DARK)
    page.goto(f"{ML_ENGINEER}?tab=levels")
    settle(page)
    ink = "() => Chart.getChart(document.querySelector('canvas')).options.color"
    on_screen = page.evaluate(ink)

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    on_paper, width = page.evaluate(ink), page.evaluate("Chart.getChart(document.querySelector('canvas')).width")
    page.evaluate("dispatchEvent(new Event('afterprint'))")

    assert on_paper != on_screen
    assert width <= 680
    assert page.evaluate(ink) == on_screen
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
