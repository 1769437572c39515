from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from scipy.sparse import csr_matrix
from scipy.spatial.distance import jensenshannon

from analytics.measures import (
    band,
    bootstrap,
    bootstrap_distance,
    duncan_index,
    excess,
    js_distance,
    permutation_band,
)
from analytics.measures.pairs import js_pairs
from analytics.measures.resample import shuffles, sums_by, weighted_sums

counts = arrays(np.int64, 6, elements=st.integers(0, 50)).filter(lambda a: a.sum() > 0)


def make_postings(n, rates, seed):
    return (np.random.default_rng(seed).random((n, len(rates))) < rates).astype(float)


@given(counts, counts)
def test_the_distance_agrees_with_scipy(p, q):
    # scipy takes the root of a rounding error where the two are equal
    assert float(js_distance(p, q)) == pytest.approx(np.nan_to_num(jensenshannon(p, q, base=2)), abs=1e-7)


def test_the_distance_runs_from_the_same_mix_to_nothing_in_common():
    assert float(js_distance([1, 2, 3], [10, 20, 30])) == pytest.approx(0, abs=1e-7)
    assert float(js_distance([1, 1, 0, 0], [0, 0, 3, 4])) == 1


def test_rates_that_differ_by_rounding_are_at_a_distance_near_zero():
    rng = np.random.default_rng(0)
    rates = rng.random((5000, 6))
    found = js_distance(rates, rates * (1 + rng.normal(0, 1e-9, rates.shape)))
    assert ((found >= 0) & (found < 1e-6)).all()


def test_distances_broadcast_over_the_last_axis():
    profiles = np.array([[1, 0, 1], [0, 1, 1], [3, 3, 3]])
    table = js_distance(profiles[:, None, :], profiles[None, :, :])
    assert table.shape == (3, 3)
    assert table == pytest.approx(table.T)
    assert table[0, 1] == pytest.approx(jensenshannon(profiles[0], profiles[1], base=2))


def test_a_group_without_skills_is_at_no_known_distance():
    assert np.isnan(js_distance([0, 0], [1, 2]))


def test_negative_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        js_distance([1, -1], [1, 1])


def test_groups_that_ask_for_the_same_lie_inside_the_chance_band():
    matrix = csr_matrix(make_postings(400, np.full(20, 0.3), seed=1))
    found = permutation_band(matrix, np.arange(400) < 200, seed=5)
    assert found.low <= found.observed <= found.high
    assert excess(found) == pytest.approx(0, abs=0.03)


def test_groups_that_ask_for_other_skills_lie_beyond_it():
    matrix = make_postings(400, np.full(20, 0.3), seed=1)
    matrix[:200, :5] = 1
    found = permutation_band(csr_matrix(matrix), np.arange(400) < 200, seed=5)
    assert found.observed > found.high > found.mean > 0
    assert 0 < excess(found) < found.observed


def test_a_difference_between_sources_is_not_taken_for_one_between_groups():
    matrix = make_postings(400, np.full(20, 0.3), seed=1)
    source = np.repeat([0, 1], 200)
    matrix[source == 1, :5] = 1
    is_first = np.random.default_rng(2).random(400) < np.where(source == 1, 0.8, 0.2)
    everywhere = permutation_band(csr_matrix(matrix), is_first, seed=5)
    within = permutation_band(csr_matrix(matrix), is_first, seed=5, strata=source)
    assert everywhere.observed > everywhere.high
    assert within.low <= within.observed <= within.high


def test_the_same_seed_gives_the_same_band_and_another_seed_another():
    matrix = csr_matrix(make_postings(60, np.full(8, 0.4), seed=1))
    is_first = np.arange(60) < 20
    assert permutation_band(matrix, is_first, seed=5, rounds=30) == permutation_band(
        matrix, is_first, seed=5, rounds=30
    )
    assert permutation_band(matrix, is_first, seed=5, rounds=30) != permutation_band(
        matrix, is_first, seed=6, rounds=30
    )


def test_shuffling_within_strata_keeps_the_labels_of_each_stratum():
    rng = np.random.default_rng(0)
    strata = rng.integers(0, 4, 200)
    labels = rng.random(200) < 0.4
    for shuffled in shuffles(labels, seed=1, rounds=3, strata=strata):
        assert [shuffled[strata == s].sum() for s in range(4)] == [labels[strata == s].sum() for s in range(4)]
        assert (shuffled != labels).any()


def test_every_order_inside_a_stratum_is_as_likely():
    labels, strata = np.array([7, 8, 9, 5]), np.array([1, 1, 1, 0])
    seen = Counter(tuple(order) for order in shuffles(labels, seed=3, rounds=6000, strata=strata))
    assert {order[3] for order in seen} == {5}
    assert len(seen) == 6
    assert stats.chisquare(list(seen.values())).pvalue > 0.001


def test_sums_under_many_weights_are_the_sums_under_each():
    matrix = csr_matrix(make_postings(50, np.full(7, 0.4), seed=2))
    weights = np.random.default_rng(1).integers(0, 4, (8, 50)).astype(float)
    expected = weights @ matrix.toarray()
    assert np.concatenate(list(weighted_sums(matrix, weights, at_once=3))).tolist() == expected.tolist()
    assert np.concatenate(list(weighted_sums(matrix.toarray(), weights))).tolist() == expected.tolist()


def test_sums_by_company_are_the_sums_of_its_postings():
    matrix, company = make_postings(40, np.full(5, 0.4), seed=2), np.arange(40) % 3
    expected = [matrix[company == c].sum(0).tolist() for c in range(4)]
    assert sums_by(csr_matrix(matrix), company, 4).toarray().tolist() == expected


def test_the_share_of_a_mix_that_would_have_to_move():
    assert float(duncan_index([30, 70], [6, 4])) == pytest.approx(0.3)
    assert duncan_index([[1, 1, 0], [0, 0, 0]], [0, 0, 5]) == pytest.approx([1, np.nan], nan_ok=True)
    with pytest.raises(ValueError, match="negative"):
        duncan_index([-1, 1], [1, 1])


@given(arrays(np.int64, (5, 8), elements=st.integers(0, 9)))
def test_all_pairs_at_once_have_the_distances_of_each(rows):
    expected = js_distance(rows[:, None], rows[None, :])
    assert js_pairs(rows) == pytest.approx(expected, abs=1e-7, nan_ok=True)
    assert js_pairs(rows, dtype=np.float32) == pytest.approx(expected, abs=1e-3, nan_ok=True)


def test_pairs_of_negative_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        js_pairs([[1, -1], [1, 1]])


def test_the_bootstrap_of_a_mean_has_the_textbook_width():
    values = np.random.default_rng(3).normal(10, 2, 400)
    found = bootstrap(lambda w: float(np.average(values, weights=w)), 400, seed=1, rounds=1000)
    assert found.observed == pytest.approx(values.mean())
    assert found.high - found.low == pytest.approx(2 * 1.96 * values.std() / 20, rel=0.1)


def test_drawing_whole_companies_widens_an_interval_when_their_postings_are_alike():
    company = np.repeat(np.arange(20), 20)
    values = np.random.default_rng(3).normal(size=20)[company]
    by_posting = bootstrap(lambda w: float(np.average(values, weights=w)), 400, seed=1)
    by_company = bootstrap(lambda w: float(np.average(values, weights=w)), 400, seed=1, clusters=company)
    assert by_company.high - by_company.low > 3 * (by_posting.high - by_posting.low)


def test_the_bootstrap_interval_of_a_distance_surrounds_it():
    matrix = make_postings(400, np.full(20, 0.3), seed=1)
    matrix[:200, :5] = 1
    found = bootstrap_distance(csr_matrix(matrix), np.arange(400) < 200, seed=1, clusters=np.arange(400) // 4)
    assert found.low < found.observed < found.high
    assert found.observed == pytest.approx(float(js_distance(matrix[:200].sum(0), matrix[200:].sum(0))))


def test_draws_without_a_figure_are_left_out_of_the_interval():
    matrix = csr_matrix(np.array([[1.0, 0], [0, 1.0]]))
    found = bootstrap_distance(matrix, np.array([True, False]), seed=1, rounds=100)
    assert 0 < found.rounds < 100
    assert (found.low, found.high) == (1, 1)


@pytest.mark.slow
def test_a_figure_that_is_one_of_the_shuffles_lies_outside_their_band_one_time_in_twenty():
    draws = np.random.default_rng(0).normal(size=(4000, 41))
    bands = [band(float(row[0]), row[1:]) for row in draws]
    assert np.mean([not one.low <= one.observed <= one.high for one in bands]) == pytest.approx(0.05, abs=0.01)
