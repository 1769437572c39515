"""A skill month by month: over all postings of a question and in the roles that name it most often."""

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart, line_over_months
from analytics.questions import Question
from analytics.selectors.counted import role_months
from analytics.selectors.links import monthly_urls
from analytics.selectors.month_range import range_text
from analytics.selectors.months import MonthAxis, month_axis
from analytics.selectors.one_skill import OneSkill
from analytics.selectors.role_names import catalogued_by_size, role_label
from analytics.selectors.shares import share_estimates
from analytics.tables import SHARE, Estimate, Series

MONTHS = 48
MOST_ROLES = 3

Counts = NDArray[np.int64]


def skill_over_time(skill: OneSkill) -> Chart:
    """Return the share of each month's postings that name the skill: over all, and in three roles."""
    snapshot = skill.snapshot
    axis = month_axis(snapshot, skill.selection, most=MONTHS)
    totals = role_months(snapshot, skill.selection)[:, axis.codes]
    naming = role_months(snapshot, skill.naming)[:, axis.codes]
    everyone = Series("all postings", _points(naming.sum(axis=0), totals.sum(axis=0), axis, skill, skill.question))
    caption = Caption(
        key="time",
        title=f"How often postings name {skill.name}, month by month",
        summary=range_text(naming.sum(axis=0), totals.sum(axis=0), axis),
        unit=SHARE,
        n=int(totals.sum()),
        rows="month",
        method="trend",
    )
    series = [everyone, *_by_role(naming, totals, axis, skill)]
    return line_over_months(series, caption, months=axis.months, unfinished=axis.unfinished)


def _by_role(naming: Counts, totals: Counts, axis: MonthAxis, skill: OneSkill) -> list[Series]:
    """Return the roles with most postings that name it; none when the page is about one role already."""
    if len(skill.question.filter.roles) == 1:
        return []
    names = skill.snapshot.roles
    roles = catalogued_by_size(naming.sum(axis=1), names)[:MOST_ROLES]
    return [
        Series(role_label(name), _points(naming[role], totals[role], axis, skill, skill.question.narrowed(role=name)))
        for role, name in ((role, names[role]) for role in roles)
    ]


def _points(
    counts: Counts, totals: Counts, axis: MonthAxis, skill: OneSkill, question: Question
) -> tuple[Estimate, ...]:
    links = monthly_urls(question, axis.months, skill=skill.name)
    urls = [link if count else "" for link, count in zip(links, counts, strict=True)]
    return share_estimates([""] * len(urls), counts, totals, urls)
