import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.measures import (
    SkillClass,
    benjamini_hochberg,
    location_quotient,
    log_odds,
    pooled_prior,
    rank_scores,
    ranked_skills,
    skill_class,
    skill_classes,
    two_sided_p,
)
from analytics.measures.contrast import PRIOR_MENTIONS


def test_log_odds_follow_the_formula_worked_by_hand():
    found = log_odds([10, 5], [2, 8], prior=[1, 1])
    # n1 = 15, n2 = 10, a0 = 2
    assert found.delta[0] == pytest.approx(math.log(11 / 6) - math.log(3 / 9))
    assert found.se[0] == pytest.approx(math.sqrt(1 / 11 + 1 / 3))
    assert found.z[0] == pytest.approx(found.delta[0] / found.se[0])
    assert found.p[0] == pytest.approx(2 * stats.norm.sf(found.z[0]))
    assert found.low[0] == pytest.approx(found.delta[0] - 1.96 * found.se[0])
    assert found.high[0] == pytest.approx(found.delta[0] + 1.96 * found.se[0])


def test_log_odds_change_sign_with_the_groups():
    first, second = np.array([40, 3, 7]), np.array([10, 30, 7])
    assert log_odds(first, second).delta == pytest.approx(-log_odds(second, first).delta)


def test_the_prior_pulls_a_small_group_towards_all_postings():
    background, small = np.array([500, 500]), np.array([9, 1])
    unshrunk = log_odds(small, background, prior=[0.01, 0.01])
    shrunk = log_odds(small, background, prior=pooled_prior(background))
    assert 0 < shrunk.delta[0] < unshrunk.delta[0] / 10


def test_the_prior_has_the_proportions_of_the_pooled_counts():
    assert pooled_prior([30, 10]).tolist() == [PRIOR_MENTIONS * 0.75, PRIOR_MENTIONS * 0.25]
    assert pooled_prior([0, 0]).tolist() == [0, 0]


def test_a_skill_that_nobody_holds_separates_nothing():
    found = log_odds([10, 0, 5], [2, 0, 8])
    assert (found.delta[1], found.z[1], found.p[1]) == (0, 0, 1)
    assert np.isfinite(found.delta).all()


def test_groups_that_ask_for_the_same_are_rarely_called_different():
    rng = np.random.default_rng(4)
    rates = rng.dirichlet(np.ones(200))
    called = [(log_odds(rng.multinomial(8000, rates), rng.multinomial(8000, rates)).p < 0.05).mean() for _ in range(20)]
    assert np.mean(called) < 0.05


def test_groups_of_unlike_shape_are_refused():
    with pytest.raises(ValueError, match="differ in shape"):
        log_odds([1, 2], [1, 2, 3], prior=[1, 1, 1])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusted_p_agrees_with_scipy(p):
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p))


def test_unknown_p_stay_unknown_and_are_not_counted():
    found = benjamini_hochberg([0.01, np.nan, 0.04])
    assert found == pytest.approx([0.02, np.nan, 0.04], nan_ok=True)
    assert benjamini_hochberg([]).tolist() == []


@given(st.floats(-8, 8))
def test_two_sided_p_agrees_with_scipy(z):
    assert float(two_sided_p(z)) == pytest.approx(2 * stats.norm.sf(abs(z)), rel=1e-9)


def test_the_location_quotient_compares_with_all_postings():
    assert location_quotient([30, 0, 5], 100, [60, 10, 0], 400) == pytest.approx([2, 0, np.nan], nan_ok=True)
    assert np.isnan(location_quotient(0, 0, 5, 10))


def test_skill_classes_are_the_quadrants_of_their_cuts():
    shares, quotients = [0.25, 0.24, 0.25, 0.24, 0.9], [1.5, 1.5, 1.49, 1.49, math.nan]
    assert skill_classes(shares, quotients) == (
        SkillClass.CORE,
        SkillClass.DISTINGUISHING,
        SkillClass.NECESSARY,
        SkillClass.COMMON,
        SkillClass.NECESSARY,
    )
    assert skill_class(0.9, 3) == "core"


def test_the_rank_of_a_skill_is_rate_and_rarity_worked_by_hand():
    # rates 0.8, 0.5, 0, 0.4; TF-IDF 0.8 ln 1.25, 0.5 ln 10, 0, 0.4 ln 4
    found = rank_scores([8, 5, 0, 4], 10, [80, 10, 50, 25], 100)
    most = 0.5 * math.log(10)
    expected = [0.3 + 0.7 * 0.8 * math.log(1.25) / most, 0.3 * 5 / 8 + 0.7, 0, 0.3 / 2 + 0.7 * 0.4 * math.log(4) / most]
    assert found == pytest.approx(expected)
    assert ranked_skills([8, 5, 0, 4], 10, [80, 10, 50, 25], 100).tolist() == [1, 3, 0]
    assert ranked_skills([8, 5, 0, 4], 10, [80, 10, 50, 25], 100, most=1).tolist() == [1]


def test_a_role_of_too_few_postings_ranks_no_skills():
    assert ranked_skills([8, 5], 9, [80, 10], 100).tolist() == []
    assert rank_scores([0, 0], 0, [80, 10], 100).tolist() == [0, 0]
