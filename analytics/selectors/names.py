"""Names of a snapshot by words in them: 200,000 titles are searched at once."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot import Snapshot

Codes = NDArray[np.int64]


def labels_of(snapshot: Snapshot, column: str) -> Sequence[str]:
    """Return how the names of a column are spelled, in the order of their codes."""
    return snapshot.company_labels if column == "company" else snapshot.vocabulary(column)


def matching_names(query: str, snapshot: Snapshot, column: str) -> list[int]:
    """Return the codes of the names that hold every word of the query, ascending."""
    words = sorted(query.casefold().split(), key=len)
    if not words:
        return []
    codes = _holding(words[-1], snapshot, column).tolist()
    return [code for code in codes if _holds(words[:-1], code, snapshot, column)]


def commonest_names(query: str, counts: NDArray[np.int64], snapshot: Snapshot, column: str, *, most: int) -> list[int]:
    """Return names by `counts` that are the query, up to `most` that begin with it and as many that hold its words.

    Those with a count of 0 are left out. Of a word that half of the names hold only the commonest are looked at.
    """
    words = sorted(query.casefold().split(), key=len)
    if not words:
        return []
    spelled = " ".join(query.casefold().split())
    exact = _with_counts(_holding(f"\n{spelled}\n", snapshot, column), counts)
    begins = _with_counts(_holding(f"\n{spelled}", snapshot, column), counts)[:most]
    holds = _first_holding(words, counts, snapshot, column, most=most)
    return list(dict.fromkeys([*exact.tolist(), *begins.tolist(), *holds]))


def _first_holding(
    words: Sequence[str], counts: NDArray[np.int64], snapshot: Snapshot, column: str, *, most: int
) -> Iterator[int]:
    """Yield the commonest names that hold all words, as many as are wanted."""
    found = 0
    for code in _with_counts(_holding(words[-1], snapshot, column), counts).tolist():
        if found == most:
            return
        if _holds(words[:-1], code, snapshot, column):
            found += 1
            yield code


def _with_counts(codes: Codes, counts: NDArray[np.int64]) -> Codes:
    """Return those that are counted, the commonest first."""
    known = codes[counts[codes] > 0]
    return known[np.argsort(-counts[known], kind="stable")]


def _holding(part: str, snapshot: Snapshot, column: str) -> Codes:
    """Return the codes of the names that hold a part, ascending; a line feed in it is the end of a name."""
    text, starts = _folded(snapshot, column)
    places = np.fromiter((hit.start() for hit in re.finditer(re.escape(part), text)), np.int64)
    places += part.startswith("\n")
    codes = np.searchsorted(starts, places, "right") - 1
    return codes[np.diff(codes, prepend=-1) > 0]


def _holds(words: Sequence[str], code: int, snapshot: Snapshot, column: str) -> bool:
    text, starts = _folded(snapshot, column)
    return all(text.find(word, starts[code], starts[code + 1]) >= 0 for word in words)


@lru_cache(maxsize=8)
def _folded(snapshot: Snapshot, column: str) -> tuple[str, Codes]:
    """Return all names as one text, each after a line feed, and where each begins."""
    lines = [label.casefold().replace("\n", " ") for label in labels_of(snapshot, column)]
    starts = np.cumsum([1, *(len(line) + 1 for line in lines)])
    return "\n".join(("", *lines, "")), starts
