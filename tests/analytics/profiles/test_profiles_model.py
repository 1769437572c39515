import json

import numpy as np
import pytest
from scipy import sparse
from threadpoolctl import threadpool_limits

from analytics.profiles import ProfileModel, coarse_of

NAMES = [f"skill {number}" for number in range(70)]


def test_the_model_scores_its_own_postings_as_the_fit_did(nested, nested_fit):
    scored = nested_fit.model.memberships(nested.X, NAMES)
    np.testing.assert_array_equal(scored.fine, nested_fit.memberships)
    np.testing.assert_array_equal(scored.thin, nested_fit.thin)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_posting_scored_alone_has_the_same_bits_as_among_others(nested, nested_fit, threads):
    with threadpool_limits(limits=threads):
        alone = np.vstack([nested_fit.model.memberships(nested.X[[row]], NAMES).fine for row in range(60)])
    np.testing.assert_array_equal(alone, nested_fit.memberships[:60])


def test_the_order_of_the_skills_changes_no_bit(nested, nested_fit):
    order = np.random.default_rng(3).permutation(70)
    moved = sparse.csr_array(nested.X[:, order])
    np.testing.assert_array_equal(
        nested_fit.model.memberships(moved, [NAMES[place] for place in order]).fine, nested_fit.memberships
    )


def test_skills_that_the_model_does_not_know_are_left_out(nested, nested_fit):
    wide = sparse.csr_array(sparse.hstack([np.ones((1500, 1)), nested.X]))
    scored = nested_fit.model.memberships(wide, ["a new skill", *NAMES])
    np.testing.assert_array_equal(scored.fine, nested_fit.memberships)


def test_a_posting_without_a_known_skill_has_the_weights_and_is_thin(nested_fit):
    scored = nested_fit.model.memberships(sparse.csr_array(np.ones((1, 2))), ["something", "else"])
    np.testing.assert_allclose(scored.fine[0], nested_fit.model.weights("fine"), atol=1e-7)
    assert scored.thin.tolist() == [True]


def test_what_a_posting_has_of_a_coarse_profile_is_exactly_the_sum_of_its_parts(nested_fit):
    coarse, parents = coarse_of(nested_fit.memberships, nested_fit.model.parents), nested_fit.model.parents
    for number in range(coarse.shape[1]):
        parts = nested_fit.memberships[:, parents == number]
        np.testing.assert_array_equal(coarse[:, number], parts[:, 0] + parts[:, 1])


def test_a_model_that_was_saved_and_read_again_scores_alike(nested, nested_fit, tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    nested_fit.model.save(folder)
    assert {path.suffix for path in folder.iterdir()} == {".npy", ".json"}
    again = ProfileModel.load(folder)
    assert (again.skills, again.settings) == (nested_fit.model.skills, nested_fit.model.settings)
    assert again.teaching == nested_fit.trained.sum()
    np.testing.assert_array_equal(again.memberships(nested.X, NAMES).fine, nested_fit.memberships)


def test_a_damaged_model_is_refused(nested_fit, tmp_path):
    nested_fit.model.save(tmp_path)
    np.save(tmp_path / "fine_skills.npy", np.ones((3, 4)))
    with pytest.raises(ValueError, match="do not fit together"):
        ProfileModel.load(tmp_path)
    (tmp_path / "model.json").write_text(json.dumps({"skills": []}))
    with pytest.raises(ValueError, match="lacks 'settings'"):
        ProfileModel.load(tmp_path)
