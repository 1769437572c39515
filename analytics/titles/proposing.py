"""Proposes roles for titles on which the rules are silent, by the words of the title and the skills of its ads.

A multinomial logistic regression (Hastie, Tibshirani, Friedman 2009, 4.4) learns from the titles that the rules read.
The phrase by which a title was read is left out of its words, so that the rules are not learnt by heart. OTHER is
learnt like a role, from the doubtful titles too: nearly all of them are other trades, and the few that are not stand
out as labels with which a model that never saw them disagrees (confident learning: Northcutt, Jiang, Chuang 2021). So
the titles are split in two halves, and each half is judged by the model of the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from analytics.titles.deciding import OTHER

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]
LEAST_CONFIDENCE = 0.5
"""Under it nothing is proposed."""
_SURELY = 1e-6
_MOST_OTHERS = 0.95
_REASONS = 5


@dataclass(frozen=True)
class TitledAds:
    """n ads of t titles: `name` and `words` [t] of each title, `title` [n] of each ad, `skills` [n, k] 0/1 CSR.

    `role` [t] is how the rules read a title, OTHER for all that have none; `is_asked` [t] are the titles that are asked
    about. Every title has an ad.
    """

    name: Sequence[str]
    words: Sequence[tuple[str, ...]]
    role: Sequence[str]
    is_asked: Flags
    title: Codes
    skills: csr_matrix


@dataclass(frozen=True)
class Guess:
    """A role for title number `title`, `confidence` 0..1 that it is right, and which words and skills speak for it."""

    title: int
    role: str
    confidence: float
    words: tuple[str, ...]
    skills: tuple[int, ...]


@dataclass(frozen=True)
class Guesses:
    """The guesses, the surest first, and how right such guesses were about `tried` titles whose role the rules know.

    Of `said` of them the model was sure enough; `right` is the share of these that it met, weighted as `confidence` is.
    """

    guesses: tuple[Guess, ...]
    tried: int
    said: int
    right: float


class TooFewTitlesError(ValueError):
    """There are too few read titles to learn from."""


@dataclass(frozen=True)
class Verdicts:
    """What the models think of t titles, all arrays [t]: the likeliest role and the confidence that it is right.

    `is_known` are the titles by which confidence was measured, `weight` what each of them counted, `half` who judged.
    """

    role: NDArray[Any]
    confidence: Floats
    is_known: Flags
    weight: Floats
    half: Codes

    def said(self, least: float) -> Flags:
        """Return the titles [t] that are given a role so surely."""
        return (self.role != OTHER) & (self.confidence >= least)


def guess_roles(ads: TitledAds, *, least: float = LEAST_CONFIDENCE, least_titles: int = 12) -> Guesses:
    """Return a role for each asked title of which the models are at least so confident; never OTHER.

    Raises TooFewTitlesError when fewer than two roles have `least_titles` titles. The same ads give the same guesses,
    on any number of threads.
    """
    verdicts, models = judged(ads, least_titles=least_titles)
    role, sure = verdicts.role, verdicts.confidence
    order = sorted(
        np.flatnonzero(ads.is_asked & verdicts.said(least)).tolist(), key=lambda title: (-sure[title], title)
    )
    reasons = {title: models[verdicts.half[title]].reasons(ads, title, role[title]) for title in order}
    guesses = tuple(Guess(title, str(role[title]), float(sure[title]), *reasons[title]) for title in order)
    said = verdicts.is_known & verdicts.said(least)
    met = role[said] == np.asarray(ads.role, dtype=str)[said]
    right = float(np.average(met, weights=verdicts.weight[said])) if said.any() else 0.0
    return Guesses(guesses, int(verdicts.is_known.sum()), int(said.sum()), right)


def judged(ads: TitledAds, *, least_titles: int = 12) -> tuple[Verdicts, list[RoleModel]]:
    """Return what is thought of every title, each half judged by the model of the other, and the two models.

    Raises TooFewTitlesError when fewer than two roles have `least_titles` titles.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

    counts = Counter(ads.role)
    is_learnt = np.array([counts[name] >= least_titles for name in ads.role], np.bool_)
    half = _halves(ads.name)
    for part in (0, 1):
        if len(set(np.asarray(ads.role)[is_learnt & (half == part)])) < 2:
            raise TooFewTitlesError(f"Fewer than two roles are read from {least_titles} titles or more in each half.")
    with threadpool_limits(limits=1):
        models = [RoleModel().fit(ads, is_learnt & (half != judge)) for judge in (0, 1)]
        role, log_odds = _likeliest(ads, models, half)
        is_known = is_learnt & ~ads.is_asked
        weight = _weights(ads, role, is_known)
        confidence = _confidence(ads, role, log_odds, is_known, weight)
    return Verdicts(role, confidence, is_known, weight, half), models


class RoleModel:
    """Learns roles from words and skills. A word must stand in `least_words` titles, a skill in `least_skills` ads."""

    def __init__(
        self, *, least_words: int = 3, least_skills: int = 10, strength: float = 3.0, max_iter: int = 60
    ) -> None:
        self.least_words = least_words
        self.least_skills = least_skills
        self.strength = strength
        self.max_iter = max_iter

    def fit(self, ads: TitledAds, titles: Flags) -> RoleModel:
        """Learn from the ads of these titles."""
        from sklearn.linear_model import LogisticRegression

        rows = np.flatnonzero(titles[ads.title])
        seen = Counter(word for title in np.flatnonzero(titles).tolist() for word in set(ads.words[title]))
        kept = sorted(word for word, count in seen.items() if count >= self.least_words)
        self.words_ = {word: code for code, word in enumerate(kept)}
        self.skills_ = np.flatnonzero(ads.skills[rows].getnnz(axis=0) >= self.least_skills)
        model = LogisticRegression(C=self.strength, max_iter=self.max_iter, tol=1e-3)
        model.fit(self._features(ads, rows), np.asarray(ads.role, dtype=str)[ads.title[rows]])
        self.model_ = model
        self.roles_: NDArray[Any] = model.classes_
        return self

    def chances(self, ads: TitledAds, titles: Flags) -> Floats:
        """Return the chances of the roles [t, roles] of these titles, ascending: the mean over their ads."""
        rows = np.flatnonzero(titles[ads.title])
        place = np.cumsum(titles) - 1
        sums = np.zeros((int(titles.sum()), len(self.roles_)))
        np.add.at(sums, place[ads.title[rows]], self.model_.predict_proba(self._features(ads, rows)))
        return sums / sums.sum(axis=1, keepdims=True)

    def reasons(self, ads: TitledAds, title: int, role: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Return the words and skills of a title that speak for a role, the strongest first, five skills at most."""
        column = int(np.flatnonzero(self.roles_ == role)[0])
        weights = self.model_.coef_[column] if len(self.roles_) > 2 else self.model_.coef_[0] * (1 if column else -1)
        pulls = {word: weights[self.words_[word]] for word in ads.words[title] if word in self.words_}
        words = sorted((word for word in pulls if pulls[word] > 0), key=lambda word: (-pulls[word], word))
        rows = np.flatnonzero(ads.title == title)
        share = np.asarray(ads.skills[rows][:, self.skills_].mean(axis=0)).ravel()
        pull = share * weights[len(self.words_) :]
        best = [i for i in np.argsort(-pull, kind="stable")[:_REASONS] if pull[i] > 0]
        return tuple(words), tuple(int(self.skills_[i]) for i in best)

    def _features(self, ads: TitledAds, rows: Codes) -> csr_matrix:
        """Return [rows, words + skills]: 1 for each word of the ad's title, the skills scaled to length 1."""
        from scipy.sparse import csr_matrix, hstack
        from sklearn.preprocessing import normalize

        codes = [sorted({self.words_[word] for word in words if word in self.words_}) for words in ads.words]
        indptr = np.concatenate(([0], np.cumsum([len(row) for row in codes])))
        indices = np.array([code for row in codes for code in row], np.int64)
        by_title = csr_matrix((np.ones(len(indices)), indices, indptr), (len(codes), len(self.words_)))
        return hstack([by_title[ads.title[rows]], normalize(ads.skills[rows][:, self.skills_])]).tocsr()


def evenly_picked(group: NDArray[np.integer], most: int) -> Flags:
    """Return which of n items [n] to take so that no group has more than `most`, spread evenly over its order."""
    order = np.argsort(group, kind="stable")
    _, start, size = np.unique(group[order], return_index=True, return_counts=True)
    place = np.arange(len(group)) - np.repeat(start, size)
    many = np.repeat(np.maximum(size, most), size)
    picked = np.zeros(len(group), np.bool_)
    picked[order] = (place + 1) * most // many != place * most // many
    return picked


def _halves(names: Sequence[str]) -> Codes:
    """Return the half of each title, by its name: titles that come or go later leave the others where they are."""
    return np.array([crc32(name.encode()) % 2 for name in names], np.int64)


def _likeliest(ads: TitledAds, models: Sequence[RoleModel], half: Codes) -> tuple[NDArray[Any], Floats]:
    """Return the likeliest role [t] of each title and the log-odds [t] of its chance."""
    role = np.zeros(len(half), dtype=object)
    log_odds = np.zeros(len(half))
    for judge, model in enumerate(models):
        titles = half == judge
        chances = model.chances(ads, titles)
        role[titles] = model.roles_[chances.argmax(axis=1)]
        best = np.clip(chances.max(axis=1), _SURELY, 1 - _SURELY)
        log_odds[titles] = np.log(best / (1 - best))
    return role, log_odds


def _weights(ads: TitledAds, role: NDArray[Any], is_known: Flags) -> Floats:
    """Return weights [t] by which other trades are as large a part of the known titles as of the asked ones."""
    others = is_known & (np.asarray(ads.role, dtype=str) == OTHER)
    expected = min(float(np.mean(role[ads.is_asked] == OTHER)), _MOST_OTHERS) if ads.is_asked.any() else 0.0
    heavier = expected / (1 - expected) * (is_known.sum() - others.sum()) / max(others.sum(), 1)
    return np.where(others, max(heavier, 1.0), 1.0)


def _confidence(ads: TitledAds, role: NDArray[Any], log_odds: Floats, is_known: Flags, weight: Floats) -> Floats:
    """Return how likely each verdict [t] is right, by a logistic curve that the known titles teach (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    said = is_known & (role != OTHER)
    met = role[said] == np.asarray(ads.role, dtype=str)[said]
    if not 0 < met.sum() < len(met):
        return 1 / (1 + np.exp(-log_odds))
    curve = LogisticRegression(C=1e3).fit(log_odds[said][:, None], met, sample_weight=weight[said])
    confidence: Floats = curve.predict_proba(log_odds[:, None])[:, 1]
    return confidence
