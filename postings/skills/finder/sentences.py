"""Text -> sentences of words with their features: what the network sees.

A feature is a string, hashed: what the word is like, and what the taxonomy makes of it. So the network takes a name
that it was never taught for a tool, and learns which kinds of phrases are asked for in which company.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from spacy.strings import get_string_id

from postings.skills.extractor import Extractor
from postings.skills.headings import SectionKind
from postings.skills.sections import split_sections
from postings.skills.sentences import Sentences
from postings.skills.spelling import fold_word, same_length_clean
from postings.skills.taxonomy import Taxonomy
from postings.skills.tokens import bare, pieces_of
from postings.skills.types import Match, Mention, Reading, Span
from postings.skills.vocabulary import word_set

OF_A_WORD = ("word", "beginning", "ending", "shape")
OF_A_MATCH = ("alias", "skill", "group")
OF_A_MENTION = ("kind", "level")
OF_A_SENTENCE = ("sentence", "section")
FEATURES = (*OF_A_WORD, *OF_A_MATCH, *OF_A_MENTION, *OF_A_SENTENCE)
_RUN = re.compile(r"(.)\1{2,}")
_LETTERS = str.maketrans({chr(code): "Xx"[code >= ord("a")] for code in (*range(65, 91), *range(97, 123))})
_DIGITS = str.maketrans("0123456789", "d" * 10)
_CUES = word_set("finder", "cues")
_EMPLOYER = word_set("finder", "employer")
_READER = word_set("finder", "reader")
_MOST_COUNTED = 3
# Blanks, and commas: SkillSpan has lost its own, so nothing can be learnt of them.
_UNREAD = frozenset(("", ","))
_MEMO_LIMIT = 300_000


class Words(NamedTuple):
    """One sentence. `spans` are offsets into the text, one a word; `features` are hashes, (words, len(FEATURES))."""

    spans: list[Span]
    features: NDArray[np.uint64]


class _Known(NamedTuple):
    """What the taxonomy says of an alias; `group` is the first of its skill's."""

    kind: str = ""
    skill: str = ""
    group: str = ""


class _Phrase(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_P = TypeVar("_P", bound=_Phrase)


class _Hit(NamedTuple, Generic[_P]):
    """A word of a phrase: the first, or one inside."""

    phrase: _P
    is_inside: bool


class SentenceReader:
    """Cuts texts into sentences and says what the taxonomy makes of each word."""

    def __init__(self, taxonomy: Taxonomy, extractor: Extractor) -> None:
        """`extractor` reads by `taxonomy`."""
        _, names = taxonomy.lexicon()
        known = {skill.name: _Known(skill.kind.value, skill.name, (*skill.groups, "")[0]) for skill in taxonomy.skills}
        self._known = {alias_id: known[name] for alias_id, name in names.items()}
        self._extractor = extractor
        self._of_words = _WordHashes()
        self._of_hits = _HitHashes()

    def read(self, text: str, reading: Reading) -> Iterator[Words]:
        """The sentences in order, of all sections. `reading` is what the extractor reads in the text."""
        clean = same_length_clean(text)
        sentences = [(kind, *_words(clean, start, end)) for start, end, kind in _sentences(clean)]
        spans = [span for _, own, _ in sentences for span in own]
        matches = _hits(spans, self._extractor.matches(text))
        mentions = _hits(spans, reading.mentions)
        at = 0
        for kind, own, words in sentences:
            part = slice(at, at + len(own))
            at = part.stop
            if own:
                yield Words(own, self._features(words, matches[part], mentions[part], kind))

    def _features(
        self,
        words: Sequence[str],
        matches: Sequence[_Hit[Match] | None],
        mentions: Sequence[_Hit[Mention] | None],
        kind: SectionKind,
    ) -> NDArray[np.uint64]:
        named = sum(hit is not None and not hit.is_inside for hit in mentions)
        whole = tuple(map(_hash, OF_A_SENTENCE, (_company(words, named), kind.name)))
        rows = [
            (*self._of_words[word], *self._of_match(match, mention), *self._of_mention(mention), *whole)
            for word, match, mention in zip(words, matches, mentions, strict=True)
        ]
        return np.array(rows, dtype=np.uint64)

    def _of_match(self, hit: _Hit[Match] | None, mention: _Hit[Mention] | None) -> tuple[int, ...]:
        known = _Known() if hit is None else self._known[hit.phrase.entry.alias_id]
        alias = f"{_place(hit)}{known.kind}{_place(mention)}"
        return self._of_hits[OF_A_MATCH, (alias, known.skill, _place(mention) + known.group)]

    def _of_mention(self, hit: _Hit[Mention] | None) -> tuple[int, ...]:
        if hit is None:
            return self._of_hits[OF_A_MENTION, ("O", "")]
        return self._of_hits[OF_A_MENTION, (_place(hit) + self._known[hit.phrase.alias_id].kind, hit.phrase.level.name)]


def _place(hit: _Hit[Any] | None) -> str:
    return "O" if hit is None else "BI"[hit.is_inside]


def _hits(words: Iterable[Span], phrases: Iterable[_P]) -> list[_Hit[_P] | None]:
    """For each word the phrase that it is part of; both are sorted, and neither overlap among themselves."""
    hits: list[_Hit[_P] | None] = []
    rest = iter(phrases)
    phrase, inside = next(rest, None), False
    for word in words:
        while phrase is not None and phrase.end <= word.start:
            phrase, inside = next(rest, None), False
        if phrase is None or word.end <= phrase.start:
            hits.append(None)
            continue
        hits.append(_Hit(phrase, inside))
        inside = True
    return hits


def _words(text: str, start: int, end: int) -> tuple[list[Span], list[str]]:
    pieces = [(at, piece) for at, piece in pieces_of(text, start, end) if bare(piece) not in _UNREAD]
    return [Span(at, at + len(piece.rstrip())) for at, piece in pieces], [bare(piece) for _, piece in pieces]


def _sentences(text: str) -> Iterator[tuple[int, int, SectionKind]]:
    sentences = Sentences(text)
    for section in split_sections(text, text.lower()):
        at = section.start
        while at < section.end:
            end = max(at + 1, min(sentences.around(at).end, section.end))
            yield at, end, section.kind
            at = end


def _company(words: Sequence[str], mentions: int) -> str:
    """What is true of a whole sentence: who speaks of whom, how many skills are named, its length and beginning."""
    lower = {word.lower() for word in words}
    begins = "a" if words[0][0].isalnum() else words[0][0]
    length = min(len(words) // 6, _MOST_COUNTED + 1)
    says = [not lower.isdisjoint(some) for some in (_EMPLOYER, _READER, _CUES)]
    return f"{says}{min(mentions, _MOST_COUNTED)}{length}{begins}"


def _shape(word: str) -> str:
    return _RUN.sub(r"\1\1", word.translate(_LETTERS).translate(_DIGITS))


def _hash(feature: str, value: str) -> int:
    return get_string_id(f"{feature}={value}")


_UNKNOWN = np.array([_hash(feature, "\x00") for feature in FEATURES], dtype=np.uint64)


def known_features(sentences: Iterable[NDArray[np.uint64]], *, fewest: int) -> NDArray[np.uint64]:
    """The hashes that stand in at least so many words, sorted. `sentences`: (words, len(FEATURES)) each."""
    values, counts = np.unique(np.concatenate([features.ravel() for features in sentences]), return_counts=True)
    return values[counts >= fewest]


def without_unknown(features: NDArray[np.uint64], known: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The same with one hash a feature in place of all that are not known: what was never learnt is noise."""
    at = np.searchsorted(known, features).clip(max=len(known) - 1)
    return np.where(known[at] == features, features, _UNKNOWN)


class _WordHashes(dict[str, tuple[int, ...]]):
    """Word -> hashes of OF_A_WORD. Bounded: texts bring ever new words."""

    def __missing__(self, word: str) -> tuple[int, ...]:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        lower = word.lower()
        values = (fold_word(word), lower[:3], lower[-3:], _shape(word))
        self[word] = hashes = tuple(map(_hash, OF_A_WORD, values))
        return hashes


class _HitHashes(dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[int, ...]]):
    """Names of features and their values -> hashes. Bounded by the taxonomy."""

    def __missing__(self, key: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[int, ...]:
        self[key] = hashes = tuple(map(_hash, *key))
        return hashes
