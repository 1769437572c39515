"""Plain figures -> charts: a Chart.js spec, the same figures as a table, and one sentence that says them.

Pure. A spec is JSON-safe: {"type", "data", "options", "format"}. Colours are names of CSS tokens ("series-1",
"series-1/35" with an opacity in percent) that static/js/charts.js resolves, since it knows the theme. In a
dataset, `notes` and `links` are the tooltip and the address of each point. Shares come in as 0..1 and are
drawn in percent. The values that go in (Estimate, Series ...) stand in analytics/tables.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from analytics.figures import month_name, number
from analytics.tables import (
    Cell,
    Comparison,
    Estimate,
    LevelShares,
    Series,
    Table,
    Unit,
    estimate_cells,
    is_known,
    n_cell,
    number_cell,
    scaled,
    series_cells,
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

    n: how many postings the figures rest on, None where that has no single answer; rows: what a row is;
    method: a key of analytics.methods.
    """

    key: str
    title: str
    summary: str
    unit: Unit
    n: int | None
    rows: str = "skill"
    method: str = ""


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
    method: str = ""

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
        "data": [bar_point(row, caption.unit) for row in rows],
        "backgroundColor": ["series-1/40" if row.state == "thin" else "series-1" for row in rows],
        "notes": [note_of(row, caption.unit) for row in rows],
        "links": [row.url for row in rows],
    }
    options = horizontal(caption.unit)
    if reference:
        options["plugins"] = {"legend": {"display": False}, "annotation": _reference(reference, caption.unit)}
    data: Spec = {"labels": [row.label for row in rows], "datasets": [dataset]}
    cells = tuple((Cell(row.label, url=row.url), *estimate_cells(row, caption.unit), n_cell(row.n)) for row in rows)
    table = Table(table_columns(caption.rows, caption.unit.label, "95% interval", "n", unit=caption.unit), cells)
    spec = make_spec("barWithErrorBars", data, options, caption.unit)
    return make_chart(caption, spec, table, rows_height(len(rows)))


def paired_bars(rows: Sequence[Comparison], caption: Caption, *, names: Sequence[str]) -> Chart:
    """Return two to four bars with error bars per row; each row has one estimate per name, in order."""
    datasets: list[Json] = [
        {
            "label": name,
            "data": [bar_point(row.sides[index], caption.unit) for row in rows],
            "backgroundColor": f"series-{index + 1}",
            "notes": [f"{name}: {note_of(row.sides[index], caption.unit)}" for row in rows],
            "links": [row.sides[index].url or row.url for row in rows],
        }
        for index, name in enumerate(names)
    ]
    data: Spec = {"labels": [row.label for row in rows], "datasets": datasets}
    spec = make_spec("barWithErrorBars", data, horizontal(caption.unit, legend=True), caption.unit)
    cells = []
    for row in rows:
        sides = [cell for side in row.sides for cell in estimate_cells(side, caption.unit)]
        cells.append((Cell(row.label, url=row.url), *sides))
    headers = [header for name in names for header in (name, f"{name}, 95% interval")]
    height = rows_height(len(rows), row_height=12 * len(names) + 8) + 24
    return make_chart(
        caption, spec, Table(table_columns(caption.rows, *headers, unit=caption.unit), tuple(cells)), height
    )


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
    options = horizontal(caption.unit, legend=True, stacked=True)
    data: Spec = {"labels": [row.label for row in rows], "datasets": datasets}
    cells = tuple(_level_cells(row, caption.unit) for row in rows)
    table = Table(table_columns(caption.rows, "any level", *_LEVELS, "n", unit=caption.unit), cells)
    return make_chart(caption, make_spec("bar", data, options, caption.unit), table, rows_height(len(rows)) + 24)


def line_over_months(
    series: Sequence[Series],
    caption: Caption,
    *,
    months: Sequence[int],
    unfinished: int | None = None,
) -> Chart:
    """Return one line per series over months (months since January 1970); `unfinished` is one of them."""
    place = None if unfinished is None else months.index(unfinished)
    names = [month_name(month) for month in months]
    return line_over_periods(series, replace(caption, rows="month"), names=names, unfinished=place)


def line_over_periods(
    series: Sequence[Series],
    caption: Caption,
    *,
    names: Sequence[str],
    unfinished: int | None = None,
    top: float | None = None,
) -> Chart:
    """Return one line per series over periods with these names, in their order, with bands of intervals.

    A period without a figure is a gap. `unfinished` is the place of one that the data cover only in part: it is shaded.
    `top`, before scaling, is where the axis ends at least: charts that stand side by side are drawn to one scale.
    """
    lines = [line for index, one in enumerate(series) for line in _line_datasets(one, index, caption.unit)]
    highest: Spec = {} if top is None else {"suggestedMax": round(top * caption.unit.scale, 4)}
    options: Spec = {
        "scales": {"y": {"beginAtZero": True, "title": _axis_title(caption.unit), **highest}},
        "plugins": {"legend": {"display": len(series) > 1}, "annotation": _shade(unfinished)},
        "interaction": {"mode": "index", "intersect": False},
    }
    spec = make_spec("line", {"labels": list(names), "datasets": lines}, options, caption.unit)
    headers = [header for one in series for header in one.heads]
    cells = []
    for place, name in enumerate(names):
        found = [cell for one in series for cell in series_cells(one, place, caption.unit)]
        cells.append((Cell(name, sort=f"{place:04d}"), *found))
    note = "" if unfinished is None else f" · {names[unfinished]} is not finished"
    table = Table(table_columns(caption.rows, *headers, unit=caption.unit), tuple(cells))
    return make_chart(caption, spec, table, 320, note=note)


def make_chart(caption: Caption, spec: Spec, table: Table, height: int, *, note: str = "") -> Chart:
    basis = "" if caption.n is None else f" · n = {number(caption.n)} postings"
    unit = caption.unit.label + (f" ({caption.unit.suffix})" if caption.unit.suffix else "")
    subtitle = f"{unit}{basis}{note}"
    return Chart(caption.key, caption.title, subtitle, caption.summary, height, spec, table, caption.method)


def make_spec(kind: str, data: Json, options: Json, unit: Unit) -> Spec:
    mark: Spec = {"prefix": unit.prefix, "suffix": unit.suffix, "decimals": unit.decimals}
    return {"type": kind, "data": data, "options": options, "format": mark}


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
        "notes": [f"{one.name}: {note_of(point, unit)}" for point in one.points],
        "links": [point.url for point in one.points],
    }
    if index >= len(_DASHES) or not any(is_known(point.low) for point in one.points):
        return [line]
    edge: Spec = {"band": True, "label": one.name, "borderColor": "none", "backgroundColor": f"{color}/16"}
    low: Spec = {**edge, "data": [scaled(_shown(point, point.low), unit) for point in one.points], "fill": False}
    high: Spec = {**edge, "data": [scaled(_shown(point, point.high), unit) for point in one.points], "fill": "-1"}
    return [line, low, high]


def _shown(point: Estimate, value: float | None) -> float | None:
    return value if is_known(point.value) else None


def bar_point(row: Estimate, unit: Unit) -> Spec:
    point: Spec = {"x": scaled(row.value, unit)}
    if is_known(row.value) and is_known(row.low) and is_known(row.high):
        point["xMin"] = scaled(row.low, unit)
        point["xMax"] = scaled(row.high, unit)
    return point


def horizontal(unit: Unit, *, legend: bool = False, stacked: bool = False) -> Spec:
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


def _shade(place: int | None) -> Json:
    if place is None:
        return {"annotations": {}}
    box: Spec = {"type": "box", "xMin": place - 0.5, "xMax": place + 0.5}
    return {"annotations": {"unfinished": box}}


def note_of(row: Estimate, unit: Unit) -> str:
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
    figures = (number_cell(share, unit, url if share else "") for share, url in zip(shares, urls, strict=True))
    return Cell(row.label, url=row.url), *figures, n_cell(row.n)


def rows_height(rows: int, *, row_height: int = _ROW_HEIGHT) -> int:
    return _AXES_HEIGHT + rows * row_height
