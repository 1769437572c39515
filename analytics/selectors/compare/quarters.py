"""Whether two sides grow together or apart: their distance quarter by quarter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.charts import Caption, Chart, line_over_periods
from analytics.figures import number, quarter_name
from analytics.measures import Direction, DistanceTrend, RoleAds, TooFew, distance_over_time
from analytics.selectors.compare.differences import Contrasted
from analytics.selectors.compare.distances import SEED, disjoint
from analytics.selectors.compare.periods import Period, read_period
from analytics.selectors.compare.sides import Asked, Kind, Side
from analytics.selectors.counted import company_or_own
from analytics.selectors.shares import signed, state_of
from analytics.snapshot import Filter, Selection, Snapshot
from analytics.snapshot.periods import quarter_start
from analytics.tables import Cell, Column, Estimate, Row, Series, Table, Unit, estimate_cells

ROUNDS = 60
MOST_QUARTERS = 20
MOST_EACH = 200
"""So many postings of a side and quarter are looked at: drawing companies and shuffling labels takes long."""
DISTANCE = Unit("distance beyond chance", decimals=2)
VERDICTS = {
    Direction.CONVERGING: "Converging: the two ask for ever more of the same",
    Direction.DIVERGING: "Diverging: the two grow apart",
    Direction.UNKNOWN: "Cannot tell: the interval of the slope spans zero",
}


@dataclass(frozen=True)
class Way:
    """One of the pairs of the page, with the address that shows its quarters."""

    text: str
    url: str
    current: bool


@dataclass(frozen=True)
class Quarters:
    """`refusal` says why there is nothing to see; `tone` is that of the verdict's badge."""

    first: str
    second: str
    ways: tuple[Way, ...]
    verdict: str = ""
    tone: str = ""
    slope: str = ""
    note: str = ""
    chart: Chart | None = None
    refusal: str = ""


def quarters(found: Contrasted, pair: tuple[int, int], urls: Mapping[tuple[int, int], str]) -> Quarters:
    """Return the distance by quarter of one pair of sides; `urls` lead to each pair."""
    one, other = (found.sides[place] for place in pair)
    ways = tuple(
        Way(f"{found.sides[a].name} and {found.sides[b].name}", url, current=(a, b) == pair)
        for (a, b), url in urls.items()
    )
    blank = Quarters(one.name, other.name, ways if len(ways) > 1 else ())
    if Kind.COMPANY in (one.kind, other.kind):
        return replace(blank, refusal="It takes three companies on both sides, and one of them is a company.")
    if _never_meet(one.question.filter, other.question.filter):
        return replace(blank, refusal="They have no quarter in common.")
    trend = _trend(one.snapshot, one.asked, other.asked)
    if isinstance(trend, str):
        return replace(blank, refusal=trend)
    return replace(
        blank,
        verdict=VERDICTS[trend.direction],
        tone="" if trend.direction is Direction.UNKNOWN else "info",
        slope=f"{signed(trend.slope, decimals=3)} a year "
        f"({signed(trend.slope_low, decimals=3)} to {signed(trend.slope_high, decimals=3)})",
        note=_note(found, pair),
        chart=_chart(one, other, trend),
    )


def _never_meet(one: Filter, other: Filter) -> bool:
    """Return whether one's days end before the other's begin."""
    ends = ((first.until, second.since) for first, second in ((one, other), (other, one)))
    return any(until is not None and since is not None and until < since for until, since in ends)


def _note(found: Contrasted, pair: tuple[int, int]) -> str:
    shared = int(found.shared[pair])
    left_out = f" {number(shared)} postings of both are left out." if shared else ""
    return (
        f"At most {MOST_EACH} postings of a side and quarter, picked at random, are looked at, and the last "
        f"{MOST_QUARTERS} quarters. Quarters with under 10 postings or 3 companies on either side are left out, as are "
        f"postings without a date or a skill.{left_out}"
    )


@lru_cache(maxsize=64)
def _trend(snapshot: Snapshot, first: Asked, second: Asked) -> DistanceTrend | str:
    """Return the trend, or the sentence that says why there is none; kept, since it is the dearest figure here."""
    parts = disjoint(snapshot, first, second)
    if parts is None:
        return "The two are nearly the same postings."
    drawn = [_drawn(snapshot, part) for part in parts]
    rows = np.concatenate(drawn)
    is_first = np.arange(len(rows)) < len(drawn[0])
    order = np.argsort(rows, kind="stable")
    rows, is_first = rows[order], is_first[order]
    ads = RoleAds(snapshot.matrix(rows), is_first, snapshot.column("quarter")[rows], company_or_own(snapshot, rows))
    try:
        return distance_over_time(ads, seed=SEED, rounds=ROUNDS)
    except TooFew as few:
        return _in_words(few)


def _in_words(few: TooFew) -> str:
    return str(few).replace("periods", "quarters").replace("ads", "postings").replace("role", "side")


def _drawn(snapshot: Snapshot, part: Selection) -> NDArray[np.int32]:
    """Return at most MOST_EACH rows of each of the last quarters: those whose keys' hashes are smallest."""
    rows = part.rows[snapshot.column("quarter")[part.rows] > 0]
    quarter = snapshot.column("quarter")[rows]
    if len(rows):
        recent = quarter > quarter.max() - MOST_QUARTERS
        rows, quarter = rows[recent], quarter[recent]
    order = np.lexsort((snapshot.key_hash[rows], quarter))
    starts = np.searchsorted(quarter[order], quarter[order])
    return np.sort(rows[order[np.arange(len(order)) - starts < MOST_EACH]])


def _chart(one: Side, other: Side, trend: DistanceTrend) -> Chart:
    every = range(int(trend.periods[0]), int(trend.periods[-1]) + 1)
    names = [one.snapshot.vocabulary("quarter")[code] for code in every]
    points = _points(names, trend)
    caption = Caption(
        key="quarters",
        title=f"How far {one.name} and {other.name} are apart, quarter by quarter",
        summary=_summary(points, trend),
        unit=DISTANCE,
        n=None,
        rows="quarter",
        method="convergence",
    )
    said = [quarter_name(quarter_start(name)) for name in names]
    chart = line_over_periods([Series("distance", tuple(points))], caption, names=said)
    return replace(chart, table=_table(one, other, points))


def _points(names: Sequence[str], trend: DistanceTrend) -> list[Estimate]:
    """Return a figure for each quarter from the first to the last; one that was left out has none."""
    found = {int(period): place for place, period in enumerate(trend.periods)}
    points = []
    for code, name in enumerate(names, start=int(trend.periods[0])):
        if (place := found.get(code)) is None:
            points.append(Estimate(name, None))
            continue
        first, second = int(trend.n_first[place]), int(trend.n_second[place])
        ends = (float(trend.low[place]), float(trend.high[place]))
        value, state = float(trend.distance[place]), state_of(min(first, second))
        points.append(Estimate(name, value, *ends, n=first + second, state=state))
    return points


def _summary(points: Sequence[Estimate], trend: DistanceTrend) -> str:
    slope = f"{signed(trend.slope, decimals=3)} a year"
    first, last = (period.text if (period := read_period(point.label)) else "" for point in (points[0], points[-1]))
    return f"{first} to {last}: {VERDICTS[trend.direction].lower()}; slope {slope}."


def _table(one: Side, other: Side, points: Sequence[Estimate]) -> Table:
    columns = (
        Column("quarter", is_number=False),
        Column("distance", unit=DISTANCE),
        Column("95% interval", unit=DISTANCE),
        Column(f"{one.name}, postings"),
        Column(f"{other.name}, postings"),
    )
    counts = [side.snapshot.tally(side.selection, "quarter") for side in (one, other)]
    rows: list[Row] = []
    for point in points:
        period = read_period(point.label)
        if period is None:
            raise ValueError(f"{point.label} is no quarter.")
        code = one.snapshot.code("quarter", point.label) or 0
        sizes = [_size_cell(side, int(count[code]), period) for side, count in zip((one, other), counts, strict=True)]
        rows.append((Cell(period.text, sort=point.label, state=point.state), *estimate_cells(point, DISTANCE), *sizes))
    return Table(columns, tuple(rows))


def _size_cell(side: Side, count: int, period: Period) -> Cell:
    return Cell(number(count), value=count, url=side.days_url(period))
