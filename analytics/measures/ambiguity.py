"""How much one title means different things at different companies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.measures.cells import COMPANIES_FROM, COMPARED_FROM, TooFew
from analytics.measures.distance import excess
from analytics.measures.pairs import js_pairs
from analytics.measures.resample import Band, band, redraws, rows_by, shuffles

Floats = NDArray[np.float64]
Floating = NDArray[np.floating[Any]]
Ints = NDArray[np.int64]

# The companies with the most ads of a title speak for it: pairs grow with the square, and 150 give 11,175.
MOST_COMPANIES = 150
REDRAWN = 200


@dataclass(frozen=True)
class Ambiguity:
    """`chance.observed` is the mean distance between companies, the rest of it what shuffled ads give.

    `value` is the distance beyond chance, 0 as by shuffling and 1 nothing shared; `low` and `high` its 95%
    interval over companies. `companies` [c] are codes, most ads first, with their `ads` [c] and `pull` [c]: how
    much higher the value is with the company than without it. `fixed_ads`: ads that no shuffle can move,
    as their source carries one company only.
    """

    chance: Band
    value: float
    low: float
    high: float
    companies: Ints
    ads: Ints
    pull: Floats
    fixed_ads: int

    @property
    def is_beyond_chance(self) -> bool:
        return self.chance.observed > self.chance.high

    def strongest(self, most: int) -> Ints:
        """Return the places in `companies` of the `most` that pull the value up furthest, the furthest first."""
        return np.argsort(-self.pull, kind="stable")[:most].astype(np.int64)


def title_ambiguity(
    matrix: Any,
    company: NDArray[np.integer],
    source: NDArray[np.integer],
    *,
    seed: int,
    rounds: int = 100,
) -> Ambiguity:
    """Return how far apart the companies of one title are in what they ask for, beyond chance and sources.

    `matrix` is the title's ads x skills 0/1 CSR [n, k] (copies, staffing agencies and unknown companies left out
    by the caller), `company` and `source` [n] codes. Ads without skills are left out; then companies with 5
    ads or more count, the MOST_COMPANIES with most ads if there are more (equals by code). With d the mean
    Jensen-Shannon distance over pairs of companies and e its mean over `rounds` shuffles of ads over companies
    inside their source: (d - e) / (1 - e). Bootstrap over companies (REDRAWN times), each pair with its own mean
    under shuffling, since that hangs on the numbers of ads. Motive: Deming, Kahn 2018 (variation within occupations).
    Raises TooFew under 3 such companies.
    """
    rows = _compared_rows(matrix, company)
    codes, own = np.unique(company[rows], return_inverse=True)
    if len(codes) < COMPANIES_FROM:
        have = "company has" if len(codes) == 1 else "companies have"
        raise TooFew(f"{len(codes)} {have} {COMPARED_FROM} ads or more under this title; it takes {COMPANIES_FROM}.")
    kept = matrix[rows][:, np.asarray(matrix[rows].sum(axis=0)).ravel() > 0]
    observed = js_pairs(_profiles(kept, own, len(codes)))
    chance, draws = np.zeros_like(observed), np.empty(rounds)
    pairs = np.triu_indices(len(codes), 1)
    for i, labels in enumerate(shuffles(own, seed=seed, rounds=rounds, strata=source[rows])):
        # Single precision is right to a millionth in a mean, and takes half the time.
        shuffled = js_pairs(_profiles(kept, labels, len(codes)), dtype=np.float32)
        draws[i] = shuffled[pairs].mean()
        chance += shuffled / rounds
    found = band(float(observed[pairs].mean()), draws)
    weights = np.stack(list(redraws(len(codes), seed=seed, rounds=REDRAWN)))
    spread = band(excess(found), _values(observed, chance, weights))
    ads = np.bincount(own)
    order = np.argsort(-ads, kind="stable")
    without = _values(observed, chance, 1 - np.eye(len(codes)))
    return Ambiguity(
        chance=found,
        value=excess(found),
        low=spread.low,
        high=spread.high,
        companies=codes[order].astype(np.int64),
        ads=ads[order].astype(np.int64),
        pull=(excess(found) - without)[order],
        fixed_ads=_fixed(own, source[rows]),
    )


def _compared_rows(matrix: Any, company: NDArray[np.integer]) -> NDArray[np.intp]:
    """Return the rows with skills of the companies that have enough of them, ascending."""
    rows = np.flatnonzero(np.diff(matrix.indptr) > 0)
    codes, own, ads = np.unique(company[rows], return_inverse=True, return_counts=True)
    largest = np.argsort(-ads, kind="stable")[:MOST_COMPANIES]
    chosen = np.zeros(len(codes), np.bool_)
    chosen[largest] = ads[largest] >= COMPARED_FROM
    return rows[chosen[own]]


def _profiles(matrix: Any, own: NDArray[np.integer], size: int) -> Floats:
    """Return how many ads of each company hold each skill, [size, k]."""
    k = matrix.shape[1]
    flat = np.repeat(own.astype(np.int64) * k, np.diff(matrix.indptr)) + matrix.indices
    return np.bincount(flat, minlength=size * k).reshape(size, k).astype(np.float64)


def _values(observed: Floating, chance: Floating, weights: Floats) -> Floats:
    """Return [r]: distance beyond chance under weights [r, c]; a company drawn twice is no pair with itself."""
    # einsum adds in one order; BLAS's hangs on its threads. The diagonals of both tables are 0.
    d, e = (np.einsum("ri,ri->r", np.einsum("ri,ij->rj", weights, table), weights) for table in (observed, chance))
    pairs = weights.sum(axis=1) ** 2 - np.square(weights).sum(axis=1)
    return np.divide(d - e, pairs - e, out=np.full(len(weights), np.nan), where=pairs > 0)


def _fixed(own: NDArray[np.integer], source: NDArray[np.integer]) -> int:
    return sum(len(rows) for rows in rows_by(source) if len(np.unique(own[rows])) == 1)
