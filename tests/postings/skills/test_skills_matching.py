import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_extractor import found, make_extractor, make_lexicon

from postings.skills import Extractor
from postings.skills.matcher import longest_apart
from postings.skills.spelling import fold_word
from postings.skills.tokens import words_of
from postings.skills.types import LexiconEntry, Match
from tests.properties import examples

SMALL = "machine learning | deep learning | learning | data | data science | data science platform | science | Python"
ENTRY = LexiconEntry(1, "x", exact_case=False, context="")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("machine learning", ["machine learning"]),
        ("deep machine learning", ["machine learning"]),
        ("data science platforms", ["data science platforms"]),
        ("data science", ["data science"]),
        ("data and science", ["data", "science"]),
        ("learning data science", ["learning", "data science"]),
    ],
)
def test_the_longest_phrase_wins(text, expected):
    assert found(text, SMALL) == expected


def test_of_equally_long_phrases_the_first_wins():
    assert found("alpha gamma delta", "alpha gamma | gamma delta") == ["alpha gamma"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We use looker.", []),
        ("We use Looker.", ["Looker"]),
        ("we use LOOKER.", []),
        ("APIs and api", ["APIs"]),
        ("Lookers", []),
    ],
)
def test_exact_case_means_these_letters(text, expected):
    assert found(text, "=Looker | =API") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You run stream analytics portals for farms.", ["stream analytics"]),
        ("Strong knowledge of stream analytics portals.", ["stream analytics portals"]),
        ("You run fleet portals with SQL.", ["SQL"]),
    ],
)
def test_what_is_left_of_a_phrase_that_does_not_count_is_read(text, expected):
    assert found(text, "stream analytics | stream analytics portals{asked} | fleet portals{asked} | SQL") == expected


def test_names_have_no_plural():
    assert found("Tableaus and Kafkas", "Tableau | Kafka") == []


def test_the_alias_written_as_in_the_text_is_preferred():
    lexicon = make_lexicon("data modeling | data modelling | =KPI | KPI{listed}")
    phrases = {entry.alias_id: entry.phrase for entry in lexicon.entries}
    reading = Extractor(lexicon).read("data modelling and data modeling and KPI")
    assert [phrases[mention.alias_id] for mention in reading.mentions] == ["data modelling", "data modeling", "KPI"]


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda span: Match(span[0], span[0] + span[1], ENTRY))


@given(st.lists(SPANS, max_size=25).map(sorted))
def test_what_is_left_never_overlaps_and_nothing_longer_was_given_up(matches):
    kept = longest_apart(matches)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    for match in matches:
        over = [k for k in kept if k.start < match.end and match.start < k.end]
        assert over
        assert max(k.end - k.start for k in over) >= match.end - match.start


FILLER = ["we", "need", "you", "to", "know", "\n- ", ", ", ". ", " and ", "/", "(", ")", "  ", "\u00a0", "plus", "no"]
WRITTEN = [
    *("Python", "PYTHON", "data modelling", "data-modeling", "machine learning", "neural networks", "scikit-learn"),
    *("SQL", "A/B tests", "A/B testing", "Node.js", "C++", "REST API", "data sets", "spark", "Excel", "R", "é", "İ"),
    *("naïve", "LLMs", r"C\+\+", "\u200b"),
]


@settings(max_examples=examples(150))
@given(st.lists(st.sampled_from(FILLER + WRITTEN), max_size=25))
def test_a_mention_stands_where_it_says(parts):
    extractor = make_extractor()
    phrases = {entry.alias_id: entry.phrase for entry in extractor.lexicon.entries}
    text = " ".join(parts)
    mentions = extractor.read(text).mentions
    for mention in mentions:
        surface = text[mention.start : mention.end]
        assert surface == surface.strip()
        assert _key(surface) == _key(phrases[mention.alias_id])
    assert all(a.end <= b.start for a, b in pairwise(mentions))


def _key(phrase):
    """The phrase up to case, plural, American spelling, hyphens, blanks and escapes."""
    words = [word for word in words_of(phrase.replace("\u00a0", " ").replace("\u200b", " ")) if word not in "-_"]
    return fold_word("".join(fold_word(word) for word in words))


@settings(max_examples=examples(50))
@given(st.text(max_size=500))
def test_any_text_can_be_read(text):
    reading = make_extractor().read(text)
    assert all(0 <= m.start < m.end <= len(text) for m in (*reading.mentions, *reading.candidates))


def test_the_same_text_is_read_the_same_whatever_was_read_before():
    texts = [f"Python and {word} with SQL, Kafka{n}" for n, word in enumerate(["spark", "Go", "R", "data", "Excel"])]
    fresh = [Extractor(make_lexicon()).read(text) for text in texts]
    used = make_extractor()
    random.Random(1).shuffle(shuffled := texts * 3)
    list(used.read_many(shuffled))
    assert list(used.read_many(texts)) == fresh


HOSTILE = [
    *("no Python ", "Python is a plus ", "degree in Python ", "in Go, ", "401(k) ", "machine learning machine "),
    *("Location: x\n", "Benefits: Python\nSkills: SQL\n", "We need:\n- Python\n", "equal opportunity\n"),
    *("degree field: ", "Python or SQL degree ", "looking for a ", "2 years or a degree or "),
    *("skillsStrong ", "About YouThe ", "wound- Care", "Location: Role: ", "About Us: x. ", "Skills, ", "SKILLSExp"),
    *("Working with Sales, Machine learning, ", "bachelor in Python, preferred ", "Abgeschlossenes Studium "),
    *("Larch is a company. Python is. ", "At Larch, we believe ", "solid foundation in Python "),
    *("(", "C++", "\\", ".", "-", "Python/", "a ", "A ", "R&D"),
]


@pytest.mark.slow
@pytest.mark.parametrize("part", HOSTILE)
def test_a_hostile_text_is_read_to_its_end(part):
    """Work that grew with the square of the length would not end here."""
    text = part * (100_000 // len(part))

    mentions = make_extractor().read(text).mentions

    assert all(0 <= mention.start < mention.end <= len(text) for mention in mentions)


def test_new_words_leave_spacy_as_it_was():
    extractor = Extractor(make_lexicon())
    extractor.read("One text for what every text needs: Python and SQL")
    strings = extractor._matcher._vocab.strings
    before = len(strings)
    for number in range(200):
        extractor.read(f"Python and word{number}ly, Kafka{number} or Größe{number} with SQL")
    assert len(strings) == before


def test_an_alias_with_an_unknown_rule_is_refused():
    with pytest.raises(ValueError, match="there is no context rule 'sometimes'"):
        Extractor(make_lexicon("Go{sometimes}"))


def test_ids_may_be_any_number():
    lexicon = make_lexicon("Python | SQL")
    entries = [LexiconEntry(entry.alias_id + 7_000_000, *_rest(entry)) for entry in lexicon.entries]
    reading = Extractor(type(lexicon)(entries)).read("Python, SQL")
    assert [mention.alias_id for mention in reading.mentions] == [7_000_001, 7_000_002]


def _rest(entry):
    return entry.phrase, entry.exact_case, entry.context
