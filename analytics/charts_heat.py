"""Rows x columns of figures, each cell coloured by its part of the largest.

Pure; the same promises as analytics/charts.py, which draws the bars and lines.
"""

from collections.abc import Sequence

from analytics.charts import Caption, Chart, Spec, make_chart, make_spec, rows_height
from analytics.figures import number
from analytics.tables import Cell, HeatRow, Table, Unit, heat_step, is_known, n_cell, scaled, short_text, table_columns


def heat_map(rows: Sequence[HeatRow], caption: Caption, *, columns: Sequence[str]) -> Chart:
    """Return rows x columns; a cell is coloured by its part of the largest value and shows its figure."""
    top = max((value for row in rows for value in _coloured(row) if is_known(value)), default=0.0)
    names = [row.label for row in rows]
    options: Spec = {
        "scales": {
            "x": {"type": "category", "labels": list(columns), "position": "top", "offset": True},
            "y": {"type": "category", "labels": names, "offset": True, "reverse": False},
        },
        "plugins": {"legend": {"display": False}},
    }
    data: Spec = {"datasets": [_heat_dataset(rows, columns, top, caption.unit)]}
    spec = make_spec("matrix", data, options, caption.unit)
    table = Table(
        table_columns(caption.rows, *columns, "n", unit=caption.unit),
        tuple(_heat_cells(row, top, caption.unit) for row in rows),
        is_heat=True,
    )
    return make_chart(caption, spec, table, rows_height(len(rows)) + _names_height(columns))


def _names_height(columns: Sequence[str]) -> int:
    """Return the room above a heat map for the names of its columns, which are turned where they are long."""
    return 50 if max(map(len, columns), default=0) <= 12 else 110


def _heat_dataset(rows: Sequence[HeatRow], columns: Sequence[str], top: float, unit: Unit) -> Spec:
    points = [(row, column, row.values[place]) for row in rows for place, column in enumerate(columns)]
    return {
        "label": unit.label,
        "data": [{"x": column, "y": row.label, "v": scaled(value, unit)} for row, column, value in points],
        "heat": [heat_step(value, top) for row in rows for value in _coloured(row)],
        "texts": [short_text(value, unit) for _, _, value in points],
        "notes": [
            f"{row.label}, {column}: {_heat_note(row, place, unit)}"
            for row in rows
            for place, column in enumerate(columns)
        ],
        "links": [url for row in rows for url in row.urls or (row.url,) * len(columns)],
        "grid": {"columns": len(columns), "rows": len(rows)},
    }


def _heat_note(row: HeatRow, place: int, unit: Unit) -> str:
    """Return "34%, 480 of 1,412", or "34% of 1,412" where the row has no counts."""
    figure = short_text(row.values[place], unit) or "no figure"
    counted = f", {number(row.counts[place])}" if row.counts else ""
    return f"{figure}{counted} of {number(row.n)}"


def _coloured(row: HeatRow) -> tuple[float | None, ...]:
    """Return the values that get a colour: those of a thin row get none."""
    return row.values if row.state == "ok" else (None,) * len(row.values)


def _heat_cells(row: HeatRow, top: float, unit: Unit) -> tuple[Cell, ...]:
    figures = []
    for place, (value, coloured) in enumerate(zip(row.values, _coloured(row), strict=True)):
        heat = heat_step(coloured, top)
        url = row.urls[place] if row.urls else ""
        figures.append(
            Cell(short_text(value, unit), url=url, heat="" if heat is None else str(heat), value=scaled(value, unit))
        )
    return Cell(row.label, url=row.url), *figures, n_cell(row.n)
