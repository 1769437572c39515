from dataclasses import replace

import pytest

from analytics.profiles import FittedOn, MovedShare, Today, needs_refit

OLD = FittedOn({"profiles": 12, "seed": 1}, "c0de", 1000, (0.5, 0.3, 0.2))
SAME = Today({"profiles": 12, "seed": 1}, "c0de", MovedShare(), 1000, 0, (0.0, 0.0, 0.0))


def test_nothing_that_matters_changed():
    assert needs_refit(OLD, SAME) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"parameters": {"profiles": 10, "seed": 1}}, "parameters"),
        ({"code": "other"}, "code"),
        ({"moved": MovedShare(overall=0.051, in_one=0.1)}, "5.1% of what profiles name"),
        ({"moved": MovedShare(overall=0.01, in_one=0.26)}, "26.0% of what one of the profiles names"),
        ({"teaching": 1051}, "grew by 5.1%"),
        ({"teaching": 949}, "shrank by 5.1%"),
        ({"new_postings": 300, "new_sizes": (30.0, 30.0, 240.0)}, "300 new postings"),
    ],
)
def test_what_asks_for_a_refit_says_why_in_a_sentence(changes, words):
    why = needs_refit(OLD, replace(SAME, **changes))
    assert words in why
    assert why.endswith(".")


@pytest.mark.parametrize(
    "changes",
    [
        {"teaching": 1050},
        {"teaching": 950},
        {"moved": MovedShare(overall=0.05, in_one=0.25)},
        {"new_postings": 300, "new_sizes": (120.0, 90.0, 90.0)},
        {"new_postings": 150, "new_sizes": (0.0, 0.0, 150.0)},
    ],
)
def test_small_changes_do_not(changes):
    assert needs_refit(OLD, replace(SAME, **changes)) == ""
