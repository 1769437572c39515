"""What a company asks for, beside what others ask for in the same roles."""

from collections.abc import Sequence

import numpy as np
from django.core.paginator import Paginator

from analytics.figures import level_bar
from analytics.measures import Standardised, standardised_shares
from analytics.selectors.counted import commonest
from analytics.selectors.one_company import OneCompany
from analytics.selectors.shares import shares_of
from analytics.tables import SHARE, Column, Row, Sheet, Table, Unit, levels_cell, number_cell, share_cell, text_cell

PER_PAGE = 50
TIMES = Unit("times as common", decimals=1)


def in_the_same_roles(company: OneCompany) -> Standardised:
    """Return what the other companies name, at this one's mix of roles of the catalogue."""
    own = np.where(company.is_catalogued, company.by_role, 0)
    return standardised_shares(own, company.others_counts_by_role, company.others_by_role)


def asked_tab(company: OneCompany, page: str | None) -> Sheet:
    """Return the skills by share of the company's postings, a page of them."""
    counts = company.counts.any
    codes = commonest(counts, len(counts))
    shown = Paginator(codes, PER_PAGE).get_page(page)
    columns = (
        Column("Skill", is_number=False),
        Column("Share of its postings"),
        Column("How strongly", is_number=False),
        Column("Others in these roles", unit=SHARE),
        Column("Times as common", unit=TIMES),
    )

    def whole() -> Table:
        return Table(columns, _rows(company, codes))

    return Sheet(
        key="asked",
        title=f"What {company.name} asks for",
        table=Table(columns, _rows(company, list(shown.object_list))),
        method="standardised",
        page=shown,
        whole=whole,
        noun="skills",
    )


def _rows(company: OneCompany, codes: Sequence[int]) -> tuple[Row, ...]:
    counts, others = company.counts, in_the_same_roles(company)
    shares = shares_of(counts.any[list(codes)], company.n)
    rows = []
    for code, share in zip(codes, shares, strict=True):
        name, usual = company.snapshot.skills[code], float(others.share[code])
        own = float(counts.any[code]) / company.n
        levels = level_bar(int(counts.required[code]), int(counts.preferred[code]), int(counts.mentioned[code]))
        rows.append(
            (
                text_cell(name, company.skill_url(name), state="ok" if share.state == "ok" else "thin"),
                share_cell(share, company.holders_url(name)),
                levels_cell(levels),
                number_cell(usual, SHARE),
                number_cell(own / usual if usual > 0 else None, TIMES),
            )
        )
    return tuple(rows)
