"""What stands behind a role: how many of its postings lean to each profile."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.figures import Reliability, number
from analytics.measures import effective_number
from analytics.selectors.membership import role_and_leading
from analytics.selectors.published import Published
from analytics.selectors.selected import once
from analytics.selectors.shares import WITHHELD, state_of
from analytics.snapshot import Selection, Snapshot

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class MixedFigure:
    """The effective number of profiles ("3.1") over n postings that lean to one; text is "" where withheld."""

    text: str
    n: str
    state: Reliability


def leaning(selection: Selection, shown: Published) -> Counts:
    """Count postings by role and leading profile: [roles, profiles + 1], the last column too thin to tell."""
    input_key = None if shown.memberships is None else shown.run.input_key
    return _leaning(shown.snapshot, selection, input_key, shown.level, len(shown.profiles))


@once
def _leaning(snapshot: Snapshot, selection: Selection, input_key: str | None, level: str, profiles: int) -> Counts:
    shape = (len(snapshot.roles), profiles + 1)
    cells = role_and_leading(snapshot, input_key, level, profiles)[selection.rows]
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)


def mixed_figure(counts: Counts) -> MixedFigure:
    """Return the effective number of profiles behind counts by leading profile (Hill 1973, order 1)."""
    n = int(counts.sum())
    state = state_of(n)
    text = "" if state == WITHHELD else number(float(effective_number(counts)), decimals=1)
    return MixedFigure(text, number(n), state)
