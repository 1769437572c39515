from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of up to `size` items, in order (itertools.batched comes with Python 3.12)."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def batched_by_weight(items: Iterable[T], size: int, *, weight: Callable[[T], int], most: int) -> Iterator[list[T]]:
    """Yield lists of up to `size` items, in order; one is closed early with the item that brings it to `most`."""
    batch: list[T] = []
    heavy = 0
    for item in items:
        batch.append(item)
        heavy += weight(item)
        if len(batch) >= size or heavy >= most:
            yield batch
            batch, heavy = [], 0
    if batch:
        yield batch
