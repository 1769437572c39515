"""Batches end with their number of items, or earlier when these are heavy."""

import pytest

from jobsite.batching import batched, batched_by_weight


@pytest.mark.parametrize(
    ("words", "batches"),
    [
        ([], []),
        (["a"], [["a"]]),
        (["a", "b", "c", "d"], [["a", "b", "c"], ["d"]]),
        (["aaaaa", "b", "c"], [["aaaaa"], ["b", "c"]]),
        (["a", "bbbbb", "c"], [["a", "bbbbb"], ["c"]]),
        (["aaaaaaaaa", "bbbbbbbbb"], [["aaaaaaaaa"], ["bbbbbbbbb"]]),
    ],
)
def test_a_batch_is_closed_by_number_or_by_weight(words, batches):
    assert list(batched_by_weight(words, 3, weight=len, most=5)) == batches


def test_batches_read_no_further_than_they_are_asked():
    items = iter(range(10))
    next(batched_by_weight(items, 3, weight=lambda item: item, most=100))
    assert next(items) == 3
    assert list(batched(items, 4)) == [[4, 5, 6, 7], [8, 9]]
