"""One marked posting against what was read in it: which marks were found, and what was found besides.

The unit is the form: a distinct surface of a posting in lower case, wherever and how often it stands there. Two forms
are the same when one is the other or holds all its words in a row: "spark" and "apache spark".
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from postings.skills.marked import Mark, MarkedPosting
from postings.skills.types import Kind, Level, Mention

_EDGES = ".,;:!?()[]{}<>\"'`“”‘’«»*_|/\\-–—•·"
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The skill that an alias names."""

    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Found:
    """A form that was found, at the first place where it stands, with its strongest level at any of them."""

    start: int
    end: int
    meaning: Meaning
    level: Level


@dataclass(frozen=True, slots=True)
class Comparison:
    """`marks`: each marked form and what was found for it. `found`: each form found and whether a mark is the same."""

    marks: tuple[tuple[Mark, Found | None], ...]
    found: tuple[tuple[Found, bool], ...]


def compare(posting: MarkedPosting, mentions: Sequence[Mention], meanings: Mapping[int, Meaning]) -> Comparison:
    """Hold the marks against the mentions; a mention whose alias has no meaning (a hidden skill) does not count."""
    found = _forms_found(posting.text, mentions, meanings)
    marked = [(words_of(mark.surface), mark) for mark in posting.marks]
    forms = [words for words, _ in marked]
    judged = tuple((one, _is_among(words, forms)) for words, one in found.items())
    return Comparison(tuple((mark, _best(words, mark, found)) for words, mark in marked), judged)


def words_of(surface: str) -> Words:
    """The words of a form: what blanks part, in lower case, without the punctuation around each."""
    return tuple(word for part in surface.casefold().split() if (word := part.strip(_EDGES)))


def is_same(one: Words, other: Words) -> bool:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return bool(short) and any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _forms_found(text: str, mentions: Iterable[Mention], meanings: Mapping[int, Meaning]) -> dict[Words, Found]:
    found: dict[Words, Found] = {}
    for mention in mentions:
        words, meaning = words_of(text[mention.start : mention.end]), meanings.get(mention.alias_id)
        if not words or meaning is None:
            continue
        first = found.get(words) or Found(mention.start, mention.end, meaning, mention.level)
        found[words] = Found(first.start, first.end, first.meaning, max(first.level, mention.level))
    return found


def _is_among(words: Words, others: Iterable[Words]) -> bool:
    return any(is_same(words, other) for other in others)


def _best(words: Words, mark: Mark, found: Mapping[Words, Found]) -> Found | None:
    """What was found for a mark: the very form, else, of the forms that are the same, the one nearest to the mark."""
    if words in found:
        return found[words]
    alike = [one for form, one in found.items() if is_same(words, form)]
    return min(alike, key=lambda one: (abs(one.start - mark.start), one.start), default=None)
