"""Which known phrase a new one is most like: what a curator would think of first. A suggestion, never a decision."""

from collections.abc import Iterable, Iterator, Mapping

from postings.skills.spelling import fold_word
from postings.skills.tokens import words_of
from postings.skills.vocabulary import word_set

_FEWEST_LETTERS = 6
"""Shorter names are another name with one letter changed: Redis and Redux."""
_MAKERS = word_set("likeness", "makers")
_ADDITIONS = word_set("likeness", "additions")


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
                self._off.setdefault(shorter, skill)

    def nearest(self, phrase: str) -> int | None:
        """Return the id of the skill that the phrase may name, or None."""
        words = _words(phrase)
        for some in _readings(words):
            if (skill := self._skills.get(_letters(some))) is not None:
                return skill
        letters = _letters(words)
        near = (self._skills.get(letters), *(self._near(form) for form in (letters, *_one_less(letters))))
        return next((skill for skill in near if skill is not None), None)

    def _near(self, form: str) -> int | None:
        """A skill that is `form`, or `form` with one letter more."""
        found = self._skills.get(form) if len(form) >= _FEWEST_LETTERS else None
        return self._off.get(form) if found is None else found


def _words(phrase: str) -> list[str]:
    return [fold_word(word) for word in words_of(phrase) if word[:1].isalnum() or word[:1] in "+#"]


def _letters(words: Iterable[str]) -> str:
    return "".join(words)


def _one_less(letters: str) -> Iterator[str]:
    if len(letters) > _FEWEST_LETTERS:
        yield from {letters[:at] + letters[at + 1 :] for at in range(len(letters))}


def _readings(words: list[str]) -> Iterator[list[str]]:
    """The words; without a maker before them; without additions and versions behind them; without both."""
    for start in (0, 1) if len(words) > 1 and words[0] in _MAKERS else (0,):
        end = len(words)
        while end > start:
            yield words[start:end]
            if words[end - 1] not in _ADDITIONS and not words[end - 1].isdigit():
                break
            end -= 1
