"""Title twins: what one company calls this, another calls that."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.text import slugify

from analytics.figures import number
from analytics.frozen import RunFigures, Twin, TwinSide, figures_of
from analytics.questions import Question
from analytics.selectors.company_links import company_paths
from analytics.selectors.filterbar import label_of
from analytics.selectors.links import path_of, postings_url, role_url
from analytics.selectors.published import Published
from analytics.selectors.role_names import role_label, role_within
from analytics.selectors.selected import once, selected
from analytics.snapshot import Selection, Snapshot
from analytics.tables import Cell, Column, Row, Sheet, Table, Unit, number_cell, text_cell

PER_PAGE = 50
KEEP = ("sort",)
SORTS = ("distance", "postings")
DISTANCE = Unit("Jensen-Shannon distance", decimals=3)
WAITS = "The twins of this run are not worked out yet: a worker does it after the run is published."
NONE = "No two companies call the same work differently: none of their ads are close enough."


@dataclass(frozen=True)
class TitlePair:
    """Two roles, and how many twins bear them."""

    text: str
    count: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class TwinsScreen:
    """`within` is the median distance between two companies inside one title, "" where there are no twins.

    `pairs` is None where `refusal` says why; `ignored` says which filters do not count here.
    """

    lead: str
    within: str
    found: int
    kinds: tuple[TitlePair, ...]
    pairs: Sheet | None
    refusal: str
    ignored: str


def twins_screen(question: Question, shown: Published, query: QueryDict) -> TwinsScreen:
    figures = figures_of(shown.run.input_key or "")
    asked = question.filter
    if figures is None or figures.within is None or not figures.twins:
        return TwinsScreen("", "", 0, (), None, WAITS if figures is None else NONE, "")
    sort = query.get("sort", "")
    twins = _matching(figures, asked.companies, asked.roles)
    if sort == "postings":
        twins = sorted(twins, key=lambda twin: (-min(twin.first.ads, twin.second.ads), twin.distance))
    page = Paginator(twins, PER_PAGE).get_page(query.get("page"))
    within = number(figures.within, decimals=2)
    return TwinsScreen(
        lead=_lead(figures.twins[0], within, shown),
        within=within,
        found=len(twins),
        kinds=_kinds(_matching(figures, asked.companies, ()), question),
        pairs=_sheet(page, twins, question, shown, sort=sort) if twins else None,
        refusal="" if twins else "No pair has this company or role: remove a filter.",
        ignored=_ignored(question),
    )


def twin_sheet(question: Question, shown: Published, *, companies: Sequence[str], roles: Sequence[str]) -> Sheet | None:
    """Return the run's twins of some companies or roles, None without any."""
    figures = figures_of(shown.run.input_key or "")
    twins = _matching(figures, companies, roles) if figures else []
    return _sheet(None, twins, question, shown, sort="") if twins else None


def twin_path(one: str, role: str, other: str, other_role: str) -> str:
    """Return where two cells are opened side by side; `one` and `other` are the paths of the companies' pages."""
    cells = (
        f"{path.rstrip('/').rsplit('/', 1)[1]}:{slugify(name)}" for path, name in ((one, role), (other, other_role))
    )
    return path_of("twin_pair", *cells)


def _matching(figures: RunFigures, companies: Sequence[str], roles: Sequence[str]) -> list[Twin]:
    """Return the pairs of which one side is of a company (both, when several are chosen), and of a role alike."""
    return [
        twin
        for twin in figures.twins
        if _fits({twin.first.company, twin.second.company}, set(companies))
        and _fits({twin.first.role, twin.second.role}, set(roles))
    ]


def _fits(sides: set[str], chosen: set[str]) -> bool:
    if len(chosen) > 1:
        return sides <= chosen
    return not chosen or bool(sides & chosen)


def _kinds(twins: Sequence[Twin], question: Question) -> tuple[TitlePair, ...]:
    """Return which two roles are confused, the commonest first; the pair that is chosen leads back to all."""
    counts = Counter(tuple(sorted((twin.first.role, twin.second.role))) for twin in twins)
    found = []
    for roles, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        is_chosen = set(question.filter.roles) == set(roles)
        asked = question.changed({"roles": () if is_chosen else roles})
        url = path_of("twins") + asked.query
        found.append(TitlePair(" and ".join(map(role_within, roles)), number(count), url, is_chosen))
    return tuple(found)


def _lead(twin: Twin, within: str, shown: Published) -> str:
    one, other = (
        f"{label_of('company', side.company, shown.snapshot)}’s {role_within(side.role)}"
        for side in (twin.first, twin.second)
    )
    return (
        f"The closest: {one} and {other}, at {number(twin.distance, decimals=2)}. "
        f"Two companies that use one and the same title are {within} apart in the middle."
    )


def _ignored(question: Question) -> str:
    asked = question.without("company").without("role")
    return "" if asked.filter == question.cleared().filter else "Only the filters by role and company count here."


def _sheet(page: Page | None, twins: Sequence[Twin], question: Question, shown: Published, *, sort: str) -> Sheet:
    columns = _columns(question, sort, is_sorted=page is not None)
    listed = twins if page is None else list(page.object_list)
    return Sheet(
        key="twins",
        title="Title twins",
        table=Table(columns, tuple(_rows(listed, question, shown))),
        method="twins",
        page=page,
        whole=None if page is None else lambda: Table(columns, tuple(_rows(twins, question, shown))),
        noun="pairs",
    )


def _columns(question: Question, sort: str, *, is_sorted: bool) -> tuple[Column, ...]:
    path = path_of("twins")
    by_distance = path + question.query if is_sorted else ""
    by_postings = path + question.query_with(sort="postings") if is_sorted else ""
    return (
        Column("One company", is_number=False),
        Column("calls it", is_number=False),
        Column("Postings", url=by_postings, order="descending" if sort == "postings" else ""),
        Column("Another company", is_number=False),
        Column("calls it", is_number=False),
        Column("Postings there"),
        Column("Distance", unit=DISTANCE, url=by_distance, order="ascending" if is_sorted and not sort else ""),
        Column("Side by side", is_number=False),
    )


def _rows(twins: Sequence[Twin], question: Question, shown: Published) -> Iterable[Row]:
    paths = company_paths(side.company for twin in twins for side in (twin.first, twin.second))
    sizes = _sizes(twins, shown.snapshot)
    plain = question.cleared()
    for twin in twins:
        one, other = paths.get(twin.first.company, ""), paths.get(twin.second.company, "")
        pair = twin_path(one, twin.first.role, other, twin.second.role) + plain.query if one and other else ""
        yield (
            *_side(twin.first, one, sizes, plain, shown),
            *_side(twin.second, other, sizes, plain, shown),
            number_cell(twin.distance, DISTANCE, pair),
            text_cell("open" if pair else "", pair),
        )


def _side(
    side: TwinSide, path: str, sizes: Mapping[tuple[str, str], int], plain: Question, shown: Published
) -> tuple[Cell, Cell, Cell]:
    here = plain.narrowed(company=side.company, role=side.role)
    return (
        text_cell(label_of("company", side.company, shown.snapshot), path + plain.query if path else ""),
        text_cell(role_label(side.role), role_url(side.role, plain)),
        number_cell(sizes[side.company, side.role], url=postings_url(here)),
    )


def _sizes(twins: Sequence[Twin], snapshot: Snapshot) -> Mapping[tuple[str, str], int]:
    """Return how many postings each side has, those that name no skill as well: as many as its list."""
    sides = {(side.company, side.role) for twin in twins for side in (twin.first, twin.second)}
    codes = {(snapshot.code("company", side[0]), snapshot.code("role", side[1])): side for side in sides}
    cells, counts = _cells(snapshot, selected(snapshot, Question().filter))
    sizes = dict.fromkeys(sides, 0)
    for (company, role), side in codes.items():
        if company is None or role is None:
            continue
        cell = role * len(snapshot.companies) + company
        place = int(np.searchsorted(cells, cell))
        if place < len(cells) and cells[place] == cell:
            sizes[side] = int(counts[place])
    return sizes


def _cells(snapshot: Snapshot, selection: Selection) -> tuple[np.ndarray, np.ndarray]:
    found = _role_company_counts(snapshot, selection)
    return found[0], found[1]


@once
def _role_company_counts(snapshot: Snapshot, selection: Selection) -> np.ndarray:
    """Return [2, cells]: the cells role * companies + company that have postings, ascending, and how many."""
    rows = selection.rows
    cells = snapshot.role[rows].astype(np.int64) * len(snapshot.companies) + snapshot.company[rows]
    return np.stack(np.unique(cells, return_counts=True))
