"""A labour market that is made up: postings, copies, titles, companies and mentions, with the skew of real ones.

The same shape and seed give the same arrays. What figures should come out is known: roles, copies and the 30 skill
mixtures that the roles are made of are planted.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analytics.titles import load_catalogue
from benchmarks.made_ads import ENDINGS, SYLLABLES

Ints = NDArray[np.int64]

EPOCH = date(1970, 1, 1)
FIRST_MONTH, MONTHS = (2023 - 1970) * 12, 45
ROLES, MIXTURES, OWN_SKILLS, CITIES = 50, 30, 60, 400
POSTINGS_A_TITLE, POSTINGS_A_COMPANY = 4, 33
COPIES, PAID, UNDATED, NAMELESS = 0.1, 0.2, 0.02, 0.02
REPOSTED_AFTER = 120
PAY_SPREAD = 10_000
LONGEST = 40
COUNTRIES = ("US", "DE", "GB", "FR", "IN", "NL", "ES", "CA", "PL", "CH", "SG", "")
SOURCES = tuple(f"board {name}" for name in ("north", "pine", "ferry", "open", "lark", "mill", "quay", "rook", "tide"))
LANGUAGES = ("en", "de", "fr", "es", "")
REMOTES = ("", "onsite", "hybrid", "remote")
CURRENCIES = ("USD", "EUR", "GBP", "CHF")
LEVELS = ("", "Senior ", "Junior ", "Lead ", "Principal ")
"""How a title begins; the reader of titles calls the first of them "unspecified"."""
KINDS = ("tool", "method", "language", "domain", "cert", "soft", "spoken")
GROUP_SETS = {"triad-ml": 3, "triad-ops": 3, "challenges": 4, "area": 30}
MENTIONED, REQUIRED = 0, 2


@dataclass(frozen=True)
class Shape:
    """How much is made: `added` postings come after the others, for what a published run costs to bring up to date."""

    postings: int
    mentions: int
    skills: int
    added: int
    seed: int = 7

    @property
    def n(self) -> int:
        return self.postings + self.added


class Market:
    """Arrays over all postings, the added ones last. Codes are places in the tuples above; -1 is unknown."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        rng = np.random.default_rng(shape.seed)
        n = shape.n
        self.roles = tuple(
            role.name for role in load_catalogue().roles if not role.name.endswith(("manager", "governance"))
        )[:ROLES]
        self.leader = _leaders(shape, rng)
        self._draw_who(rng)
        self.country = _skewed(rng, len(COUNTRIES), n, slope=0.9)
        self.source = _skewed(rng, len(SOURCES), n, slope=0.8)
        self.city = _skewed(rng, CITIES, n, slope=0.7)
        self.language = _of_leaders(rng.choice(len(LANGUAGES), n, p=(0.8, 0.08, 0.05, 0.03, 0.04)), self.leader)
        self.remote = _of_leaders(rng.choice(len(REMOTES), n, p=(0.4, 0.25, 0.2, 0.15)), self.leader)
        self._draw_days(rng)
        self._draw_pay(rng)
        self._draw_mentions(rng)

    def _draw_who(self, rng: np.random.Generator) -> None:
        """Titles are names of roles with a level and two invented words; half of the postings have a common one."""
        n = self.shape.n
        titles, self.companies = max(n // POSTINGS_A_TITLE, ROLES), max(n // POSTINGS_A_COMPANY, 10)
        self.title_role = _skewed(rng, ROLES, titles, slope=0.8)
        self.title_level = rng.choice(len(LEVELS), titles, p=(0.6, 0.22, 0.09, 0.06, 0.03))
        common, any_of_all = _skewed(rng, titles, n, slope=0.9), rng.integers(0, titles, n)
        self.title = _of_leaders(np.where(rng.random(n) < 0.5, common, any_of_all), self.leader)
        self.role, self.level = self.title_role[self.title], self.title_level[self.title]
        company = _skewed(rng, self.companies, n, slope=0.9)
        self.company = _of_leaders(np.where(rng.random(n) < NAMELESS, -1, company), self.leader)

    def _draw_days(self, rng: np.random.Generator) -> None:
        """Months grow by half over the whole time. A copy comes within three weeks, a repost much later."""
        n = self.shape.n
        weight = np.linspace(1.0, 1.5, MONTHS)
        month = FIRST_MONTH + rng.choice(MONTHS, n, p=weight / weight.sum())
        starts = np.arange(FIRST_MONTH, FIRST_MONTH + MONTHS + 1).astype("datetime64[M]").astype("datetime64[D]")
        starts = starts.astype(np.int64)
        first, after = starts[month - FIRST_MONTH], starts[month - FIRST_MONTH + 1]
        day = first + (rng.random(n) * (after - first)).astype(np.int64)
        self.reposted = self.is_copy & (rng.random(n) < 0.1)
        later = day[self.leader] + np.where(self.reposted, REPOSTED_AFTER, 0) + rng.integers(0, 21, n)
        day = np.where(self.is_copy, np.minimum(later, starts[-1] - 1), day)
        self.day = np.where(rng.random(n) < UNDATED, -1, day)

    def _draw_pay(self, rng: np.random.Generator) -> None:
        n = self.shape.n
        middle = 60_000 + 1_800 * self.role + rng.normal(0, 18_000, n)
        low = np.maximum(20_000, np.round(middle / 1000 - 5) * 1000)
        self.pay_low = _of_leaders(np.where(rng.random(n) < PAID, low, -1), self.leader)
        self.pay_high = np.where(self.pay_low < 0, -1, self.pay_low + PAY_SPREAD)
        self.currency = _of_leaders(rng.choice(len(CURRENCIES), n, p=(0.6, 0.25, 0.1, 0.05)), self.leader)

    def _draw_mentions(self, rng: np.random.Generator) -> None:
        """Each role is made of three mixtures; two thirds of a posting's mentions are of its mixture's own skills."""
        n, skills = self.shape.n, self.shape.skills
        shares = rng.dirichlet((4.0, 1.5, 0.7), ROLES)
        of_role = np.argsort(rng.random((ROLES, MIXTURES)), axis=1)[:, :3]
        place = (rng.random(n)[:, None] > np.cumsum(shares, axis=1)[self.role, :2]).sum(axis=1)
        self.mixture = of_role[self.role, place]
        sizes = np.minimum(2 + rng.poisson(self.shape.mentions - 2, n), LONGEST)
        indptr = np.concatenate(([0], np.cumsum(sizes)))
        cumulated = np.cumsum(_mixtures(skills, rng), axis=1)
        skill = np.empty(indptr[-1], np.int32)
        of_mention = np.repeat(self.mixture.astype(np.int8), sizes)
        for mixture in range(MIXTURES):
            mine = np.flatnonzero(of_mention == mixture)
            skill[mine] = np.minimum(np.searchsorted(cumulated[mixture], rng.random(len(mine))), skills - 1)
        level = rng.choice(3, len(skill), p=(0.35, 0.2, 0.45)).astype(np.int8)
        alias = skill * 2 + (rng.random(len(skill)) < 0.2)
        self.indptr, taken = _gathered(indptr, self.leader)
        self.alias, self.alias_level = alias[taken], level[taken]
        self.mixture = self.mixture[self.leader]

    @cached_property
    def is_copy(self) -> NDArray[np.bool_]:
        return self.leader != np.arange(self.shape.n)

    @cached_property
    def ad(self) -> Ints:
        """The first posting of the ad group that a posting is in, -1 for none."""
        is_led = np.zeros(self.shape.n, np.bool_)
        is_led[self.leader[self.is_copy]] = True
        return np.where(self.is_copy | is_led, self.leader, -1)

    def pairs(self) -> tuple[Ints, Ints, Ints]:
        """Return posting, skill and strongest level, each pair once, of all but the added postings."""
        last = self.indptr[self.shape.postings]
        posting = np.repeat(np.arange(self.shape.postings), np.diff(self.indptr[: self.shape.postings + 1]))
        packed = (posting * self.shape.skills + self.alias[:last] // 2) * 4 + self.alias_level[:last]
        packed.sort()
        packed = packed[np.append(packed[1:] >> 2 != packed[:-1] >> 2, True)]
        return *np.divmod(packed >> 2, self.shape.skills), packed & 3

    def title_text(self, number: int) -> str:
        role = self.roles[self.title_role[number]].title()
        return f"{LEVELS[self.title_level[number]]}{role} - {word(number % 12_007)} {word(7919 + number // 12_007)}"


def word(number: int) -> str:
    """Return an invented word, another one for each number under 13,824."""
    parts = (number * 5231) % 13_824
    return (SYLLABLES[parts % 24] + SYLLABLES[parts // 24 % 24] + SYLLABLES[parts // 576]).title()


def company_name(number: int) -> str:
    return f"{word(number % 12_007)} {word(number // 12_007)} {ENDINGS[number % len(ENDINGS)]}".strip()


def phrase_of(alias: int) -> str:
    """Return the phrase of an alias; the even ones are the names of their skills."""
    return word(alias // 2).lower() + (" kit" if alias % 2 else "")


def _leaders(shape: Shape, rng: np.random.Generator) -> Ints:
    """Return for each posting the one that it is a copy of, itself for most; the added ones are no copies."""
    leader = np.arange(shape.n)
    copies = np.sort(rng.choice(shape.postings, int(shape.postings * COPIES), replace=False))
    originals = np.delete(np.arange(shape.postings), copies)
    leader[copies] = rng.choice(originals, len(copies))
    return leader


def _of_leaders(values: NDArray, leader: Ints) -> NDArray:
    """Return what a copy has from the ad that it copies."""
    return values[leader]


def _skewed(rng: np.random.Generator, size: int, n: int, *, slope: float) -> Ints:
    """Return n numbers below `size`; rank r comes as often as 1 / (r + 2) ** slope."""
    weights = 1 / (np.arange(size) + 2.0) ** slope
    return np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(n)).clip(max=size - 1)


def _mixtures(skills: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return [mixtures, skills]: a third is what everybody names, the rest are sixty skills of the mixture's own."""
    common = 1 / np.arange(1, skills + 1) ** 0.9
    rates = np.tile(common / common.sum() / 3, (MIXTURES, 1))
    own = min(OWN_SKILLS, skills // 2)
    strength = 1 / np.arange(2, own + 2) ** 0.7
    for row in rates:
        row[rng.choice(skills, own, replace=False)] += strength / strength.sum() * 2 / 3
    return rates


def _gathered(indptr: Ints, rows: Ints) -> tuple[Ints, Ints]:
    """Return the pointers and places of a CSR whose row i is row rows[i] of the one that `indptr` describes."""
    sizes = np.diff(indptr)[rows]
    pointers = np.concatenate(([0], np.cumsum(sizes)))
    return pointers, np.repeat(indptr[rows] - pointers[:-1], sizes) + np.arange(pointers[-1])
