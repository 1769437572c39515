"""The roles on a plane: near each other what asks for the same skills."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart
from analytics.charts_dots import Dot, scatter
from analytics.figures import number, percent
from analytics.measures import THIN_BELOW, Paper, js_pairs, metric_mds
from analytics.questions import Question
from analytics.selectors.counted import tally
from analytics.selectors.counted_skills import role_skills
from analytics.selectors.links import compare_url, postings_url, role_url
from analytics.selectors.published import Published
from analytics.selectors.role_names import catalogued_by_size, role_label
from analytics.selectors.roles import role_tabs
from analytics.selectors.selected import selected
from analytics.selectors.tabs import Tab
from analytics.snapshot import Filter, Snapshot
from analytics.tables import Column, Row, Sheet, Table, Unit, number_cell, text_cell

MOST_ROLES = 40
NEAREST = 3
FEWEST = 3
ABOUT_RIGHT = 0.8
PLANE = Unit("distance in the skills asked for, as near as a plane can show it", decimals=2)
DISTANCE = Unit("Jensen-Shannon distance", decimals=2)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class RoleMapScreen:
    """`chart` and `nearest` are None where fewer than three roles have thirty postings."""

    tabs: tuple[Tab, ...]
    faith: str
    left_out: str
    chart: Chart | None
    nearest: Sheet | None


@dataclass(frozen=True)
class _Placed:
    """codes: of the roles, the commonest first; distances [m, m]; paper: where they stand."""

    codes: tuple[int, ...]
    distances: Floats
    paper: Paper


def role_map_screen(question: Question, shown: Published) -> RoleMapScreen:
    """Return the roles of thirty postings and more, at most the MOST_ROLES commonest."""
    around = question.without("role")
    placed = _placed(shown.snapshot, around.filter)
    tabs = role_tabs(question, "map")
    if placed is None:
        return RoleMapScreen(tabs, "", "", None, None)
    sizes = tally(shown.snapshot, selected(shown.snapshot, around.filter), "role")
    few = len(catalogued_by_size(sizes, shown.snapshot.roles)) - len(placed.codes)
    return RoleMapScreen(
        tabs=tabs,
        faith=_faith(placed.paper),
        left_out=f"Left out for want of postings: {number(few)}." if few else "",
        chart=_chart(placed, sizes, around, shown.snapshot),
        nearest=_nearest(placed, sizes, around, shown.snapshot),
    )


@lru_cache(maxsize=16)
def _placed(snapshot: Snapshot, asked: Filter) -> _Placed | None:
    selection = selected(snapshot, asked)
    sizes = tally(snapshot, selection, "role")
    skills = role_skills(snapshot, selection).sum(axis=2)
    by_size = catalogued_by_size(sizes, snapshot.roles)
    codes = [code for code in by_size if sizes[code] >= THIN_BELOW and skills[code].any()][:MOST_ROLES]
    if len(codes) < FEWEST:
        return None
    distances = np.asarray(js_pairs(skills[codes]), np.float64)
    return _Placed(tuple(codes), distances, metric_mds(distances))


def _faith(paper: Paper) -> str:
    """Say how far the plane can be believed."""
    if np.isnan(paper.likeness):
        return "Two roles are as far apart as they are; a third makes a plane."
    word = "about right" if paper.likeness >= ABOUT_RIGHT else "rough"
    likeness, off = number(paper.likeness, decimals=2), percent(paper.stress)
    return f"Distances on paper are {word}: r = {likeness} with the true ones, {off} off (stress)."


def _chart(placed: _Placed, sizes: np.ndarray, around: Question, snapshot: Snapshot) -> Chart:
    dots = [
        Dot(
            label=role_label(snapshot.roles[code]),
            x=float(x),
            y=float(y),
            size=float(sizes[code]),
            url=role_url(snapshot.roles[code], around),
            note=f"{number(int(sizes[code]))} postings; nearest {_nearest_text(place, placed, snapshot)}",
        )
        for place, (code, (x, y)) in enumerate(zip(placed.codes, placed.paper.points, strict=True))
    ]
    caption = Caption(
        key="map",
        title="Which roles ask for the same skills",
        summary=_summary(placed, snapshot),
        unit=PLANE,
        n=int(sizes[list(placed.codes)].sum()),
        rows="role",
        method="role_map",
    )
    return scatter(dots, caption)


def _order(place: int, placed: _Placed) -> list[int]:
    """Return the places of the other roles, the nearest first."""
    order = np.argsort(placed.distances[place], kind="stable")
    return [int(other) for other in order if other != place]


def _nearest_text(place: int, placed: _Placed, snapshot: Snapshot) -> str:
    other = _order(place, placed)[0]
    return f"{role_label(snapshot.roles[placed.codes[other]])} ({placed.distances[place, other]:.2f})"


def _summary(placed: _Placed, snapshot: Snapshot) -> str:
    """Name the two nearest roles and the two furthest."""
    pairs = np.triu_indices(len(placed.codes), 1)
    distances = placed.distances[pairs]
    ends = []
    for place in (int(distances.argmin()), int(distances.argmax())):
        names = [role_label(snapshot.roles[placed.codes[side[place]]]) for side in pairs]
        ends.append(f"{names[0]} and {names[1]} ({distances[place]:.2f})")
    return f"Nearest: {ends[0]}. Furthest apart: {ends[1]}. 0 is the same mix of skills, 1 has nothing in common."


def _nearest(placed: _Placed, sizes: np.ndarray, around: Question, snapshot: Snapshot) -> Sheet:
    places = ("Nearest", "Second", "Third")[:NEAREST]
    columns = [Column("Role", is_number=False), Column("Postings")]
    for name in places:
        columns += [Column(name, is_number=False), Column(f"{name}, distance", unit=DISTANCE)]
    rows = tuple(_row(place, placed, sizes, around, snapshot) for place in range(len(placed.codes)))
    wide = min(len(row) for row in rows)
    return Sheet(
        "nearest",
        "The nearest roles of each role",
        Table(tuple(columns[:wide]), tuple(row[:wide] for row in rows)),
        "distance",
        noun="roles",
    )


def _row(place: int, placed: _Placed, sizes: np.ndarray, around: Question, snapshot: Snapshot) -> Row:
    code = placed.codes[place]
    name = snapshot.roles[code]
    row = [
        text_cell(role_label(name), role_url(name, around)),
        number_cell(int(sizes[code]), url=postings_url(around.narrowed(role=name))),
    ]
    for other in _order(place, placed)[:NEAREST]:
        near = snapshot.roles[placed.codes[other]]
        row += [
            text_cell(role_label(near), compare_url(name, near, around)),
            number_cell(float(placed.distances[place, other]), DISTANCE),
        ]
    return tuple(row)
