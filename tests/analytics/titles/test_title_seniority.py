from __future__ import annotations

import pytest

from analytics.titles import LEVELS, TitleReader, load_catalogue


@pytest.fixture(scope="module")
def reader() -> TitleReader:
    return TitleReader(load_catalogue())


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Data Engineer", "unspecified"),
        ("Data Engineering Co-op", "intern"),
        ("Werkstudent:in Data Science", "intern"),
        ("Stage Data Scientist (6 mois)", "intern"),
        ("Jr. Data Engineer", "junior"),
        ("Entry Level Data Engineer", "junior"),
        ("Data Engineer I", "junior"),
        ("Młodszy analityk danych", "junior"),
        ("Data Engineer II", "mid"),
        ("Data Engineer 2 - Claims", "mid"),
        ("Cientista de Dados Pleno", "mid"),
        ("Sr Data Engineer", "senior"),
        ("Data Engineer III", "senior"),
        ("Starszy programista", "senior"),
        ("Data Science Team Lead", "lead"),
        ("AI / ML Lead", "lead"),
        ("Staff Data Engineer", "principal"),
        ("Distinguished Engineer, AI", "principal"),
        ("Data Science Manager", "manager"),
        ("Head of Data Science", "director"),
        ("VP, Analytics", "director"),
        ("Chief Data Scientist", "director"),
    ],
)
def test_level_words_and_numerals_of_many_languages_are_read(reader, title, level):
    assert reader.read(title).seniority == level


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Senior Manager, Data Science", "manager"),
        ("Associate Director, Analytics", "director"),
        ("Senior Staff Engineer, Machine Learning", "principal"),
        ("Senior Data Analyst II", "senior"),
        ("Senior Data Engineer Intern", "intern"),
    ],
)
def test_of_two_levels_of_one_person_the_higher_counts_but_an_intern_is_an_intern(reader, title, level):
    assert reader.read(title).seniority == level


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Mid/Senior Backend Developer", "mid"),
        ("Scientist / Senior Scientist / Principal Scientist", "unspecified"),
        ("Java Architect / Lead Java Developer", "lead"),
        ("Data Engineer (Senior)", "senior"),
    ],
)
def test_the_level_belongs_to_the_work_named_first(reader, title, level):
    assert reader.read(title).seniority == level


@pytest.mark.parametrize(
    "title",
    [
        "Lead Generation Analyst",
        "Product Manager",
        "Project Manager",
        "Data Entry Clerk",
        "Student Success Data Analyst",
    ],
)
def test_words_that_only_look_like_levels_are_none(reader, title):
    assert reader.read(title).seniority == "unspecified"


def test_every_level_has_a_name_of_the_guide():
    assert LEVELS == ("intern", "junior", "mid", "senior", "lead", "principal", "manager", "director", "unspecified")
