"""Tables as files: the same figures as numbers, with what they rest on, and nothing that a spreadsheet would run."""

import csv
import io
import json
from dataclasses import dataclass

import pandas as pd
import pytest

from analytics.charts import Caption, bar_with_intervals
from analytics.exports import About, csv_text, exportable, grid_of, json_text, whole_table
from analytics.figures import level_bar, share_figure, spark_line
from analytics.tables import (
    SHARE,
    Cell,
    Column,
    Estimate,
    Sheet,
    Table,
    Unit,
    interval_cell,
    levels_cell,
    n_cell,
    number_cell,
    share_cell,
    spark_cell,
    table_columns,
    text_cell,
)

POINTS = Unit("difference in points", scale=100, decimals=1)
ABOUT = About("Skills of a role", (("Run", "Run 3"), ("Filters", "Country: Germany\nand more"), ("Method", "=SUM(A1)")))


def test_every_kind_of_cell_is_written_as_plain_numbers():
    share = share_figure(83, 100, interval=(0.7444, 0.8911), state="ok")
    row = (
        text_cell("C#"),
        share_cell(share),
        levels_cell(level_bar(50, 3, 30)),
        spark_cell(spark_line([1, 2], text="1 to 2")),
        number_cell(0.061, POINTS),
        interval_cell(0.04, 0.082, POINTS),
        n_cell(100),
    )
    columns = (*table_columns("skill", "share", "levels", "trend", "difference", "95% interval", "n"),)

    grid = grid_of(Table(columns, (row,)))

    assert dict(zip(grid.names, grid.rows[0], strict=True)) == {
        "skill": "C#",
        "share (%)": 83.0,
        "share low (%)": 74.44,
        "share high (%)": 89.11,
        "share postings": 83,
        "share of": 100,
        "levels required": 50,
        "levels preferred": 3,
        "levels mentioned": 30,
        "trend": "1 to 2",
        "difference": 6.1,
        "difference low": 4.0,
        "difference high": 8.2,
        "n": 100,
    }


def test_a_withheld_share_keeps_only_of_how_many():
    withheld = share_figure(2, 7, interval=(0.08, 0.64), state="withheld")
    grid = grid_of(Table((Column("skill", is_number=False), Column("share")), ((Cell("R"), share_cell(withheld)),)))

    assert grid.rows == (("R", None, None, None, None, 7),)


def test_two_columns_of_one_name_are_told_apart():
    table = Table(table_columns("skill", "n", "n"), ((Cell("R"), n_cell(1), n_cell(2)),))

    assert grid_of(table).names == ("skill", "n", "n (2)")


def test_a_csv_says_on_which_line_its_table_begins_and_is_read_back_whole():
    table = Table(table_columns("skill", "share", unit=SHARE), ((Cell("C#"), number_cell(0.5, SHARE)),))

    text = csv_text(grid_of(table), ABOUT)

    first, *_ = csv.reader(io.StringIO(text))
    assert first == ["Rolescope: Skills of a role (the table begins on line 5)"]
    found = pd.read_csv(io.StringIO(text), skiprows=4)
    assert found.to_dict("records") == [{"skill": "C#", "share (%)": 50.0}]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+cmd|' /C calc'!A0", "@SUM(1)", "\t=1"])
def test_no_cell_is_run_as_a_formula(text):
    written = csv_text(grid_of(Table((Column(text, is_number=False),), ((Cell(text),),))), ABOUT)

    cells = [cell for line in csv.reader(io.StringIO(written)) for cell in line]
    assert f"'{text}" in cells
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for cell in cells)


def test_negative_numbers_stay_numbers():
    grid = grid_of(Table(table_columns("skill", "change"), ((Cell("R"), number_cell(-0.5, POINTS)),)))

    assert csv_text(grid, ABOUT).splitlines()[-1] == "R,-50.0"


def test_json_says_the_same_as_the_csv():
    table = Table(table_columns("skill", "n"), ((Cell("R"), n_cell(3)), (Cell("Go"), n_cell(None))))

    said = json.loads(json_text(grid_of(table), ABOUT))

    assert said["title"] == "Skills of a role"
    assert said["about"]["Run"] == "Run 3"
    assert said["rows"] == [{"skill": "R", "n": 3}, {"skill": "Go", "n": None}]


@dataclass(frozen=True)
class Tab:
    sheet: Sheet


@dataclass(frozen=True)
class Screen:
    tabs: tuple[Tab, ...]
    chart: object
    nothing: None = None


def test_charts_and_sheets_are_found_wherever_they_stand_in_a_screen():
    caption = Caption("asked", "What is asked for", "Python most.", SHARE, 100)
    chart = bar_with_intervals([Estimate("Python", 0.8, 0.7, 0.9, n=100)], caption)
    sheet = Sheet("lines", "Lines", Table((), ()), whole=lambda: Table(table_columns("skill"), ((Cell("R"),),)))

    found = exportable(Screen((Tab(sheet),), {"one": chart}))

    assert found == {"asked": chart, "lines": sheet}
    assert whole_table(sheet).rows == ((Cell("R"),),)
    with pytest.raises(ValueError, match="called lines"):
        exportable([sheet, Sheet("lines", "Others", Table((), ()))])
