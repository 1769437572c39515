from __future__ import annotations

import pytest

from postings.copies.stated import Stated, numbers_apart, stated, years_apart


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("You bring 3+ years of experience with tide tables.", {3}),
        ("Minimum of five (5) years experience in lamp trimming", {5}),
        ("2-4 years of professional experience", {2, 3, 4}),
        ("Experience: two to three yrs", {2, 3}),
        ("mindestens 3 Jahre Berufserfahrung", {3}),
        ("al menos 2 años de experiencia", {2}),
        ("3 ans d'expérience", {3}),
        ("minimum 4 lata doświadczenia", {4}),
        ("For 25 years we have trimmed lamps, with much experience.", set()),
        ("A contract of 2 years on the quay.", set()),
        ("Founded in 1998.", set()),
    ],
)
def test_years_are_those_of_experience_in_several_languages(text, years):
    assert stated(text).years == years


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Requisition number: TK40211", {"TK40211"}),
        ("Job ID 88213. Apply today.", {"88213"}),
        ("Ref no. 21-4409", {"21-4409"}),
        ("Req #R0211998", {"R0211998"}),
        ("Job number 2026-05-01", set()),
        ("Position #12", set()),
        ("We moved 88213 lamps.", set()),
    ],
)
def test_job_numbers_are_those_that_are_called_so(text, numbers):
    assert stated(text).numbers == numbers


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [({3}, {5}, True), ({1, 2, 3}, {2}, False), ({4, 6}, {6}, False), ({2}, set(), False), ({4, 5}, {2, 4}, True)],
)
def test_years_keep_two_ads_apart_if_each_asks_for_what_the_other_does_not(one, other, apart):
    assert years_apart(Stated(frozenset(one)), Stated(frozenset(other))) is apart
    assert years_apart(Stated(frozenset(other)), Stated(frozenset(one))) is apart


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"R0211"}, {"R0988"}, True),
        ({"R0211"}, {"R0211", "R0988"}, False),
        ({"R0211"}, {"77-1"}, False),
        ({"R0211"}, set(), False),
    ],
)
def test_job_numbers_keep_apart_only_if_they_are_of_one_make(one, other, apart):
    assert numbers_apart(Stated(numbers=frozenset(one)), Stated(numbers=frozenset(other))) is apart
