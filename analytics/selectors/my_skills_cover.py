"""How much of what each role asks for a person's skills cover, and how many of its postings they fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart, bar_with_intervals
from analytics.figures import number, percent
from analytics.measures import ON_ITS_OWN, THIN_BELOW, WITHHELD_BELOW, CoveredShares, covered_shares
from analytics.questions import Question
from analytics.selectors.counted import tally
from analytics.selectors.counted_skills import role_skills
from analytics.selectors.links import path_of, postings_url
from analytics.selectors.my_skills_fit import Had, asked_each, fits, had_each, rated, technical
from analytics.selectors.narrowing import have_pairs
from analytics.selectors.published import Published
from analytics.selectors.role_names import catalogued_by_size, role_label
from analytics.selectors.selected import selected
from analytics.selectors.shares import shares_each, state_of
from analytics.snapshot import Filter, Snapshot
from analytics.tables import (
    Column,
    Estimate,
    Row,
    Sheet,
    Table,
    Unit,
    interval_cell,
    number_cell,
    share_cell,
    text_cell,
)

COVERED = Unit("covered, of all that its postings ask for", scale=100, suffix="%")
MOST_BARS = 15
NEXT = 3
"""So many missing skills stand beside a role."""

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Mine:
    """The skills of the person who asks, as the address names them, and the filters around."""

    names: tuple[str, ...]
    had: Had
    question: Question
    shown: Published

    @property
    def around(self) -> Question:
        return self.question.without("role")

    def page_url(self, role: str) -> str:
        """Return this screen with the details of one role."""
        return path_of("my_skills") + self.around.narrowed(role=role).query_and(have_pairs(self.names, self.had.least))

    def fitting_url(self, role: str, further: str = "") -> str:
        """Return the list of the role's postings that fit, also with a further skill."""
        have = (*self.names, further) if further else self.names
        return path_of("posting_list") + self.around.narrowed(role=role).query_and(have_pairs(have, self.had.least))


@dataclass(frozen=True)
class Covered:
    """By code of the role: what is covered, and how many postings require enough to be rated, and fit."""

    shares: CoveredShares
    rated: Counts
    fit: Counts


@dataclass(frozen=True)
class RolesCovered:
    sheet: Sheet
    chart: Chart
    left_out: str


def covered_by_role(mine: Mine) -> Covered:
    return _covered(mine.shown.snapshot, mine.around.filter, mine.had)


@lru_cache(maxsize=8)
def _covered(snapshot: Snapshot, asked: Filter, had: Had) -> Covered:
    rows = selected(snapshot, asked).rows
    role, roles = snapshot.role[rows], len(snapshot.roles)
    company = snapshot.company[rows].astype(np.int64)
    if (unknown := snapshot.code("company", "")) is not None:
        company[company == unknown] = ON_ITS_OWN
    names = asked_each(snapshot, required=False)[rows]
    found = covered_shares(names, had_each(snapshot, had.codes, required=False)[rows], role, company, groups=roles)
    is_rated, fit = rated(snapshot)[rows], fits(snapshot, had)[rows]
    return Covered(found, np.bincount(role[is_rated], minlength=roles), np.bincount(role[fit], minlength=roles))


def roles_covered(mine: Mine) -> RolesCovered:
    """Return the roles by what is covered, the most first; those of few postings last, of fewer than ten not at all."""
    snapshot = mine.shown.snapshot
    sizes = tally(snapshot, selected(snapshot, mine.around.filter), "role")
    chosen = mine.question.filter.roles if len(mine.question.filter.roles) > 1 else ()
    every = [code for code in catalogued_by_size(sizes, snapshot.roles) if not chosen or snapshot.roles[code] in chosen]
    covered = covered_by_role(mine)
    shown = [code for code in every if sizes[code] >= WITHHELD_BELOW and covered.shares.asked[code] > 0]
    order = sorted(shown, key=lambda code: (sizes[code] < THIN_BELOW, -float(covered.shares.value[code])))
    few = len(every) - len(shown)
    return RolesCovered(
        sheet=Sheet("roles", "What your skills cover of each role", _table(order, sizes, covered, mine), "coverage"),
        chart=_chart([code for code in order if sizes[code] >= THIN_BELOW][:MOST_BARS], sizes, covered, mine),
        left_out=f"{number(few)} role{'' if few == 1 else 's'} of fewer than ten postings left out." if few else "",
    )


def _table(order: Sequence[int], sizes: Counts, covered: Covered, mine: Mine) -> Table:
    columns = (
        Column("Role", is_number=False),
        Column("Covered", unit=COVERED),
        Column("95% interval", unit=COVERED),
        Column("Postings that you fit"),
        Column("Postings"),
        Column("Would add most", is_number=False),
    )
    fits_of = shares_each(covered.fit[order], covered.rated[order])
    rows = []
    for code, fit in zip(order, fits_of, strict=True):
        name, shares = mine.shown.snapshot.roles[code], covered.shares
        row: Row = (
            text_cell(role_label(name), mine.page_url(name), state=state_of(int(sizes[code]))),
            number_cell(float(shares.value[code]), COVERED),
            interval_cell(float(shares.low[code]), float(shares.high[code]), COVERED),
            share_cell(fit, mine.fitting_url(name)),
            number_cell(int(sizes[code]), url=postings_url(mine.around.narrowed(role=name))),
            text_cell(", ".join(_missing_most(code, mine))),
        )
        rows.append(row)
    return Table(columns, tuple(rows))


def _missing_most(role: int, mine: Mine) -> list[str]:
    return [mine.shown.snapshot.skills[code] for code in missing_by_share(role, mine)[:NEXT]]


def missing_by_share(role: int, mine: Mine) -> list[int]:
    """Return the codes of the skills that a role's postings name and the person lacks, the commonest first."""
    snapshot = mine.shown.snapshot
    named = role_skills(snapshot, selected(snapshot, mine.around.filter))[role].sum(axis=1)
    lacking = np.where(technical(snapshot), named, 0)
    lacking[list(mine.had.codes)] = 0
    return [int(code) for code in np.argsort(-lacking, kind="stable")[: int(np.count_nonzero(lacking))]]


def _chart(order: Sequence[int], sizes: Counts, covered: Covered, mine: Mine) -> Chart:
    shares, names = covered.shares, mine.shown.snapshot.roles
    rows = [
        Estimate(
            role_label(names[code]),
            float(shares.value[code]),
            float(shares.low[code]),
            float(shares.high[code]),
            n=int(sizes[code]),
            url=mine.page_url(names[code]),
            state=state_of(int(sizes[code])),
        )
        for code in order
    ]
    caption = Caption(
        key="covered",
        title="Which roles your skills cover most",
        summary=_summary(rows),
        unit=COVERED,
        n=int(sizes[list(order)].sum()),
        rows="role",
        method="coverage",
    )
    return bar_with_intervals(rows, caption)


def _summary(rows: Sequence[Estimate]) -> str:
    sure = [row for row in rows if row.state == "ok"]
    if not sure or sure[0].value is None:
        return "No role has thirty postings here."
    said = f"Most: {sure[0].label}, {percent(sure[0].value)} of what its postings ask for"
    last = sure[-1]
    return (
        f"{said}; the last of these is {last.label} with {percent(last.value or 0.0)}." if len(sure) > 1 else f"{said}."
    )
