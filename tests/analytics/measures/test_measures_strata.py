"""Samples by strata: everybody gets a share, nobody more than there is, and the whole is told without bias."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.measures import allot, stratified_share, weighted_n, wilson_interval

SIZES = st.lists(st.integers(0, 5000), min_size=1, max_size=9)


@given(SIZES, st.integers(0, 600), st.integers(0, 40))
def test_as_many_are_drawn_as_asked_for_and_never_more_than_there_are(sizes, size, least):
    drawn = allot(sizes, size, least=least)

    assert drawn.sum() == min(size, sum(sizes))
    assert (drawn <= sizes).all()
    assert (drawn >= 0).all()


@given(SIZES, st.integers(50, 600))
def test_every_stratum_gets_its_least_where_it_has_so_many(sizes, size):
    least = size // len(sizes)

    assert (allot(sizes, size, least=least) >= np.minimum(sizes, least)).all()


def test_beyond_the_least_it_goes_by_size():
    assert allot([9000, 900, 90, 10], 200, least=0).tolist() == [180, 18, 2, 0]
    assert allot([9000, 900, 90, 10], 200, least=20).tolist() == [138, 31, 21, 10]


def test_one_stratum_is_a_plain_share_with_wilsons_interval():
    found = stratified_share([45], [50], [9999])

    low, high = wilson_interval(45, 50)
    assert (found.value, found.low, found.high) == pytest.approx((0.9, float(low), float(high)))
    assert found.effective_n == pytest.approx(50)


def test_a_rare_stratum_that_was_drawn_often_weighs_what_it_is():
    found = stratified_share([38, 10], [40, 40], [9800, 200])

    assert found.value == pytest.approx(0.98 * 38 / 40 + 0.02 * 10 / 40)
    assert found.effective_n < 80


def test_strata_without_draws_are_told():
    found = stratified_share([9, 0], [10, 0], [300, 100])

    assert (found.value, found.covered) == (0.9, 0.75)
    assert stratified_share([0], [0], [5]).effective_n == 0


def test_the_interval_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(7)
    sizes, truth, ns = np.array([6000, 2500, 1200, 300]), np.array([0.95, 0.85, 0.7, 0.5]), np.array([90, 50, 35, 25])
    whole = (sizes * truth).sum() / sizes.sum()

    found = [stratified_share(rng.binomial(ns, truth), ns, sizes) for _ in range(2000)]

    assert 0.93 <= np.mean([one.low <= whole <= one.high for one in found]) <= 0.985


def test_things_that_count_alike_are_as_many_as_they_are():
    assert weighted_n(np.array([2, 2, 2])) == pytest.approx(3)
    assert weighted_n(np.array([9, 1])) == pytest.approx(100 / 82)
    assert weighted_n(np.array([])) == 0
