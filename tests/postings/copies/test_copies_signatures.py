from __future__ import annotations

import hashlib

import numpy as np
import pytest

from postings.copies import signature, text_hash
from postings.copies.shingles import LONGEST_TEXT, shingle_set
from postings.copies.signatures import matrix
from tests.postings.copies.make_ads import make_text


def agreement_of(one: str, other: str) -> float:
    a, b = matrix([signature(one), signature(other)])
    return float((a == b).mean())


def test_signatures_never_change_because_they_are_stored():
    stored = signature("The harbour office looks for a keeper of tide tables and small brass instruments.")
    assert len(stored) == 512
    assert hashlib.sha256(stored).hexdigest()[:16] == "db442ba1c7a89ca1"


def test_the_text_hash_never_changes_because_it_is_stored():
    assert text_hash("Keeper of tide tables") == "4a612f5b21336e3a9d504a2a5018696c"


@pytest.mark.parametrize(
    "spelling",
    [
        "keeper of TIDE tables, and brass",
        "Keeper of tide\n\n- tables and brass!",
        "Keeper\u00a0of tide tables \u2013 and \u201cbrass\u201d \u2022",
        "Keeper of tideTables and brass",
    ],
)
def test_case_signs_blanks_and_lost_blanks_make_no_difference(spelling):
    plain = "Keeper of tide tables and brass"
    assert text_hash(spelling) == text_hash(plain)
    assert signature(spelling) == signature(plain)


@pytest.mark.parametrize(
    "other", ["Keeper of tide table and brass", "Keeper of tables tide and brass", "Keeper of tide"]
)
def test_another_word_or_another_order_is_another_text(other):
    assert text_hash(other) != text_hash("Keeper of tide tables and brass")


def test_letters_of_other_alphabets_are_words():
    assert text_hash("Größe ÉTÉ") == text_hash("größe été")
    assert text_hash("хранитель приливов") != text_hash("хранитель")
    assert text_hash("שומר") != text_hash("")


@pytest.mark.parametrize(("shared", "own"), [(400, 20), (300, 100), (200, 200), (100, 300)])
def test_the_share_of_equal_rows_estimates_the_jaccard_similarity(shared, own):
    one, other = (make_text(("shared", shared), (name, own)) for name in ("one", "other"))
    a, b = set(shingle_set(one).tolist()), set(shingle_set(other).tolist())
    assert agreement_of(one, other) == pytest.approx(len(a & b) / len(a | b), abs=0.12)


def test_unrelated_texts_share_no_rows():
    assert agreement_of(make_text(("here", 300)), make_text(("there", 300))) < 0.03


def test_a_text_without_words_has_a_signature_and_no_shingles():
    assert len(signature(" \u2026 - ")) == 512
    assert len(shingle_set("")) == 0


def test_a_text_shorter_than_a_shingle_is_one_shingle():
    assert len(shingle_set("keeper wanted")) == len(shingle_set("a b c d e")) == 1


def test_texts_beyond_all_measure_are_cut_and_not_refused():
    assert len(shingle_set("tide table " * LONGEST_TEXT)) == 2


def test_half_a_character_from_a_broken_file_does_no_harm():
    assert signature("keeper \ud800 of tide tables") == signature("keeper ? of tide tables")


def test_shingle_sets_are_sorted_and_distinct():
    hashes = shingle_set("tide table brass harbour keeper " * 3)
    assert np.all(np.diff(hashes.astype(np.int64)) > 0)
    assert len(hashes) == 5
