"""Figures in rows: the values that charts draw, and the table that stands under every chart.

Pure. `_table.html` places a Table; analytics/charts.py draws the same values.
"""

import math
from dataclasses import dataclass
from typing import TypeGuard

from analytics.figures import Reliability, interval_text, number, percent, whole_percent


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
    text: str
    is_number: bool = True


@dataclass(frozen=True)
class Cell:
    """text as shown; sort: a plain number to sort by, or ""; heat: "0".."9" or ""."""

    text: str
    sort: str = ""
    url: str = ""
    heat: str = ""


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_heat: bool = False


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


def estimate_cells(row: Estimate, unit: Unit) -> tuple[Cell, Cell]:
    """Return the figure and its interval."""
    if not is_known(row.value):
        return Cell("withheld" if row.state == "withheld" else "–"), Cell("")
    interval = unit.interval(row.low, row.high) if is_known(row.low) and is_known(row.high) else ""
    return Cell(unit.text(row.value), sort=str(scaled(row.value, unit)), url=row.url), Cell(interval)


def heat_step(value: float | None, top: float) -> int | None:
    """Return the step 0..9 of a value between zero and the largest one."""
    if not is_known(value):
        return None
    return min(9, int(value / top * 10)) if top > 0 else 0


def n_cell(n: int | None) -> Cell:
    return Cell("", sort="") if n is None else Cell(number(n), sort=str(n))


def table_columns(*texts: str) -> tuple[Column, ...]:
    """Return the columns of a table whose first names the row and whose others are numbers."""
    return tuple(Column(text, is_number=place > 0) for place, text in enumerate(texts))
