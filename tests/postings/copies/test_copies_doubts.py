"""Which pairs are put before a person: the nearest to the line, undecided, and not one family of ads alone."""

from collections import Counter
from itertools import combinations

from postings.copies import CopyDoc, Decisions
from postings.copies.doubts import Doubts
from postings.copies.judging import DOUBTFUL, FAR
from postings.copies.nodes import nodes_of

DOCS = [CopyDoc(f"board {n}", "Keeper", f"hash {n}", b"", 100) for n in range(6)]


def pairs(notes, decisions=None):
    doubts = Doubts()
    for one, other, doubt in notes:
        doubts.note(one, other, doubt, is_copy=True)
    return doubts.pairs(nodes_of(DOCS), DOCS, decisions or Decisions())


def test_the_nearest_to_the_line_comes_first_whatever_the_order_they_were_found_in():
    notes = [(0, 1, 0.08), (3, 2, 0.01), (4, 5, 0.05)]

    found = pairs(notes)

    assert [(pair.one, pair.other) for pair in found] == [(2, 3), (4, 5), (0, 1)]
    assert pairs(reversed(notes)) == found


def test_what_is_far_from_the_line_is_no_question():
    assert pairs([(0, 1, DOUBTFUL + 0.01), (2, 3, FAR)]) == []


def test_a_pair_that_was_noted_twice_is_asked_about_once():
    assert len(pairs([(0, 1, 0.05), (1, 0, 0.05)])) == 1


def test_each_ad_of_a_family_is_asked_about_twice_at_most():
    found = pairs([(one, other, 0.01) for one, other in combinations(range(6), 2)])

    asked = Counter(i for pair in found for i in (pair.one, pair.other))
    assert max(asked.values()) == 2


def test_a_decided_pair_is_no_question_whichever_way_it_was_decided():
    decided = Decisions(together=frozenset({("board 0", "board 1")}), apart=frozenset({("board 2", "board 3")}))

    found = pairs([(0, 1, 0.01), (2, 3, 0.01), (4, 5, 0.01)], decided)

    assert [(pair.one, pair.other) for pair in found] == [(4, 5)]
