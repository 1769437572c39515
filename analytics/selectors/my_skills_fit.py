"""Which postings the skills of one person fit: counted for every posting at once.

Only programming languages, tools and methods count. Ads and CVs speak of soft skills, industries, certificates and
spoken languages in different ways: a CV that does not say "communication" is no proof of silence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.profiles.fitting import TECHNICAL_KINDS
from analytics.selectors.selected import inside
from analytics.selectors.skill_choice import kinds_of
from analytics.snapshot import Selection, Snapshot
from analytics.snapshot.facts import LEVELS, REQUIRED
from analytics.snapshot.select import pick

SHARES = (50, 75, 100)
"""From how much of what is required, in percent, a posting fits; the first unless the address says another."""
LEAST_REQUIRED = 3
"""A posting that requires fewer skills than this would fit almost anybody: it is left out of the fit."""
MOST_HAVE = 80
"""So many skills are read from an address: servers cut longer ones off."""

Counts = NDArray[np.int16]


@dataclass(frozen=True)
class Had:
    """The skills of one person: their codes, ascending, and from how many percent of the required a posting fits."""

    codes: tuple[int, ...]
    least: int = SHARES[0]


def least_of(stated: str) -> int:
    """Return the share in percent that an address asks for, the usual one where it names none of ours."""
    return int(stated) if stated in {str(share) for share in SHARES} else SHARES[0]


@lru_cache(maxsize=2)
def technical(snapshot: Snapshot) -> NDArray[np.bool_]:
    """Tell of each skill whether it counts."""
    return np.isin(kinds_of(snapshot), list(TECHNICAL_KINDS))


@lru_cache(maxsize=4)
def asked_each(snapshot: Snapshot, *, required: bool) -> Counts:
    """Return how many skills that count each posting names, or requires."""
    codes = np.flatnonzero(technical(snapshot))
    counts = np.zeros(LEVELS * len(snapshot.skills), np.bool_)
    for level in (REQUIRED,) if required else range(LEVELS):
        counts[LEVELS * codes + level] = True
    running = np.zeros(len(snapshot.pair_code) + 1, np.int32)
    np.cumsum(counts[snapshot.pair_code], out=running[1:])
    return np.diff(running[snapshot.indptr]).astype(np.int16)


@lru_cache(maxsize=16)
def had_each(snapshot: Snapshot, codes: tuple[int, ...], *, required: bool) -> Counts:
    """Return how many of these skills each posting names, or requires."""
    held = np.zeros(snapshot.n, np.int16)
    for code in codes:
        held[snapshot.skill_rows(code, level=REQUIRED if required else None)] += 1
    held.flags.writeable = False
    return held


def rated(snapshot: Snapshot) -> NDArray[np.bool_]:
    """Tell of each posting whether it requires enough for its fit to mean anything."""
    return asked_each(snapshot, required=True) >= LEAST_REQUIRED


@lru_cache(maxsize=16)
def fits(snapshot: Snapshot, had: Had) -> NDArray[np.bool_]:
    """Tell of each posting whether at least `had.least` percent of the skills that it requires are had."""
    held = had_each(snapshot, had.codes, required=True).astype(np.int32)
    return rated(snapshot) & (100 * held >= had.least * asked_each(snapshot, required=True))


def fitting(snapshot: Snapshot, selection: Selection, had: Had) -> Selection:
    """Return the postings of the selection that fit."""
    return pick(selection.rows[fits(snapshot, had)[selection.rows]])


def fits_with(snapshot: Snapshot, selection: Selection, had: Had, further: Sequence[int]) -> list[int]:
    """Return for each further skill how many postings of the selection fit once it is had as well."""
    asked = asked_each(snapshot, required=True).astype(np.int32)
    held = had_each(snapshot, had.codes, required=True).astype(np.int32)
    fit = fits(snapshot, had)
    near = rated(snapshot) & ~fit & (100 * (held + 1) >= had.least * asked) & inside(snapshot, selection)
    already = int(np.count_nonzero(fit[selection.rows]))
    return [already + int(np.count_nonzero(near[snapshot.skill_rows(code, level=REQUIRED)])) for code in further]
