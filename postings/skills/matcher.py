"""Where the aliases stand: spaCy's PhraseMatcher over folded words, then case, then the longest of what overlaps.

spaCy sees only words that may be part of a phrase of two words or more: the others never reach its string store, which
grows for ever, and Docs, whose making is the largest cost, stay short. Phrases of one word are looked up.
"""

from bisect import bisect
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, pairwise
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from postings.skills.context import EVERYDAY_WORDS, OF_THE_JOB, has_other_senses
from postings.skills.forms import Form, forms_of
from postings.skills.hints import NAME, Hints, hints_of
from postings.skills.lexicon import Lexicon
from postings.skills.sharing import sharing_words
from postings.skills.spelling import fold_word, is_plural
from postings.skills.token_hints import doubts_at, hints_in
from postings.skills.tokens import (
    LONGEST,
    MOST_NUMBERS,
    Cutter,
    Known,
    Tokens,
    bare,
)
from postings.skills.types import EVERYDAY, TRAPPED, LexiconEntry, Match

_GAP = "\n"
# "C / C++" and "extract, load" are still one thing; "cash. Net" is not ".NET", and " - " is a dash.
_JOINS_OVER_BLANKS = frozenset("/&(),")
_MEMO_LIMIT = 300_000
_LINKS = 1 << 20
_SMALL_NAMES = ("plc", "s")  # "Larch a.s."


class _Words(dict[str, Known]):
    """Piece -> number of the folded word in it (0 for words in no phrase) and the hints it gives.

    Bounded: texts bring ever new words.
    """

    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self._numbers = {word: number for number, word in enumerate(words)}

    def __missing__(self, piece: str) -> Known:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        word = bare(piece)
        apart = piece[-1:].isspace() and not word[:1].isalnum() and word not in _JOINS_OVER_BLANKS
        number = 0 if apart else self._numbers.get(fold_word(word), 0)
        hints = hints_of(word.lower())
        if word[:1].islower() and word not in _SMALL_NAMES:
            hints &= ~NAME
        self[piece] = known = (number, hints)
        return known


class _Singles(dict[str, tuple[LexiconEntry, int] | None]):
    """A word as written -> the entry that it is by itself, and the doubts that go with it anywhere."""

    def __init__(self, entry_of: Callable[[str], LexiconEntry | None]) -> None:
        super().__init__()
        self._entry_of = entry_of

    def __missing__(self, word: str) -> tuple[LexiconEntry, int] | None:
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        entry = self._entry_of(word)
        self[word] = found = None if entry is None else (entry, _own_doubts(entry, word))
        return found


def _own_doubts(entry: LexiconEntry, written: str) -> int:
    word = written.lower()
    doubts = TRAPPED if entry.context == OF_THE_JOB or has_other_senses(word) else 0
    return doubts | (EVERYDAY if word in EVERYDAY_WORDS else 0)


def _link(first: Any, second: Any) -> Any:
    """Where a pair of neighbours has its place; numbers or arrays. Pairs may share one: it only says "perhaps"."""
    return (first * 8191 + second) & (_LINKS - 1)


class _Longer(NamedTuple):
    """A match of two words or more, and its first and last token."""

    start: int
    end: int
    entry: LexiconEntry
    first: int
    last: int


class AliasMatcher:
    """Finds the aliases of a lexicon in texts."""

    def __init__(self, lexicon: Lexicon) -> None:
        forms = forms_of(lexicon)
        self._names = np.array([_GAP, *sorted({word for form in forms for word in form})], dtype=object)
        if len(self._names) > MOST_NUMBERS:
            raise ValueError(f"the aliases have {len(self._names)} different words; {MOST_NUMBERS} are the most")
        self._words = _Words(self._names.tolist())
        self._cutter = Cutter(self._words.__getitem__)
        number = {word: n for n, word in enumerate(self._names)}
        self._alone = np.zeros(len(self._names), dtype=bool)
        self._reach = np.zeros(_LINKS, dtype=np.uint8)  # words of the longest phrase that begins with a pair
        self._inside = np.zeros(_LINKS, dtype=bool)  # pairs that stand anywhere in a phrase
        self._vocab = Vocab()
        self._matcher = PhraseMatcher(self._vocab)
        self._single: dict[int, Form] = {}  # by number of the word
        self._singles = _Singles(self._single_entry)
        self._forms: dict[int, Form] = {}  # the longer ones, by spaCy's hash of their names
        self._by_numbers: dict[tuple[int, ...], Form] = {}  # the longer ones
        self._insides: dict[str, list[Match]] = {}
        self._entries: dict[tuple[int, tuple[str, ...]], LexiconEntry | None] = {}  # decided before
        for words, form in forms.items():
            self._add(form, words, [number[word] for word in words])

    def _add(self, form: Form, words: tuple[str, ...], numbers: list[int]) -> None:
        if len(words) == 1:
            self._alone[numbers[0]] = True
            self._single[numbers[0]] = form
            return
        pair = _link(*numbers[:2])
        self._reach[pair] = max(self._reach[pair], len(words))
        for one, next_one in pairwise(numbers):
            self._inside[_link(one, next_one)] = True
        self._matcher.add(str(form.key), [Doc(self._vocab, words=list(words))])
        self._forms[self._vocab.strings[str(form.key)]] = self._by_numbers[tuple(numbers)] = form

    def forget(self) -> None:
        """Keep no word of the texts that were read."""
        self._cutter.forget()
        for memo in (self._words, self._singles, self._insides, self._entries):
            memo.clear()

    def cut(self, texts: Sequence[str]) -> Tokens:
        """The tokens of the texts, with what their words say."""
        return self._cutter.cut(texts)

    def find_many(
        self, texts: Sequence[str], tokens: Tokens, *, but_whole: bool = False
    ) -> list[tuple[list[Match], Hints]]:
        """For each text its matches: longest first, then leftmost, never overlapping, sorted by start; and the hints.
        `tokens` are the texts'; what is masked in them is not read. `but_whole`: none that is all of its text.

        All texts go through each step together: that is what keeps the processor's cache warm.
        """
        longer = self._longer(texts, tokens, but_whole=but_whole)
        found = self._alone_outside(texts, tokens, longer)
        firsts, lasts = (np.array([m[i] for m in chain.from_iterable(longer)], dtype=np.int64) for i in (3, 4))
        doubts = iter(doubts_at(tokens, firsts, lasts))
        for matches, some, text in zip(found, longer, texts, strict=True):
            for (start, end, entry, _, _), doubt in zip(some, islice(doubts, len(some)), strict=True):
                matches.append(Match(start, end, entry, doubt | _own_doubts(entry, text[start:end])))
        for place, match in self._sharing(texts, tokens, longer):
            found[place].append(match)
        for matches in found:
            matches.sort(key=itemgetter(0))
        return list(zip(found, hints_in(tokens), strict=True))

    def _alone_outside(self, texts: Sequence[str], tokens: Tokens, longer: list[list[_Longer]]) -> list[list[Match]]:
        """Of each text the matches of one word that stand in no longer one."""
        free = self._alone[tokens.numbers]
        for match in chain.from_iterable(longer):
            free[match.first : match.last + 1] = False
        at = np.flatnonzero(free)
        starts = tokens.starts[at]
        rows = zip(starts.tolist(), (starts + tokens.lengths[at]).tolist(), doubts_at(tokens, at, at), strict=True)
        counts = np.diff(np.searchsorted(at, tokens.edges)).tolist()
        return [
            [
                Match(start, end, single[0], single[1] | doubt)
                for start, end, doubt in islice(rows, count)
                if (single := self._singles[text[start:end]]) is not None
            ]
            for text, count in zip(texts, counts, strict=True)
        ]

    def _longer(self, texts: Sequence[str], tokens: Tokens, *, but_whole: bool) -> list[list[_Longer]]:
        """Of each text the matches of two words or more that do not overlap, if asked without one that is the whole
        text. None reaches over a line break."""
        words, index = self._likely_words(tokens.numbers)
        hits = self._matcher(Doc(self._vocab, words=words))
        firsts, lasts = (np.array([hit[i] for hit in hits], dtype=np.int64) for i in (1, 2))
        firsts, lasts = index[firsts], index[lasts - 1]
        places = (np.searchsorted(tokens.edges, firsts, side="right") - 1).tolist()
        starts, ends = tokens.starts[firsts].tolist(), (tokens.starts[lasts] + tokens.lengths[lasts]).tolist()
        found: list[list[_Longer]] = [[] for _ in texts]
        rows = zip(hits, places, starts, ends, firsts.tolist(), lasts.tolist(), strict=True)
        for (key, _, _), place, start, end, first, last in rows:
            form = self._forms[key]
            entry = form.plain or self._entry(form, _written(texts[place], tokens, first, last))
            if entry is not None and not (but_whole and end - start == len(texts[place])):
                found[place].append(_Longer(start, end, entry, first, last))
        for some in found:
            some.sort(key=itemgetter(0))
        return [longest_apart(some) for some in found]

    def _sharing(
        self, texts: Sequence[str], tokens: Tokens, longer: list[list[_Longer]]
    ) -> Iterator[tuple[int, Match]]:
        """Number of the text and match of the words that share a part of a longer match beside them."""
        phrases = [(match.first, match.last) for match in chain.from_iterable(longer)]
        free = (tokens.numbers > 0) & ~self._alone[tokens.numbers]
        for first, last in phrases:
            free[first : last + 1] = False

        def entry_of(places: Sequence[int]) -> LexiconEntry | None:
            form = self._by_numbers.get(tuple(tokens.numbers[list(places)].tolist()))
            if form is None or form.plain is not None:
                return form and form.plain
            return self._entry(form, [_written(text_at(place), tokens, place, place)[0] for place in places])

        def text_at(place: int) -> str:
            return texts[bisect(tokens.edges, place) - 1]

        taken: set[int] = set()
        for place, entry, modifies in sharing_words(tokens, phrases, free, entry_of):
            (word,) = _written(text_at(place), tokens, place, place)
            if place in taken or entry.context or (modifies and is_plural(word)):
                continue
            taken.add(place)
            start = int(tokens.starts[place])
            match = Match(start, start + len(word), entry, TRAPPED | _own_doubts(entry, word))
            yield bisect(tokens.edges, place) - 1, match

    def _likely_words(self, numbers: NDArray[np.int64]) -> tuple[list[str], NDArray[np.int64]]:
        """Words from where two begin a longer phrase to where it may end, a gap behind each stretch; their places."""
        pairs = _link(numbers[:-1], numbers[1:])
        begins = np.flatnonzero(self._reach[pairs])
        # A phrase goes on as long as neighbours are neighbours in some phrase.
        stops = np.flatnonzero(np.append(~self._inside[pairs], True))
        ends = np.minimum(begins + self._reach[pairs[begins]], stops[np.searchsorted(stops, begins)] + 1)
        steps = np.zeros(len(numbers) + 1, dtype=np.int64)
        steps[begins] += 1
        np.subtract.at(steps, ends, 1)
        within = np.cumsum(steps) > 0
        index = np.flatnonzero(within | np.append(False, within[:-1]))
        words = np.append(numbers, 0)[index]
        words[~within[index]] = 0
        return self._names[words].tolist(), index

    def _single_entry(self, word: str) -> LexiconEntry | None:
        form = self._single[self._words[word][0]]
        return form.plain or self._entry(form, [word])

    def inside(self, written: str, start: int) -> list[Match]:
        """The matches in a phrase that stands at this place of a text, but for the one that it is as a whole."""
        found = self._insides.get(written)
        if found is None:
            if len(self._insides) >= _MEMO_LIMIT:
                self._insides.clear()
            found = self._insides[written] = self.find_many([written], self.cut([written]), but_whole=True)[0][0]
        return [match._replace(start=match.start + start, end=match.end + start) for match in found]

    def knows(self, word: str) -> bool:
        """Whether the word stands in some alias, in whatever spelling."""
        return self._words[word][0] > 0

    def _entry(self, form: Form, written: Sequence[str]) -> LexiconEntry | None:
        """What `form.entry_of` says, remembered."""
        surface = (form.key, tuple(written))
        if surface not in self._entries:
            if len(self._entries) >= _MEMO_LIMIT:
                self._entries.clear()
            self._entries[surface] = form.entry_of(written)
        return self._entries[surface]


def _written(text: str, tokens: Tokens, first: int, last: int) -> list[str]:
    starts, lengths = tokens.starts[first : last + 1].tolist(), tokens.lengths[first : last + 1].tolist()
    return [text[start : start + length] for start, length in zip(starts, lengths, strict=True)]


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_AnySpan = TypeVar("_AnySpan", bound=_Spanned)


def longest_apart(matches: Sequence[_AnySpan]) -> list[_AnySpan]:
    """Of matches that overlap the longest stays, of equals the first. Takes them sorted by start and leaves them so."""
    kept: list[_AnySpan] = []
    cluster: list[_AnySpan] = []
    cluster_end = 0
    for match in matches:
        start, end = match.start, match.end
        if end - start > LONGEST:
            continue
        if start < cluster_end:
            cluster.append(match)
            cluster_end = max(cluster_end, end)
            continue
        kept += cluster if len(cluster) < 2 else _longest_of(cluster)
        cluster, cluster_end = [match], end
    return kept + _longest_of(cluster)


def _longest_of(cluster: Sequence[_AnySpan]) -> list[_AnySpan]:
    kept: list[_AnySpan] = []
    for match in sorted(cluster, key=lambda m: (m.start - m.end, m.start)):
        place = bisect(kept, match.start, key=attrgetter("start"))
        clear_before = place == 0 or kept[place - 1].end <= match.start
        if clear_before and (place == len(kept) or match.end <= kept[place].start):
            kept.insert(place, match)
    return kept
