"""What sets one group of postings apart from another."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.cells import reliability
from analytics.measures.intervals import Z95

Floats = NDArray[np.float64]

# Mentions in the prior: about seventy postings' worth. It pulls skills of small groups towards what all
# postings ask for, and no longer matters for groups of thousands.
PRIOR_MENTIONS = 1000.0

# The cuts of the skill classes.
ASKED_FROM = 0.25  # share of the role's postings that hold the skill
SPECIFIC_FROM = 1.5  # location quotient: so much commoner here than over all postings

RATE_PART = 0.3  # of the rank of a role's skills; the rest is TF-IDF
RANKED = 70


class SkillClass(StrEnum):
    CORE = "core"  # asked for often, and more than elsewhere
    DISTINGUISHING = "distinguishing"  # asked for by fewer, but far more than elsewhere
    NECESSARY = "necessary"  # asked for often, as it is elsewhere
    COMMON = "common"  # neither


@dataclass(frozen=True)
class LogOdds:
    """Log-odds ratios [k] (natural log; above 0 leans to the first group), standard errors, z and p."""

    delta: Floats
    se: Floats
    z: Floats
    p: Floats

    @property
    def low(self) -> Floats:
        return self.delta - Z95 * self.se

    @property
    def high(self) -> Floats:
        return self.delta + Z95 * self.se


def log_odds(first: ArrayLike, second: ArrayLike, *, prior: ArrayLike | None = None) -> LogOdds:
    """Return the log-odds ratio of each skill between two groups, with an informative Dirichlet prior.

    `first`, `second`: counts [k] of postings that hold each skill. With y the count, n their sum, a the
    prior pseudo-counts [k] and a0 their sum: delta = log((y1+a)/(n1+a0-y1-a)) - log((y2+a)/(n2+a0-y2-a)),
    variance 1/(y1+a) + 1/(y2+a), z = delta/se, p two-sided normal. Without `prior`, the pooled counts are
    scaled to PRIOR_MENTIONS. A skill that nobody holds gets delta 0, z 0, p 1 and an infinite se.
    Source: Monroe, Colaresi, Quinn 2008, "Fightin' Words", eq. 15-22. ValueError for unlike shapes.
    """
    y1, y2 = np.asarray(first, np.float64), np.asarray(second, np.float64)
    a = pooled_prior(y1 + y2) if prior is None else np.asarray(prior, np.float64)
    if not y1.shape == y2.shape == a.shape:
        raise ValueError(f"Counts and prior differ in shape: {y1.shape}, {y2.shape}, {a.shape}.")
    known = (a > 0) & (y1.sum() + a.sum() > y1 + a) & (y2.sum() + a.sum() > y2 + a)
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.where(known, _log_odds(y1, a) - _log_odds(y2, a), 0.0)
        se = np.where(known, np.sqrt(1 / (y1 + a) + 1 / (y2 + a)), np.inf)
    z = delta / se
    return LogOdds(delta, se, z, two_sided_p(z))


def pooled_prior(counts: ArrayLike, *, mentions: float = PRIOR_MENTIONS) -> Floats:
    """Return pseudo-counts in the proportions of `counts` [k] that add up to `mentions`; zeros for none."""
    pooled = np.asarray(counts, np.float64)
    total = pooled.sum()
    return pooled * (mentions / total) if total > 0 else np.zeros_like(pooled)


def two_sided_p(z: ArrayLike) -> Floats:
    """Return the two-sided p value of standard normal z: erfc(|z| / sqrt 2)."""
    scaled = np.abs(np.asarray(z, np.float64)) / math.sqrt(2)
    return np.vectorize(math.erfc, otypes=[np.float64])(scaled)


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Return p values adjusted for the false discovery rate, in the order given; nan stays, uncounted.

    The i-th smallest of m becomes min over j >= i of p_j m / j, at most 1 (Benjamini, Hochberg 1995).
    """
    values = np.asarray(p, np.float64)
    adjusted = np.full_like(values, np.nan)
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    m = len(order)
    scaled = values[order] * m / np.arange(1, m + 1)
    adjusted[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return adjusted


def location_quotient(count: ArrayLike, n: ArrayLike, count_all: ArrayLike, n_all: ArrayLike) -> Floats:
    """Return LQ = (count/n) / (count_all/n_all): 1 is as common as over all postings, above 1 commoner.

    The groups overlap: `count_all`, `n_all` include the group itself. nan where nobody holds the skill or
    a group is empty. Source: Alabdulkareem et al. 2018 ("effective use" above 1).
    """
    part, size = np.asarray(count, np.float64), np.asarray(n, np.float64)
    whole, size_all = np.asarray(count_all, np.float64), np.asarray(n_all, np.float64)
    known = (size > 0) & (size_all > 0) & (whole > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(known, (part / size) / (whole / size_all), np.nan)


def rank_scores(count: ArrayLike, n: int, count_all: ArrayLike, n_all: int) -> Floats:
    """Return 0.3 rate + 0.7 TF-IDF of each skill [k] in a role, 0..1: what is asked for often and not everywhere.

    rate = count / n; TF-IDF = rate ln(n_all / count_all) with postings as documents; each divided by its largest.
    `count` of the role's `n` postings hold the skill, `count_all` of all `n_all`. Source: Burning Glass
    Institute, skills-first.org/methodology, which publishes the weights and not the documents. Zeros without
    postings.
    """
    part, whole = np.asarray(count, np.float64), np.asarray(count_all, np.float64)
    rate = part / max(n, 1)
    idf = np.log(n_all / np.where(whole > 0, whole, n_all))
    return RATE_PART * _to_one(rate) + (1 - RATE_PART) * _to_one(rate * idf)


def ranked_skills(
    count: ArrayLike, n: int, count_all: ArrayLike, n_all: int, *, most: int = RANKED
) -> NDArray[np.int64]:
    """Return the codes of the `most` skills of a role with the highest `rank_scores`, best first; equals by code.

    Skills that the role never asks for are not ranked, and under 10 postings none is.
    """
    if not reliability(n).is_shown:
        return np.empty(0, np.int64)
    scores = rank_scores(count, n, count_all, n_all)
    order = np.argsort(-scores, kind="stable")[:most]
    return order[np.asarray(count)[order] > 0].astype(np.int64)


def skill_classes(share: Iterable[float], quotient: Iterable[float]) -> tuple[SkillClass, ...]:
    """Return the class of each skill in a role, from its share there and its location quotient.

    The quadrants of recall P(skill | role) >= ASKED_FROM and of concentration P(role | skill), taken against
    the role's own part of all postings (which makes it the location quotient, so that small roles are
    judged like large ones) >= SPECIFIC_FROM. After Lightcast's defining / distinguishing / necessary, whose
    cuts are not public. Raises ValueError when the two differ in length.
    """
    return tuple(skill_class(s, q) for s, q in zip(share, quotient, strict=True))


def skill_class(share: float, quotient: float) -> SkillClass:
    """Return the class of one skill; an unknown quotient (nan) is not specific."""
    specific = quotient >= SPECIFIC_FROM
    if share >= ASKED_FROM:
        return SkillClass.CORE if specific else SkillClass.NECESSARY
    return SkillClass.DISTINGUISHING if specific else SkillClass.COMMON


def _to_one(values: Floats) -> Floats:
    largest = values.max(initial=0.0)
    return values / largest if largest > 0 else values


def _log_odds(y: Floats, a: Floats) -> Floats:
    return np.log((y + a) / (y.sum() + a.sum() - y - a))
