"""Dots on a scale: ranges around a median, differences around zero, things on a plane.

Pure; the same promises as analytics/charts.py, which draws the bars and lines.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from analytics.charts import (
    Caption,
    Chart,
    Json,
    Spec,
    bar_point,
    horizontal,
    make_chart,
    make_spec,
    note_of,
    rows_height,
)
from analytics.figures import Reliability, number
from analytics.tables import (
    Cell,
    Estimate,
    Table,
    Unit,
    estimate_cells,
    interval_cell,
    is_known,
    n_cell,
    scaled,
    table_columns,
)

_SMALLEST, _LARGEST = 4.0, 16.0
_PLANE_HEIGHT = 460
_POINTS = ("circle", "rect", "triangle", "rectRot", "star", "cross", "crossRot", "rectRounded")


@dataclass(frozen=True)
class RangeRow:
    """A median with the ends of its 95% interval (low, high) and of the middle half (q1, q3); None where unknown."""

    label: str
    median: float | None
    low: float | None = None
    high: float | None = None
    q1: float | None = None
    q3: float | None = None
    n: int | None = None
    url: str = ""
    state: Reliability = "ok"

    @property
    def estimate(self) -> Estimate:
        return Estimate(self.label, self.median, self.low, self.high, self.n, self.url, self.state)


@dataclass(frozen=True)
class Dot:
    """One thing on a plane. size: what its area stands for (postings); note: what the tooltip says after its name.

    tone: a token of the palette; each tone has a shape of its own too.
    """

    label: str
    x: float
    y: float
    size: float | None = None
    url: str = ""
    note: str = ""
    tone: str = "series-1"


def range_bars(rows: Sequence[RangeRow], caption: Caption) -> Chart:
    """Return a dot for each median with its 95% interval, on a pale bar over the middle half, in the order given."""
    unit = caption.unit
    notes = [_range_note(row, unit) for row in rows]
    links = [row.url for row in rows]
    halves: Spec = {
        "label": "middle half",
        "data": [_half(row, unit) for row in rows],
        "backgroundColor": ["series-1/12" if row.state == "thin" else "series-1/28" for row in rows],
        "notes": notes,
        "links": links,
    }
    medians: Spec = {
        "type": "scatterWithErrorBars",
        "label": "median, 95% interval",
        "data": [_median_point(row, unit) for row in rows],
        "backgroundColor": ["surface" if row.state == "thin" else "series-1" for row in rows],
        "borderColor": "series-1",
        "notes": notes,
        "links": links,
    }
    options = horizontal(unit, legend=True)
    data: Spec = {"labels": [row.label for row in rows], "datasets": [medians, halves]}
    headers = (unit.label, "95% interval", "middle half", "n")
    table = Table(table_columns(caption.rows, *headers, unit=unit), tuple(_range_cells(row, unit) for row in rows))
    return make_chart(caption, make_spec("bar", data, options, unit), table, rows_height(len(rows)) + 24)


def difference_bars(rows: Sequence[Estimate], caption: Caption) -> Chart:
    """Return bars around zero with their 95% intervals: more to the right, less to the left.

    An interval that holds zero makes its bar pale: such a difference may be none.
    """
    dataset: Spec = {
        "label": caption.unit.label,
        "data": [bar_point(row, caption.unit) for row in rows],
        "backgroundColor": [_sign_color(row) for row in rows],
        "notes": [_difference_note(row, caption.unit) for row in rows],
        "links": [row.url for row in rows],
    }
    options = horizontal(caption.unit)
    options["plugins"] = {"legend": {"display": False}, "annotation": {"annotations": {"zero": _ZERO}}}
    data: Spec = {"labels": [row.label for row in rows], "datasets": [dataset]}
    cells = tuple((Cell(row.label, url=row.url), *estimate_cells(row, caption.unit), n_cell(row.n)) for row in rows)
    table = Table(table_columns(caption.rows, caption.unit.label, "95% interval", "n", unit=caption.unit), cells)
    spec = make_spec("barWithErrorBars", data, options, caption.unit)
    return make_chart(caption, spec, table, rows_height(len(rows)))


def scatter(dots: Sequence[Dot], caption: Caption, axes: tuple[str, str] = ("", "")) -> Chart:
    """Return dots with their names beside them. Axes without names make a map: one scale for both, no ticks."""
    known = [dot for dot in dots if is_known(dot.x) and is_known(dot.y)]
    tones = list(dict.fromkeys(dot.tone for dot in known))
    dataset: Spec = {
        "label": caption.unit.label,
        "data": [{"x": _rounded(dot.x), "y": _rounded(dot.y)} for dot in known],
        "radius": _radii(known),
        "backgroundColor": [f"{dot.tone}/70" for dot in known],
        "borderColor": [dot.tone for dot in known],
        "pointStyle": [_POINTS[tones.index(dot.tone) % len(_POINTS)] for dot in known],
        "names": [dot.label for dot in known],
        "notes": [f"{dot.label}: {dot.note}" if dot.note else dot.label for dot in known],
        "links": [dot.url for dot in known],
    }
    options: Spec = {
        "scales": {"x": _plane_axis(axes[0]), "y": _plane_axis(axes[1])},
        "plugins": {"legend": {"display": False}},
        "isMap": axes == ("", ""),
    }
    sized = any(dot.size is not None for dot in known)
    headers = (axes[0] or "across", axes[1] or "upwards", *(("postings",) if sized else ()))
    table = Table(table_columns(caption.rows, *headers), tuple(_dot_cells(dot, sized=sized) for dot in known))
    spec = make_spec("scatter", {"datasets": [dataset]}, options, caption.unit)
    return make_chart(caption, spec, table, _map_height(len(known)) if axes == ("", "") else _PLANE_HEIGHT)


_ZERO: Spec = {"type": "line", "xMin": 0, "xMax": 0}


def _half(row: RangeRow, unit: Unit) -> Json:
    if not (is_known(row.median) and is_known(row.q1) and is_known(row.q3)):
        return None
    return [scaled(row.q1, unit), scaled(row.q3, unit)]


def _median_point(row: RangeRow, unit: Unit) -> Json:
    return {**bar_point(row.estimate, unit), "y": row.label}


def _range_note(row: RangeRow, unit: Unit) -> str:
    """The tooltip: "median $152k ($141k to $163k), n = 1,412; half lie between $120k and $180k"."""
    note = note_of(row.estimate, unit)
    if not is_known(row.median):
        return note
    half = ""
    if is_known(row.q1) and is_known(row.q3):
        half = f"; half lie between {unit.text(row.q1)} and {unit.text(row.q3)}"
    return f"median {note}{half}"


def _range_cells(row: RangeRow, unit: Unit) -> tuple[Cell, ...]:
    half = interval_cell(row.q1, row.q3, unit) if is_known(row.median) else Cell()
    return Cell(row.label, url=row.url), *estimate_cells(row.estimate, unit), half, n_cell(row.n)


def _is_sure(row: Estimate) -> bool:
    """False where the interval holds zero, or where there is none."""
    return is_known(row.low) and is_known(row.high) and not row.low <= 0 <= row.high


def _sign_color(row: Estimate) -> str:
    color = "down" if is_known(row.value) and row.value < 0 else "up"
    return color if _is_sure(row) and row.state == "ok" else f"{color}/40"


def _difference_note(row: Estimate, unit: Unit) -> str:
    unsure = "; may be no difference" if is_known(row.value) and is_known(row.low) and not _is_sure(row) else ""
    return note_of(row, unit) + unsure


def _map_height(dots: int) -> int:
    """A map has one scale for both directions, so its height gives names their room."""
    return min(700, max(_PLANE_HEIGHT, 360 + 7 * dots))


def _plane_axis(name: str) -> Spec:
    return {"type": "linear", "display": bool(name), "title": {"display": bool(name), "text": name}}


def _radii(dots: Sequence[Dot]) -> list[Json]:
    """Radii in pixels: the areas stand for the sizes."""
    top = max((dot.size for dot in dots if is_known(dot.size)), default=0.0)
    if top <= 0:
        return [_SMALLEST + 1.0] * len(dots)
    return [round(max(_SMALLEST, _LARGEST * math.sqrt(max(dot.size or 0.0, 0.0) / top)), 2) for dot in dots]


def _dot_cells(dot: Dot, *, sized: bool) -> tuple[Cell, ...]:
    places = (Cell(number(value, decimals=2), value=_rounded(value)) for value in (dot.x, dot.y))
    size = (n_cell(None if dot.size is None else round(dot.size)),) if sized else ()
    return Cell(dot.label, url=dot.url), *places, *size


def _rounded(value: float) -> float:
    return round(float(value), 4)
