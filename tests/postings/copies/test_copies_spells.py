from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.copies import openings, spells

FIRST = date(2026, 1, 1)


def after(*days: int | None) -> list[date | None]:
    return [None if day is None else FIRST + timedelta(days=day) for day in days]


@pytest.mark.parametrize(
    ("days", "numbers"),
    [
        ((0, 10, 70), [0, 0, 0]),
        ((0, 60), [0, 0]),
        ((0, 61), [0, 1]),
        ((200, 0, 100), [2, 0, 1]),
        ((300, None, 0), [1, 0, 0]),
        ((None, None), [0, 0]),
        ((), []),
    ],
)
def test_a_spell_ends_with_more_than_sixty_days_of_silence(days, numbers):
    assert spells(after(*days)) == numbers


def test_another_window_parts_other_spells():
    assert spells(after(0, 20, 35), window=15) == [0, 1, 1]


@given(st.lists(st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2026, 1, 1))), max_size=20), st.randoms())
def test_the_order_of_days_makes_no_difference(days, random):
    shuffled = random.sample(range(len(days)), len(days))
    numbers = spells(days)
    assert spells([days[i] for i in shuffled]) == [numbers[i] for i in shuffled]


def test_openings_are_the_distinct_places_however_they_are_written():
    assert openings(["Tromsø, Norway", "TROMSØ Norway", "Bergen", "", " ", "Bergen"]) == ("Bergen", "TROMSØ Norway")
