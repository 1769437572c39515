import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.skills.headings import SectionKind, heading_kind
from postings.skills.sections import split_sections
from postings.skills.spelling import same_length_clean

NO_HEADINGS = [
    "Strong communication skills",
    "Excellent problem solving skills",
    "Project management",
    "Data Scientist",
    "Python",
    "Ability to work alone",
    "Experience with Kafka is a plus",
    "Knowledge of SQL",
    "Berlin, Germany",
    "Machine learning engineer",
    "Bachelor's degree in computer science",
    "You will own our pricing models and ship them every single week to many happy people all over the wide world",
    "",
    "***",
]


@pytest.mark.parametrize("line", NO_HEADINGS)
def test_a_line_with_other_words_is_no_heading(line):
    assert heading_kind(line) is None


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Benefits", SectionKind.BENEFITS),
        ("What we offer", SectionKind.BENEFITS),
        ("What's in it for you?", SectionKind.BENEFITS),
        ("Compensation & Benefits", SectionKind.BENEFITS),
        ("Why join us?", SectionKind.BENEFITS),
        ("Das bieten wir dir", SectionKind.BENEFITS),
        ("EEO Statement", SectionKind.LEGAL),
        ("Equal Employment Opportunity", SectionKind.LEGAL),
        ("Diversity & Inclusion", SectionKind.LEGAL),
        ("How to apply", SectionKind.LOGISTICS),
        ("Physical demands", SectionKind.LOGISTICS),
        ("About Acme", SectionKind.ABOUT),
        ("Our values", SectionKind.ABOUT),
        ("Required and preferred skills", SectionKind.REQUIREMENTS),
        ("Preferred skills", SectionKind.PREFERRED),
        ("What you'll get to do", SectionKind.DUTIES),
        ("The successful candidate will be responsible for", SectionKind.DUTIES),
        ("Task(s)", SectionKind.DUTIES),
        ("Task(s", SectionKind.DUTIES),  # where the edge was cut off as a mark
        ("Job description and requirements", SectionKind.OPENING),
        ("What you'll get up to", SectionKind.DUTIES),
        ("Day to day", SectionKind.DUTIES),
        ("We think you have", SectionKind.REQUIREMENTS),
        ("Who fits here?", SectionKind.REQUIREMENTS),
        ("We ask for", SectionKind.REQUIREMENTS),
        ("Wanted", SectionKind.REQUIREMENTS),
        ("It would be neat if you also had", SectionKind.PREFERRED),
        ("The cherry on top", SectionKind.PREFERRED),
        ("It counts in your favour if you also bring", SectionKind.PREFERRED),
        ("Would be handy", SectionKind.PREFERRED),
    ],
)
def test_a_heading_says_what_is_below_it(line, kind):
    assert heading_kind(line) is kind


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Our flagship product helps shops with their pricing and their stock.", SectionKind.PRODUCT),
        ("More than 400 customers trust our software every day.", SectionKind.PRODUCT),
        ("Founded in 1990, we are at home in nine countries.", SectionKind.ABOUT),
        ("You will work on our flagship product, which helps shops.", SectionKind.OPENING),
        ("- Our flagship product helps shops.", SectionKind.OPENING),
    ],
)
def test_an_opening_sentence_may_speak_of_the_company_alone(sentence, kind):
    assert split_sections(sentence, sentence.lower())[0].kind is kind


LINES = [
    *("Requirements", "Benefits:", "- Python", "About us", "", "equal opportunity employer", "Nice to have: Kafka"),
    *("Our flagship product helps shops. You use Python.", "We need these:", "x" * 800, "401(k)", "clearance"),
]


@given(st.lists(st.sampled_from(LINES), max_size=20))
def test_sections_cover_the_text_without_gaps(lines):
    text = same_length_clean("\n".join(lines))
    sections = split_sections(text, text.lower())
    assert [s.start for s in sections] == [0, *(s.end for s in sections)][: len(sections)]
    assert (sections[-1].end if sections else 0) == len(text)
