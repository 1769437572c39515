"""Names of months and quarters, without gaps, so that a chart's axis is honest."""

from __future__ import annotations

from typing import Any

import numpy as np
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


def quarter_start(quarter: str) -> int:
    """Return the first month of "2024-Q2", since January 1970."""
    year, part = quarter.split("-Q")
    return 12 * (int(year) - 1970) + 3 * (int(part) - 1)


def codes_from_first(month: NDArray[Any], *, step: int) -> NDArray[np.int32]:
    """Return 0 for no date and 1.. for the periods of `step` months from the first that occurs."""
    known = month >= 0
    if not known.any():
        return np.zeros(len(month), np.int32)
    period = month // step
    return np.where(known, period - period[known].min() + 1, 0).astype(np.int32)
