import math

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.sparse import csr_matrix

from analytics.measures import PaidAds, TooFew, plain_skills, skill_premium
from analytics.measures.regression import PENALTIES, regress

TRUE = np.array([0.2, 0.0, -0.1, 0.05, 0.0])


def make_paid(seed=0, *, n=600, companies=50, true=TRUE, stated=1.0):
    """Return ads whose ln pay is 11 + skills + title + month + company + chance; titles lean to skills."""
    rng = np.random.default_rng(seed)
    company, title, month = rng.integers(0, companies, n), rng.integers(0, 6, n), rng.integers(3, 9, n)
    held = rng.random((n, len(true))) < 0.25 + 0.06 * title[:, None]
    pay = np.exp(
        11
        + held @ true
        + 0.1 * title
        + 0.02 * month
        + 0.1 * rng.normal(size=companies)[company]
        + rng.normal(0, 0.2, n)
    )
    pay[rng.random(n) >= stated] = np.nan
    return PaidAds(csr_matrix(held.astype(float)), pay, np.zeros(n, int), (title, month), company)


def dense_design(ads, rows):
    dummies = [np.eye(codes.max() + 1)[codes[rows]] for codes in ads.controls]
    used = [table[:, table.any(axis=0)][:, 1:] for table in dummies]
    return np.hstack([ads.matrix[rows].toarray(), np.ones((len(rows), 1)), *used])


def test_coefficients_and_clustered_errors_are_those_of_statsmodels():
    ads = make_paid(stated=0.8)
    rows = np.flatnonzero(ads.pay > 0)
    fit = sm.OLS(np.log(ads.pay[rows]), dense_design(ads, rows)).fit(
        cov_type="cluster", cov_kwds={"groups": ads.company[rows]}, use_t=True
    )
    found = skill_premium(ads)
    assert found.coefficient == pytest.approx(fit.params[:5], rel=1e-8, abs=1e-10)
    assert found.se == pytest.approx(fit.bse[:5], rel=1e-8)
    assert found.p == pytest.approx(fit.pvalues[:5], rel=1e-6)
    low, high = fit.conf_int()[:5].T
    assert (found.low, found.high) == (pytest.approx(np.expm1(low)), pytest.approx(np.expm1(high)))
    assert found.premium == pytest.approx(np.expm1(fit.params[:5]))
    assert (found.n, found.stated, found.companies) == (600, len(rows), 50)
    assert found.coverage == pytest.approx(len(rows) / 600)
    assert not found.is_shrunk


def test_controls_that_say_the_same_and_levels_of_one_ad_change_nothing():
    ads = make_paid()
    title, month = ads.controls
    alone = np.where(np.arange(600) == 5, 99, title)
    doubled = PaidAds(ads.matrix, ads.pay, ads.currency, (alone, month, month * 2, title // 6), ads.company)
    rows = np.flatnonzero(np.arange(600) != 5)
    without = sm.OLS(np.log(ads.pay[rows]), dense_design(ads, rows)).fit()
    found = skill_premium(doubled)
    assert found.coefficient == pytest.approx(without.params[:5], rel=1e-8)


@pytest.mark.slow
def test_planted_premiums_lie_in_their_intervals_and_skills_without_one_are_rarely_called():
    inside, called = [], []
    for seed in range(40):
        found = skill_premium(make_paid(seed))
        inside.extend((found.low <= np.expm1(TRUE)) & (np.expm1(TRUE) <= found.high))
        called.extend(found.p[TRUE == 0] < 0.05)
    assert 0.9 <= np.mean(inside) <= 0.99
    assert np.mean(called) <= 0.12  # 5%, and some luck


def test_a_title_with_better_pay_is_no_premium_of_its_skills():
    ads = make_paid(n=3000, true=np.zeros(5))
    title = ads.controls[0]
    held = csr_matrix((np.random.default_rng(1).random((3000, 5)) < 0.1 + 0.15 * title[:, None]).astype(float))
    controlled = skill_premium(PaidAds(held, ads.pay, ads.currency, ads.controls, ads.company))
    bare = skill_premium(PaidAds(held, ads.pay, ads.currency, (), ads.company))
    assert (bare.low > 0).all()
    assert np.abs(controlled.premium).max() < 0.03


def test_skills_that_others_or_the_controls_give_away_have_no_premium_of_their_own():
    ads = make_paid()
    title = ads.controls[0]
    same = csr_matrix(np.column_stack([ads.matrix.toarray(), ads.matrix[:, 0].toarray(), title == 2]).astype(float))
    found = skill_premium(PaidAds(same, ads.pay, ads.currency, ads.controls, ads.company))
    assert np.isnan(found.premium).tolist() == [True, False, False, False, False, True, True]
    assert found.coefficient[1:5] == pytest.approx(skill_premium(ads).coefficient[1:], rel=1e-8)
    assert np.isnan(found.adjusted_p).tolist() == np.isnan(found.premium).tolist()


def test_rare_and_universal_skills_and_those_of_two_companies_are_left_out():
    ads = make_paid()
    rare = np.arange(600) < 29
    two = np.isin(ads.company, [1, 2, 3])
    two[ads.company == 3] = False
    extra = np.column_stack([ads.matrix.toarray(), rare, ~rare, np.arange(600) < 30, two])
    found = skill_premium(
        PaidAds(csr_matrix(extra.astype(float)), ads.pay, ads.currency, ads.controls, ads.company), least=15
    )
    assert found.skills == 8
    found = skill_premium(PaidAds(csr_matrix(extra.astype(float)), ads.pay, ads.currency, ads.controls, ads.company))
    assert np.isnan(found.premium[5:]).tolist() == [True, True, False, True]
    assert found.held[5:8].tolist() == [29, 571, 30]


def test_too_many_skills_are_shrunk_and_it_is_said():
    ads = make_paid(n=400, true=np.concatenate([[0.3], np.zeros(59)]))
    found = skill_premium(ads)
    assert found.is_shrunk
    plain = regress(ads.matrix, np.log(ads.pay), ads.controls, ads.company)
    assert np.abs(found.coefficient[1:]).mean() < 0.9 * np.abs(plain.coefficient[1:]).mean()
    assert found.coefficient[0] == pytest.approx(0.3, abs=0.1)
    # the same as least squares with one more row for each skill, which holds it down
    x = np.hstack([dense_design(ads, np.arange(400))])
    controls = x[:, 60:]
    left = x[:, :60] - controls @ np.linalg.lstsq(controls, x[:, :60], rcond=None)[0]
    held_down = np.hstack(
        [np.diag(np.sqrt(found.penalty * np.square(left).sum(axis=0))), np.zeros((60, controls.shape[1]))]
    )
    rows, target = np.vstack([x, held_down]), np.concatenate([np.log(ads.pay), np.zeros(60)])
    assert found.coefficient == pytest.approx(np.linalg.lstsq(rows, target, rcond=None)[0][:60], abs=1e-9)


def test_the_penalty_has_the_least_generalised_cross_validation():
    ads = make_paid(n=300, true=np.concatenate([[0.3], np.zeros(39)]))
    x, y = dense_design(ads, np.arange(300)), np.log(ads.pay)
    controls = x[:, 40:]
    left = x[:, :40] - controls @ np.linalg.lstsq(controls, x[:, :40], rcond=None)[0]
    scores = []
    for penalty in PENALTIES:
        held_down = np.zeros((x.shape[1],) * 2)
        held_down[range(40), range(40)] = penalty * np.square(left).sum(axis=0)
        hat = x @ np.linalg.solve(x.T @ x + held_down, x.T)
        scores.append(300 * np.square(y - hat @ y).sum() / (300 - np.trace(hat)) ** 2)
    assert skill_premium(ads).penalty == PENALTIES[np.argmin(scores)]


def test_only_the_commonest_skills_and_those_asked_for_are_taken_so_that_none_is_shrunk():
    ads = make_paid(n=400, true=np.zeros(60))
    rarest = int(np.argmin(ads.matrix.sum(axis=0)))

    plain = skill_premium(ads, most=plain_skills(400))
    asked = skill_premium(ads, most=plain_skills(400), always=[rarest])

    assert (plain.skills, plain.is_shrunk, asked.skills) == (20, False, 20)
    taken = np.flatnonzero(~np.isnan(plain.premium))
    assert plain.held[taken].min() >= np.delete(plain.held, taken).max()
    assert math.isnan(plain.premium[rarest])
    assert not math.isnan(asked.premium[rarest])
    x = dense_design(ads, np.arange(400))[:, [*taken, *range(60, 71)]]
    assert plain.coefficient[taken] == pytest.approx(np.linalg.lstsq(x, np.log(ads.pay), rcond=None)[0][:20], rel=1e-7)


def test_a_regression_holds_a_skill_for_every_twenty_ads_and_no_more_than_said():
    assert (plain_skills(119), plain_skills(2000), plain_skills(10**6), plain_skills(2000, most=30)) == (
        5,
        100,
        150,
        30,
    )


def test_a_premium_says_how_many_companies_name_the_skill():
    ads = make_paid()
    names = ads.matrix.toarray()[:, 0] > 0

    assert skill_premium(ads).holders[0] == len(np.unique(ads.company[names]))


def test_too_few_ads_or_companies_with_pay_are_refused():
    ads = make_paid(n=120)
    few = np.where(np.arange(120) < 99, ads.pay, np.nan)
    with pytest.raises(TooFew, match="99 ads of"):
        skill_premium(PaidAds(ads.matrix, few, ads.currency, ads.controls, ads.company))
    with pytest.raises(TooFew, match="120 ads of 2 companies"):
        skill_premium(PaidAds(ads.matrix, ads.pay, ads.currency, ads.controls, ads.company % 2))
    assert math.isnan(skill_premium(ads, least=100).premium[0])  # no skill is left, and nothing breaks


def test_pay_in_two_currencies_is_refused_but_not_where_only_one_states_it():
    ads = make_paid()
    mixed = np.arange(600) % 2
    with pytest.raises(ValueError, match="one currency at a time"):
        skill_premium(PaidAds(ads.matrix, ads.pay, mixed, ads.controls, ads.company))
    one = np.where(mixed == 0, ads.pay, np.nan)
    assert skill_premium(PaidAds(ads.matrix, one, mixed, ads.controls, ads.company)).stated == 300
