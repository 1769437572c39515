"""Titles whose postings ask for the skills of another role than the one that the title is read as.

A naive Bayes classifier of binary skills (McCallum, Nigam 1998: the multi-variate Bernoulli model) says how likely the
skills of an ad are under each role; the rates of a role leave out the ads of the title that is judged. Skills come
together, so the odds of one ad are far too sure of themselves; what is believed is only that they point the same way in
one company after another. That is Vuong's test of two models (Econometrica 57, 1989) with companies for observations:
the mean log-likelihood ratio has to be above zero by Student's t at LEAST_SURE, one-sided.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
LEAST_SURE = 0.975
LEAST_MARGIN = 1.0
"""Mean log-likelihood ratio, in nats: the skills of a typical ad are e times as likely in the other role."""
LEAST_COMPANIES = 3
LEAST_SKILLS = 3
"""An ad that names fewer says too little."""
LEAST_ADS_OF_A_ROLE = 100
"""A role with fewer is nobody's other role."""
LEAST_ADS_OF_A_SKILL = 20
_PRIOR = 20.0
_LEAST_SPREAD = 0.5
_REASONS = 5


@dataclass(frozen=True)
class RoledAds:
    """n ads: `title`, `company` and `role` [n] are codes, `skills` [n, k] 0/1 CSR; `roles` counts the codes of roles,
    of which `is_role` [roles] are roles (not "other")."""

    title: Codes
    company: Codes
    role: Codes
    skills: csr_matrix
    is_role: Flags


@dataclass(frozen=True)
class Doubt:
    """The ads of `title` ask for the skills of `role`. `margin` is the mean log-likelihood ratio over its companies,
    `low` the lower end of its one-sided interval, `skills` those that say so most, the strongest first."""

    title: int
    role: int
    margin: float
    low: float
    ads: int
    companies: int
    skills: tuple[int, ...]


class RoleSkills:
    """How often each role names each skill, drawn towards how often all ads do: `_PRIOR` ads' worth."""

    def fit(self, ads: RoledAds) -> RoleSkills:
        """Learn the rates of roles from all ads."""
        from scipy.sparse import csr_matrix

        n, roles = len(ads.role), len(ads.is_role)
        members = csr_matrix((np.ones(n), (ads.role, np.arange(n))), (roles, n))
        counts = np.asarray((members @ ads.skills).todense(), np.float64)
        total = counts.sum(axis=0)
        self.kept_: Codes = np.flatnonzero(total >= LEAST_ADS_OF_A_SKILL)
        self.counts_: Floats = counts[:, self.kept_]
        self.sizes_: Floats = np.bincount(ads.role, minlength=roles).astype(np.float64)
        self.overall_: Floats = total[self.kept_] / max(n, 1)
        self.is_known_: Flags = ads.is_role & (self.sizes_ >= LEAST_ADS_OF_A_ROLE)
        self.weights_, self.starts_ = self.odds(self.counts_, self.sizes_)
        return self

    def odds(self, counts: Floats, sizes: Floats) -> tuple[Floats, Floats]:
        """Return the log-odds of each skill [m, k] and the log-likelihood of an ad without any [m]."""
        rates = (counts + _PRIOR * self.overall_) / (sizes[:, None] + _PRIOR)
        rates = np.clip(rates, 1e-6, 1 - 1e-6)
        return np.log(rates) - np.log1p(-rates), np.log1p(-rates).sum(axis=1)

    def likelihoods(self, skills: csr_matrix) -> Floats:
        """Return the log-likelihood [n, roles] of ads whose skills are given in all columns; -inf for what is no role
        or too small."""
        found = np.asarray(skills[:, self.kept_] @ self.weights_.T) + self.starts_
        return np.where(self.is_known_, found, -np.inf)


def nearest_roles(ads: RoledAds, rates: RoleSkills, titles: Sequence[int], *, most: int = 3) -> dict[int, list[int]]:
    """Return title -> the roles that its ads' skills are likeliest in, the likeliest first. No claim is made by it."""
    told = {}
    for title, rows in _rows_by_title(ads, set(titles)):
        spoken = rows[ads.skills[rows].getnnz(axis=1) >= LEAST_SKILLS]
        if len(spoken):
            likely = rates.likelihoods(ads.skills[spoken]).mean(axis=0)
            order = np.argsort(-likely, kind="stable")[:most]
            told[title] = [int(role) for role in order if np.isfinite(likely[role])]
    return told


def doubtful_titles(ads: RoledAds, rates: RoleSkills, titles: Sequence[int]) -> tuple[Doubt, ...]:
    """Return those of the titles that skills speak against, by title. The same ads give the same answer.

    All ads of a title have one role.
    """
    is_spoken = ads.skills.getnnz(axis=1) >= LEAST_SKILLS
    is_judged = is_spoken & rates.is_known_[ads.role]
    found = (_doubt(ads, rates, title, rows[is_judged[rows]]) for title, rows in _rows_by_title(ads, set(titles)))
    return tuple(doubt for doubt in found if doubt)


def _doubt(ads: RoledAds, rates: RoleSkills, title: int, rows: Codes) -> Doubt | None:
    from scipy.stats import t as student

    companies, company = np.unique(ads.company[rows], return_inverse=True)
    if len(companies) < LEAST_COMPANIES:
        return None
    skills, own = ads.skills[rows][:, rates.kept_], int(ads.role[rows[0]])
    likely = rates.likelihoods(ads.skills[rows])
    named = np.asarray(skills.sum(axis=0), np.float64).ravel()
    weights, starts = rates.odds(rates.counts_[[own]] - named, rates.sizes_[[own]] - len(rows))
    mean = likely.mean(axis=0)
    mean[own] = -np.inf
    other = int(mean.argmax())
    if not np.isfinite(mean[other]):
        return None
    ratio = likely[:, other] - (np.asarray(skills @ weights[0]) + starts[0])
    by_company = np.bincount(company, ratio) / np.bincount(company)
    spread = max(float(by_company.std(ddof=1)), _LEAST_SPREAD) / np.sqrt(len(companies))
    margin = float(by_company.mean())
    low = margin - float(student.ppf(LEAST_SURE, len(companies) - 1)) * spread
    if margin < LEAST_MARGIN or low <= 0:
        return None
    pull = named / len(rows) * (rates.weights_[other] - weights[0])
    best = [int(rates.kept_[i]) for i in np.argsort(-pull, kind="stable")[:_REASONS] if pull[i] > 0]
    return Doubt(title, other, margin, low, len(rows), len(companies), tuple(best))


def _rows_by_title(ads: RoledAds, titles: set[int]) -> Iterator[tuple[int, Codes]]:
    """Yield the rows of each of the titles, by title."""
    if not len(ads.title):
        return
    order = np.argsort(ads.title, kind="stable")
    codes, starts = np.unique(ads.title[order], return_index=True)
    ends = [*starts[1:].tolist(), len(order)]
    for code, start, end in zip(codes.tolist(), starts.tolist(), ends, strict=True):
        if code in titles:
            yield code, order[start:end]
