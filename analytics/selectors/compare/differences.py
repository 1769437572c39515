"""Where sides differ in what they ask for, and what they all ask for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from django.core.paginator import Paginator
from numpy.typing import NDArray

from analytics.charts import Caption, Chart, paired_bars
from analytics.figures import percent
from analytics.measures import SidesDifference, SidesTest, clustered_covariance, sides_difference, sides_test
from analytics.measures.trends import ALPHA
from analytics.selectors.compare.random_groups import few_companies, sums_of
from analytics.selectors.compare.sides import Side, common_postings, shared_postings
from analytics.selectors.shares import p_cell, points_interval, points_text, share_estimates, shares_of
from analytics.tables import SHARE, Cell, Column, Comparison, Row, Sheet, Table, Unit, share_cell, text_cell

PER_PAGE = 40
MOST_BARS = 14
MOST_SHARED = 12
POINTS = Unit("points", scale=100, decimals=1)
Order = Literal["ascending", "descending"]
BY_SIZE, BY_SKILL, BY_P = "size", "skill", "p"


def listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


@dataclass(frozen=True, eq=False)
class Contrasted:
    """Sides of ten postings and more, and whether their shares differ. `shared` [s, s] are postings in common.

    `covariance` [k, s, s] of the shares over companies is None where a side is of one or two of them.
    """

    sides: tuple[Side, ...]
    shared: NDArray[np.int64]
    covariance: NDArray[np.float64] | None
    test: SidesTest

    @classmethod
    def of(cls, sides: Sequence[Side]) -> "Contrasted":
        shared, covariance = common_postings(sides), _covariance(sides)
        test = sides_test([side.counts.any for side in sides], shared, covariance=covariance)
        return cls(tuple(sides), shared, covariance, test)

    @property
    def is_pair(self) -> bool:
        return len(self.sides) == 2

    @property
    def names(self) -> str:
        """Return "data scientist, data analyst and data engineer"."""
        return listed([side.name for side in self.sides])

    @cached_property
    def difference(self) -> SidesDifference:
        """The first side's shares less the second's."""
        first, second = self.sides[:2]
        both = first.snapshot.skill_counts(shared_postings(first, second))
        groups = ((one.any, one.n) for one in (first.counts, second.counts, both))
        return sides_difference(*groups, covariance=self.covariance)

    def by_size(self) -> NDArray[np.int64]:
        """Return the codes of what any side names, the largest difference first."""
        return self.ordered(-self.test.spread)

    def ordered(self, keys: NDArray) -> NDArray[np.int64]:
        """Return the same by ascending keys, equals by name."""
        named = np.flatnonzero(self.test.share.max(axis=0) > 0)
        return named[np.argsort(keys[named], kind="stable")]


def _covariance(sides: Sequence[Side]) -> NDArray[np.float64] | None:
    snapshot, asked = sides[0].snapshot, [side.asked for side in sides]
    if few_companies(snapshot, asked):
        return None
    return clustered_covariance([sums_of(snapshot, one, by_posting=False) for one in asked])


@dataclass(frozen=True)
class Differences:
    """What differs: the chart of what differs surely (of all, if nothing does) and every skill in a sheet."""

    chart: Chart
    heading: str
    note: str
    sheet: Sheet


def differences(found: Contrasted, sort: str, page: str | None, heads: Mapping[str, str]) -> Differences:
    """Return every difference in the order `sort`; `heads` are the addresses that sort the sheet, by order."""
    order = _ordered(found, sort)
    shown = Paginator(order, PER_PAGE).get_page(page)
    columns = _columns(found, sort, heads)
    sheet = Sheet(
        "differences",
        f"Every difference between {found.names} postings",
        Table(columns, _rows(found, list(shown.object_list))),
        method="sides",
        page=shown,
        whole=lambda: Table(columns, _rows(found, order.tolist())),
        noun="skills",
        tall=not found.is_pair,
    )
    heading = "Every difference" if sort in heads and sort != BY_SIZE else "Every difference, the largest first"
    return Differences(_bars(found), heading, _note(found), sheet)


def shared_sheet(found: Contrasted) -> Sheet:
    """Return what all sides ask for: the skills whose smallest share is largest."""
    least = found.test.share.min(axis=0)
    order = [int(code) for code in np.argsort(-least, kind="stable") if least[code] > 0]
    columns = (Column("skill", is_number=False), *_side_columns(found))

    def table(codes: Sequence[int]) -> Table:
        return Table(columns, tuple((_skill_cell(found, code), *cells) for code, cells in _share_rows(found, codes)))

    return Sheet(
        "shared",
        f"What {found.names} postings {'both' if found.is_pair else 'all'} ask for",
        table(order[:MOST_SHARED]),
        method="share",
        whole=lambda: table(order),
        noun="skills",
    )


def sort_keys(sides: int) -> tuple[str, ...]:
    """Return the names of the orders: by size, skill, p, and by the share on each side."""
    return (BY_SIZE, BY_SKILL, BY_P, *(str(place + 1) for place in range(sides)))


def _ordered(found: Contrasted, sort: str) -> NDArray[np.int64]:
    if sort == BY_SKILL:
        return found.ordered(np.arange(found.test.share.shape[1]))
    if sort == BY_P:
        return found.ordered(np.nan_to_num(found.test.adjusted_p, nan=2.0))
    if sort in sort_keys(len(found.sides))[3:]:
        return found.ordered(-found.test.share[int(sort) - 1])
    return found.by_size()


def _columns(found: Contrasted, sort: str, heads: Mapping[str, str]) -> tuple[Column, ...]:
    def head(text: str, key: str, order: Order, *, is_number: bool = True, unit: Unit | None = None) -> Column:
        is_sorted = key == (sort if sort in heads else BY_SIZE)
        return Column(text, is_number=is_number, unit=unit, url=heads[key], order=order if is_sorted else "")

    sides = (head(side.name, str(place + 1), "descending", unit=SHARE) for place, side in enumerate(found.sides))
    between = (
        (head("difference", BY_SIZE, "descending", unit=POINTS), Column("95% interval", unit=POINTS))
        if found.is_pair
        else (head("largest less smallest", BY_SIZE, "descending", unit=POINTS),)
    )
    skill, p = head("skill", BY_SKILL, "ascending", is_number=False), head("adjusted p", BY_P, "ascending")
    return (skill, *sides, *between, p)


def _side_columns(found: Contrasted) -> tuple[Column, ...]:
    return tuple(Column(side.name, unit=SHARE) for side in found.sides)


def _rows(found: Contrasted, codes: Sequence[int]) -> tuple[Row, ...]:
    return tuple(
        (
            _skill_cell(found, code, is_sure=_is_sure(found, code)),
            *shares,
            *_between(found, code),
            p_cell(float(found.test.adjusted_p[code])),
        )
        for code, shares in _share_rows(found, codes)
    )


def _share_rows(found: Contrasted, codes: Sequence[int]) -> list[tuple[int, tuple[Cell, ...]]]:
    names = found.sides[0].snapshot.skills
    columns = [
        [
            share_cell(share, side.holders_url(names[code]))
            for code, share in zip(codes, shares_of(side.counts.any[list(codes)], side.n), strict=True)
        ]
        for side in found.sides
    ]
    return list(zip(codes, zip(*columns, strict=True), strict=True))


def _skill_cell(found: Contrasted, code: int, *, is_sure: bool = True) -> Cell:
    name = found.sides[0].snapshot.skills[code]
    return text_cell(name, found.sides[0].skill_url(name), state="ok" if is_sure else "thin")


def _between(found: Contrasted, code: int) -> tuple[Cell, ...]:
    if not found.is_pair:
        spread = float(found.test.spread[code])
        return (Cell(points_text(spread).lstrip("+"), value=round(100 * spread, 4)),)
    low, high = float(found.difference.low[code]), float(found.difference.high[code])
    difference = float(found.difference.difference[code])
    return (
        Cell(points_text(difference), sort=f"{abs(difference):.6f}", value=round(100 * difference, 4)),
        Cell(points_interval(low, high), low=round(100 * low, 4), high=round(100 * high, 4)),
    )


def _is_sure(found: Contrasted, code: int) -> bool:
    return bool(found.test.adjusted_p[code] < ALPHA)


def _note(found: Contrasted) -> str:
    how = (
        f"The difference is {found.sides[0].name} less {found.sides[1].name}, in points, with its 95% interval."
        if found.is_pair
        else "The difference is the largest share less the smallest, in points."
    )
    asked = "the two shares are" if found.is_pair else "all shares are"
    drawn = "postings are taken to be independent" if found.covariance is None else "whole companies are drawn"
    return (
        f"Shares of each side’s postings. {how} p asks whether {asked} equal, adjusted for the number of skills "
        f"(Benjamini-Hochberg); {drawn}. Grey rows may be chance."
    )


def _bars(found: Contrasted) -> Chart:
    order = found.by_size()
    sure = [int(code) for code in order if _is_sure(found, int(code))]
    codes = (sure or [int(code) for code in order])[:MOST_BARS]
    names = [found.sides[0].snapshot.skills[code] for code in codes]
    estimates = (
        share_estimates(names, side.counts.any[codes], side.n, [side.holders_url(name) for name in names])
        for side in found.sides
    )
    rows = [
        Comparison(name, sides, found.sides[0].skill_url(name))
        for name, sides in zip(names, zip(*estimates, strict=True), strict=True)
    ]
    called = [side.name for side in found.sides]
    caption = Caption(
        key="pairs",
        title=f"Where {found.names} postings differ most",
        summary=_summary(found, codes, names),
        unit=SHARE,
        n=None if np.count_nonzero(found.shared) > len(called) else sum(side.n for side in found.sides),
        method="sides",
    )
    return paired_bars(rows, caption, names=called)


def _summary(found: Contrasted, codes: Sequence[int], names: Sequence[str]) -> str:
    if not codes:
        return "None of them names a skill."
    said = ", ".join(
        f"{percent(int(side.counts.any[codes[0]]) / side.n)} of {side.name} postings" for side in found.sides
    )
    only = "" if _is_sure(found, codes[0]) else " No difference is larger than chance would make."
    return f"Most different: {names[0]}, in {said}.{only}"
