import numpy as np
import pytest

from analytics.profiles import FitSettings, fit_profiles
from analytics.profiles.calibration import from_half_the_skills, reliability
from tests.analytics.profiles.make_planted import make_nested, make_postings


def test_the_error_is_the_gap_between_what_is_said_and_what_is_found():
    memberships = np.array([[0.95, 0.05]] * 10 + [[0.65, 0.35]] * 10)
    truth = np.array([0] * 9 + [1] + [0] * 4 + [1] * 6)
    curve = reliability(memberships, truth)
    assert curve.counts.tolist() == [0] * 6 + [10, 0, 0, 10]
    assert curve.said[[6, 9]] == pytest.approx([0.65, 0.95])
    assert curve.found[[6, 9]] == pytest.approx([0.4, 0.9])
    assert curve.error == pytest.approx((0.25 + 0.05) / 2)


@pytest.mark.slow
def test_memberships_of_planted_postings_mean_what_they_say():
    planted = make_nested(n=4000, families=5, parts=1, noise=0.08, seed=3)
    fit = fit_profiles(make_postings(planted.X), settings=FitSettings(n_profiles=5, bootstraps=1, splits=1))
    number = fit.memberships.argmax(axis=1)
    told = np.array([np.bincount(number[planted.profile == p]).argmax() for p in range(5)])
    curve = reliability(fit.memberships[~fit.thin], told[planted.profile][~fit.thin])
    assert sorted(told) == [0, 1, 2, 3, 4]
    assert curve.error < 0.04
    assert curve.found[3:7] == pytest.approx(curve.said[3:7], abs=0.12)


@pytest.mark.slow
def test_half_the_skills_foretell_what_the_whole_posting_leans_to():
    planted = make_nested(n=2000, parts=2)
    fit = fit_profiles(make_postings(planted.X), settings=FitSettings(n_profiles=10, bootstraps=1, splits=2))
    known = fit.model.on_own_skills(planted.X, [f"skill {number}" for number in range(planted.X.shape[1])])
    curves = from_half_the_skills(fit.model, known, seed=1)
    assert curves["coarse"].error < 0.1
    assert curves["coarse"].found[-1] > curves["coarse"].found[5]
    assert curves["fine"].counts.sum() == curves["coarse"].counts.sum() > 1500
