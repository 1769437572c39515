"""What the marks of finished samples say of how well the machine reads."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.figures import Reliability, interval_text, percent
from analytics.measures import (
    THIN_BELOW,
    WITHHELD_BELOW,
    Agreement,
    Coefficient,
    TooFew,
    WholeShare,
    readers_agreement,
    stratified_share,
    weighted_n,
    wilson_interval,
)
from analytics.models import Answer, Sample, SampleOf
from analytics.selectors.key_figures import KeyFigure
from analytics.selectors.sample_marks import Judged
from analytics.tables import Cell, Column, Row, Sheet, Table, Unit, interval_cell, number_cell, table_columns, text_cell
from postings.models import Kind

ALIAS_FROM = 5
"""A phrase is listed from so many marks on."""
RIGHT = Unit("share that is right", scale=100, suffix="%")


@dataclass(frozen=True)
class Stratum:
    """`right` of `n` that count; `sure` is as how many things drawn alone they weigh; `size` of it are in the run."""

    name: str
    size: int
    drawn: int
    n: int
    right: int
    sure: float


def strata_of(sample: Sample, items: Sequence[Judged]) -> tuple[Stratum, ...]:
    """Return what was found in each stratum, the largest first."""
    return _strata(sample.strata, items, counts=lambda one: one.counts, is_right=lambda one: one.is_right)


def level_strata(sample: Sample, items: Sequence[Judged]) -> tuple[Stratum, ...]:
    """Return the same of levels, among mentions that are right and whose level people agree on."""
    right = {one.name: one.size * one.right / max(one.n, 1) for one in strata_of(sample, items)}
    return _strata(
        {name: round(size) for name, size in right.items()},
        items,
        counts=lambda one: one.final.answer == Answer.YES and bool(one.final.level),
        is_right=lambda one: one.final.level == one.item.level,
    )


def _strata(
    sizes: Mapping[str, int],
    items: Sequence[Judged],
    *,
    counts: Callable[[Judged], bool],
    is_right: Callable[[Judged], bool],
) -> tuple[Stratum, ...]:
    by_stratum: dict[str, list[Judged]] = defaultdict(list)
    for one in items:
        by_stratum[one.item.stratum].append(one)
    found = []
    for name, size in sizes.items():
        counted = [one for one in by_stratum[name] if counts(one)]
        times = np.array([one.item.times for one in counted], np.int64)
        right = sum(one.item.times for one in counted if is_right(one))
        drawn = sum(one.item.times for one in by_stratum[name])
        found.append(Stratum(name, size, drawn, int(times.sum()), right, weighted_n(times)))
    return tuple(sorted(found, key=lambda one: (-one.size, one.name)))


def whole(strata: Sequence[Stratum]) -> WholeShare:
    """Return the share of all that is right, each stratum weighing what it is in the run."""
    sure = [one.sure for one in strata]
    right = [one.sure * one.right / max(one.n, 1) for one in strata]
    return stratified_share(right, sure, [one.size for one in strata])


def share_figure(label: str, strata: Sequence[Stratum], *, of: str) -> KeyFigure:
    """Return the share of the whole that is right, withheld under 10 that count."""
    n = sum(one.n for one in strata)
    if n < WITHHELD_BELOW:
        return KeyFigure(label, "withheld", note=f"only {n} {of}")
    found = whole(strata)
    left_out = "" if found.covered > 0.9995 else f"; {percent(1 - found.covered)} of the run not covered"
    note = f"95%: {interval_text(found.low, found.high)}, from {n} {of}{left_out}"
    return KeyFigure(label, percent(found.value), note=note)


def strata_sheet(sample: Sample, strata: Sequence[Stratum], *, key: str) -> Sheet:
    """Return a line for each stratum, with Wilson's interval."""
    is_mentions = sample.of == SampleOf.MENTIONS
    first, unit, title = (
        ("Kind", "mentions", "Right mentions by kind of skill")
        if is_mentions
        else ("Family", "postings", "Right titles by family of roles")
    )
    columns = table_columns(first, f"In the run, {unit}", "Drawn", "Counted", "Right", "95% interval")
    rows = tuple(_stratum_row(one) for one in strata)
    return Sheet(key, title, Table(columns, rows), method="sample_share")


def _stratum_row(one: Stratum) -> Row:
    """A share says so much as the things behind it that are not the same title again."""
    state = state_of(one.n)
    label = Kind(one.name).label if one.name in Kind.values else one.name
    counts = (number_cell(one.size), number_cell(one.drawn), number_cell(one.n))
    return (text_cell(label, state=state), *counts, *_right_cells(one.right / max(one.n, 1) * one.sure, one.sure))


def _right_cells(right: float, sure: float) -> tuple[Cell, Cell]:
    if sure < ALIAS_FROM:
        return Cell("withheld"), Cell()
    low, high = wilson_interval(right, sure)
    return number_cell(right / sure, RIGHT), interval_cell(float(low), float(high), RIGHT)


def state_of(n: int) -> Reliability:
    """Return what is greyed: a phrase or a kind is shown from ALIAS_FROM marks on, with an interval that says so."""
    return "thin" if n < THIN_BELOW else "ok"


def alias_sheet(items: Iterable[Judged], *, key: str) -> Sheet | None:
    """Return the phrases with ALIAS_FROM marks or more, those that are wrong most often first."""
    counted: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for one in items:
        if one.counts:
            counted[one.item.phrase, one.item.reading].append(one.is_right)
    lines = [(alias, rights) for alias, rights in counted.items() if len(rights) >= ALIAS_FROM]
    if not lines:
        return None
    lines.sort(key=lambda line: (sum(line[1]) / len(line[1]), -len(line[1]), line[0]))
    rows = tuple(
        (
            text_cell(phrase, state=state_of(len(rights))),
            text_cell(skill),
            number_cell(len(rights)),
            *_right_cells(sum(rights), len(rights)),
        )
        for (phrase, skill), rights in lines
    )
    phrase, *numbers = table_columns("Phrase", "Counted", "Right", "95% interval")
    columns = (phrase, Column("Taken for", is_number=False), *numbers)
    title = f"Right mentions by phrase, of phrases with {ALIAS_FROM} marks or more"
    return Sheet(key, title, Table(columns, rows), method="sample_share", tall=len(rows) > 15)


def agreement_of(first: Sequence[str], second: Sequence[str]) -> Agreement | None:
    """Return how far two readers agree, None of too few things."""
    try:
        return readers_agreement(first, second)
    except TooFew:
        return None


def agreement_figures(found: Agreement | None, *, of: str) -> tuple[KeyFigure, ...]:
    """Return raw agreement, kappa and AC1 with their intervals."""
    if found is None:
        return (KeyFigure("Same answer", "withheld", note=f"under {WITHHELD_BELOW} {of} marked by both"),)
    interval = interval_text(found.low, found.high)
    return (
        KeyFigure("Same answer", percent(found.share), note=f"{found.same} of {found.n} {of} ({interval})"),
        coefficient_figure("Cohen’s kappa", found.kappa),
        coefficient_figure("Gwet’s AC1", found.ac1),
    )


def coefficient_figure(label: str, one: Coefficient) -> KeyFigure:
    if one.value is None or one.low is None or one.high is None:
        return KeyFigure(label, "–", note="both gave one answer throughout: nothing beyond chance to measure")
    note = f"95%: {two_decimals(one.low)} to {two_decimals(one.high)}; by chance {percent(one.by_chance)} agree"
    return KeyFigure(label, two_decimals(one.value), note=note)


def two_decimals(value: float) -> str:
    return f"{value:z.2f}".replace("-", "\N{MINUS SIGN}")


def level_answers(items: Iterable[Judged]) -> tuple[list[str], list[str]]:
    """Return the levels of the mentions that both take for one; "unclear" where a reader could not tell."""
    both = [one for one in items if one.first.answer == one.second.answer == Answer.YES]
    return [one.first.level or "unclear" for one in both], [one.second.level or "unclear" for one in both]
