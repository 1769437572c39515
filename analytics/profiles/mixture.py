"""A multinomial mixture over skills: what the postings themselves say, whatever their titles.

sklearn takes about a second to import, so only `fitting` and `stability` import this module, and late.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

from analytics.profiles.em import (
    Mixture,
    Parameters,
    canonical_order,
    evenly_spread,
    log_joint,
    normalised,
    scaled_rows,
)

Floats = NDArray[np.float64]
SVD_DIMENSIONS = 32  # of the space in which k-means finds the start


class SkillProfileMixture(ClusterMixin, BaseEstimator):  # type: ignore[misc]  # sklearn ships no types
    """Multinomial mixture by EM, each posting scaled to one total, started from SVD and k-means.

    Rows are postings, columns skills, values weights >= 0 (1 where the posting names the skill). Every row is
    scaled to the total `scale`, so that a long posting says no more than a short one; a row with fewer than
    `full_at` skills gets its part of the total, since it carries less evidence. `smoothing` is how many
    average postings every profile is given beforehand. The best of `n_init` starts, found on at most
    `start_rows` rows, is carried on to the end on all of them.

    Learned, profiles by falling weight (ties by their skills): `weights_` [k] adds up to 1;
    `profile_skills_` [k, n_skills] is P(skill | profile), rows add up to 1, zero for a skill that no training
    row has; `labels_` [n]; `log_likelihood_` per posting; `objective_`, the penalised log-likelihood after
    each round, never falls; `n_iter_`; `converged_`.

    The same rows give the same result to the last bit in any order and on any number of threads: rows are
    put into a canonical order first, and the numerical libraries are held to one thread.

    Method: mixture of multinomials with Dirichlet priors, e.g. Nigam, McCallum, Thrun and Mitchell 2000; the
    one total per posting tempers its over-confidence.
    """

    def __init__(  # noqa: PLR0913 - scikit-learn's shape: every setting is an argument of its own
        self,
        n_profiles: int = 8,
        *,
        scale: float = 6.0,
        full_at: int = 3,
        smoothing: float = 2.0,
        n_init: int = 4,
        max_iter: int = 200,
        tol: float = 1e-5,
        start_rows: int = 20_000,
        seed: int = 0,
    ) -> None:
        self.n_profiles = n_profiles
        self.scale = scale
        self.full_at = full_at
        self.smoothing = smoothing
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.start_rows = start_rows
        self.seed = seed

    def fit(self, X: Any, y: None = None) -> SkillProfileMixture:
        """Learn the profiles of X [n, n_skills]; ValueError when fewer rows than profiles have a skill."""
        with threadpool_limits(limits=1):
            self._fit(X)
        return self

    def predict_proba(self, X: Any) -> Floats:
        """Return memberships [n, k], rows adding up to 1; a row without a known skill gets `weights_`."""
        check_is_fitted(self)
        # Sparse products and sums inside each row: nothing here that threads could reorder.
        return self._memberships(self._rows(self._counts(X)))[0]

    def predict(self, X: Any) -> NDArray[np.int32]:
        """Return the profile [n] that each posting has most of."""
        return np.argmax(self.predict_proba(X), axis=1).astype(np.int32)

    def _fit(self, X: Any) -> None:
        counts = self._counts(X, reset=True)
        self.known_ = counts.sum(axis=0) > 0
        rows = self._rows(counts)
        telling = np.flatnonzero(np.diff(rows.indptr))
        if len(telling) < self.n_profiles:
            raise ValueError(f"n_samples={len(telling)} with a skill: too few for n_profiles={self.n_profiles}.")
        ordered = rows[telling][canonical_order(rows[telling])]
        prior = self.smoothing * np.asarray(ordered.mean(axis=0)).ravel()
        start = self._best_start(ordered[evenly_spread(len(telling), self.start_rows)], prior)
        parameters, objective = Mixture(ordered, prior).run(start, max_iter=self.max_iter, tol=self.tol)
        self._learn(parameters.in_order(), objective)
        memberships, log_rows = self._memberships(rows)
        self.labels_ = np.argmax(memberships, axis=1).astype(np.int32)
        self.log_likelihood_ = float(log_rows[telling].mean())

    def _counts(self, X: Any, *, reset: bool = False) -> sparse.csr_array:
        X = validate_data(self, X, accept_sparse="csr", dtype=np.float64, reset=reset)
        # A copy, since columns are sorted and zeros dropped in place.
        counts = sparse.csr_array(X, copy=True)
        counts.sum_duplicates()
        counts.eliminate_zeros()
        if counts.nnz and counts.data.min() < 0:
            raise ValueError("Negative values in data passed to SkillProfileMixture: weights must be >= 0.")
        return counts

    def _rows(self, counts: sparse.csr_array) -> sparse.csr_array:
        known = sparse.csr_array(counts[:, np.flatnonzero(self.known_)])
        return scaled_rows(known, total=self.scale, full_at=self.full_at)

    def _best_start(self, sample: sparse.csr_array, prior: Floats) -> Parameters:
        """Return the parameters of the restart that explains the sample best."""
        mixture = Mixture(sample, prior)
        space = _reduced(sample, seed=self.seed)
        # A rough end is enough to tell which start is best.
        ends = [
            mixture.run(mixture.maximise(start), max_iter=self.max_iter, tol=10 * self.tol)
            for start in _starts(space, self.n_profiles, n_init=self.n_init, seed=self.seed)
        ]
        return max(ends, key=lambda end: end[1][-1])[0]

    def _learn(self, parameters: Parameters, objective: list[float]) -> None:
        self.weights_ = parameters.weights
        self.profile_skills_ = np.zeros((self.n_profiles, self.n_features_in_))
        self.profile_skills_[:, self.known_] = parameters.skills
        self.objective_ = np.array(objective)
        self.n_iter_ = len(objective)
        self.converged_ = len(objective) < self.max_iter

    def _memberships(self, rows: sparse.csr_array) -> tuple[Floats, Floats]:
        return normalised(log_joint(rows, Parameters(self.weights_, self.profile_skills_[:, self.known_])))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.sparse = True
        tags.input_tags.positive_only = True
        return tags


def _reduced(rows: sparse.csr_array, *, seed: int) -> Floats:
    """Return the rows in a small dense space where k-means can work, at unit length."""
    unit = normalize(sparse.csr_matrix(rows))
    dimensions = min(SVD_DIMENSIONS, rows.shape[1])
    return np.asarray(TruncatedSVD(dimensions, random_state=seed).fit_transform(unit))


def _starts(space: Floats, n_profiles: int, *, n_init: int, seed: int) -> Iterator[Floats]:
    """Yield `n_init` memberships [n, k] to start from, each of a k-means with a seed of its own."""
    for child in np.random.SeedSequence(seed).generate_state(n_init):
        labels = KMeans(n_profiles, n_init=1, random_state=int(child)).fit_predict(space)
        yield np.eye(n_profiles)[labels]
