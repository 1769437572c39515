"""The postings of a question that state yearly pay in one currency: what every figure of pay reads from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analytics.figures import ShareFigure
from analytics.measures import PayQuartiles, pay_quartiles
from analytics.questions import UNKNOWN, Question
from analytics.selectors.counted import tally
from analytics.selectors.links import postings_url
from analytics.selectors.published import Published
from analytics.selectors.selected import paid, selected
from analytics.selectors.shares import share_of
from analytics.snapshot import Selection, Snapshot
from analytics.tables import Unit


@dataclass(frozen=True)
class StatedPay:
    """`currency` is "" for pay that says none; `others` are further currencies in which pay is stated, with counts."""

    question: Question
    shown: Published
    currency: str
    others: tuple[tuple[str, int], ...]

    @classmethod
    def within(cls, question: Question, shown: Published, asked: str = "") -> "StatedPay":
        """Take the currency that is asked for, as an address names it, else the one that is stated most."""
        counts = currencies(shown.snapshot, selected(shown.snapshot, question.filter))
        known = dict(counts)
        wanted = "" if asked == UNKNOWN else asked
        first = next((name for name, _ in counts if name), counts[0][0] if counts else "")
        chosen = wanted if asked and wanted in known else first
        return cls(question, shown, chosen, tuple((name, n) for name, n in counts if name != chosen))

    @property
    def snapshot(self) -> Snapshot:
        return self.shown.snapshot

    @cached_property
    def selection(self) -> Selection:
        """All postings of the question, whether they state pay or not."""
        return selected(self.snapshot, self.question.filter)

    @cached_property
    def rows(self) -> NDArray[np.int32]:
        return paid(self.snapshot, self.selection, self.currency).rows

    @cached_property
    def figures(self) -> PayQuartiles:
        return self.figures_of(self.rows, self.selection.n)

    @property
    def key(self) -> str:
        """How an address names the currency."""
        return self.currency or UNKNOWN

    @property
    def unit(self) -> Unit:
        return Unit(f"{self.currency} a year" if self.currency else "a year, currency not stated")

    @property
    def in_words(self) -> str:
        return f"in {self.currency}" if self.currency else "without a currency"

    def figures_of(self, rows: NDArray[np.int32], n: int) -> PayQuartiles:
        """Return the quartiles of some of the rows, out of `n` postings."""
        return pay_quartiles(self.snapshot.pay[rows], n=n)

    def by(self, column: str) -> dict[int, PayQuartiles]:
        """Return the quartiles by the codes of a column that have postings, with how many postings each has."""
        sizes = tally(self.snapshot, self.selection, column)
        parts = self.parts(column, len(sizes))
        return {int(code): self.figures_of(parts[code], int(sizes[code])) for code in np.flatnonzero(sizes)}

    def parts(self, column: str, size: int, rows: NDArray[np.int32] | None = None) -> list[NDArray[np.int32]]:
        """Return the rows that state pay (or some of them) by the codes 0..size-1 of a column."""
        rows = self.rows if rows is None else rows
        codes = self.snapshot.column(column)[rows]
        order = np.argsort(codes, kind="stable")
        ends = np.searchsorted(codes[order], np.arange(size + 1))
        return [rows[order[first:last]] for first, last in pairwise(ends.tolist())]

    def postings_url(self, question: Question | None = None, **extra: str) -> str:
        """Return the list of the postings that state pay so, of `question` if given."""
        return postings_url(question or self.question, pay=self.key, **extra)


def currencies(snapshot: Snapshot, selection: Selection) -> list[tuple[str, int]]:
    """Return the currencies in which pay is stated with how many postings do, the commonest first; "" is not said."""
    counts = snapshot.tally(paid(snapshot, selection), "pay_currency")
    names = snapshot.vocabulary("pay_currency")
    found = [(names[code], int(counts[code])) for code in np.flatnonzero(counts)]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def coverage_of(figures: PayQuartiles) -> ShareFigure:
    """Return the share of the postings that state pay."""
    return share_of(figures.stated, figures.n)


def by_median(found: Iterable[tuple[int, PayQuartiles]]) -> list[tuple[int, PayQuartiles]]:
    """Return the groups, the highest median first; those whose median is withheld last, by how many state it."""
    return sorted(
        found,
        key=lambda one: (
            not one[1].reliability.is_shown,
            -one[1].median if one[1].reliability.is_shown else -one[1].stated,
            one[0],
        ),
    )
