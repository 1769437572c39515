"""Phrases that share a word with the one beside them."""

import pytest
from make_extractor import found
from shipped_extractor import shipped_found

PHRASES = (
    "unit testing | integration testing | system testing | data collection | data cleaning | data storage | unit | R"
)
SHARED = (
    "predictive analytics | prescriptive analytics | sales management | product management | sales | risk policy{asked}"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("predictive and prescriptive analytics", ["predictive", "prescriptive analytics"]),
        ("Predictive/prescriptive analytics", ["Predictive", "prescriptive analytics"]),
        ("sales and product management", ["sales", "product management"]),
        ("predictive, and prescriptive analytics", ["predictive", "prescriptive analytics"]),
        ("predictive, prescriptive analytics", ["prescriptive analytics"]),
        ("prescriptive and prescriptive analytics", ["prescriptive analytics"]),
        ("predictive\nand prescriptive analytics", ["prescriptive analytics"]),
    ],
)
def test_a_word_before_shares_the_end_of_a_phrase(text, expected):
    assert found(text, SHARED) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("data collection, cleaning and storage", ["data collection", "cleaning", "storage"]),
        ("data collection and cleaning", ["data collection", "cleaning"]),
        ("data collection, cleaning, ironing and storage", ["data collection", "cleaning"]),
        ("data collection, cleaning our storage", ["data collection"]),
        ("data collection and storage of apples", ["data collection"]),
        ("data collection. Cleaning", ["data collection"]),
        ("data collection\n- cleaning", ["data collection"]),
    ],
)
def test_words_behind_share_the_beginning_of_a_phrase(text, expected):
    assert found(text, PHRASES) == expected


def test_a_chain_is_followed_to_its_end():
    assert found("integration, system and unit testing", PHRASES) == ["integration", "system", "unit testing"]


def test_what_is_a_skill_by_itself_stays_one():
    assert found("unit and system testing", PHRASES) == ["unit", "system testing"]


def test_what_only_counts_by_a_rule_is_not_completed():
    assert found("You need risk, sales and risk policy", SHARED) == ["sales", "risk policy"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Predictive and prescriptive analytics.", ["Predictive", "prescriptive analytics"]),
        ("Machine and deep learning.", ["Machine", "deep learning"]),
        ("Virtual, augmented, and mixed reality.", ["Virtual", "augmented", "mixed reality"]),
        ("You talk to unit leads and run system testing.", ["system testing"]),
        ("You love the machine and deep snow.", []),
        ("Agile workflows and product development.", ["Agile", "product development"]),
        ("Quality assurance and management of large orchards.", ["Quality assurance"]),
    ],
)
def test_the_shipped_taxonomy_shares_words_where_people_do(text, expected):
    assert shipped_found(text) == expected
