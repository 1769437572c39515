"""When two ads are the same ad: what joins them, and what keeps them apart whatever their texts share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from postings.copies.stated import Stated, numbers_apart, pay_apart, years_apart
from postings.copies.titles import Agreement

SAME_JACCARD = 0.9
"""Above it, titles that agree at all are enough."""
CONTAINED = {Agreement.SAME: 0.6, Agreement.NESTED: 0.6, Agreement.OVERLAP: 0.85}
"""Share of the shorter text, without boilerplate, that must stand in the longer (benchmarks/copies_pairs.py)."""
CONTAINED_IF_NUMBERED = 0.6
"""Enough under overlapping titles, too, if both texts name the same job number."""
CUT_SHORT = 0.5
CONTAINED_IF_CUT = 0.75
"""A text less than half as long as the other is a cut copy, and then nearly whole, or another ad in the same frame.

Under the same title in the same city it need not be: some boards drop every other paragraph.
"""
LEAST_SHINGLES = 40
"""With less than this left of the shorter text, containment says nothing: what is left may be stock phrases."""
CONTAINED_IF_RENAMED = 0.9
LEAST_SHINGLES_IF_RENAMED = 100
"""Titles that do not agree: nearly all of a text of some length, and in the same town, for an opening renamed."""
DOUBTFUL = 0.1
"""As near to a line, a text may as well be on its other side: 0.1 is what a paragraph more or less makes."""
FAR = 1.0
OFTEN = 2
"""A title word that the text repeats is what the job is about."""


class Block(StrEnum):
    """What keeps two ads apart whatever their texts share."""

    YEARS = "different years of experience"
    NUMBERS = "different job numbers"
    LEVEL = "the level is told in one text only"
    PAY = "another title and other pay"


@dataclass(frozen=True)
class Overlap:
    """Numbers of distinct shingles: of both texts, and without boilerplate (`own`) of the shorter and the longer."""

    one: int
    other: int
    shared: int
    own_least: int
    own_most: int
    own_shared: int

    @property
    def jaccard(self) -> float:
        union = self.one + self.other - self.shared
        return self.shared / union if union else 0.0

    @property
    def contained(self) -> float:
        """The share of the shorter text's own shingles that stand in the longer."""
        return self.own_shared / self.own_least if self.own_least else 0.0


@dataclass(frozen=True)
class Told:
    """How often each text uses the words that only one of the two titles has.

    `levels` and `subjects` are (times in the text of the title that has the word, times in the other text).
    `each_has_level` if each title has a level that the other lacks.
    """

    levels: tuple[tuple[int, int], ...] = ()
    subjects: tuple[tuple[int, int], ...] = ()
    each_has_level: bool = False


def agreed_in_text(agreed: Agreement, told: Told) -> Agreement:
    """Return how the titles agree, given the texts: a word more that runs through its own text alone is a subject.

    "Data Scientist, Marketing" over a text about marketing is no longer form of "Data Scientist".
    """
    is_subject = any(own >= OFTEN and not elsewhere for own, elsewhere in told.subjects)
    return min(agreed, Agreement.OVERLAP) if is_subject else agreed


def is_alike(agreed: Agreement, overlap: Overlap, *, same_number: bool, same_city: bool) -> bool:
    """Tell whether titles and texts are alike enough for one ad."""
    return margin(agreed, overlap, same_number=same_number, same_city=same_city) >= 0


def margin(agreed: Agreement, overlap: Overlap, *, same_number: bool, same_city: bool) -> float:
    """Return by which share of the text two ads are more alike than one ad's copies have to be, below 0 for less.

    -FAR where the texts are too short, or the towns too far apart, for any share to be enough.
    """
    if agreed is Agreement.NONE:
        is_enough = same_city and overlap.own_least >= LEAST_SHINGLES_IF_RENAMED
        return overlap.contained - CONTAINED_IF_RENAMED if is_enough else -FAR
    enough = min(CONTAINED[agreed], CONTAINED_IF_NUMBERED) if same_number else CONTAINED[agreed]
    is_cut_here = agreed is Agreement.SAME and same_city
    if overlap.own_least < CUT_SHORT * overlap.own_most and not is_cut_here:
        enough = max(enough, CONTAINED_IF_CUT)
    contained = overlap.contained - enough if overlap.own_least >= LEAST_SHINGLES else -FAR
    return max(overlap.jaccard - SAME_JACCARD, contained)


def is_stock(overlap: Overlap, *, employers_differ: bool) -> bool:
    """Tell whether the texts of two employers have nothing left but what others share as well."""
    return employers_differ and overlap.own_least < LEAST_SHINGLES


def blocks(one: Stated, other: Stated, told: Told, agreed: Agreement) -> tuple[Block, ...]:
    """Return what keeps two ads with these texts apart."""
    found = {
        Block.YEARS: years_apart(one, other),
        Block.NUMBERS: numbers_apart(one, other),
        Block.LEVEL: is_level_told_apart(told),
        Block.PAY: agreed is Agreement.NONE and pay_apart(one, other),
    }
    return tuple(block for block, holds in found.items() if holds)


def is_level_told_apart(told: Told) -> bool:
    """Tell whether one text alone names its title's level, or the titles' levels clash and no text settles it."""
    if any(bool(own) != bool(elsewhere) for own, elsewhere in told.levels):
        return True
    return told.each_has_level and not any(own and elsewhere for own, elsewhere in told.levels)
