"""A table as a file: CSV that begins with what it is about, and JSON that says the same.

Pure. The figures are those of the screen: its cells, as numbers scaled as they are drawn. A share becomes five columns
(percent, both ends of its interval, postings, of how many), a bar of levels three, an interval two.
"""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from analytics.charts import Chart
from analytics.tables import Cell, Column, Sheet, Table
from postings.spreadsheets import neutral

Value = float | int | str | None
Exportable = Chart | Sheet

SHARE_PARTS = ("", " low", " high", " postings", " of")
LEVEL_PARTS = (" required", " preferred", " mentioned")
EMPTY = "no figure, or withheld because it rests on fewer than 10 postings"


@dataclass(frozen=True)
class About:
    """What an export says about itself: (name, text) in the order in which they are written."""

    title: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Grid:
    """A table in plain values; every name stands once."""

    names: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def exportable(screen: object) -> dict[str, Exportable]:
    """Return every chart and sheet inside a screen (dataclasses, tuples, lists and mappings of them), by key.

    Raises ValueError where two have one key.
    """
    found: dict[str, Exportable] = {}
    _collect(screen, found)
    return found


def whole_table(part: Exportable) -> Table:
    """Return all rows: those of a sheet's other pages too."""
    return part.whole() if isinstance(part, Sheet) and part.whole else part.table


def grid_of(table: Table) -> Grid:
    """Return the table in plain values; None is an empty cell."""
    names: list[str] = []
    columns: list[Sequence[Value]] = []
    before = ""
    for place, column in enumerate(table.columns):
        parts = _parts([row[place] for row in table.rows], column, before)
        for name, values in parts:
            names.append(_unused(name, names))
            columns.append(values)
        before = column.text
    return Grid(tuple(names), tuple(zip(*columns, strict=True)) if columns else ())


def csv_text(grid: Grid, about: About) -> str:
    """Return the notes, a line each, and the table; the first line says where it begins.

    Notes stand in the first cell of their lines. No cell is taken for a formula by a spreadsheet.
    """
    notes = [f"{name}: {text}" for name, text in about.facts]
    sheet = io.StringIO()
    write = csv.writer(sheet, lineterminator="\r\n").writerow
    write([f"Rolescope: {about.title} (the table begins on line {len(notes) + 2})"])
    for note in notes:
        write([neutral(" ".join(note.split()))])
    write([neutral(name) for name in grid.names])
    for row in grid.rows:
        write([neutral(value) if isinstance(value, str) else "" if value is None else value for value in row])
    return sheet.getvalue()


def json_text(grid: Grid, about: About) -> str:
    """Return {"title", "about": {name: text}, "columns": [...], "rows": [{column: value}]}."""
    rows = [dict(zip(grid.names, row, strict=True)) for row in grid.rows]
    whole = {"title": about.title, "about": dict(about.facts), "columns": list(grid.names), "rows": rows}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


WRITERS: Mapping[str, tuple[str, Callable[[Grid, About], str]]] = {
    "csv": ("text/csv; charset=utf-8", csv_text),
    "json": ("application/json", json_text),
}


def _collect(part: object, found: dict[str, Exportable]) -> None:
    if isinstance(part, Chart | Sheet):
        if part.key in found and found[part.key] is not part:
            raise ValueError(f"Two tables of this page are called {part.key}.")
        found[part.key] = part
    elif isinstance(part, Mapping):
        for one in part.values():
            _collect(one, found)
    elif isinstance(part, tuple | list):
        for one in part:
            _collect(one, found)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            _collect(getattr(part, field.name), found)


def _parts(cells: Sequence[Cell], column: Column, before: str) -> list[tuple[str, Sequence[Value]]]:
    """Return the columns that one column of a screen becomes."""
    name, mark = column.text, f" ({column.unit.suffix.strip()})" if column.unit and column.unit.suffix else ""
    if any(cell.share for cell in cells):
        values = [_share_values(cell) for cell in cells]
        ends = [f"{name}{part}{' (%)' if place < 3 else ''}" for place, part in enumerate(SHARE_PARTS)]
        return [(end, [value[place] for value in values]) for place, end in enumerate(ends)]
    if any(cell.levels for cell in cells):
        counts = [cell.levels.counts if cell.levels else (None,) * 3 for cell in cells]
        return [(f"{name}{part}", [count[place] for count in counts]) for place, part in enumerate(LEVEL_PARTS)]
    if any(cell.low is not None for cell in cells):
        lows, highs = [cell.low for cell in cells], [cell.high for cell in cells]
        own = (
            [(f"{name}{mark}", [cell.value for cell in cells])] if any(cell.value is not None for cell in cells) else []
        )
        whose = name if own else before
        return [*own, (f"{whose} low{mark}", lows), (f"{whose} high{mark}", highs)]
    if any(cell.value is not None for cell in cells):
        return [(f"{name}{mark}", [cell.value for cell in cells])]
    return [(name, [cell.text or None for cell in cells])]


def _share_values(cell: Cell) -> tuple[Value, ...]:
    share = cell.share
    if share is None:
        return (None,) * 5
    if share.postings is None or share.ends is None:
        return (None, None, None, None, share.of)
    low, high = (round(100 * end, 4) for end in share.ends)
    return (round(100 * share.postings / share.of, 4), low, high, share.postings, share.of)


def _unused(name: str, names: Sequence[str]) -> str:
    number = 2
    found = name
    while found in names:
        found, number = f"{name} ({number})", number + 1
    return found
