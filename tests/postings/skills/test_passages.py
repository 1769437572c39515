"""A place in a text is kept as its sentence, and found again by it."""

from hypothesis import given
from hypothesis import strategies as st

from postings.skills import Span, passage_around, places_of
from postings.skills.passages import LONGEST

TEXT = (
    "We are a cider maker in the hills. You clean the kettle every evening after the last pressing. "
    "Apples wait for nobody.\n- Go\n- Rust\nThe rest is learned in the orchard, from those who planted it."
)


def span(text, words):
    at = text.index(words)
    return Span(at, at + len(words))


def test_a_passage_is_the_sentence_around_a_place():
    passage = passage_around(TEXT, span(TEXT, "kettle"))

    assert passage.text == "You clean the kettle every evening after the last pressing."
    assert passage.text[passage.start : passage.end] == "kettle"


def test_an_item_of_one_word_takes_along_what_stands_around_it():
    passage = passage_around(TEXT, span(TEXT, "Go"))

    assert "Apples wait for nobody." in passage.text
    assert "- Rust" in passage.text
    assert passage.text[passage.start : passage.end] == "Go"


def test_a_sentence_that_never_ends_is_cut_at_blanks():
    endless = "apples and pears and " * 50 + "a kettle " + "and plums and quinces " * 50
    passage = passage_around(endless, span(endless, "kettle"))

    assert len(passage.text) <= LONGEST
    assert passage.text.split(" ")[0] in {"apples", "and", "pears"}
    assert list(places_of(passage, endless)) == [span(endless, "kettle")]


def test_a_passage_that_stands_twice_has_two_places_and_one_that_is_gone_none():
    passage = passage_around(TEXT, span(TEXT, "kettle"))

    assert len(list(places_of(passage, f"{TEXT}\n{TEXT}"))) == 2
    assert not list(places_of(passage, TEXT.replace("evening", "morning")))


@given(st.text(st.sampled_from("abc .\n-;A"), min_size=1, max_size=700), st.data())
def test_every_place_is_found_again_by_its_passage(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    place = Span(start, data.draw(st.integers(start + 1, min(len(text), start + 20))))

    passage = passage_around(text, place)

    assert len(passage.text) <= LONGEST
    assert passage.text[passage.start : passage.end] == text[place.start : place.end]
    assert place in places_of(passage, text)
