"""Where the aliases stand: spaCy's PhraseMatcher over folded words, then case, then the longest of what overlaps.

spaCy sees only words that may be part of a phrase of two words or more: the others never reach its string store, which
grows for ever, and Docs, whose making is the largest cost, stay short. Phrases of one word are looked up.
"""

from bisect import bisect, bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from postings.skills.hints import HINT_BITS, Hints, hints_of
from postings.skills.lexicon import Lexicon
from postings.skills.spelling import fold_word, spellings
from postings.skills.tokens import Tokens, bare, words_of
from postings.skills.types import LexiconEntry, Match

_GAP = "\n"
# "C / C++" and "extract, load" are still one thing; "cash. Net" is not ".NET", and " - " is a dash.
_JOINS_OVER_BLANKS = frozenset("/&(),")
_MEMO_LIMIT = 300_000
_LONGEST_MENTION = 255
_LINKS = 1 << 20


@dataclass(frozen=True, slots=True)
class _Phrase:
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


class _PieceCodes(dict[str, int]):
    """Piece -> number of the folded word in it (0 for words in no phrase) and the hints it gives, in one integer.

    One look a word, since a posting has six hundred. Bounded: texts bring ever new words.
    """

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self._numbers = {word: number for number, word in enumerate(words)}

    def __missing__(self, piece: str) -> int:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        word = bare(piece)
        apart = piece[-1:].isspace() and not word[:1].isalnum() and word not in _JOINS_OVER_BLANKS
        number = 0 if apart else self._numbers.get(fold_word(word), 0)
        self[piece] = code = number << HINT_BITS | hints_of(word.lower())
        return code


class _Singles(dict[str, tuple[LexiconEntry | None, int]]):
    """Piece -> the entry that it is by itself, and its length without the blanks behind it."""

    def __init__(self, entry_of: Callable[[str], LexiconEntry | None]) -> None:
        super().__init__()
        self._entry_of = entry_of

    def __missing__(self, piece: str) -> tuple[LexiconEntry | None, int]:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        self[piece] = found = self._entry_of(piece), len(piece.rstrip())
        return found


def _link(first: Any, second: Any) -> Any:
    """Where a pair of neighbours has its place; numbers or arrays. Pairs may share one: it only says "perhaps"."""
    return (first * 8191 + second) & (_LINKS - 1)


class _Form(NamedTuple):
    """A folded form: its only entry where nothing else matters, else the phrases it may be. `key` names it."""

    key: int
    phrases: tuple[_Phrase, ...]
    plain: LexiconEntry | None


class AliasMatcher:
    """Finds the aliases of a lexicon in tokens."""

    def __init__(self, lexicon: Lexicon) -> None:
        forms = _forms(lexicon)
        self._words = [_GAP, *sorted({word for form in forms for word in form})]
        self._codes = _PieceCodes(self._words)
        number = {word: n for n, word in enumerate(self._words)}
        self._alone = np.zeros(len(self._words), dtype=bool)
        self._reach = np.zeros(_LINKS, dtype=np.uint8)  # words of the longest phrase that begins with a pair
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab)
        self._single: dict[int, _Form] = {}  # by number of the word
        self._singles = _Singles(self._single_entry)
        self._longer: dict[int, _Form] = {}  # by spaCy's hash of its name
        self._entries: dict[tuple[int, tuple[str, ...]], LexiconEntry | None] = {}  # decided before
        for key, (words, phrases) in enumerate(forms.items()):
            plain = phrases[0].entry if len(phrases) == 1 and not phrases[0].picky else None
            form = _Form(key, tuple(phrases), plain)
            numbers = [number[word] for word in words]
            if len(words) == 1:
                self._alone[numbers[0]] = True
                self._single[numbers[0]] = form
                continue
            pair = _link(*numbers[:2])
            self._reach[pair] = max(self._reach[pair], len(words))
            self._matcher.add(str(key), [Doc(self._vocab, words=list(words))])
            self._longer[self._vocab.strings[str(key)]] = form

    def find_many(self, texts: Sequence[Tokens]) -> list[tuple[list[Match], Hints]]:
        """For each text its matches, longest first, then leftmost, never overlapping, sorted by start; and the hints.

        All texts go through each step together: that is what keeps the processor's cache warm.
        """
        pieces = list(chain.from_iterable(tokens.pieces for tokens in texts))
        starts = list(chain.from_iterable(tokens.starts for tokens in texts))
        codes = np.fromiter(map(self._codes.__getitem__, pieces), dtype=np.int64, count=len(pieces))
        matches = self._matches(pieces, starts, codes >> HINT_BITS)
        edges = [0, *accumulate(len(tokens.pieces) for tokens in texts)]
        cuts = [bisect_left(matches, edge, key=itemgetter(0)) for edge in edges]
        found = [longest_apart(match for _, match in matches[a:b]) for a, b in pairwise(cuts)]
        given = codes & (1 << HINT_BITS) - 1
        hints = [_hints(starts[a:b], given[a:b]) for a, b in pairwise(edges)]
        return list(zip(found, hints, strict=True))

    def _matches(self, pieces: list[str], starts: list[int], numbers: NDArray[np.int64]) -> list[tuple[int, Match]]:
        """The place of the first piece and the match, sorted by place. No match reaches over a line break."""
        found = []
        for at in np.flatnonzero(self._alone[numbers]).tolist():
            entry, length = self._singles[pieces[at]]
            if entry is not None:
                found.append((at, Match(starts[at], starts[at] + length, entry)))
        words, index = self._likely_words(numbers)
        for key, first, last in self._matcher(Doc(self._vocab, words=words)):
            start, end = index[first], index[last - 1]
            form = self._longer[key]
            entry = form.plain or self._entry(form, pieces[start : end + 1])
            if entry is not None:
                found.append((start, Match(starts[start], starts[end] + len(pieces[end].rstrip()), entry)))
        found.sort(key=itemgetter(0))
        return found

    def _single_entry(self, piece: str) -> LexiconEntry | None:
        form = self._single[self._codes[piece] >> HINT_BITS]
        return form.plain or self._entry(form, [piece])

    def knows(self, word: str) -> bool:
        """Whether the word stands in some alias, in whatever spelling."""
        return self._codes[word] >> HINT_BITS > 0

    def _likely_words(self, numbers: NDArray[np.int64]) -> tuple[list[str], list[int]]:
        """Words from where two begin a longer phrase to where it may end, a gap between stretches; their places."""
        reach = self._reach[_link(numbers[:-1], numbers[1:])]
        begins = np.flatnonzero(reach)
        words: list[str] = []
        index: list[int] = []
        done = 0
        for start, length in zip(begins.tolist(), reach[begins].tolist(), strict=True):
            end = min(start + length, len(numbers))
            if start > done and words:
                words.append(_GAP)
                index.append(done)
            for place in range(max(start, done), end):
                words.append(self._words[numbers[place]])
                index.append(place)
            done = max(done, end)
        return words, index

    def _entry(self, form: _Form, pieces: list[str]) -> LexiconEntry | None:
        """Of the phrases with this folded form the one that these pieces of a text are, if any."""
        surface = (form.key, tuple(pieces))
        if surface not in self._entries:
            if len(self._entries) >= _MEMO_LIMIT:
                self._entries.clear()
            words = [bare(piece) for piece in pieces]
            allowed = [phrase for phrase in form.phrases if phrase.allows(words)]
            self._entries[surface] = min(allowed, key=lambda p: _distance(p, words)).entry if allowed else None
        return self._entries[surface]


def _hints(starts: list[int], given: NDArray[np.int64]) -> Hints:
    places = np.flatnonzero(given)
    return Hints([starts[place] for place in places.tolist()], given[places].tolist())


def _distance(phrase: _Phrase, words: list[str]) -> tuple[bool, bool, bool, str]:
    found, own = "".join(word for word in words if word not in "-_"), "".join(phrase.words)
    return own != found, own.lower() != found.lower(), bool(phrase.entry.context), phrase.entry.phrase


def _forms(lexicon: Lexicon) -> dict[tuple[str, ...], list[_Phrase]]:
    """Folded token sequence -> the phrases that it may be."""
    forms: dict[tuple[str, ...], list[_Phrase]] = {}
    for entry in lexicon.entries:
        words = words_of(entry.phrase)
        if not words:
            continue
        picky = entry.exact_case or any(word[:1].isupper() for word in words)
        phrase = _Phrase(entry, tuple(word for word in words if word not in "-_"), picky)
        for form in spellings(words):
            folded = tuple(fold_word(word) for word in form)
            if phrase not in forms.setdefault(folded, []):
                forms[folded].append(phrase)
    return dict(sorted(forms.items()))


def longest_apart(matches: Iterable[Match]) -> list[Match]:
    """Of matches that overlap the longest stays, of equals the first. Takes them sorted by start and leaves them so."""
    kept: list[Match] = []
    cluster: list[Match] = []
    cluster_end = 0
    for match in matches:
        start, end, _ = match
        if end - start > _LONGEST_MENTION:
            continue
        if start < cluster_end:
            cluster.append(match)
            cluster_end = max(cluster_end, end)
            continue
        kept += cluster if len(cluster) < 2 else _longest_of(cluster)
        cluster, cluster_end = [match], end
    return kept + _longest_of(cluster)


def _longest_of(cluster: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(cluster, key=lambda m: (m.start - m.end, m.start)):
        place = bisect(kept, match.start, key=attrgetter("start"))
        clear_before = place == 0 or kept[place - 1].end <= match.start
        if clear_before and (place == len(kept) or match.end <= kept[place].start):
            kept.insert(place, match)
    return kept
