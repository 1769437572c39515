"""Which skill a new phrase suggests; a wrong one costs a curator more than none."""

import pytest

from postings.skills import Guess, Likeness, is_short_for, spelling_of

ALIASES = {"PostgreSQL": 1, "Kafka": 2, "Spark": 3, "Redis": 4, "Power BI": 5, "R": 6, "Kubernetes": 7, "ISO 27001": 8}


@pytest.mark.parametrize(
    ("phrase", "skill"),
    [
        ("Postgre SQL", 1),
        ("PostgresSQL", 1),
        ("Postgesql", 1),
        ("PostgreSQl Database", 1),
        ("Confluent Kafka", None),
        ("Amazon Kafka Service", 2),
        ("Kafka 3", 2),
        ("Power BI Desktop", 5),
        ("Microsoft Power BI Pro", 5),
        ("Kubernates", 7),
        ("Redux", None),
        ("Sparks", 3),
        ("S", None),
        ("Database", None),
        ("???", None),
        ("ISO 27701", None),
        ("ISO27001", 8),
        ("ISO 2700", None),
    ],
)
def test_the_nearest_skill(phrase, skill):
    found = Likeness(ALIASES).nearest(phrase)

    assert (found and found.skill) == skill


@pytest.mark.parametrize(
    ("phrase", "guess"),
    [
        ("Postgre SQL", Guess.SAME_LETTERS),
        ("Amazon Kafka Service", Guess.NAME_AND_MORE),
        ("PostgresSQL", Guess.LETTER_OFF),
        ("Kubernates", Guess.LETTER_OFF),
    ],
)
def test_why_a_skill_is_near(phrase, guess):
    assert Likeness(ALIASES).nearest(phrase).guess == guess


@pytest.mark.parametrize("phrase", ["data-lakes", "Data Lake", "DataLake", "DATA LAKES"])
def test_spellings_of_a_phrase_are_one(phrase):
    assert spelling_of(phrase) == "datalake"


def test_a_phrase_without_letters_is_its_own_spelling():
    assert spelling_of("???") == "???"


@pytest.mark.parametrize(
    ("short", "long", "fits"),
    [
        ("LP", "linear programming", True),
        ("MRFs", "Markov random fields", True),
        ("TOS", "terms of service", True),
        ("TS", "terms of service", True),
        ("RT", "real-time", True),
        ("LP", "logistics", False),
        ("P", "Python", False),
    ],
)
def test_an_abbreviation_is_told_by_its_letters(short, long, fits):
    assert is_short_for(short, long) == fits
