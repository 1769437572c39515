"""Which known phrase a new one is most like: what a curator would think of first. A suggestion, never a decision."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple

from postings.skills.spelling import fold_word
from postings.skills.tokens import words_of
from postings.skills.vocabulary import word_set

_FEWEST_LETTERS = 6
"""Shorter names are another name with one letter changed: Redis and Redux."""
_SMALL = frozenset(("of", "and", "for", "the", "in", "to"))
_MAKERS = word_set("likeness", "makers")
_ADDITIONS = word_set("likeness", "additions")


class Guess(IntEnum):
    """Why a phrase is taken for a known one, the surest first."""

    NONE = 0
    SAME_LETTERS = 1
    NAME_AND_MORE = 2
    LETTER_OFF = 3
    SPELLED_OUT = 4


class Likely(NamedTuple):
    """A skill, by its id."""

    skill: int
    guess: Guess


class Likeness:
    """Looks phrases up among aliases: the same letters, one letter off, or with a maker's name or an addition more."""

    def __init__(self, aliases: Mapping[str, int]) -> None:
        """`aliases`: phrase -> id of the skill that it names."""
        self._skills: dict[str, int] = {}
        self._off: dict[str, int] = {}
        for phrase, skill in sorted(aliases.items()):
            letters = _letters(_words(phrase))
            self._skills.setdefault(letters, skill)
            for shorter in _one_less(letters):
                # "ISO 27001" and "ISO 27701" are two standards.
                if _digits(shorter) == _digits(letters):
                    self._off.setdefault(shorter, skill)

    def nearest(self, phrase: str) -> Likely | None:
        """Return the id of the skill that the phrase may name, and why it may, or None."""
        words = _words(phrase)
        letters = _letters(words)
        for some in _readings(words):
            if (skill := self._skills.get(_letters(some))) is not None:
                return Likely(skill, Guess.SAME_LETTERS if len(some) == len(words) else Guess.NAME_AND_MORE)
        near = (self._near(form) for form in (letters, *_one_less(letters)) if _digits(form) == _digits(letters))
        return next((Likely(skill, Guess.LETTER_OFF) for skill in near if skill is not None), None)

    def _near(self, form: str) -> int | None:
        """A skill that is `form`, or `form` with one letter more."""
        found = self._skills.get(form) if len(form) >= _FEWEST_LETTERS else None
        return self._off.get(form) if found is None else found


def spelling_of(phrase: str) -> str:
    """Return what all spellings of a phrase share: small letters, singular, American, nothing between the words."""
    return _letters(_words(phrase)) or phrase.casefold()


def is_short_for(short: str, long: str) -> bool:
    """Whether the capitals of one, "LP", "MRFs", are the first letters of the words of the other."""
    letters = re.sub(r"(?<=[A-Z])s$", "", short).casefold()
    words = [word for word in re.split(r"[\s/-]+", long.casefold()) if word]
    first = "".join(word[0] for word in words)
    without_small = "".join(word[0] for word in words if word not in _SMALL)
    return len(letters) > 1 and letters in (first, without_small)


def _words(phrase: str) -> list[str]:
    return [fold_word(word) for word in words_of(phrase) if word[:1].isalnum() or word[:1] in "+#"]


def _letters(words: Iterable[str]) -> str:
    return "".join(words)


def _one_less(letters: str) -> Iterator[str]:
    if len(letters) > _FEWEST_LETTERS:
        yield from {letters[:at] + letters[at + 1 :] for at in range(len(letters))}


def _digits(letters: str) -> str:
    return "".join(letter for letter in letters if letter.isdigit())


def _readings(words: list[str]) -> Iterator[list[str]]:
    """The words; without a maker before them; without additions and versions behind them; without both."""
    for start in (0, 1) if len(words) > 1 and words[0] in _MAKERS else (0,):
        end = len(words)
        while end > start:
            yield words[start:end]
            if words[end - 1] not in _ADDITIONS and not words[end - 1].isdigit():
                break
            end -= 1
