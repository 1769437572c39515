"""How far apart sides are in what they ask for, beside what chance would make of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np

from analytics.charts import Caption, Chart
from analytics.charts_heat import heat_map
from analytics.measures import WITHHELD_BELOW, Band, excess, permutation_band
from analytics.measures.splits import split_band
from analytics.selectors.compare.differences import Contrasted
from analytics.selectors.compare.sides import Asked, Side, postings_of
from analytics.selectors.selected import inside
from analytics.selectors.shares import postings_text
from analytics.snapshot import Selection, Snapshot
from analytics.snapshot.select import pick
from analytics.tables import Cell, Column, HeatRow, Row, Sheet, Table, Unit, number_cell, text_cell

ROUNDS, ROUNDS_OF_MANY = 100, 40
MOST_SHUFFLED = 10_000
SEED = 1
"""Fixed, so that the same question has the same band."""
JS = Unit("Jensen-Shannon distance", decimals=3)
BEYOND = Unit("beyond chance", decimals=2)


@dataclass(frozen=True)
class Distance:
    """Jensen-Shannon distance, its band under shuffling, and what is left beyond chance (0 to 1)."""

    first: str
    second: str
    verdict: str
    band: Band
    note: str

    @property
    def value(self) -> str:
        return JS.text(self.band.observed)

    @property
    def chance(self) -> str:
        return f"{JS.text(self.band.low)}–{JS.text(self.band.high)}"

    @property
    def beyond(self) -> float:
        return max(excess(self.band), 0.0)


@dataclass(frozen=True)
class Distances:
    """The distances of all pairs: as a sheet, and of three sides and more as a map."""

    sheet: Sheet
    map: Chart | None


def distances(found: Contrasted) -> Distances:
    pairs = {(a, b): distance_between(found, a, b) for a, b in combinations(range(len(found.sides)), 2)}
    columns = (
        Column("between", is_number=False),
        Column("and", is_number=False),
        Column("distance", unit=JS),
        Column("by chance", unit=JS),
        Column("beyond chance", unit=BEYOND),
        Column("verdict", is_number=False),
    )
    rows = tuple(_row(found, pair, distance) for pair, distance in pairs.items())
    sheet = Sheet(
        "distances",
        f"How far apart {found.names} are",
        Table(columns, rows),
        method="distance",
        noun="pairs",
        tall=True,
    )
    return Distances(sheet, None if found.is_pair else _map(found, pairs))


def distance_between(found: Contrasted, first: int, second: int) -> Distance | None:
    """Return the distance of two sides without what they share; None for too few, and where no skill is named."""
    one, other = found.sides[first], found.sides[second]
    rounds = ROUNDS if found.is_pair else ROUNDS_OF_MANY
    band = _band(one.snapshot, one.asked, other.asked, rounds)
    if band is None or math.isnan(band.observed):
        return None
    verdict = "Further apart than chance" if band.observed > band.high else "No further apart than chance"
    shared = int(found.shared[first, second])
    note = f"{postings_text(shared)} of both left out." if shared else ""
    return Distance(one.name, other.name, verdict, band, note)


def disjoint(snapshot: Snapshot, first: Asked, second: Asked) -> tuple[Selection, Selection] | None:
    """Return two sides without the postings that both have; of one inside the other, it and the rest of the other.

    None where that leaves fewer than ten postings on either side.
    """
    one, other = postings_of(snapshot, first), postings_of(snapshot, second)
    common = inside(snapshot, other)[one.rows]
    if not common.any():
        return one, other
    rests = (pick(one.rows[~common]), pick(other.rows[~inside(snapshot, one)[other.rows]]))
    if rests[0].n < WITHHELD_BELOW and rests[1].n >= WITHHELD_BELOW:
        return one, rests[1]
    if rests[1].n < WITHHELD_BELOW and rests[0].n >= WITHHELD_BELOW:
        return rests[0], other
    return rests if min(rests[0].n, rests[1].n) >= WITHHELD_BELOW else None


@lru_cache(maxsize=256)
def _band(snapshot: Snapshot, first: Asked, second: Asked, rounds: int) -> Band | None:
    """Groups too large to be shuffled while a person waits are split by their counts, which comes to the same there."""
    parts = disjoint(snapshot, first, second)
    if parts is None:
        return None
    one, other = parts
    if one.n + other.n > MOST_SHUFFLED:
        counts = [snapshot.skill_counts(part).any for part in parts]
        return split_band(counts[0], counts[1], (one.n, other.n), seed=SEED, rounds=rounds)
    both = np.sort(np.concatenate([one.rows, other.rows]))
    return permutation_band(snapshot.matrix(both), np.isin(both, one.rows), seed=SEED, rounds=rounds)


def why_none(first: Side, second: Side) -> str:
    """Return why two sides have no distance."""
    named = all(side.counts.any.any() for side in (first, second))
    return "Nearly the same postings" if named else "No skill is named"


def _row(found: Contrasted, pair: tuple[int, int], distance: Distance | None) -> Row:
    one, other = (found.sides[place] for place in pair)
    names = (text_cell(one.label, one.url), text_cell(other.label, other.url))
    if distance is None:
        return (*names, Cell("–"), Cell("–"), Cell("–"), text_cell(why_none(one, other)))
    band = distance.band
    chance = Cell(distance.chance, low=round(band.low, 4), high=round(band.high, 4))
    figures = (number_cell(band.observed, JS), chance, number_cell(distance.beyond, BEYOND))
    return (*names, *figures, text_cell(distance.verdict, note=distance.note))


def _map(found: Contrasted, pairs: dict[tuple[int, int], Distance | None]) -> Chart:
    places = range(len(found.sides))

    def value(a: int, b: int) -> float | None:
        distance = pairs.get((min(a, b), max(a, b)))
        return 0.0 if a == b else distance.band.observed if distance else None

    rows = [
        HeatRow(side.label, tuple(value(place, other) for other in places), side.n, url=side.url)
        for place, side in enumerate(found.sides)
    ]
    names = [side.label for side in found.sides]
    caption = Caption(
        key="distance-map",
        title="Who is near whom",
        summary=_map_summary(pairs),
        unit=JS,
        n=None,
        rows="side",
        method="distance",
    )
    return heat_map(rows, caption, columns=names)


def _map_summary(pairs: dict[tuple[int, int], Distance | None]) -> str:
    known: Sequence[Distance] = [distance for distance in pairs.values() if distance]
    if not known:
        return "No two of them have enough postings of their own."
    near = min(known, key=lambda distance: distance.band.observed)
    far = max(known, key=lambda distance: distance.band.observed)
    said = f"Nearest: {near.first} and {near.second}, {near.value}"
    return f"{said}; furthest: {far.first} and {far.second}, {far.value}. 0 is the same mix, 1 nothing in common."
