"""Whether two texts of one company, title and place are one posting that was edited. Pure.

Measured on linkedin-world-2023-2026, whose ids tell the truth: of 312 edited postings (one id, other words, another
file) 277 are near by this rule. Of 169 near pairs of different openings in one file, 34 are told apart by their
numbers; rows of one file are never versions of each other, so the others do not count.
"""

import re

import numpy as np

from postings.copies.shingles import Hashes, normalised, shingle_set

JACCARD = 0.7
CONTAINMENT = 0.9
SHINGLES_NEEDED = 20
"""Fewer shared by chance say little: "Apply now at our website" is contained in many texts."""
WORDS_NEEDED = 8
"""The same for the beginning of a text."""
MOST_OF_A_CUT = 0.5

_LONG_NUMBER = re.compile(r"\d{5,}")
_ELLIPSIS = re.compile(r"(?:\s|\.{2,}|…)+$")


def nearness(one: str, other: str) -> float:
    """Return the Jaccard similarity of the five-word sequences if the texts are near-same, else 0.0.

    Near: Jaccard of at least 0.7, or the shorter one contained to at least 0.9. Texts that each carry a number of five
    or more digits which the other lacks are two requisitions, however alike.
    """
    first, second = shingle_set(one), shingle_set(other)
    shared = len(np.intersect1d(first, second, assume_unique=True))
    if shared < SHINGLES_NEEDED or not _is_near(shared, first, second) or _numbers_differ(one, other):
        return 0.0
    return shared / (len(first) + len(second) - shared)


def tells_enough(text: str) -> bool:
    return len(text.split()) >= WORDS_NEEDED


def is_cut(short: str, long: str) -> bool:
    """Whether `short` is the beginning of `long`, with or without an ellipsis, and under half as long.

    The last word may be cut in the middle.
    """
    beginning, whole = normalised(_ELLIPSIS.sub("", short)), normalised(long)
    return 0 < len(beginning) < MOST_OF_A_CUT * len(whole) and whole.startswith(beginning)


def _is_near(shared: int, first: Hashes, second: Hashes) -> bool:
    either = len(first) + len(second) - shared
    return shared >= JACCARD * either or shared >= CONTAINMENT * min(len(first), len(second))


def _numbers_differ(one: str, other: str) -> bool:
    first, second = set(_LONG_NUMBER.findall(one)), set(_LONG_NUMBER.findall(other))
    return bool(first - second) and bool(second - first)
