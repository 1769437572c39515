from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from analytics.profiles import FitSettings, TooFewPostings, coarse_of, fit_profiles, profiles_for
from tests.analytics.profiles.make_planted import NESTED, make_planted, make_postings

QUICK = FitSettings(n_profiles=3, bootstraps=3, splits=2)


def make_kinds(soft=0, domain=0, spoken=0):
    others = ["soft"] * soft + ["domain"] * domain + ["spoken"] * spoken
    return ["tool"] * 30 + ["method"] * 20 + ["language"] * 10 + others


@pytest.fixture(scope="module")
def planted():
    return make_planted(n=600, profiles=3)


@pytest.fixture(scope="module")
def fit(planted):
    return fit_profiles(make_postings(planted.X), settings=QUICK)


def test_every_posting_gets_memberships_that_add_up_to_one(fit):
    assert fit.memberships.dtype == np.float32
    assert fit.memberships.shape == (600, 3)
    np.testing.assert_allclose(fit.memberships.sum(axis=1), 1.0, atol=1e-6)


def test_planted_families_are_the_coarse_profiles_and_their_parts_the_fine_ones(nested, nested_fit):
    coarse = coarse_of(nested_fit.memberships, nested_fit.model.parents)
    assert coarse.shape[1] == 5
    assert adjusted_rand_score(nested.profile // 2, coarse.argmax(axis=1)) > 0.9
    assert np.bincount(nested_fit.model.parents).tolist() == [2, 2, 2, 2, 2]
    assert adjusted_rand_score(nested.profile, nested_fit.memberships.argmax(axis=1)) > 0.8


def test_a_coarse_profile_is_the_sum_of_its_parts(nested_fit):
    coarse, fine, parents = nested_fit.levels["coarse"], nested_fit.levels["fine"], nested_fit.model.parents
    np.testing.assert_allclose(np.bincount(parents, fine.weights), coarse.weights)
    np.testing.assert_allclose(np.bincount(parents, fine.sizes), coarse.sizes)
    for number in range(len(coarse.weights)):
        np.testing.assert_allclose(fine.counts[parents == number].sum(axis=0), coarse.counts[number])


@pytest.mark.slow
def test_profiles_that_have_no_parts_are_left_whole():
    chance = make_planted(n=1500, profiles=5, skills=60)
    fit = fit_profiles(make_postings(chance.X), settings=NESTED)
    assert len(fit.model.parents) == len(fit.levels["coarse"].weights)
    np.testing.assert_array_equal(fit.levels["fine"].profile_skills, fit.levels["coarse"].profile_skills)


def test_sizes_rates_and_weights_belong_together(planted, fit):
    for level in fit.levels.values():
        assert level.sizes.sum() == pytest.approx(fit.trained.sum())
        assert level.weights.sum() == pytest.approx(1.0)
        np.testing.assert_allclose(
            (level.rates * level.sizes[:, None]).sum(axis=0), planted.X[np.flatnonzero(fit.trained)].sum(axis=0)
        )


def test_postings_with_few_technical_skills_are_thin_and_do_not_teach(planted, fit):
    named = np.asarray(planted.X.sum(axis=1)).ravel()
    np.testing.assert_array_equal(fit.thin, named < 3)
    assert not (fit.trained & fit.thin).any()


@pytest.mark.slow
def test_a_posting_that_is_not_eligible_does_not_teach_but_has_memberships(planted):
    eligible = np.arange(600) % 2 == 0
    fit = fit_profiles(make_postings(planted.X, eligible=eligible), settings=QUICK)
    alone = fit_profiles(make_postings(planted.X[np.flatnonzero(eligible)]), settings=QUICK)
    np.testing.assert_array_equal(fit.model.tree.fine.skills, alone.model.tree.fine.skills)
    np.testing.assert_allclose(fit.memberships.sum(axis=1), 1.0, atol=1e-6)


@pytest.mark.slow
def test_soft_skills_domains_and_human_languages_are_counted_but_make_no_profiles(planted, fit):
    rng = np.random.default_rng(4)
    other = sparse.csr_array((rng.random((600, 8)) < 0.5).astype(float))
    wide = sparse.csr_array(sparse.hstack([planted.X, other]))
    again = fit_profiles(make_postings(wide, kinds=make_kinds(soft=4, domain=3, spoken=1)), settings=QUICK)
    np.testing.assert_array_equal(again.memberships, fit.memberships)
    fine = again.levels["fine"]
    assert not fine.profile_skills[:, 60:].any()
    assert not fine.technical[60:].any()
    assert fine.rates[:, 60:].min() > 0.3


@pytest.mark.slow
def test_rare_skills_are_left_out(planted):
    rare = sparse.csr_array((np.ones(3), ([0, 1, 2], [0, 0, 0])), shape=(600, 1))
    wide = sparse.csr_array(sparse.hstack([planted.X, rare]))
    fit = fit_profiles(make_postings(wide), settings=QUICK)
    assert "skill 60" not in fit.model.skills
    assert fit.levels["fine"].counts[:, 60].sum() == pytest.approx(fit.trained[:3].sum())


@pytest.mark.slow
def test_a_skill_that_one_company_names_above_all_makes_no_profiles(planted):
    own = sparse.csr_array((np.ones(100), (np.arange(100), np.zeros(100, int))), shape=(600, 1))
    wide = sparse.csr_array(sparse.hstack([planted.X, own]))
    spread, single = np.arange(600), np.where(np.arange(600) < 80, 7, np.arange(600) + 10)
    told = [
        "skill 60" in fit_profiles(make_postings(wide, companies=companies), settings=QUICK).model.skills
        for companies in (spread, single, np.full(600, -1))
    ]
    assert told == [True, False, True]


@pytest.mark.slow
def test_any_order_of_the_postings_gives_the_same_fit_to_the_last_bit(nested, nested_fit):
    order = np.random.default_rng(2).permutation(1500)
    again = fit_profiles(make_postings(nested.X[order]), settings=NESTED)
    np.testing.assert_array_equal(again.memberships, nested_fit.memberships[order])
    for level in ("coarse", "fine"):
        np.testing.assert_array_equal(again.levels[level].counts, nested_fit.levels[level].counts)
        np.testing.assert_array_equal(again.levels[level].stability.jaccard, nested_fit.levels[level].stability.jaccard)


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 2])
def test_one_and_two_threads_give_the_same_bits(nested, nested_fit, threads):
    with threadpool_limits(limits=threads):
        again = fit_profiles(make_postings(nested.X), settings=NESTED)
    np.testing.assert_array_equal(again.memberships, nested_fit.memberships)
    np.testing.assert_array_equal(again.levels["fine"].counts, nested_fit.levels["fine"].counts)
    assert again.agreements == nested_fit.agreements


@pytest.mark.slow
def test_another_seed_finds_the_same_planted_profiles(planted, fit):
    other = fit_profiles(make_postings(planted.X), settings=replace(QUICK, seed=11))
    assert (other.memberships.argmax(1) == fit.memberships.argmax(1)).mean() > 0.98


def test_planted_profiles_are_stable_on_both_levels(nested_fit):
    for level in nested_fit.levels.values():
        assert level.stability.jaccard.min() > 0.7
        assert level.stability.agreement > 0.7
        assert not level.stability.unstable.any()


@pytest.mark.slow
def test_small_data_carries_fewer_profiles_and_says_so(planted):
    few = np.arange(600) < 100
    fit = fit_profiles(make_postings(planted.X, eligible=few), settings=replace(QUICK, n_profiles=8))
    assert len(fit.model.parents) < 8
    assert f"carry {len(fit.model.parents)} profiles, not 8" in fit.note


def test_too_little_to_learn_from_is_said_in_a_sentence(planted):
    with pytest.raises(TooFewPostings, match="Only 40 postings"):
        fit_profiles(make_postings(planted.X, eligible=np.arange(600) < 40), settings=QUICK)


def test_more_postings_never_carry_fewer_profiles():
    carried = [profiles_for(n, asked=12) for n in range(60, 4000, 7)]
    assert carried == sorted(carried)
    assert (carried[0], carried[-1]) == (2, 12)
