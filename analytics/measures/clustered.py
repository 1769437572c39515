"""Intervals that know that the postings of one company are alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.cells import COMPARED_FROM, Reliability, reliability
from analytics.measures.intervals import Z95, wilson_interval
from analytics.measures.resample import redraws, sums_by, weighted_sums

Floats = NDArray[np.float64]

# Up to this design effect Wilson's interval is at most a tenth too narrow.
WILSON_ENOUGH = 1.2


@dataclass(frozen=True)
class ClusteredShares:
    """Shares [k] of `n` postings of `companies` companies, 0..1, with 95% intervals over companies.

    `design_effect` [k] is the variance over companies by that of independent postings, nan where all or
    none hold the skill; `is_wilson_enough` [k] where it is at most WILSON_ENOUGH.
    """

    n: int
    companies: int
    share: Floats
    low: Floats
    high: Floats
    design_effect: Floats

    @property
    def is_wilson_enough(self) -> NDArray[np.bool_]:
        return self.design_effect <= WILSON_ENOUGH

    @property
    def reliability(self) -> Reliability:
        return reliability(self.n)


def clustered_shares(matrix: Any, company: NDArray[np.integer], *, seed: int, rounds: int = 200) -> ClusteredShares:
    """Return the share of each skill with its bootstrap interval over companies.

    `matrix` is postings x skills 0/1 [n, k], `company` [n] codes (give each posting without a known company a
    code of its own). Whole companies are drawn (Cameron, Gelbach, Miller 2008, 2.2) and the central 95% of
    the drawn shares taken. Where fewer than 5 companies hold the skill, or fewer than 5 have a posting without
    it, drawing them says little: Wilson's interval at n / design effect instead (Korn, Graubard 1998).
    """
    sizes, counts = company_counts(matrix, company)
    n, k = int(sizes.sum()), counts.shape[1]
    total = np.asarray(counts.sum(axis=0), np.float64).ravel()
    if n == 0:
        return ClusteredShares(0, 0, *(np.full(k, np.nan) for _ in range(4)))
    effect = design_effect(counts, sizes)
    weights = list(redraws(len(sizes), seed=seed, rounds=rounds))
    drawn_n = np.stack(weights) @ sizes
    drawn = np.concatenate(list(weighted_sums(counts, weights))) / drawn_n[:, None]
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0)
    # Nobody differs: then nothing is known of how alike postings are, and companies count as one posting each.
    alike = np.where(np.isnan(effect), np.square(sizes).sum() / n, np.maximum(effect, 1.0))
    few_low, few_high = wilson_interval(total / alike, n / alike, Z95)
    few = _companies_on_the_rarer_side(counts, sizes) < COMPARED_FROM
    return ClusteredShares(n, len(sizes), total / n, np.where(few, few_low, low), np.where(few, few_high, high), effect)


def company_counts(matrix: Any, company: NDArray[np.integer]) -> tuple[Floats, Any]:
    """Return postings [c] and skill counts (CSR [c, k]) of each company that occurs, ascending by code."""
    codes = np.unique(company, return_inverse=True)[1]
    size = int(codes.max()) + 1 if len(codes) else 0
    return np.bincount(codes, minlength=size).astype(np.float64), sums_by(matrix, codes, size)


def design_effect(counts: Any, sizes: ArrayLike) -> Floats:
    """Return [k]: the variance of each share over companies, divided by p(1-p)/n.

    `counts` [c, k] (sparse) of `sizes` [c] postings. Variance of the ratio by linearisation with y the count
    and m the size of a company: c/(c-1) sum (y - p m)^2 / n^2 (Cochran 1977, 6.4; Kish 1965). 1 is as if postings
    were independent; nan where p is 0 or 1 or there is one company.
    """
    m = np.asarray(sizes, np.float64)
    n, c = m.sum(), len(m)
    share = np.asarray(counts.sum(axis=0), np.float64).ravel() / n
    squares = np.asarray(counts.multiply(counts).sum(axis=0), np.float64).ravel()
    products = np.asarray(counts.T @ m).ravel()
    spread = np.maximum(squares - 2 * share * products + share**2 * (m @ m), 0.0)
    plain = share * (1 - share) / n
    known = (plain > 0) & (c > 1)
    return np.divide(spread * c, max(c - 1, 1) * n**2 * plain, out=np.full_like(share, np.nan), where=known)


def _companies_on_the_rarer_side(counts: Any, sizes: Floats) -> NDArray[np.int64]:
    """Return [k]: the companies with a posting that holds the skill, or those with one that does not, if fewer."""
    holding = np.asarray((counts > 0).sum(axis=0)).ravel()
    rows, columns = counts.nonzero()
    full = np.asarray(counts[rows, columns]).ravel() == sizes[rows]
    lacking = len(sizes) - np.bincount(columns[full], minlength=counts.shape[1])
    return np.minimum(holding, lacking)
