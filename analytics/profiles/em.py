"""Expectation maximisation for a multinomial mixture over sparse rows; float64, sums in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
Real = TypeVar("Real", np.float32, np.float64)


@dataclass(frozen=True)
class Parameters:
    """`weights` [k] adds up to 1; `skills` [k, s] is P(skill | profile), rows add up to 1, all > 0."""

    weights: Floats
    skills: Floats

    def in_order(self) -> Parameters:
        """Return the same profiles by falling weight; ties by their skills."""
        order = np.lexsort([*(-self.skills.T[::-1]), -self.weights])
        return Parameters(self.weights[order], self.skills[order])


class Mixture:
    """The rows [n, s] of one fit with the prior [s] that holds every profile off zero.

    The prior is counted like the rows, > 0 everywhere; beside it each profile's weight gets one posting.
    """

    def __init__(self, rows: sparse.csr_array, prior: Floats) -> None:
        self.rows = rows
        # Kept, since scipy would build the transpose anew in every round.
        self.columns = sparse.csr_array(rows.T)
        self.prior = prior

    def run(self, start: Parameters, *, max_iter: int, tol: float) -> tuple[Parameters, list[float]]:
        """Return the parameters and the penalised log-likelihood (nats a row) after each round.

        Stops when a round gains less than `tol`, or after `max_iter` rounds. The objective never falls.
        """
        parameters, objective = start, [-np.inf]
        for _ in range(max_iter):
            memberships, log_rows = normalised(log_joint(self.rows, parameters))
            objective.append(self._penalised(log_rows.sum(), parameters))
            if objective[-1] - objective[-2] < tol:
                break
            parameters = self.maximise(memberships)
        return parameters, objective[1:]

    def maximise(self, memberships: Floats) -> Parameters:
        """Return the parameters that fit these memberships [n, k] best."""
        skills = (self.columns @ memberships).T + self.prior
        weights = memberships.sum(axis=0) + 1.0
        return Parameters(weights / weights.sum(), skills / skills.sum(axis=1, keepdims=True))

    def _penalised(self, log_likelihood: float, parameters: Parameters) -> float:
        prior = (np.log(parameters.skills) @ self.prior).sum() + np.log(parameters.weights).sum()
        return float(log_likelihood + prior) / self.rows.shape[0]


def log_joint(rows: sparse.csr_array, parameters: Parameters) -> Floats:
    """Return log P(profile, row) [n, k], up to a constant of each row."""
    return np.asarray(rows @ np.log(parameters.skills).T) + np.log(parameters.weights)


def normalised(logs: Floats) -> tuple[Floats, Floats]:
    """Return exp(logs) [n, k] scaled so that rows add up to 1, and the log of what each row added up to [n]."""
    # Turned, since numpy adds up many long rows several times faster than many short ones.
    turned = np.ascontiguousarray(logs.T)
    top = turned.max(axis=0)
    turned = np.exp(turned - top)
    total = added_up(turned)
    return np.ascontiguousarray((turned / total).T), top + np.log(total)


def added_up(rows: NDArray[Real]) -> NDArray[Real]:
    """Return the sum [n] of rows [k, n], one after the other.

    numpy's own sum chooses its order by the shape: a posting scored alone would differ in the last bit.
    """
    total = rows[0].copy()
    for row in rows[1:]:
        total += row
    return total


def scaled_rows(counts: sparse.csr_array, *, total: float, full_at: int) -> sparse.csr_array:
    """Return the rows scaled to `total`; a row with fewer than `full_at` skills to its part of that."""
    named = np.diff(counts.indptr)
    sums = np.asarray(counts.sum(axis=1)).ravel()
    part = np.minimum(named / full_at, 1.0)
    factors = np.divide(total * part, sums, out=np.zeros_like(sums), where=sums > 0)
    return sparse.csr_array((counts.data * np.repeat(factors, named), counts.indices, counts.indptr), counts.shape)


def canonical_order(rows: sparse.csr_array) -> NDArray[np.int64]:
    """Return an order of the rows that depends on their contents only; only equal rows may change places.

    Rows sort by two fixed random projections: each is a sum over one row, so the other rows cannot change it.
    """
    rng = np.random.default_rng(20_250_101)
    projections = np.asarray(rows @ rng.standard_normal((rows.shape[1], 2)))
    return np.lexsort([projections[:, 1], projections[:, 0]])


def evenly_spread(n: int, at_most: int) -> NDArray[np.int64]:
    """Return at most `at_most` of the positions 0..n-1, evenly spread."""
    return np.arange(n) if n <= at_most else np.arange(at_most) * n // at_most
