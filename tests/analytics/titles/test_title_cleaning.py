from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.titles import TitleReader, clean_title, load_catalogue

READER = TitleReader(load_catalogue())


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Data Engineer (m/w/d)", "Data Engineer"),
        ("Data Engineer (all genders)", "Data Engineer"),
        ("Data Engineer H/F - CDI", "Data Engineer"),
        ("Data Engineer - Remote", "Data Engineer"),
        ("Data Engineer (Hybrid, Utrecht)", "Data Engineer"),
        ("Data Engineer, Tulsa, OK", "Data Engineer, Tulsa"),
        ("Data Engineer in Austin, TX", "Data Engineer"),
        ("Data Engineer | Lyon, France", "Data Engineer"),
        ("Data Engineer (80-100%)", "Data Engineer"),
        ("Data Engineer - 36 hours/week", "Data Engineer"),
        ("Data Engineer (12 month contract)", "Data Engineer"),
        ("Data Engineer - JR004512", "Data Engineer"),
        ("99871 - Data Engineer", "Data Engineer"),
        ("Data Engineer at Quillfeather Ltd", "Data Engineer"),
        ("Data Engineer - Quillfeather GmbH", "Data Engineer"),
        ("Hiring: Data Engineer!!!", "Data Engineer"),
        ("Join our team as a Data Engineer", "Data Engineer"),
        ("🚀 Data Engineer 🚀", "Data Engineer"),
        ("Data Engineer \u2013 Payments", "Data Engineer - Payments"),
        ("Data Engineer &amp; Analyst", "Data Engineer & Analyst"),
    ],
)
def test_what_says_nothing_about_the_work_is_dropped(raw, clean):
    assert clean_title(raw) == clean


@pytest.mark.parametrize(
    "raw",
    [
        "Data Engineer (Kafka)",
        "Analyst, Product",
        "C++ Developer",
        "Head of AI",
        "Data Science - Manager",
        ".NET Developer",
    ],
)
def test_what_says_something_about_the_work_stays(raw):
    assert clean_title(raw).strip(".") == raw.strip(".")


def test_a_title_of_noise_alone_stays_whole():
    assert clean_title("Remote - Berlin") == "Remote - Berlin"


def test_what_was_dropped_is_named():
    reading = READER.read("Data Engineer (m/w/d) - Remote")
    assert reading.dropped == ("(m/w/d)", "Remote")


@given(st.text(max_size=80))
def test_any_text_has_a_reading_and_cleaning_twice_adds_no_words(raw):
    assert len(clean_title(clean_title(raw)).split()) <= len(clean_title(raw).split())
    assert READER.read(raw).role
