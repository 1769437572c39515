"""The ads that a regression of pay rests on, and the two regressions, kept for as long as many ask for the same.

A regression on all ads of a run of millions takes seconds, and a page has a quarter of one: past MOST_ADS, whole
companies are drawn, always the same ones, and the page says so.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.measures import PaidAds, Premium, TitlePremium, TooFew, plain_skills, skill_premium, title_premium
from analytics.selectors.catalogued import catalogued
from analytics.selectors.counted import company_or_own
from analytics.selectors.selected import paid, selected
from analytics.snapshot import Filter, Selection, Snapshot
from analytics.snapshot.hashes import text_hashes

MOST_ADS = 15_000
A_PLACE = 10
"""Ads with pay from which a place is a control of its own; the rarer ones of a country are one."""


@dataclass(frozen=True)
class Paid:
    """`stated` are the postings with pay in one currency, `named` those of them whose title is a role of the catalogue.

    Under one of the others there is any work, so that nothing is net of the title. `rows` are what a regression takes.
    """

    snapshot: Snapshot
    stated: Selection
    named: Selection

    @cached_property
    def rows(self) -> NDArray[np.int32]:
        rows = self.named.rows
        if len(rows) <= MOST_ADS:
            return rows
        drawn = _draw(self.snapshot, rows)
        return rows[drawn <= np.partition(drawn, MOST_ADS - 1)[MOST_ADS - 1]]

    @property
    def is_drawn(self) -> bool:
        return len(self.rows) < self.named.n

    def ads(self, *, with_title: bool) -> PaidAds:
        """Return them with seniority, place, month and source as controls, and the title unless it is asked about.

        The source stands for the time, too, where a source gives no dates.
        """
        snapshot, rows = self.snapshot, self.rows
        alike = ("seniority", "month", "source", *(("role",) if with_title else ()))
        held = [snapshot.column(name)[rows].astype(np.int64) for name in alike]
        return PaidAds(
            matrix=snapshot.matrix(rows),
            pay=snapshot.pay[rows],
            currency=snapshot.pay_currency[rows],
            controls=(_places(snapshot, rows), *held),
            company=company_or_own(snapshot, rows),
        )


@dataclass(frozen=True)
class Asked:
    """What a regression is asked about; `skill` is the code of one that it must hold, None for the commonest alone."""

    filter: Filter
    currency: str
    skill: int | None = None


@lru_cache(maxsize=8)
def paid_ads(snapshot: Snapshot, asked: Filter, currency: str) -> Paid:
    stated = paid(snapshot, selected(snapshot, asked), currency)
    return Paid(snapshot, stated, catalogued(snapshot, stated))


@lru_cache(maxsize=64)
def premiums(snapshot: Snapshot, asked: Asked) -> Premium | TooFew:
    """Return the premiums of the commonest skills, or why there are none."""
    found = paid_ads(snapshot, asked.filter, asked.currency)
    always = () if asked.skill is None else (asked.skill,)
    try:
        return skill_premium(found.ads(with_title=True), most=plain_skills(len(found.rows)), always=always)
    except TooFew as refused:
        return refused


@lru_cache(maxsize=32)
def title_premiums(snapshot: Snapshot, asked: Asked, base: int) -> TitlePremium | TooFew:
    """Return what the titles are paid against the role `base`, or why nothing can be said."""
    found = paid_ads(snapshot, asked.filter, asked.currency)
    try:
        return title_premium(found.ads(with_title=False), snapshot.role[found.rows], base=base)
    except TooFew as refused:
        return refused


def _places(snapshot: Snapshot, rows: NDArray[np.int32]) -> NDArray[np.int64]:
    place = snapshot.place[rows].astype(np.int64)
    return np.where(np.bincount(place)[place] >= A_PLACE, place, -1 - snapshot.country[rows].astype(np.int64))


def _draw(snapshot: Snapshot, rows: NDArray[np.int32]) -> NDArray[np.uint64]:
    """Return a number for each row, alike for those of one company, that hangs on nothing but names."""
    of_company = _company_hashes(snapshot)[snapshot.company[rows]]
    return np.where(snapshot.company[rows] == snapshot.code("company", ""), snapshot.key_hash[rows], of_company)


@lru_cache(maxsize=2)
def _company_hashes(snapshot: Snapshot) -> NDArray[np.uint64]:
    return text_hashes(snapshot.companies)
