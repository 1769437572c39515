"""Least squares of many skills with dummies for controls, errors clustered, and a ridge when skills are too many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

Floats = NDArray[np.float64]
Codes = NDArray[np.integer]

PENALTIES = np.logspace(-4, 2, 49)  # added to the variation of each skill, as a part of it
NOTHING_LEFT = 1e-9  # of a skill's variation, when controls and other skills give it away
CLUSTERS_AT_ONCE = 1000


@dataclass(frozen=True)
class Regression:
    """Coefficients and clustered standard errors [k]; nan for what controls and other columns give away.

    `penalty` is 0 for plain least squares. `pulls` [clusters, columns asked for] is what each cluster adds to each
    coefficient: their squares add up to those of `se`, so that coefficients of two regressions on the same rows can be
    subtracted with an error of their own.
    """

    coefficient: Floats
    se: Floats
    penalty: float
    pulls: Floats


def regress(
    matrix: Any, y: Floats, controls: Sequence[Codes], cluster: Codes, *, penalties: Floats | None = None
) -> Regression:
    """Return the regression of `y` [n] on `matrix` (sparse [n, k]), an intercept and dummies of `controls` (codes [n]).

    Errors are clustered by `cluster` [n], codes 0..g-1, with the correction g/(g-1) (n-1)/(n-p). With `penalties` b
    minimises |y - Xb|^2 + t sum v b^2, v the variation of each column that controls leave, by that of the penalties t
    with the least generalised cross-validation n RSS / (n - p)^2, p the effective parameters. The products of the
    columns are made once, and residuals off the controls never: 200,000 rows take seconds.
    """
    return _solved(_design(matrix, y - y.mean(), controls), cluster, penalties, pulls_of=0)


def regress_with_pulls(matrix: Any, y: Floats, controls: Sequence[Codes], cluster: Codes, *, of: int) -> Regression:
    """Return `regress` by plain least squares, with the pulls of the clusters on the first `of` columns."""
    return _solved(_design(matrix, y - y.mean(), controls), cluster, None, pulls_of=of)


def _solved(design: _Design, cluster: Codes, penalties: Floats | None, *, pulls_of: int) -> Regression:
    d = design.dummies
    inverse, rank = _pseudo_inverse(design.gram[:d, :d])
    given = inverse @ design.gram[:d, d:]  # [d, k]: the columns, as far as the dummies give them away
    left = design.gram[d:, d:] - design.gram[d:, :d] @ given
    target = design.target[d:] - given.T @ design.target[:d]
    variation = np.diag(left)
    known = variation > NOTHING_LEFT * np.diag(design.gram)[d:]
    shrink = np.where(known, 1 / np.sqrt(np.where(known, variation, 1.0)), 0.0)
    values, vectors = np.linalg.eigh(left * np.outer(shrink, shrink))
    rest = design.square - float(design.target[:d] @ inverse @ design.target[:d])
    n, g = len(design.y), int(cluster.max()) + 1
    spectrum = _Spectrum(values, vectors.T @ (target * shrink), rest, n, rank + design.levels)
    penalty = 0.0 if penalties is None else spectrum.best(penalties)
    inverted = spectrum.inverted(penalty)
    solve = (vectors * inverted) @ vectors.T * np.outer(shrink, shrink)
    coefficient = solve @ target
    beta = np.concatenate([inverse @ design.target[:d] - given @ coefficient, coefficient])
    correction = g / (g - 1) * (n - 1) / max(n - spectrum.parameters(penalty), 1.0)
    lost = ~known | (np.square(vectors[:, inverted == 0]).sum(axis=1) > NOTHING_LEFT)
    variance, pulls = _spread(_scores(design, beta, given, cluster), solve, pulls_of)
    se = np.sqrt(np.maximum(variance, 0.0) * correction)
    hidden = np.where(lost, np.nan, 1.0)
    return Regression(coefficient * hidden, se * hidden, penalty, pulls * np.sqrt(correction))


@dataclass(frozen=True)
class _Design:
    """`columns` [n, d + k], dummies first, beside one more control, `of_level` [n, levels], that has means of its own.

    That control is the one of most levels, whose dummies would be most of the table. `means` [levels, d + k]; `gram`
    and `target` are the products of the columns less their means with themselves and with `y`, `square` that of y.
    """

    columns: Any
    dummies: int
    of_level: Any
    y: Floats
    y_means: Floats
    means: Any
    gram: Floats
    target: Floats
    square: float

    @property
    def levels(self) -> int:
        return int(self.of_level.shape[1])


def _design(matrix: Any, y: Floats, controls: Sequence[Codes]) -> _Design:
    tables = sorted(
        (_dummies(codes) for codes in (*controls, np.zeros(len(y), np.int64))), key=lambda one: -one.shape[1]
    )
    of_level, others = tables[0], [table[:, 1:] for table in tables[1:]]
    columns = csr_matrix(hstack([*others, matrix]), dtype=np.float64)
    per_level = 1 / np.asarray(of_level.sum(axis=0)).ravel()
    sums = csr_matrix(of_level.T @ columns)
    means = csr_matrix(sums.multiply(per_level[:, None]))
    y_sums = of_level.T @ y
    return _Design(
        columns=columns,
        dummies=columns.shape[1] - matrix.shape[1],
        of_level=of_level,
        y=y,
        y_means=y_sums * per_level,
        means=means,
        gram=(columns.T @ columns - sums.T @ means).toarray(),
        target=columns.T @ y - means.T @ y_sums,
        square=float(y @ y - (y_sums * per_level) @ y_sums),
    )


def _dummies(codes: Codes) -> Any:
    level = np.unique(codes, return_inverse=True)[1]
    return csr_matrix((np.ones(len(level)), (np.arange(len(level)), level)))


def _pseudo_inverse(gram: Floats) -> tuple[Floats, int]:
    """Return the inverse of a symmetric table over what it spans, and its rank."""
    values, vectors = np.linalg.eigh(gram)
    kept = values > NOTHING_LEFT * values.max(initial=0.0)
    return (vectors[:, kept] / values[kept]) @ vectors[:, kept].T, int(kept.sum())


@dataclass(frozen=True)
class _Spectrum:
    """Eigenvalues [k] of the columns' correlations, `y` along their vectors; `rest`, what controls leave of |y|^2."""

    values: Floats
    target: Floats
    rest: float
    n: int
    controls: int

    def inverted(self, penalty: float) -> Floats:
        kept = (self.values > NOTHING_LEFT) | (penalty > 0)
        return np.divide(1.0, self.values + penalty, out=np.zeros_like(self.values), where=kept)

    def parameters(self, penalty: float) -> float:
        return self.controls + float((self.values * self.inverted(penalty)).sum())

    def best(self, penalties: Floats) -> float:
        return float(penalties[np.argmin([self._validation(float(penalty)) for penalty in penalties])])

    def _validation(self, penalty: float) -> float:
        fitted = self.target * self.inverted(penalty)
        errors = self.rest - 2 * fitted @ self.target + (self.values * fitted) @ fitted
        free = self.n - self.parameters(penalty)
        return float(errors) * self.n / free**2 if free > 0 else np.inf


def _spread(scores: Iterable[Floats], solve: Floats, pulls_of: int) -> tuple[Floats, Floats]:
    """Return the variance of each coefficient before the correction, and the pulls of the clusters on the first."""
    meat, pulls = np.zeros_like(solve), [np.empty((0, pulls_of))]
    for own in scores:
        meat += own.T @ own
        if pulls_of:
            pulls.append(own @ solve[:, :pulls_of])
    return np.diag(solve @ meat @ solve), np.concatenate(pulls)


def _scores(design: _Design, beta: Floats, given: Floats, cluster: Codes) -> Iterator[Floats]:
    """Yield the scores of the clusters [some, k], with columns less what the controls give away."""
    rows = np.arange(len(cluster))
    fitted = design.columns @ beta + design.of_level @ (design.y_means - design.means @ beta)
    weights = csr_matrix((design.y - fitted, (cluster, rows)))
    plain, by_level = weights @ design.columns, weights @ design.of_level
    for first in range(0, weights.shape[0], CLUSTERS_AT_ONCE):
        some = slice(first, first + CLUSTERS_AT_ONCE)
        scores = (plain[some] - by_level[some] @ design.means).toarray()
        yield scores[:, design.dummies :] - scores[:, : design.dummies] @ given
