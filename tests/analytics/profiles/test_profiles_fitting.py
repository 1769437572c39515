from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from analytics.profiles import FitSettings, TooFewPostings, fit_profiles, profiles_for
from tests.analytics.profiles.make_planted import make_planted

QUICK = FitSettings(n_profiles=3, bootstraps=3, splits=2, n_init=2)


def make_kinds(soft=0, domain=0, spoken=0):
    others = ["soft"] * soft + ["domain"] * domain + ["spoken"] * spoken
    return ["tool"] * 30 + ["method"] * 20 + ["language"] * 10 + others


@pytest.fixture(scope="module")
def planted():
    return make_planted(n=600, profiles=3)


@pytest.fixture(scope="module")
def fit(planted):
    return fit_profiles(planted.X, kinds=make_kinds(), eligible=np.ones(600, bool), settings=QUICK)


def test_every_posting_gets_memberships_that_add_up_to_one(fit):
    assert fit.memberships.dtype == np.float32
    assert fit.memberships.shape == (600, 3)
    np.testing.assert_allclose(fit.memberships.sum(axis=1), 1.0, atol=1e-6)


def test_sizes_rates_and_weights_belong_together(planted, fit):
    assert fit.sizes.sum() == pytest.approx(fit.trained.sum())
    assert fit.weights.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(
        (fit.rates * fit.sizes[:, None]).sum(axis=0), planted.X[np.flatnonzero(fit.trained)].sum(axis=0)
    )


def test_postings_with_few_technical_skills_are_thin_and_do_not_teach(planted, fit):
    named = np.asarray(planted.X.sum(axis=1)).ravel()
    np.testing.assert_array_equal(fit.thin, named < 3)
    assert not (fit.trained & fit.thin).any()


def test_a_posting_that_is_not_eligible_does_not_teach_but_has_memberships(planted):
    eligible = np.arange(600) % 2 == 0
    fit = fit_profiles(planted.X, kinds=make_kinds(), eligible=eligible, settings=QUICK)
    kept = np.flatnonzero(eligible)
    alone = fit_profiles(planted.X[kept], kinds=make_kinds(), eligible=np.ones(300, bool), settings=QUICK)
    np.testing.assert_array_equal(fit.profile_skills, alone.profile_skills)
    np.testing.assert_allclose(fit.memberships.sum(axis=1), 1.0, atol=1e-6)


def test_a_posting_without_a_technical_skill_is_thin_and_has_the_weights(planted):
    empty = sparse.csr_array(sparse.vstack([planted.X, sparse.csr_array((1, 60))]))
    fit = fit_profiles(empty, kinds=make_kinds(), eligible=np.ones(601, bool), settings=QUICK)
    assert fit.thin[600]
    np.testing.assert_allclose(fit.memberships[600], fit.weights, atol=1e-6)


def test_soft_skills_domains_and_human_languages_are_counted_but_make_no_profiles(planted, fit):
    rng = np.random.default_rng(4)
    other = sparse.csr_array((rng.random((600, 8)) < 0.5).astype(float))
    wide = sparse.csr_array(sparse.hstack([planted.X, other]))
    again = fit_profiles(
        wide, kinds=make_kinds(soft=4, domain=3, spoken=1), eligible=np.ones(600, bool), settings=QUICK
    )
    np.testing.assert_array_equal(again.memberships, fit.memberships)
    assert not again.profile_skills[:, 60:].any()
    assert not again.technical[60:].any()
    assert again.rates[:, 60:].min() > 0.3


def test_rare_skills_are_left_out(planted):
    rare = sparse.csr_array((np.ones(3), ([0, 1, 2], [0, 0, 0])), shape=(600, 1))
    wide = sparse.csr_array(sparse.hstack([planted.X, rare]))
    fit = fit_profiles(wide, kinds=[*make_kinds(), "tool"], eligible=np.ones(600, bool), settings=QUICK)
    assert not fit.profile_skills[:, 60].any()
    assert fit.counts[:, 60].sum() == pytest.approx(fit.trained[:3].sum())


def test_any_order_of_the_postings_gives_the_same_fit_to_the_last_bit(planted, fit):
    order = np.random.default_rng(2).permutation(600)
    again = fit_profiles(planted.X[order], kinds=make_kinds(), eligible=np.ones(600, bool), settings=QUICK)
    np.testing.assert_array_equal(again.memberships, fit.memberships[order])
    np.testing.assert_array_equal(again.counts, fit.counts)
    np.testing.assert_array_equal(again.stability.jaccard, fit.stability.jaccard)
    assert again.stability.agreement == fit.stability.agreement


def test_another_seed_finds_the_same_planted_profiles(planted, fit):
    other = fit_profiles(planted.X, kinds=make_kinds(), eligible=np.ones(600, bool), settings=replace(QUICK, seed=11))
    assert (other.memberships.argmax(1) == fit.memberships.argmax(1)).mean() > 0.98


def test_planted_profiles_are_stable(fit):
    assert fit.stability.jaccard.min() > 0.9
    assert fit.stability.agreement > 0.9
    assert not fit.stability.unstable.any()


def test_small_data_carries_fewer_profiles_and_says_so(planted):
    few = np.arange(600) < 100
    settings = replace(QUICK, n_profiles=8)
    fit = fit_profiles(planted.X, kinds=make_kinds(), eligible=few, settings=settings)
    assert len(fit.weights) < 8
    assert str(len(fit.weights)) in fit.note


def test_too_little_to_learn_from_is_said_in_a_sentence(planted):
    with pytest.raises(TooFewPostings, match="Only 40 postings"):
        fit_profiles(planted.X, kinds=make_kinds(), eligible=np.arange(600) < 40, settings=QUICK)


def test_more_postings_never_carry_fewer_profiles():
    carried = [profiles_for(n, asked=12) for n in range(60, 4000, 7)]
    assert carried == sorted(carried)
    assert (carried[0], carried[-1]) == (2, 12)
