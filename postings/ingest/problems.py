"""Values that are there and could not be read: which, and why, in a sentence for people."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from postings.ingest.companies import is_hidden_company
from postings.ingest.dates import date_problem
from postings.ingest.identity import external_id_of
from postings.ingest.language import stated_language
from postings.ingest.levels import is_broken
from postings.ingest.money import currency_of, figure_problem, pay_problem, period_of
from postings.ingest.places import Place, is_no_place
from postings.ingest.records import Pay, Problem
from postings.ingest.row_cells import Cells
from postings.ingest.urls import clean_url
from postings.ingest.values import LOST_IN_A_SPREADSHEET

_ROUNDED_ID = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+")
REVERSED_PAY = (
    "The lowest figure is above the highest: both are kept as they are written, and the pay is marked as doubtful."
)


@dataclass(frozen=True)
class Understood:
    """What was read from a row, as far as a check needs it."""

    seen_on: date
    company: str
    place: Place
    date_posted: date | None
    pay: Pay | None


def problems_of(row: Cells, read: Understood) -> tuple[Problem, ...]:
    """Return one problem for each field whose value could not be read, in the order of the column map.

    Placeholders ("N/A", "Not specified", "Confidential") are missing values, not problems.
    """
    found = []
    for name, value in row.stated():
        if value:
            check = _CHECKS.get(name)
            if check and (reason := check(value, read)):
                found.append(Problem(name, row.column_of(name), value, reason))
        elif column := row.lost_in(name):
            found.append(Problem(name, column, row.written(column), LOST_IN_A_SPREADSHEET))
    return tuple(found) + _reversed_pay(row, read.pay)


def _reversed_pay(row: Cells, pay: Pay | None) -> tuple[Problem, ...]:
    if pay is None or pay.min is None or pay.max is None or pay.min <= pay.max:
        return ()
    name = "pay_min" if row["pay_min"] else "pay_text"
    value = f"{row['pay_min']} - {row['pay_max']}" if name == "pay_min" else row["pay_text"]
    return (Problem(name, row.column_of(name), value, REVERSED_PAY),)


def _company(value: str, read: Understood) -> str:
    return "" if read.company or is_hidden_company(value) else "There is no name in it, only ratings or badges."


def _country(value: str, read: Understood) -> str:
    return "" if read.place.country or is_no_place(value) else "It is not a country that we know."


def _date_posted(value: str, read: Understood) -> str:
    if read.date_posted is not None:
        return ""
    return date_problem(value, seen_on=read.seen_on, country=read.place.country)


def _pay_text(value: str, read: Understood) -> str:
    return "" if read.pay is not None else pay_problem(value)


def _currency(value: str, _read: Understood) -> str:
    return (
        ""
        if currency_of(value) or any(sign in value for sign in _SHARED_SIGNS)
        else "It is not a currency that we know."
    )


def _period(value: str, _read: Understood) -> str:
    return "" if period_of(value) else "It is not a period that we know: hour, day, week, month or year."


def _level(value: str, _read: Understood) -> str:
    return "It is not a value for this field." if is_broken(value) else ""


def _language(value: str, _read: Understood) -> str:
    return "" if stated_language(value) else "It is not a language that we know."


def _url(value: str, _read: Understood) -> str:
    return "" if clean_url(value) else "It is not a web address."


def _external_id(value: str, _read: Understood) -> str:
    if _ROUNDED_ID.fullmatch(value) and not external_id_of(value):
        return "The spreadsheet rounded the number: the id is lost."
    return ""


# "¥" and "kr" are currencies of several countries: known as such, even where the country is not.
_SHARED_SIGNS = ("¥", "kr", "Kr", "KR", "$")

_CHECKS: Mapping[str, Callable[[str, Understood], str]] = {
    "company": _company,
    "country": _country,
    "date_posted": _date_posted,
    "seen_on": lambda value, read: date_problem(value, seen_on=read.seen_on),
    "pay_text": _pay_text,
    "pay_min": lambda value, read: "" if read.pay and read.pay.min is not None else figure_problem(value),
    "pay_max": lambda value, read: "" if read.pay and read.pay.max is not None else figure_problem(value),
    "pay_currency": _currency,
    "pay_period": _period,
    "seniority": _level,
    "employment_type": _level,
    "remote": _level,
    "language": _language,
    "url": _url,
    "external_id": _external_id,
}
