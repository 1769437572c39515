from __future__ import annotations

from collections import Counter

from analytics.titles import OTHER, UNKNOWN, load_catalogue
from analytics.titles.catalogue import phrases_of, rows_of
from analytics.titles.lexicon import HEADS
from analytics.titles.tokens import words_of

CORE_FAMILIES = {"data science", "machine learning", "data engineering", "analytics", "research", "software"}


def test_the_catalogue_holds_at_least_sixty_roles_with_a_family_each():
    roles = load_catalogue().roles
    assert len({role.name for role in roles}) == len(roles) >= 60
    assert {role.family for role in roles} > CORE_FAMILIES


def test_no_phrase_stands_under_two_roles_however_it_is_spelt():
    roles = load_catalogue().roles
    owners = {(words_of(phrase).tokens, role.name) for role in roles for phrase in (role.name, *role.synonyms)}
    assert [words for words, count in Counter(words for words, _ in owners).items() if count > 1] == []
    phrases = [phrase for role in roles for phrase in role.synonyms]
    assert [phrase for phrase, count in Counter(phrases).items() if count > 1] == []


def test_other_and_unknown_are_answers_and_no_roles():
    assert not {OTHER, UNKNOWN} & {role.name for role in load_catalogue().roles}


def test_fields_lead_only_to_roles_of_the_catalogue():
    names = {role.name for role in load_catalogue().roles}
    columns = set(HEADS.values()) - {"developer", "lead", "administrator"} | {"alone"}
    led_to = {row[column] for row in rows_of("fields.csv") for column in columns}
    assert led_to - {""} <= names


def test_every_word_list_is_lower_case_where_letters_carry_no_meaning():
    lists = (("words.csv", "words"), ("levels.csv", "phrases"), ("elsewhere.csv", "phrases"), ("fields.csv", "phrases"))
    for name, column in lists:
        for row in rows_of(name):
            for phrase in phrases_of(row[column]):
                assert phrase == phrase.lower(), (name, phrase)
