from datetime import date

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from scipy.sparse import csr_matrix

from analytics.measures import (
    Reliability,
    change_between,
    clustered_change,
    partial_periods,
    share_trend,
    wilson_interval,
)


def test_each_period_has_its_share_its_interval_and_its_reliability():
    found = share_trend([5, 0, 20, 1], [10, 0, 40, 9])
    assert found.share == pytest.approx([0.5, np.nan, 0.5, 1 / 9], nan_ok=True)
    assert found.low[2] == wilson_interval(20, 40)[0]
    assert found.high[2] == wilson_interval(20, 40)[1]
    assert np.isnan([found.low[1], found.high[1]]).all()
    assert found.reliability == (Reliability.THIN, Reliability.WITHHELD, Reliability.OK, Reliability.WITHHELD)


def test_a_change_has_the_p_of_the_pooled_test():
    found = change_between([30, 10], 100, [60, 20], 150)
    pooled = 90 / 250
    z = (60 / 150 - 30 / 100) / np.sqrt(pooled * (1 - pooled) * (1 / 100 + 1 / 150))
    assert found.difference == pytest.approx([0.1, 20 / 150 - 0.1])
    assert found.reliability is Reliability.OK
    assert found.p[0] == pytest.approx(2 * stats.norm.sf(z))
    table = [[30, 70], [60, 90]]
    assert found.p[0] == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)


def test_rising_and_falling_skills_are_ordered_by_size_and_the_rest_is_neither():
    found = change_between([100, 500, 300, 200, 0], 1000, [300, 480, 100, 260, 0], 1000)
    assert found.rising().tolist() == [0, 3]
    assert found.falling().tolist() == [2]
    assert found.rising(alpha=1e-4).tolist() == [0]
    assert (found.low[0] > 0, found.high[2] < 0) == (True, True)


def test_a_skill_in_neither_window_is_not_tested():
    found = change_between([0, 5], 100, [0, 40], 100)
    assert np.isnan(found.p[0])
    assert found.adjusted_p[1] == found.p[1]


def test_a_skill_that_everybody_holds_in_both_windows_does_not_move():
    found = change_between([50], 50, [80], 80)
    assert (found.difference[0], found.p[0]) == (0, 1)


def test_an_empty_window_gives_no_change():
    found = change_between([0, 0], 0, [3, 4], 10)
    assert np.isnan(found.difference).all()
    assert found.rising().tolist() == found.falling().tolist() == []


def test_skills_that_do_not_move_are_rarely_called_rising_or_falling():
    rng = np.random.default_rng(8)
    rates = rng.uniform(0.01, 0.6, 300)
    runs = [change_between(rng.binomial(400, rates), 400, rng.binomial(700, rates), 700) for _ in range(40)]
    assert sum(len(run.rising()) + len(run.falling()) > 0 for run in runs) <= 6  # 5% of 40, and some luck


def make_windows(seed, *, companies=120, skills=100, alike=0.25):
    """Return (matrix, is_after, company) of companies that differ among each other and never change."""
    rng = np.random.default_rng(seed)
    ads = rng.integers(1, 12, (companies, 2))
    own = np.clip(rng.uniform(0.05, 0.6, skills) + alike * rng.normal(size=(companies, skills)), 0, 1)
    company = np.repeat(np.repeat(np.arange(companies), 2), ads.ravel())
    is_after = np.repeat(np.tile([False, True], companies), ads.ravel())
    return csr_matrix((rng.random((len(company), skills)) < own[company]).astype(float)), is_after, company


@pytest.mark.slow
def test_companies_that_do_not_change_rarely_make_a_skill_rise_or_fall():
    called, called_plainly = 0, 0
    for seed in range(40):
        matrix, is_after, company = make_windows(seed)
        # companies that stay away from one window: the shares move because other companies are drawn
        kept = np.random.default_rng(seed).random(120)[company] < np.where(is_after, 0.6, 1)
        kept &= ~((np.random.default_rng(seed + 99).random(120)[company] < 0.4) & ~is_after)
        found = clustered_change(matrix[kept], is_after[kept], company[kept])
        called += len(found.rising()) + len(found.falling()) > 0
        before, after = (np.asarray(matrix[kept & side].sum(0)).ravel() for side in (~is_after, is_after))
        plain = change_between(before, found.n_before, after, found.n_after)
        called_plainly += len(plain.rising()) + len(plain.falling()) > 0
    assert called <= 6  # 5% of 40, and some luck
    assert called_plainly > 10


def test_one_large_company_does_not_make_a_skill_emerging_but_many_companies_do():
    company = np.concatenate([np.arange(100), np.arange(100), np.full(60, 7)])
    is_after = np.repeat([False, True], [100, 160])
    held = np.zeros((260, 2))
    held[200:, 0] = 1  # sixty postings of company 7
    held[100:160, 1] = 1  # one posting each of sixty companies
    found = clustered_change(csr_matrix(held), is_after, company)
    plain = change_between([0, 0], 100, [60, 60], 160)
    assert plain.rising().tolist() == [0, 1]
    assert found.rising().tolist() == [1]
    assert found.adjusted_p[0] == 1
    assert found.low[0] < 0 < found.low[1]
    assert found.difference == pytest.approx(plain.difference)


def test_the_clustered_variance_of_a_change_agrees_with_statsmodels():
    matrix, is_after, company = make_windows(3, skills=4)
    found = clustered_change(matrix, is_after, company)
    for skill in range(4):
        held = matrix[:, skill].toarray().ravel()
        ols = sm.OLS(held, sm.add_constant(is_after.astype(float)))
        n = len(held)
        se = ols.fit(cov_type="cluster", cov_kwds={"groups": company}).bse[1] * np.sqrt((n - 2) / (n - 1))
        reach = stats.t.ppf(0.975, len(set(company[held > 0])) - 1) * se
        assert found.high[skill] - found.difference[skill] == pytest.approx(reach, rel=1e-9)


def test_skills_of_few_postings_are_not_tested_and_those_of_few_companies_never_sure():
    company, is_after = np.arange(60) % 30, np.arange(60) >= 30
    held = np.zeros((60, 3))
    company[30:40] = np.arange(10) % 2 + 1
    held[30:39, 0] = 1  # nine postings
    held[42:56, 1] = 1
    held[np.isin(company, [1, 2]), 2] = 1  # two companies
    found = clustered_change(csr_matrix(held), is_after, company)
    assert np.isnan(found.p).tolist() == [True, False, False]
    assert found.adjusted_p[1] == pytest.approx(2 * found.p[1])
    assert found.p[2] == 1


def test_an_empty_window_gives_no_clustered_change():
    found = clustered_change(csr_matrix(np.ones((5, 2))), np.ones(5, bool), np.arange(5))
    assert np.isnan(found.difference).all()


def test_a_period_is_partial_when_the_data_end_inside_it():
    names = ("2023-12", "2024-02", "2023-Q4", "2024-Q1")
    assert partial_periods(names, date(2024, 2, 28)).tolist() == [False, True, False, True]
    assert partial_periods(names, date(2024, 2, 29)).tolist() == [False, False, False, True]
    assert partial_periods(names, date(2023, 12, 30)).tolist() == [True, True, True, True]
