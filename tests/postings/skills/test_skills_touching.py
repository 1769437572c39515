"""Which texts a change of aliases reaches, word by word: no text that is read differently is ever left out."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postings.skills import Extractor, Lexicon, LexiconEntry, Touching
from tests.properties import examples

PHRASES = (
    *("Python", "SQL", "data collection", "data storage", "storage", "STORAGE", "HA", "IS", "is", "high availability"),
    *("k-means", "C++", "R and D", "R", "Gen 2", "Dataflow Gen2", "machine learning", "deep learning", "learning"),
    *("modelling", "LLM", "Node.js", "ci/cd", "as is", "Glue"),
)
PIECES = (
    *(
        "Python",
        "SQL",
        "data collection, cleaning, and storage",
        "HA",
        "ha",
        "That has",
        "is",
        "IS",
        "kmeans",
        "k-means",
    ),
    *(
        "K-Means",
        "C++",
        "C\\+\\+",
        "R & D",
        "R and D",
        "R",
        "Gen2",
        "Gen 2",
        "Dataflow Gen2",
        "machine and deep learning",
    ),
    *(
        "models",
        "modeling",
        "LLMs",
        "llm",
        "Node.js",
        "NodeJS",
        "CI/CD",
        "Glue",
        "glued",
        "as is",
        "STORAGE",
        "storages",
    ),
    *(
        "\uf0b7Python",
        "caféPython",
        "Luigi",
        "Is",
        "PythonSQL",
        "Python3",
        "high\u00a0availability",
        "Ha Luigi",
        "Storage",
    ),
)
LANGUAGES = (
    "",
    "We are looking for a person who will work with the data of our customers and who has experience. ",
    "Il candidato ideale ha una laurea in fisica e ha maturato esperienza nella gestione dei dati per le aziende. ",
)
NOT_IN = st.sampled_from(["", "en", "it"])
JOINS = (", ", " ", "/", " and ", "\n", "; ", " (")


@st.composite
def entries(draw):
    phrases = draw(st.sets(st.tuples(st.sampled_from(PHRASES), st.booleans()), max_size=6))
    # One alias for each folded phrase and case, as the database has it.
    return [
        LexiconEntry(zlib.crc32(f"{phrase}{exact}".encode()), phrase, exact, "", draw(NOT_IN))
        for phrase, exact in sorted(phrases)
    ]


@st.composite
def texts(draw):
    parts = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=7))
    joins = draw(st.lists(st.sampled_from(JOINS), min_size=len(parts), max_size=len(parts)))
    said = "".join(part + join for part, join in zip(parts, joins, strict=True))
    return f"{draw(st.sampled_from(LANGUAGES))}Requirements: {said}"


def read(lexicon, text):
    reading = Extractor(lexicon).read(text)
    return [(m.alias_id, m.start, m.end, m.level) for m in reading.mentions], reading.candidates


@settings(max_examples=examples(80))
@given(entries(), entries(), st.lists(texts(), min_size=1, max_size=4))
def test_a_text_that_a_change_does_not_touch_is_read_as_before(kept, changed, some):
    before, after = Lexicon(kept), Lexicon({*kept} ^ {*changed})
    touches = Touching(before.entries, after.entries)
    for text in some:
        if not touches(text):
            assert read(before, text) == read(after, text), text


def touched(phrase, *texts, exact=False):
    old = [LexiconEntry(1, "Python", exact_case=False, context="")]
    touches = Touching(old, [*old, LexiconEntry(2, phrase, exact_case=exact, context="")])
    return [text for text in texts if touches(text)]


def test_a_short_phrase_does_not_reach_the_words_that_hold_it():
    assert touched("HA", "That has to be.", "Clusters in HA mode.", "ha ha") == ["Clusters in HA mode.", "ha ha"]
    assert touched("HA", "That has to be.", "in HA mode.", "ha ha", exact=True) == ["in HA mode."]


def test_a_word_that_became_known_reaches_candidates_alone():
    assert touched("Glue jobs", "we glue paper", "Python, Glue", "glue many jobs") == ["Python, Glue", "glue many jobs"]


@pytest.mark.parametrize("text", ["Python3", "\uf0b7Python", "a\u0301 Python", "C++/python", "PYTHON's"])
def test_a_word_is_found_wherever_the_matcher_finds_it(text):
    touches = Touching([], [LexiconEntry(1, "python", exact_case=False, context="")])

    assert touches(text)


def test_other_scripts_are_words_too():
    assert touched("日本語", "anything", "日本語 N1") == ["日本語 N1"]
