"""What a change of aliases can reach: every text that is read differently holds what `reach` says."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.skills import Extractor, Lexicon, LexiconEntry, reach
from postings.skills.spelling import fold_word
from postings.skills.spread import shared_part

WORDS = (
    "organisation organizations analyse analyzed modelling modeler colour colors colored behavioural programme centre",
    "libraries library classes boxes APIs analysis analyses catalogues Kubernetes data EC2 S3 R C licence series",
    "optimising optimizer metres bus status dies query queries fulfilled travelled",
)
ENDINGS = (
    *("", "s", "es", "d", "r", "er", "ing", "e", "y", "ies", "ss", "'s"),
    *("ise", "ize", "ised", "ized", "isation", "ization", "yse", "yze", "lled", "led"),
    *("our", "or", "tre", "ter", "mme", "m"),
)


@pytest.mark.parametrize("word", " ".join(WORDS).split())
def test_all_spellings_of_a_word_hold_its_part(word):
    part = shared_part(word)
    assert part
    stems = {word[:length] for length in range(1, len(word) + 1)}
    same = {stem + ending for stem in stems for ending in ENDINGS if fold_word(stem + ending) == fold_word(word)}
    assert word in same
    assert [other for other in same if part not in other.lower()] == []


@given(st.text("abcdeilmnorstuyz", min_size=1, max_size=9), st.sampled_from(ENDINGS), st.sampled_from(ENDINGS))
def test_words_that_count_as_one_share_a_part(stem, one, other):
    if fold_word(stem + one) == fold_word(stem + other):
        assert shared_part(stem + one) == shared_part(stem + other)
        assert shared_part(stem + one) in stem + other


def entries_of(phrases):
    """An alias keeps its id as long as it is there."""
    return [LexiconEntry(zlib.crc32(phrase.encode()), phrase, exact_case=False, context="") for phrase in phrases]


def changes(before, after):
    return reach(entries_of(before), entries_of(after))


def test_nothing_changed_reaches_nothing():
    assert changes(["Python", "SQL"], ["SQL", "Python"]) == []


def test_a_new_phrase_reaches_what_holds_all_its_words_and_a_new_word_what_holds_it():
    assert changes(["data lake"], ["data lake", "Data Libraries"]) == [("data", "librar"), ("librar",)]
    assert changes(["data lake", "lake house"], ["data lake"]) == [("house",), ("house", "lake")]


@pytest.mark.parametrize(
    ("phrase", "parts"),
    [("Überö", ("ber",)), ("Café Tool", ("caf", "tool")), ("Qualitätssicherung", ("tssicherung",)), ("数据", ())],
)
def test_a_phrase_with_other_letters_reaches_what_holds_its_plain_ones(phrase, parts):
    assert parts in changes([], [phrase])


@given(st.text("abrüéß", min_size=1, max_size=8))
def test_the_part_of_a_word_with_other_letters_stands_in_it_in_any_case(word):
    assert shared_part(word) in word.casefold()
    assert shared_part(word) in word.upper().lower()


def test_a_phrase_of_signs_reaches_everything():
    assert () in changes(["Python"], ["Python", "日本語"])


PHRASES = [
    "Python",
    "data pipelines",
    "pipelines",
    "R and D",
    "C++",
    "modelling",
    "data modeling",
    "Airflow",
    "k-means",
]
TEXTS = [
    "Requirements: Python, Airflow and data pipelines, Glue, Luigi.",
    "You model data. Data modelling is what we do, in Python/Luigi.",
    "Skills: C++, Python, R & D, kmeans, Prefect.",
    "Nothing of that kind stands here.",
    "Airflow, pipeline, Prefect, Dagster",
]


@given(st.sets(st.sampled_from(PHRASES)), st.sets(st.sampled_from(PHRASES)))
def test_a_text_that_holds_no_change_is_read_as_before(before, after):
    old, new = Lexicon(entries_of(sorted(before))), Lexicon(entries_of(sorted(after)))
    parts = reach(old.entries, new.entries)
    for text in TEXTS:
        if not any(all(part in text.lower() for part in change) for change in parts):
            assert shown(old, text) == shown(new, text)


def shown(lexicon, text):
    phrases = {entry.alias_id: entry.phrase for entry in lexicon.entries}
    reading = Extractor(lexicon).read(text)
    return {(phrases[m.alias_id], m.start, m.end, m.level) for m in reading.mentions}, reading.candidates
