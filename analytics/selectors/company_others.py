"""How far a company is from the others under the same titles, and who calls the same work something else."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.figures import number
from analytics.frozen import figures_of
from analytics.measures import COMPARED_FROM, Band, distance_from_rest, draws_like, excess
from analytics.questions import Question
from analytics.selectors.counted_skills import role_skills, skills_by_group
from analytics.selectors.links import postings_url, role_url
from analytics.selectors.one_company import OneCompany
from analytics.selectors.role_names import role_label
from analytics.selectors.selected import selected
from analytics.selectors.twins import twin_sheet
from analytics.snapshot import Filter, Snapshot
from analytics.tables import Cell, Column, Row, Sheet, Table, Unit, badge_cell, number_cell, text_cell

MOST_ROLES = 6
MOST_DRAWN = 300
"""Ads of one company under one role that are looked at; of more an even sample."""
ROUNDS, SEED = 60, 1
DISTANCE = Unit("Jensen-Shannon distance", decimals=3)
EXCESS = Unit("distance beyond chance", decimals=2)
PULL = Unit("part of the role’s ambiguity", decimals=3)

Rows = NDArray[np.int32]


@dataclass(frozen=True)
class OthersTab:
    """`lines` is None where no role has enough ads, which `refusal` says; `twins` None where it has no twins."""

    lines: Sheet | None
    twins: Sheet | None
    refusal: str = ""


def others_tab(company: OneCompany) -> OthersTab:
    roles = _roles(company)
    pulls = _pulls(company)
    rows = tuple(_row(company, role, band, pulls) for role in roles if (band := _band(company, role)) is not None)
    twins = twin_sheet(company.around.cleared(), company.shown, companies=(company.key,), roles=())
    if not rows:
        refusal = f"It has fewer than {COMPARED_FROM} ads that name skills under each role that others have too."
        return OthersTab(None, twins, refusal)
    columns = (
        Column("Role", is_number=False),
        Column("Postings"),
        Column("Others"),
        Column("Distance", unit=DISTANCE),
        Column("Chance from", unit=DISTANCE),
        Column("Chance to", unit=DISTANCE),
        Column("Beyond chance", unit=EXCESS),
        Column("It is", is_number=False),
        *((Column("Pulls the role’s ambiguity by", unit=PULL),) if pulls else ()),
    )
    lines = Sheet(
        key="others",
        title=f"How far {company.name} is from others under the same title",
        table=Table(columns, rows),
        method="cell_distance",
        noun="roles",
    )
    return OthersTab(lines, twins)


def _roles(company: OneCompany) -> list[int]:
    """Return the roles of the catalogue with most of its postings that somebody else has, too."""
    own = np.where(company.is_catalogued & (company.others_by_role > 0), company.by_role, 0)
    return [int(role) for role in np.argsort(-own, kind="stable")[:MOST_ROLES] if own[role] >= COMPARED_FROM]


def _band(company: OneCompany, role: int) -> Band | None:
    return _distance(company.snapshot, company.question.filter, company.around.filter, role)


@lru_cache(maxsize=512)
def _distance(snapshot: Snapshot, own: Filter, around: Filter, role: int) -> Band | None:
    """Return how far the company's ads of a role are from the others', None under five ads that name skills.

    Kept, since the draws are the dearest figure of the page.
    """
    every = _of_role(snapshot, own, role)
    mine, pool = _sampled(every), _of_role(snapshot, around, role)
    if len(mine) < COMPARED_FROM:
        return None
    total = role_skills(snapshot, selected(snapshot, around))[role].sum(axis=1, dtype=np.int64)
    if len(mine) < len(every):
        # What is not looked at of its own is nobody else's either.
        aside = np.setdiff1d(every, mine, assume_unique=True)
        pool = np.setdiff1d(pool, aside, assume_unique=True)
        total = total - _counts(snapshot, aside, 1)[0]
    draws = draws_like(snapshot.source[mine], snapshot.source[pool], seed=SEED, rounds=ROUNDS)
    drawn = np.concatenate([pool[places] for places in draws])
    return distance_from_rest(_counts(snapshot, mine, 1)[0], total, _counts(snapshot, drawn, ROUNDS))


def _of_role(snapshot: Snapshot, asked: Filter, role: int) -> Rows:
    """Return the rows of a role that name skills; rows stand in the order of the roles."""
    rows = selected(snapshot, asked).rows
    first, last = np.searchsorted(rows, snapshot.role_start[role : role + 2])
    own = rows[first:last]
    return own[snapshot.indptr[own + 1] > snapshot.indptr[own]]


def _sampled(rows: Rows) -> Rows:
    return rows if len(rows) <= MOST_DRAWN else rows[np.arange(MOST_DRAWN) * len(rows) // MOST_DRAWN]


def _counts(snapshot: Snapshot, rows: Rows, groups: int) -> NDArray[np.int64]:
    """Count skills over `rows`, which are as many postings for each of the groups, one after another: [groups, k]."""
    return skills_by_group(snapshot, rows, np.repeat(np.arange(groups), len(rows) // groups), groups)


def _row(company: OneCompany, role: int, band: Band, pulls: Mapping[str, float]) -> Row:
    name = company.snapshot.roles[role]
    here: Question = company.question.narrowed(role=name)
    text, tone = _verdict(band)
    return (
        text_cell(role_label(name), role_url(name, company.around)),
        number_cell(int(company.by_role[role]), url=postings_url(here)),
        Cell(number(int(company.others_by_role[role])), value=int(company.others_by_role[role])),
        number_cell(band.observed, DISTANCE),
        number_cell(band.low, DISTANCE),
        number_cell(band.high, DISTANCE),
        number_cell(None if _is_fixed(band) else max(excess(band), 0.0), EXCESS),
        badge_cell(text, tone),
        *((number_cell(pulls.get(name), PULL),) if pulls else ()),
    )


def _is_fixed(band: Band) -> bool:
    """Tell whether every draw was the company's own ads again."""
    return band.high - band.low < 1e-9


def _verdict(band: Band) -> tuple[str, str]:
    if _is_fixed(band):
        return "cannot tell: its source has nobody else", ""
    if band.observed > band.high:
        return "different", "warn"
    return "like the others", "good"


def _pulls(company: OneCompany) -> Mapping[str, float]:
    """Return how much higher each role's ambiguity is with the company than without, where it is a strong one."""
    figures = figures_of(company.shown.run.input_key or "")
    found = figures.ambiguity.items() if figures else ()
    return {role: pull.pull for role, one in found for pull in one.pulls if pull.company == company.key}
