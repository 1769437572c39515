"""The folded forms under which the aliases of a lexicon stand in texts, and which alias a form is when it is found."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from postings.skills.lexicon import Lexicon
from postings.skills.spelling import fold_word, spellings
from postings.skills.tokens import bare, words_of
from postings.skills.types import LexiconEntry


@dataclass(frozen=True, slots=True)
class Phrase:
    entry: LexiconEntry
    words: tuple[str, ...]
    picky: bool  # whether its case or number matters

    def allows(self, words: list[str]) -> bool:
        """Whether the words of a text, the same when folded, are this phrase by its case and number too."""
        if not self.picky:
            return True
        found = [word for word in words if word not in "-_"]
        if len(found) != len(self.words):
            joined, own = "".join(found), "".join(self.words)
            return joined == own if self.entry.exact_case else True
        return all(_same_word(f, w, exact_case=self.entry.exact_case) for f, w in zip(found, self.words, strict=True))


def _same_word(found: str, word: str, *, exact_case: bool) -> bool:
    if found == word or {found, word} == {"&", "and"}:
        return True
    if word.isupper() and len(word) > 1 and found in (word + "s", word + "S"):
        return True  # acronyms are counted: LLMs, APIs
    if exact_case:
        return False
    # Names have no plural: "excels" and "sparks" are verbs.
    return found.lower() == word.lower() if word[:1].isupper() and not word.isupper() else True


class Form(NamedTuple):
    """A folded form: its only entry where nothing else matters, else the phrases it may be. `key` names it."""

    key: int
    phrases: tuple[Phrase, ...]
    plain: LexiconEntry | None

    def entry_of(self, written: Sequence[str]) -> LexiconEntry | None:
        """Of the phrases with this form the one that these words of a text are, if any."""
        if self.plain is not None:
            return self.plain
        words = [bare(word) for word in written]
        allowed = [phrase for phrase in self.phrases if phrase.allows(words)]
        return min(allowed, key=lambda phrase: _distance(phrase, words)).entry if allowed else None


def _distance(phrase: Phrase, words: list[str]) -> tuple[bool, bool, bool, str]:
    found, own = "".join(word for word in words if word not in "-_"), "".join(phrase.words)
    return own != found, own.lower() != found.lower(), bool(phrase.entry.context), phrase.entry.phrase


def forms_of(lexicon: Lexicon) -> dict[tuple[str, ...], Form]:
    """Folded token sequence -> its form."""
    forms: dict[tuple[str, ...], list[Phrase]] = {}
    for entry in lexicon.entries:
        words = words_of(entry.phrase)
        if not words:
            continue
        picky = entry.exact_case or any(word[:1].isupper() for word in words)
        phrase = Phrase(entry, tuple(word for word in words if word not in "-_"), picky)
        for form in spellings(words):
            folded = tuple(fold_word(word) for word in form)
            if phrase not in forms.setdefault(folded, []):
                forms[folded].append(phrase)
    return {
        words: Form(key, tuple(some), some[0].entry if len(some) == 1 and not some[0].picky else None)
        for key, (words, some) in enumerate(sorted(forms.items()))
    }
