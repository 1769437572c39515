"""The roles that a company's titles are read into, and the profile that its postings of each lean to."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analytics.figures import ShareFigure
from analytics.selectors.links import path_of, postings_url, role_url
from analytics.selectors.mix import leaning
from analytics.selectors.one_company import OneCompany
from analytics.selectors.role_names import NOT_IN_CATALOGUE, role_label, roles_by_size
from analytics.selectors.shares import share_of, shares_of
from analytics.tables import Cell, Column, Row, Sheet, Table, number_cell, share_cell, text_cell
from postings.ingest.contacts import mask_contacts

EXAMPLES = 2
LONG = 40

Counts = NDArray[np.int64]


def roles_sheet(company: OneCompany) -> Sheet:
    """Return its roles by postings, what is no role of the catalogue last."""
    codes = roles_by_size(company.by_role, company.snapshot.roles)
    shares = shares_of(company.by_role[codes], company.n)
    titles, leans = _titles(company), leaning(company.selection, company.shown)
    rows = tuple(
        _row(company, code, share, titles.get(code, ()), leans[code]) for code, share in zip(codes, shares, strict=True)
    )
    profiles = (Column("Lean to", is_number=False), Column("Of these")) if company.shown.profiles else ()
    columns = (
        Column("Role", is_number=False),
        Column("Postings"),
        Column("Share of its postings"),
        Column("Titles"),
        Column("Such as", is_number=False),
        *profiles,
    )
    title = f"The roles behind {company.name}’s titles"
    return Sheet("company-roles", title, Table(columns, rows), method="companies", noun="roles")


def _titles(company: OneCompany) -> dict[int, Sequence[str]]:
    """Return the titles of each role, the commonest first, equals as they are spelled."""
    snapshot, rows = company.snapshot, company.selection.rows
    titles, first, counts = np.unique(snapshot.title[rows], return_index=True, return_counts=True)
    roles = snapshot.role[rows[first]]
    found: dict[int, list[str]] = {}
    for place in np.argsort(-counts, kind="stable").tolist():
        found.setdefault(int(roles[place]), []).append(snapshot.titles[titles[place]])
    return {role: tuple(names) for role, names in found.items()}


def _row(company: OneCompany, role: int, share: ShareFigure, titles: Sequence[str], leans: Counts) -> Row:
    name = company.snapshot.roles[role]
    here = company.question.narrowed(role=name)
    url = postings_url(here)
    note = NOT_IN_CATALOGUE.get(name, "")
    cells = (
        text_cell(role_label(name), "" if note else role_url(name, company.around), note=note),
        number_cell(int(company.by_role[role]), url=url),
        share_cell(share, url),
        number_cell(len(titles)),
        Cell(" · ".join(_short(title) for title in titles[:EXAMPLES])),
    )
    return (*cells, *(_lead(company, role, leans) if company.shown.profiles else ()))


def _short(title: str) -> str:
    masked = mask_contacts(title)
    return masked if len(masked) <= LONG else f"{masked[:LONG].rstrip()}…"


def _lead(company: OneCompany, role: int, leans: Counts) -> tuple[Cell, Cell]:
    """Return the profile that most postings of the role lean to, and how many of them do."""
    leading = int(leans[:-1].argmax())
    share = share_of(int(leans[leading]), int(leans.sum()))
    if not share.postings:
        return Cell(), share_cell(share)
    profile = company.shown.profiles[leading]
    here = company.question.narrowed(role=company.snapshot.roles[role])
    url = path_of("profile", profile.known) + company.around.query
    return text_cell(profile.name, url), share_cell(share, postings_url(here, profile=profile.known))
