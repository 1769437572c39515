import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.sparse import csr_matrix

from analytics.measures import Reliability, clustered_shares, design_effect, wilson_interval
from analytics.measures.clustered import company_counts


def make_market(seed, companies=80, ads=6, skills=4, alike=0.0):
    """Return (matrix, company): each company leans by `alike` (standard deviation of its own shares)."""
    rng = np.random.default_rng(seed)
    own = np.clip(0.4 + alike * rng.normal(size=(companies, skills)), 0, 1)
    company = np.repeat(np.arange(companies), ads)
    return csr_matrix((rng.random((companies * ads, skills)) < own[company]).astype(float)), company


def test_the_design_effect_worked_by_hand():
    # two companies of 2 and 1 postings that hold 2 and 0: p = 2/3, residuals 2 - 4/3 and 0 - 2/3
    variance = 2 / 1 * ((2 / 3) ** 2 + (2 / 3) ** 2) / 9
    found = design_effect(csr_matrix([[2.0, 2, 0], [0, 1, 0]]), [2, 1])
    assert found == pytest.approx([variance / (2 / 9 / 3), np.nan, np.nan], nan_ok=True)


def test_the_design_effect_agrees_with_clustered_errors_of_statsmodels():
    matrix, company = make_market(seed=1, alike=0.2)
    sizes, counts = company_counts(matrix, company)
    for skill, found in enumerate(design_effect(counts, sizes)):
        held = matrix[:, skill].toarray().ravel()
        ols = sm.OLS(held, np.ones(len(held)))
        # An intercept alone needs no correction for parameters: both leave c / (c - 1).
        se = ols.fit(cov_type="cluster", cov_kwds={"groups": company}).bse[0]
        plain = held.mean() * (1 - held.mean()) / len(held)
        assert found == pytest.approx(se**2 / plain, rel=1e-9)


def test_companies_that_are_alike_widen_the_interval_and_others_need_only_wilson():
    matrix, company = make_market(seed=2, alike=0.0)
    found = clustered_shares(matrix, company, seed=1, rounds=500)
    low, high = wilson_interval(found.share * found.n, found.n)
    assert found.is_wilson_enough.all()
    assert found.high - found.low == pytest.approx(high - low, rel=0.2)
    matrix, company = make_market(seed=2, alike=0.3)
    found = clustered_shares(matrix, company, seed=1, rounds=500)
    low, high = wilson_interval(found.share * found.n, found.n)
    assert not found.is_wilson_enough.any()
    expected = (high - low) * np.sqrt(found.design_effect)
    assert found.high - found.low == pytest.approx(expected, rel=0.2)


def test_the_interval_holds_the_share_of_all_companies_nineteen_times_in_twenty():
    held = []
    for seed in range(60):
        matrix, company = make_market(seed, companies=60, alike=0.15)
        found = clustered_shares(matrix, company, seed=seed, rounds=100)
        held.extend((found.low <= 0.4) & (found.high >= 0.4))
    # clipping at 0 and 1 is symmetric enough around 0.4 to leave its mean there
    assert np.mean(held) > 0.9


def test_a_skill_of_few_companies_is_judged_by_its_effective_number_of_postings():
    matrix = csr_matrix(([1.0] * 20, (np.arange(20), [0] * 20)), shape=(100, 2))
    found = clustered_shares(matrix, np.arange(100) // 20, seed=1)
    assert (found.companies, found.n, found.reliability) == (5, 100, Reliability.OK)
    effect = found.design_effect[0]
    assert effect == pytest.approx(5 / 4 * (16**2 + 4 * 4**2) / 100**2 / (0.2 * 0.8 / 100))
    low, high = wilson_interval(20 / effect, 100 / effect)
    assert (found.low[0], found.high[0]) == pytest.approx((float(low), float(high)))
    # nobody holds the second: five companies of twenty alike postings are five postings at worst
    assert math.isnan(found.design_effect[1])
    assert found.high[1] == pytest.approx(float(wilson_interval(0, 5)[1]))


def test_no_postings_have_no_shares():
    found = clustered_shares(csr_matrix((0, 3)), np.empty(0, int), seed=1)
    assert (found.n, found.reliability) == (0, Reliability.WITHHELD)
    assert np.isnan(found.share).all()
    assert not found.is_wilson_enough.any()


def test_the_same_seed_gives_the_same_interval():
    matrix, company = make_market(seed=3, alike=0.1)
    first, again, other = (clustered_shares(matrix, company, seed=s, rounds=50) for s in (1, 1, 2))
    assert first.low.tolist() == again.low.tolist() != other.low.tolist()
