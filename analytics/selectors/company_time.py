"""When a company posted, and under which roles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart, line_over_months
from analytics.figures import number
from analytics.selectors.counted import commonest, role_months
from analytics.selectors.links import monthly_urls
from analytics.selectors.months import MonthAxis, month_axis
from analytics.selectors.one_company import OneCompany
from analytics.selectors.role_names import role_label
from analytics.selectors.shares import postings_text
from analytics.tables import POSTINGS, Estimate, Series

MONTHS = 48
MOST_ROLES = 3
FEWEST = 5
"""Postings of a role under which it has no line of its own."""

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class TimeTab:
    """`refusal` says why there is no chart."""

    chart: Chart | None
    refusal: str = ""


def time_tab(company: OneCompany) -> TimeTab:
    """Return the postings by month: all, and those of its commonest roles."""
    axis = month_axis(company.snapshot, company.selection, most=MONTHS)
    if len(axis.months) < 2:
        return TimeTab(None, "Its postings carry too few dates to stand over time.")
    by_role = role_months(company.snapshot, company.selection)[:, axis.codes]
    own = np.where(company.is_catalogued, by_role.sum(axis=1), 0)
    roles = [role for role in commonest(own, MOST_ROLES) if own[role] >= FEWEST]
    every = by_role.sum(axis=0)
    series = [_series(company, "All postings", every, axis, role=None)]
    series += [
        _series(company, role_label(company.snapshot.roles[role]), by_role[role], axis, role=role) for role in roles
    ]
    caption = Caption(
        key="time",
        title=f"When {company.name} posted",
        summary=_summary(every, company.n, axis),
        unit=POSTINGS,
        n=int(every.sum()),
        rows="month",
        method="postings",
    )
    return TimeTab(line_over_months(series, caption, months=axis.months, unfinished=axis.unfinished))


def _series(company: OneCompany, name: str, counts: Counts, axis: MonthAxis, *, role: int | None) -> Series:
    asked = company.question if role is None else company.question.narrowed(role=company.snapshot.roles[role])
    urls = monthly_urls(asked, axis.months)
    points = (
        Estimate("", float(count), url=url if count else "") for count, url in zip(counts.tolist(), urls, strict=True)
    )
    return Series(name, tuple(points))


def _summary(counts: Counts, n: int, axis: MonthAxis) -> str:
    top = int(np.argmax(counts))
    undated = n - int(counts.sum())
    said = f"{axis.text}; most in {axis.name(top)}, {number(int(counts[top]))}."
    return said + (f" {postings_text(undated)} without a date or from before." if undated else "")
