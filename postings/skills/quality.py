"""How well skills are found: an extractor's readings of the marked postings against their marks.

Counted are forms (postings.skills.comparing). Of a kind k:

    recall      marks of kind k for which something was found, whatever kind it was taken for / marks of kind k
    precision   forms taken for kind k that are marked, as whatever kind / forms taken for kind k
    F1          2 x precision x recall / (precision + recall)

Of a level l, over the marks that were found: precision is the share of those read as l that are marked l, recall the
share of those marked l that are read as l, accuracy the share whose level is right. All are shares from 0 to 1; each
has a 95% percentile interval from a bootstrap over postings (Efron 1979), since the forms of one posting are alike.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from postings.skills.comparing import Comparison, Meaning, compare
from postings.skills.extractor import Extractor
from postings.skills.marked import MarkedPosting
from postings.skills.quality_examples import Example, false_hits_of, misses_of
from postings.skills.types import Kind, Level, Reading

ALL = "all"
ROUNDS = 1000
SEED = 20261121
_Z95 = 1.96
_Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of `n`, 0..1, with its 95% interval; all None where there is nothing to measure. An F1 has the n of its
    recall."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class KindQuality:
    """`kind` is one of Kind, or "all". `marked` and `found` are forms."""

    kind: str
    marked: int
    found: int
    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True)
class LevelQuality:
    """`marked` and `read` are marked forms that were found: with this level as marked, and as read."""

    level: str
    marked: int
    read: int
    precision: Estimate
    recall: Estimate


@dataclass(frozen=True, slots=True)
class Quality:
    """What one measurement says. `years` and `degree` are shares of the postings whose demand was read right, also
    where it asks for none. The examples are the commonest."""

    postings: int
    overall: KindQuality
    kinds: tuple[KindQuality, ...]
    levels: tuple[LevelQuality, ...]
    level_accuracy: Estimate
    years: Estimate
    degree: Estimate
    misses: tuple[Example, ...]
    false_hits: tuple[Example, ...]

    def as_figures(self) -> dict[str, Any]:
        """The same as plain dicts, lists and numbers, which JSON can hold."""
        return asdict(self)

    @classmethod
    def from_figures(cls, figures: Mapping[str, Any]) -> Self:
        """What `as_figures` gave, also after its way through JSON. Raises KeyError or TypeError for anything else."""
        estimates = {name: Estimate(**figures[name]) for name in ("level_accuracy", "years", "degree")}
        return cls(
            postings=figures["postings"],
            overall=_kind_from(figures["overall"]),
            kinds=tuple(map(_kind_from, figures["kinds"])),
            levels=tuple(map(_level_from, figures["levels"])),
            misses=tuple(Example(**row) for row in figures["misses"]),
            false_hits=tuple(Example(**row) for row in figures["false_hits"]),
            **estimates,
        )


def measure(postings: Sequence[MarkedPosting], extractor: Extractor, meanings: Mapping[int, Meaning]) -> Quality:
    """Read the postings and score what was read. `meanings`: alias id -> the skill that it names, shown ones only."""
    readings = list(extractor.read_many(posting.text for posting in postings))
    return score(postings, readings, meanings)


def score(
    postings: Sequence[MarkedPosting],
    readings: Sequence[Reading],
    meanings: Mapping[int, Meaning],
    *,
    rounds: int = ROUNDS,
    seed: int = SEED,
) -> Quality:
    """Score one reading for each posting, in the same order. The same input gives the same figures."""
    compared = [
        compare(posting, reading.mentions, meanings) for posting, reading in zip(postings, readings, strict=True)
    ]
    counts = [_counted(*row) for row in zip(postings, readings, compared, strict=True)]
    draws = _Draws(counts, rounds=rounds, seed=seed)
    return Quality(
        postings=len(postings),
        overall=_of_kind(ALL, draws),
        kinds=tuple(_of_kind(kind.value, draws) for kind in Kind),
        levels=tuple(_of_level(level, draws) for level in sorted(Level, reverse=True)),
        level_accuracy=draws.share(("level right",), ("hit", ALL)),
        years=draws.share(("years right",), ("postings",)),
        degree=draws.share(("degree right",), ("postings",)),
        misses=misses_of(postings, compared),
        false_hits=false_hits_of(postings, compared),
    )


def _kind_from(row: Mapping[str, Any]) -> KindQuality:
    return KindQuality(**{**row, **{name: Estimate(**row[name]) for name in ("precision", "recall", "f1")}})


def _level_from(row: Mapping[str, Any]) -> LevelQuality:
    return LevelQuality(**{**row, **{name: Estimate(**row[name]) for name in ("precision", "recall")}})


class _Draws:
    """Sums of counts over all postings, and over the postings of each draw."""

    def __init__(self, counts: Sequence[Counter[Hashable]], *, rounds: int, seed: int) -> None:
        size = len(counts)
        drawn = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), size=rounds)
        weights = np.vstack([np.ones(size), drawn])
        keys = {key for row in counts for key in row}
        self._sums = {key: weights @ np.array([row[key] for row in counts], np.float64) for key in keys}
        self._none = np.zeros(rounds + 1)

    def sums(self, *key: Hashable) -> _Floats:
        """The sum over all postings, then that of each draw."""
        return self._sums.get(key, self._none)

    def count(self, *key: Hashable) -> int:
        return int(self.sums(*key)[0])

    def ratio(self, part: tuple[Hashable, ...], whole: tuple[Hashable, ...]) -> _Floats:
        """nan where the whole is nothing."""
        of = self.sums(*whole)
        return np.divide(self.sums(*part), of, out=np.full(len(of), np.nan), where=of > 0)

    def share(self, part: tuple[Hashable, ...], whole: tuple[Hashable, ...]) -> Estimate:
        return _estimate(self.ratio(part, whole), self.count(*whole))


def _estimate(values: _Floats, n: int) -> Estimate:
    """The first value with the middle 95% of the others; a draw that holds nothing to measure is left out.

    Where all are right, or none, draws cannot differ: the interval is then Wilson's (1927).
    """
    draws = values[1:][~np.isnan(values[1:])]
    if np.isnan(values[0]) or not len(draws):
        return Estimate(None, None, None, n)
    low, high = np.quantile(draws, (0.025, 0.975))
    if low == high == 1:
        low = n / (n + _Z95**2)
    elif low == high == 0:
        high = _Z95**2 / (n + _Z95**2)
    return Estimate(round(float(values[0]), 6), round(float(low), 6), round(float(high), 6), n)


def _of_kind(kind: str, draws: _Draws) -> KindQuality:
    precision, recall = draws.ratio(("right", kind), ("found", kind)), draws.ratio(("hit", kind), ("marked", kind))
    marked, found = draws.count("marked", kind), draws.count("found", kind)
    # Where nothing was found, precision says nothing and F1 is 0; where nothing is marked, F1 says nothing either.
    f1 = np.divide(2 * precision * recall, precision + recall, out=recall * 0, where=precision + recall > 0)
    return KindQuality(
        kind, marked, found, _estimate(precision, found), _estimate(recall, marked), _estimate(f1, marked)
    )


def _of_level(level: Level, draws: _Draws) -> LevelQuality:
    right, marked, read = (("right as", level), ("marked as", level), ("read as", level))
    return LevelQuality(
        level=level.name.lower(),
        marked=draws.count(*marked),
        read=draws.count(*read),
        precision=draws.share(right, read),
        recall=draws.share(right, marked),
    )


def _counted(posting: MarkedPosting, reading: Reading, compared: Comparison) -> Counter[Hashable]:
    """What one posting adds to each sum."""
    counts: Counter[Hashable] = Counter()
    counts["postings",] = 1
    counts["years right",] = int(reading.demands.years == posting.years)
    counts["degree right",] = int(reading.demands.degree == posting.degree)
    for mark, found in compared.marks:
        for kind in (ALL, mark.kind):
            counts["marked", kind] += 1
            counts["hit", kind] += found is not None
        if found is not None:
            counts["marked as", mark.level] += 1
            counts["read as", found.level] += 1
            counts["right as", mark.level] += found.level == mark.level
            counts["level right",] += found.level == mark.level
    for found, is_marked in compared.found:
        for kind in (ALL, found.meaning.kind):
            counts["found", kind] += 1
            counts["right", kind] += is_marked
    return counts
