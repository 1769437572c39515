"""Quartiles of pay as rows of charts and tables: a median never stands without its n and the share that states pay."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analytics.charts import Caption, Chart
from analytics.charts_dots import RangeRow, range_bars
from analytics.figures import number
from analytics.measures import PayQuartiles
from analytics.selectors.pay_stated import StatedPay, coverage_of
from analytics.selectors.shares import WITHHELD, state_of
from analytics.tables import Cell, Column, Row, Table, Unit, interval_cell, number_cell, share_cell, text_cell


@dataclass(frozen=True)
class PayRow:
    """A group of postings: `url` is its own page, `postings` the list of those that state pay."""

    label: str
    figures: PayQuartiles
    postings: str
    url: str = ""
    note: str = ""


def range_chart(rows: Sequence[PayRow], caption: Caption) -> Chart:
    """Return the medians with their intervals on the middle halves; groups of fewer than ten are left out.

    The n of the caption becomes that of the groups which are drawn.
    """
    drawn = [row for row in rows if row.figures.reliability.is_shown]
    n = sum(row.figures.stated for row in drawn)
    return range_bars([_range_row(row) for row in drawn], replace(caption, n=n))


def pay_table(rows: Sequence[PayRow], first: str, stated: StatedPay) -> Table:
    """Return median, interval, quartiles, n and coverage of each group; under ten stated, only n and coverage."""
    unit = stated.unit
    columns = (
        Column(first, is_number=False),
        Column("Median", unit=unit),
        Column("95% interval", unit=unit),
        Column("Lower quartile", unit=unit),
        Column("Upper quartile", unit=unit),
        Column("State it"),
        Column(f"Pay stated {stated.in_words}"),
    )
    return Table(columns, tuple(_cells(row, unit) for row in rows))


def median_cell(figures: PayQuartiles, unit: Unit, url: str) -> Cell:
    """Return the median; "withheld" where fewer than ten state it, a dash where nobody does."""
    if not figures.reliability.is_shown:
        return Cell("withheld" if figures.stated else "–")
    return number_cell(figures.median, unit, url)


def n_stated_cell(figures: PayQuartiles, url: str) -> Cell:
    return Cell(number(figures.stated), value=figures.stated, url=url if figures.stated else "")


def ends(figures: PayQuartiles, unit: Unit) -> str:
    """Return the interval of a median as text, or why there is none."""
    return unit.interval(figures.median_low, figures.median_high) if figures.reliability.is_shown else "withheld"


def _cells(row: PayRow, unit: Unit) -> Row:
    found = row.figures
    is_shown = found.reliability.is_shown
    state = state_of(found.stated)
    return (
        text_cell(row.label, row.url, note=row.note, state="thin" if state == WITHHELD else state),
        median_cell(found, unit, row.postings),
        interval_cell(found.median_low, found.median_high, unit) if is_shown else Cell(),
        *(number_cell(value, unit) if is_shown else Cell() for value in (found.low, found.high)),
        n_stated_cell(found, row.postings),
        share_cell(coverage_of(found)),
    )


def _range_row(row: PayRow) -> RangeRow:
    found = row.figures
    return RangeRow(
        label=row.label,
        median=found.median,
        low=found.median_low,
        high=found.median_high,
        q1=found.low,
        q3=found.high,
        n=found.stated,
        url=row.postings,
        state=state_of(found.stated),
    )
