"""What chance makes of two large groups, from their counts."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.stats import hypergeom

from analytics.measures import js_distance, permutation_band
from analytics.measures.splits import _distances, split_band, split_counts


def test_counts_are_drawn_as_a_random_split_of_the_postings_draws_them():
    held, sizes = np.array([3, 40, 900, 5000]), (6000, 4000)

    drawn = split_counts(held, sizes, seed=1, rounds=4000)

    expected = hypergeom(sum(sizes), held, sizes[0])
    assert drawn.mean(axis=0) == pytest.approx(expected.mean(), rel=0.01)
    assert drawn.std(axis=0) == pytest.approx(expected.std(), rel=0.05)
    assert np.all((drawn >= 0) & (drawn <= held))


def test_a_split_by_counts_comes_to_what_shuffled_postings_come_to():
    rng = np.random.default_rng(2)
    matrix = csr_matrix(rng.random((6000, 40)) < np.linspace(0.02, 0.4, 40))
    is_first = np.arange(6000) < 2500
    first, second = (np.asarray(matrix[side].sum(axis=0)).ravel() for side in (is_first, ~is_first))

    found = split_band(first, second, (2500, 3500), seed=3, rounds=300)
    shuffled = permutation_band(matrix.astype(float), is_first, seed=3, rounds=300)

    assert found.observed == pytest.approx(shuffled.observed)
    assert found.mean == pytest.approx(shuffled.mean, rel=0.02)
    assert (found.low, found.high) == pytest.approx((shuffled.low, shuffled.high), rel=0.1)
    assert split_band(first, second, (2500, 3500), seed=3, rounds=300) == found


def test_distances_from_entropies_are_jensen_shannon_distances():
    rng = np.random.default_rng(4)
    first, second = rng.integers(0, 50, (7, 60)).astype(float), rng.integers(0, 9, (7, 60)).astype(float)

    assert _distances(first, second) == pytest.approx(js_distance(first, second), abs=1e-9)


def test_two_groups_that_ask_for_other_things_lie_above_their_band():
    first, second = np.array([9000, 100, 5000, 0]), np.array([100, 9000, 5000, 0])

    found = split_band(first, second, (10_000, 10_000), seed=1)

    assert found.observed == pytest.approx(float(js_distance(first, second)))
    assert found.high < found.observed / 5


def test_more_holders_than_postings_are_refused():
    with pytest.raises(ValueError, match="between 0 and the size"):
        split_band([5], [1], (4, 4), seed=1)
