import json

import numpy as np
import pytest
from scipy import sparse
from threadpoolctl import threadpool_limits

from analytics.profiles import FitSettings, ProfileModel, coarse_of, fit_profiles
from tests.analytics.profiles.make_planted import make_nested, make_postings

NAMES = [f"skill {number}" for number in range(70)]


@pytest.fixture(scope="module")
def planted():
    return make_nested()


@pytest.fixture(scope="module")
def fit(planted):
    return fit_profiles(make_postings(planted.X), settings=FitSettings(n_profiles=10, bootstraps=1, splits=2))


def test_the_model_scores_its_own_postings_as_the_fit_did(planted, fit):
    scored = fit.model.memberships(planted.X, NAMES)
    np.testing.assert_array_equal(scored.fine, fit.memberships)
    np.testing.assert_array_equal(scored.thin, fit.thin)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_posting_scored_alone_has_the_same_bits_as_among_others(planted, fit, threads):
    with threadpool_limits(limits=threads):
        alone = np.vstack([fit.model.memberships(planted.X[[row]], NAMES).fine for row in range(60)])
    np.testing.assert_array_equal(alone, fit.memberships[:60])


def test_the_order_of_the_skills_changes_no_bit(planted, fit):
    order = np.random.default_rng(3).permutation(70)
    moved = sparse.csr_array(planted.X[:, order])
    np.testing.assert_array_equal(fit.model.memberships(moved, [NAMES[place] for place in order]).fine, fit.memberships)


def test_skills_that_the_model_does_not_know_are_left_out(planted, fit):
    wide = sparse.csr_array(sparse.hstack([np.ones((1500, 1)), planted.X]))
    scored = fit.model.memberships(wide, ["a new skill", *NAMES])
    np.testing.assert_array_equal(scored.fine, fit.memberships)


def test_a_posting_without_a_known_skill_has_the_weights_and_is_thin(fit):
    scored = fit.model.memberships(sparse.csr_array(np.ones((1, 2))), ["something", "else"])
    np.testing.assert_allclose(scored.fine[0], fit.model.weights("fine"), atol=1e-7)
    assert scored.thin.tolist() == [True]


def test_what_a_posting_has_of_a_coarse_profile_is_exactly_the_sum_of_its_parts(fit):
    coarse, parents = coarse_of(fit.memberships, fit.model.parents), fit.model.parents
    for number in range(coarse.shape[1]):
        parts = fit.memberships[:, parents == number]
        np.testing.assert_array_equal(coarse[:, number], parts[:, 0] + parts[:, 1])


def test_a_model_that_was_saved_and_read_again_scores_alike(planted, fit, tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    fit.model.save(folder)
    assert {path.suffix for path in folder.iterdir()} == {".npy", ".json"}
    again = ProfileModel.load(folder)
    assert (again.skills, again.settings) == (fit.model.skills, fit.model.settings)
    np.testing.assert_array_equal(again.memberships(planted.X, NAMES).fine, fit.memberships)


def test_a_damaged_model_is_refused(fit, tmp_path):
    fit.model.save(tmp_path)
    np.save(tmp_path / "fine_skills.npy", np.ones((3, 4)))
    with pytest.raises(ValueError, match="do not fit together"):
        ProfileModel.load(tmp_path)
    (tmp_path / "model.json").write_text(json.dumps({"skills": []}))
    with pytest.raises(ValueError, match="lacks 'settings'"):
        ProfileModel.load(tmp_path)
