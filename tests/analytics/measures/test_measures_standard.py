import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.measures import distance_from_rest, draws_like, js_distance, standardised_shares


def test_others_are_weighted_to_the_group_s_own_mix():
    """Three quarters engineers, one quarter analysts: the others' shares by hand."""
    found = standardised_shares([30, 10], [[50, 0], [10, 40]], [100, 50])

    assert found.share == pytest.approx([0.75 * 0.5 + 0.25 * 0.2, 0.25 * 0.8])
    assert found.n == pytest.approx(1 / (0.75**2 / 100 + 0.25**2 / 50))
    assert found.compared == 40


def test_a_stratum_that_nobody_else_has_is_left_out():
    found = standardised_shares([30, 10], [[50, 0], [0, 0]], [100, 0])

    assert found.share == pytest.approx([0.5, 0])
    assert (found.compared, found.used.tolist()) == (30, [True, False])


def test_without_any_others_there_is_no_share():
    found = standardised_shares([30], [[0, 0]], [0])

    assert np.isnan(found.share).all()
    assert (found.n, found.compared) == (0, 0)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=5))
def test_the_group_s_own_mix_never_stands_for_more_postings_than_there_are(sizes):
    """Weights in the proportions of the others are the best there are: then it is all of them."""
    counts = np.ones((len(sizes), 1))

    assert standardised_shares(sizes, counts, sizes).n == pytest.approx(sum(sizes))
    assert standardised_shares(sizes[::-1], counts, sizes).n <= sum(sizes) + 1e-9


def test_draws_have_as_many_of_each_source_as_the_group_and_none_twice():
    own, pool = np.array([1, 1, 2]), np.array([1] * 5 + [2] * 4 + [3] * 9)

    for places in draws_like(own, pool, seed=1, rounds=20):
        assert sorted(pool[places].tolist()) == [1, 1, 2]
        assert len(set(places.tolist())) == 3


def test_the_same_seed_gives_the_same_draws():
    own, pool = np.array([1, 1]), np.ones(30, np.int64)
    first, again = ([places.tolist() for places in draws_like(own, pool, seed=3, rounds=5)] for _ in range(2))

    assert first == again
    assert len({tuple(places) for places in first}) > 1


def test_a_group_is_set_against_all_others_without_itself():
    total, own = np.array([10, 10, 4]), np.array([5, 0, 4])

    found = distance_from_rest(own, total, [[3, 3, 1], [4, 2, 1]])

    assert found.observed == pytest.approx(float(js_distance(own, total - own)))
    assert found.observed > found.high


def test_a_group_like_all_others_lies_inside_its_band():
    rng = np.random.default_rng(0)
    ads = rng.random((400, 30)) < 0.3
    source = np.zeros(400, np.int64)
    total, inside = ads.sum(axis=0), 0
    for trial in range(40):
        rows = rng.choice(400, 20, replace=False)
        drawn = [ads[places].sum(axis=0) for places in draws_like(source[rows], source, seed=trial, rounds=60)]
        found = distance_from_rest(ads[rows].sum(axis=0), total, drawn)
        inside += found.low <= found.observed <= found.high

    assert inside >= 34
