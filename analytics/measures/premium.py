"""What a skill adds to pay, other things being equal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.measures.cells import COMPANIES_FROM, PREMIUM_FROM, THIN_BELOW, TooFew
from analytics.measures.contrast import benjamini_hochberg
from analytics.measures.intervals import student_p, student_reach
from analytics.measures.resample import sums_by

Floats = NDArray[np.float64]
Codes = NDArray[np.integer]

SKILLS_PER_AD = 1 / 20  # more skills than this, and they are shrunk
MOST_SKILLS = 150


@dataclass(frozen=True)
class PaidAds:
    """Ads: skills 0/1 CSR [n, k], yearly pay (nan unknown), codes of its currency, of controls and of companies [n].

    `controls` are columns of codes: title, seniority, place, month. Give each ad without a known company a company of
    its own. Copies are left out by the caller.
    """

    matrix: Any
    pay: Floats
    currency: Codes
    controls: Sequence[Codes]
    company: Codes


@dataclass(frozen=True)
class Effect:
    """Differences in ln pay [t] with their standard errors, clustered by company; as parts of pay: 0.1 is 10% more.

    `low` and `high` are the 95% interval.
    """

    coefficient: Floats
    se: Floats
    companies: int

    @property
    def premium(self) -> Floats:
        return np.expm1(self.coefficient)

    @property
    def low(self) -> Floats:
        return np.expm1(self.coefficient - self._reach)

    @property
    def high(self) -> Floats:
        return np.expm1(self.coefficient + self._reach)

    @property
    def _reach(self) -> Floats:
        return float(student_reach(self.companies - 1)) * self.se


@dataclass(frozen=True)
class Premium(Effect):
    """Premiums of skills [k] on yearly pay, nan where not estimated.

    `p` is two-sided, `adjusted_p` by Benjamini-Hochberg. `held` [k] of the `stated` ads (of `n`) with pay name the
    skill, of `holders` [k] companies. With `penalty` above 0 the skills were shrunk (ridge): the interval is that of
    the shrunk premium, nearer to 0 than the true one.
    """

    n: int
    stated: int
    skills: int
    penalty: float
    held: NDArray[np.int64]
    holders: NDArray[np.int64]
    p: Floats
    adjusted_p: Floats

    @property
    def coverage(self) -> float:
        """Share of the ads that state pay, 0..1."""
        return self.stated / self.n if self.n else math.nan

    @property
    def is_shrunk(self) -> bool:
        return self.penalty > 0


def plain_skills(stated: int, *, most: int = MOST_SKILLS) -> int:
    """Return how many skills a regression on `stated` ads may hold, at most `most`, without shrinking them."""
    return min(int(stated * SKILLS_PER_AD), most)


def skill_premium(
    ads: PaidAds, *, least: int = THIN_BELOW, most: int | None = None, always: Sequence[int] = ()
) -> Premium:
    """Return the premium of each skill: exp(b) - 1 in ln(pay) = a + sum b_s x_s + controls, by least squares.

    Skills count that `least` ads with pay name and as many do not, of 3 companies or more; controls are dummies. With
    `most`, only that many of them do: those of `always`, and then the commonest.
    Errors are clustered by company with the CR1 correction g/(g-1) (n-1)/(n-p) (Cameron, Miller 2015), p values from
    Student's t with g - 1 degrees of freedom. With more skills than n/20 the skills alone are shrunk (ridge), by the
    penalty of least generalised cross-validation (Golub, Heath, Wahba 1979). After Deming, Kahn 2018. A skill that
    controls and other skills give away is nan. Raises TooFew under 100 ads with pay or 3 companies that state
    it, ValueError for pay in several currencies.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

    from analytics.measures.regression import PENALTIES, regress  # scipy is slow to import

    rows, companies = paid_rows(ads)
    g = int(companies.max()) + 1
    matrix = ads.matrix[rows]
    named = Named.of(matrix, companies)
    skills = named.enough(least, most=most, always=always)
    penalties = PENALTIES if len(skills) > len(rows) * SKILLS_PER_AD else None
    controls = [control[rows] for control in ads.controls]
    with threadpool_limits(limits=1):  # BLAS adds in an order that hangs on its threads
        fit = regress(matrix[:, skills], np.log(ads.pay[rows]), controls, companies, penalties=penalties)
    k = ads.matrix.shape[1]
    coefficient, se, p = (np.full(k, np.nan) for _ in range(3))
    coefficient[skills], se[skills] = fit.coefficient, fit.se
    p[skills] = student_p(fit.coefficient / fit.se, g - 1)
    adjusted = benjamini_hochberg(p)
    counts = (named.held, named.holders)
    return Premium(coefficient, se, g, len(ads.pay), len(rows), len(skills), fit.penalty, *counts, p, adjusted)


def paid_rows(ads: PaidAds) -> tuple[NDArray[np.intp], Codes]:
    """Return the rows with pay, and codes 0.. of their companies; raises TooFew and ValueError as `skill_premium`."""
    rows = np.flatnonzero(ads.pay > 0)
    companies = np.unique(ads.company[rows], return_inverse=True)[1]
    g = int(companies.max()) + 1 if len(rows) else 0
    if len(rows) < PREMIUM_FROM or g < COMPANIES_FROM:
        few = "1 ad" if len(rows) == 1 else f"{len(rows)} ads"
        of = "1 company" if g == 1 else f"{g} companies"
        raise TooFew(f"Pay is stated by {few} of {of}; it takes {PREMIUM_FROM} ads of {COMPANIES_FROM} companies.")
    if len(np.unique(ads.currency[rows])) > 1:
        raise ValueError("Pay in one currency at a time: rates of exchange are not a premium.")
    return rows, companies


@dataclass(frozen=True)
class Named:
    """How many of `n` rows (`held` [k]), and of how many companies (`holders` [k]), name each skill."""

    n: int
    held: NDArray[np.int64]
    holders: NDArray[np.int64]

    @classmethod
    def of(cls, matrix: Any, companies: Codes) -> Named:
        """Count the rows of a 0/1 matrix; companies are codes 0.. ."""
        holders = (sums_by(matrix, companies, int(companies.max()) + 1) > 0).sum(axis=0)
        counts = [np.asarray(one).ravel().astype(np.int64) for one in (matrix.sum(axis=0), holders)]
        return cls(matrix.shape[0], *counts)

    def enough(self, least: int, *, most: int | None = None, always: Sequence[int] = ()) -> NDArray[np.intp]:
        """Return skills that `least` rows name and as many do not, of 3 companies: at most `most`, the commonest."""
        skills = np.flatnonzero((self.held >= least) & (self.n - self.held >= least) & (self.holders >= COMPANIES_FROM))
        if most is None or len(skills) <= most:
            return skills
        order = np.lexsort((-self.held[skills], ~np.isin(skills, np.asarray(always, np.int64))))
        return np.sort(skills[order[:most]])
