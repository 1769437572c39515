"""The way from one side to another: how much of what the other asks for the one does not."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from analytics.figures import interval_text, percent
from analytics.measures import Gap
from analytics.selectors.compare.differences import POINTS, Contrasted
from analytics.selectors.compare.sides import Side
from analytics.selectors.compare.ways import ways_between
from analytics.selectors.shares import share_of
from analytics.tables import SHARE, Cell, Column, Row, Sheet, Table, number_cell, share_cell, text_cell

FEW_COMPANIES = "A side is of one or two companies, so the intervals take postings, not companies, to be drawn."
MOST_MISSING = {2: 10, 3: 6, 4: 5}
MOST_EXPORTED = 100


@dataclass(frozen=True)
class Gaps:
    """`sentences` say each gap; `sheets` hold the skills behind it, one for each way."""

    sentences: tuple[str, ...]
    sheet: Sheet
    sheets: tuple[Sheet, ...]
    note: str


def gaps(found: Contrasted) -> Gaps:
    """Return the gap from each side to each other one."""
    ways = ways_between(found)
    known = ways.gaps
    sheets = tuple(_missing(found, way, known[way]) for way in sorted(known))
    note = FEW_COMPANIES if ways.by_posting else "Intervals draw whole companies."
    return Gaps(_sentences(found, known), _sheet(found, known), sheets, note)


def _sentences(found: Contrasted, known: Mapping[tuple[int, int], Gap]) -> tuple[str, ...]:
    """Return "From data scientist to software engineer 41% is missing (38–44); the other way 57% (55–60)"."""

    return tuple(
        f"From {found.sides[a].name} to {found.sides[b].name} {_said(known[a, b])}; the other way {_said(known[b, a])}."
        for a, b in sorted(known)
        if a < b and not math.isnan(known[a, b].value + known[b, a].value)
    )


def _said(gap: Gap) -> str:
    interval = f" ({gap_interval(gap)})" if gap_interval(gap) else ""
    return f"{percent(gap.value)} is missing{interval}"


def gap_interval(gap: Gap) -> str:
    return "" if math.isnan(gap.low) else interval_text(gap.low, gap.high)


def _sheet(found: Contrasted, known: Mapping[tuple[int, int], Gap]) -> Sheet:
    columns = (
        Column("from", is_number=False),
        Column("to", is_number=False),
        Column("missing", unit=SHARE),
        Column("95% interval", unit=SHARE),
        Column("by chance", unit=SHARE),
        Column("missing most", is_number=False),
    )
    rows = tuple(_row(found.sides[a], found.sides[b], known[a, b]) for a, b in sorted(known))
    return Sheet("gaps", f"The ways between {found.names}", Table(columns, rows), method="gap", noun="ways", tall=True)


def _row(first: Side, second: Side, gap: Gap) -> Row:
    low, high = (None if math.isnan(end) else round(100 * end, 4) for end in (gap.low, gap.high))
    interval = Cell("–") if low is None else Cell(interval_text(gap.low, gap.high), low=low, high=high)
    names = ", ".join(first.snapshot.skills[code] for code in gap.missing(3))
    return (
        text_cell(first.label, first.url),
        text_cell(second.label, second.url),
        number_cell(gap.value, SHARE),
        interval,
        number_cell(None if math.isnan(gap.chance) else gap.chance, SHARE),
        text_cell(names or "nothing"),
    )


def _missing(found: Contrasted, way: tuple[int, int], gap: Gap) -> Sheet:
    first, second = (found.sides[place] for place in way)
    columns = (
        Column("skill", is_number=False),
        Column("part of the gap", unit=POINTS),
        Column(first.name, unit=SHARE),
        Column(second.name, unit=SHARE),
    )

    def table(most: int) -> Table:
        return Table(columns, tuple(_missing_row(first, second, int(code), gap) for code in gap.missing(most)))

    title = f"From {first.name} to {second.name}: what is missing"
    key, most = f"missing-{way[0] + 1}-{way[1] + 1}", MOST_MISSING[len(found.sides)]
    return Sheet(key, title, table(most), method="gap", whole=lambda: table(MOST_EXPORTED), noun="skills", tall=True)


def _missing_row(first: Side, second: Side, code: int, gap: Gap) -> Row:
    name = first.snapshot.skills[code]
    shares = (
        share_cell(share_of(int(side.counts.any[code]), side.n), side.holders_url(name)) for side in (first, second)
    )
    return (text_cell(name, first.skill_url(name)), number_cell(float(gap.parts[code]), POINTS), *shares)
