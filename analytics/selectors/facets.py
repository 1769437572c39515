"""What a list of postings consists of, by columns: each value with its count, and the way to narrow to it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analytics.figures import number
from analytics.questions import FIELDS, Question
from analytics.selectors.counted import commonest
from analytics.selectors.filterbar import LABELS, label_of
from analytics.snapshot import Selection, Snapshot

FACETS = ("role", "seniority", "company", "country", "remote", "source")
MOST_VALUES = 7


@dataclass(frozen=True)
class FacetValue:
    """`url` is the list narrowed to the value, or without it where `is_chosen`; it has `count` postings."""

    text: str
    count: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """The commonest values of a column; `more` says how many rarer ones there are, or is ""."""

    label: str
    values: tuple[FacetValue, ...]
    more: str


def facets_of(
    snapshot: Snapshot, selection: Selection, question: Question, url_of: Callable[[Question], str]
) -> tuple[Facet, ...]:
    """Return the facets of the postings that are listed; `url_of` is the list that another question asks for.

    A column with one value only is left out, unless it was chosen: there is nothing to narrow.
    """
    found = []
    for name in FACETS:
        counts = snapshot.tally(selection, name)
        chosen = getattr(question.filter, FIELDS[name])
        codes = commonest(counts, MOST_VALUES)
        if len(codes) < 2 and not chosen:
            continue
        left = int(np.count_nonzero(counts)) - len(codes)
        values = tuple(_value(name, code, int(counts[code]), question, snapshot, url_of) for code in codes)
        found.append(Facet(LABELS[name], values, f"and {number(left)} more" if left else ""))
    return tuple(found)


def _value(  # noqa: PLR0913, PLR0917  (one value of one column, and where it leads)
    name: str, code: int, count: int, question: Question, snapshot: Snapshot, url_of: Callable[[Question], str]
) -> FacetValue:
    value = snapshot.vocabulary(name)[code]
    is_chosen = getattr(question.filter, FIELDS[name]) == (value,)
    asked = question.without(name, value) if is_chosen else question.narrowed(**{name: value})
    return FacetValue(label_of(name, value, snapshot), number(count), url_of(asked), is_chosen)
