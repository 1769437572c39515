"""Agreement of two readers: equal to scikit-learn and statsmodels, and honest where chance explains everything."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

from analytics.measures import TooFew, readers_agreement

ANSWERS = st.sampled_from(["yes", "no", "unsure"])
PAIRS = st.lists(st.tuples(ANSWERS, ANSWERS), min_size=10, max_size=80)


def answers_of(table, names=("no", "yes")):
    """Both readers' answers from a table of counts."""
    pairs = [(one, other) for one, row in zip(names, table, strict=True) for other, n in zip(names, row, strict=True)
             for _ in range(n)]  # fmt: skip
    return tuple(zip(*pairs, strict=True))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")  # statsmodels takes roots of -1e-18
@given(PAIRS)
def test_kappa_is_that_of_scikit_learn_and_its_interval_that_of_statsmodels(pairs):
    first, second = zip(*pairs, strict=True)

    found = readers_agreement(first, second)

    if len({*first, *second}) == 1:
        assert found.kappa.value is None
        return
    assert found.kappa.value == pytest.approx(cohen_kappa_score(first, second), abs=1e-12)
    if found.same < found.n:
        peer = cohens_kappa(found.counts)
        error = np.sqrt(max(peer.var_kappa, 0))
        assert found.kappa.low == pytest.approx(max(peer.kappa - 1.96 * error, -1), abs=1e-6)  # a root of 1e-16
        assert found.kappa.high == pytest.approx(min(peer.kappa + 1.96 * error, 1), abs=1e-6)


def test_when_nearly_all_is_yes_kappa_is_low_and_ac1_is_not():
    found = readers_agreement(*answers_of([[0, 2], [5, 118]]))

    assert found.share == pytest.approx(0.944)
    assert found.kappa.value == pytest.approx(-0.0234, abs=5e-5)
    assert found.ac1.value == pytest.approx(0.9408, abs=5e-5)


def jackknife_error(first, second):
    """The standard error of AC1 without any formula of its variance."""
    n = len(first)
    without = [readers_agreement(first[:i] + first[i + 1 :], second[:i] + second[i + 1 :]).ac1.value for i in range(n)]
    return np.sqrt((n - 1) / n * ((without - np.mean(without)) ** 2).sum())


@pytest.mark.parametrize("table", [[[20, 8], [5, 67]], [[40, 20], [10, 30]], [[3, 9], [6, 132]]])
def test_the_error_of_ac1_is_what_leaving_out_one_thing_after_another_gives(table):
    first, second = answers_of(table)

    found = readers_agreement(first, second).ac1

    assert (found.high - found.low) / (2 * 1.96) == pytest.approx(jackknife_error(first, second), rel=0.05)


def test_with_three_answers_ac1_goes_by_the_mean_shares_of_all_three():
    found = readers_agreement(*answers_of([[6, 1, 0], [1, 6, 1], [0, 1, 4]], ("a", "b", "c")))

    means = np.array([7.0, 8, 5]) / 20
    by_chance = (means * (1 - means)).sum() / 2
    assert found.ac1.by_chance == pytest.approx(by_chance)
    assert found.ac1.value == pytest.approx((0.8 - by_chance) / (1 - by_chance))


def test_full_agreement_is_not_taken_for_certainty():
    found = readers_agreement(["yes"] * 15 + ["no"] * 5, ["yes"] * 15 + ["no"] * 5)

    assert found.kappa.value == found.kappa.high == 1
    assert 0 < found.kappa.low < 0.9
    assert 0 < found.ac1.low < 0.9


def test_one_answer_throughout_leaves_kappa_nothing_to_measure():
    found = readers_agreement(["yes"] * 12, ["yes"] * 12)

    assert found.share == 1
    assert (found.kappa.value, found.kappa.low, found.kappa.high) == (None, None, None)
    assert found.ac1.value == 1


def test_the_table_of_answers_says_who_gave_which():
    found = readers_agreement(["no"] + ["yes"] * 9, ["yes"] * 10)

    assert found.answers == ("no", "yes")
    assert found.counts.tolist() == [[0, 1], [0, 9]]


def test_under_ten_things_it_says_nothing():
    with pytest.raises(TooFew, match="Only 9 things"):
        readers_agreement(["yes"] * 9, ["yes"] * 9)


def test_answers_to_different_numbers_of_things_are_refused():
    with pytest.raises(ValueError, match="both readers"):
        readers_agreement(["yes"] * 12, ["yes"] * 11)
