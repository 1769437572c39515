"""Skills that rise or fall between two windows, told by whole companies."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.cells import COMPANIES_FROM, WITHHELD_BELOW
from analytics.measures.contrast import benjamini_hochberg
from analytics.measures.intervals import student_p, student_reach
from analytics.measures.resample import sums_by
from analytics.measures.trends import ALPHA, Change, change_between

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class CompanyParts:
    """What companies bring to a change, added up, so that it can be counted in any order.

    A company has m1 of the n1 postings before and m2 of the n2 after, of which y1 and y2 hold the skill; its own part
    is y2/n2 - y1/n1. `squares` [k] adds up own^2, `with_before` own * m1/n1, `with_after` own * m2/n2; `holders` [k]
    counts companies with the skill, `companies` all of them; `sizes` adds up (m1/n1)^2, m1/n1 * m2/n2, (m2/n2)^2.
    """

    squares: Floats
    with_before: Floats
    with_after: Floats
    holders: Ints
    companies: int
    sizes: tuple[float, float, float]

    def __add__(self, other: CompanyParts) -> CompanyParts:
        """Return both together; they must share no company."""
        first, second = self.sizes, other.sizes
        return CompanyParts(
            self.squares + other.squares,
            self.with_before + other.with_before,
            self.with_after + other.with_after,
            self.holders + other.holders,
            self.companies + other.companies,
            (first[0] + second[0], first[1] + second[1], first[2] + second[2]),
        )


def clustered_change(matrix: Any, is_after: NDArray[np.bool_], company: NDArray[np.integer]) -> Change:
    """Return how shares moved from the postings without `is_after` [n] to those with it, companies drawn whole.

    `matrix` is postings x skills 0/1 [n, k], `company` [n] codes (a code of its own for each posting without a
    known company). The variance of the difference is c/(c-1) sum u^2 over companies, u the company's part
    (y2 - p2 m2)/n2 - (y1 - p1 m1)/n1 with y the count and m the size (linearised, Cochran 1977, 6.4), at least
    that of independent postings; interval and p from Student's t with as many degrees of freedom as companies
    hold the skill, less one. Skills of fewer than 10 postings are not tested (p nan), those of fewer than 3 companies
    are never sure (p 1): what one company does alone is no trend. All tested ones are adjusted by Benjamini-Hochberg.
    """
    codes = np.unique(company, return_inverse=True)[1]
    size = int(codes.max()) + 1 if len(codes) else 0
    m1, m2 = (np.bincount(codes[side], minlength=size).astype(np.float64) for side in (~is_after, is_after))
    y1, y2 = (sums_by(matrix[side], codes[side], size) for side in (~is_after, is_after))
    n1, n2 = int(m1.sum()), int(m2.sum())
    before, after = (np.asarray(counts.sum(axis=0), np.float64).ravel() for counts in (y1, y2))
    if n1 == 0 or n2 == 0:
        return change_between(before, n1, after, n2)
    own = y2 / n2 - y1 / n1
    first, second = m1 / n1, m2 / n2
    parts = CompanyParts(
        squares=np.asarray(own.multiply(own).sum(axis=0)).ravel(),
        with_before=own.T @ first,
        with_after=own.T @ second,
        holders=np.asarray(((y1 + y2) > 0).sum(axis=0)).ravel().astype(np.int64),
        companies=size,
        sizes=products(first, second),
    )
    return change_of_parts((before, n1), (after, n2), parts)


def change_of_parts(
    before: tuple[ArrayLike, int], after: tuple[ArrayLike, int], parts: CompanyParts, skills: ArrayLike | None = None
) -> Change:
    """Return the same from counts [k] of so many postings in each window, and the parts of all their companies.

    `skills` are the codes that `parts` is about, all without. The others keep no interval and no p, but are counted
    when p is adjusted, as if they had not moved: leave out only what `may_move` does.
    """
    plain = change_between(*before, *after)
    if plain.n_before == 0 or plain.n_after == 0:
        return plain
    named = np.asarray(before[0], np.int64) + np.asarray(after[0], np.int64)
    codes = np.arange(len(named)) if skills is None else np.asarray(skills, np.int64)
    se = np.sqrt(np.maximum(_clustered_variance(plain, parts, codes), _independent_variance(plain)[codes]))
    difference, df = plain.difference[codes], np.maximum(parts.holders - 1.0, 1.0)
    # Where all hold it after and none before, nothing varies: then the plain test speaks.
    t = np.divide(difference, se, out=np.where(difference != 0, np.inf, 0.0), where=se > 0)
    told = np.maximum(student_p(t, df), np.nan_to_num(plain.p[codes]))
    told = np.where(parts.holders < COMPANIES_FROM, 1.0, told)
    reach = student_reach(df) * se
    blank = np.full(len(named), np.nan)
    low, high, p, family = blank, blank.copy(), blank.copy(), np.where(named >= WITHHELD_BELOW, 1.0, np.nan)
    low[codes] = np.where(se > 0, np.maximum(difference - reach, -1.0), plain.low[codes])
    high[codes] = np.where(se > 0, np.minimum(difference + reach, 1.0), plain.high[codes])
    p[codes] = np.where(named[codes] >= WITHHELD_BELOW, told, np.nan)
    family[codes] = p[codes]
    return replace(plain, low=low, high=high, p=p, adjusted_p=benjamini_hochberg(family))


def may_move(before: tuple[ArrayLike, int], after: tuple[ArrayLike, int]) -> Ints:
    """Return the codes that `clustered_change` may call rising or falling.

    It never gives a smaller p than the test that takes postings to be independent, and adjusting only raises it.
    """
    plain = change_between(*before, *after)
    named = np.asarray(before[0], np.int64) + np.asarray(after[0], np.int64)
    return np.flatnonzero((named >= WITHHELD_BELOW) & (plain.p < ALPHA))


def parts_of_singles(
    before: tuple[ArrayLike, int], after: tuple[ArrayLike, int], whole: tuple[int, int]
) -> CompanyParts:
    """Return the parts of postings without a known company, each a company of its own.

    `before` and `after` are counts [k] and how many such postings there are, `whole` is n1 and n2 of the windows.
    """
    (y1, c1), (y2, c2) = ((np.asarray(counts, np.float64), size) for counts, size in (before, after))
    n1, n2 = (float(max(n, 1)) for n in whole)
    return CompanyParts(
        squares=y1 / n1**2 + y2 / n2**2,
        with_before=-y1 / n1**2,
        with_after=y2 / n2**2,
        holders=(y1 + y2).astype(np.int64),
        companies=c1 + c2,
        sizes=(c1 / n1**2, 0.0, c2 / n2**2),
    )


def products(first: Floats, second: Floats) -> tuple[float, float, float]:
    """Return the sums of a^2, a b and b^2. Not a @ b: BLAS adds in an order that hangs on its threads."""
    return float((first * first).sum()), float((first * second).sum()), float((second * second).sum())


def _clustered_variance(plain: Change, parts: CompanyParts, codes: Ints) -> Floats:
    """Return of each of the codes c/(c-1) sum u^2 with u = own - p2 m2/n2 + p1 m1/n1, multiplied out."""
    p1, p2 = plain.before[codes], plain.after[codes]
    first, both, second = parts.sizes
    crossed = p2 * parts.with_after - p1 * parts.with_before
    expected = p2**2 * second - 2 * p1 * p2 * both + p1**2 * first
    squares = np.maximum(parts.squares - 2 * crossed + expected, 0.0)
    return np.asarray(squares * parts.companies / max(parts.companies - 1, 1))


def _independent_variance(change: Change) -> Floats:
    first, second = change.before, change.after
    return np.asarray(first * (1 - first) / change.n_before + second * (1 - second) / change.n_after)
