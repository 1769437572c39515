"""The lowest and the highest month of a share, in words."""

from numpy.typing import NDArray

from analytics.figures import percent
from analytics.measures import THIN_BELOW
from analytics.selectors.months import MonthAxis


def range_text(counts: NDArray, totals: NDArray, axis: MonthAxis) -> str:
    """Return between which shares the months lie; only finished months with at least 30 postings count."""
    months = [
        (int(counts[place]) / int(totals[place]), place)
        for place in range(len(axis.finished_codes))
        if totals[place] >= THIN_BELOW
    ]
    if not months:
        return "No finished month has 30 postings with a date, so no month is sure."
    (low, first), (high, last) = min(months), max(months)
    if first == last:
        return f"The only finished month with at least 30 postings is {axis.name(first)}: {percent(low)}."
    return (
        f"In finished months with at least 30 postings it lay between {percent(low)} ({axis.name(first)}) "
        f"and {percent(high)} ({axis.name(last)})."
    )
