"""Names of months and quarters, without gaps, so that a chart's axis is honest."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray


def month_names(month: NDArray[Any]) -> tuple[str, ...]:
    """Return "" and "YYYY-MM" for every month from the first to the last known of `month` (since 1970-01)."""
    known = month[month >= 0]
    span = range(int(known.min()), int(known.max()) + 1) if len(known) else range(0)
    return ("", *(f"{1970 + m // 12}-{m % 12 + 1:02d}" for m in span))


def quarter_names(month: NDArray[Any]) -> tuple[str, ...]:
    """Return "" and "YYYY-Qn" for every quarter from the first to the last known `month` (since 1970-01)."""
    known = month[month >= 0] // 3
    span = range(int(known.min()), int(known.max()) + 1) if len(known) else range(0)
    return ("", *(f"{1970 + q // 4}-Q{q % 4 + 1}" for q in span))
