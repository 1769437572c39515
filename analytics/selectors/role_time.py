"""How what a role is asked for moved, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.charts import Caption, Chart, line_over_months
from analytics.figures import month_name
from analytics.measures import WITHHELD_BELOW
from analytics.selectors.counted import tally
from analytics.selectors.links import monthly_urls
from analytics.selectors.months import MonthAxis, month_axis
from analytics.selectors.movement import Movement, movement
from analytics.selectors.one_role import OneRole
from analytics.selectors.role_names import role_within
from analytics.selectors.shares import share_estimates
from analytics.tables import SHARE, Series

MOST_SKILLS = 6
MONTHS = 36


@dataclass(frozen=True)
class TimeTab:
    chart: Chart
    movement: Movement


def time_tab(role: OneRole) -> TimeTab:
    """Return the monthly shares of the skills asked for most, and what rose and fell in the role."""
    axis = _sure_from(month_axis(role.snapshot, role.selection, most=MONTHS), role)
    sizes = tally(role.snapshot, role.selection, "month")[axis.codes]
    codes = role.by_share()[:MOST_SKILLS] if axis.months else []
    caption = Caption(
        key="time",
        title=f"The skills that {role_within(role.name)} postings name most, month by month",
        summary=_summary(role, codes, sizes, axis),
        unit=SHARE,
        n=int(sizes.sum()),
        rows="month",
        method="trend",
    )
    series = [_series(role, code, sizes, axis) for code in codes]
    chart = line_over_months(series, caption, months=axis.months, unfinished=axis.unfinished)
    return TimeTab(chart, movement(role.question, role.shown))


def _sure_from(axis: MonthAxis, role: OneRole) -> MonthAxis:
    """Begin with the first month that has postings enough to show a share."""
    sizes = tally(role.snapshot, role.selection, "month")[axis.codes]
    enough = np.flatnonzero(sizes >= WITHHELD_BELOW)
    if len(enough) == 0:
        return MonthAxis((), axis.codes[:0], None)
    first = int(enough[0])
    return MonthAxis(axis.months[first:], axis.codes[first:], axis.unfinished)


def _series(role: OneRole, code: int, sizes: np.ndarray, axis: MonthAxis) -> Series:
    name = role.snapshot.skills[code]
    counts = role.snapshot.skill_tally(role.selection, code, "month")[axis.codes]
    links = monthly_urls(role.question, axis.months, skill=name)
    urls = [link if count else "" for link, count in zip(links, counts, strict=True)]
    return Series(name, share_estimates([""] * len(urls), counts, sizes, urls))


def _summary(role: OneRole, codes: Sequence[int], sizes: np.ndarray, axis: MonthAxis) -> str:
    if not codes:
        return "No month has ten dated postings."
    names = ", ".join(role.snapshot.skills[code] for code in codes[:3])
    said = f"{axis.text}; {names} lead. Months under ten postings are left open."
    if axis.unfinished is not None:
        said += f" {month_name(axis.unfinished)} is shaded: the data ends within it."
    return said
