from __future__ import annotations

import numpy as np
import pytest

from postings.copies import signature
from postings.copies.candidates import LARGEST_BUCKET, candidate_pairs
from postings.copies.signatures import matrix
from tests.postings.copies.make_ads import make_text


def pairs_of(texts: list[str]) -> set[tuple[int, int]]:
    lengths = np.array([len(text) for text in texts])
    pairs = candidate_pairs(matrix([signature(text) for text in texts]), lengths)
    return {(int(first), int(second)) for first, second in pairs}


def test_a_text_and_a_fifth_of_it_are_candidates():
    whole = [make_text((f"ad {i}", 500)) for i in range(50)]
    cut = [make_text((f"ad {i}", 110)) for i in range(50)]
    found = pairs_of(whole + cut)
    assert sum((i, i + 50) in found for i in range(50)) >= 45


def test_texts_that_share_little_of_the_shorter_are_none():
    texts = [make_text(("frame", 40), (f"ad {i}", 360)) for i in range(40)]
    assert len(pairs_of(texts)) < 40 * 39 / 2 * 0.1


@pytest.mark.slow
def test_more_copies_than_a_bucket_holds_stay_connected_without_all_their_pairs():
    count = LARGEST_BUCKET * 4
    texts = [make_text(("one ad", 400), (f"footer {i}", 3)) for i in range(count)]
    found = pairs_of(texts)
    reached, waiting = set(), [0]
    neighbours: dict[int, set[int]] = {}
    for first, second in found:
        neighbours.setdefault(first, set()).add(second)
        neighbours.setdefault(second, set()).add(first)
    while waiting:
        node = waiting.pop()
        reached.add(node)
        waiting += neighbours.get(node, set()) - reached
    assert len(reached) == count


def test_one_posting_alone_has_no_candidates():
    assert pairs_of([make_text(("ad", 100))]) == set()
