"""From one run to another: which figures changed, and what each change is made of."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import QuerySet
from django.urls import reverse

from analytics import archive
from analytics.figures import number, percent
from analytics.models import Run
from analytics.selectors.comparing import (
    PART_NAMES,
    WHAT_MOVED,
    NotComparable,
    RunComparison,
    compare_runs,
    figure_name,
    main_causes,
    run_before,
)
from analytics.selectors.links import role_path
from analytics.selectors.shares import points_text, signed
from analytics.snapshot import DamagedSnapshot
from analytics.snapshot.attribution import Figure, Kind
from analytics.tables import Cell, Column, Table
from jobsite.work import State

MOST = 30
"""Of each kind of figure, so many of the largest changes are shown."""
OFFERED = 50
TITLES = {
    Kind.POSTINGS: "Postings",
    Kind.ADS: "Ads",
    Kind.SHARE: "Shares of ads that name a skill",
    Kind.PAY: "Median pay a year",
    Kind.PROFILE: "Sizes of profiles",
}
UNITS = {
    Kind.POSTINGS: "copies counted",
    Kind.ADS: "copies left out",
    Kind.SHARE: "changes in percentage points; shares of fewer than ten ads are left out",
    Kind.PAY: "in the currency in which most ads of the role state it; medians of fewer than ten are left out",
    Kind.PROFILE: "sums of memberships, in ads",
}


@dataclass(frozen=True)
class Choice:
    value: str
    text: str
    selected: bool


@dataclass(frozen=True)
class ChangeSection:
    title: str
    note: str
    table: Table


@dataclass(frozen=True)
class RunChangesScreen:
    """`sentence` says what explains most; `moved` how many postings are behind it; `problem` why there is nothing."""

    run: Run
    other: Run | None
    choices: tuple[Choice, ...]
    sentence: str = ""
    moved: tuple[str, ...] = ()
    sections: tuple[ChangeSection, ...] = ()
    problem: str = ""


def run_changes_screen(run: Run, *, other: str) -> RunChangesScreen:
    """Return the changes from the run `other` (a number as typed; without it the one before) to `run`."""
    done = Run.objects.filter(state=State.DONE).exclude(pk=run.pk)
    before = _asked(done, other) if other else run_before(run)
    choices = _choices(done, before)
    if before is None:
        problem = f"There is no finished run {other}." if other else "There is no finished run before this one."
        return RunChangesScreen(run, None, choices, problem=problem)
    try:
        comparison = compare_runs(before, run)
    except (NotComparable, DamagedSnapshot) as why:
        return RunChangesScreen(run, before, choices, problem=str(why))
    changes = comparison.found.changes
    return RunChangesScreen(
        run=run,
        other=before,
        choices=choices,
        sentence=summary(comparison),
        moved=tuple(f"{number(changes[name])} {words}" for name, words in WHAT_MOVED.items() if changes[name]),
        sections=tuple(section for kind in Kind if (section := _section(kind, comparison))),
    )


def summary(comparison: RunComparison) -> str:
    """Return the sentence at the top: how many figures changed, and mostly why."""
    found = comparison.found
    if not found.figures:
        return f"None of the {number(found.compared)} figures changed."
    causes = [f"{number(n)} mostly through {PART_NAMES[part]}" for part, n in main_causes(found)]
    return f"Of {number(found.compared)} figures {number(len(found.figures))} changed: {', '.join(causes)}."


def value_text(kind: Kind, value: Fraction) -> str:
    if kind is Kind.SHARE:
        return percent(float(value))
    return number(float(value), decimals=1 if kind is Kind.PROFILE else 0)


def change_text(kind: Kind, change: Fraction) -> str:
    """Return a change or a part of it with its sign; shares in points."""
    if kind is Kind.SHARE:
        return points_text(float(change))
    return signed(float(change), decimals=1 if kind is Kind.PROFILE else 0)


def _asked(done: QuerySet[Run], other: str) -> Run | None:
    return done.filter(pk=other).first() if other.isdecimal() and len(other) < 10 else None


def _choices(done: QuerySet[Run], before: Run | None) -> tuple[Choice, ...]:
    runs = [run for run in done.order_by("-pk")[:OFFERED] if archive.has_snapshot(run.folder)]
    if before and before not in runs:
        runs.append(before)
    return tuple(
        Choice(str(run.pk), f"run {run.pk}, {number(run.postings)} postings", selected=run == before) for run in runs
    )


def _section(kind: Kind, comparison: RunComparison) -> ChangeSection | None:
    figures = [figure for figure in comparison.found.figures if figure.kind is kind]
    if not figures:
        return None
    parts = [part for part in PART_NAMES if any(figure.parts[part] for figure in figures)]
    n_column = "Ads that state it" if kind is Kind.PAY else "Ads"
    heads = ["What", "Before", "Now", "Change", *(PART_NAMES[part].capitalize() for part in parts)]
    with_n = kind in (Kind.SHARE, Kind.PAY)
    heads += [n_column] if with_n else []
    rows = tuple(_row(figure, parts, comparison, with_n=with_n) for figure in figures[:MOST])
    shown = f"the {MOST} largest of {number(len(figures))} changes" if len(figures) > MOST else "every change"
    columns = tuple(Column(head, is_number=place > 0) for place, head in enumerate(heads))
    return ChangeSection(TITLES[kind], f"{shown}; {UNITS[kind]}", Table(columns, rows))


def _row(figure: Figure, parts: list[str], comparison: RunComparison, *, with_n: bool) -> tuple[Cell, ...]:
    changes = [figure.change, *(figure.parts[part] for part in parts)]
    cells = [
        Cell(figure_name(figure, comparison), url=_url(figure)),
        *(Cell(value_text(figure.kind, value), value=float(value)) for value in (figure.old, figure.new)),
        *(Cell(change_text(figure.kind, change) if change else "", value=float(change)) for change in changes),
    ]
    if with_n:
        cells.append(Cell(" → ".join(number(n) for n in figure.n), sort=str(figure.n[1])))
    return tuple(cells)


def _url(figure: Figure) -> str:
    if figure.kind is Kind.PROFILE:
        return reverse("profile", args=[figure.profile])
    return role_path(figure.role) if figure.role else ""
