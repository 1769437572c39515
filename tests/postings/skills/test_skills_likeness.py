"""Which skill a new phrase suggests; a wrong one costs a curator more than none."""

import pytest

from postings.skills import Likeness

ALIASES = {"PostgreSQL": 1, "Kafka": 2, "Spark": 3, "Redis": 4, "Power BI": 5, "R": 6, "Kubernetes": 7}


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
    ],
)
def test_the_nearest_skill(phrase, skill):
    assert Likeness(ALIASES).nearest(phrase) == skill
