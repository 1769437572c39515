import numpy as np
import pytest
from scipy import sparse

from analytics.profiles import FitSettings, fit_profiles
from analytics.profiles.scoring import score_profiles
from tests.analytics.profiles.make_planted import make_nested, make_postings


@pytest.fixture(scope="module")
def planted():
    return make_nested()


@pytest.fixture(scope="module")
def fit(planted):
    return fit_profiles(make_postings(planted.X), settings=FitSettings(n_profiles=10, bootstraps=1, splits=2))


def scored(fit, X, **values):
    return score_profiles(make_postings(X, **values), fit.model, [level.stability for level in fit.levels.values()])


def test_scoring_what_was_learned_from_gives_what_the_fit_gave(planted, fit):
    again = scored(fit, planted.X)

    np.testing.assert_array_equal(again.memberships, fit.memberships)
    np.testing.assert_array_equal(again.trained, fit.trained)
    for name, level in fit.levels.items():
        np.testing.assert_allclose(again.levels[name].counts, level.counts)
        np.testing.assert_allclose(again.levels[name].sizes, level.sizes)
        np.testing.assert_array_equal(again.levels[name].profile_skills, level.profile_skills)
        np.testing.assert_array_equal(again.levels[name].stability.jaccard, level.stability.jaccard)


def test_new_postings_change_the_sizes_and_no_membership_of_the_others(planted, fit):
    more = make_nested(n=200, seed=9).X

    again = scored(fit, sparse.csr_array(sparse.vstack([planted.X, more])))

    np.testing.assert_array_equal(again.memberships[:1500], fit.memberships)
    fine = again.levels["fine"]
    np.testing.assert_allclose(fine.sizes, again.memberships[again.trained].sum(axis=0), rtol=1e-4)
    np.testing.assert_allclose(fine.weights, fine.sizes / again.trained.sum(), rtol=1e-5)
    np.testing.assert_allclose(again.levels["coarse"].sizes.sum(), fine.sizes.sum())


def test_postings_that_may_not_teach_are_scored_and_left_out_of_the_sizes(planted, fit):
    eligible = np.arange(1500) % 2 == 0

    again = scored(fit, planted.X, eligible=eligible)

    np.testing.assert_array_equal(again.memberships, fit.memberships)
    assert again.levels["fine"].sizes.sum() == pytest.approx((eligible & ~fit.thin).sum(), rel=1e-5)


def test_a_model_whose_skills_are_gone_asks_for_a_fit(planted, fit):
    with pytest.raises(KeyError):
        scored(fit, sparse.csr_array(planted.X[:, :60]))


def test_postings_of_which_none_would_teach_ask_for_a_fit(planted, fit):
    with pytest.raises(ValueError, match="None of the postings"):
        scored(fit, planted.X, eligible=np.zeros(1500, bool))
