"""What one role asks for beyond another, how roles and skills change, and trends at an unchanged mix."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from analytics.measures import (
    Reliability,
    TooFew,
    directional_gap,
    fixed_mix_trend,
    half_life,
    role_change,
    wilson_interval,
)


def make_postings(n, rates, seed):
    return csr_matrix((np.random.default_rng(seed).random((n, len(rates))) < rates).astype(float))


# -- gap ------------------------------------------------------------------------------------------------

TWO_ROLES = csr_matrix(np.array([[1, 1, 0], [1, 0, 0], [1, 0, 1], [1, 0, 1], [0, 1, 1], [0, 0, 0]], float))
FIRST = np.array([True, True, False, False, False, False])


def test_the_gap_is_what_the_second_role_asks_for_and_the_first_does_not():
    # shares 1, 0.5, 0 against 0.5, 0.25, 0.75
    found = directional_gap(TWO_ROLES, FIRST, np.arange(6), seed=1)
    assert (found.n_first, found.n_second, found.reliability) == (2, 4, Reliability.WITHHELD)
    assert found.value == pytest.approx(0.75 / 1.5)
    assert found.coverage == pytest.approx(0.5)
    assert found.parts == pytest.approx([0, 0, 0.5])
    assert found.missing(5).tolist() == [2]
    back = directional_gap(TWO_ROLES, ~FIRST, np.arange(6), seed=1)
    assert back.parts == pytest.approx([0.5 / 1.5, 0.25 / 1.5, 0])
    assert back.missing(1).tolist() == [0]


def test_what_a_skill_is_worth_counts_in_the_gap():
    found = directional_gap(TWO_ROLES, FIRST, np.arange(6), seed=1, weights=[2, 4, 1])
    assert found.value == pytest.approx(0.75 / (0.5 * 2 + 0.25 * 4 + 0.75))
    with pytest.raises(ValueError, match="3 weights"):
        directional_gap(TWO_ROLES, FIRST, np.arange(6), seed=1, weights=[1, -1, 1])


def test_the_interval_of_a_gap_holds_it_and_is_wider_when_companies_are_alike():
    rng = np.random.default_rng(0)
    own = rng.uniform(0.05, 0.8, (40, 30))
    company = np.repeat(np.arange(40), 10)
    matrix = csr_matrix((rng.random((400, 30)) < own[company]).astype(float))
    is_first = company < 20
    found = directional_gap(matrix, is_first, company, seed=1)
    by_posting = directional_gap(matrix, is_first, np.arange(400), seed=1)
    assert 0 <= found.low < found.value < found.high <= 1
    assert found.high - found.low > 1.5 * (by_posting.high - by_posting.low)
    assert found.parts.sum() == pytest.approx(found.value)
    assert directional_gap(matrix, is_first, company, seed=1).low == found.low


@pytest.mark.slow
def test_a_gap_between_few_postings_of_one_role_is_the_gap_of_chance():
    few = [
        directional_gap(make_postings(60, np.full(40, 0.3), s), np.arange(60) < 30, np.arange(60), seed=1)
        for s in range(60)
    ]
    assert np.mean([one.value for one in few]) > 0.1
    assert np.mean([one.chance for one in few]) == pytest.approx(np.mean([one.value for one in few]), abs=0.02)
    many = make_postings(4000, np.full(40, 0.3), seed=4)
    assert directional_gap(many, np.arange(4000) < 2000, np.arange(4000), seed=1).chance < 0.03


def test_a_role_that_asks_for_nothing_leaves_no_known_gap():
    found = directional_gap(csr_matrix(np.array([[1.0], [0.0]])), np.array([True, False]), np.arange(2), seed=1)
    assert math.isnan(found.value)


# -- trends at an unchanged mix -------------------------------------------------------------------------


def test_a_change_of_the_mix_alone_leaves_the_fixed_trend_level():
    # two strata that hold the skill in 10% and in 60%, at 80:20 and then at 20:80
    found = fixed_mix_trend([[8, 12], [2, 48]], [[80, 20], [20, 80]])
    assert found.raw == pytest.approx([0.2, 0.5])
    assert found.fixed == pytest.approx([0.2, 0.2])
    assert found.rate == pytest.approx([0, 0])
    assert found.mix == pytest.approx([0, 0.3])
    assert found.coverage == pytest.approx([1, 1])
    # weights 0.8 and 0.2 on 20 and 80 postings
    assert found.effective_n[1] == pytest.approx(1 / (0.64 / 20 + 0.04 / 80))
    low, high = wilson_interval(0.2 * found.effective_n[1], found.effective_n[1])
    assert (found.low[1], found.high[1]) == pytest.approx((float(low), float(high)))
    assert found.reliability == (Reliability.OK, Reliability.OK)


def test_kitagawas_parts_worked_by_hand():
    # rates 0.5, 0.1 to 0.6, 0.2; parts 0.6, 0.4 to 0.3, 0.7
    found = fixed_mix_trend([[30, 4], [18, 14]], [[60, 40], [30, 70]])
    assert found.rate[1] == pytest.approx(0.1 * 0.45 + 0.1 * 0.55)
    assert found.mix[1] == pytest.approx(-0.3 * 0.55 + 0.3 * 0.15)


cells = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=3)


@given(st.lists(cells, min_size=2, max_size=5).filter(lambda t: sum(a + b for a, b in t[0]) > 0))
def test_rate_and_mix_add_up_to_the_raw_change_whatever_strata_are_missing(table):
    counts = np.array([[a for a, _ in period] for period in table])
    n = counts + [[b for _, b in period] for period in table]
    found = fixed_mix_trend(counts, n)
    assert found.rate + found.mix == pytest.approx(found.raw - found.raw[0], abs=1e-12, nan_ok=True)
    known = found.coverage > 0
    assert ((found.low[known] <= found.fixed[known] + 1e-12) & (found.fixed[known] <= found.high[known] + 1e-12)).all()


def test_strata_that_come_or_go_are_mix_and_lower_the_coverage():
    found = fixed_mix_trend([[10, 40, 0], [20, 0, 5]], [[50, 50, 0], [50, 0, 50]])
    assert found.coverage == pytest.approx([1, 0.5])
    assert found.fixed == pytest.approx([0.5, 0.4])  # of the first stratum alone
    assert found.rate[1] == pytest.approx(0.2 * 0.5)
    assert found.mix[1] == pytest.approx(-0.5 * 0.8 + 0.5 * 0.1)


def test_a_period_without_postings_has_no_trend_and_a_base_without_is_refused():
    found = fixed_mix_trend([[1, 2], [0, 0]], [[5, 5], [0, 0]])
    assert np.isnan([found.raw[1], found.fixed[1], found.rate[1], found.low[1], found.coverage[1]]).all()
    assert found.reliability == (Reliability.THIN, Reliability.WITHHELD)
    with pytest.raises(ValueError, match="base period"):
        fixed_mix_trend([[1, 2], [0, 0]], [[5, 5], [0, 0]], base=1)
    with pytest.raises(ValueError, match="between 0 and its n"):
        fixed_mix_trend([[6, 2]], [[5, 5]])


# -- change of a role -----------------------------------------------------------------------------------


def test_the_change_of_a_role_worked_by_hand():
    matrix = csr_matrix(np.array([[1, 1, 0], [1, 0, 0], [1, 0, 1], [0, 0, 1]], float))
    found = role_change(matrix, np.array([False, False, True, True]), seed=1, rounds=20)
    # shares 1, 0.5, 0 to 0.5, 0, 1
    assert found.total == pytest.approx(2)
    assert found.index.observed == pytest.approx(2 / 3)
    assert found.replaced.observed == pytest.approx(1 / 2)
    assert (found.n_before, found.n_after, found.reliability) == (2, 2, Reliability.WITHHELD)


def test_the_top_twenty_are_the_commonest_and_of_equals_the_first():
    rates = np.linspace(1, 0.2, 40)
    after = np.concatenate([rates[5:25], rates[:5], rates[25:]])  # the first five places change
    one = csr_matrix(
        (np.arange(1000)[:, None] < 1000 * np.array([rates, after])[:, None, :]).reshape(2000, 40).astype(float)
    )
    found = role_change(one, np.arange(2000) >= 1000, seed=1, rounds=5)
    expected = len(set(np.argsort(-after)[:20]) - set(range(20))) / 20
    assert found.replaced.observed == pytest.approx(expected)
    assert 0 < expected < 1


def test_a_role_that_does_not_change_lies_inside_its_band_and_one_that_does_beyond():
    rates = np.random.default_rng(0).uniform(0.02, 0.6, 60)
    still = [
        role_change(make_postings(300, rates, seed), np.arange(300) >= 150, seed=seed, rounds=80) for seed in range(20)
    ]
    assert sum(not one.index.low <= one.index.observed <= one.index.high for one in still) <= 4
    moved = make_postings(300, rates, 1).toarray()
    moved[150:] = make_postings(150, rates[::-1], 2).toarray()
    found = role_change(csr_matrix(moved), np.arange(300) >= 150, seed=1, rounds=80)
    assert found.index.observed > found.index.high
    assert found.replaced.observed > found.replaced.high


def test_a_change_of_sources_is_no_change_of_the_role():
    rng = np.random.default_rng(1)
    rates = np.repeat([[0.5, 0.1], [0.1, 0.5]], 20, axis=1)
    source = rng.integers(0, 2, 600)
    is_after = rng.random(600) < np.where(source == 1, 0.8, 0.2)
    matrix = csr_matrix((rng.random((600, 40)) < rates[source]).astype(float))
    within = role_change(matrix, is_after, seed=1, rounds=80, strata=source)
    everywhere = role_change(matrix, is_after, seed=1, rounds=80)
    assert within.index.low <= within.index.observed <= within.index.high
    assert everywhere.index.observed > everywhere.index.high


def test_a_time_without_postings_gives_no_change():
    found = role_change(csr_matrix(np.ones((3, 2))), np.ones(3, bool), seed=1)
    assert math.isnan(found.index.observed)


# -- half-life ------------------------------------------------------------------------------------------

YEARS = np.arange(8) * 0.5


def test_the_half_life_of_a_share_that_halves_every_two_years_is_two_years():
    found = half_life(800_000 * 0.5 ** (YEARS / 2), np.full(8, 1_000_000), YEARS)
    assert found.slope == pytest.approx(-math.log(2) / 2)
    assert found.years == pytest.approx(2)
    assert found.low < 2 < found.high
    assert found.is_declining


def test_the_slope_and_its_error_agree_with_statsmodels():
    counts, n = np.array([40, 12, 33, 14, 1, 9, 8, 3]), np.array([100, 90, 120, 80, 40, 90, 100, 70])
    found = half_life(counts, n, YEARS)
    poisson = sm.GLM(counts, sm.add_constant(YEARS), family=sm.families.Poisson(), offset=np.log(n)).fit(scale="X2")
    assert found.slope == pytest.approx(poisson.params[1], rel=1e-8)
    reach = 2.446912 * poisson.bse[1]  # Student's t with 6 degrees of freedom
    assert (found.slope_low, found.slope_high) == pytest.approx((found.slope - reach, found.slope + reach), rel=1e-6)
    assert found.years == pytest.approx(math.log(2) / -found.slope)
    assert (found.low, found.high) == pytest.approx((-math.log(2) / found.slope_low, -math.log(2) / found.slope_high))


def test_a_skill_that_grows_or_wavers_is_not_declining():
    assert not half_life([10, 12, 9, 11, 10, 12, 9, 10], np.full(8, 100), YEARS).is_declining
    growing = half_life([1, 2, 4, 8, 16, 32, 50, 70], np.full(8, 100), YEARS)
    assert growing.slope_low > 0
    assert math.isnan(growing.years)


def test_skills_that_do_not_decline_are_rarely_said_to():
    rng = np.random.default_rng(5)
    found = [half_life(rng.binomial(200, 0.2, 8), np.full(8, 200), YEARS) for _ in range(200)]
    assert sum(one.is_declining for one in found) <= 12  # 2.5% of 200, and some luck


def test_periods_without_postings_say_nothing_and_too_few_are_refused():
    with_gap = half_life([40, 0, 30, 20, 10], [100, 0, 100, 100, 100], [0, 1, 2, 3, 4])
    assert with_gap.slope == pytest.approx(half_life([40, 30, 20, 10], [100] * 4, [0, 2, 3, 4]).slope)
    assert (with_gap.n, with_gap.held) == (400, 100)
    with pytest.raises(TooFew, match="in 3 of 3 periods"):
        half_life([50, 30, 20], [100] * 3, [0, 1, 2])
    with pytest.raises(TooFew, match="9 postings hold the skill, in 3 of 4"):
        half_life([4, 3, 2, 0], [100] * 4, [0, 1, 2, 3])
    with pytest.raises(TooFew, match="in 2 of 5 periods"):
        half_life([60, 1, 0, 0, 0], [100] * 5, [0, 1, 2, 3, 4])
