import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.spatial.distance import jensenshannon

from analytics.measures import TooFew, title_ambiguity, title_twins
from analytics.measures.ambiguity import MOST_COMPANIES

SKILLS = 30


def make_ads(rates, ads, seed):
    """Return (matrix, company): `ads` postings of each company, by its row of `rates` [c, k]."""
    company = np.repeat(np.arange(len(rates)), ads)
    drawn = np.random.default_rng(seed).random((len(company), rates.shape[1])) < rates[company]
    return csr_matrix(drawn.astype(float)), company


def mean_distance(matrix, company):
    profiles = [np.asarray(matrix[company == c].sum(0)).ravel() for c in np.unique(company)]
    pairs = [jensenshannon(p, q, base=2) for i, p in enumerate(profiles) for q in profiles[:i]]
    return np.mean(pairs)


def test_the_distance_between_companies_is_the_mean_over_their_pairs():
    matrix, company = make_ads(np.random.default_rng(0).uniform(0.1, 0.6, (5, SKILLS)), 8, seed=1)
    found = title_ambiguity(matrix, company, np.zeros(40, int), seed=1)
    assert found.chance.observed == pytest.approx(mean_distance(matrix, company))
    assert found.value == pytest.approx((found.chance.observed - found.chance.mean) / (1 - found.chance.mean))
    assert found.low < found.value < found.high
    assert found.is_beyond_chance


def outside_the_band(seeds):
    """Return how often shuffled companies lie outside their own band."""
    rng = np.random.default_rng(0)
    outside = 0
    for seed in range(seeds):
        matrix, company = make_ads(np.tile(rng.uniform(0.05, 0.5, SKILLS), (12, 1)), 9, seed)
        found = title_ambiguity(matrix, rng.permutation(company), rng.integers(0, 3, 108), seed=seed, rounds=60)
        outside += not found.chance.low <= found.chance.observed <= found.chance.high
    return outside


@pytest.mark.slow
def test_companies_that_ask_for_the_same_lie_inside_the_band():
    assert outside_the_band(20) <= 4  # 5% of 20, and some luck


@pytest.mark.slow
def test_companies_that_ask_for_the_same_lie_inside_the_band_nineteen_times_in_twenty():
    assert 2 <= outside_the_band(200) <= 18  # 5% of 200 is 10


def test_what_the_source_asks_for_is_no_ambiguity_of_the_title():
    rates = np.repeat([[0.6, 0.05], [0.05, 0.6]], 5, axis=0).repeat(SKILLS // 2, axis=1)
    matrix, company = make_ads(rates, 10, seed=3)
    by_source = title_ambiguity(matrix, company, company // 5, seed=1)
    everywhere = title_ambiguity(matrix, company, np.zeros(100, int), seed=1)
    assert by_source.chance.low <= by_source.chance.observed <= by_source.chance.high
    assert everywhere.is_beyond_chance
    assert everywhere.value > 10 * abs(by_source.value)


def test_the_company_that_differs_pulls_most_and_by_as_much_as_leaving_it_out_shows():
    rates = np.full((6, SKILLS), 0.3)
    rates[4, : SKILLS // 2], rates[4, SKILLS // 2 :] = 0.9, 0.02
    matrix, company = make_ads(rates, [12, 14, 9, 11, 10, 13], seed=2)
    found = title_ambiguity(matrix, company, np.zeros(69, int), seed=1)
    assert found.companies.tolist() == [1, 5, 0, 3, 4, 2]
    assert found.ads.tolist() == [14, 13, 12, 11, 10, 9]
    assert found.companies[found.strongest(1)].tolist() == [4]
    rest = company != 4
    without = title_ambiguity(matrix[rest], company[rest], np.zeros(59, int), seed=1)
    assert found.pull[4] == pytest.approx(found.value - without.value, abs=0.03)


def test_only_companies_with_enough_ads_that_name_skills_are_compared():
    matrix, company = make_ads(np.full((4, SKILLS), 0.3), [5, 5, 5, 4], seed=0)
    found = title_ambiguity(matrix, company, company, seed=1)
    assert sorted(found.companies.tolist()) == [0, 1, 2]
    assert found.fixed_ads == 15  # each company has a source of its own: no shuffle moves an ad
    assert found.chance.observed == pytest.approx(found.chance.mean, abs=1e-5)
    emptied = matrix.tolil()
    emptied[0] = 0
    with pytest.raises(TooFew, match="2 companies have 5 ads"):
        title_ambiguity(emptied.tocsr(), company, company, seed=1)
    with pytest.raises(TooFew, match="1 company has 5 ads"):
        title_ambiguity(matrix[:6], company[:6], company[:6], seed=1)


def test_the_companies_with_most_ads_speak_for_a_title_of_very_many():
    ads = np.full(MOST_COMPANIES + 5, 6)
    ads[:5] = 5
    matrix, company = make_ads(np.full((len(ads), 6), [1, 0.6, 0.6, 0.6, 0.6, 0.6]), ads, seed=0)
    found = title_ambiguity(matrix, company, np.zeros(len(company), int), seed=1, rounds=2)
    assert sorted(found.companies.tolist()) == list(range(5, MOST_COMPANIES + 5))


def test_the_same_seed_gives_the_same_ambiguity():
    matrix, company = make_ads(np.random.default_rng(0).uniform(0.1, 0.6, (5, SKILLS)), 8, seed=1)
    first, again, other = (title_ambiguity(matrix, company, company % 2, seed=s, rounds=20) for s in (1, 1, 2))
    assert (first.chance, first.low) == (again.chance, again.low)
    assert first.chance != other.chance


def make_titles(seed=0):
    """Return ads of three companies and two titles; title 1 of company 2 asks for what title 0 does elsewhere."""
    one, other = np.repeat([0.7, 0.05], 15), np.repeat([0.05, 0.7], 15)
    rates = np.stack([one, one, other, other, one])
    cells = np.array([(0, 0), (1, 0), (0, 1), (1, 1), (2, 1)])
    matrix, cell = make_ads(rates, 12, seed)
    return matrix, cells[cell, 0], cells[cell, 1]


def test_a_company_whose_title_is_what_others_call_otherwise_is_found():
    found = title_twins(*make_titles())
    assert {tuple(map(tuple, pair)) for pair in np.stack([found.company, found.title], axis=2).tolist()} == {
        ((0, 0), (2, 1)),
        ((1, 0), (2, 1)),
    }
    assert (found.cells, found.compared, found.close) == (5, 4, 2)
    assert found.ads.tolist() == [[12, 12], [12, 12]]
    assert (np.diff(found.distance) >= 0).all()
    assert (found.distance < found.within).all()


def test_the_distances_of_twins_are_those_of_their_cells():
    matrix, company, title = make_titles()
    profile = [
        np.asarray(matrix[(company == c) & (title == t)].sum(0)).ravel()
        for c, t in ((0, 0), (1, 0), (2, 1), (0, 1), (1, 1))
    ]
    found = title_twins(matrix, company, title)
    expected = sorted(jensenshannon(profile[i], profile[2], base=2) for i in (0, 1))
    assert found.distance == pytest.approx(expected)
    inside = [(0, 1), (2, 3), (2, 4), (3, 4)]
    assert found.within == pytest.approx(np.median([jensenshannon(profile[i], profile[j], base=2) for i, j in inside]))


def test_small_cells_and_single_companies_have_no_twins():
    matrix, company, title = make_titles()
    few = np.arange(len(company)) % 12 < 4
    with pytest.raises(TooFew, match="No title has two companies"):
        title_twins(matrix[few], company[few], title[few])
    assert len(title_twins(*make_titles(), most=1).distance) == 1
