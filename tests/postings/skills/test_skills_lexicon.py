from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.skills import Lexicon, LexiconEntry, lexicon

PHRASES, RULES = st.text(min_size=1, max_size=8), st.sampled_from(["", "listed"])
NOT_IN = st.sampled_from(["", "it", "it pt"])
ENTRIES = st.lists(st.builds(LexiconEntry, st.integers(1, 10**9), PHRASES, st.booleans(), RULES, NOT_IN), max_size=8)
ONE = LexiconEntry(1, "Go", exact_case=True, context="listed")


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_stamp_knows_neither_ids_nor_order(entries, chance):
    others = [replace(entry, alias_id=entry.alias_id + 17) for entry in entries]
    chance.shuffle(others)
    assert Lexicon(others).stamp == Lexicon(entries).stamp


@pytest.mark.parametrize(
    "other",
    [
        replace(ONE, phrase="go"),
        replace(ONE, exact_case=False),
        replace(ONE, context=""),
        replace(ONE, not_in="it"),
    ],
)
def test_the_stamp_changes_with_whatever_changes_a_reading(other):
    assert Lexicon([other]).stamp != Lexicon([ONE]).stamp


def test_the_stamp_changes_with_the_rules(monkeypatch):
    before = Lexicon([ONE]).stamp
    monkeypatch.setattr(lexicon, "RULES_VERSION", lexicon.RULES_VERSION + 1)
    assert Lexicon([ONE]).stamp != before


def test_a_stamp_is_sixteen_hex():
    assert len(Lexicon([]).stamp) == 16
    int(Lexicon([]).stamp, 16)


def test_the_order_of_entries_does_not_show():
    two = LexiconEntry(2, "C", exact_case=True, context="")
    assert Lexicon([ONE, two]).entries == Lexicon([two, ONE]).entries
