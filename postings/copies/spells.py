"""How often one ad came: in how many places, and in how many spells of time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

REPOST_WINDOW_DAYS = 60
"""Lightcast counts the same title, company and place within 60 days as one vacancy; later it was posted anew."""


def spells(days: Sequence[date | None], window: int = REPOST_WINDOW_DAYS) -> list[int]:
    """Return for each day the number of its spell, from 0; a spell ends with `window` days without a posting.

    A posting without a date belongs to the first spell: nothing says that it came again.
    """
    numbers: dict[date, int] = {}
    spell, last = 0, None
    for day in sorted({day for day in days if day is not None}):
        if last is not None and day - last > timedelta(days=window):
            spell += 1
        numbers[day], last = spell, day
    return [0 if day is None else numbers[day] for day in days]


def openings(places: Iterable[str]) -> tuple[str, ...]:
    """Return the distinct places of an ad, each as it was first written, sorted; a place not given is none.

    Case, accents and punctuation make no other place.
    """
    first: dict[str, str] = {}
    for place in sorted(places):
        if folded := _folded(place):
            first.setdefault(folded, place.strip())
    return tuple(sorted(first.values()))


def _folded(place: str) -> str:
    plain = unicodedata.normalize("NFKD", place).casefold()
    signs = ("" if unicodedata.combining(sign) else sign if sign.isalnum() else " " for sign in plain)
    return " ".join("".join(signs).split())
