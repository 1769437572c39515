"""Shares of groups that may overlap, and the gaps between several groups."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.stats import chi2_contingency, hypergeom
from statsmodels.stats.proportion import proportions_chisquare

from analytics.measures import (
    benjamini_hochberg,
    change_between,
    clustered_covariance,
    difference_interval,
    directional_gap,
    gaps_between,
    sides_difference,
    sides_test,
    split_gap,
)

COUNTS = np.array([[30, 5, 80, 0, 1], [20, 9, 75, 0, 0], [45, 2, 60, 0, 2]])
SIZES = np.array([100, 90, 130])


def test_groups_that_share_nothing_are_tested_as_scipy_and_statsmodels_do():
    found = sides_test(COUNTS, np.diag(SIZES))

    for skill in (0, 1, 2, 4):
        table = [COUNTS[:, skill], SIZES - COUNTS[:, skill]]
        peer = chi2_contingency(table, correction=False)
        assert found.chi2[skill] == pytest.approx(peer.statistic)
        assert found.p[skill] == pytest.approx(peer.pvalue)
        assert found.p[skill] == pytest.approx(proportions_chisquare(COUNTS[:, skill], SIZES)[1])
    assert np.isnan(found.p[3])
    assert found.df == 2
    assert found.adjusted_p == pytest.approx(benjamini_hochberg(found.p), nan_ok=True)
    assert found.spread[2] == pytest.approx(75 / 90 - 60 / 130)


def test_two_groups_get_the_p_values_of_the_test_of_a_pair():
    found = sides_test(COUNTS[:2], np.diag(SIZES[:2]))
    pair = change_between(COUNTS[1], 90, COUNTS[0], 100)

    assert found.p == pytest.approx(pair.p, nan_ok=True)
    assert found.adjusted_p == pytest.approx(pair.adjusted_p, nan_ok=True)


def test_two_groups_with_common_postings_are_tested_as_partly_overlapping_samples():
    shared = np.array([[100, 40], [40, 90]])
    found = sides_test(COUNTS[:2], shared)

    share = COUNTS[:2] / SIZES[:2, None]
    pooled = COUNTS[:2].sum(axis=0) / 190
    with np.errstate(invalid="ignore"):
        z = (share[0] - share[1]) / np.sqrt(pooled * (1 - pooled) * (1 / 100 + 1 / 90 - 2 * 40 / (100 * 90)))
    assert found.chi2 == pytest.approx(np.nan_to_num(z**2))


def test_a_group_that_is_two_others_together_takes_a_degree_of_freedom_away():
    whole = COUNTS[0] + COUNTS[1]
    shared = [[100, 0, 100], [0, 90, 90], [100, 90, 190]]

    found = sides_test([COUNTS[0], COUNTS[1], whole], shared)

    assert found.df == 1
    assert found.chi2[0] == pytest.approx(sides_test(COUNTS[:2], np.diag(SIZES[:2])).chi2[0])


def test_equal_groups_that_overlap_are_told_apart_one_time_in_twenty():
    counts, _, sizes, n_both = overlapping(skills=4000, share=0.3)

    p = sides_test(counts, [[sizes[0], n_both], [n_both, sizes[1]]]).p

    assert np.mean(p < 0.05) == pytest.approx(0.05, abs=0.01)
    blind = sides_test(counts, np.diag(sizes)).p
    assert np.mean(blind < 0.05) < 0.02  # as if they shared nothing: far too careful


def test_the_interval_of_a_difference_covers_it_whether_groups_overlap_or_not():
    counts, both, sizes, n_both = overlapping(skills=4000, share=0.3)

    found = sides_difference((counts[0], sizes[0]), (counts[1], sizes[1]), (both, n_both))

    assert np.mean((found.low <= 0) & (found.high >= 0)) == pytest.approx(0.95, abs=0.012)
    apart = sides_difference((counts[0], sizes[0]), (counts[1], sizes[1]), (np.zeros_like(both), 0))
    low, high = difference_interval((counts[1], sizes[1]), (counts[0], sizes[0]))
    assert (apart.low == low).all()
    assert (apart.high == high).all()
    assert ((found.high - found.low) < (apart.high - apart.low)).mean() > 0.99


def test_postings_that_are_alike_inside_companies_make_no_difference_surer_than_it_is():
    sums, sizes = of_alike_companies(skills=1500)
    counts = [side[:, :-1].sum(axis=0) for side in sums]
    covariance = clustered_covariance(sums)

    blind = sides_test(counts, np.diag(sizes)).p
    p = sides_test(counts, np.diag(sizes), covariance=covariance).p
    found = sides_difference(
        *((count, size) for count, size in zip(counts, sizes, strict=True)), (np.zeros(1500), 0), covariance=covariance
    )

    assert np.mean(blind < 0.05) > 0.15
    assert np.mean(p < 0.05) == pytest.approx(0.055, abs=0.02)
    assert np.mean((found.low <= 0) & (found.high >= 0)) == pytest.approx(0.94, abs=0.025)


def test_the_covariance_of_companies_of_one_posting_is_that_of_independent_postings():
    held = np.random.default_rng(2).random((400, 5)) < np.linspace(0.1, 0.9, 5)
    sums = [np.column_stack((held, np.ones(400))) * (np.arange(400) % 2 == side)[:, None] for side in (0, 1)]

    found = clustered_covariance(sums)

    share = np.array([held[side::2].mean(axis=0) for side in (0, 1)])
    assert found[:, [0, 1], [0, 1]] == pytest.approx((share * (1 - share) / 200).T, rel=0.01)
    assert found[:, 0, 1] == pytest.approx(np.zeros(5), abs=1e-9)
    both = clustered_covariance([sums[0], sums[0]])
    assert both[:, 0, 1] == pytest.approx(both[:, 0, 0])


def test_what_one_company_does_alone_is_not_sure():
    sums = [np.column_stack((np.zeros(40), np.full(40, 20.0))) for _ in range(2)]
    sums[0][7, 0] = 20

    sizes = np.diag([800, 800])

    assert sides_test([[20], [0]], sizes).p[0] < 0.001
    assert sides_test([[20], [0]], sizes, covariance=clustered_covariance(sums)).p[0] > 0.2


def test_a_group_without_postings_is_refused():
    with pytest.raises(ValueError, match="needs postings"):
        sides_test([[0], [1]], [[0, 0], [0, 3]])


def test_gaps_by_groups_are_those_of_the_two_groups_with_much_the_same_interval():
    matrix, is_first, company = two_groups()

    there, back = (directional_gap(matrix, side, company, seed=1) for side in (is_first, ~is_first))
    found = gaps_between([sums(matrix, company, side) for side in (is_first, ~is_first)])

    for gap, peer in ((found[0, 1], there), (found[1, 0], back)):
        assert gap.value == pytest.approx(peer.value)
        assert gap.parts == pytest.approx(peer.parts)
        assert (gap.n_first, gap.n_second) == (peer.n_first, peer.n_second)
        assert gap.high - gap.low == pytest.approx(peer.high - peer.low, rel=0.35)
        assert gap.low < gap.value < gap.high


def test_the_gap_by_chance_is_that_of_shuffled_postings():
    matrix, is_first, company = two_groups()
    first, second = (np.asarray(matrix[side].sum(axis=0)).ravel() for side in (is_first, ~is_first))

    chance = split_gap(first, second, (int(is_first.sum()), int((~is_first).sum())))

    assert chance == pytest.approx(directional_gap(matrix, is_first, company, seed=1).chance, rel=0.1)
    assert chance == pytest.approx(directional_gap(matrix, ~is_first, company, seed=1).chance, rel=0.1)


@pytest.mark.parametrize(("held", "sizes"), [(1, (300, 200)), (3, (20, 900)), (40, (60, 50)), (110, (60, 50))])
def test_the_chance_of_one_skill_is_the_mean_deviation_of_a_hypergeometric_number(held, sizes):
    n1, n = sizes[0], sum(sizes)
    number = np.arange(n1 + 1)
    share = hypergeom(n, held, n1).pmf(number)
    expected = (share * np.maximum((held - number) / sizes[1] - number / n1, 0)).sum() / (held / n)

    assert split_gap([held], [0], sizes) == pytest.approx(expected)


def test_gaps_of_two_groups_of_companies_have_no_interval():
    found = gaps_between([np.array([[3.0, 10], [1, 8]]), np.array([[8.0, 9], [7, 8]])])[0, 1]

    assert found.value == pytest.approx(1 - (4 / 18) / (15 / 17))
    assert np.isnan([found.low, found.high]).all()


def overlapping(*, skills, share):
    """Holders of many skills in two groups of 300 and 200 postings that have 120 in common."""
    rng = np.random.default_rng(4)
    alone, other, both = (rng.binomial(n, share, skills) for n in (180, 80, 120))
    return np.stack([alone + both, other + both]), both, (300, 200), 120


def of_alike_companies(*, skills):
    """Sums by 50 companies each on two sides of about 500 postings; a company's postings are alike, the sides equal."""
    rng = np.random.default_rng(5)
    sums = []
    for _ in range(2):
        size = rng.integers(2, 19, 50)
        taste = rng.beta(1.5, 3.5, (50, skills))
        sums.append(np.column_stack((rng.binomial(size[:, None], taste), size)).astype(float))
    return sums, [int(side[:, -1].sum()) for side in sums]


def two_groups():
    """Six hundred postings of 120 companies; companies differ, and so do the two groups."""
    rng = np.random.default_rng(3)
    company = rng.integers(0, 120, 600)
    is_first = rng.random(600) < 0.4
    taste = rng.normal(0, 0.08, (120, 40))
    share = np.clip(np.linspace(0.05, 0.6, 40) + taste[company] + 0.2 * is_first[:, None] * (np.arange(40) < 8), 0, 1)
    return csr_matrix((rng.random((600, 40)) < share).astype(float)), is_first, company


def sums(matrix, company, side):
    """[60 groups of companies, skills + 1]."""
    found = np.zeros((60, matrix.shape[1] + 1))
    for row in np.flatnonzero(side):
        found[company[row] % 60, :-1] += matrix[row].toarray()[0]
        found[company[row] % 60, -1] += 1
    return found
