"""Rising and falling skills: the last half year against the time before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils.formats import date_format

from analytics.figures import ShareFigure, number, percent
from analytics.measures import THIN_BELOW, Change, change_between
from analytics.questions import Question
from analytics.selectors.counted import dated_span, tally
from analytics.selectors.links import between, first_day_of, postings_url
from analytics.selectors.published import Published
from analytics.selectors.selected import cut_at, selected
from analytics.selectors.shares import p_text, points_interval, points_text, shares_of
from analytics.selectors.skill_links import skill_urls
from analytics.snapshot import Selection, SkillCounts
from analytics.snapshot.select import EPOCH, month_number

RECENT_MONTHS = 6
MOST = 8
OTHER_SOURCES = 0.5
"""From this part of the source mix on that differs between the two times, a change may be the sources' own."""


@dataclass(frozen=True)
class Mover:
    skill: str
    url: str
    before: ShareFigure
    before_url: str
    after: ShareFigure
    after_url: str
    change: str
    interval: str
    p: str


@dataclass(frozen=True)
class Movement:
    """Two times and the skills that moved between them; `refusal` says why there is nothing to compare."""

    before: str = ""
    after: str = ""
    n_before: str = ""
    n_after: str = ""
    rising: tuple[Mover, ...] = ()
    falling: tuple[Mover, ...] = ()
    warning: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class _Window:
    question: Question
    selection: Selection
    counts: SkillCounts


def movement(question: Question, shown: Published) -> Movement:
    """Return the skills whose share rose or fell at a false discovery rate of 5%, the largest change first."""
    snapshot = shown.snapshot
    span = dated_span(snapshot, selected(snapshot, question.filter))
    cut = _cut(*span) if span else None
    if span is None or cut is None:
        return Movement(refusal="These postings carry too few dates to set one time against another.")
    before, after = _windows(question, cut, shown)
    if min(before.counts.n, after.counts.n) < THIN_BELOW:
        return Movement(refusal=_too_few(before, after, cut))
    change = change_between(before.counts.any, before.counts.n, after.counts.any, after.counts.n)
    return Movement(
        before=_days_text(_date(span[0]), cut - timedelta(days=1)),
        after=_days_text(cut, _date(span[1])),
        n_before=number(before.counts.n),
        n_after=number(after.counts.n),
        rising=_movers(change.rising(), change, (before, after), question, shown),
        falling=_movers(change.falling(), change, (before, after), question, shown),
        warning=_source_warning(before, after, shown),
    )


def _cut(first: int, last: int) -> date | None:
    """Return the first day of the later time: six months, or half of the period when it is shorter than a year."""
    start, end = _date(first), _date(last)
    months = month_number(end) - month_number(start) + 1
    if months > 1:
        return first_day_of(month_number(end) - min(RECENT_MONTHS, months // 2) + 1)
    return _date((first + last + 1) // 2) if last > first else None


def _windows(question: Question, cut: date, shown: Published) -> tuple[_Window, _Window]:
    snapshot = shown.snapshot
    questions = (between(question, None, cut - timedelta(days=1)), between(question, cut, None))
    everything = selected(snapshot, question.filter)
    if everything.block is None:
        selections = cut_at(snapshot, everything, (cut - EPOCH).days)
    else:
        selections = (selected(snapshot, questions[0].filter), selected(snapshot, questions[1].filter))
    before, after = (
        _Window(one, selection, snapshot.skill_counts(selection))
        for one, selection in zip(questions, selections, strict=True)
    )
    return before, after


def _movers(
    moving: Iterable[int], change: Change, windows: tuple[_Window, _Window], question: Question, shown: Published
) -> tuple[Mover, ...]:
    codes = [int(code) for code in moving][:MOST]
    names, urls = shown.snapshot.skills, skill_urls(shown.run.pk)
    before, after = (shares_of(window.counts.any[codes], window.counts.n) for window in windows)
    return tuple(
        Mover(
            skill=names[code],
            url=urls[names[code]] + question.query if names[code] in urls else "",
            before=before[place],
            before_url=postings_url(windows[0].question, skill=names[code]),
            after=after[place],
            after_url=postings_url(windows[1].question, skill=names[code]),
            change=points_text(float(change.difference[code])),
            interval=points_interval(float(change.low[code]), float(change.high[code])),
            p=p_text(float(change.adjusted_p[code])),
        )
        for place, code in enumerate(codes)
    )


def _source_warning(before: _Window, after: _Window, shown: Published) -> str:
    """Say so when the two times rest on different sources (Duncan index of their mixes)."""
    first, second = (
        tally(shown.snapshot, window.selection, "source") / max(window.selection.n, 1) for window in (before, after)
    )
    apart = float(np.abs(first - second).sum()) / 2
    if apart < OTHER_SOURCES:
        return ""
    return (
        f"The two times rest on different sources ({percent(apart)} of the mix differs): a change may be theirs, "
        "not the market’s. Choose one source above to compare like with like."
    )


def _too_few(before: _Window, after: _Window, cut: date) -> str:
    return (
        f"{number(before.counts.n)} dated postings before {date_format(cut, 'j M Y')} and "
        f"{number(after.counts.n)} since: it takes at least {THIN_BELOW} on each side."
    )


def _days_text(first: date, last: date) -> str:
    return f"{date_format(first, 'j M Y')} – {date_format(last, 'j M Y')}"


def _date(day: int) -> date:
    return EPOCH + timedelta(days=int(day))
