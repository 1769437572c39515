import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import jensenshannon

from analytics.profiles import js_distances, match_profiles, on_skills
from tests.analytics.profiles.make_planted import make_planted

RATES = make_planted(profiles=4).rates


def test_profiles_are_recognised_in_any_order_and_at_any_scale():
    assert match_profiles(RATES, RATES[[2, 0, 3, 1]] * 1000) == [2, 0, 3, 1]


def test_a_new_profile_continues_none():
    new = np.vstack([RATES[1], np.roll(RATES[0], 45)])
    assert match_profiles(RATES, new) == [1, None]


def test_a_profile_that_split_continues_in_its_nearer_half():
    near, far = RATES[0].copy(), RATES[0].copy()
    near[8:10] /= 3
    far[2:10] /= 6
    assert match_profiles(RATES[:1], np.vstack([far, near])) == [None, 0]


def test_nothing_within_the_limit_is_no_match():
    assert match_profiles(RATES[:2], RATES[2:]) == [None, None]


def test_without_old_profiles_all_are_new():
    assert match_profiles(np.empty((0, 60)), RATES) == [None] * 4


def test_a_hopeless_pair_does_not_bend_a_good_one():
    # Distances 0.13 and 0.22 to the first, 0.45 and 0.56 to the second: the least sum takes 0.22 and 0.45.
    old = np.array([[9.0, 2, 8, 4], [7, 0, 7, 4]])
    new = np.array([[7.0, 2, 10, 7], [1, 10, 8, 8]])
    assert match_profiles(old, new) == [0, None]


def test_distances_are_those_of_scipy():
    expected = [[jensenshannon(p, q, base=2) for q in RATES] for p in RATES]
    np.testing.assert_allclose(js_distances(RATES, RATES), expected, atol=1e-7)


@given(arrays(float, (2, 5), elements=st.floats(0.0, 10.0)).filter(lambda a: (a.sum(axis=1) > 1e-3).all()))
def test_distances_stay_between_zero_and_one_and_are_symmetric(weights):
    there = js_distances(weights[:1], weights[1:])[0, 0]
    assert 0 <= there <= 1
    assert there == pytest.approx(js_distances(weights[1:], weights[:1])[0, 0], abs=1e-7)


def test_two_runs_meet_on_the_same_skills():
    moved = on_skills(np.array([[1.0, 2.0, 3.0]]), ["sql", "r", "java"], target=["java", "go", "sql"])
    np.testing.assert_array_equal(moved, [[3.0, 0.0, 1.0]])
