from datetime import date

import numpy as np
import pytest
from scipy import stats

from analytics.measures import Reliability, change_between, partial_periods, share_trend, wilson_interval


def test_each_period_has_its_share_its_interval_and_its_reliability():
    found = share_trend([5, 0, 20, 1], [10, 0, 40, 9])
    assert found.share == pytest.approx([0.5, np.nan, 0.5, 1 / 9], nan_ok=True)
    assert found.low[2] == wilson_interval(20, 40)[0]
    assert found.high[2] == wilson_interval(20, 40)[1]
    assert np.isnan([found.low[1], found.high[1]]).all()
    assert found.reliability == (Reliability.THIN, Reliability.WITHHELD, Reliability.OK, Reliability.WITHHELD)


def test_a_change_has_the_p_of_the_pooled_test():
    found = change_between([30, 10], 100, [60, 20], 150)
    pooled = 90 / 250
    z = (60 / 150 - 30 / 100) / np.sqrt(pooled * (1 - pooled) * (1 / 100 + 1 / 150))
    assert found.difference == pytest.approx([0.1, 20 / 150 - 0.1])
    assert found.p[0] == pytest.approx(2 * stats.norm.sf(z))
    table = [[30, 70], [60, 90]]
    assert found.p[0] == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue)


def test_rising_and_falling_skills_are_ordered_by_size_and_the_rest_is_neither():
    found = change_between([100, 500, 300, 200, 0], 1000, [300, 480, 100, 260, 0], 1000)
    assert found.rising().tolist() == [0, 3]
    assert found.falling().tolist() == [2]
    assert found.rising(alpha=1e-4).tolist() == [0]
    assert (found.low[0] > 0, found.high[2] < 0) == (True, True)


def test_a_skill_in_neither_window_is_not_tested():
    found = change_between([0, 5], 100, [0, 40], 100)
    assert np.isnan(found.p[0])
    assert found.adjusted_p[1] == found.p[1]


def test_a_skill_that_everybody_holds_in_both_windows_does_not_move():
    found = change_between([50], 50, [80], 80)
    assert (found.difference[0], found.p[0]) == (0, 1)


def test_an_empty_window_gives_no_change():
    found = change_between([0, 0], 0, [3, 4], 10)
    assert np.isnan(found.difference).all()
    assert found.rising().tolist() == found.falling().tolist() == []


def test_skills_that_do_not_move_are_rarely_called_rising_or_falling():
    rng = np.random.default_rng(8)
    rates = rng.uniform(0.01, 0.6, 300)
    runs = [change_between(rng.binomial(400, rates), 400, rng.binomial(700, rates), 700) for _ in range(40)]
    assert sum(len(run.rising()) + len(run.falling()) > 0 for run in runs) <= 6  # 5% of 40, and some luck


def test_a_period_is_partial_when_the_data_end_inside_it():
    names = ("2023-12", "2024-02", "2023-Q4", "2024-Q1")
    assert partial_periods(names, date(2024, 2, 28)).tolist() == [False, True, False, True]
    assert partial_periods(names, date(2024, 2, 29)).tolist() == [False, False, False, True]
    assert partial_periods(names, date(2023, 12, 30)).tolist() == [True, True, True, True]
