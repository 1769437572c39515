"""Trends: any skills and roles over time, as seen or at an unchanged mix of postings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart, line_over_periods
from analytics.figures import percent
from analytics.measures import THIN_BELOW
from analytics.questions import Question
from analytics.selectors.counted import commonest, tally
from analytics.selectors.counted_skills import skill_months
from analytics.selectors.links import path_of
from analytics.selectors.movement import sure_movers
from analytics.selectors.periods import MONTH, QUARTER, Periods, telling_periods
from analytics.selectors.published import Published
from analytics.selectors.role_names import catalogued_by_size, role_label, role_within
from analytics.selectors.selected import selected
from analytics.selectors.shares import share_estimates, state_of
from analytics.selectors.trends_choice import (
    FIXED,
    HOLDS,
    MOST_ROLES,
    MOST_SKILLS,
    SEEN,
    LinesChoice,
    hidden_pairs,
)
from analytics.selectors.trends_mix import (
    METHOD,
    FixedLine,
    Mixture,
    coverage_text,
    fixed_line,
    parts_sheet,
    usual_base,
)
from analytics.selectors.two_times import TwoTimes, recent_times
from analytics.snapshot import Selection
from analytics.tables import SHARE, Estimate, Series, Sheet

OFFERED = 300
"""Skills that the boxes suggest; any other can be typed."""
THESE = "these postings"

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Choice:
    """One option of a form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class LinesForm:
    """`skills` and `roles` are as many boxes as may be filled, "" for an empty one."""

    skills: tuple[str, ...]
    suggested: tuple[str, ...]
    roles: tuple[tuple[Choice, ...], ...]
    by: tuple[Choice, ...]
    mix: tuple[Choice, ...]
    hold: tuple[Choice, ...]
    bases: tuple[Choice, ...]
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class LinesTab:
    """`charts`: one for all, or one per skill when several roles are chosen too. `refusal` says why there are none."""

    form: LinesForm
    charts: tuple[Chart, ...] = ()
    parts: Sheet | None = None
    is_fixed: bool = False
    hold: str = ""
    base: str = ""
    warnings: tuple[str, ...] = ()
    refusal: str = ""


@dataclass(frozen=True)
class _Group:
    """The postings that a line is a share of, by period."""

    name: str
    question: Question
    selection: Selection
    n: Counts


@dataclass(frozen=True)
class _Line:
    skill: int
    group: _Group
    seen: tuple[Estimate, ...]
    fixed: FixedLine | None = None
    points: tuple[Estimate, ...] = ()


@dataclass(frozen=True)
class _Lines:
    """What all lines are drawn from."""

    choice: LinesChoice
    question: Question
    shown: Published
    periods: Periods
    codes: list[int]

    def name(self, code: int) -> str:
        return self.shown.snapshot.skills[code]


def lines_tab(question: Question, shown: Published, choice: LinesChoice) -> LinesTab:
    snapshot = shown.snapshot
    whole = selected(snapshot, question.filter)
    periods = telling_periods(snapshot, whole, choice.by)
    codes = snapshot.codes_of("skill", choice.skills) if choice.skills else _telling_skills(question, shown)
    lines = _Lines(choice, question, shown, periods, _in_order(codes, choice, shown))
    n = periods.counted(tally(snapshot, whole, "month"))
    base = _base(choice, n, periods)
    form = _form(lines, n, base)
    if not len(periods) or not codes:
        return LinesTab(form, refusal="No period has ten dated postings, or none of them names a skill.")
    found = [line for group in _groups(lines) for line in _of_group(group, lines, base)]
    fixed = [line.fixed for line in found if line.fixed]
    return LinesTab(
        form,
        charts=_charts(found, lines, base),
        parts=parts_sheet(fixed, periods),
        is_fixed=choice.is_fixed,
        hold=" × ".join(HOLDS[name] for name in choice.hold),
        base=periods.names[base] if base is not None else "",
        warnings=_warnings(found, fixed, lines, base),
    )


def _in_order(codes: Sequence[int], choice: LinesChoice, shown: Published) -> list[int]:
    """Return the codes as the reader named the skills."""
    if not choice.skills:
        return list(codes)
    return [code for name in choice.skills if (code := shown.snapshot.code("skill", name)) is not None]


def _telling_skills(question: Question, shown: Published) -> list[int]:
    """Return two skills that rise and two that fall, else the commonest: what is drawn before one chooses."""
    times = recent_times(question, shown)
    found: list[int] = []
    if times is not None:
        rising, falling = sure_movers(TwoTimes(question, times, shown))
        found = [*rising[:2], *falling[:2]]
    if found:
        return found
    counts = shown.snapshot.skill_counts(selected(shown.snapshot, question.filter))
    return commonest(counts.any, MOST_SKILLS)


def _base(choice: LinesChoice, n: Counts, periods: Periods) -> int | None:
    """Return the place of the period whose mix is held: the asked one, where it has thirty postings, or the latest."""
    keys = periods.keys
    asked = keys.index(choice.base) if choice.base in keys else None
    return asked if asked is not None and n[asked] >= THIN_BELOW else usual_base(n, periods)


def _groups(lines: _Lines) -> list[_Group]:
    snapshot, question = lines.shown.snapshot, lines.question
    narrowed = [(role_within(role), question.narrowed(role=role)) for role in lines.choice.roles]
    found = []
    for name, asked in narrowed or [(_these(question), question)]:
        selection = selected(snapshot, asked.filter)
        found.append(_Group(name, asked, selection, lines.periods.counted(tally(snapshot, selection, "month"))))
    return found


def _these(question: Question) -> str:
    roles = question.filter.roles
    if len(roles) == 1 and roles[0]:
        return role_within(roles[0])
    return THESE if question.is_filtered else "all postings"


def _of_group(group: _Group, lines: _Lines, base: int | None) -> list[_Line]:
    snapshot, periods = lines.shown.snapshot, lines.periods
    counts = periods.counted(skill_months(snapshot, group.selection, lines.codes))
    found = [
        _Line(code, group, _estimates(held, group, lines.name(code), periods))
        for code, held in zip(lines.codes, counts, strict=True)
    ]
    if not lines.choice.is_fixed or base is None:
        return found
    mixture = Mixture.of(snapshot, group.selection, periods, lines.choice.hold)
    return [_held(line, mixture, lines, base) for line in found]


def _estimates(counts: Counts, group: _Group, skill: str, periods: Periods) -> tuple[Estimate, ...]:
    path = path_of("posting_list")
    links = group.question.queries_between(periods.spans, [("skill", skill)])
    urls = [path + link if count else "" for link, count in zip(links, counts, strict=True)]
    return share_estimates([""] * len(urls), counts, group.n, urls)


def _held(line: _Line, mixture: Mixture, lines: _Lines, base: int) -> _Line:
    """Return the line with what it is at an unchanged mix."""
    snapshot = lines.shown.snapshot
    counts = mixture.of_skill(snapshot, line.group.selection, line.skill)
    name = f"{lines.name(line.skill)}, {line.group.name}"
    fixed = fixed_line(name, counts, mixture, base=base, periods=lines.periods)
    points = _fixed_points(fixed, line) if fixed else ()
    return _Line(line.skill, line.group, line.seen, fixed, points)


def _fixed_points(fixed: FixedLine, line: _Line) -> tuple[Estimate, ...]:
    trend, weak = fixed.trend, fixed.is_weak
    points = []
    for place, seen in enumerate(line.seen):
        state = state_of(int(np.nan_to_num(trend.effective_n[place])))
        if np.isnan(trend.fixed[place]) or state == "withheld":
            points.append(Estimate("", None, n=int(trend.n[place]), state="withheld"))
            continue
        points.append(
            Estimate(
                "",
                float(trend.fixed[place]),
                float(trend.low[place]),
                float(trend.high[place]),
                n=int(trend.n[place]),
                url=seen.url,
                state="thin" if weak[place] else state,
            )
        )
    return tuple(points)


def _charts(found: Sequence[_Line], lines: _Lines, base: int | None) -> tuple[Chart, ...]:
    """Return one chart, or one for each skill when there are several roles as well, all to one scale."""
    roles = {line.group.name for line in found}
    drawn = [_points(line) for line in found]
    top = max((point.value for points in drawn for point in points if point.value is not None), default=None)
    if len(roles) == 1 or len(lines.codes) == 1:
        return (_chart(found, lines, base, key="lines", top=None),)
    return tuple(
        _chart([line for line in found if line.skill == code], lines, base, key=f"lines-{place}", top=top)
        for place, code in enumerate(lines.codes, start=1)
    )


def _points(line: _Line) -> tuple[Estimate, ...]:
    return line.points or line.seen


def _chart(found: Sequence[_Line], lines: _Lines, base: int | None, *, key: str, top: float | None) -> Chart:
    periods, is_one = lines.periods, len({line.skill for line in found}) == 1
    series = [Series(line.group.name if is_one else lines.name(line.skill), _points(line)) for line in found]
    if len(found) == 1 and found[0].points:
        series = [Series("fixed mix", found[0].points), Series("as seen", found[0].seen)]
    about = lines.name(found[0].skill) if is_one else "Skills"
    where = found[0].group.name if len({line.group.name for line in found}) == 1 else f"{len(found)} roles"
    held = f", at the mix of {periods.names[base]}" if lines.choice.is_fixed and base is not None else ""
    groups = {line.group.name: int(line.group.n.sum()) for line in found}
    caption = Caption(
        key=key,
        title=f"{about} in {where}, {periods.kind} by {periods.kind}{held}",
        summary=_summary(found, series, periods),
        unit=SHARE,
        n=sum(groups.values()),
        rows=periods.kind,
        method=METHOD if held else "trend",
    )
    return line_over_periods(series, caption, names=periods.names, unfinished=periods.unfinished, top=top)


def _summary(found: Sequence[_Line], series: Sequence[Series], periods: Periods) -> str:
    """Return the figures of the latest finished period in which the first line has one."""
    for place in reversed(periods.finished):
        told = [(one.name, one.points[place].value) for one in series]
        if any(value is not None for _, value in told):
            said = ", ".join(f"{name} {percent(value)}" for name, value in told if value is not None)
            return f"In {periods.names[place]}: {said}."
    return "No finished period has ten postings." if found else ""


def _warnings(found: Sequence[_Line], fixed: Sequence[FixedLine], lines: _Lines, base: int | None) -> tuple[str, ...]:
    if not lines.choice.is_fixed:
        return ()
    if base is None:
        return ("No finished period has thirty postings, so there is no mix to hold: the lines are as seen.",)
    missing = dict.fromkeys(line.group.name for line in found if line.fixed is None)
    none = (
        f"{', '.join(missing)}: no postings in {lines.periods.names[base]}, so it is drawn as seen." if missing else ""
    )
    return tuple(text for text in (none, coverage_text(fixed)) if text)


def _form(lines: _Lines, n: Counts, base: int | None) -> LinesForm:
    choice, snapshot, periods = lines.choice, lines.shown.snapshot, lines.periods
    whole = selected(snapshot, lines.question.filter)
    names = [lines.name(code) for code in lines.codes][:MOST_SKILLS]
    roles = [snapshot.roles[code] for code in catalogued_by_size(tally(snapshot, whole, "role"), snapshot.roles)]
    boxes = (*choice.roles, *[""] * (MOST_ROLES - len(choice.roles)))
    offered = commonest(snapshot.skill_counts(whole).any, OFFERED)
    solid = [place for place in periods.finished if n[place] >= THIN_BELOW]
    return LinesForm(
        skills=(*names, *[""] * (MOST_SKILLS - len(names))),
        suggested=tuple(sorted((lines.name(code) for code in offered), key=str.casefold)),
        roles=tuple(_role_choices(roles, chosen) for chosen in boxes),
        by=_choices({QUARTER: "quarters", MONTH: "months"}, (choice.by,)),
        mix=_choices({SEEN: "as seen", FIXED: "at a fixed mix"}, (choice.mix,)),
        hold=_choices(HOLDS, choice.hold),
        bases=tuple(Choice(periods.keys[place], periods.names[place], place == base) for place in reversed(solid)),
        hidden=hidden_pairs(lines.question, [("tab", "lines")]),
    )


def _role_choices(roles: Sequence[str], chosen: str) -> tuple[Choice, ...]:
    names = roles if not chosen or chosen in roles else [chosen, *roles]
    return tuple(Choice(name, role_label(name), name == chosen) for name in names)


def _choices(labels: dict[str, str], chosen: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value in chosen) for value, label in labels.items())
