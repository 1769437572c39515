"""Phrases that may be one, as OpenRefine finds them; what tells two names apart keeps them apart."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.skills.clustering import (
    LARGEST,
    Method,
    clusters,
    fingerprint,
    folded,
    is_one_letter_apart,
    pair_fingerprint,
)


def sets_of(*phrases, known=0):
    return [{phrases[place] for place in cluster.members} for cluster in clusters(phrases, known=known)]


@pytest.mark.parametrize(
    ("phrase", "key"),
    [(" Tom  CRUISE ", "cruise tom"), ("Cruise, Tom.", "cruise tom"), ("Tôm Cruise tom", "cruise tom"), ("C++", "c++")],
)
def test_fingerprints_as_openrefine_makes_them(phrase, key):
    assert fingerprint(phrase) == key


def test_pair_fingerprints_as_openrefine_makes_them():
    assert pair_fingerprint("Paris") == "arispari"
    assert pair_fingerprint("Grove-DB") == pair_fingerprint("GroveDB")
    assert pair_fingerprint("ab") == ""


@pytest.mark.parametrize("phrase", ["Node.js", "NodeJS", "node js", "Node"])
def test_a_js_at_the_end_tells_no_names_apart(phrase):
    assert folded(phrase) == "node"


@pytest.mark.parametrize(
    ("phrases", "method"),
    [
        (("Data Lake", "data-lakes", "DataLake"), Method.SPELLING),
        (("Knockout.js", "KnockoutJS"), Method.SPELLING),
        (("Visualisation tools", "Visualization Tool"), Method.SPELLING),
        (("Studio Grove", "Grove Studio"), Method.WORDS),
        (("Kubermetes", "Kubernetes"), Method.LETTER),
        (("Memcache", "Memcached"), Method.LETTER),
        (("Groevdb", "Grovedb"), Method.LETTER),
    ],
)
def test_spellings_of_one_name_are_one_cluster(phrases, method):
    [cluster] = clusters(phrases)

    assert {phrases[place] for place in cluster.members} == set(phrases)
    assert method in cluster.methods


@pytest.mark.parametrize(
    "phrases",
    [("C", "C++", "C#"), ("Redis", "Redux"), ("Dataflow Gen2", "Dataflow Gen3"), ("Java", "JavaScript"), ("R", "S")],
)
def test_other_names_are_no_cluster(phrases):
    assert clusters(phrases) == []


def test_known_names_join_new_phrases_and_are_no_reason_to_join_two():
    assert sets_of("Grovedbs", "Orchard", "Grovedb", "Grove DB", known=2) == [{"Grovedbs", "Grovedb", "Grove DB"}]
    # Each is one letter from "grovedb", and two from the other.
    assert sets_of("agrovedb", "grovedbx", "grovedb", known=1) == [{"agrovedb", "grovedb"}, {"grovedbx", "grovedb"}]
    assert sets_of("Orchard", "Grove DB", "GroveDB", known=2) == []


def test_a_cluster_stays_small_enough_to_be_looked_at():
    phrases = [f"orchard{'s' * (number % 2)}{' ' * (number // 2)}" for number in range(60)]

    assert [len(cluster.members) for cluster in clusters(phrases)] == [LARGEST]


def levenshtein(one, other):
    rows = [list(range(len(other) + 1))]
    for at, letter in enumerate(one, start=1):
        rows.append([at])
        for place, there in enumerate(other, start=1):
            change = rows[at - 1][place - 1] + (letter != there)
            rows[at].append(min(change, rows[at - 1][place] + 1, rows[at][place - 1] + 1))
    return rows[-1][-1]


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_one_letter_apart_is_what_levenshtein_says_or_two_letters_swapped(one, other):
    swaps = {one[:at] + one[at + 1] + one[at] + one[at + 2 :] for at in range(len(one) - 1)} - {one}

    assert is_one_letter_apart(one, other) == (levenshtein(one, other) == 1 or other in swaps)


@given(st.lists(st.text("abo", min_size=6, max_size=9), unique=True, max_size=12))
def test_every_pair_one_letter_apart_is_found(phrases):
    found = sets_of(*phrases)

    for one, other in combinations(phrases, 2):
        if is_one_letter_apart(folded(one), folded(other)) and min(len(folded(one)), len(folded(other))) >= 6:
            assert any({one, other} <= members for members in found)


@given(st.lists(st.text(max_size=12), max_size=15), st.integers(0, 5))
def test_any_phrases_are_clustered_each_new_one_at_most_once(phrases, known):
    known = min(known, len(phrases))

    found = clusters(phrases, known=known)

    new = [place for cluster in found for place in cluster.members if place < len(phrases) - known]
    assert len(new) == len(set(new))
    assert all(len(cluster.members) > 1 for cluster in found)
