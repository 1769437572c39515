import json

import pytest

from analytics import charts
from analytics.charts import Caption, Chart
from analytics.charts_heat import heat_map
from analytics.tables import POSTINGS, SHARE, Comparison, Estimate, HeatRow, LevelShares, Series, Unit

PYTHON = Estimate("Python", 0.83, 0.81, 0.85, 1412, url="/postings/?skill=Python")
RUST = Estimate("Rust", None, n=7, state="withheld")
CUDA = Estimate("CUDA", 0.41, 0.23, 0.61, 22, state="thin")


def make_caption(**changes) -> Caption:
    values = {"key": "asked", "title": "Python comes first", "summary": "Python: 83%.", "unit": SHARE, "n": 1412}
    return Caption(**values | changes)


def every_chart() -> list[Chart]:
    row = HeatRow("ML engineer", (0.3, None), 1412)
    pair = Comparison("Python", (PYTHON, RUST))
    return [
        charts.bar_with_intervals([PYTHON, RUST, CUDA], make_caption(), reference=("all roles", 0.48)),
        charts.paired_bars([pair], make_caption(), names=("ML engineer", "data scientist")),
        charts.stacked_levels([LevelShares("Python", 0.59, 0.05, 0.19, 1412)], make_caption()),
        charts.line_over_months([Series("Python", (PYTHON, RUST))], make_caption(), months=[679, 680]),
        heat_map([row], make_caption(), columns=("vision", "platform")),
    ]


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.spec["type"])
def test_every_spec_is_plain_json(chart):
    assert json.loads(json.dumps(chart.spec, allow_nan=False)).keys() == {"type", "data", "options", "format"}


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.spec["type"])
def test_every_chart_says_its_unit_and_its_n(chart):
    assert chart.subtitle.startswith("share of postings (%) · n = 1,412 postings")


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.spec["type"])
def test_every_row_of_a_table_is_as_wide_as_its_head(chart):
    assert {len(row) for row in chart.table.rows} == {len(chart.table.columns)}


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.spec["type"])
def test_every_point_has_a_tooltip(chart):
    drawn = [dataset for dataset in chart.spec["data"]["datasets"] if not dataset.get("band")]

    assert drawn
    assert all(len(dataset["notes"]) == len(dataset["data"]) for dataset in drawn)


def test_shares_are_drawn_in_percent_with_the_ends_of_their_interval():
    chart = charts.bar_with_intervals([PYTHON], make_caption())

    assert chart.spec["data"]["datasets"][0]["data"] == [{"x": 83.0, "xMin": 81.0, "xMax": 85.0}]


def test_the_tooltip_says_share_interval_and_n():
    chart = charts.bar_with_intervals([PYTHON, RUST], make_caption())

    assert chart.spec["data"]["datasets"][0]["notes"] == ["83% (81–85), n = 1,412", "withheld"]


def test_a_withheld_share_is_neither_drawn_nor_in_the_table():
    chart = charts.bar_with_intervals([RUST], make_caption())

    assert chart.spec["data"]["datasets"][0]["data"] == [{"x": None}]
    assert [cell.text for cell in chart.table.rows[0]] == ["Rust", "withheld", "", "7"]


def test_a_thin_share_is_fainter_than_a_safe_one():
    colors = charts.bar_with_intervals([PYTHON, CUDA], make_caption()).spec["data"]["datasets"][0]["backgroundColor"]

    assert colors == ["series-1", "series-1/40"]


def test_what_is_not_a_number_becomes_a_gap():
    chart = charts.bar_with_intervals([Estimate("Go", float("nan"), n=0)], make_caption())

    assert chart.spec["data"]["datasets"][0]["data"] == [{"x": None}]
    assert chart.table.rows[0][1].text == "–"


def test_bars_lead_to_their_postings_in_the_chart_and_in_the_table():
    chart = charts.bar_with_intervals([PYTHON], make_caption())

    assert chart.spec["data"]["datasets"][0]["links"] == [PYTHON.url]
    assert chart.table.rows[0][1].url == PYTHON.url


def test_a_reference_line_stands_at_the_drawn_scale():
    chart = charts.bar_with_intervals([PYTHON], make_caption(), reference=("all roles", 0.48))
    line = chart.spec["options"]["plugins"]["annotation"]["annotations"]["reference"]

    assert (line["xMin"], line["xMax"], line["label"]) == (48.0, 48.0, "all roles")


def test_each_side_of_a_comparison_has_its_own_colour_and_name():
    sides = Comparison("SQL", (Estimate("", 0.37), Estimate("", 0.71)))
    datasets = charts.paired_bars([sides], make_caption(), names=("a", "b")).spec["data"]["datasets"]

    assert [(one["label"], one["backgroundColor"], one["data"]) for one in datasets] == [
        ("a", "series-1", [{"x": 37.0}]),
        ("b", "series-2", [{"x": 71.0}]),
    ]


def test_levels_stack_to_the_share_that_names_the_skill_at_all():
    chart = charts.stacked_levels([LevelShares("Python", 0.59, 0.05, 0.19, 1412)], make_caption())
    drawn = [dataset["data"][0] for dataset in chart.spec["data"]["datasets"]]

    assert sum(drawn) == pytest.approx(83)
    assert chart.table.rows[0][1].text == "83%"


def test_a_line_is_followed_by_the_two_edges_of_its_band():
    chart = charts.line_over_months([Series("Python", (PYTHON,))], make_caption(), months=[680])
    line, low, high = chart.spec["data"]["datasets"]

    assert (line["data"], low["data"], high["data"]) == ([83.0], [81.0], [85.0])
    assert (low["fill"], high["fill"]) == (False, "-1")


def test_a_month_without_a_figure_is_a_gap_in_line_and_band():
    series = Series("Rust", (PYTHON, Estimate("", None, 0.0, 1.0, n=3, state="withheld")))
    chart = charts.line_over_months([series], make_caption(), months=[679, 680])

    assert [dataset["data"][1] for dataset in chart.spec["data"]["datasets"]] == [None, None, None]


def test_counts_without_intervals_have_no_band():
    series = Series("postings", (Estimate("", 41), Estimate("", 52)))
    chart = charts.line_over_months([series], make_caption(unit=POSTINGS), months=[679, 680])

    assert len(chart.spec["data"]["datasets"]) == 1


def test_the_table_of_counts_over_months_has_no_empty_columns():
    series = Series("postings", (Estimate("", 41), Estimate("", 52)))
    table = charts.line_over_months([series], make_caption(unit=POSTINGS), months=[679, 680]).table

    assert [column.text for column in table.columns] == ["month", "postings"]
    assert [[cell.text for cell in row] for row in table.rows] == [["Aug 2026", "41"], ["Sep 2026", "52"]]


def test_an_unfinished_month_is_shaded_and_named():
    series = Series("Python", (PYTHON, PYTHON))
    chart = charts.line_over_months([series], make_caption(), months=[679, 680], unfinished=680)
    box = chart.spec["options"]["plugins"]["annotation"]["annotations"]["unfinished"]

    assert (box["xMin"], box["xMax"]) == (0.5, 1.5)
    assert "Sep 2026 is not finished" in chart.subtitle


def test_heat_cells_are_coloured_by_their_part_of_the_largest():
    row = HeatRow("ML engineer", (0.8, 0.4, 0.0, None), 100)
    chart = heat_map([row], make_caption(), columns=("a", "b", "c", "d"))

    assert chart.spec["data"]["datasets"][0]["heat"] == [9, 5, 0, None]
    assert [cell.heat for cell in chart.table.rows[0]] == ["", "9", "5", "0", "", ""]


def test_heat_cells_lead_to_the_postings_of_row_and_column():
    row = HeatRow("ML engineer", (0.8, 0.2), 100, urls=("/a/", "/b/"))
    chart = heat_map([row], make_caption(), columns=("a", "b"))

    assert chart.spec["data"]["datasets"][0]["links"] == ["/a/", "/b/"]
    assert [cell.url for cell in chart.table.rows[0][1:3]] == ["/a/", "/b/"]


def test_a_heat_map_of_zeros_divides_by_nothing():
    chart = heat_map([HeatRow("clerk", (0.0, 0.0), 12)], make_caption(), columns=("a", "b"))

    assert chart.spec["data"]["datasets"][0]["heat"] == [0, 0]


def test_a_chart_without_rows_or_series_is_empty():
    assert charts.bar_with_intervals([], make_caption()).is_empty
    assert charts.line_over_months([], make_caption(), months=[680]).is_empty
    assert not charts.bar_with_intervals([RUST], make_caption()).is_empty


def test_units_keep_prefix_and_decimals():
    pay = Unit("yearly pay", scale=0.001, prefix="$", suffix="k")
    chart = charts.bar_with_intervals([Estimate("ML engineer", 152000, 141000, 163000, 90)], make_caption(unit=pay))

    assert chart.spec["data"]["datasets"][0]["notes"] == ["$152k ($141k to $163k), n = 90"]


def test_a_thin_row_of_a_heat_map_keeps_its_figures_and_gets_no_colour():
    rows = [HeatRow("analyst", (0.2, 0.1), 40), HeatRow("clerk", (0.9, 0.0), 12, state="thin")]
    chart = heat_map(rows, make_caption(), columns=("a", "b"))

    assert chart.spec["data"]["datasets"][0]["heat"] == [9, 5, None, None]
    assert [cell.text for cell in chart.table.rows[1]] == ["clerk", "90%", "0%", "12"]


def test_a_heat_cell_tells_the_count_behind_its_share():
    row = HeatRow("analyst", (0.2,), 40, counts=(8,))
    chart = heat_map([row], make_caption(), columns=("a",))

    assert chart.spec["data"]["datasets"][0]["notes"] == ["analyst, a: 20%, 8 of 40"]


def test_each_level_leads_to_its_own_postings():
    row = LevelShares("Python", 0.5, 0.25, 0.0, 40, url="/any/", urls=("/required/", "/preferred/", "/mentioned/"))
    chart = charts.stacked_levels([row], make_caption())

    assert [part["links"] for part in chart.spec["data"]["datasets"]] == [
        ["/required/"],
        ["/preferred/"],
        ["/mentioned/"],
    ]
    assert [cell.url for cell in chart.table.rows[0]] == ["/any/", "/any/", "/required/", "/preferred/", "", ""]
