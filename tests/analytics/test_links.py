"""Addresses that figures lead to."""

from datetime import date

from django.http import QueryDict
from django.urls import set_script_prefix

from analytics.questions import Question
from analytics.selectors.links import between, monthly_urls, path_of, postings_url
from analytics.snapshot import Filter

JANUARY = (2024 - 1970) * 12


def test_the_addresses_of_months_are_those_of_the_question_narrowed_to_each():
    question = Question(Filter(since=date(2024, 1, 15), until=date(2024, 3, 9), countries=("DE", ""), copies=True))
    days = (
        (date(2024, 1, 1), date(2024, 1, 31)),
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 3, 1), date(2024, 3, 31)),
    )

    for asked in (question, Question()):
        one_by_one = [postings_url(between(asked, *span), skill="c & c++") for span in days]
        assert monthly_urls(asked, range(JANUARY, JANUARY + 3), skill="c & c++") == one_by_one


def test_an_address_is_read_back_as_the_question_that_it_was_made_from():
    question = Question(Filter(since=date(2024, 1, 15), companies=("", "a & b"), titles=("C++ “guru”",), reposts=True))

    assert Question.from_query(QueryDict(question.query.removeprefix("?"))) == question
    assert question.query_with(tab="time", page="") == f"{question.query}&tab=time"
    assert Question().query == ""


def test_paths_follow_the_place_that_the_site_is_served_from():
    try:
        set_script_prefix("/scope/")
        assert path_of("role", "data-engineer") == "/scope/roles/data-engineer/"
    finally:
        set_script_prefix("/")
    assert path_of("role", "data-engineer") == "/roles/data-engineer/"
