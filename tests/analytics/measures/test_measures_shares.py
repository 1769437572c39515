"""Small cells, skill groups, pay, and the mix of profiles."""

import math

import numpy as np
import pytest
from scipy import stats
from scipy.sparse import csr_matrix

from analytics.measures import (
    Reliability,
    Spread,
    covered,
    effective_number,
    effective_number_interval,
    group_coverage,
    label_mix,
    pay_quartiles,
    profile_mix,
    reliabilities,
    reliability,
    title_spread,
)


@pytest.mark.parametrize(
    ("n", "expected"),
    [(0, "withheld"), (9, "withheld"), (10, "thin"), (29, "thin"), (30, "ok"), (5000, "ok")],
)
def test_shares_of_few_postings_are_greyed_and_of_very_few_withheld(n, expected):
    assert reliability(n) == expected
    assert reliabilities([n]) == (expected,)
    assert reliability(n).is_shown is (expected != Reliability.WITHHELD)


MATRIX = csr_matrix(np.array([[1, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 0], [1, 0, 1, 1.0]]))
GROUPS = {"ml": np.array([0, 1]), "cloud": np.array([2, 3]), "empty": np.array([], int)}


def test_a_posting_covers_a_group_by_enough_of_its_skills():
    assert covered(MATRIX, GROUPS).tolist() == [
        [True, True, False],
        [True, False, False],
        [False, False, False],
        [True, True, False],
    ]
    assert covered(MATRIX, GROUPS, least=2)[:, 0].tolist() == [True, False, False, False]
    assert covered(MATRIX.toarray(), GROUPS).tolist() == covered(MATRIX, GROUPS).tolist()


def test_unicorns_cover_every_group_of_a_set():
    found = group_coverage(MATRIX, {"ml": GROUPS["ml"], "cloud": GROUPS["cloud"]})
    assert (found.groups, found.n) == (("ml", "cloud"), 4)
    assert (found.by_group.tolist(), found.by_number.tolist()) == ([3, 2], [1, 1, 2])
    assert (found.unicorns, found.unicorn_share) == (2, 0.5)
    assert found.unicorn_interval == pytest.approx((0.1500, 0.8500), abs=1e-4)


def test_no_postings_have_no_share_of_unicorns():
    found = group_coverage(MATRIX[:0], GROUPS)
    assert (found.n, found.unicorns, math.isnan(found.unicorn_share)) == (0, 0, True)


def test_coverage_of_no_groups_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        group_coverage(MATRIX, {})


def test_pay_is_quartiles_beside_how_many_postings_state_it():
    found = pay_quartiles([100, 140, np.nan, 120, np.nan, 200, 110], n=10)
    assert (found.n, found.stated, found.coverage) == (10, 5, 0.5)
    assert (found.low, found.median, found.high) == (110, 120, 140)
    assert math.isnan(found.median_low)
    assert found.reliability is Reliability.WITHHELD


def test_pay_that_nobody_states_has_no_quartiles():
    found = pay_quartiles([np.nan, np.nan])
    assert (found.n, found.stated, found.coverage) == (2, 0, 0)
    assert math.isnan(found.median)
    assert math.isnan(pay_quartiles([]).coverage)


def test_the_median_of_pay_lies_in_its_interval():
    found = pay_quartiles(np.random.default_rng(0).normal(100, 20, 400))
    assert found.low < found.median_low < found.median < found.median_high < found.high


def test_more_stated_pay_than_postings_is_refused():
    with pytest.raises(ValueError, match="of only 1"):
        pay_quartiles([1.0, 2.0], n=1)


MEMBERSHIPS = np.array([[0.5, 0.5, 0], [0.9, 0.1, 0], [0, 0.2, 0.8]])
TITLES = np.array([2, 2, 0])


def test_a_title_is_the_mean_of_the_memberships_of_its_postings():
    found = profile_mix(MEMBERSHIPS, TITLES, 3)
    assert found.n.tolist() == [1, 0, 2]
    assert found.share == pytest.approx(np.array([[0, 0.2, 0.8], [np.nan] * 3, [0.7, 0.3, 0]]), nan_ok=True)


def test_by_label_each_posting_counts_for_its_largest_membership():
    found = label_mix(MEMBERSHIPS, TITLES, 3)
    assert found.share == pytest.approx(np.array([[0, 0, 1], [np.nan] * 3, [1, 0, 0]]), nan_ok=True)


def test_a_mix_without_postings_is_empty():
    assert profile_mix(np.empty((0, 2)), np.empty(0, int), 2).n.tolist() == [0, 0]
    assert np.isnan(label_mix(np.empty((0, 2)), np.empty(0, int), 2).share).all()


def test_the_effective_number_of_roles_counts_an_even_mix_as_many_and_one_profile_as_one():
    found = effective_number([[1, 0, 0, 0], [0.25] * 4, [2, 2, 0, 0], [0] * 4])
    assert found == pytest.approx([1, 4, 2, np.nan], nan_ok=True)
    assert float(effective_number([0.7, 0.3])) == pytest.approx(math.exp(-0.7 * math.log(0.7) - 0.3 * math.log(0.3)))


def test_the_interval_of_the_effective_number_is_drawn_over_companies():
    rng = np.random.default_rng(0)
    own = rng.dirichlet([1.5, 0.5, 0.2, 0.2], 60)
    company = np.repeat(np.arange(60), 5)
    found = effective_number_interval(own[company], company, seed=1)
    assert found.observed == pytest.approx(float(effective_number(own.mean(axis=0))))
    assert found.low < found.observed < found.high
    by_posting = effective_number_interval(own[company], np.arange(300), seed=1)
    assert found.high - found.low > 1.8 * (by_posting.high - by_posting.low)


def test_a_skill_spreads_over_as_many_titles_as_hold_it_alike():
    assert title_spread([5, 0, 0]) == Spread(5, 0.0, 1.0)
    assert title_spread([5, 5, 5, 5]).effective == pytest.approx(4)
    found = title_spread([30, 10])
    assert found.entropy == pytest.approx(stats.entropy([30, 10]))
    assert (found.n, found.reliability) == (40, Reliability.OK)
    assert math.isnan(title_spread([0, 0]).entropy)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 7, 100])
def test_quartiles_are_those_of_numpy(n):
    values = np.random.default_rng(n).integers(30_000, 200_000, n).astype(float)

    found = pay_quartiles(values)

    assert (found.low, found.median, found.high) == pytest.approx(tuple(np.quantile(values, (0.25, 0.5, 0.75))))
