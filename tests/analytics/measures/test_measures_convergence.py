import numpy as np
import pytest
import statsmodels.api as sm
from scipy.sparse import csr_matrix

from analytics.measures import Direction, RoleAds, TooFew, distance_over_time, js_distance
from analytics.measures.convergence import _slopes

SKILLS = 60


def make_roles(seed, *, sizes=(40,) * 10, drift=0.0, companies=60, alike=0.8):
    """Return ads of two roles by period; their difference grows by the part `drift` over all periods.

    Companies differ among each other by `alike` and have unlike numbers of ads.
    """
    rng = np.random.default_rng(seed)
    common, difference = rng.normal(-1.5, 1.2, SKILLS), rng.normal(0, 0.8, SKILLS)
    period = np.repeat(np.arange(len(sizes)), 2 * np.array(sizes))
    is_first = np.concatenate([np.repeat([True, False], size) for size in sizes])
    pull = rng.pareto(1.5, companies) + 0.3
    company = rng.choice(companies, len(period), p=pull / pull.sum())
    own = alike * rng.normal(size=(companies, 2, SKILLS))
    apart = (1 + drift * period / len(sizes))[:, None] * np.where(is_first, 0.5, -0.5)[:, None]
    logit = common + own[company, is_first.astype(int)] + apart * difference
    held = rng.random(logit.shape) < 1 / (1 + np.exp(-logit))
    return RoleAds(csr_matrix(held.astype(float)), is_first, period, company)


def shuffled(ads, seed):
    return RoleAds(ads.matrix, ads.is_first, np.random.default_rng(seed).permutation(ads.period), ads.company)


def false_verdicts(seeds, make):
    found = [distance_over_time(make(seed), seed=seed, rounds=100) for seed in range(seeds)]
    return sum(one.direction is not Direction.UNKNOWN for one in found)


def test_on_shuffled_months_it_cannot_tell():
    assert false_verdicts(12, lambda seed: shuffled(make_roles(seed, drift=-0.7), seed)) <= 2


def test_roles_of_which_there_is_ever_more_do_not_seem_to_converge():
    sizes = np.linspace(15, 75, 10).astype(int)
    assert false_verdicts(12, lambda seed: make_roles(seed, sizes=sizes)) <= 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "make",
    [
        lambda seed: shuffled(make_roles(seed), seed),
        lambda seed: shuffled(make_roles(seed, drift=-0.7), seed),
        lambda seed: shuffled(make_roles(seed, sizes=(40,) * 5), seed),
        lambda seed: shuffled(make_roles(seed, companies=12), seed),
        lambda seed: make_roles(seed, sizes=np.linspace(15, 75, 10).astype(int)),
    ],
    ids=["constant", "drifting", "few periods", "few companies", "growing"],
)
def test_where_nothing_moves_it_can_tell_one_time_in_twenty_at_most(make):
    assert false_verdicts(120, make) <= 11  # 5% of 120 is 6, and some luck


def test_roles_that_grow_together_or_apart_are_told():
    together = distance_over_time(make_roles(3, sizes=(80,) * 10, drift=-0.9), seed=1)
    assert together.direction is Direction.CONVERGING
    assert together.slope_low < together.slope < together.slope_high < 0
    apart = distance_over_time(make_roles(3, sizes=(80,) * 10, drift=1.5), seed=1)
    assert apart.direction is Direction.DIVERGING
    assert (apart.low <= apart.distance).all()
    assert (apart.distance <= apart.high).all()


def test_the_bias_of_few_ads_is_taken_out():
    ads = make_roles(1, sizes=(15, 15, 60, 60, 2000), alike=0.0)
    found = distance_over_time(ads, seed=1)
    first, second = (ads.matrix[(ads.period == 0) & (ads.is_first == side)].sum(axis=0) for side in (True, False))
    raw = float(js_distance(np.asarray(first), np.asarray(second))[0])
    truth = found.distance[-1]  # of 2,000 ads, hardly biased
    assert raw > truth + 0.12
    assert found.distance[:4] == pytest.approx(truth, abs=0.07)


def test_the_slope_is_that_of_weighted_least_squares():
    rng = np.random.default_rng(2)
    years, precision = np.arange(8) * 0.25, rng.uniform(1, 9, 8)
    lines = rng.random((3, 8))
    expected = [sm.WLS(line, sm.add_constant(years), weights=precision).fit().params[1] for line in lines]
    assert _slopes(lines, years, precision) == pytest.approx(expected)
    lines[0, 2] = np.nan
    known = np.delete(np.arange(8), 2)
    fit = sm.WLS(lines[0, known], sm.add_constant(years[known]), weights=precision[known]).fit()
    assert _slopes(lines, years, precision)[0] == pytest.approx(fit.params[1])


def test_periods_with_few_ads_or_few_companies_are_left_out():
    ads = make_roles(1, sizes=(40, 9, 40, 40, 40))
    lonely = np.where(ads.period == 4, 0, ads.company)
    with pytest.raises(TooFew, match="3 periods hold 10 ads"):
        distance_over_time(RoleAds(ads.matrix, ads.is_first, ads.period, lonely), seed=1)
    found = distance_over_time(ads, seed=1)
    assert found.periods.tolist() == [0, 2, 3, 4]
    assert found.n_first.tolist() == found.n_second.tolist() == [40] * 4


def test_the_same_seed_gives_the_same_trend():
    ads = make_roles(1, sizes=(20,) * 4)
    first, again, other = (distance_over_time(ads, seed=s, rounds=30) for s in (1, 1, 2))
    assert (first.slope, first.slope_low) == (again.slope, again.slope_low)
    assert first.slope_low != other.slope_low
