import numpy as np

from analytics.profiles.choosing import chosen_splits

WEIGHTS = np.array([0.5, 0.3, 0.2])


def test_the_splits_that_agree_most_are_made():
    agreements = {(0, 2): 0.9, (1, 2): 0.6, (2, 2): 0.5}
    assert chosen_splits(agreements, WEIGHTS, asked=4) == (2, 1, 1)


def test_of_splits_that_agree_alike_the_smaller_profile_is_split():
    assert chosen_splits({(0, 2): 0.6, (2, 2): 0.6}, WEIGHTS, asked=4) == (1, 1, 2)


def test_no_profile_is_cut_up_for_the_sake_of_the_number():
    agreements = {(c, 2): 0.8 for c in range(3)} | {(2, 4): 0.5}
    assert chosen_splits(agreements, WEIGHTS, asked=6) == (2, 2, 2)


def test_there_are_at_most_as_many_parts_as_were_asked_for():
    agreements = {(c, m): 0.9 for c in range(3) for m in (2, 3, 4)}
    assert [sum(chosen_splits(agreements, WEIGHTS, asked=asked)) for asked in (3, 5, 12, 20)] == [3, 5, 12, 12]


def test_a_split_that_does_not_come_back_is_never_made():
    assert chosen_splits({(0, 2): 0.49, (1, 2): 0.51}, WEIGHTS, asked=12) == (1, 2, 1)
