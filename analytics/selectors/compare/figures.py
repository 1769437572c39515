"""The sides by themselves: how many postings, of whom, from when, and what they pay."""

from collections.abc import Sequence

from analytics.figures import month_name, number
from analytics.measures import WITHHELD_BELOW
from analytics.selectors.compare.differences import listed
from analytics.selectors.compare.sides import Side
from analytics.selectors.counted import company_count
from analytics.selectors.mix import leaning, mixed_figure
from analytics.selectors.months import EVERY_MONTH, month_axis
from analytics.selectors.pay_text import pay_figure
from analytics.selectors.shares import state_of
from analytics.tables import Cell, Column, Row, Sheet, Table, Unit, n_cell, number_cell, share_cell, text_cell

NOT_STATED = "currency not stated"
EACH = Unit("skills in a posting", decimals=1)
COLUMNS = (
    Column("side", is_number=False),
    Column("postings"),
    Column("companies"),
    Column("months"),
    Column("profiles behind it"),
    Column("skills in a posting", unit=EACH),
)


def sides_sheet(sides: Sequence[Side]) -> Sheet:
    """Return a line for each side: how many postings, of whom, from when."""
    table = Table(COLUMNS, tuple(_line(side) for side in sides))
    return Sheet("sides", f"{_names(sides)} side by side", table, method="postings", noun="sides")


def pay_sheet(sides: Sequence[Side]) -> Sheet:
    """Return what each side pays, in the currency that it states most, and how many of its postings state it."""
    columns = (
        Column("side", is_number=False),
        Column("median pay a year"),
        Column("95% interval"),
        Column("currency", is_number=False),
        Column("stated in that currency"),
    )
    return Sheet("pay", f"What {_names(sides)} pay", Table(columns, tuple(_pay(side) for side in sides)), method="pay")


def _names(sides: Sequence[Side]) -> str:
    return listed([side.name for side in sides])


def _line(side: Side) -> Row:
    return (
        text_cell(side.label, side.url, state="thin" if state_of(side.n) != "ok" else "ok"),
        Cell(number(side.n), url=side.postings_url, value=side.n),
        n_cell(company_count(side.snapshot, side.selection)),
        _months_cell(month_axis(side.snapshot, side.selection, most=EVERY_MONTH).months),
        _profiles_cell(side),
        number_cell(float(side.counts.any.sum()) / side.n if side.n >= WITHHELD_BELOW else None, EACH),
    )


def _months_cell(months: Sequence[int]) -> Cell:
    """Return "Dec 2018–Nov 2026"; a dash where no posting has a date."""
    if not months:
        return Cell("–")
    first, last = month_name(months[0]), month_name(months[-1])
    return Cell(first if first == last else f"{first}–{last}", sort=str(months[0]))


def _pay(side: Side) -> Row:
    pay = next(iter(side.snapshot.pay_by_currency(side.selection)), None)
    found = pay_figure(pay, side.n)
    name = text_cell(side.label, side.url, state="thin" if found.state != "ok" else "ok")
    if pay is None or not found.median:
        return (name, Cell("withheld"), Cell(), Cell(), share_cell(found.coverage))
    median = Cell(found.amount, value=pay.figures.median, note="few" if found.state == "thin" else "")
    interval = Cell(found.interval, low=pay.figures.median_low, high=pay.figures.median_high)
    return (name, median, interval, text_cell(pay.currency or NOT_STATED), share_cell(found.coverage))


def _profiles_cell(side: Side) -> Cell:
    """Return the effective number of profiles; a profile is one by itself."""
    if side.profile is not None:
        return text_cell("it is one")
    if not side.shown.profiles:
        return text_cell("no profiles")
    found = mixed_figure(leaning(side.selection, side.shown).sum(axis=0)[:-1])
    return Cell(found.text, value=float(found.text)) if found.text else Cell("withheld")
