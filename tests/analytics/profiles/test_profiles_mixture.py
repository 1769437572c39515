import numpy as np
import pytest
from scipy import sparse
from sklearn.base import clone
from sklearn.metrics import adjusted_rand_score
from sklearn.utils.estimator_checks import check_estimator
from threadpoolctl import threadpool_limits

from analytics.profiles.em import scaled_rows
from analytics.profiles.mixture import SkillProfileMixture
from tests.analytics.profiles.make_planted import make_planted


@pytest.fixture(scope="module")
def planted():
    return make_planted()


@pytest.fixture(scope="module")
def fitted(planted):
    return SkillProfileMixture(4, seed=3).fit(planted.X)


def test_planted_profiles_are_found_again(planted, fitted):
    assert adjusted_rand_score(planted.profile, fitted.labels_) > 0.97
    for number, rates in enumerate(fitted.profile_skills_):
        # Larger profiles were planted first and come first.
        assert set(np.argsort(-rates)[:10]) == set(range(number * 10, number * 10 + 10))


def test_memberships_weights_and_skills_add_up_to_one(planted, fitted):
    memberships = fitted.predict_proba(planted.X)
    assert memberships.shape == (900, 4)
    np.testing.assert_allclose(memberships.sum(axis=1), 1.0, atol=1e-12)
    np.testing.assert_allclose(fitted.profile_skills_.sum(axis=1), 1.0, atol=1e-12)
    assert fitted.weights_.sum() == pytest.approx(1.0)
    assert memberships.min() >= 0


def test_profiles_come_by_falling_weight(fitted):
    assert list(fitted.weights_) == sorted(fitted.weights_, reverse=True)


def test_a_posting_between_two_profiles_is_told_as_a_mix(fitted):
    row = np.zeros((1, 60))
    row[0, [0, 1, 2, 10, 11, 12]] = 1
    memberships = fitted.predict_proba(row)[0]
    assert sorted(memberships)[-2] > 0.2


def test_a_row_without_a_known_skill_has_the_weights(fitted):
    np.testing.assert_allclose(fitted.predict_proba(np.zeros((1, 60)))[0], fitted.weights_)


def test_one_skill_says_less_than_three(fitted):
    one, three = np.zeros((2, 1, 60))
    one[0, 0] = three[0, [0, 1, 2]] = 1
    assert 0.3 < fitted.predict_proba(one).max() < fitted.predict_proba(three).max()


def test_rows_are_scaled_to_one_total_and_short_ones_to_their_part_of_it():
    rows = sparse.csr_array(np.array([[0.0] * 8, [3] + [0] * 7, [1, 1, 1] + [0] * 5, [2.0] * 8]))
    scaled = scaled_rows(rows, total=6.0, full_at=3)
    np.testing.assert_allclose(scaled.sum(axis=1), [0, 2, 6, 6])


def test_a_long_posting_says_no_more_than_its_mix_of_skills(fitted):
    short, long = np.zeros((2, 1, 60))
    short[0, :10] = 1
    long[0, :10] = 7
    np.testing.assert_allclose(fitted.predict_proba(short), fitted.predict_proba(long))


def test_the_objective_never_falls(fitted):
    assert np.all(np.diff(fitted.objective_) >= -1e-9)
    assert fitted.converged_


@pytest.mark.parametrize("threads", [1, 2])
def test_one_and_two_threads_give_the_same_bits(planted, fitted, threads):
    with threadpool_limits(limits=threads):
        again = SkillProfileMixture(4, seed=3).fit(planted.X)
        memberships = again.predict_proba(planted.X)
    assert np.array_equal(again.profile_skills_, fitted.profile_skills_)
    assert np.array_equal(memberships, fitted.predict_proba(planted.X))


def test_the_order_of_the_rows_changes_no_bit(planted, fitted):
    order = np.random.default_rng(9).permutation(900)
    shuffled = SkillProfileMixture(4, seed=3).fit(planted.X[order])
    assert np.array_equal(shuffled.profile_skills_, fitted.profile_skills_)
    assert np.array_equal(shuffled.labels_, fitted.labels_[order])


def test_a_start_on_a_part_of_the_rows_finds_the_same_profiles(planted):
    mixture = SkillProfileMixture(4, start_rows=200).fit(planted.X)
    assert adjusted_rand_score(planted.profile, mixture.labels_) > 0.97


def test_a_skill_that_training_never_saw_changes_nothing(planted, fitted):
    wide = sparse.csr_array(sparse.hstack([planted.X, sparse.csr_array((900, 1))]))
    mixture = SkillProfileMixture(4, seed=3).fit(wide)
    row = np.zeros((1, 61))
    row[0, :4] = 1
    without = mixture.predict_proba(row)
    row[0, 60] = 1
    np.testing.assert_array_equal(mixture.predict_proba(row), without)
    assert not mixture.profile_skills_[:, 60].any()


def test_a_clone_has_the_settings_and_nothing_learned(fitted):
    copy = clone(fitted)
    assert copy.get_params() == fitted.get_params()
    assert not hasattr(copy, "weights_")


def test_the_input_is_not_changed():
    X = sparse.csr_array(np.array([[1.0, 0, 2], [0, 3, 1], [1, 1, 0]] * 4))
    before = X.toarray()
    SkillProfileMixture(2).fit(X).predict_proba(X)
    np.testing.assert_array_equal(X.toarray(), before)


@pytest.mark.parametrize(
    ("X", "words"),
    [
        (np.array([[1.0, -1], [1, 1], [0, 1]]), "Negative"),
        (np.array([[1.0, 0], [0, 0], [0, 0]]), "n_samples=1 with a skill"),
    ],
)
def test_what_cannot_be_learned_from_is_refused_in_words(X, words):
    with pytest.raises(ValueError, match=words):
        SkillProfileMixture(2).fit(X)


@pytest.mark.slow
def test_it_keeps_the_conventions_of_scikit_learn():
    expected = {
        "check_clustering": "draws values below zero, which skills cannot have",
        "check_estimator_sparse_array": "takes whatever has predict_proba for a classifier",
        "check_estimator_sparse_matrix": "takes whatever has predict_proba for a classifier",
    }
    results = check_estimator(SkillProfileMixture(2), expected_failed_checks=expected, on_skip=None)
    assert sum(result["status"] == "passed" for result in results) >= 40
