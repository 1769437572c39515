"""The one rule for small cells: below 30 postings a share is greyed, below 10 it is withheld.

Here, too, stand the other floors under which nothing is said: of companies, of their ads, of regressions.

Source: publication practice for small cells; LinkedIn and the World Bank publish from 50 observations, which
leaves most titles of a modest collection out. At n = 30 the 95% interval of a share of one half is 35
points wide, at n = 10 it is 53.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

THIN_BELOW = 30
WITHHELD_BELOW = 10

COMPARED_FROM = 5  # ads of a company (or of its title) from which its own mix of skills is compared with others
COMPANIES_FROM = 3  # companies behind a figure that speaks of companies, or of what many of them do
PREMIUM_FROM = 100  # postings that state pay, for a regression


class TooFew(ValueError):  # noqa: N818  (what it says, not that it is wrong)
    """Raised with a sentence when there are too few postings or companies for a measure to mean anything."""


class Reliability(StrEnum):
    OK = "ok"
    THIN = "thin"
    WITHHELD = "withheld"

    @property
    def is_shown(self) -> bool:
        return self is not Reliability.WITHHELD


def reliability(n: int) -> Reliability:
    """Return how far a share of `n` postings may be shown; `n` is the denominator, never the count."""
    if n < WITHHELD_BELOW:
        return Reliability.WITHHELD
    return Reliability.THIN if n < THIN_BELOW else Reliability.OK


def reliabilities(ns: Iterable[int]) -> tuple[Reliability, ...]:
    return tuple(reliability(int(n)) for n in ns)
