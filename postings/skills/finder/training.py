"""Teaching the finder by sentences marked as SkillSpan marks them (Zhang et al., NAACL 2022).

One posting is one group: whoever measures by parts must keep the sentences of a group together.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from thinc.api import Adam, fix_random_seed

from postings.skills.extractor import Extractor
from postings.skills.finder.labels import LABELS, label
from postings.skills.finder.network import Floats, Network, Shape, build, initialize, weights
from postings.skills.finder.sentences import FEATURES, SentenceReader, known_features, without_unknown
from postings.skills.finder.store import StoredModel
from postings.skills.taxonomy import Taxonomy
from postings.skills.types import Span

SEED = 20261121
_TECH = "tech"
# Some times as many as there are values, where they are few: an embedding is the sum of four rows.
_ROWS = {
    "word": 3000,
    "beginning": 1500,
    "ending": 1000,
    "shape": 500,
    "alias": 200,
    "skill": 2000,
    "group": 500,
    "kind": 100,
    "level": 50,
    "sentence": 1000,
    "section": 50,
}


class TrainingFileError(ValueError):
    """The file cannot teach; the message names the line."""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """`part` is "tech", or another for other trades; `skills` are SkillSpan's knowledge, `abilities` its skills."""

    id: str
    group: str
    part: str
    text: str
    skills: tuple[Span, ...]
    abilities: tuple[Span, ...]


@dataclass(frozen=True)
class Plan:
    """How to train. All of it was chosen by benchmarks/finder_folds.py.

    `batch`: words at a time; `rate`: of learning at first, it falls to a tenth; `other_trades`: what a word that is not
    of tech weighs; `fewest`: words that a feature must stand in to be known; `bias`: see labels.best_labels.
    """

    shape: Shape = field(default_factory=lambda: Shape(rows=tuple(_ROWS[name] for name in FEATURES), labels=LABELS))
    networks: int = 4
    epochs: int = 20
    batch: int = 400
    rate: float = 0.002
    dropout: float = 0.3
    other_trades: float = 1.0
    fewest: int = 2
    bias: float = -0.5
    seed: int = SEED


class _Lesson(NamedTuple):
    """A sentence: the features of its words, the shares that are right, and what a word weighs."""

    features: NDArray[np.uint64]
    right: Floats
    weight: float


def read_marked(path: Path) -> list[MarkedText]:
    """Read {"id", "posting", "part", "text", "knowledge": [[start, end]], "skills": [[start, end]]} lines.

    Raises OSError, and TrainingFileError for a line that is something else and for a file without any.
    """
    marked = [_marked(line, f"{path.name}, line {number}") for number, line in _lines(path)]
    if not any(one.skills for one in marked):
        raise TrainingFileError(f"{path.name}: no skill is marked in it")
    return marked


def train(marked: Iterable[MarkedText], taxonomy: Taxonomy, plan: Plan) -> StoredModel:
    """Teach `plan.networks` networks, each from a start of its own. The same arguments give the same weights; takes
    about half a minute a network for 5,000 sentences."""
    lessons = _lessons(marked, taxonomy, plan)
    known = known_features((lesson.features for lesson in lessons), fewest=plan.fewest)
    lessons = [lesson._replace(features=without_unknown(lesson.features, known)) for lesson in lessons]
    rows = [_train_one(lessons, plan, plan.seed + number) for number in range(plan.networks)]
    about: dict[str, str | int | float] = {
        "seed": plan.seed,
        "epochs": plan.epochs,
        "batch": plan.batch,
        "rate": plan.rate,
        "dropout": plan.dropout,
        "other_trades": plan.other_trades,
        "fewest": plan.fewest,
        "sentences": len(lessons),
        "taxonomy": taxonomy.version,
    }
    return StoredModel(plan.shape, plan.bias, np.stack(rows).astype(np.float16), known, about)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    except UnicodeDecodeError as problem:
        raise TrainingFileError(f"{path.name} is not UTF-8") from problem


def _marked(line: str, where: str) -> MarkedText:
    try:
        row = json.loads(line)
        return MarkedText(
            id=str(row["id"]),
            group=str(row["posting"]),
            part=str(row["part"]),
            text=row["text"],
            skills=tuple(_spans(row, "knowledge")),
            abilities=tuple(_spans(row, "skills")),
        )
    except json.JSONDecodeError as problem:
        raise TrainingFileError(f"{where}: not JSON ({problem.msg})") from problem
    except (KeyError, TypeError, ValueError) as problem:
        raise TrainingFileError(f"{where}: not a marked sentence ({problem!r})") from problem


def _spans(row: Mapping[str, Any], name: str) -> Iterator[Span]:
    for start, end in row[name]:
        if not 0 <= start < end <= len(row["text"]):
            raise ValueError(f"{name} {start}..{end} is not in the text")
        yield Span(start, end)


def _lessons(marked: Iterable[MarkedText], taxonomy: Taxonomy, plan: Plan) -> list[_Lesson]:
    extractor = Extractor(taxonomy.lexicon()[0])
    reader = SentenceReader(taxonomy, extractor)
    right = np.eye(LABELS, dtype=np.float32)
    return [
        _Lesson(
            sentence.features,
            right[label(sentence.spans, one.skills, one.abilities)],
            1.0 if one.part == _TECH else plan.other_trades,
        )
        for one in marked
        for sentence in reader.read(one.text, extractor.read(one.text))
    ]


def _train_one(lessons: Sequence[_Lesson], plan: Plan, seed: int) -> Floats:
    """The weights of one network: the mean over the steps of training, which is steadier than the last."""
    fix_random_seed(seed)
    network = build(plan.shape, dropout=plan.dropout)
    initialize(network, plan.shape)
    optimizer = Adam(plan.rate, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0, use_averages=True)
    chance = np.random.default_rng(seed)
    for epoch in range(plan.epochs):
        optimizer.learn_rate = plan.rate * (1 - 0.9 * epoch / plan.epochs)
        for batch in _batches(lessons, chance.permutation(len(lessons)), plan.batch):
            _step(network, optimizer, batch)
    with network.use_params(optimizer.averages):
        return weights(network)


def _batches(lessons: Sequence[_Lesson], order: Iterable[int], words: int) -> Iterator[list[_Lesson]]:
    batch: list[_Lesson] = []
    for at in order:
        batch.append(lessons[at])
        if sum(len(lesson.right) for lesson in batch) >= words:
            yield batch
            batch = []
    if batch:
        yield batch


def _step(network: Network, optimizer: Any, batch: Sequence[_Lesson]) -> None:
    given, learn = network.begin_update([lesson.features for lesson in batch])
    words = sum(len(lesson.right) for lesson in batch)
    weigh = [np.float32(lesson.weight / words) for lesson in batch]
    learn([(shares - lesson.right) * w for shares, lesson, w in zip(given, batch, weigh, strict=True)])
    network.finish_update(optimizer)
