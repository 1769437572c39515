import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.measures import difference_interval, median_interval, wilson_interval
from analytics.measures.intervals import student_p, student_reach

EXACT_Z = stats.norm.ppf(0.975)


@given(n=st.integers(1, 5000), part=st.floats(0, 1))
def test_wilson_agrees_with_scipy(n, part):
    count = round(part * n)
    expected = stats.binomtest(count, n).proportion_ci(method="wilson")
    low, high = wilson_interval(count, n, z=EXACT_Z)
    assert (float(low), float(high)) == pytest.approx((expected.low, expected.high), abs=1e-12)


@given(n=st.integers(1, 10_000_000), part=st.floats(0, 1))
def test_the_share_always_lies_inside_its_interval(n, part):
    count = round(part * n)
    low, high = wilson_interval(count, n)
    assert 0 <= low <= count / n <= high <= 1


def test_wilson_takes_arrays_of_any_shape():
    low, high = wilson_interval(np.array([[0, 5], [10, 3]]), 10)
    assert low.shape == high.shape == (2, 2)
    assert low[0, 0] == 0
    assert high[0, 0] == pytest.approx(0.2775, abs=1e-4)  # Wilson's upper limit of 0 of 10
    assert low[1, 0] == pytest.approx(1 - 0.2775, abs=1e-4)
    assert high[1, 0] == 1


def test_nothing_seen_says_nothing():
    assert [float(bound) for bound in wilson_interval(0, 0)] == [0.0, 1.0]
    assert [float(bound) for bound in difference_interval((0, 0), (3, 9))] == [-1.0, 1.0]


@pytest.mark.parametrize(("count", "n"), [(-1, 5), (6, 5)])
def test_a_count_outside_its_n_is_refused(count, n):
    with pytest.raises(ValueError, match="between 0 and its n"):
        wilson_interval(count, n)


@pytest.mark.parametrize(
    ("after", "before", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 10), -0.2775, 0.2775),
    ],
)
def test_differences_agree_with_newcombes_published_table(after, before, low, high):
    found = difference_interval(before, after)
    assert [float(bound) for bound in found] == pytest.approx([low, high], abs=1e-4)


@pytest.mark.parametrize("n", [*range(6, 60), 101, 500, 2001])
def test_the_median_interval_holds_the_median_in_at_least_95_of_100_samples(n):
    first, last = (int(rank) for rank in median_interval(np.arange(1, n + 1)))
    inside = stats.binom.cdf(last - 1, n, 0.5) - stats.binom.cdf(first - 1, n, 0.5)
    assert inside >= 0.95
    assert inside < 0.999 or n < 30


def test_the_median_interval_is_unknown_under_six_values_and_skips_unknown_ones():
    assert np.isnan(median_interval([1, 2, 3, 4, 5, np.nan])).all()
    assert median_interval([3, 1, 2, np.nan, 6, 5, 4]) == (1, 6)


def test_students_interval_and_p_agree_with_scipy():
    assert student_reach([1, 6, 1000]) == pytest.approx(stats.t.ppf(0.975, [1, 6, 1000]))
    assert student_p([-2.5, 0.3, np.nan], 7) == pytest.approx(2 * stats.t.sf([2.5, 0.3, np.nan], 7), nan_ok=True)
