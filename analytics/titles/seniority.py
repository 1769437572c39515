"""Seniority from the level words and numerals of a title."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.titles.lexicon import HEADS
from analytics.titles.tokens import Words

UNSPECIFIED = "unspecified"
LEVELS = ("intern", "junior", "mid", "senior", "lead", "principal", "manager", "director", UNSPECIFIED)
_RANKS = {level: rank for rank, level in enumerate((*LEVELS[1:-1], "intern"))}
"""Which word counts when one person carries two: an associate director is a director, a senior manager a manager."""
_NUMERALS = dict(zip(("i", "ii", "iii", "iv", "v"), ("junior", "mid", "senior", "senior", "senior"), strict=True))
_NUMERALS |= dict(zip("12345", _NUMERALS.values(), strict=True)) | {"pl": "mid"}
"""Level numbers of large employers; Brazilian titles shorten pleno to PL."""


def seniority_of(words: Words, spans: Iterable[tuple[int, int]]) -> str:
    """Return the level that the first of these token spans states.

    An intern is one wherever the title says it.
    """
    if any(level == "intern" for _, level in words.levels):
        return "intern"
    if not words.levels and _NUMERALS.keys().isdisjoint(words.tokens):
        return UNSPECIFIED
    for start, end in spans:
        said = [level for place, level in words.levels if start <= place <= end]
        level = max(said, key=_RANKS.__getitem__, default="") or _numeral(words.tokens, start, end)
        if level:
            return level
    return UNSPECIFIED


def _numeral(tokens: tuple[str, ...], start: int, end: int) -> str:
    """Return the level of a numeral after the word for the work, or at the end of the part: "Analyst II"."""
    for i in range(start + 1, end):
        if tokens[i] in _NUMERALS and (i == end - 1 or tokens[i - 1] in HEADS):
            return _NUMERALS[tokens[i]]
    return ""
