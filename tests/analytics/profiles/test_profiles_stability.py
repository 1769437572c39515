import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from analytics.profiles.mixture import SkillProfileMixture
from analytics.profiles.stability import Level, Stability, adjusted_rand, agreement, stability, weakest
from tests.analytics.profiles.make_planted import make_planted


def make_stability(planted, n_profiles, seed):
    def refit(rows, seed):
        return (SkillProfileMixture(n_profiles, n_init=2, seed=seed).fit(rows).predict,)

    level = Level(n_profiles, SkillProfileMixture(n_profiles).fit(planted.X).labels_)
    return stability(planted.X, (level,), refit, bootstraps=4, splits=3, seed=seed)[0]


@pytest.mark.slow
def test_real_groups_come_back_and_invented_ones_do_not():
    planted = make_planted(n=500, profiles=3)
    assert make_stability(planted, 3, seed=1).jaccard.min() > 0.9
    chance = make_planted(n=500, profiles=3, most=0.04)
    found = make_stability(chance, 3, seed=1)
    assert found.unstable.any()
    assert found.agreement < 0.5


@pytest.mark.slow
def test_the_same_seed_gives_the_same_figures_and_another_seed_others():
    planted = make_planted(n=300, profiles=3, most=0.25)
    first, again, other = (make_stability(planted, 3, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.jaccard, again.jaccard)
    assert first.agreement == again.agreement
    assert first.agreement != other.agreement


def test_a_profile_that_no_row_has_most_of_has_no_stability():
    planted = make_planted(n=200, profiles=2)
    level = Level(2, np.zeros(200, np.int32))
    always_first = lambda rows, seed: (lambda X: np.zeros(X.shape[0], np.int32),)  # noqa: E731 - a whole refit
    found = stability(planted.X, (level,), always_first, bootstraps=2, splits=2, seed=1)[0]
    np.testing.assert_array_equal(found.jaccard, [1.0, 0.0])


def test_fits_that_name_by_chance_do_not_agree_and_fits_that_name_alike_do():
    X = make_planted(n=400, profiles=2).X
    by_chance = agreement(
        X, lambda rows, seed: lambda held: np.random.default_rng(seed).integers(2, size=held.shape[0]), splits=4, seed=1
    )
    alike = agreement(X, lambda rows, seed: lambda held: (held[:, [0]].toarray() > 0).ravel() * 1, splits=4, seed=1)
    assert abs(by_chance) < 0.05
    assert alike == 1.0


def test_the_weakest_profile_is_the_one_that_does_not_come_back():
    X = make_planted(n=600, profiles=2).X

    def fit(rows, seed):
        # The first profile is always found, the rest is cut in two by chance.
        def named(held_out):
            chance = np.random.default_rng(seed).integers(1, 3, size=held_out.shape[0])
            return np.where(held_out[:, [0]].toarray().ravel() > 0, 0, chance)

        return named

    assert weakest(X, fit, n_profiles=3, splits=4, seed=1) < 0.5


def test_profiles_under_six_tenths_are_marked_unstable():
    assert Stability(np.array([0.59, 0.6, 0.9]), 0.8, 20, 5).unstable.tolist() == [True, False, False]


@pytest.mark.parametrize("seed", range(5))
def test_the_rand_index_is_that_of_scikit_learn(seed):
    rng = np.random.default_rng(seed)
    first = rng.integers(4, size=80).astype(np.int32)
    second = np.where(rng.random(80) < 0.6, first, rng.integers(5, size=80)).astype(np.int32)
    assert adjusted_rand(first, second) == pytest.approx(adjusted_rand_score(first, second))


def test_one_group_agrees_with_itself():
    assert adjusted_rand(np.zeros(5, np.int32), np.zeros(5, np.int32)) == 1.0
