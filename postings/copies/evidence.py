"""Why two ads are taken for the same, or not: figures, what matches, what keeps them apart, the words that differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from postings.copies.boilerplate import without
from postings.copies.differences import Segment, word_differences
from postings.copies.judging import Block, Overlap, agreed_in_text, blocks, is_alike
from postings.copies.library import read_text, told, vocabulary_of
from postings.copies.nodes import CopyDoc, nodes_of
from postings.copies.shingles import Hashes, shingle_set, text_hash
from postings.copies.titles import Agreement, agreement

LONGEST_COMPARED = 200_000
"""Characters of a text that are compared; no ad is as long."""


class Verdict(StrEnum):
    """What the rules say of two ads by themselves, without the other ads of their employers."""

    COPY = "the same ad"
    NOT_COPY = "not the same ad"


@dataclass(frozen=True)
class ComparedAd:
    """One side of a comparison; "" and None are unknown."""

    title: str
    text: str
    company: str = ""
    place: str = ""
    city: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Evidence:
    """Shares are of distinct five-word sequences, 0..1: `similarity` of both texts together (Jaccard), `containment`
    of the shorter one. `matched` names the fields that agree, `differs` are the texts word for word in order.
    """

    similarity: float
    containment: float
    matched: tuple[str, ...]
    differs: tuple[Segment, ...]
    blocked_by: tuple[Block, ...]
    verdict: Verdict


def evidence(one: ComparedAd, other: ComparedAd, *, boilerplate: Sequence[int] = ()) -> Evidence:
    """Compare two ads. Time is bounded: at most 200,000 characters of each are read.

    `boilerplate` are sorted hashes of shingles that say nothing; without them the verdict rests on whole texts.
    """
    one, other = _bounded(one), _bounded(other)
    first, second = (nodes_of([_doc(ad)]) for ad in (one, other))
    if not first or not second:
        return Evidence(0.0, 0.0, _matched(one, other), word_differences(one.text, other.text), (), Verdict.NOT_COPY)
    vocabulary = vocabulary_of([first[0].words, second[0].words])
    a, b = (read_text(ad.text, vocabulary) for ad in (one, other))
    words = told(first[0], second[0], a, b)
    overlap = _overlap(a.shingles, b.shingles, np.asarray(boilerplate, dtype=np.uint32))
    agreed = agreed_in_text(agreement(first[0].words, second[0].words), words)
    same_number = not a.states.numbers.isdisjoint(b.states.numbers)
    alike = is_alike(agreed, overlap, same_number=same_number, same_city=first[0].shares_city(second[0]))
    blocked = blocks(a.states, b.states, words, agreed)
    return Evidence(
        similarity=overlap.jaccard,
        containment=overlap.shared / min(overlap.one, overlap.other),
        matched=(*_matched(one, other, agreed), *(["job number"] if same_number else [])),
        differs=word_differences(one.text, other.text),
        blocked_by=blocked,
        verdict=Verdict.COPY if alike and not blocked else Verdict.NOT_COPY,
    )


def similarities(text: str, others: Iterable[str]) -> list[float]:
    """Return the Jaccard similarity of a text with each of the others, 0..1; 0 where one has no words."""
    mine = shingle_set(text[:LONGEST_COMPARED])
    return [_overlap(mine, shingle_set(other[:LONGEST_COMPARED]), mine[:0]).jaccard for other in others]


def _bounded(ad: ComparedAd) -> ComparedAd:
    return ComparedAd(ad.title, ad.text[:LONGEST_COMPARED], ad.company, ad.place, ad.city, ad.day)


def _doc(ad: ComparedAd) -> CopyDoc:
    return CopyDoc("", ad.title, text_hash(ad.text), b"", len(ad.text), ad.company, ad.place, ad.city)


def _overlap(a: Hashes, b: Hashes, boilerplate: Hashes) -> Overlap:
    shared = np.intersect1d(a, b, assume_unique=True)
    least, most = sorted(len(without(shingles, boilerplate)) for shingles in (a, b))
    return Overlap(len(a), len(b), len(shared), least, most, len(without(shared, boilerplate)))


def _matched(one: ComparedAd, other: ComparedAd, agreed: Agreement = Agreement.NONE) -> tuple[str, ...]:
    """Return the names of the fields that are known and equal in both."""
    pairs = {
        "company": (one.company.casefold(), other.company.casefold()),
        "place": (one.city.casefold() or one.place.casefold(), other.city.casefold() or other.place.casefold()),
        "day": (one.day, other.day),
    }
    same_title = agreed is Agreement.SAME or (bool(one.title) and one.title.casefold() == other.title.casefold())
    return (*(["title"] if same_title else []), *(name for name, (a, b) in pairs.items() if a and a == b))
