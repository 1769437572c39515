"""Which roles are of the catalogue, and which postings have one."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.selectors.role_names import NOT_IN_CATALOGUE
from analytics.snapshot import Selection, Snapshot
from analytics.snapshot.select import pick


def catalogued(snapshot: Snapshot, selection: Selection) -> Selection:
    """Return the postings of the selection without those of "other", "unknown" and no role."""
    return pick(selection.rows[is_catalogued(snapshot)[snapshot.role[selection.rows]]])


@lru_cache(maxsize=2)
def is_catalogued(snapshot: Snapshot) -> NDArray[np.bool_]:
    """Tell of each role whether it is of the catalogue; under the others stands any work."""
    found = np.array([name not in NOT_IN_CATALOGUE for name in snapshot.roles], np.bool_)
    found.flags.writeable = False  # many read it
    return found
