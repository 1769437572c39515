from dataclasses import replace

import numpy as np
import pytest

from analytics.profiles import ProfileModel, coarse_of
from analytics.profiles.em import Parameters
from analytics.profiles.growing import with_middle
from analytics.profiles.halfway import joined, middle_splits
from analytics.profiles.tree import Tree

# Parts 0, 1 and 3 are one coarse profile, 2 and 4 the other. 0 and 3 ask for nearly the same.
PARTS = np.array(
    [[0.7, 0.1, 0.1, 0.1], [0.1, 0.7, 0.1, 0.1], [0.1, 0.1, 0.5, 0.3], [0.6, 0.2, 0.1, 0.1], [0.1, 0.1, 0.3, 0.5]]
)


def make_tree(parents, skills, weights):
    weights, parents = np.asarray(weights, float), np.asarray(parents)
    coarse = np.bincount(parents, weights)
    sums = np.stack(
        [np.average(skills[parents == c], axis=0, weights=weights[parents == c]) for c in range(len(coarse))]
    )
    return Tree(Parameters(coarse, sums), Parameters(weights / coarse[parents], skills), parents, 6.0, 3)


def test_half_of_the_splits_are_made_those_that_tell_most_first():
    tree = make_tree([0, 0, 1, 0, 1], PARTS, [0.3, 0.25, 0.2, 0.15, 0.1])

    assert middle_splits(tree) == (2, 1)
    assert joined(tree, (2, 1)).tolist() == [0, 2, 1, 0, 1]
    assert with_middle(tree).levels == ("coarse", "middle", "fine")


def test_a_heavy_difference_comes_before_a_light_one():
    light = make_tree([0, 0, 1, 0, 1], PARTS, [0.02, 0.02, 0.5, 0.02, 0.44])

    assert middle_splits(light) == (1, 2)
    assert joined(light, (1, 2)).tolist() == [2, 2, 0, 2, 1]


def test_more_parts_than_there_are_cannot_be_asked_for():
    tree = make_tree([0, 0, 1, 0, 1], PARTS, [0.3, 0.25, 0.2, 0.15, 0.1])

    assert joined(tree, (9, 9)).tolist() == [0, 1, 2, 3, 4]


def test_a_tree_that_is_split_once_or_never_has_no_middle_level():
    for parents in ([0, 0, 1], [0, 1, 2]):
        tree = make_tree(parents, PARTS[:3], [0.5, 0.3, 0.2])

        assert middle_splits(tree) == ()
        assert with_middle(tree).levels == ("coarse", "fine")
        with pytest.raises(ValueError, match="no middle level"):
            tree.wholes("middle")


def test_a_middle_profile_is_the_sum_of_its_parts_and_a_part_of_one_coarse_profile(nested_fit):
    model, middle = nested_fit.model, nested_fit.levels["middle"]
    wholes = model.wholes("middle")

    assert len(middle.weights) == 5 + (10 - 5) // 2
    for number in range(len(middle.weights)):
        assert len(set(model.parents[wholes == number])) == 1
    assert sorted(middle.weights, reverse=True) == middle.weights.tolist()
    np.testing.assert_allclose(np.bincount(wholes, nested_fit.levels["fine"].weights), middle.weights)
    np.testing.assert_allclose(
        coarse_of(nested_fit.memberships[nested_fit.trained], wholes).sum(axis=0), middle.sizes, rtol=1e-5
    )
    np.testing.assert_allclose(middle.profile_skills.sum(axis=1), 1.0)
    for level in nested_fit.levels.values():
        assert len(level.stability.jaccard) == len(level.weights)


def test_middle_profiles_of_planted_families_come_back(nested_fit):
    assert nested_fit.levels["middle"].stability.agreement > 0.8
    assert not nested_fit.levels["middle"].stability.unstable.any()


def test_the_middle_level_is_saved_with_the_model_and_one_that_does_not_fit_is_refused(nested_fit, tmp_path):
    nested_fit.model.save(tmp_path)
    assert ProfileModel.load(tmp_path).tree.middle.tolist() == nested_fit.model.tree.middle.tolist()

    replace(nested_fit.model, tree=replace(nested_fit.model.tree, middle=np.zeros(3, np.int64))).save(tmp_path)
    with pytest.raises(ValueError, match="do not fit together"):
        ProfileModel.load(tmp_path)
