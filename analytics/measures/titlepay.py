"""How much pay goes with the word on the door, and how much with the skills that are asked for under it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.measures.cells import COMPANIES_FROM, PREMIUM_FROM, THIN_BELOW, TooFew
from analytics.measures.premium import Codes, Effect, Named, PaidAds, paid_rows, plain_skills


@dataclass(frozen=True)
class TitlePremium:
    """What each of the `titles` [t] is paid beyond the title `base`: in all, with its skills alike, and by its skills.

    (1 + gross) = (1 + net) (1 + by_skills), exactly. `stated` ads of `companies` state pay, `ads` [t] of them under the
    title; `skills` [s] are those that are held alike.
    """

    base: int
    base_ads: int
    titles: NDArray[np.int64]
    ads: NDArray[np.int64]
    stated: int
    companies: int
    skills: NDArray[np.intp]
    gross: Effect
    net: Effect
    by_skills: Effect


def title_premium(ads: PaidAds, title: Codes, *, base: int, least: int = THIN_BELOW) -> TitlePremium:
    """Return what titles are paid against `base`, in two regressions of ln pay: without the skills, and with them.

    Both hold the controls alike (seniority, place, time: not the title); the second the skills too, those of `least`
    ads and 3 companies, at most n/20 of them, the commonest. What the second takes off a title's difference goes with
    its skills (Gelbach 2016: the order in which skills are added does not matter, since all are at once). Errors are
    clustered by company, CR1; that of the part by skills comes from what each company adds to both coefficients.
    Titles of `least` ads with pay of 3 companies count, the others are left out. Raises TooFew for a base without
    these, where no other title has them, and under 100 ads; ValueError for pay in several currencies.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

    from analytics.measures.regression import regress_with_pulls  # scipy is slow to import

    rows, _ = paid_rows(ads)
    others = _titles_of_enough(title[rows], ads.company[rows], base, least)
    rows = rows[np.isin(title[rows], [base, *others])]
    if len(rows) < PREMIUM_FROM:
        raise TooFew(f"{len(rows)} ads of titles that can be compared state pay; it takes {PREMIUM_FROM}.")
    companies = np.unique(ads.company[rows], return_inverse=True)[1]
    words = title[rows][:, None] == others
    matrix, pay, controls = ads.matrix[rows], np.log(ads.pay[rows]), [control[rows] for control in ads.controls]
    skills = Named.of(matrix, companies).enough(least, most=plain_skills(len(rows)))
    with threadpool_limits(limits=1):  # BLAS adds in an order that hangs on its threads
        without = regress_with_pulls(words, pay, controls, companies, of=len(others))
        alike = regress_with_pulls(_beside(words, matrix[:, skills]), pay, controls, companies, of=len(others))
    g, t = int(companies.max()) + 1, len(others)
    net = alike.coefficient[:t]
    spread = np.sqrt(np.square(without.pulls - alike.pulls).sum(axis=0))
    return TitlePremium(
        base=base,
        base_ads=int((title[rows] == base).sum()),
        titles=others,
        ads=words.sum(axis=0),
        stated=len(rows),
        companies=g,
        skills=skills,
        gross=Effect(without.coefficient, without.se, g),
        net=Effect(net, alike.se[:t], g),
        by_skills=Effect(without.coefficient - net, np.where(np.isnan(net), np.nan, spread), g),
    )


def _titles_of_enough(title: Codes, company: Codes, base: int, least: int) -> NDArray[np.int64]:
    """Return the titles besides `base` of `least` ads and 3 companies, ascending."""
    found, ads = np.unique(title, return_counts=True)
    pairs = np.unique(np.column_stack([title, company]), axis=0)[:, 0]
    holders = np.searchsorted(pairs, found, "right") - np.searchsorted(pairs, found)
    enough = found[(ads >= least) & (holders >= COMPANIES_FROM)]
    if base not in enough:
        raise TooFew(f"The title to compare with has under {least} ads with pay, or under {COMPANIES_FROM} companies.")
    if len(enough) < 2:
        raise TooFew(f"No other title has {least} ads with pay of {COMPANIES_FROM} companies.")
    return enough[enough != base].astype(np.int64)


def _beside(words: NDArray[np.bool_], skills: object) -> object:
    from scipy.sparse import csr_matrix, hstack

    return hstack([csr_matrix(words.astype(np.float64)), skills], format="csr")
