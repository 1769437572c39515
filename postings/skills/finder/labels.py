"""Spans -> a label for each word, and back."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from postings.skills.types import Span

# A skill is what SkillSpan calls knowledge; an ability ("work independently") is taught, too, so as not to be taken for
# one. A word that is both is a skill.
OUTSIDE, SKILL, IN_SKILL, ABILITY, IN_ABILITY = range(5)
LABELS = 5
_NEVER = -1e9


def label(words: Sequence[Span], skills: Iterable[Span], abilities: Iterable[Span]) -> NDArray[np.int64]:
    """The label of each word; a span holds every word that it touches."""
    labels = np.full(len(words), OUTSIDE, dtype=np.int64)
    for spans, begin in ((abilities, ABILITY), (skills, SKILL)):
        for span in spans:
            inside = [at for at, word in enumerate(words) if word.start < span.end and span.start < word.end]
            labels[inside] = begin + 1
            labels[inside[:1]] = begin
    return labels


def best_labels(shares: NDArray[np.floating], *, bias: float) -> list[int]:
    """The likeliest labels (Viterbi) in which what goes on has begun before. `shares`: (words, LABELS), each row adds
    up to 1; `bias` is added to the logarithm of OUTSIDE: below 0 more is found, above 0 less."""
    scores = np.log(shares + 1e-9)
    scores[:, OUTSIDE] += bias
    steps = np.zeros((LABELS, LABELS))
    for begin in (SKILL, ABILITY):
        steps[:, begin + 1] = _NEVER
        steps[begin : begin + 2, begin + 1] = 0
    best = scores[0] + np.where(np.isin(np.arange(LABELS), (IN_SKILL, IN_ABILITY)), _NEVER, 0)
    came_from = []
    for score in scores[1:]:
        paths = best[:, None] + steps
        came_from.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + score
    labels = [int(best.argmax())]
    for before in reversed(came_from):
        labels.append(int(before[labels[-1]]))
    return labels[::-1]


def skill_spans(words: Sequence[Span], labels: Sequence[int]) -> Iterator[Span]:
    """The skills among labels that `best_labels` gave."""
    start: int | None = None
    for at, one in enumerate([*labels, OUTSIDE]):
        if start is not None and one != IN_SKILL:
            yield Span(words[start].start, words[at - 1].end)
            start = None
        if one == SKILL:
            start = at
