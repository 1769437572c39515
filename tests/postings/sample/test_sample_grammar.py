from random import Random

import pytest

from postings.sample.grammar import capitalised, expand, listed, seeded


def test_a_choice_is_made_and_slots_are_filled_also_inside_choices():
    said = {expand("[Work|Play] with [{what}|care]", {"what": "data"}, Random(seed)) for seed in range(40)}
    assert said == {"Work with data", "Work with care", "Play with data", "Play with care"}


def test_a_list_of_words_gives_one_of_them():
    assert {expand("{city}", {"city": ["Leeds", "Cork"]}, Random(seed)) for seed in range(20)} == {
        "Leeds",
        "Cork",
    }


def test_an_unknown_slot_is_an_error():
    with pytest.raises(KeyError, match="colour"):
        expand("{colour}", {}, Random(1))


def test_lists_read_like_english():
    assert [listed(items) for items in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_dbt_keeps_its_small_letter():
    assert capitalised("dbt models") == "dbt models"
    assert capitalised("data models") == "Data models"


def test_the_same_parts_give_the_same_chance():
    assert seeded(1, "ad").random() == seeded(1, "ad").random() != seeded(2, "ad").random()
