import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_extractor import make_extractor

from postings.skills.headings import SectionKind
from postings.skills.stock import _STOCK, JOB_WORDS, STOCK_WORDS, Marks, marks_of, stock_phrases
from postings.skills.token_hints import marks_in

PHRASES = [(kind, phrase) for kind, stock in _STOCK.items() for phrases in stock.values() for phrase in phrases]


@pytest.mark.parametrize(("kind", "phrase"), PHRASES)
def test_each_stock_phrase_is_found_where_it_stands(kind, phrase):
    text = f"we tell you: {phrase} and more."
    assert (kind, 13) in list(stock_phrases(text, marks_of(text).stock))


def test_the_law_comes_first():
    text = "a gym membership and equal opportunity for all"
    assert [kind for kind, _ in stock_phrases(text, marks_of(text).stock)] == [SectionKind.LEGAL, SectionKind.BENEFITS]


def test_a_word_alone_is_no_phrase():
    text = "off we go, equal to the task; your base is a private car race"
    assert list(stock_phrases(text, marks_of(text).stock)) == []


@given(
    st.lists(st.sampled_from([*sorted(STOCK_WORDS | JOB_WORDS), "pear", "-", ",", ".", "(", "\n", "'"]), max_size=30)
)
def test_the_words_looked_up_are_the_words_that_stand_there(words):
    text = " ".join(words)
    matcher = make_extractor()._matcher
    assert [Marks(*map(list, marks)) for marks in marks_in(matcher.cut([text]))] == [marks_of(text)]
