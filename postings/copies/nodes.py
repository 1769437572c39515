"""Postings that are word for word the same ad, taken together before anything is compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from postings.copies.boilerplate import FEWEST_EMPLOYERS, FEWEST_TOWNS
from postings.copies.shingles import text_hash
from postings.copies.titles import TitleWords, title_words, without_place

UNKNOWN = -1


@dataclass(frozen=True)
class CopyDoc:
    """A posting as copies are found.

    `key` is unique and sorts, `content_hash` is the `text_hash` and `signature` the MinHash of its text, `length`
    counts its characters. "" is unknown: `company` names the employer alike for all its spellings, `place` is as
    written, `city` as it was read.
    """

    key: str
    title: str
    content_hash: str
    signature: bytes
    length: int
    company: str = ""
    place: str = ""
    city: str = ""


@dataclass(frozen=True)
class Node:
    """Postings with the same text under the same title words, in the order of their keys; the first lends its text."""

    members: tuple[int, ...]
    words: TitleWords
    content_hash: str
    length: int
    companies: frozenset[str]
    cities: frozenset[str]

    def shares_city(self, other: Node) -> bool:
        return not self.cities.isdisjoint(other.cities)

    def has_other_employer(self, other: Node) -> bool:
        """Tell whether the employers of both are known and none is the same."""
        return bool(self.companies) and bool(other.companies) and self.companies.isdisjoint(other.companies)


def nodes_of(docs: Sequence[CopyDoc]) -> list[Node]:
    """Return the distinct ads as they stand, in the order of their first key; postings without words are in none.

    A text that stands under several employers in several towns is nobody's own: there, each employer has its node.
    """
    no_words = text_hash("")
    words = _words_of_titles(docs)
    stock = _stock_texts(docs)
    same: dict[tuple[str, TitleWords, str], list[int]] = {}
    for i in sorted(range(len(docs)), key=lambda i: docs[i].key):
        doc = docs[i]
        if doc.content_hash != no_words:
            company = doc.company if doc.content_hash in stock else ""
            same.setdefault((doc.content_hash, words[doc.title, doc.place], company), []).append(i)
    return [
        Node(
            tuple(members),
            title,
            text,
            docs[members[0]].length,
            companies=frozenset(docs[i].company.casefold() for i in members if docs[i].company),
            cities=frozenset(docs[i].city.casefold() for i in members if docs[i].city),
        )
        for (text, title, _), members in same.items()
    ]


def numbered(values: Iterable[object]) -> NDArray[np.int64]:
    """Return a number for each value, equal for equal ones; -1 for empty ones."""
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(v, len(numbers)) if v else UNKNOWN for v in values], dtype=np.int64)


def _words_of_titles(docs: Sequence[CopyDoc]) -> dict[tuple[str, str], TitleWords]:
    whole = {title: title_words(title) for title in {doc.title for doc in docs}}
    return {(title, place): without_place(whole[title], place) for title, place in {(d.title, d.place) for d in docs}}


def _stock_texts(docs: Sequence[CopyDoc]) -> frozenset[str]:
    """Return the hashes of whole texts that stand under several employers and in several towns."""
    employers: dict[str, set[str]] = {}
    towns: dict[str, set[str]] = {}
    for doc in docs:
        if doc.company and doc.city:
            employers.setdefault(doc.content_hash, set()).add(doc.company.casefold())
            towns.setdefault(doc.content_hash, set()).add(doc.city.casefold())
    return frozenset(
        text for text, names in employers.items() if len(names) >= FEWEST_EMPLOYERS and len(towns[text]) >= FEWEST_TOWNS
    )
