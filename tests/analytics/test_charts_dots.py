import json
from itertools import pairwise

import pytest

from analytics.charts import Caption, Chart
from analytics.charts_dots import Dot, RangeRow, difference_bars, range_bars, scatter
from analytics.tables import SHARE, Estimate, Unit

PAY = Unit("yearly pay", scale=0.001, prefix="$", suffix="k")
POINTS = Unit("difference of shares", scale=100, decimals=1, suffix=" points")
ENGINEER = RangeRow("ML engineer", 152000, 141000, 163000, 120000, 180000, 90, url="/postings/?pay=USD")
ANALYST = RangeRow("data analyst", None, n=4, state="withheld")
RISES = Estimate("LLM", 0.12, 0.08, 0.16, 900, url="/postings/?skill=LLM")
FALLS = Estimate("Hadoop", -0.05, -0.08, -0.02, 900)
UNSURE = Estimate("Scala", -0.01, -0.04, 0.02, 900)
LARGE = Dot("data scientist", 0.2, -0.4, 1600, url="/roles/ds/", note="1,600 postings")
SMALL = Dot("ML engineer", -0.1, 0.3, 400, tone="series-2")


def make_caption(**changes) -> Caption:
    values = {"key": "pay", "title": "What is paid", "summary": "ML engineers: $152k.", "unit": PAY, "n": 90}
    return Caption(**values | changes)


def every_chart() -> list[Chart]:
    return [
        range_bars([ENGINEER, ANALYST], make_caption(rows="role")),
        difference_bars([RISES, FALLS, UNSURE], make_caption(unit=POINTS)),
        scatter([LARGE, SMALL], make_caption(unit=SHARE, rows="role"), ("share", "pay")),
    ]


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.spec["type"])
def test_every_spec_is_plain_json(chart):
    assert json.loads(json.dumps(chart.spec, allow_nan=False)).keys() == {"type", "data", "options", "format"}


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.spec["type"])
def test_every_row_of_a_table_is_as_wide_as_its_head(chart):
    assert {len(row) for row in chart.table.rows} == {len(chart.table.columns)}


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.spec["type"])
def test_every_point_has_a_tooltip_and_an_address(chart):
    for dataset in chart.spec["data"]["datasets"]:
        assert len(dataset["notes"]) == len(dataset["links"]) == len(dataset["data"])


def test_a_range_is_a_median_with_its_interval_over_the_middle_half():
    medians, halves = range_bars([ENGINEER], make_caption()).spec["data"]["datasets"]

    assert medians["data"] == [{"x": 152.0, "xMin": 141.0, "xMax": 163.0, "y": "ML engineer"}]
    assert halves["data"] == [[120.0, 180.0]]
    assert halves["notes"] == ["median $152k ($141k to $163k), n = 90; half lie between $120k and $180k"]


def test_a_withheld_range_draws_nothing_and_says_so():
    chart = range_bars([ANALYST], make_caption())
    medians, halves = chart.spec["data"]["datasets"]

    assert (medians["data"][0]["x"], halves["data"]) == (None, [None])
    assert [cell.text for cell in chart.table.rows[0]] == ["data analyst", "withheld", "", "", "4"]


def test_a_withheld_range_keeps_its_quartiles_to_itself():
    chart = range_bars([RangeRow("clerk", None, q1=1000, q3=2000, n=4, state="withheld")], make_caption())

    assert chart.spec["data"]["datasets"][1]["data"] == [None]
    assert chart.table.rows[0][3].text == ""


def test_the_table_of_ranges_has_what_is_drawn():
    row = range_bars([ENGINEER], make_caption()).table.rows[0]

    assert [cell.text for cell in row] == ["ML engineer", "$152k", "$141k to $163k", "$120k to $180k", "90"]
    assert row[0].url == ENGINEER.url


def test_rising_and_falling_have_colours_of_their_own_and_what_holds_zero_is_pale():
    dataset = difference_bars([RISES, FALLS, UNSURE], make_caption(unit=POINTS)).spec["data"]["datasets"][0]

    assert dataset["backgroundColor"] == ["up", "down", "down/40"]
    assert [point["x"] for point in dataset["data"]] == [12.0, -5.0, -1.0]


def test_a_difference_that_may_be_none_says_so_without_colour():
    notes = difference_bars([FALLS, UNSURE], make_caption(unit=POINTS)).spec["data"]["datasets"][0]["notes"]

    assert [note.endswith("; may be no difference") for note in notes] == [False, True]


def test_differences_are_drawn_around_a_line_at_zero():
    plugins = difference_bars([RISES], make_caption(unit=POINTS)).spec["options"]["plugins"]
    zero = plugins["annotation"]["annotations"]["zero"]

    assert (zero["type"], zero["xMin"], zero["xMax"]) == ("line", 0, 0)


def test_areas_of_dots_stand_for_their_sizes():
    large, small = scatter([LARGE, SMALL], make_caption()).spec["data"]["datasets"][0]["radius"]

    assert large**2 / small**2 == pytest.approx(4)


def test_dots_without_sizes_are_alike_and_the_table_has_no_column_for_them():
    chart = scatter([Dot("a", 0, 0), Dot("b", 1, 1)], make_caption(), ("x", "y"))

    assert len(set(chart.spec["data"]["datasets"][0]["radius"])) == 1
    assert [column.text for column in chart.table.columns] == ["skill", "x", "y"]


def test_each_tone_has_a_shape_of_its_own():
    dots = [Dot(name, 0, 0, tone=f"series-{place + 1}") for place, name in enumerate("abcdefgh")]
    shapes = scatter(dots, make_caption()).spec["data"]["datasets"][0]["pointStyle"]

    assert all(one != other for one, other in pairwise(sorted(shapes)))


def test_a_plane_without_names_for_its_axes_is_a_map_without_ticks():
    plane = scatter([LARGE], make_caption(), ("share", "pay")).spec["options"]
    map_ = scatter([LARGE], make_caption()).spec["options"]

    assert (plane["isMap"], plane["scales"]["x"]["display"]) == (False, True)
    assert (map_["isMap"], map_["scales"]["x"]["display"]) == (True, False)


def test_a_dot_without_a_place_is_left_out():
    chart = scatter([LARGE, Dot("nowhere", float("nan"), 0.0, 5)], make_caption())

    assert chart.spec["data"]["datasets"][0]["names"] == ["data scientist"]
    assert len(chart.table.rows) == 1


def test_a_map_of_many_dots_is_taller_so_that_their_names_find_room():
    heights = [scatter([Dot(str(n), n, n) for n in range(many)], make_caption()).height for many in (5, 30, 300)]

    assert heights == [460, 570, 700]
