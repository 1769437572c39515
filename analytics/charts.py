"""Plain figures -> charts: a Chart.js spec, the same figures as a table, and one sentence that says them.

Pure. A spec is JSON-safe: {"type", "data", "options", "format"}. Colours are names of CSS tokens ("series-1",
"series-1/35" with an opacity in percent) that static/js/charts.js resolves, since it knows the theme. In a
dataset, `notes` and `links` are the tooltip and the address of each point. Shares come in as 0..1 and are
drawn in percent. The values that go in (Estimate, Series, HeatRow ...) stand in analytics/tables.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from analytics.figures import month_name, number
from analytics.tables import (
    Cell,
    Comparison,
    Estimate,
    HeatRow,
    LevelShares,
    Series,
    Table,
    Unit,
    estimate_cells,
    heat_step,
    is_known,
    n_cell,
    scaled,
    short_text,
    table_columns,
)

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"
Spec: TypeAlias = dict[str, Json]

_ROW_HEIGHT = 26
_AXES_HEIGHT = 60
_LEVELS = ("required", "preferred", "mentioned")
_DASHES: tuple[tuple[int, ...], ...] = ((), (6, 3), (2, 2), (8, 3, 2, 3))
_POINTS = ("circle", "rect", "triangle", "rectRot")


@dataclass(frozen=True)
class Caption:
    """key: unique on a page; title: the finding or the question; summary: one sentence with the main figures.

    n: how many postings the figures rest on, None where that has no single answer; rows: what a row is.
    """

    key: str
    title: str
    summary: str
    unit: Unit
    n: int | None
    rows: str = "skill"


@dataclass(frozen=True)
class Chart:
    """What _chart.html places. height in CSS pixels."""

    key: str
    title: str
    subtitle: str
    summary: str
    height: int
    spec: Spec
    table: Table

    @property
    def spec_id(self) -> str:
        return f"spec-{self.key}"

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to draw: no rows, or no series beside the months."""
        return not any(len(row) > 1 for row in self.table.rows)


def bar_with_intervals(
    rows: Sequence[Estimate], caption: Caption, *, reference: tuple[str, float] | None = None
) -> Chart:
    """Return horizontal bars with error bars, in the order given; reference draws a labelled line across."""
    dataset: Spec = {
        "label": caption.unit.label,
        "data": [_bar_point(row, caption.unit) for row in rows],
        "backgroundColor": ["series-1/40" if row.state == "thin" else "series-1" for row in rows],
        "notes": [_note(row, caption.unit) for row in rows],
        "links": [row.url for row in rows],
    }
    options = _horizontal(caption.unit)
    if reference:
        options["plugins"] = {"legend": {"display": False}, "annotation": _reference(reference, caption.unit)}
    data: Spec = {"labels": [row.label for row in rows], "datasets": [dataset]}
    cells = tuple((Cell(row.label, url=row.url), *estimate_cells(row, caption.unit), n_cell(row.n)) for row in rows)
    table = Table(table_columns(caption.rows, caption.unit.label, "95% interval", "n"), cells)
    return _chart(caption, _spec("barWithErrorBars", data, options, caption.unit), table, _rows_height(len(rows)))


def paired_bars(rows: Sequence[Comparison], caption: Caption, *, names: Sequence[str]) -> Chart:
    """Return two to four bars with error bars per row; each row has one estimate per name, in order."""
    datasets: list[Json] = [
        {
            "label": name,
            "data": [_bar_point(row.sides[index], caption.unit) for row in rows],
            "backgroundColor": f"series-{index + 1}",
            "notes": [f"{name}: {_note(row.sides[index], caption.unit)}" for row in rows],
            "links": [row.sides[index].url or row.url for row in rows],
        }
        for index, name in enumerate(names)
    ]
    data: Spec = {"labels": [row.label for row in rows], "datasets": datasets}
    spec = _spec("barWithErrorBars", data, _horizontal(caption.unit, legend=True), caption.unit)
    cells = []
    for row in rows:
        sides = [cell for side in row.sides for cell in estimate_cells(side, caption.unit)]
        cells.append((Cell(row.label, url=row.url), *sides))
    headers = [header for name in names for header in (name, f"{name}, 95% interval")]
    height = _rows_height(len(rows), row_height=12 * len(names) + 8) + 24
    return _chart(caption, spec, Table(table_columns(caption.rows, *headers), tuple(cells)), height)


def stacked_levels(rows: Sequence[LevelShares], caption: Caption) -> Chart:
    """Return one bar per row, stacked by requirement level; the whole bar is the share that names it."""
    shares = {level: [getattr(row, level) for row in rows] for level in _LEVELS}
    datasets: list[Json] = [
        {
            "label": level,
            "data": [scaled(share, caption.unit) for share in shares[level]],
            "backgroundColor": f"level-{level}",
            "notes": [
                f"{level}: {caption.unit.text(share)} of {number(row.n)}"
                for row, share in zip(rows, shares[level], strict=True)
            ],
            "links": [row.urls[place] if row.urls else row.url for row in rows],
        }
        for place, level in enumerate(_LEVELS)
    ]
    options = _horizontal(caption.unit, legend=True, stacked=True)
    data: Spec = {"labels": [row.label for row in rows], "datasets": datasets}
    cells = tuple(_level_cells(row, caption.unit) for row in rows)
    table = Table(table_columns(caption.rows, "any level", *_LEVELS, "n"), cells)
    return _chart(caption, _spec("bar", data, options, caption.unit), table, _rows_height(len(rows)) + 24)


def line_over_months(
    series: Sequence[Series], caption: Caption, *, months: Sequence[int], unfinished: int | None = None
) -> Chart:
    """Return one line per series over months (months since January 1970), with bands of intervals.

    A month without a figure is a gap; `unfinished`, a month that the data covers only in part, is shaded.
    """
    datasets: list[Json] = []
    for index, one in enumerate(series):
        datasets.extend(_line_datasets(one, index, caption.unit))
    labels = [month_name(month) for month in months]
    options: Spec = {
        "scales": {"y": {"beginAtZero": True, "title": _axis_title(caption.unit)}},
        "plugins": {"legend": {"display": len(series) > 1}, "annotation": _shade(months, unfinished)},
        "interaction": {"mode": "index", "intersect": False},
    }
    spec = _spec("line", {"labels": labels, "datasets": datasets}, options, caption.unit)
    headers = [header for one in series for header in (one.name, f"{one.name}, 95% interval", f"{one.name}, n")]
    cells = []
    for place, month in enumerate(months):
        points = [one.points[place] for one in series]
        found = [cell for point in points for cell in (*estimate_cells(point, caption.unit), n_cell(point.n))]
        cells.append((Cell(month_name(month), sort=str(month)), *found))
    note = "" if unfinished is None else f" · {month_name(unfinished)} is not finished"
    return _chart(caption, spec, Table(table_columns("month", *headers), tuple(cells)), 320, note=note)


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
    spec = _spec("matrix", data, options, caption.unit)
    table = Table(
        table_columns(caption.rows, *columns, "n"),
        tuple(_heat_cells(row, top, caption.unit) for row in rows),
        is_heat=True,
    )
    return _chart(caption, spec, table, _rows_height(len(rows)) + 50)


def _chart(caption: Caption, spec: Spec, table: Table, height: int, *, note: str = "") -> Chart:
    rests_on = "" if caption.n is None else f" · n = {number(caption.n)} postings"
    unit = caption.unit.label + (f" ({caption.unit.suffix})" if caption.unit.suffix else "")
    return Chart(caption.key, caption.title, f"{unit}{rests_on}{note}", caption.summary, height, spec, table)


def _spec(kind: str, data: Json, options: Json, unit: Unit) -> Spec:
    mark: Spec = {"prefix": unit.prefix, "suffix": unit.suffix, "decimals": unit.decimals}
    return {"type": kind, "data": data, "options": options, "format": mark}


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


def _line_datasets(one: Series, index: int, unit: Unit) -> list[Json]:
    """The line, and for the first four series the two edges of its band."""
    color = f"series-{index % 8 + 1}"
    line: Spec = {
        "label": one.name,
        "data": [scaled(point.value, unit) for point in one.points],
        "borderColor": color,
        "backgroundColor": color,
        "pointStyle": _POINTS[index % 4],
        "borderDash": list(_DASHES[index % 4]),
        "pointBackgroundColor": ["surface" if point.state == "thin" else color for point in one.points],
        "notes": [f"{one.name}: {_note(point, unit)}" for point in one.points],
        "links": [point.url for point in one.points],
    }
    if index >= len(_DASHES) or not any(is_known(point.low) for point in one.points):
        return [line]
    edge: Spec = {"band": True, "label": one.name, "borderColor": "none", "backgroundColor": f"{color}/16"}
    low: Spec = {
        **edge,
        "data": [scaled(_shown(point, point.low), unit) for point in one.points],
        "fill": False,
    }
    high: Spec = {
        **edge,
        "data": [scaled(_shown(point, point.high), unit) for point in one.points],
        "fill": "-1",
    }
    return [line, low, high]


def _shown(point: Estimate, value: float | None) -> float | None:
    return value if is_known(point.value) else None


def _bar_point(row: Estimate, unit: Unit) -> Json:
    point = {"x": scaled(row.value, unit)}
    if is_known(row.value) and is_known(row.low) and is_known(row.high):
        point["xMin"] = scaled(row.low, unit)
        point["xMax"] = scaled(row.high, unit)
    return point


def _horizontal(unit: Unit, *, legend: bool = False, stacked: bool = False) -> Spec:
    return {
        "indexAxis": "y",
        "scales": {
            "x": {"beginAtZero": True, "stacked": stacked, "title": _axis_title(unit)},
            "y": {"stacked": stacked},
        },
        "plugins": {"legend": {"display": legend}},
    }


def _axis_title(unit: Unit) -> Json:
    return {"display": True, "text": unit.label}


def _reference(reference: tuple[str, float], unit: Unit) -> Json:
    label, value = reference
    line: Spec = {"type": "line", "xMin": scaled(value, unit), "xMax": scaled(value, unit), "label": label}
    return {"annotations": {"reference": line}}


def _shade(months: Sequence[int], unfinished: int | None) -> Json:
    if unfinished is None or unfinished not in months:
        return {"annotations": {}}
    place = list(months).index(unfinished)
    box: Spec = {"type": "box", "xMin": place - 0.5, "xMax": place + 0.5}
    return {"annotations": {"unfinished": box}}


def _note(row: Estimate, unit: Unit) -> str:
    """The tooltip: "83% (81–85), n = 1,412"."""
    if not is_known(row.value):
        return "withheld" if row.state == "withheld" else "no figure"
    parts = unit.text(row.value)
    if is_known(row.low) and is_known(row.high):
        parts += f" ({unit.interval(row.low, row.high)})"
    return parts + ("" if row.n is None else f", n = {number(row.n)}")


def _level_cells(row: LevelShares, unit: Unit) -> tuple[Cell, ...]:
    shares = (row.required + row.preferred + row.mentioned, row.required, row.preferred, row.mentioned)
    urls = (row.url, *row.urls) if row.urls else (row.url, "", "", "")
    figures = (
        Cell(unit.text(share), sort=str(scaled(share, unit)), url=url if share else "")
        for share, url in zip(shares, urls, strict=True)
    )
    return Cell(row.label, url=row.url), *figures, n_cell(row.n)


def _heat_cells(row: HeatRow, top: float, unit: Unit) -> tuple[Cell, ...]:
    figures = []
    for place, (value, coloured) in enumerate(zip(row.values, _coloured(row), strict=True)):
        heat = heat_step(coloured, top)
        url = row.urls[place] if row.urls else ""
        figures.append(
            Cell(short_text(value, unit), str(scaled(value, unit) or 0), url, "" if heat is None else str(heat))
        )
    return Cell(row.label, url=row.url), *figures, n_cell(row.n)


def _rows_height(rows: int, *, row_height: int = _ROW_HEIGHT) -> int:
    return _AXES_HEIGHT + rows * row_height
