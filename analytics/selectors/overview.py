"""The overview: what this data says today."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart, line_over_months
from analytics.figures import number
from analytics.models import Run
from analytics.questions import Question
from analytics.selectors.counted import role_months
from analytics.selectors.heat import title_heat
from analytics.selectors.key_figures import KeyFigure, RunBefore, key_figures, run_before
from analytics.selectors.links import monthly_urls, path_of, postings_url
from analytics.selectors.mix import leaning
from analytics.selectors.months import MonthAxis, month_axis
from analytics.selectors.movement import Movement, movement
from analytics.selectors.notices import Notice, notices, notices_since
from analytics.selectors.published import Published
from analytics.selectors.role_names import catalogued_by_size, role_label
from analytics.selectors.selected import selected
from analytics.selectors.shares import postings_text
from analytics.snapshot import Selection
from analytics.tables import POSTINGS, Estimate, Series
from postings.copies import REPOST_WINDOW_DAYS

MONTH_ROLES = 6
MONTHS = 36

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class ProfileLink:
    name: str
    url: str
    n: str
    postings_url: str


@dataclass(frozen=True)
class OverviewScreen:
    """`before` is the run that changes are counted from; `heat` is None without profiles, `no_profiles` says why."""

    n: int
    before: Run | None
    figures: tuple[KeyFigure, ...]
    notices: tuple[Notice, ...]
    heat: Chart | None
    no_profiles: str
    profiles: tuple[ProfileLink, ...]
    movement: Movement
    months: Chart


@dataclass(frozen=True)
class SinceRun:
    """What the overview says that is not in its run: the run before, and what has come since."""

    before: RunBefore | None
    notices: tuple[Notice, ...]


def since_run(run: Run) -> SinceRun:
    return SinceRun(run_before(run), notices_since(run))


def overview_screen(question: Question, shown: Published, since: SinceRun) -> OverviewScreen:
    selection = selected(shown.snapshot, question.filter)
    counts = leaning(selection, shown)
    before = since.before
    return OverviewScreen(
        n=selection.n,
        before=before.run if before else None,
        figures=key_figures(question, shown, before),
        notices=since.notices + notices(selection, question, shown, before),
        heat=title_heat(counts, question, shown) if shown.profiles else None,
        no_profiles=shown.run.quality.get("note") or "This run holds too few postings to learn profiles from.",
        profiles=_profiles(counts.sum(axis=0), question, shown),
        movement=movement(question, shown),
        months=_months(selection, question, shown),
    )


def _profiles(totals: Counts, question: Question, shown: Published) -> tuple[ProfileLink, ...]:
    order = sorted(shown.profiles, key=lambda one: (one.is_residue, -int(totals[one.number]), one.number))
    return tuple(
        ProfileLink(
            name=profile.name,
            url=path_of("profile", profile.known) + question.query,
            n=number(int(totals[profile.number])),
            postings_url=postings_url(question, profile=profile.known),
        )
        for profile in order
    )


def _months(selection: Selection, question: Question, shown: Published) -> Chart:
    """Count ads by month: here one that came again after the window counts anew, as a vacancy that was open again."""
    snapshot = shown.snapshot
    if not question.filter.copies:
        question = question.changed({"reposts": True})
        selection = selected(snapshot, question.filter)
    axis = month_axis(snapshot, selection, most=MONTHS)
    counts = role_months(snapshot, selection)[:, axis.codes]
    roles = catalogued_by_size(counts.sum(axis=1), snapshot.roles)[:MONTH_ROLES]
    caption = Caption(
        key="months",
        title="Postings per month of the commonest roles",
        summary=_months_summary(selection, counts.sum(axis=0), axis),
        unit=POSTINGS,
        n=int(counts[roles].sum()),
        rows="month",
        method="postings",
    )
    series = [_month_series(snapshot.roles[code], counts[code], axis, question) for code in roles]
    return line_over_months(series, caption, months=axis.months, unfinished=axis.unfinished)


def _month_series(name: str, counts: Counts, axis: MonthAxis, question: Question) -> Series:
    urls = monthly_urls(question.narrowed(role=name), axis.months)
    points = (Estimate("", float(count), url=url if count else "") for url, count in zip(urls, counts, strict=True))
    return Series(role_label(name), tuple(points))


def _months_summary(selection: Selection, totals: Counts, axis: MonthAxis) -> str:
    if not axis.months:
        return "None of these postings carries a date."
    top = int(totals.argmax())
    most = f"All roles together had most in {axis.name(top)}: {postings_text(int(totals[top]))}."
    if selection.filter is not None and selection.filter.reposts:
        most += f" An ad that came again after {REPOST_WINDOW_DAYS} days counts again."
    left = selection.n - int(totals.sum())
    return f"{most} Not shown: {postings_text(left)} without a date or before {axis.name(0)}." if left else most
