"""How far a change of aliases reaches: what a text must hold, letter by letter, before it can be read differently."""

import re
from collections.abc import Iterable

from postings.skills.spelling import fold_word
from postings.skills.tokens import words_of
from postings.skills.types import LexiconEntry

# Where the spellings of a folded word part: organi|sation, model|ling, col|our, cen|tre, librar|ies.
_PARTING = re.compile(
    r"(?:(?<=i)[sz]ation|(?<=i)[sz](?:e[drs]?|ing)|(?<=y)[sz]e[drs]?|(?:ing|ed|er)|r(?:al|ed)?|er|re|y)$"
)
_PLAIN = re.compile(r"[a-z0-9]{2,}")


def reach(before: Iterable[LexiconEntry], after: Iterable[LexiconEntry]) -> list[tuple[str, ...]]:
    """Return what texts must hold to be read differently: all parts of one of these, in any case.

    () stands for every text. A part is a piece of a word in ASCII that all its spellings share.
    """
    old, new = set(before), set(after)
    phrases = {entry.phrase for entry in old ^ new}
    # A word that became known, or is known no longer, makes a candidate of phrases around it, or unmakes it.
    words = _words(old) ^ _words(new)
    parts = {_parts(words_of(phrase)) for phrase in phrases} | {_parts([word]) for word in words}
    return sorted(parts)


def _words(entries: Iterable[LexiconEntry]) -> set[str]:
    return {fold_word(word) for entry in entries for word in words_of(entry.phrase) if word[:1].isalnum()}


def _parts(words: list[str]) -> tuple[str, ...]:
    # "R and D" may be written "R & D".
    shared = {shared_part(word) for word in words if word.lower() != "and"}
    return tuple(sorted(part for part in shared if part))


def shared_part(word: str) -> str:
    """A piece in ASCII that all words share which count as this one: their beginning, or, of a word with other letters,
    the longest run without those. "" where ASCII does not tell."""
    folded = fold_word(word)
    parting = _PARTING.search(folded) if len(folded) >= 3 and folded.isalpha() else None
    part = folded[: parting.start()] if parting and parting.start() >= 2 else folded[:2] if parting else folded
    if not part.isalnum():
        return ""
    return part if part.isascii() else max(_PLAIN.findall(part), key=len, default="")
