"""Titles whose skills speak for another role. All titles and skills here are numbers."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.stats import ttest_1samp

from analytics.titles.doubting import LEAST_MARGIN, RoledAds, RoleSkills, doubtful_titles, nearest_roles

ROLES, SKILLS = 3, 12
OWN = {0: (0, 1, 2, 3), 1: (4, 5, 6, 7), 2: (8, 9, 10, 11)}
"""Role -> the skills that most of its ads name."""


def make_ads(*titles, each=150, seed=0):
    """Ads of three roles under titles 0 to 2; then of each of `titles`: (role it is read as, role its skills are of,
    number of ads, number of companies), numbered from 3."""
    rng = np.random.default_rng(seed)
    rows = [(role, role, role, company) for role in range(ROLES) for company in range(each)]
    for number, (read, true, ads, companies) in enumerate(titles, start=3):
        rows += [(number, read, true, 1000 * number + ad % companies) for ad in range(ads)]
    skills = rng.random((len(rows), SKILLS)) < 0.08
    for place, (_, _, true, _) in enumerate(rows):
        skills[place, list(OWN[true])] = rng.random(4) < 0.85
    title, role, _, company = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    return RoledAds(title, company, role, csr_matrix(skills.astype(float)), np.ones(ROLES, np.bool_))


def doubts(ads):
    titles = sorted(set(ads.title.tolist()))
    return {one.title: one for one in doubtful_titles(ads, RoleSkills().fit(ads), titles)}


def test_a_title_with_the_skills_of_another_role_is_found_with_the_skills_that_say_so():
    found = doubts(make_ads((0, 1, 8, 8), (1, 1, 8, 8)))

    assert set(found) == {3}
    one = found[3]
    assert (one.role, one.ads, one.companies) == (1, 8, 8)
    assert one.margin >= LEAST_MARGIN
    assert 0 < one.low < one.margin
    assert set(one.skills[:4]) == set(OWN[1])


def test_one_company_that_calls_many_ads_otherwise_is_no_evidence():
    assert doubts(make_ads((0, 1, 20, 2))) == {}


def test_the_margin_and_its_lower_end_are_those_of_students_t_over_companies():
    ads = make_ads((0, 1, 12, 6))
    rates = RoleSkills().fit(ads)
    (one,) = doubtful_titles(ads, rates, [3])

    rows = np.flatnonzero((ads.title == 3) & (ads.skills.getnnz(axis=1) >= 3))
    dense = np.asarray(ads.skills.todense())
    overall = dense.mean(axis=0)
    others = dense[(ads.role == 0) & ~np.isin(np.arange(len(dense)), rows)]

    def likelihood(of, size):
        rate = (of + 20 * overall) / (size + 20)
        return (dense[rows] * np.log(rate) + (1 - dense[rows]) * np.log(1 - rate)).sum(axis=1)

    role = dense[ads.role == 1]
    ratio = likelihood(role.sum(axis=0), len(role)) - likelihood(others.sum(axis=0), len(others))
    means = [ratio[ads.company[rows] == company].mean() for company in np.unique(ads.company[rows])]
    interval = ttest_1samp(means, 0, alternative="greater").confidence_interval(0.975)
    assert one.margin == pytest.approx(np.mean(means))
    assert one.low == pytest.approx(interval.low)


def test_a_small_role_is_nobodys_other_role():
    ads = make_ads((0, 1, 8, 8), each=90)

    assert doubts(ads) == {}


def test_titles_of_their_own_role_are_seldom_suspected():
    titles = [(role, role, 6, 6) for role in range(ROLES)] * 60

    assert len(doubts(make_ads(*titles))) <= 2


def test_the_nearest_roles_come_with_the_likeliest_first_and_a_silent_title_has_none():
    ads = make_ads((0, 2, 5, 5), (0, 0, 1, 1))
    silent = ads.skills.tolil()
    silent[len(ads.title) - 1] = 0
    ads = RoledAds(ads.title, ads.company, ads.role, silent.tocsr(), ads.is_role)

    nearest = nearest_roles(ads, RoleSkills().fit(ads), [3, 4], most=2)

    assert nearest[3][0] == 2
    assert len(nearest[3]) == 2
    assert 4 not in nearest


def test_the_same_ads_give_the_same_doubts():
    ads = make_ads((0, 1, 8, 8))

    assert doubts(ads) == doubts(ads)
