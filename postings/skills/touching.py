"""Whether a text can be read differently after a change of aliases: word by word, as the matcher cuts and folds it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from postings.skills.forms import Phrase, forms_of
from postings.skills.lexicon import Lexicon
from postings.skills.spelling import fold_word, same_length_clean
from postings.skills.tokens import words_of
from postings.skills.types import LexiconEntry

_MEMO_LIMIT = 300_000
Written = Mapping[str, Set[str]]
"""Folded word -> how a text writes it."""


class Touching:
    """Tells which texts a change reaches. Every text that is read differently is among them.

    A text is read differently only where a changed alias stands, or words of it that share a part with a phrase beside
    them; or where a word that became known, or is known no longer, makes or unmakes a candidate, which is written like
    a name.
    """

    def __init__(self, before: Iterable[LexiconEntry], after: Iterable[LexiconEntry]) -> None:
        old, new = set(before), set(after)
        forms = forms_of(Lexicon(old ^ new))
        self._phrases: dict[str, list[tuple[tuple[str, ...], Phrase]]] = defaultdict(list)  # by their first word
        for words, form in forms.items():
            self._phrases[words[0]] += [(words, phrase) for phrase in form.phrases]
        told = {entry.phrase: words_of(entry.phrase) for entry in old | new}
        kept = {fold_word(word) for entry in old & new for word in told[entry.phrase]}
        self._changed = {word for words in forms for word in words if word[:1].isalnum()} - kept
        # Words that may share a part of a longer phrase, unless they name something alone.
        self._sharing = {fold_word(word) for words in told.values() if len(words) > 1 for word in words}
        self._runs = _Runs({word for words in forms for word in words})

    def __call__(self, text: str) -> bool:
        """Return whether the change can reach this text."""
        written = self._written(same_length_clean(text))
        for word, ways in written.items():
            if word in self._changed and any(_is_name(word, one) for one in ways):
                return True
            if any(self._stands(words, phrase, written) for words, phrase in self._phrases.get(word, ())):
                return True
        return False

    def _stands(self, words: tuple[str, ...], phrase: Phrase, written: Written) -> bool:
        """Whether all words of a form are there, and can be the phrase by their case."""
        if any(word not in written for word in words):
            return False
        if len(words) == 1 and words[0] not in self._sharing:
            return any(phrase.allows([one]) for one in written[words[0]])
        return True

    def _written(self, text: str) -> Written:
        found: dict[str, set[str]] = defaultdict(set)
        for run in set(text.replace("\n", " ").split(" ")):
            for word, one in self._runs[run]:
                found[word].add(one)
        return found


class _Runs(dict[str, tuple[tuple[str, str], ...]]):
    """What stands between two blanks -> the sought words in it, folded and as written. Few runs are new."""

    def __init__(self, sought: Set[str]) -> None:
        super().__init__()
        self._sought = sought

    def __missing__(self, run: str) -> tuple[tuple[str, str], ...]:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        folded = ((fold_word(one), one) for one in words_of(run))
        self[run] = found = tuple((word, one) for word, one in folded if word in self._sought)
        return found


def _is_name(word: str, written: str) -> bool:
    """Whether a word may be one of a candidate's; of one letter it may also close a list."""
    return len(word) == 1 or any(sign.isupper() or sign.isdigit() for sign in written)
