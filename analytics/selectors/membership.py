"""Which profile a posting leans to."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics import archive
from analytics.selectors.published import Published

NOBODY = -1


def leading_profile(shown: Published) -> NDArray[np.int8]:
    """Return for each row of the snapshot the number of its largest membership, NOBODY where it is too thin to tell."""
    if shown.memberships is None:
        return np.full(shown.snapshot.n, NOBODY, np.int8)
    return _leading(shown.run.input_key, shown.level)


def profile_rows(shown: Published, number: int) -> NDArray[np.int64]:
    """Return the rows, ascending, whose largest membership is profile `number`; copies counted."""
    return np.flatnonzero(leading_profile(shown) == number)


@lru_cache(maxsize=4)
def _leading(input_key: str, level: str) -> NDArray[np.int8]:
    memberships = archive.memberships_of(input_key)
    leading = np.argmax(memberships.at(level), axis=1).astype(np.int8)
    leading[np.asarray(memberships.thin)] = NOBODY
    return leading
