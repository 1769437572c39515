"""The frozen record: what the database says of the postings, at the level of aliases and titles, in arrays on disk.

A snapshot is laid out whole from it, whatever changed. The record itself is kept in segments that are never changed: a
base, and later ones with the postings that came, changed or went since. What an alias or a title means is not in it.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.facts import LEVEL_BITS, Column
from analytics.snapshot.order import pointers
from analytics.snapshot.pairs import is_narrow

Array = NDArray[Any]

NUMBERS = {
    "posting_id": np.int64,
    "source_id": np.int64,
    "title_id": np.int64,
    "company_id": np.int64,
    "group_id": np.int64,
    "key_hash": np.uint64,
    "content_key": np.uint64,
    "day": np.int32,
    "pay": np.float64,
    "spell": np.int16,
}
AT_ONCE = 1 << 20
TEXTS = ("pay_currency", "country", "place", "seniority", "language", "remote")


class DamagedRecord(Exception):  # noqa: N818 (it names what was found, and is caught by that name)
    """A segment cannot be read; str(e) is a sentence for whoever keeps the record."""


@dataclass(frozen=True)
class Record:
    """Postings of a database in any order, each once: `numbers` has every name of NUMBERS, `texts` of TEXTS.

    Ids are the database's, 0 for none. `key_hash` is of the key inside the source. Posting i names the aliases
    `coded[indptr[i]:indptr[i + 1]]`, each once, as 4 * alias id + strongest level. `gone` are ids of postings that the
    segments before knew and that are no more.
    """

    numbers: dict[str, Array]
    texts: dict[str, Column]
    indptr: Array
    coded: NDArray[np.int32]
    gone: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.numbers["posting_id"])

    @property
    def touched(self) -> int:
        """Number of postings that this segment tells of, those that went included."""
        return len(self) + len(self.gone)


def distinct_words(posting: Array, alias: Array, level: Array, n: int) -> tuple[Array, Array]:
    """Return (indptr, coded) of the mentions of `n` postings: each alias once, with its strongest level, ascending."""
    packed = posting.astype(np.int64) << 32 | alias.astype(np.int64) << LEVEL_BITS | level
    packed.sort()
    word = packed >> LEVEL_BITS
    last = np.ones(len(word), np.bool_)
    last[:-1] = word[1:] != word[:-1]
    packed = packed[last]
    lengths = np.bincount(packed >> 32, minlength=n)
    return pointers(lengths, narrow=False), (packed & 0xFFFFFFFF).astype(np.int32)


def one_after_another(segments: Sequence[Record]) -> Record:
    """Return all postings of `segments`; where several tell of one posting, the last is right."""
    kept = [_without(segment, _changed_by(segments[place + 1 :])) for place, segment in enumerate(segments)]
    lengths = np.concatenate([np.diff(segment.indptr) for segment in kept])
    return Record(
        numbers={name: np.concatenate([segment.numbers[name] for segment in kept]) for name in NUMBERS},
        texts={name: _joined([segment.texts[name] for segment in kept]) for name in TEXTS},
        indptr=pointers(lengths, narrow=is_narrow(int(lengths.sum()))),
        coded=np.concatenate([segment.coded for segment in kept]),
        gone=np.empty(0, np.int64),
    )


def empty_record(gone: Array | None = None) -> Record:
    """Return a segment without postings, in which `gone` went."""
    return Record(
        numbers={name: np.empty(0, dtype) for name, dtype in NUMBERS.items()},
        texts={name: Column.of(()) for name in TEXTS},
        indptr=np.zeros(1, np.int32),
        coded=np.empty(0, np.int32),
        gone=np.empty(0, np.int64) if gone is None else gone,
    )


def write_record(record: Record, path: Path) -> None:
    """Write a segment so that it would survive a power cut; each array carries a checksum (CRC-32)."""
    names = {name: list(column.names) for name, column in record.texts.items()}
    arrays: dict[str, Any] = {name: record.numbers[name] for name in NUMBERS}
    arrays |= {f"{name}_code": column.codes for name, column in record.texts.items()}
    arrays |= {"indptr": record.indptr, "coded": record.coded, "gone": record.gone}
    arrays["names"] = np.frombuffer(json.dumps(names).encode(), np.uint8)
    with path.open("wb") as file:
        np.savez(file, **arrays)
        file.flush()
        os.fsync(file.fileno())


def read_record(path: Path) -> Record:
    """Return the segment at `path`, every checksum verified; raises DamagedRecord."""
    with _opened(path) as arrays:
        names = json.loads(arrays["names"].tobytes())
        return Record(
            numbers={name: arrays[name] for name in NUMBERS},
            texts={name: Column(arrays[f"{name}_code"], names[name]) for name in TEXTS},
            indptr=arrays["indptr"],
            coded=arrays["coded"],
            gone=arrays["gone"],
        )


def aliases_held(paths: Sequence[Path], wanted: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (ids of postings, ids of aliases): one of each for each time that a posting names a `wanted` alias.

    `wanted` is indexed by alias id, ids beyond it are not wanted. The segments at `paths` are read one after the other,
    the base first, and only what is needed of them: about 10 bytes a posting and 5 an alias that it names. Raises
    DamagedRecord.
    """
    postings, aliases, told = [np.empty(0, np.int64)], [np.empty(0, np.int64)], np.empty(0, np.int64)
    for path in reversed(paths):
        with _opened(path) as arrays:
            ids, coded, indptr = arrays["posting_id"], arrays["coded"], arrays["indptr"]
            places = _places_of(coded, wanted)
            posting = ids[np.searchsorted(indptr, places, "right") - 1]
            is_last = ~np.isin(posting, told)
            postings.append(posting[is_last])
            aliases.append(coded[places[is_last]].astype(np.int64) >> LEVEL_BITS)
            told = np.concatenate([told, ids, arrays["gone"]]) if path != paths[0] else told
    return np.concatenate(postings), np.concatenate(aliases)


def _places_of(coded: NDArray[np.int32], wanted: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return where among the words the wanted aliases stand, a stretch at a time."""
    table = np.append(wanted, False)  # what lies beyond is not wanted
    found = [np.empty(0, np.int64)]
    for first in range(0, len(coded), AT_ONCE):
        alias = np.minimum(coded[first : first + AT_ONCE] >> LEVEL_BITS, len(wanted))
        found.append(np.flatnonzero(table[alias]) + first)
    return np.concatenate(found)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    try:
        with np.load(path, allow_pickle=False) as arrays:
            yield arrays
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise DamagedRecord(f"{path.name} cannot be read ({error})") from error


def _changed_by(later: Sequence[Record]) -> Array:
    ids = [part for segment in later for part in (segment.numbers["posting_id"], segment.gone)]
    return np.concatenate([np.empty(0, np.int64), *ids])


def _without(segment: Record, changed: Array) -> Record:
    """Return the segment without the postings that later ones tell of."""
    dead = np.isin(segment.numbers["posting_id"], changed)
    if not dead.any():
        return segment
    lengths = np.diff(segment.indptr)
    return Record(
        numbers={name: values[~dead] for name, values in segment.numbers.items()},
        texts={name: Column(column.codes[~dead], column.names) for name, column in segment.texts.items()},
        indptr=pointers(lengths[~dead], narrow=False),
        coded=segment.coded[np.repeat(~dead, lengths)],
        gone=segment.gone,
    )


def _joined(columns: Sequence[Column]) -> Column:
    """Return one column of all, each name once."""
    code_of: dict[str, int] = {}
    parts = [np.empty(0, np.int32)]
    for column in columns:
        table = np.array([code_of.setdefault(name, len(code_of)) for name in column.names], np.int32)
        parts.append(table[column.codes])
    return Column(np.concatenate(parts), tuple(code_of))
