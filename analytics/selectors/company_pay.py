"""What a company says that it pays, beside others in the same roles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.figures import number
from analytics.measures import PayQuartiles, pay_quartiles
from analytics.selectors.links import postings_url, role_url
from analytics.selectors.one_company import OneCompany
from analytics.selectors.pay_text import PayFigure, pay_figure, stated_in
from analytics.selectors.role_names import catalogued_by_size, role_label
from analytics.selectors.selected import paid
from analytics.snapshot import PayByCurrency
from analytics.tables import Cell, Column, Row, Sheet, Table, n_cell, number_cell, share_cell, text_cell

Rows = NDArray[np.int32]


@dataclass(frozen=True)
class PayTab:
    """`refusal` says why there is no table; `elsewhere` names what is paid in other currencies."""

    lines: Sheet | None
    elsewhere: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class _Pay:
    """Pay of some postings, in words and as numbers."""

    words: PayFigure
    figures: PayQuartiles

    @classmethod
    def of(cls, pay: PayByCurrency, n: int) -> "_Pay":
        return cls(pay_figure(pay, n), pay.figures)


@dataclass(frozen=True)
class _Side:
    """Rows that state pay in one currency, ascending, and where those of each role begin."""

    rows: Rows
    starts: NDArray[np.intp]


def pay_tab(company: OneCompany) -> PayTab:
    """Return pay by role in the currency in which the company states it most."""
    pays = company.snapshot.pay_by_currency(company.selection)
    if not pays:
        return PayTab(None, refusal="None of its postings states pay.")
    currency = pays[0].currency
    here, everyone = _side(company, currency, is_own=True), _side(company, currency, is_own=False)
    others = _Side(rows := np.setdiff1d(everyone.rows, here.rows, assume_unique=True), _starts(company, rows))
    rows_ = [_row("", "", company, (_Pay.of(pays[0], company.n), None))]
    rows_ += [
        _role_row(company, role, currency, here, others)
        for role in catalogued_by_size(np.diff(here.starts), company.snapshot.roles)
    ]
    elsewhere = ", ".join(f"{number(one.figures.stated)} in {one.currency or 'no currency'}" for one in pays[1:])
    return PayTab(
        Sheet(
            key="company-pay",
            title=f"What {company.name} says it pays, a year, {currency or 'currency not stated'}",
            table=Table(_columns(currency), tuple(rows_)),
            method="pay",
            noun="roles",
        ),
        elsewhere,
    )


def _columns(currency: str) -> tuple[Column, ...]:
    return (
        Column("Role", is_number=False),
        Column("Postings"),
        Column(stated_in(currency)),
        Column("Median"),
        Column("95% interval"),
        Column("Middle half"),
        Column("Others’ median"),
        Column("95% interval"),
        Column("Others that state it"),
    )


def _side(company: OneCompany, currency: str, *, is_own: bool) -> _Side:
    snapshot = company.snapshot
    rows = paid(snapshot, company.selection if is_own else company.everyone).rows
    rows = rows[snapshot.pay_currency[rows] == snapshot.code("pay_currency", currency)]
    return _Side(rows, _starts(company, rows))


def _starts(company: OneCompany, rows: Rows) -> NDArray[np.intp]:
    return np.searchsorted(rows, company.snapshot.role_start)


def _role_row(company: OneCompany, role: int, currency: str, here: _Side, others: _Side) -> Row:
    snapshot = company.snapshot
    own, theirs = (
        _Pay.of(PayByCurrency(currency, pay_quartiles(snapshot.pay[_of(side, role)], n=n)), n)
        for side, n in ((here, int(company.by_role[role])), (others, int(company.others_by_role[role])))
    )
    name = snapshot.roles[role]
    return _row(name, role_url(name, company.around), company, (own, theirs))


def _of(side: _Side, role: int) -> Rows:
    return side.rows[side.starts[role] : side.starts[role + 1]]


def _row(name: str, url: str, company: OneCompany, sides: tuple[_Pay, _Pay | None]) -> Row:
    own, theirs = sides
    coverage = own.words.coverage
    here = company.question.narrowed(role=name) if url else company.question
    return (
        text_cell(role_label(name) if name else "All roles", url, state="ok" if own.words.state == "ok" else "thin"),
        number_cell(coverage.of, url=postings_url(here)),
        share_cell(coverage),
        *_median(own),
        Cell(own.words.quartiles),
        *((Cell(), Cell()) if theirs is None else _median(theirs)),
        n_cell(None if theirs is None else theirs.figures.stated),
    )


def _median(pay: _Pay) -> tuple[Cell, Cell]:
    """Return the median and its interval; both withheld where fewer than ten postings state pay."""
    if not pay.words.amount:
        return Cell("withheld"), Cell()
    interval = Cell(pay.words.interval, low=pay.figures.median_low, high=pay.figures.median_high)
    return Cell(pay.words.amount, value=pay.figures.median), interval
