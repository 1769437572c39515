import numpy as np
import pytest
from scipy import sparse

from analytics.profiles.scoring import score_profiles
from tests.analytics.profiles.make_planted import make_nested, make_postings


def scored(nested_fit, X, **values):
    return score_profiles(
        make_postings(X, **values), nested_fit.model, [level.stability for level in nested_fit.levels.values()]
    )


def test_scoring_what_was_learned_from_gives_what_the_fit_gave(nested, nested_fit):
    again = scored(nested_fit, nested.X)

    np.testing.assert_array_equal(again.memberships, nested_fit.memberships)
    np.testing.assert_array_equal(again.trained, nested_fit.trained)
    for name, level in nested_fit.levels.items():
        np.testing.assert_allclose(again.levels[name].counts, level.counts)
        np.testing.assert_allclose(again.levels[name].sizes, level.sizes)
        np.testing.assert_array_equal(again.levels[name].profile_skills, level.profile_skills)
        np.testing.assert_array_equal(again.levels[name].stability.jaccard, level.stability.jaccard)


def test_new_postings_change_the_sizes_and_no_membership_of_the_others(nested, nested_fit):
    more = make_nested(n=200, seed=9).X

    again = scored(nested_fit, sparse.csr_array(sparse.vstack([nested.X, more])))

    np.testing.assert_array_equal(again.memberships[:1500], nested_fit.memberships)
    fine = again.levels["fine"]
    np.testing.assert_allclose(fine.sizes, again.memberships[again.trained].sum(axis=0), rtol=1e-4)
    np.testing.assert_allclose(fine.weights, fine.sizes / again.trained.sum(), rtol=1e-5)
    np.testing.assert_allclose(again.levels["coarse"].sizes.sum(), fine.sizes.sum())


def test_postings_that_may_not_teach_are_scored_and_left_out_of_the_sizes(nested, nested_fit):
    eligible = np.arange(1500) % 2 == 0

    again = scored(nested_fit, nested.X, eligible=eligible)

    np.testing.assert_array_equal(again.memberships, nested_fit.memberships)
    assert again.levels["fine"].sizes.sum() == pytest.approx((eligible & ~nested_fit.thin).sum(), rel=1e-5)


def test_a_model_whose_skills_are_gone_asks_for_a_fit(nested, nested_fit):
    with pytest.raises(KeyError):
        scored(nested_fit, sparse.csr_array(nested.X[:, :60]))


def test_postings_of_which_none_would_teach_ask_for_a_fit(nested, nested_fit):
    with pytest.raises(ValueError, match="None of the postings"):
        scored(nested_fit, nested.X, eligible=np.zeros(1500, bool))
