"""What a company calls things: titles as written, the roles they are read into, the profiles these lean to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.core.paginator import Paginator
from numpy.typing import NDArray

from analytics.charts import Chart
from analytics.selectors.company_roles import roles_sheet
from analytics.selectors.counted import commonest, tally
from analytics.selectors.heat import title_heat
from analytics.selectors.links import postings_url, role_url
from analytics.selectors.mix import leaning
from analytics.selectors.one_company import OneCompany
from analytics.selectors.role_names import NOT_IN_CATALOGUE, role_label
from analytics.selectors.shares import shares_of
from analytics.tables import Cell, Column, Row, Sheet, Table, number_cell, share_cell, text_cell
from postings.ingest.contacts import mask_contacts

PER_PAGE = 30
COLUMNS = (
    Column("Title as written", is_number=False),
    Column("Postings"),
    Column("Share of its postings"),
    Column("Read as", is_number=False),
)

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class TitlesTab:
    """`heat` is its roles of ten postings and more by profile; None where there is none."""

    heat: Chart | None
    roles: Sheet
    lines: Sheet


def titles_tab(company: OneCompany, page: str | None) -> TitlesTab:
    counts = tally(company.snapshot, company.selection, "title")
    codes = commonest(counts, len(counts))
    shown = Paginator(codes, PER_PAGE).get_page(page)
    lines = Sheet(
        key="titles",
        title=f"Titles that {company.name} writes",
        table=Table(COLUMNS, _rows(company, counts, list(shown.object_list))),
        method="postings",
        page=shown,
        whole=lambda: Table(COLUMNS, _rows(company, counts, codes)),
        noun="titles",
    )
    return TitlesTab(_heat(company), roles_sheet(company), lines)


def _heat(company: OneCompany) -> Chart | None:
    if not company.shown.profiles:
        return None
    chart = title_heat(leaning(company.selection, company.shown), company.question, company.shown)
    return None if chart.is_empty else replace(chart, title=f"Which profiles stand behind {company.name}’s titles")


def _rows(company: OneCompany, counts: Counts, codes: Sequence[int]) -> tuple[Row, ...]:
    snapshot, shares = company.snapshot, shares_of(counts[list(codes)], company.n)
    roles = _roles(company)
    rows = []
    for code, share in zip(codes, shares, strict=True):
        url = postings_url(company.question.narrowed(title=snapshot.titles[code]))
        rows.append(
            (
                text_cell(mask_contacts(snapshot.titles[code]), url),
                number_cell(int(counts[code]), url=url),
                share_cell(share, url),
                _role_cell(snapshot.roles[roles[code]], company),
            )
        )
    return tuple(rows)


def _roles(company: OneCompany) -> Counts:
    """Return the role of each title: a title means one thing, whoever writes it."""
    rows = company.selection.rows
    roles = np.zeros(len(company.snapshot.titles), np.int64)
    roles[company.snapshot.title[rows]] = company.snapshot.role[rows]
    return roles


def _role_cell(name: str, company: OneCompany) -> Cell:
    if name in NOT_IN_CATALOGUE:
        return text_cell(role_label(name), note=NOT_IN_CATALOGUE[name])
    return text_cell(role_label(name), role_url(name, company.around))
