"""Skills that no alias names, in a text whose aliases have been found."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Self

from postings.skills.extractor import Extractor
from postings.skills.finder.labels import best_labels, skill_spans
from postings.skills.finder.network import build, initialize, mean_shares, set_weights
from postings.skills.finder.sentences import SentenceReader, Words, without_unknown
from postings.skills.finder.store import DamagedModelError, StoredModel, load
from postings.skills.taxonomy import Taxonomy
from postings.skills.types import Reading, Span
from postings.skills.vocabulary import word_set

_BEFORE = " \t\n*_\"'()[]{}<>,;:!?/|\\-\u2013\u2014\u2022"
_BEHIND = _BEFORE + "."
_AT_ONCE = 256  # sentences: what the layers give for them stays below 100 MB
_LETTERS = re.compile(r"[^\W\d_]+")
_EMPTY = word_set("finder", "empty")
FOLDER = Path(__file__).parents[1] / "finder_model"


class Finder:
    """Reads texts by a trained model. Building it takes half a second: build one and keep it."""

    def __init__(self, taxonomy: Taxonomy, extractor: Extractor, model: StoredModel) -> None:
        """`extractor` reads by `taxonomy`. Raises DamagedModelError where the weights are not of the model's shape."""
        self._sentences = SentenceReader(taxonomy, extractor)
        self._bias = model.bias
        self._known = model.known
        self._networks = [build(model.shape) for _ in model.weights]
        for network, weights in zip(self._networks, model.weights, strict=True):
            initialize(network, model.shape)
            try:
                set_weights(network, weights)
            except ValueError as problem:
                raise DamagedModelError(f"the finder's model has {problem}") from problem

    @classmethod
    def shipped(cls, taxonomy: Taxonomy, extractor: Extractor) -> Self:
        """The one that ships with Rolescope. Raises DamagedModelError."""
        return cls(taxonomy, extractor, load(FOLDER))

    def find(self, text: str, reading: Reading) -> list[Span]:
        """All skills that it sees, in order, never overlapping; those that `reading` names, too. `reading` is what
        the extractor reads in the text."""
        sentences = self._sentences.read(text, reading)
        seen: list[Span] = []
        while some := list(islice(sentences, _AT_ONCE)):
            seen += self._see(some)
        found = [_without_edges(text, item) for span in seen for item in _between_commas(text, span)]
        return [span for span in found if _says_something(text[span.start : span.end])]

    def candidates(self, text: str, reading: Reading) -> tuple[Span, ...]:
        """The candidates of the reading and the skills that overlap neither them nor a mention, in order."""
        taken = sorted([(m.start, m.end) for m in reading.mentions] + [(c.start, c.end) for c in reading.candidates])
        more = [span for span in self.find(text, reading) if not _overlaps(span, taken)]
        return tuple(sorted([*reading.candidates, *more], key=lambda span: span.start))

    def _see(self, sentences: Sequence[Words]) -> Iterator[Span]:
        shares = mean_shares(self._networks, [without_unknown(one.features, self._known) for one in sentences])
        for sentence, of_words in zip(sentences, shares, strict=True):
            yield from skill_spans(sentence.spans, best_labels(of_words, bias=self._bias))


def _says_something(found: str) -> bool:
    """Whether it holds a word; what is left of a torn list ("or", "and/or", "1", "in") does not."""
    return any(len(word) > 1 and word.lower() not in _EMPTY for word in _LETTERS.findall(found))


def _between_commas(text: str, span: Span) -> Iterator[Span]:
    """The network does not see commas: what reaches over one is several."""
    start = span.start
    for item in text[span.start : span.end].split(","):
        yield Span(start, start + len(item))
        start += len(item) + 1


def _without_edges(text: str, span: Span) -> Span:
    """The span without marks that belong to the sentence: "(Kotlin)," is Kotlin, ".NET" stays."""
    found = text[span.start : span.end]
    start = span.start + len(found) - len(found.lstrip(_BEFORE))
    return Span(start, max(start, span.start + len(found.rstrip(_BEHIND))))


def _overlaps(span: Span, taken: list[tuple[int, int]]) -> bool:
    return any(start < span.end and span.start < end for start, end in taken)
