"""Two sides of the postings and the skills that set the first apart: by log-odds, with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.measures import LogOdds, log_odds
from analytics.snapshot import SkillCounts
from analytics.tables import Estimate, Unit

LEAST = 10
"""A skill named by fewer postings of both sides together stands in no list of contrasts."""


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


def sides_of(here: SkillCounts, there: SkillCounts) -> Sides:
    """Set two sets of postings against each other that have none in common."""
    return Sides(here, there, log_odds(here.any, there.any))


def without(everyone: SkillCounts, *parts: SkillCounts) -> SkillCounts:
    """Return the counts of the postings that are in none of some parts of `everyone` that share none."""
    return SkillCounts(
        n=everyone.n - sum(part.n for part in parts),
        any=everyone.any - sum(part.any for part in parts),
        required=everyone.required - sum(part.required for part in parts),
        preferred=everyone.preferred - sum(part.preferred for part in parts),
    )


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
