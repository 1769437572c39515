"""Roles proposed for titles on which the rules are silent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from analytics.titles import OTHER
from analytics.titles.proposing import TooFewTitlesError, evenly_picked, guess_roles, judged
from tests.analytics.titles.make_titled import KINDS, make_ads

KEEPER, MAKER, ELSEWHERE = KINDS["grove keeper"], KINDS["cider maker"], KINDS[OTHER]


def test_a_title_is_proposed_the_role_whose_skills_its_ads_name():
    ads = make_ads([KEEPER, MAKER])
    first = int(np.flatnonzero(ads.is_asked)[0])

    guesses = {guess.title - first: guess for guess in guess_roles(ads).guesses}

    assert {title: guess.role for title, guess in guesses.items()} == {0: "grove keeper", 1: "cider maker"}
    assert set(guesses[0].skills) <= set(KEEPER)
    assert set(guesses[1].skills) <= set(MAKER)


def test_nothing_is_proposed_for_another_trade_nor_for_titles_that_were_not_asked_about():
    ads = make_ads([ELSEWHERE, ELSEWHERE, KEEPER])

    titles = [guess.title for guess in guess_roles(ads).guesses]

    assert titles == [len(ads.role) - 1]


def test_what_nothing_tells_apart_is_left_alone():
    assert guess_roles(make_ads([KEEPER, MAKER], mixed=1.0), least=0.6).guesses == ()


@pytest.mark.parametrize("mixed", [0.3, 0.6])
def test_confidence_is_how_often_such_guesses_are_right(mixed):
    """Of a read title the skills tell the role unless it was mixed: then they tell it one time in three."""
    truth = 1 - mixed * 2 / 3

    found = guess_roles(make_ads([KEEPER, MAKER] * 5, titles=400, mixed=mixed), least=0.0)

    assert np.mean([guess.confidence for guess in found.guesses]) == pytest.approx(truth, abs=0.1)
    assert found.right == pytest.approx(truth, abs=0.1)


def test_what_is_less_sure_than_asked_for_is_left_out_and_the_surest_come_first():
    ads = make_ads([KEEPER, (0, 3, 4), (1, 2, 6), MAKER, (0, 4)], mixed=0.2)
    many = guess_roles(ads, least=0.0).guesses
    sure = [guess.confidence for guess in many]

    few = guess_roles(ads, least=sure[1]).guesses

    assert sure == sorted(sure, reverse=True)
    assert few == many[:2] != many


def test_the_same_ads_give_the_same_guesses_on_any_number_of_threads():
    ads = make_ads([KEEPER, MAKER, (0, 4)], mixed=0.2)

    with threadpool_limits(limits=2):
        two = guess_roles(ads, least=0.1)

    assert guess_roles(ads, least=0.1) == two


def test_titles_that_come_later_leave_the_others_with_the_same_judge():
    before, after = (judged(make_ads(asked))[0].half.tolist() for asked in ([KEEPER], [KEEPER, MAKER, MAKER]))

    assert after[: len(before)] == before
    assert set(before) == {0, 1}


def test_too_few_read_titles_teach_nothing():
    with pytest.raises(TooFewTitlesError, match="Fewer than two roles"):
        guess_roles(make_ads([KEEPER], titles=3))


@given(st.lists(st.integers(0, 4), max_size=60), st.integers(1, 5))
def test_of_each_group_all_are_picked_or_as_many_as_allowed(groups, most):
    group = np.array(groups, np.int64)

    picked = group[evenly_picked(group, most)]

    for name in set(groups):
        assert np.sum(picked == name) == min(most, groups.count(name))


def test_what_is_picked_is_spread_over_the_group():
    assert np.flatnonzero(evenly_picked(np.zeros(12, np.int64), 3)).tolist() == [3, 7, 11]
