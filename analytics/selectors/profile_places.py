"""Where the postings of a profile stand: under which roles and titles, in which companies, in which months."""

from dataclasses import dataclass

import numpy as np

from analytics.charts import Caption, Chart, line_over_months
from analytics.figures import ShareFigure, percent
from analytics.questions import Question
from analytics.selectors.links import in_month, postings_url, role_url
from analytics.selectors.months import month_axis
from analytics.selectors.profile_parts import Leaning
from analytics.selectors.published import ProfileName, Published
from analytics.selectors.role_names import NOT_IN_CATALOGUE, roles_by_size
from analytics.selectors.shares import postings_text, share_estimates, share_of, shares_of
from analytics.snapshot import Selection
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


def roles_and_titles(profile: ProfileName, leaning: Leaning, question: Question, shown: Published) -> RolesAndTitles:
    tables = _Tables(profile, leaning, question, shown)
    return RolesAndTitles(tables.table("role", most=len(shown.snapshot.roles)), tables.table("title", most=MOST_TITLES))


def companies(profile: ProfileName, leaning: Leaning, question: Question, shown: Published) -> PlaceTable:
    return _Tables(profile, leaning, question, shown).table("company", most=MOST_COMPANIES)


def months(profile: ProfileName, leaning: Leaning, question: Question, shown: Published) -> Chart:
    """Return the share of each month's postings that lean to the profile."""
    snapshot = shown.snapshot
    axis = month_axis(snapshot, leaning.selection, most=MONTHS)
    totals = snapshot.months(leaning.selection)[axis.codes]
    counts = snapshot.months(_postings_of(profile, leaning, shown))[axis.codes]
    urls = [postings_url(in_month(question, month), profile=profile.known) for month in axis.months]
    points = share_estimates([""] * len(counts), counts, totals, urls)
    known = [point.value for point in points[: len(axis.finished_codes)] if point.value is not None]
    caption = Caption(
        key="months",
        title=f"How many postings lean to “{profile.name}”, month by month",
        summary=f"Its share of a finished month lay between {percent(min(known))} and {percent(max(known))}."
        if known
        else "No finished month has ten postings with a date.",
        unit=SHARE,
        n=int(totals.sum()),
        rows="month",
    )
    return line_over_months([Series(profile.name, points)], caption, months=axis.months, unfinished=axis.unfinished)


def _postings_of(profile: ProfileName, leaning: Leaning, shown: Published) -> Selection:
    return shown.snapshot.pick(leaning.rows(profile.number))


@dataclass(frozen=True)
class _Tables:
    profile: ProfileName
    leaning: Leaning
    question: Question
    shown: Published

    def table(self, column: str, *, most: int) -> PlaceTable:
        """Count the profile's postings by `column`, the commonest first, what is not known left out."""
        snapshot = self.shown.snapshot
        mine = _postings_of(self.profile, self.leaning, self.shown)
        counts = snapshot.tally(mine, column)
        totals = snapshot.tally(self.leaning.selection, column)
        names = snapshot.vocabulary(column)
        order = [code for code in self._order(column, counts) if names[code]]
        codes = order[:most]
        shares = shares_of(counts[codes], mine.n)
        rows = tuple(
            self._row(column, code, share, share_of(int(counts[code]), int(totals[code])))
            for code, share in zip(codes, shares, strict=True)
        )
        rest = len(order) - len(rows)
        in_rest = int(counts[order[most:]].sum())
        return PlaceTable(rows, f"{rest:,} rarer ones with {postings_text(in_rest)} are not listed." if rest else "")

    def _order(self, column: str, counts: np.ndarray) -> list[int]:
        if column == "role":
            return roles_by_size(counts, self.shown.snapshot.roles)
        return [int(code) for code in np.argsort(-counts, kind="stable") if counts[code]]

    def _row(self, column: str, code: int, of_profile: ShareFigure, of_place: ShareFigure) -> PlaceRow:
        snapshot = self.shown.snapshot
        name = snapshot.vocabulary(column)[code]
        label = snapshot.company_labels[code] if column == "company" else name
        return PlaceRow(
            name=mask_contacts(label) if column == "title" else label,
            url=role_url(name, self.question) if column == "role" else "",
            note=NOT_IN_CATALOGUE.get(name, "") if column == "role" else "",
            of_profile=of_profile,
            postings_url=postings_url(self.question.narrowed(**{column: name}), profile=self.profile.known),
            of_place=of_place,
        )
