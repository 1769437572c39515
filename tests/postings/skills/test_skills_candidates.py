from itertools import pairwise

import pytest
from make_extractor import candidates, make_extractor

from postings.skills import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python, SQL, Dagster and Kafka", ["Dagster"]),
        ("Python, SQL, DuckDB, Meltano", ["DuckDB", "Meltano"]),
        ("Experience with Docker/Kubernetes/Nomad.", ["Nomad"]),
        ("- TensorFlow, PyTorch, Flax NNX or JAX", ["Flax NNX", "JAX"]),
        ("AWS (S3, EC2, LakeFoo)", ["LakeFoo"]),
        ("Python, SQL and pySomething", ["pySomething"]),
        ("Python, SQL, Grove 3.0. We plant.", ["Grove 3.0"]),
    ],
)
def test_a_name_in_a_list_of_skills_is_a_candidate(text, expected):
    assert candidates(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Python and Berlin",  # a list of one
        "Python, SQL, and many other things",
        "Python, SQL, Computer Science",
        "Python, SQL, Monday",
        "Meet Anna, Ben and Carla.",
        "Python, SQL. Berlin is nice.",
        "Python, SQL, Senior Engineers",
        "Python, SQL, Matematica",  # a subject to have studied, in another language
        "Python, SQL, Intermediate",
        "Python, SQL, C1",  # how well a language is spoken
        "Python, SQL, Vision Services, Amazon",  # made of the words of aliases
        "Benefits\n- Python, SQL, Dagster",
        "Python, SQL, Kafka",
    ],
)
def test_other_words_are_none(text):
    assert candidates(text) == []


def test_a_candidate_stands_where_it_says_and_in_no_mention():
    text = "Tools: Python, SQL, Dagster, Kafka, DuckDB and Airflow"
    reading = make_extractor().read(text)
    assert [text[s.start : s.end] for s in reading.candidates] == ["Dagster", "DuckDB"]
    taken = [Span(m.start, m.end) for m in reading.mentions] + list(reading.candidates)
    taken.sort(key=lambda span: span.start)
    assert all(a.end <= b.start for a, b in pairwise(taken))
