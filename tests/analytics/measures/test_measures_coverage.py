import numpy as np
import pytest

from analytics.measures import ON_ITS_OWN, covered_shares


def make_ads(n, *, companies, seed, has=0.4):
    """How many skills each of n ads names, and how many of them a person has who has 40% of each."""
    rng = np.random.default_rng(seed)
    asked = rng.integers(1, 20, n)
    return asked, rng.binomial(asked, has), rng.integers(0, companies, n)


def test_the_part_covered_is_what_is_had_of_all_that_is_asked():
    found = covered_shares([4, 6, 5], [1, 4, 0], np.array([0, 0, 1]), np.array([0, 1, 0]), groups=3)

    assert found.value[:2].tolist() == [0.5, 0.0]
    assert np.isnan(found.value[2])
    assert found.asked.tolist() == [10, 5, 0]


def test_it_is_the_sum_of_the_shares_that_are_had_over_the_sum_of_all():
    matrix = np.random.default_rng(1).random((50, 8)) < 0.4
    have = [0, 3, 5]

    found = covered_shares(matrix.sum(axis=1), matrix[:, have].sum(axis=1), np.zeros(50, int), np.arange(50), groups=1)

    shares = matrix.mean(axis=0)
    assert found.value[0] == pytest.approx(shares[have].sum() / shares.sum())


def test_the_interval_holds_the_truth_as_often_as_it_says():
    inside = 0
    for seed in range(400):
        asked, had, company = make_ads(150, companies=60, seed=seed)
        found = covered_shares(asked, had, np.zeros(150, int), company, groups=1)
        inside += bool(found.low[0] <= 0.4 <= found.high[0])

    assert 0.91 <= inside / 400 <= 0.98


def test_companies_whose_ads_are_alike_widen_the_interval():
    asked, had, _ = make_ads(40, companies=1, seed=2)
    alone = np.full(40, ON_ITS_OWN)
    copied = [np.tile(values, 5) for values in (asked, had)]

    once = covered_shares(asked, had, np.zeros(40, int), alone, groups=1)
    by_company = covered_shares(*copied, np.zeros(200, int), np.tile(np.arange(40), 5), groups=1)
    by_ad = covered_shares(*copied, np.zeros(200, int), np.full(200, ON_ITS_OWN), groups=1)

    width = [float((found.high - found.low)[0]) for found in (once, by_company, by_ad)]
    assert width[1] == pytest.approx(width[0])
    assert width[2] < 0.5 * width[1]


def test_of_one_company_alone_nothing_is_known():
    found = covered_shares([5, 5], [1, 2], np.zeros(2, int), np.zeros(2, int), groups=1)

    assert (found.low[0], found.high[0]) == (0.0, 1.0)


def test_many_groups_of_many_companies_take_the_room_of_the_ads_alone():
    """A table of all groups and companies would hold 40 billion cells."""
    asked, had, _ = make_ads(400, companies=1, seed=3)
    group, company = np.arange(400) % 2 * 19_999, np.arange(400) // 4 * 20_000

    found = covered_shares(asked, had, group, company, groups=20_000)
    few = covered_shares(asked, had, np.arange(400) % 2, np.arange(400) // 4, groups=2)

    assert found.low[[0, -1]].tolist() == few.low.tolist()


def test_more_cannot_be_had_than_is_asked():
    with pytest.raises(ValueError, match="no more"):
        covered_shares([1], [2], np.zeros(1, int), np.zeros(1, int), groups=1)
