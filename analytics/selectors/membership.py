"""Which profile a posting leans to."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics import archive
from analytics.selectors.published import Published
from analytics.snapshot import Snapshot

NOBODY = -1


def leading_profile(shown: Published) -> NDArray[np.int8]:
    """Return for each row of the snapshot the number of its largest membership, NOBODY where it is too thin to tell."""
    return leading_of(shown.snapshot, None if shown.memberships is None else shown.run.input_key, shown.level)


def leading_of(snapshot: Snapshot, input_key: str | None, level: str) -> NDArray[np.int8]:
    """Return the same for the memberships of a run, NOBODY everywhere for one without."""
    return np.full(snapshot.n, NOBODY, np.int8) if input_key is None else _leading(input_key, level)


@lru_cache(maxsize=4)
def role_and_leading(snapshot: Snapshot, input_key: str | None, level: str, profiles: int) -> NDArray[np.integer]:
    """Return for each row its place in a flat table of roles by leading profile, the last column too thin to tell."""
    leading = leading_of(snapshot, input_key, level)
    cells = snapshot.role * np.int32(profiles + 1) + np.where(leading < 0, profiles, leading)
    return cells.astype(np.int16 if len(snapshot.roles) * (profiles + 1) < np.iinfo(np.int16).max else np.int32)


@lru_cache(maxsize=4)
def _leading(input_key: str, level: str) -> NDArray[np.int8]:
    memberships = archive.memberships_of(input_key)
    leading = np.argmax(memberships.at(level), axis=1).astype(np.int8)
    leading[np.asarray(memberships.thin)] = NOBODY
    return leading
