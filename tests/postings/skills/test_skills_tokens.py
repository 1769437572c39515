from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_extractor import found, make_extractor

from postings.skills.hints import STOCK
from postings.skills.spelling import fold_word, same_length_clean, spellings
from postings.skills.token_hints import marks_in, masked
from postings.skills.tokens import Cutter, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("C#/.NET", ["C#", "/", ".", "NET"]),
        ("Java/Python", ["Java", "/", "Python"]),
        ("SQL/NoSQL", ["SQL", "/", "NoSQL"]),
        ("Python3", ["Python", "3"]),
        ("Python3.11", ["Python", "3", ".", "11"]),
        ("AWS(S3,EC2)", ["AWS", "(", "S3", ",", "EC2", ")"]),
        ("scikit-learn", ["scikit", "-", "learn"]),
        ("CI/CD", ["CI", "/", "CD"]),
        ("Node.js", ["Node", ".", "js"]),
        ("C++17", ["C++", "17"]),
        ("C/C++", ["C", "/", "C++"]),
        ("A/B testing", ["A", "/", "B", "testing"]),
        ("end-to-end", ["end", "-", "to", "-", "end"]),
        (r"C\+\+ and data\-driven", ["C++", "and", "data", "-", "driven"]),
        ("word2vec, k8s", ["word2vec", ",", "k8s"]),
        ("Größe naïve", ["Größe", "naïve"]),
    ],
)
def test_words_are_split_where_skills_meet(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C#/.NET", ["C#", ".NET"]),
        ("Java/Python", ["Java", "Python"]),
        ("SQL/NoSQL databases", ["SQL", "NoSQL"]),
        ("Python3", ["Python"]),
        ("AWS(S3,EC2)", ["AWS", "S3", "EC2"]),
        ("CI/CD and A/B testing", ["CI/CD", "A/B testing"]),
        ("CI / CD", ["CI / CD"]),
        (r"C\+\+ or Node\.js", [r"C\+\+", r"Node\.js"]),
        ("TypeScript+Docker", ["TypeScript", "Docker"]),
        ("(Kafka)[Airflow]{dbt}", ["Kafka", "Airflow", "dbt"]),
    ],
)
def test_skills_are_found_on_both_sides_of_a_split(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "scikit learn",
        "scikit_learn",
        "Scikit-Learn",
        "scikitlearn",
        "A/B-testing",
        "data-modeling",
        "data modelling",
        "Data Modeling",
        "data visualisation",
        "neural networks",
        "LLMs",
        "object oriented programming",
        "relational database",
        "time-series",
        "datasets",
        "kmeans",
        "natural\u00a0language\u2011processing",
        "machine  learning",
    ],
)
def test_another_spelling_of_a_phrase_is_found_whole(text):
    assert found(f"You know {text} well.") == [text]


@pytest.mark.parametrize("text", ["machine\nlearning", "machine. Learning", "data - modeling", "machine: learning"])
def test_no_phrase_reaches_over_a_line_or_a_sentence(text):
    assert found(text) == []


WRITTEN = st.text(max_size=200) | st.text(alphabet="ab.@+\\# \t\n-3É", max_size=60)


@given(st.lists(WRITTEN, max_size=4))
def test_tokens_stand_where_they_say_and_leave_out_nothing_but_blanks(texts):
    tokens = Cutter(lambda piece: (7, 5)).cut(texts)

    assert len(tokens.edges) == len(texts) + 1
    for text, (first, last) in zip(texts, pairwise(tokens.edges), strict=True):
        columns = (tokens.starts, tokens.lengths, tokens.numbers)
        rows = zip(*(column[first:last].tolist() for column in columns), strict=True)
        seen = [text[start : start + length] for start, length, number in rows if number]
        assert "".join("".join(seen).split()) == "".join(text.split())


def test_a_break_stands_between_lines_and_behind_texts():
    tokens = Cutter(lambda piece: (1, 0)).cut(["one two\nthree four", "five"])
    assert tokens.numbers.tolist() == [1, 1, 0, 1, 1, 0, 1, 0]
    assert tokens.edges == [0, 6, 8]


def test_a_text_without_blanks_is_read_as_far_as_places_go():
    tokens = Cutter(lambda piece: (1, 0)).cut(["ab," * 100_000])
    read = tokens.starts[tokens.numbers > 0].tolist()
    assert read == [at for at in range(read[-1] + 1) if at % 3 != 1]
    assert 0 <= read[-1] - (1 << 18) < 3 or 0 <= (1 << 18) - read[-1] < 3


def test_what_is_masked_says_nothing():
    tokens = Cutter(lambda piece: (3, STOCK)).cut(["one two three", "four five", "six"])
    hidden = masked(tokens, [[(4, 8), (8, 13)], [], [(0, 3)]])
    assert hidden.numbers.tolist() == [3, 0, 0, 0, 3, 3, 0, 0, 0]
    assert marks_in(hidden) == [([0], []), ([0, 5], []), ([], [])]


def test_runs_are_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr("postings.skills.tokens._MEMO_LIMIT", 10)
    cutter = Cutter(lambda piece: (len(piece.strip()), 0))
    for number in range(50):
        assert cutter.cut([f"a{number} bc"]).numbers.tolist()[1] == 2


@given(st.text(max_size=300))
def test_cleaning_keeps_every_character_in_its_place(text):
    clean = same_length_clean(text)
    assert len(clean) == len(text) == len(clean.lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("networks", "network"),
        ("Technologies", "technology"),
        ("processes", "process"),
        ("modelling", "modeling"),
        ("optimisation", "Optimization"),
        ("analysed", "analyzed"),
        ("behaviour", "behavior"),
        ("programmes", "program"),
    ],
)
def test_spellings_of_one_word_fold_to_one(one, other):
    assert fold_word(one) == fold_word(other)


def test_a_reader_that_forgets_keeps_no_word_and_reads_as_before():
    extractor = make_extractor()
    before = extractor.read("Zanzibar: we use Python and machine learning")
    assert any("Zanzibar" in word for word in extractor._matcher._words)

    extractor.forget()

    assert not extractor._matcher._words
    assert not extractor._matcher._cutter._runs
    assert extractor.read("Zanzibar: we use Python and machine learning") == before


@pytest.mark.parametrize(("one", "other"), [("analytics", "analytic"), ("AWS", "AW"), ("SAS", "SA"), ("class", "clas")])
def test_different_words_stay_different(one, other):
    assert fold_word(one) != fold_word(other)


def test_a_phrase_with_many_gaps_has_few_forms():
    assert len(spellings(words_of("one two three four five six seven eight"))) <= 4


@given(
    st.lists(
        st.sampled_from(["data", "A", "-", "/", "learn", "3", "&", "and", "_", ".", "C++"]), min_size=1, max_size=7
    )
)
def test_a_phrase_is_one_of_its_own_forms(words):
    own = "".join(words).replace("-", "").replace("_", "")
    assert own in {"".join(form).replace("-", "").replace("_", "") for form in spellings(words)}
