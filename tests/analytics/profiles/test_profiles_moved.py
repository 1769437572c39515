import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from analytics.profiles import FitSettings, ProfileModel, moved_share, with_skills_of_today
from analytics.profiles.em import Parameters
from analytics.profiles.tree import Tree

SKILLS = tuple(f"skill {number:02d}" for number in range(12))


def make_model(seed=5):
    rng = np.random.default_rng(seed)
    coarse = Parameters(np.array([0.6, 0.4]), rng.dirichlet(np.ones(12), 2))
    fine = Parameters(np.array([0.5, 0.5, 1.0]), rng.dirichlet(np.ones(12), 3))
    tree = Tree(coarse, fine, np.array([0, 0, 1]), 6.0, 3)
    return ProfileModel(tree, SKILLS, FitSettings(n_profiles=3), 100)


MODEL = make_model()


def postings(seed, n=40):
    return sparse.csr_array(np.random.default_rng(seed).random((n, 12)) < 0.3, dtype=np.float64)


@st.composite
def changes(draw):
    """Some skills renamed, merged into another one, or gone."""
    names = st.sampled_from([*SKILLS, "a new name", "another new name"])
    return draw(st.dictionaries(st.sampled_from(SKILLS), st.none() | names, max_size=8))


def today_of(X, skills, today):
    """The same postings, told in today's skills."""
    names = sorted({today.get(name, name) for name in skills} - {None})
    wide = np.zeros((X.shape[0], len(names)))
    for column, name in enumerate(skills):
        if today.get(name, name) is not None:
            place = names.index(today.get(name, name))
            wide[:, place] = np.maximum(wide[:, place], X[:, [column]].toarray()[:, 0])
    return sparse.csr_array(wide), names


@pytest.mark.slow
@given(today=changes(), seed=st.integers(0, 50))
def test_postings_without_a_changed_skill_keep_their_memberships_to_the_last_bit(today, seed):
    X = postings(seed)
    touched = {*today, *(name for name in today.values() if name)}
    columns = [column for column, name in enumerate(SKILLS) if name in touched]
    untouched = np.flatnonzero(X[:, columns].sum(axis=1) == 0)

    after = with_skills_of_today(MODEL, today).memberships(*today_of(X, SKILLS, today))

    before = MODEL.memberships(X, SKILLS)
    np.testing.assert_array_equal(after.fine[untouched], before.fine[untouched])
    np.testing.assert_array_equal(after.thin[untouched], before.thin[untouched])


def test_skills_that_became_one_are_named_as_often_as_either():
    today = {"skill 03": "skill 07", "skill 09": "skill 07"}

    carried = with_skills_of_today(MODEL, today)

    assert sorted(carried.skills) == [name for name in SKILLS if name not in today]
    column = carried.skills.index("skill 07")
    for level in MODEL.levels:
        rates, before = carried.profile_skills(level), MODEL.profile_skills(level)
        np.testing.assert_allclose(rates[:, column], before[:, [3, 7, 9]].sum(axis=1))
        np.testing.assert_allclose(rates.sum(axis=1), 1)


def test_what_is_gone_is_left_out_and_nothing_else_changes():
    carried = with_skills_of_today(MODEL, {"skill 00": None})

    assert carried.skills == SKILLS[1:]
    np.testing.assert_array_equal(carried.tree.fine.skills, MODEL.tree.fine.skills[:, 1:])
    np.testing.assert_array_equal(carried.tree.coarse.weights, MODEL.tree.coarse.weights)


def test_a_renamed_skill_changes_nothing_but_its_name():
    carried = with_skills_of_today(MODEL, {"skill 04": "a better name"})

    assert carried.skills[4] == "a better name"
    np.testing.assert_array_equal(carried.tree.fine.skills, MODEL.tree.fine.skills)
    share = moved_share(MODEL, {"skill 04": "a better name"})
    assert (share.overall, share.in_one) == (0, 0)


def test_of_skills_that_became_one_all_but_the_commonest_have_moved():
    rates = MODEL.tree.fine_weights @ MODEL.tree.fine.skills
    share = moved_share(MODEL, {"skill 01": "skill 02", "skill 05": None})

    assert share.overall == pytest.approx(min(rates[1], rates[2]) + rates[5])
    smaller = 1 if rates[1] < rates[2] else 2
    assert share.in_one == pytest.approx(MODEL.tree.fine.skills[:, [smaller, 5]].sum(axis=1).max())


def test_merged_and_parted_again_it_is_the_model_that_it_was():
    assert with_skills_of_today(MODEL, {}) is MODEL
