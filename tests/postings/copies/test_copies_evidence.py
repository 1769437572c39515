from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.copies import ComparedAd, Segment, Side, Verdict, evidence, similarities
from postings.copies.differences import MOST_WORDS, word_differences
from postings.copies.judging import Block
from tests.postings.copies.make_ads import make_text, make_words

DUTIES = make_text(("duties", 300))


def ad(text=DUTIES, **values):
    return ComparedAd(**{"title": "Lamp Trimmer", "text": text} | values)


def test_a_copy_says_how_much_is_shared_and_what_matches():
    day = date(2026, 7, 1)
    one = ad(company="Quay Lamps", city="Bergen", day=day)
    found = evidence(one, ad(DUTIES + " " + make_text(("footer", 60)), company="Lamp Agency", city="BERGEN", day=day))
    assert found.verdict is Verdict.COPY
    assert found.containment == 1.0
    assert found.similarity == pytest.approx(0.83, abs=0.02)
    assert found.matched == ("title", "place", "day")
    assert found.blocked_by == ()


def test_what_keeps_two_ads_apart_is_named():
    text = DUTIES + " You bring {} years of experience. Job ID: {}"
    found = evidence(ad(text.format(3, "R01998")), ad(text.format(5, "R01999")))
    assert found.verdict is Verdict.NOT_COPY
    assert found.blocked_by == (Block.YEARS, Block.NUMBERS)


def test_another_ad_is_no_copy():
    found = evidence(ad(), ad(make_text(("other", 200))))
    assert (found.verdict, found.similarity) == (Verdict.NOT_COPY, 0.0)


def test_evidence_is_the_same_from_both_sides():
    one, other = ad(), ad(make_text(("duties", 200), ("own", 90)), title="Senior Lamp Trimmer")
    there, back = evidence(one, other), evidence(other, one)
    assert (there.similarity, there.containment, there.verdict) == (back.similarity, back.containment, back.verdict)


def test_boilerplate_given_with_the_texts_does_not_count():
    from postings.copies.shingles import shingle_set

    one, other = (ad(make_text(("frame", 200), (name, 60))) for name in ("one", "other"))
    frame = shingle_set(make_text(("frame", 200))).tolist()
    assert evidence(one, other).verdict is Verdict.COPY
    assert evidence(one, other, boilerplate=frame).verdict is Verdict.NOT_COPY


def test_a_text_without_words_is_compared_with_nothing():
    found = evidence(ad(""), ad())
    assert (found.verdict, found.similarity, found.containment) == (Verdict.NOT_COPY, 0.0, 0.0)
    assert similarities("", [DUTIES]) == [0.0]


def test_differences_show_what_only_one_side_has_and_forgive_case_and_signs():
    assert word_differences("Lamps, brass and tide tables", "lamps and TIDE charts") == (
        Segment(Side.BOTH, "Lamps,"),
        Segment(Side.ONE, "brass"),
        Segment(Side.BOTH, "and tide"),
        Segment(Side.ONE, "tables"),
        Segment(Side.OTHER, "charts"),
    )


words = st.lists(st.sampled_from(["lamp", "Tide,", "brass", "•", "(quay)", "keeper"]), max_size=40).map(" ".join)


@given(words, words)
def test_each_side_can_be_read_back_from_the_differences(one, other):
    segments = word_differences(one, other)
    mine = " ".join(s.text for s in segments if s.side is not Side.OTHER)
    assert mine == one
    count = sum(len(s.text.split()) for s in segments if s.side is not Side.ONE)
    assert count == len(other.split())


@pytest.mark.parametrize("kinds", [1, 100, 3_000])
def test_texts_beyond_all_measure_are_compared_in_bounded_time_and_say_so(kinds):
    distinct = make_words("long", kinds)
    one, other = (" ".join(distinct[(i * step) % kinds] for i in range(60_000)) for step in (7, 11))
    began = time.process_time()
    found = evidence(ad(one), ad(other))
    assert time.process_time() - began < 5
    assert found.differs[-1].side is Side.UNREAD
    assert len(one.split()) > MOST_WORDS
