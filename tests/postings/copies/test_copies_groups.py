from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postings.copies import group_copies
from tests.postings.copies.make_ads import keys_of_groups, make_doc, make_text
from tests.properties import examples

AD = make_text(("duties", 300))


def test_the_same_text_under_the_same_title_is_one_ad():
    assert keys_of_groups([("b", "Data Engineer", AD), ("a", "Data Engineer (m/w/d)", AD.upper())]) == [["a", "b"]]


@pytest.mark.parametrize(
    ("what", "other"),
    [
        ("a board's footer", make_text(("duties", 300), ("footer", 40))),
        ("an intro of its own", make_text(("intro", 60), ("duties", 300))),
        ("half of it cut", make_text(("duties", 140))),
        ("the text doubled", make_text(("duties", 300), ("duties", 300))),
        ("a third rewritten", make_text(("duties", 220), ("rewritten", 80))),
    ],
)
def test_a_copy_is_found_in_spite_of(what, other):
    assert len(keys_of_groups([("a", "Data Engineer", AD), ("b", "Data Engineer", other)])) == 1, what


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Data Engineer", "Senior Data Engineer"),
        ("Data Engineer II", "Data Engineer III"),
        ("PHP Developer", "C++ Developer"),
    ],
)
def test_one_text_for_two_levels_or_two_trades_is_two_ads(title, other):
    assert keys_of_groups([("a", title, AD), ("b", other, AD)]) == []


def test_one_ad_for_several_towns_is_one_ad():
    towns = ("Tromsø", "Bergen", "Kirkenes")
    assert keys_of_groups((town, f"Data Engineer - {town}", AD) for town in towns) == [["Bergen", "Kirkenes", "Tromsø"]]


def framed(name: str) -> str:
    return make_text(("about us and what we offer", 300), (name, 80))


def test_what_an_employer_puts_under_every_ad_makes_no_copies():
    titles = ("Data Engineer", "Beekeeper", "Tide Clerk", "Brass Polisher", "Lamp Trimmer")
    others = [(title, title, framed(title)) for title in titles]
    again = ("Data Engineer, other team", "Data Engineer", framed("another team"))
    assert keys_of_groups([*others, again]) == []


def test_a_copy_inside_an_employers_frame_is_still_found():
    titles = ("Data Engineer", "Beekeeper", "Tide Clerk", "Brass Polisher", "Lamp Trimmer")
    others = [(title, title, framed(title)) for title in titles]
    repost = ("Reposted", "Data Engineer", framed("Data Engineer") + " " + make_text(("footer", 12)))
    assert keys_of_groups([*others, repost]) == [["Reposted", "Data Engineer"]]


def test_postings_without_words_are_copies_of_nothing():
    assert keys_of_groups([("a", "Data Engineer", ""), ("b", "Data Engineer", " \u2022 ")]) == []
    assert keys_of_groups([]) == []


def test_the_longest_text_stands_for_the_group_and_the_smallest_key_breaks_a_tie():
    longer = make_text(("duties", 300), ("footer", 30))
    ads = [
        ("c", "Data Engineer", AD),
        ("b", "Data Engineer", longer),
        ("a", "Data Engineer", AD),
        ("d", "Data Engineer", longer),
    ]
    assert keys_of_groups(ads) == [["b", "a", "c", "d"]]


def test_a_chain_of_small_changes_does_not_join_its_ends():
    words = make_text(("a long drift", 1400)).split()
    drift = [(f"{i:02}", "Data Engineer", " ".join(words[i * 60 : i * 60 + 400])) for i in range(16)]
    groups = keys_of_groups(drift)
    assert len(groups) > 1
    assert not any({"00", "15"} <= set(group) for group in groups)


@pytest.mark.slow
def test_hundreds_of_copies_of_one_ad_are_one_group():
    ads = [(f"{i:03}", "Data Engineer", make_text(("duties", 300), (f"footer {i}", 3))) for i in range(300)]
    assert [len(group) for group in keys_of_groups(ads)] == [300]


@pytest.mark.slow
def test_texts_are_asked_for_in_small_batches_and_only_where_they_decide():
    ads = [(f"{i:04}", "Data Engineer", make_text((f"ad {i % 700}", 30))) for i in range(1400)]
    asked: list[int] = []
    docs = [make_doc(*ad) for ad in ads]

    def text_of(indices):
        asked.append(len(indices))
        return {i: ads[i][2] for i in indices}

    groups = group_copies(docs, text_of)
    assert len(groups) == 700
    assert max(asked) <= 500
    assert sum(asked) <= 700


def test_a_text_that_has_gone_meanwhile_leaves_the_others_grouped():
    ads = [("a", "Data Engineer", AD), ("b", "Data Engineer", AD + " brass"), ("c", "Data Engineer", AD + " tide")]
    docs = [make_doc(*ad) for ad in ads]
    assert group_copies(docs, lambda indices: {i: ads[i][2] for i in indices if i != 2}) == [(1, 0)]


def mixed_ads() -> list[tuple[str, str, str]]:
    """Return copies, cut copies, templates, drifting texts and strangers of three employers."""
    ads = []
    for employer in ("north", "south", "west"):
        for title in ("Data Engineer", "Data Analyst", "Tide Clerk", "Lamp Trimmer"):
            own = (f"{employer} frame", 120), (f"{employer} {title}", 120)
            ads += [
                (f"{employer}/{title}/1", title, make_text(*own)),
                (f"{employer}/{title}/2", title, make_text(*own, ("board", 20))),
                (f"{employer}/{title}/3", f"{title}, Bergen", make_text(own[1])),
                (f"{employer}/{title}/4", f"Senior {title}", make_text(*own)),
            ]
    return ads


@pytest.mark.slow
@settings(max_examples=examples(10))
@given(st.permutations(mixed_ads()))
def test_the_order_of_postings_makes_no_difference(ads):
    assert keys_of_groups(ads) == keys_of_groups(mixed_ads())


@pytest.mark.parametrize("bound", [1, 5, 20])
def test_less_memory_finds_the_same_groups_where_employers_repeat_themselves(bound):
    assert keys_of_groups(mixed_ads(), nodes_at_once=bound) == keys_of_groups(mixed_ads())
