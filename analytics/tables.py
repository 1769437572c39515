"""Figures in rows: the values that charts draw, and the table that stands under every chart.

Pure. `_table.html` places a Table, `_sheet.html` one that stands by itself; analytics/charts.py draws the same values;
analytics/exports.py writes them.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeGuard

from analytics.figures import LevelBar, Reliability, ShareFigure, Spark, interval_text, number, percent, whole_percent


@dataclass(frozen=True)
class Unit:
    """What a value counts. Values are drawn times `scale`; prefix and suffix stand at the ticks."""

    label: str
    scale: float = 1.0
    decimals: int = 0
    prefix: str = ""
    suffix: str = ""

    def text(self, value: float) -> str:
        if self.suffix == "%":
            return percent(value * self.scale / 100)
        return f"{self.prefix}{number(value * self.scale, decimals=self.decimals)}{self.suffix}"

    def short(self, value: float) -> str:
        """The text for a heat cell: whole percents."""
        return whole_percent(value * self.scale / 100) if self.suffix == "%" else self.text(value)

    def interval(self, low: float, high: float) -> str:
        if self.suffix == "%" and low >= 0:
            return interval_text(low * self.scale / 100, high * self.scale / 100)
        return f"{self.text(low)} to {self.text(high)}"


SHARE = Unit("share of postings", scale=100, suffix="%")
POSTINGS = Unit("postings")
LOG_ODDS = Unit("log-odds against all other roles", decimals=2)


@dataclass(frozen=True)
class Estimate:
    """One value with its 95% interval, in its unit before scaling; None where there is no figure."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    url: str = ""
    state: Reliability = "ok"


@dataclass(frozen=True)
class Comparison:
    """The same thing on two to four sides."""

    label: str
    sides: tuple[Estimate, ...]
    url: str = ""


@dataclass(frozen=True)
class Series:
    """One line; points stand in the order of the months. The first four keep their band of intervals."""

    name: str
    points: tuple[Estimate, ...]

    @property
    def has_intervals(self) -> bool:
        return any(is_known(point.low) for point in self.points)

    @property
    def has_n(self) -> bool:
        return any(point.n is not None for point in self.points)

    @property
    def heads(self) -> tuple[str, ...]:
        """Name its columns: of its interval and its n only where any point has them."""
        further = ((self.has_intervals, "95% interval"), (self.has_n, "n"))
        return self.name, *(f"{self.name}, {text}" for is_there, text in further if is_there)


@dataclass(frozen=True)
class HeatRow:
    """One row of a heat map; values, urls and counts stand in the order of its columns, the last two may be empty.

    A thin row keeps its figures and gets no colour.
    """

    label: str
    values: tuple[float | None, ...]
    n: int
    url: str = ""
    urls: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    state: Reliability = "ok"


@dataclass(frozen=True)
class LevelShares:
    """Shares (0..1 of all n postings) by level; they add up to the share of postings that names it at all.

    `url` leads to what names it at all; `urls` to required, preferred and mentioned, or is empty.
    """

    label: str
    required: float
    preferred: float
    mentioned: float
    n: int
    url: str = ""
    urls: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """`unit` names what an export counts in. A table sorted by the server has `url` and, where it is, `order`."""

    text: str
    is_number: bool = True
    unit: Unit | None = None
    url: str = ""
    order: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True)
class Cell:
    """text as shown; value: the same as a number, scaled as drawn (83.2153 for 83%), which exports write.

    sort: what a text is sorted by, where it is not its letters; low and high: the ends of an interval, scaled alike;
    heat: "0".."9" or "". share, levels and spark are placed as bars; badge is the tone of a text that is a badge; note
    stands small behind the text. The state of a row's first cell is the row's.
    """

    text: str = ""
    sort: str = ""
    url: str = ""
    heat: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    share: ShareFigure | None = None
    levels: LevelBar | None = None
    spark: Spark | None = None
    badge: str | None = None
    note: str = ""
    state: Reliability = "ok"

    @property
    def is_text(self) -> bool:
        """Whether nothing but the text is placed: most cells of a large table, which are then placed faster."""
        return not (self.share or self.levels or self.spark or self.note) and self.badge is None

    @property
    def order(self) -> str:
        """What the row is sorted by in this column, as plain text."""
        if self.sort or self.share is None:
            return self.sort or ("" if self.value is None else str(self.value))
        return "" if self.share.postings is None else f"{100 * self.share.postings / max(self.share.of, 1):.6f}"


Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    is_heat: bool = False

    @property
    def is_sorted_by_server(self) -> bool:
        """Return whether heads are links; else the rows that are on the page are sorted in place."""
        return any(column.url for column in self.columns)

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Return the rows with the column of each cell."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Sheet:
    """A table that stands by itself: {% sheet %} places it, with its exports and how it is computed.

    key: unique on a page; method: a key of analytics.methods; page: a page of a Django Paginator, when these rows are
    one of many, and `whole` then returns them all; noun: what the rows are, in the plural.
    """

    key: str
    title: str
    table: Table
    method: str = ""
    page: object = None
    whole: Callable[[], Table] | None = None
    noun: str = "rows"
    tall: bool = False


def is_known(value: float | None) -> TypeGuard[float]:
    """False for None and for what a division by nothing leaves behind (nan, inf)."""
    return value is not None and math.isfinite(value)


def scaled(value: float | None, unit: Unit) -> float | None:
    """Return a value as it is drawn; what is not finite has no place in JSON and becomes None."""
    if not is_known(value):
        return None
    return round(float(value) * unit.scale, 4)


def short_text(value: float | None, unit: Unit) -> str:
    return unit.short(value) if is_known(value) else ""


def text_cell(text: str, url: str = "", *, note: str = "", state: Reliability = "ok") -> Cell:
    return Cell(text, url=url, note=note, state=state)


def badge_cell(text: str, tone: str = "") -> Cell:
    """tone: "", "info", "good", "warn"."""
    return Cell(text, badge=tone)


def number_cell(value: float | None, unit: Unit | None = None, url: str = "") -> Cell:
    """Return a value, before scaling, in its unit; without one as a whole number. None is a dash."""
    if not is_known(value):
        return Cell("–")
    if unit is None:
        return Cell(number(value), value=int(value) if value == int(value) else float(value), url=url)
    return Cell(unit.text(value), value=scaled(value, unit), url=url)


def interval_cell(low: float | None, high: float | None, unit: Unit) -> Cell:
    """Return both ends, before scaling, as one text."""
    if not is_known(low) or not is_known(high):
        return Cell()
    return Cell(unit.interval(low, high), low=scaled(low, unit), high=scaled(high, unit))


def share_cell(share: ShareFigure, url: str = "") -> Cell:
    """Return a share as a bar with its interval."""
    return Cell(share.percent or "withheld", share=share, url=url)


def count_cell(share: ShareFigure, url: str = "") -> Cell:
    """Return how many postings a share counts; a dash where it is withheld."""
    return Cell("–") if share.postings is None else Cell(share.count, url=url, value=share.postings)


def levels_cell(levels: LevelBar) -> Cell:
    return Cell(levels.text, levels=levels)


def spark_cell(spark: Spark, *, sort: str = "") -> Cell:
    return Cell(spark.text, spark=spark, sort=sort)


def estimate_cells(row: Estimate, unit: Unit) -> tuple[Cell, Cell]:
    """Return the figure and its interval."""
    if not is_known(row.value):
        return Cell("withheld" if row.state == "withheld" else "–"), Cell()
    return number_cell(row.value, unit, row.url), interval_cell(row.low, row.high, unit)


def series_cells(one: Series, place: int, unit: Unit) -> Row:
    """Return one point of a series under the heads of its columns."""
    point = one.points[place]
    figure, interval = estimate_cells(point, unit)
    return figure, *((interval,) if one.has_intervals else ()), *((n_cell(point.n),) if one.has_n else ())


def heat_step(value: float | None, top: float) -> int | None:
    """Return the step 0..9 of a value between zero and the largest one."""
    if not is_known(value):
        return None
    return min(9, int(value / top * 10)) if top > 0 else 0


def n_cell(n: int | None) -> Cell:
    return Cell() if n is None else Cell(number(n), value=int(n))


def table_columns(*texts: str, unit: Unit | None = None) -> tuple[Column, ...]:
    """Return the columns of a table whose first names the row and whose others are numbers.

    These count in `unit`, where it is given, but for those that are a number of postings ("n", "Germany, n").
    """
    return tuple(
        Column(text, is_number=place > 0, unit=unit if place > 0 and text.split(", ")[-1] != "n" else None)
        for place, text in enumerate(texts)
    )
