"""Which companies use a role's name, and how far each is from all others that do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.core.paginator import Paginator
from numpy.typing import NDArray

from analytics.figures import number
from analytics.measures import COMPARED_FROM, js_distance
from analytics.selectors.ambiguities import AmbiguityFigure, ambiguity_of
from analytics.selectors.company_links import company_urls
from analytics.selectors.counted import commonest, company_tally
from analytics.selectors.counted_skills import skills_by_group
from analytics.selectors.links import postings_url
from analytics.selectors.one_role import OneRole
from analytics.selectors.selected import selected
from analytics.snapshot import Filter, Snapshot
from analytics.tables import (
    Cell,
    Column,
    Row,
    Sheet,
    Table,
    Unit,
    badge_cell,
    interval_cell,
    number_cell,
    text_cell,
)

MOST_COMPANIES = 150
PER_PAGE = 50
ROUNDS = 40
SIZES = (5, 7, 10, 15, 25, 50, 100, 200, 400)
"""Numbers of ads for which chance is drawn; between them it is read off."""
MOST_SKILLS = 3
LEAST_ADS, LEAST_POINTS = 3, 0.15
"""A company asks for a skill more than others from so many ads and so much of a share on."""
DISTANCE = Unit("Jensen-Shannon distance", decimals=2)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class CompaniesTab:
    """`sheet` is None when no company has ads enough; `few` says how many were left out."""

    sheet: Sheet | None
    ambiguity: AmbiguityFigure
    few: str


@dataclass(frozen=True)
class _Apart:
    """Of each company, in one order: its skills [c, k], its distance to the rest, and what chance gives at its size."""

    skills: NDArray[np.int64]
    distance: Floats
    low: Floats
    high: Floats


def companies_tab(role: OneRole, page: str | None) -> CompaniesTab:
    """Return the companies with ads enough to be compared, the most ads first."""
    counts = company_tally(role.snapshot, role.selection)
    codes = [code for code in commonest(counts, MOST_COMPANIES) if counts[code] >= COMPARED_FROM]
    few = int(np.count_nonzero(counts)) - int(np.count_nonzero(counts >= COMPARED_FROM))
    ambiguity = ambiguity_of(role.name, role.shown)
    left_out = f"{number(few)} with fewer than {COMPARED_FROM} ads are left out: they say too little." if few else ""
    if not codes:
        return CompaniesTab(None, ambiguity, left_out)
    rows = _rows(role, codes, counts[codes])
    pages = Paginator(rows, PER_PAGE)
    shown = pages.get_page(page)
    return CompaniesTab(
        Sheet(
            "companies",
            "Companies that use this title, and how far each is from the others",
            _table(list(shown.object_list)),
            "distance",
            page=shown if pages.num_pages > 1 else None,
            whole=lambda: _table(rows),
            noun="companies",
        ),
        ambiguity,
        left_out,
    )


def _table(rows: Sequence[Row]) -> Table:
    columns = (
        Column("Company", is_number=False),
        Column("Postings"),
        Column("Distance to the others", unit=DISTANCE),
        Column("By chance at so many ads", unit=DISTANCE),
        Column("What it says", is_number=False),
        Column("Asks more for", is_number=False),
    )
    return Table(columns, tuple(rows))


def _rows(role: OneRole, codes: Sequence[int], ads: NDArray[np.int64]) -> list[Row]:
    snapshot = role.snapshot
    apart = _apart(role, codes, ads)
    urls = company_urls((snapshot.companies[code] for code in codes), role.around)
    rows: list[Row] = []
    for place, code in enumerate(codes):
        key = snapshot.companies[code]
        distance, low, high = (float(some[place]) for some in (apart.distance, apart.low, apart.high))
        rows.append(
            (
                text_cell(snapshot.company_labels[code] or key, urls.get(key, "")),
                number_cell(int(ads[place]), url=postings_url(role.question.narrowed(company=key))),
                number_cell(distance, DISTANCE),
                interval_cell(low, high, DISTANCE),
                _verdict(distance, low, high),
                Cell(", ".join(_more(role, apart.skills[place], int(ads[place])))),
            )
        )
    return rows


def _verdict(distance: float, low: float, high: float) -> Cell:
    if np.isnan(distance):
        return Cell("names no skill")
    if distance > high:
        return badge_cell("differs", "warn")
    return badge_cell("more alike than chance" if distance < low else "as chance would", "")


def _more(role: OneRole, own: NDArray[np.int64], ads: int) -> list[str]:
    """Return the skills that the company asks for most beyond the others, the largest difference of shares first."""
    rest = (role.counts.any - own) / max(role.n - ads, 1)
    difference = np.where(own >= LEAST_ADS, own / ads - rest, 0.0)
    order = np.argsort(-difference, kind="stable")[:MOST_SKILLS]
    return [role.snapshot.skills[code] for code in order if difference[code] >= LEAST_POINTS]


def _apart(role: OneRole, codes: Sequence[int], ads: NDArray[np.int64]) -> _Apart:
    snapshot, rows = role.snapshot, role.selection.rows
    place = np.full(len(snapshot.companies), -1, np.int64)
    place[list(codes)] = np.arange(len(codes))
    own = rows[place[snapshot.company[rows]] >= 0]
    found = skills_by_group(snapshot, own, place[snapshot.company[own]], len(codes))
    distance = js_distance(found, role.counts.any - found)
    sizes, low, high = _by_chance(snapshot, role.question.filter)
    return _Apart(found, distance, np.interp(np.log(ads), sizes, low), np.interp(np.log(ads), sizes, high))


@lru_cache(maxsize=32)
def _by_chance(snapshot: Snapshot, asked: Filter) -> tuple[Floats, Floats, Floats]:
    """Return logarithms of numbers of ads, and between what that many of these postings lie from the rest in 95%."""
    rows = selected(snapshot, asked).rows
    total = skills_by_group(snapshot, rows, np.zeros(len(rows), np.int64), 1)[0]
    sizes = [size for size in SIZES if size <= max(len(rows) // 2, SIZES[0])]
    rng, rounds = np.random.default_rng(len(rows)), np.arange(ROUNDS)
    ends = []
    for size in sizes:
        drawn = [rng.choice(len(rows), min(size, len(rows)), replace=False) for _ in range(ROUNDS)]
        sums = skills_by_group(snapshot, rows[np.concatenate(drawn)], rounds.repeat(len(drawn[0])), ROUNDS)
        ends.append(np.nanquantile(js_distance(sums, total - sums), (0.025, 0.975)))
    low, high = np.array(ends).T
    return np.log(sizes), low, high
