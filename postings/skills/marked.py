"""Rolescope's own marked postings, which ship with it to measure the extraction: read from their files and checked.

The format and the rules of marking are told in evaluation/README.md.
"""

import json
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from postings.skills.types import Degree, Kind, Level

_T = TypeVar("_T")
FOLDER = Path(__file__).parent / "evaluation"
_KINDS = {kind.value: kind for kind in Kind}
_LEVELS = {level.name.lower(): level for level in Level}
_DEGREES = {
    "unspecified": Degree.UNSTATED,
    "none": Degree.NONE,
    "bachelor": Degree.BACHELOR,
    "master": Degree.MASTER,
    "phd": Degree.PHD,
}


class MarkedSetError(ValueError):
    """The marked postings cannot be used; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A skill at text[start:end], as a reader marked it."""

    surface: str
    name: str
    kind: Kind
    level: Level
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkedPosting:
    """`years` of experience at least, None where the posting does not say."""

    id: str
    text: str
    marks: tuple[Mark, ...]
    years: int | None
    degree: Degree


@dataclass(frozen=True)
class MarkedSet:
    """`version` is 12 hex over the contents of the files."""

    version: str
    postings: tuple[MarkedPosting, ...]


class _FaultError(ValueError):
    """What is wrong with a line; who knows file and number adds them."""


def load_marked(folder: Path = FOLDER) -> MarkedSet:
    """Read all *.jsonl of `folder`, in order of name. Raises MarkedSetError at the first thing that is wrong."""
    digest = sha256()
    postings: dict[str, MarkedPosting] = {}
    for path in sorted(folder.glob("*.jsonl")):
        content = path.read_bytes()
        digest.update(content + b"\0")
        for number, line in _lines(path, content):
            try:
                posting = _posting(line, postings.keys())
            except _FaultError as fault:
                raise MarkedSetError(f"{path.name}, line {number}: {fault}") from fault
            postings[posting.id] = posting
    if not postings:
        raise MarkedSetError(f"{folder}: there is no marked posting")
    return MarkedSet(digest.hexdigest()[:12], tuple(postings.values()))


def _lines(path: Path, content: bytes) -> Iterator[tuple[int, str]]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MarkedSetError(f"{path.name}, line {line}: not UTF-8") from error
    # Not splitlines(): a text may hold what only Python takes for a line end.
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _posting(line: str, known: Container[str]) -> MarkedPosting:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise _FaultError(f"not JSON ({error.msg})") from error
    posting_id, text, skills = _value(row, "id", str), _value(row, "text", str), _value(row, "skills", list)
    if posting_id in known:
        raise _FaultError(f"the id {posting_id!r} is there twice")
    marks = tuple(_mark(skill, text) for skill in skills)
    forms = [mark.surface.casefold() for mark in marks]
    doubles = [form for number, form in enumerate(forms) if form in forms[:number]]
    if doubles:
        raise _FaultError(f"{doubles[0]!r} is marked twice")
    return MarkedPosting(posting_id, text, marks, _years(row), _degree(row))


def _mark(skill: object, text: str) -> Mark:
    surface, name = _value(skill, "surface", str), _value(skill, "name", str)
    start, end = _value(skill, "start", int), _value(skill, "end", int)
    if not surface.strip() or not 0 <= start < end or text[start:end] != surface:
        raise _FaultError(f"text[{start}:{end}] is {text[max(start, 0) : max(end, 0)]!r}, not {surface!r}")
    kind, level = _value(skill, "kind", str), _value(skill, "level", str)
    if kind not in _KINDS:
        raise _FaultError(f"{surface!r} has the unknown kind {kind!r}")
    if level not in _LEVELS:
        raise _FaultError(f"{surface!r} has the unknown level {level!r}")
    return Mark(surface, name, _KINDS[kind], _LEVELS[level], start, end)


def _value(row: object, key: str, wanted: type[_T]) -> _T:
    if not isinstance(row, dict) or key not in row:
        raise _FaultError(f"there is no {key!r}")
    value = row[key]
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise _FaultError(f"{key!r} is {value!r}, which is no {wanted.__name__}")
    return value


def _years(row: Mapping[str, object]) -> int | None:
    if "min_years" in row and row["min_years"] is None:
        return None
    years = _value(row, "min_years", int)
    if years < 0:
        raise _FaultError(f"'min_years' is {years}")
    return years


def _degree(row: Mapping[str, object]) -> Degree:
    degree = _value(row, "degree", str)
    if degree not in _DEGREES:
        raise _FaultError(f"the degree {degree!r} is unknown")
    return _DEGREES[degree]
