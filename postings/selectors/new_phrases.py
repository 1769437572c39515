"""Which postings would name a phrase that is no alias yet: found by full-text search, some of them read to be sure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Q
from numpy.typing import NDArray

from postings import skills
from postings.impact import NewAlias
from postings.models import Alias, Posting, PostingText
from postings.selectors.search import search_postings
from postings.skills.context import NEIGHBOUR_RULES

_WORD = re.compile(r"\w+")
MOST_READ = 100
"""Texts that are read, of all new phrases together: under a second."""


@dataclass(frozen=True)
class Holders:
    """Where the words of a new phrase stand one after the other.

    `found` postings hold them; `read` of these were read, and `taken` of them would name the phrase. `ids` are the
    postings to count: those taken where all were read, else all that were found.
    """

    phrase: str
    ids: NDArray[np.int64]
    found: int
    read: int
    taken: int


def holders_of(aliases: Sequence[NewAlias]) -> tuple[Holders, ...]:
    """Return the postings of each new phrase. The first call of a process waits for spaCy: some two seconds."""
    if not aliases:
        return ()
    most = max(MOST_READ // len(aliases), 1)
    found = [_holding(alias) for alias in aliases]
    looked_at = [ids if len(ids) <= most else ids[np.linspace(0, len(ids) - 1, most).astype(np.int64)] for ids in found]
    reader = _Reader(aliases, sorted({pk for ids in looked_at for pk in ids.tolist()}))
    return tuple(
        _holders(alias.phrase, ids, reader.naming(number, read.tolist()), len(read))
        for number, (alias, ids, read) in enumerate(zip(aliases, found, looked_at, strict=True))
    )


class _Reader:
    """Reads texts with the new phrases, and with the aliases that hold one of them: the longer one is read.

    Where a rule asks which skills stand beside a phrase, the aliases that may stand in the texts `ids` are read, too.
    """

    def __init__(self, aliases: Sequence[NewAlias], ids: Sequence[int]) -> None:
        entries = [
            skills.LexiconEntry(n, one.phrase, one.exact_case, one.context, one.not_in) for n, one in enumerate(aliases)
        ]
        spelled = {one.phrase.casefold() for one in aliases}
        longer = Q()
        for one in aliases:
            longer |= Q(phrase__icontains=one.phrase)
        others = Alias.objects.order_by("pk").values_list("phrase", "exact_case", "context", "not_in")
        if any(one.context in NEIGHBOUR_RULES for one in aliases):
            there = _words(" ".join(PostingText.objects.filter(pk__in=ids).values_list("text", flat=True)))
            read = [row for row in others if _words(row[0]) <= there]
        else:
            read = list(others.filter(longer))
        kept = [row for row in read if row[0].casefold() not in spelled]
        entries += [skills.LexiconEntry(n, *row) for n, row in enumerate(kept, start=len(entries))]
        self._extractor = skills.Extractor(skills.Lexicon(entries))

    def naming(self, number: int, ids: Iterable[int]) -> list[int]:
        """Return those of the postings whose texts name the new phrase of this number."""
        texts = PostingText.objects.filter(pk__in=list(ids)).order_by("pk").values_list("pk", "text")
        try:
            readings = self._extractor.read_many([text for _, text in texts])
            return [
                pk
                for (pk, _), reading in zip(texts, readings, strict=True)
                if any(mention.alias_id == number for mention in reading.mentions)
            ]
        finally:
            self._extractor.forget()


def _holding(alias: NewAlias) -> NDArray[np.int64]:
    words = alias.phrase.replace('"', " ").strip()
    found = search_postings(f'"{words}"') if words else np.empty(0, np.int64)
    if not (alias.not_in and len(found)):
        return found
    others = Posting.objects.filter(language__in=alias.not_in.split()).values_list("pk", flat=True)
    return np.setdiff1d(found, np.fromiter(others.iterator(), np.int64))


def _holders(phrase: str, ids: NDArray[np.int64], taken: Sequence[int], read: int) -> Holders:
    counted = ids if len(ids) > read else np.array(taken, np.int64)
    return Holders(phrase, counted, len(ids), read, len(taken))


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))
