"""All companies within the filters: what they call things, and what they lean to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from numpy.typing import NDArray

from analytics.figures import number
from analytics.questions import Question
from analytics.selectors.companies_rows import CompanyRows
from analytics.selectors.company_counts import commonest_currency, median_pays, role_numbers
from analytics.selectors.company_links import company_urls
from analytics.selectors.counted import company_tally, tally
from analytics.selectors.links import path_of
from analytics.selectors.names import matching_names
from analytics.selectors.pay_text import stated_in
from analytics.selectors.published import Published
from analytics.selectors.selected import once, selected
from analytics.snapshot import Selection, Snapshot
from analytics.tables import Column, Sheet, Table

PER_PAGE = 50
KEEP = ("q", "sort")
SORTS = ("postings", "name", "roles", "pay")
"""In the address; names sort from a to z, the rest from the largest. What has no figure stands last."""


@dataclass(frozen=True)
class CompaniesScreen:
    """`found` are the companies that are listed, of `companies`; `unknown` the postings that name none."""

    n: int
    companies: str
    found: int
    unknown: str
    words: str
    hidden: tuple[tuple[str, str], ...]
    lines: Sheet
    reset_url: str


def companies_screen(question: Question, shown: Published, query: QueryDict) -> CompaniesScreen:
    snapshot = shown.snapshot
    selection = selected(snapshot, question.filter)
    counts = company_tally(snapshot, selection)
    words, sort = query.get("q", "").strip(), query.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    codes = _in_order(_named(words, counts, snapshot), sort, selection, shown)
    page = Paginator(codes, PER_PAGE).get_page(query.get("page"))
    around = question.without("company")
    return CompaniesScreen(
        n=selection.n,
        companies=number(int(np.count_nonzero(counts))),
        found=len(codes),
        unknown=number(selection.n - int(counts.sum())),
        words=words,
        hidden=(*question.pairs(), *((("sort", sort),) if sort != SORTS[0] else ())),
        lines=_sheet(page, codes, (sort, words), CompanyRows(around, question, shown, selection)),
        reset_url=path_of("company_list") + question.query,
    )


def _named(words: str, counts: NDArray[np.int64], snapshot: Snapshot) -> NDArray[np.int64]:
    """Return the companies that have postings and whose names hold the words."""
    if not words:
        return np.flatnonzero(counts)
    codes = np.array(matching_names(words, snapshot, "company"), np.int64)
    return codes[counts[codes] > 0]


def _in_order(codes: NDArray[np.int64], sort: str, selection: Selection, shown: Published) -> list[int]:
    """Return them by the figure that is asked for, then by postings, then by name."""
    snapshot = shown.snapshot
    counts = tally(snapshot, selection, "company")
    figures = [-counts[codes], _alphabet(snapshot, snapshot.everything)[codes]]
    if sort == "name":
        figures.reverse()
    elif sort != "postings":
        figures.insert(0, np.nan_to_num(-_figure(sort, selection, snapshot)[codes], nan=np.inf))
    order = np.lexsort(tuple(reversed(figures)))
    found: list[int] = codes[order].tolist()
    return found


def _figure(sort: str, selection: Selection, snapshot: Snapshot) -> NDArray[np.float64]:
    if sort == "roles":
        return role_numbers(snapshot, selection)
    return median_pays(snapshot, selection, commonest_currency(snapshot, selection))


@once
def _alphabet(snapshot: Snapshot, _: Selection) -> NDArray[np.int64]:
    """Return the place of each company among all names, from a to z."""
    names = [label.casefold() for label in snapshot.company_labels]
    places = np.empty(len(names), np.int64)
    places[sorted(range(len(names)), key=names.__getitem__)] = np.arange(len(names))
    return places


def _sheet(page: Page, codes: Sequence[int], asked: tuple[str, str], rows: CompanyRows) -> Sheet:
    urls = company_urls((rows.snapshot.companies[code] for code in page.object_list), rows.around)
    columns = _columns(rows, *asked)

    def whole() -> Table:
        return Table(columns, rows.of(codes, {}))

    return Sheet(
        key="all-companies",
        title="Companies",
        table=Table(columns, rows.of(list(page.object_list), urls)),
        method="companies",
        page=page,
        whole=whole,
        noun="companies",
    )


def _columns(rows: CompanyRows, sort: str, words: str) -> tuple[Column, ...]:
    path, question = path_of("company_list"), rows.question

    def sorted_by(text: str, key: str, *, is_number: bool = True) -> Column:
        url = path + question.query_with(q=words, sort="" if key == SORTS[0] else key)
        order: Mapping[bool, str] = {True: "ascending" if key == "name" else "descending", False: ""}
        return Column(text, is_number=is_number, url=url, order=order[sort == key])  # type: ignore[arg-type]

    pay = f"Median pay a year{f', {rows.currency}' if rows.currency else ''}"
    leans = (Column("Leans to", is_number=False), Column("In")) if rows.shown.profiles else ()
    return (
        sorted_by("Company", "name", is_number=False),
        sorted_by("Postings", "postings"),
        Column("Titles"),
        sorted_by("Roles", "roles"),
        Column("Commonest role", is_number=False),
        Column("In"),
        *leans,
        sorted_by(pay, "pay"),
        Column(stated_in(rows.currency or None)),
    )
