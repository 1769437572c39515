"""Two sides of the postings and the skills that set the first apart: by log-odds, with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.measures import LogOdds, log_odds
from analytics.snapshot import SkillCounts, Snapshot
from analytics.tables import Estimate, Unit

LEAST = 10
"""A skill named by fewer postings of both sides together stands in no list of contrasts."""

Rows = NDArray[np.int32]


@dataclass(frozen=True)
class Sides:
    """Skills counted on two sides that share no posting. Above 0, `odds` lean to the first."""

    here: SkillCounts
    there: SkillCounts
    odds: LogOdds

    def leaning_here(self, most: int) -> list[int]:
        """Return the skills that are surely commoner here, by the lower end of their interval, the strongest first."""
        return self._clear(self.odds.low, most)

    def leaning_there(self, most: int) -> list[int]:
        """Return the skills that are surely rarer here, the rarest first."""
        return self._clear(-self.odds.high, most)

    def _clear(self, strength: NDArray[np.float64], most: int) -> list[int]:
        clear = (strength > 0) & (self.here.any + self.there.any >= LEAST)
        codes = np.flatnonzero(clear)
        return [int(code) for code in codes[np.argsort(-strength[codes], kind="stable")][:most]]


def sides_of(snapshot: Snapshot, here: Rows, there: Rows) -> Sides:
    """Count the skills of two sets of rows that have no row in common."""
    first, second = (snapshot.skill_counts(snapshot.pick(rows)) for rows in (here, there))
    return Sides(first, second, log_odds(first.any, second.any))


def log_odds_unit(against: str) -> Unit:
    return Unit(f"log-odds against {against}", decimals=2)


def odds_estimates(
    sides: Sides, codes: Sequence[int], names: Sequence[str], urls: Sequence[str]
) -> tuple[Estimate, ...]:
    """Return the log-odds of these skills as values for a chart; n is how many postings of the first side name it."""
    odds = sides.odds
    return tuple(
        Estimate(
            names[code],
            float(odds.delta[code]),
            float(odds.low[code]),
            float(odds.high[code]),
            n=int(sides.here.any[code]),
            url=url,
        )
        for code, url in zip(codes, urls, strict=True)
    )
