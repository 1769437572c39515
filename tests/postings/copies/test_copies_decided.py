from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postings.copies import Decisions, posting_name, renamed
from tests.postings.copies.make_ads import keys_of_groups, make_text
from tests.properties import examples

LAMPS = make_text(("lamps", 300))
TIDES = make_text(("tides", 300))
ADS = [
    ("a", "Lamp Trimmer", LAMPS + " brass"),
    ("b", "Lamp Trimmer", LAMPS),
    ("c", "Lamp Trimmer", LAMPS),
    ("x", "Tide Clerk", TIDES),
    ("y", "Tide Clerk", TIDES),
    ("z", "Beekeeper", make_text(("bees", 200))),
]
NAMES = "abcxyz"


def decided(together="", apart="") -> Decisions:
    """Decisions written as "ab xy"."""
    return Decisions(*(frozenset(tuple(sorted(pair)) for pair in pairs.split()) for pairs in (together, apart)))


def sets(decisions, ads=ADS) -> list[str]:
    return sorted("".join(sorted(group)) for group in keys_of_groups(ads, decisions=decisions))


@pytest.mark.parametrize(
    ("together", "apart", "groups"),
    [
        ("", "", ["abc", "xy"]),
        ("zx", "", ["abc", "xyz"]),
        ("bx", "", ["abcxy"]),
        ("zq", "", ["abc", "xy"]),
        ("", "bc", ["ab", "xy"]),
        ("", "ab ac", ["bc", "xy"]),
        ("", "ab ac bc", ["xy"]),
        ("az zx", "ax", ["abcz", "xy"]),
        ("bx", "cy", ["abcx"]),
        ("ab", "ab", ["ac", "xy"]),
    ],
)
def test_decisions_join_with_all_that_is_grouped_and_a_not_wins(together, apart, groups):
    found = sets(decided(together, apart))
    for pair in apart.split():
        assert not any(set(pair) <= set(group) for group in found)
    assert found == groups


def test_the_ad_that_stays_is_the_representative():
    assert keys_of_groups(ADS, decisions=decided(apart="ac"))[0] == ["a", "b"]


pairs = st.lists(st.sampled_from(list(combinations(sorted(NAMES), 2))))


@pytest.mark.slow
@settings(max_examples=examples(20))
@given(together=pairs, apart=pairs, ads=st.permutations(ADS))
def test_whatever_is_decided_in_whatever_order_a_not_is_never_broken_and_nobody_is_grouped_twice(together, apart, ads):
    decisions = Decisions(frozenset(together), frozenset(apart))
    groups = keys_of_groups(ads, decisions=decisions)
    assert groups == keys_of_groups(ADS, decisions=decisions, nodes_at_once=1)
    assert len({key for group in groups for key in group}) == sum(map(len, groups))
    assert not any({*pair} <= {*group} for pair in apart for group in groups)


def test_a_posting_s_name_follows_its_source_and_only_its_source():
    name = posting_name("a board", "k" * 32)
    assert renamed(name, "a board", "another") == posting_name("another", "k" * 32)
    assert renamed(name, "a", "another") == renamed(name, "board", "another") == name
