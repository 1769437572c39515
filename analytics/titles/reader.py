"""Reads titles into roles: the longest phrase of the catalogue, else what somebody is and in which field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from analytics.titles.catalogue import Catalogue
from analytics.titles.cleaning import clean
from analytics.titles.deciding import Finding, decide
from analytics.titles.lexicon import HEADS, Kind, Lexicon
from analytics.titles.pieces import Piece, pieces_of
from analytics.titles.seniority import seniority_of
from analytics.titles.tokens import BREAK, OR, words_of

_REMEMBERED = 100_000


@dataclass(frozen=True)
class TitleReading:
    """What a title is called in our catalogue. `second_role` is a second acceptable reading, or "".

    `confidence` is 0..1: 1 the title is a phrase of the catalogue, about 0.5 a guess from a field alone.
    """

    role: str
    seniority: str
    second_role: str
    confidence: float
    dropped: tuple[str, ...]


class TitleReader:
    """Reads titles with one catalogue; remembers the titles that it has read."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._lexicon = Lexicon(catalogue)
        self._read = lru_cache(maxsize=_REMEMBERED)(self._read_anew)

    def read(self, raw: str) -> TitleReading:
        """Return what the title says; every title has an answer, if only "unknown"."""
        return self._read(raw)

    def read_with_words(self, raw: str) -> tuple[TitleReading, tuple[str, ...]]:
        """Return what the title says, and its canonical words: a phrase that it holds is a stretch of these."""
        text, dropped = clean(raw)
        words = words_of(text)
        pieces = pieces_of(words.tokens, self._lexicon)
        is_intern = any(level == "intern" for _, level in words.levels)
        finding = decide(pieces, self._lexicon, is_intern=is_intern)
        seniority = seniority_of(words, _spans(pieces, finding))
        reading = TitleReading(finding.role, seniority, finding.second_role, finding.confidence, dropped)
        return reading, words.tokens

    def words_beside(self, raw: str) -> tuple[str, ...]:
        """Return the words of a title that stand in no phrase of the catalogue, and the heads of such phrases.

        "Senior Risk Data Analyst" -> ("risk", "analyst"): what a title says when the catalogue does not speak.
        """
        tokens = words_of(clean(raw)[0]).tokens
        words: list[str] = []
        i = 0
        while i < len(tokens):
            hit = self._lexicon.longest_at(tokens, i, len(tokens))
            is_role = hit is not None and hit[0][0] is Kind.ROLE
            length = hit[1] if hit and is_role else 1
            last = tokens[i + length - 1]
            if last in HEADS or not (is_role or last in (BREAK, OR) or self._lexicon.says_nothing(last)):
                words.append(last)
            i += length
        return tuple(words)

    def _read_anew(self, raw: str) -> TitleReading:
        return self.read_with_words(raw)[0]


def _spans(pieces: list[Piece], finding: Finding) -> Iterator[tuple[int, int]]:
    """Return the token spans in which a level may stand, the likeliest first.

    A level alone before a slash belongs to what follows ("Senior/Lead Engineer" is senior); one beside another mention
    of the same work does not ("Scientist / Senior Scientist").
    """
    main = finding.piece
    ahead = [piece for piece in pieces if piece.is_empty and piece.part == main.part and piece.start < main.start]
    for piece in (*ahead, main):
        yield piece.start, piece.end
    for piece in pieces:
        if piece.part != main.part or piece.is_empty or main.is_lent or _is_other_work(piece, main):
            yield piece.start, piece.end


def _is_other_work(piece: Piece, main: Piece) -> bool:
    return piece.names_work and not (set(piece.roles) & set(main.roles)) and (piece.head != main.head or not main.head)
