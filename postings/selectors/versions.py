"""What a posting said before, and what was changed from one version to the next."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from postings.ingest.contacts import mask_contacts
from postings.models import Posting, PostingVersion, Upload
from postings.selectors.words import FIELD_LABELS

AROUND = 12
"""Words shown on either side of a change."""
MOST_WORDS = 6000
"""Texts of more words are not compared word by word: the time grows with the square."""

FIELDS = (
    "title", "company", "place", "country", "remote", "date_posted", "pay_min", "pay_max", "pay_currency",
    "pay_period", "seniority", "employment_type", "url",
)  # fmt: skip
_WORDS = re.compile(r"\S+")


@dataclass(frozen=True)
class Piece:
    """Words of a text. "gap" stands for words that are the same and are left out."""

    kind: Literal["same", "added", "dropped", "gap"]
    text: str


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class VersionLine:
    """One version, and what was changed from the one before it; the first has no changes."""

    number: int
    since: date
    until: date
    upload: Upload
    row: str
    is_now: bool
    fields: tuple[FieldChange, ...]
    text: tuple[Piece, ...]


def version_lines(posting: Posting) -> tuple[VersionLine, ...]:
    """Return what the posting says and said, the latest first, contacts masked; () if it never said anything else."""
    versions = list(posting.versions.select_related("upload").order_by("number"))
    if not versions:
        return ()
    said = [_of_version(version) for version in versions] + [_of_posting(posting, len(versions) + 1)]
    changes = [((), ())] + [(tuple(_field_changes(*pair)), tuple(_text_changes(*pair))) for pair in pairwise(said)]
    lines = [
        VersionLine(s.number, s.since, s.until, s.upload, f"{s.row + 1:,} (line {s.line:,})", s is said[-1], *change)
        for s, change in zip(said, changes, strict=True)
    ]
    return tuple(reversed(lines))


@dataclass(frozen=True)
class _Said:
    number: int
    since: date
    until: date
    upload: Upload
    row: int
    line: int
    values: Mapping[str, str]
    text: str


def _of_version(version: PostingVersion) -> _Said:
    values = {name: _shown(version.values.get(name)) for name in FIELDS}
    place = (version.upload, version.row, version.line)
    return _Said(version.number, version.seen_from, version.seen_until, *place, values, mask_contacts(version.text))


def _of_posting(posting: Posting, number: int) -> _Said:
    named = {"title": posting.title.text, "company": posting.company.name if posting.company else ""}
    values = {name: _shown(named[name] if name in named else getattr(posting, name)) for name in FIELDS}
    place = (posting.upload, posting.row, posting.line)
    text = mask_contacts(posting.text_row.text)
    return _Said(number, posting.said_since, posting.last_seen, *place, values, text)


def _shown(value: object) -> str:
    return "" if value is None else mask_contacts(str(value))


def _field_changes(before: _Said, after: _Said) -> Iterator[FieldChange]:
    for name in FIELDS:
        if before.values[name] != after.values[name]:
            label = FIELD_LABELS.get(name, name)
            yield FieldChange(label, before.values[name] or "not given", after.values[name] or "not given")


def _text_changes(before: _Said, after: _Said) -> Iterator[Piece]:
    """Yield the words that were dropped and added, each with some words around it; nothing for the same words."""
    old, new = _WORDS.findall(before.text), _WORDS.findall(after.text)
    if old == new:
        return
    if max(len(old), len(new)) > MOST_WORDS:
        yield Piece("dropped", f"{len(old):,} words")
        yield Piece("added", f"{len(new):,} words: too many to compare one by one")
        return
    steps = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (kind, i1, i2, j1, j2) in enumerate(steps):
        if kind == "equal":
            yield from _around(new[j1:j2], is_first=at == 0, is_last=at == len(steps) - 1)
            continue
        if i2 > i1:
            yield Piece("dropped", " ".join(old[i1:i2]))
        if j2 > j1:
            yield Piece("added", " ".join(new[j1:j2]))


def _around(words: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[Piece]:
    """Yield words that are the same: in full if they are few, else only those beside a change."""
    before, after = (0 if is_first else AROUND), (0 if is_last else AROUND)
    if len(words) <= before + after:
        yield Piece("same", " ".join(words))
        return
    if before:
        yield Piece("same", " ".join(words[:before]))
    yield Piece("gap", f"{len(words) - before - after:,} words")
    if after:
        yield Piece("same", " ".join(words[-after:]))
