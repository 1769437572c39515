"""Where the postings of a profile stand: under which roles and titles, in which companies, in which months."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.charts import Caption, Chart, line_over_months
from analytics.figures import ShareFigure, number
from analytics.selectors.counted import commonest, tally
from analytics.selectors.links import monthly_urls, role_url
from analytics.selectors.month_range import range_text
from analytics.selectors.months import month_axis
from analytics.selectors.one_profile import OneProfile
from analytics.selectors.role_names import NOT_IN_CATALOGUE, roles_by_size
from analytics.selectors.shares import postings_text, share_estimates, shares_each, shares_of
from analytics.tables import SHARE, Series
from postings.ingest.contacts import mask_contacts

MOST_TITLES = 40
MOST_COMPANIES = 50
MONTHS = 48


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
    left_out: str


@dataclass(frozen=True)
class RolesAndTitles:
    roles: PlaceTable
    titles: PlaceTable


def roles_and_titles(profile: OneProfile) -> RolesAndTitles:
    return RolesAndTitles(
        roles=_table(profile, "role", most=len(profile.snapshot.roles)),
        titles=_table(profile, "title", most=MOST_TITLES),
    )


def companies(profile: OneProfile) -> PlaceTable:
    return _table(profile, "company", most=MOST_COMPANIES)


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
    )
    series = Series(profile.name, share_estimates([""] * len(urls), counts, totals, urls))
    return line_over_months([series], caption, months=axis.months, unfinished=axis.unfinished)


def _table(profile: OneProfile, column: str, *, most: int) -> PlaceTable:
    """Count the profile's postings by `column`, the commonest first; what is not known is left out."""
    snapshot = profile.snapshot
    counts, totals = tally(snapshot, profile.mine, column), tally(snapshot, profile.everyone, column)
    names = snapshot.vocabulary(column)
    if (unknown := snapshot.code(column, "")) is not None:
        counts = np.where(np.arange(len(counts)) == unknown, 0, counts)
    codes = roles_by_size(counts, names) if column == "role" else commonest(counts, most)
    rows = tuple(
        _row(profile, column, code, shares)
        for code, *shares in zip(
            codes, shares_of(counts[codes], profile.mine.n), shares_each(counts[codes], totals[codes]), strict=True
        )
    )
    rest = int(np.count_nonzero(counts)) - len(codes)
    postings = postings_text(int(counts.sum() - counts[codes].sum()))
    return PlaceTable(rows, f"{number(rest)} rarer ones with {postings} are not listed." if rest else "")


def _row(profile: OneProfile, column: str, code: int, shares: Sequence[ShareFigure]) -> PlaceRow:
    snapshot = profile.snapshot
    name = snapshot.vocabulary(column)[code]
    label = snapshot.company_labels[code] if column == "company" else name
    return PlaceRow(
        name=mask_contacts(label) if column == "title" else label,
        url=role_url(name, profile.question) if column == "role" else "",
        note=NOT_IN_CATALOGUE.get(name, "") if column == "role" else "",
        of_profile=shares[0],
        postings_url=profile.postings_url(profile.question.narrowed(**{column: name})),
        of_place=shares[1],
    )
