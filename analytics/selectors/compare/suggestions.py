"""What to compare, while nothing is chosen."""

from collections.abc import Sequence

import numpy as np

from analytics.measures import THIN_BELOW, js_distance
from analytics.questions import Question
from analytics.selectors.compare.periods import Period, months_period
from analytics.selectors.compare.sides import AT, Kind
from analytics.selectors.counted import tally
from analytics.selectors.counted_skills import role_skills
from analytics.selectors.links import between, compare_url, postings_url, sides_url
from analytics.selectors.months import month_axis
from analytics.selectors.published import Published
from analytics.selectors.role_names import catalogued_by_size, role_label, role_within
from analytics.selectors.selected import selected
from analytics.tables import Column, Row, Sheet, Table, Unit, number_cell, text_cell

SUGGESTED_FROM, MOST_SUGGESTED = 12, 8
MOST_IN_TIME = 8
MOST_PARTS = 6
YEAR = 12
DISTANCE = Unit("Jensen-Shannon distance", decimals=2)


def suggestions(around: Question, shown: Published) -> tuple[Sheet, ...]:
    """Return the nearest roles, parts of one coarse profile, and roles a year apart; what is empty is left out."""
    found = (_near_roles(around, shown), _year_apart(around, shown), _parts(around, shown))
    return tuple(sheet for sheet in found if sheet.table.rows)


def _near_roles(around: Question, shown: Published) -> Sheet:
    """The nearest pairs among the commonest roles: the same job under two names, or nearly."""
    rows = tuple(
        (
            text_cell(f"{role_label(first)} and {role_within(second)}", compare_url(first, second, around)),
            number_cell(distance, DISTANCE),
        )
        for first, second, distance in _nearest(around, shown)
    )
    columns = (Column("roles", is_number=False), Column("distance", unit=DISTANCE))
    return Sheet("near-roles", "Two names for one job?", Table(columns, rows), method="distance", noun="pairs")


def _nearest(around: Question, shown: Published) -> list[tuple[str, str, float]]:
    snapshot = shown.snapshot
    selection = selected(snapshot, around.filter)
    common = _common_roles(around, shown)[:SUGGESTED_FROM]
    if len(common) < 2:
        return []
    skills = role_skills(snapshot, selection)[common].sum(axis=2)
    apart = {
        (one, other): float(distance)
        for one in range(len(common) - 1)
        for other, distance in enumerate(js_distance(skills[one], skills[one + 1 :]), start=one + 1)
        if not np.isnan(distance)
    }
    pairs = sorted(apart, key=lambda pair: (apart[pair], pair))[:MOST_SUGGESTED]
    names = snapshot.roles
    return [(names[common[one]], names[common[other]], apart[one, other]) for one, other in pairs]


def _common_roles(around: Question, shown: Published) -> list[int]:
    counts = tally(shown.snapshot, selected(shown.snapshot, around.filter), "role")
    return [code for code in catalogued_by_size(counts, shown.snapshot.roles) if counts[code] >= THIN_BELOW]


def _year_apart(around: Question, shown: Published) -> Sheet:
    """The commonest roles in the last twelve finished months, against the twelve before."""
    snapshot = shown.snapshot
    axis = month_axis(snapshot, selected(snapshot, around.filter), most=2 * YEAR + 1)
    months = axis.months[:-1] if axis.unfinished is not None else axis.months
    times: tuple[Period, ...] = ()
    if len(months) >= 2 * YEAR:
        last = months[-1]
        times = (months_period(last - YEAR + 1, last), months_period(last - 2 * YEAR + 1, last - YEAR))
    roles = [snapshot.roles[code] for code in _common_roles(around, shown)[:SUGGESTED_FROM]] if times else []
    rows = [_role_in(times, name, around, shown) for name in roles]
    columns = (Column("role", is_number=False), *(Column(time.text) for time in times))
    whole = [row for row in rows if all((cell.value or 0) >= THIN_BELOW for cell in row[1:])]
    table = Table(columns, tuple(whole[:MOST_IN_TIME]))
    return Sheet("year-apart", "The same role, a year later?", table, method="postings", noun="roles")


def _role_in(times: Sequence[Period], name: str, around: Question, shown: Published) -> Row:
    """Return a role and how many postings it has in each time."""
    keys = [f"{Kind.ROLE}:{name}{AT}{time.key}" for time in times]
    asked = [between(around.narrowed(role=name), time.since, time.until) for time in times]
    cells = (number_cell(selected(shown.snapshot, one.filter).n, url=postings_url(one)) for one in asked)
    return (text_cell(role_label(name), sides_url(keys, around)), *cells)


def _parts(around: Question, shown: Published) -> Sheet:
    """The largest two parts of each profile that is split."""
    rows: list[Row] = []
    for whole in next(iter(shown.levels.values()), ()):
        parts = sorted(shown.parts(whole), key=lambda part: -part.weight)[:2]
        if len(parts) == 2:
            keys = [f"{Kind.PROFILE}:{part.known}" for part in parts]
            pair = f"{parts[0].name} · {parts[1].name}"
            rows.append((text_cell(pair, sides_url(keys, around)), text_cell(whole.name)))
    columns = (Column("profiles", is_number=False), Column("both parts of", is_number=False))
    table = Table(columns, tuple(rows[:MOST_PARTS]))
    return Sheet("parts", "Two halves of one profile?", table, method="profiles", noun="pairs")
