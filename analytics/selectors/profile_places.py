"""Where the postings of a profile stand: under which roles and titles, in which companies, in which months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart, line_over_months
from analytics.figures import ShareFigure, number
from analytics.selectors.company_links import company_urls
from analytics.selectors.counted import commonest, tally
from analytics.selectors.links import monthly_urls, role_url
from analytics.selectors.month_range import range_text
from analytics.selectors.months import month_axis
from analytics.selectors.one_profile import OneProfile
from analytics.selectors.role_names import NOT_IN_CATALOGUE, role_label, roles_by_size
from analytics.selectors.shares import postings_text, share_estimates, shares_each, shares_of
from analytics.tables import SHARE, Column, Row, Series, Sheet, Table, count_cell, share_cell, text_cell
from postings.ingest.contacts import mask_contacts

MOST_TITLES = 40
MOST_COMPANIES = 50
MONTHS = 48

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class PlaceRow:
    """A role, title or company: `of_profile` is its part of the profile's postings, `of_place` the profile's of its."""

    name: str
    url: str
    note: str
    of_profile: ShareFigure
    postings_url: str
    of_place: ShareFigure


@dataclass(frozen=True)
class PlaceTable:
    """`left_out` says how many rarer ones are not listed, "" when all are."""

    rows: tuple[PlaceRow, ...]
    sheet: Sheet
    left_out: str


@dataclass(frozen=True)
class RolesAndTitles:
    roles: PlaceTable
    titles: PlaceTable


def roles_and_titles(profile: OneProfile) -> RolesAndTitles:
    return RolesAndTitles(
        roles=_places(profile, _Place("role", "Role", "roles", len(profile.snapshot.roles))),
        titles=_places(profile, _Place("title", "Title as written", "titles", MOST_TITLES)),
    )


def companies(profile: OneProfile) -> PlaceTable:
    return _places(profile, _Place("company", "Company", "companies", MOST_COMPANIES))


def months(profile: OneProfile) -> Chart:
    """Return the share of each month's postings that lean to the profile."""
    snapshot = profile.snapshot
    axis = month_axis(snapshot, profile.everyone, most=MONTHS)
    totals = tally(snapshot, profile.everyone, "month")[axis.codes]
    counts = tally(snapshot, profile.mine, "month")[axis.codes]
    links = monthly_urls(profile.question, axis.months, profile=profile.profile.known)
    urls = [link if count else "" for link, count in zip(links, counts, strict=True)]
    caption = Caption(
        key="months",
        title=f"How many postings lean to “{profile.name}”, month by month",
        summary=range_text(counts, totals, axis),
        unit=SHARE,
        n=int(totals.sum()),
        rows="month",
        method="trend",
    )
    series = Series(profile.name, share_estimates([""] * len(urls), counts, totals, urls))
    return line_over_months([series], caption, months=axis.months, unfinished=axis.unfinished)


@dataclass(frozen=True)
class _Place:
    """A column of the snapshot, the head of its table, what its values are, and how many of them stand on the page."""

    column: str
    head: str
    noun: str
    most: int


def _places(profile: OneProfile, place: _Place) -> PlaceTable:
    """Count the profile's postings by column, the commonest first; what is not known is left out."""
    snapshot, column = profile.snapshot, place.column
    counts = tally(snapshot, profile.mine, column)
    names = snapshot.vocabulary(column)
    if (unknown := snapshot.code(column, "")) is not None:
        counts = np.where(np.arange(len(counts)) == unknown, 0, counts)
    known = int(np.count_nonzero(counts))
    codes = roles_by_size(counts, names) if column == "role" else commonest(counts, place.most)
    rows = _rows(profile, column, codes, counts)
    rest, postings = known - len(codes), postings_text(int(counts.sum() - counts[codes].sum()))
    sheet = Sheet(
        key=place.noun,
        title=f"{place.noun.capitalize()} of postings that lean to “{profile.name}”",
        table=_table(rows, place),
        method="share",
        whole=(lambda: _table(_rows(profile, column, commonest(counts, known), counts), place)) if rest else None,
        noun=place.noun,
    )
    left_out = f"{number(rest)} rarer ones with {postings} are in the files above." if rest else ""
    return PlaceTable(rows, sheet, left_out)


def _table(rows: Sequence[PlaceRow], place: _Place) -> Table:
    columns = (
        Column(place.head, is_number=False),
        Column("Postings"),
        Column("of the profile", unit=SHARE),
        Column(f"of the {place.column}", unit=SHARE),
    )
    return Table(columns, tuple(_cells(row) for row in rows))


def _cells(row: PlaceRow) -> Row:
    return (
        text_cell(row.name, row.url, note=row.note),
        count_cell(row.of_profile, row.postings_url),
        share_cell(row.of_profile, row.postings_url),
        share_cell(row.of_place, row.postings_url),
    )


def _rows(profile: OneProfile, column: str, codes: Sequence[int], counts: Counts) -> tuple[PlaceRow, ...]:
    totals = tally(profile.snapshot, profile.everyone, column)
    of_profile = shares_of(counts[codes], profile.mine.n)
    of_place = shares_each(counts[codes], totals[codes])
    keys = (profile.snapshot.vocabulary(column)[code] for code in codes)
    pages = company_urls(keys, profile.question) if column == "company" else {}
    return tuple(
        _row(profile, column, code, shares, pages) for code, *shares in zip(codes, of_profile, of_place, strict=True)
    )


def _row(
    profile: OneProfile, column: str, code: int, shares: Sequence[ShareFigure], pages: Mapping[str, str]
) -> PlaceRow:
    """`pages` are those of companies, by key."""
    snapshot = profile.snapshot
    name = snapshot.vocabulary(column)[code]
    label = snapshot.company_labels[code] if column == "company" else role_label(name) if column == "role" else name
    return PlaceRow(
        name=mask_contacts(label) if column == "title" else label,
        url=role_url(name, profile.question) if column == "role" else pages.get(name, ""),
        note=NOT_IN_CATALOGUE.get(name, "") if column == "role" else "",
        of_profile=shares[0],
        postings_url=profile.postings_url(profile.question.narrowed(**{column: name})),
        of_place=shares[1],
    )
