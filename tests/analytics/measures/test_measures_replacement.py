import numpy as np
import pytest
from statsmodels.stats.contingency_tables import StratifiedTable

from analytics.measures.replacement import change_in_strata, seem_to_replace, togetherness


def make_strata(seed, strata=6, others=3, n=80):
    """Postings of strata, of which one skill and some others are named, the first of those seldom beside it."""
    rng = np.random.default_rng(seed)
    own = rng.random((strata, n)) < 0.4
    rates = np.where(own, 0.1, 0.5), np.full((strata, n), 0.4), np.where(own, 0.7, 0.4)
    named = np.stack([rng.random((strata, n)) < rate for rate in rates[:others]], axis=2)
    return own, named


def counted(own, named):
    both = (named & own[:, :, None]).sum(axis=1)
    return both, own.sum(axis=1), named.sum(axis=1), np.full(len(own), own.shape[1])


@pytest.mark.parametrize("seed", range(3))
def test_the_pooled_odds_ratio_and_its_interval_agree_with_statsmodels(seed):
    own, named = make_strata(seed)
    both, first, second, n = counted(own, named)
    found = togetherness(both, first, second, n)
    for other in range(3):
        tables = [
            [[b, f - b], [s - b, size - f - s + b]]
            for b, f, s, size in zip(both[:, other], first, second[:, other], n, strict=True)
        ]
        peer = StratifiedTable([np.array(table, float) for table in tables])
        assert found.odds[other] == pytest.approx(peer.oddsratio_pooled)
        assert (found.low[other], found.high[other]) == pytest.approx(peer.oddsratio_pooled_confint(), rel=1e-3)


def test_what_is_seldom_together_is_told_from_what_is_not():
    found = togetherness(*counted(*make_strata(1)))
    assert found.is_seldom.tolist() == [True, False, False]
    assert found.both[0] < found.expected[0]
    assert found.both[2] > found.expected[2]


def test_few_postings_that_chance_would_give_both_tell_nothing():
    found = togetherness([[0]], [20], [[20]], [100])
    assert found.expected[0] == pytest.approx(4)
    assert not found.is_seldom[0]
    assert np.isnan(found.odds[0])


def test_two_skills_of_different_strata_are_not_seldom_together_inside_them():
    # each stratum holds one of the two only: over all they never meet, inside strata nothing can be told
    found = togetherness([[0], [0]], [50, 0], [[0], [50]], [100, 100])
    assert (found.expected[0], found.is_seldom[0]) == (0, False)


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="cannot be above"):
        togetherness([[5]], [4], [[6]], [10])


def test_a_change_inside_strata_is_not_made_by_strata_that_grow():
    # 10% in the one stratum and 90% in the other, before and after; the second one grows
    found = change_in_strata([[10], [9]], [100, 10], [[1], [90]], [10, 100])
    assert found.difference[0] == pytest.approx(0)
    assert (found.rises[0], found.falls[0]) == (False, False)


def test_one_stratum_has_the_difference_and_the_variance_of_two_shares():
    found = change_in_strata([[20, 50]], [100], [[60, 20]], [200])
    assert found.difference == pytest.approx([0.1, -0.4])
    se = np.sqrt(0.2 * 0.8 / 100 + 0.3 * 0.7 / 200)
    assert found.high[0] - found.difference[0] == pytest.approx(1.96 * se)
    assert (found.rises.tolist(), found.falls.tolist()) == ([False, False], [False, True])


def test_strata_of_one_time_only_say_nothing():
    assert np.isnan(change_in_strata([[5]], [10], [[0]], [0]).difference[0])


@pytest.mark.parametrize(
    ("moves", "named", "expected"),
    [
        (([60], [20]), 100, True),
        (([60], [80]), 100, False),  # both rise
        (([20], [60]), 100, False),  # the one does not surely move
        (([60], [20]), 9, False),  # too few name the other
    ],
)
def test_a_replacement_needs_opposite_ways_and_enough_postings(moves, named, expected):
    together = togetherness(*counted(*make_strata(1, others=1)))
    one = change_in_strata([[20]], [100], [moves[0]], [100])
    other = change_in_strata([[60]], [100], [moves[1]], [100])
    assert seem_to_replace(together, one, other, [named]).tolist() == [expected]
