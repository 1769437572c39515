"""The quick no for lines that are no headings must never keep one out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postings.skills.beginnings import beginnings
from postings.skills.headings import SectionKind, heading_kind
from postings.skills.vocabulary import word_file
from tests.properties import examples

PHRASES = [phrase.replace("...", ".*") for group in word_file("headings")["phrases"] for phrase in group["are"]]
LETTERS = " '-0123456789" + "".join(sorted({letter for phrase in PHRASES for letter in phrase if letter.isalpha()}))


@settings(max_examples=examples(75), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.sampled_from(PHRASES), st.data())
def test_whatever_fits_a_phrase_of_headings_has_one_of_its_beginnings(phrase, data):
    text = data.draw(st.from_regex(phrase, fullmatch=True, alphabet=LETTERS))

    begins = beginnings(phrase)

    first = text.strip().partition(" ")[0]
    stems = tuple(begins.stems)
    assert first in begins.whole or first.startswith(stems) or any(words in text for words in begins.inside)


@pytest.mark.parametrize(
    ("pattern", "whole", "stems", "inside"),
    [
        ("about us", {"about"}, set(), set()),
        ("(what )?we (need|want)", {"what", "we"}, set(), set()),
        ("bonus(es)?", {"bonus", "bonuses"}, set(), set()),
        ("organi[sz]ation", set(), {"organi"}, set()),
        ("why (?! not).{2,5}", {"why"}, set(), set()),
        ("(our )+(steps|process)", {"our"}, set(), set()),
        (".{0,9}in charge of( .*)?", {"in"}, set(), {"in charge of"}),
        ("\\d{4} awards", set(), set("0123456789"), set()),
        ("a{0,2}b", {"b", "ab"}, set(), set()),
    ],
)
def test_beginnings_of_a_pattern(pattern, whole, stems, inside):
    assert beginnings(pattern) == (whole, stems, inside)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Requirements", SectionKind.REQUIREMENTS),
        ("The requirements:", SectionKind.REQUIREMENTS),
        ("What we offer", SectionKind.BENEFITS),
        ("Organisation overview", SectionKind.ABOUT),
        ("Main things you will be responsible for", SectionKind.DUTIES),
        ("\U0001f680 Your tasks", SectionKind.DUTIES),
        ("Building pipelines for pears", None),
        ("", None),
        ("   ", None),
    ],
)
def test_headings_of_all_beginnings_are_known(line, kind):
    assert heading_kind(line) is kind
