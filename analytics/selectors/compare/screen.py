"""The screen that sets two to four roles, profiles, companies or periods side by side."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from django.http import QueryDict

from analytics.figures import percent
from analytics.measures import WITHHELD_BELOW, Gap
from analytics.questions import Question
from analytics.selectors.compare.differences import (
    Contrasted,
    Differences,
    differences,
    listed,
    shared_sheet,
    sort_keys,
)
from analytics.selectors.compare.distances import Distances, distance_between, distances, why_none
from analytics.selectors.compare.figures import pay_sheet, sides_sheet
from analytics.selectors.compare.form import MOST_SIDES, Form, form_of
from analytics.selectors.compare.gaps import Gaps, gap_interval, gaps
from analytics.selectors.compare.quarters import Quarters, quarters
from analytics.selectors.compare.sides import Kind, Side, read_side, with_pages
from analytics.selectors.compare.suggestions import suggestions
from analytics.selectors.compare.warnings import warnings_of
from analytics.selectors.compare.ways import ways_between
from analytics.selectors.key_figures import KeyFigure
from analytics.selectors.links import sides_url
from analytics.selectors.published import Published
from analytics.selectors.shares import postings_text
from analytics.selectors.tabs import Tab, chosen_tab
from analytics.tables import Sheet

KEEP = ("side", "tab", "sort", "pair")
TABS = {"differ": "What differs", "apart": "How far apart", "quarters": "By quarter"}
COLUMNS = {Kind.ROLE: "role", Kind.COMPANY: "company"}
"""A side of such a kind takes the place of that filter."""


@dataclass(frozen=True)
class Parts:
    """What the open tab shows; a report opens them all."""

    differences: Differences | None = None
    shared: Sheet | None = None
    distances: Distances | None = None
    gaps: Gaps | None = None
    quarters: Quarters | None = None


@dataclass(frozen=True)
class Contrast:
    """`refusals` say which sides are too few to be shown; there are no tabs where that leaves fewer than two.

    `heads` are the figures of a pair.
    """

    sides: tuple[str, ...]
    names: str
    figures: Sheet
    pay: Sheet
    refusals: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    tabs: tuple[Tab, ...] = ()
    heads: tuple[KeyFigure, ...] = ()
    parts: Parts = Parts()


@dataclass(frozen=True)
class CompareScreen:
    """`contrast` is None until two different sides are chosen; `unknown` names what the run does not have.

    `question` is the page's without the filters that sides take the place of, which are `fixed`.
    """

    question: Question
    fixed: tuple[str, ...]
    form: Form
    unknown: tuple[str, ...]
    problems: tuple[str, ...]
    suggestions: tuple[Sheet, ...]
    contrast: Contrast | None


def compare_screen(question: Question, shown: Published, query: QueryDict) -> CompareScreen:
    texts = list(dict.fromkeys(text.strip() for text in query.getlist("side") if text.strip()))
    asked, left_out = texts[:MOST_SIDES], texts[MOST_SIDES:]
    kinds = {side.kind for text in asked if (side := read_side(text, question, shown))} or {Kind.ROLE}
    fixed = tuple(column for kind, column in COLUMNS.items() if kind in kinds)
    around = question
    for column in fixed:
        around = around.without(column)
    read = {text: read_side(text, around, shown) for text in asked}
    unknown = tuple(text for text, side in read.items() if side is None)
    sides = _told_apart(list({side.key: side for side in read.values() if side}.values()))
    is_ready = len(sides) > 1 and not unknown
    return CompareScreen(
        question=around,
        fixed=fixed,
        form=form_of(asked, sides, around, shown),
        unknown=unknown,
        problems=_problems(asked, sides, left_out, unknown),
        suggestions=() if is_ready else suggestions(around, shown),
        contrast=_contrast(with_pages(sides), query) if is_ready else None,
    )


def _problems(
    asked: Sequence[str], sides: Sequence[Side], left_out: Sequence[str], unknown: Sequence[str]
) -> tuple[str, ...]:
    found = []
    if left_out:
        found.append(f"Four stand side by side at most, so {', '.join(f'“{text}”' for text in left_out)} was left out.")
    if not unknown and len(asked) > len(sides):
        found.append("Two of these are the same: choose two different ones.")
    elif not unknown and len(sides) == 1:
        found.append(f"Choose what to set beside {sides[0].name}.")
    return tuple(found)


def _told_apart(sides: Sequence[Side]) -> list[Side]:
    """Return the sides with what tells them apart behind names that two share."""
    times = Counter(side.name for side in sides)
    return [side if times[side.name] == 1 else replace(side, name=f"{side.name} ({_what(side)})") for side in sides]


def _what(side: Side) -> str:
    return f"{side.profile.level} profile" if side.profile else side.kind.value


def _contrast(sides: Sequence[Side], query: QueryDict) -> Contrast:
    enough = [side for side in sides if side.n >= WITHHELD_BELOW]
    blank = Contrast(
        sides=tuple(side.name for side in sides),
        names=listed([side.name for side in sides]),
        figures=sides_sheet(sides),
        pay=pay_sheet(sides),
        refusals=tuple(
            f"{postings_text(side.n)} of {side.name}: under {WITHHELD_BELOW}, shares are withheld."
            for side in sides
            if side.n < WITHHELD_BELOW
        ),
    )
    if len(enough) < 2:
        return blank
    found = Contrasted.of(enough)
    tab = chosen_tab(query.get("tab", ""), TABS)
    opened = {tab} if "report" not in query else set(TABS)
    return replace(
        blank,
        warnings=warnings_of(found),
        tabs=_tabs(sides, tab),
        heads=_heads(found) if found.is_pair else (),
        parts=_parts(found, [side.key for side in sides], query, opened),
    )


def _heads(found: Contrasted) -> tuple[KeyFigure, ...]:
    """Return how far two sides are apart, and the way from each to the other."""
    distance, ways = distance_between(found, 0, 1), ways_between(found).gaps
    if distance is None:
        apart = KeyFigure("Distance", "none", note=why_none(*found.sides).lower())
    else:
        shared = f"; {distance.note}" if distance.note else ""
        note = f"by chance {distance.chance}: {distance.verdict.lower()}{shared}"
        apart = KeyFigure("Distance", distance.value, note=note)
    names = [side.name for side in found.sides]
    gaps = (_gap_figure(f"From {names[a]} to {names[b]}", ways[a, b]) for a, b in ((0, 1), (1, 0)))
    return (apart, *gaps)


def _gap_figure(label: str, gap: Gap) -> KeyFigure:
    if math.isnan(gap.value):
        return KeyFigure(label, "none", note="no skill is named")
    return KeyFigure(label, percent(gap.value), note=f"is missing{_in_brackets(gap_interval(gap))}")


def _in_brackets(text: str) -> str:
    return f" ({text})" if text else ""


def _parts(found: Contrasted, keys: Sequence[str], query: QueryDict, opened: set[str]) -> Parts:
    around, is_open = found.sides[0].around, opened.__contains__
    heads = {name: f"{sides_url(keys, around, sort=name)}#sheet-differences" for name in sort_keys(len(found.sides))}
    return Parts(
        differences=differences(found, query.get("sort", ""), query.get("page"), heads) if is_open("differ") else None,
        shared=shared_sheet(found) if is_open("differ") else None,
        distances=distances(found) if is_open("apart") else None,
        gaps=gaps(found) if is_open("apart") else None,
        quarters=_quarters(found, keys, query) if is_open("quarters") else None,
    )


def _quarters(found: Contrasted, keys: Sequence[str], query: QueryDict) -> Quarters:
    """Return the quarters of the pair that the address names ("1-3"), else of the first two."""
    around = found.sides[0].around
    pairs = {f"{a + 1}-{b + 1}": (a, b) for a, b in combinations(range(len(found.sides)), 2)}
    urls = {pair: sides_url(keys, around, tab="quarters", pair=name) for name, pair in pairs.items()}
    return quarters(found, pairs.get(query.get("pair", ""), (0, 1)), urls)


def _tabs(sides: Sequence[Side], chosen: str) -> tuple[Tab, ...]:
    keys, first = [side.key for side in sides], next(iter(TABS))
    return tuple(
        Tab(label, sides_url(keys, sides[0].around, tab="" if name == first else name), current=name == chosen)
        for name, label in TABS.items()
    )
