"""The packed form of a reading: what one posting's extraction is at rest.

Little-endian unsigned 64-bit words. The first holds the version of this layout (8 bits), the years of experience asked
for (6), the degree (3), the number of candidates (20) and the number of mentions (27), from the top. Then one word a
mention: alias id (22), start (22), length (8), by which rule (4), years (6), level (2); then one a candidate: start
(32), length (32).
Years are counted from 1 (none at all asked for: 1), and 0 where the text does not say.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from postings.skills.types import By, Degree, Demands, Level, Mention, Reading, Span

LAYOUT = 3
_WORD = np.dtype("<u8")
_ID_BITS, _START_BITS, _LENGTH_BITS, _BY_BITS, _YEARS_BITS, _LEVEL_BITS = 22, 22, 8, 4, 6, 2
_YEARS_SHIFT = _LEVEL_BITS
_BY_SHIFT = _YEARS_SHIFT + _YEARS_BITS
_LENGTH_SHIFT = _BY_SHIFT + _BY_BITS
_START_SHIFT = _LENGTH_SHIFT + _LENGTH_BITS
_ID_SHIFT = _START_SHIFT + _START_BITS
_MENTIONS_BITS, _CANDIDATES_BITS, _DEGREE_BITS = 27, 20, 3
_DEGREE_SHIFT = _MENTIONS_BITS + _CANDIDATES_BITS
_HEAD_YEARS_SHIFT = _DEGREE_SHIFT + _DEGREE_BITS


class DamagedRecordError(ValueError):
    """These bytes are no record of this layout."""


class MentionArrays(NamedTuple):
    """Mentions of many records, in order: `record` says which of the blobs each comes from."""

    record: NDArray[np.int32]
    alias: NDArray[np.int64]
    start: NDArray[np.int32]
    length: NDArray[np.int32]
    level: NDArray[np.int8]
    years: NDArray[np.int8]
    """-1 where the text does not say."""


def pack(reading: Reading) -> bytes:
    """Eight bytes a mention, a candidate and for the head. Raises ValueError when a number has no room."""
    if len(reading.candidates) >= 1 << _CANDIDATES_BITS or len(reading.mentions) >= 1 << _MENTIONS_BITS:
        raise ValueError(f"{len(reading.mentions)} mentions and {len(reading.candidates)} candidates in one text")
    demands = _packed_years(reading.demands.years) << _HEAD_YEARS_SHIFT | reading.demands.degree << _DEGREE_SHIFT
    head = LAYOUT << 56 | demands | len(reading.candidates) << _MENTIONS_BITS | len(reading.mentions)
    words = [head, *map(_packed_mention, reading.mentions)]
    words += [span.start << 32 | span.end - span.start for span in reading.candidates]
    return np.array(words, dtype=_WORD).tobytes()


def _packed_mention(mention: Mention) -> int:
    length = mention.end - mention.start
    has_room = 0 <= mention.alias_id < 1 << _ID_BITS and 0 <= mention.start < 1 << _START_BITS
    if not (has_room and 0 < length < 1 << _LENGTH_BITS):
        raise ValueError(f"no room for {mention}")
    place = mention.start << _START_SHIFT | length << _LENGTH_SHIFT
    demand = mention.by << _BY_SHIFT | _packed_years(mention.years) << _YEARS_SHIFT | mention.level
    return mention.alias_id << _ID_SHIFT | place | demand


def _packed_years(years: int | None) -> int:
    packed = 0 if years is None else years + 1
    if not 0 <= packed < 1 << _YEARS_BITS:
        raise ValueError(f"no room for {years} years")
    return packed


def _unpacked_years(packed: int) -> int | None:
    return packed - 1 if packed else None


def unpack(blob: bytes) -> Reading:
    """The reading that was packed. Raises DamagedRecordError."""
    words = _words([blob])
    mentions, candidates = _counts(words[0])
    if len(words) != 1 + mentions + candidates:
        raise DamagedRecordError(f"{len(words)} words, the head tells of {1 + mentions + candidates}")
    read = [int(word) for word in words[1:]]
    return Reading(
        tuple(map(_unpacked_mention, read[:mentions])),
        tuple(Span(word >> 32, (word >> 32) + (word & 0xFFFFFFFF)) for word in read[mentions:]),
        _unpacked_demands(int(words[0])),
    )


def _unpacked_demands(head: int) -> Demands:
    degree = head >> _DEGREE_SHIFT & (1 << _DEGREE_BITS) - 1
    return Demands(_unpacked_years(head >> _HEAD_YEARS_SHIFT & (1 << _YEARS_BITS) - 1), Degree(degree))


def _unpacked_mention(word: int) -> Mention:
    start = word >> _START_SHIFT & (1 << _START_BITS) - 1
    length = word >> _LENGTH_SHIFT & (1 << _LENGTH_BITS) - 1
    years = _unpacked_years(word >> _YEARS_SHIFT & (1 << _YEARS_BITS) - 1)
    level, by = Level(word & (1 << _LEVEL_BITS) - 1), By(word >> _BY_SHIFT & (1 << _BY_BITS) - 1)
    return Mention(word >> _ID_SHIFT, start, start + length, level, years, by)


def unpack_many(blobs: Sequence[bytes]) -> MentionArrays:
    """The mentions of all records, without a loop over them. Raises DamagedRecordError."""
    words = _words(blobs)
    sizes = np.fromiter(map(len, blobs), dtype=np.int64, count=len(blobs)) // _WORD.itemsize
    heads = np.cumsum(sizes) - sizes
    mentions, candidates = _counts(words[heads]) if len(blobs) else (sizes, sizes)
    if np.any(sizes != 1 + mentions + candidates):
        raise DamagedRecordError(f"record {int(np.argmax(sizes != 1 + mentions + candidates))} is cut or glued")
    record = np.repeat(np.arange(len(blobs), dtype=np.int32), mentions)
    within = np.arange(len(record)) - np.repeat(np.cumsum(mentions) - mentions, mentions)
    packed = words[np.repeat(heads + 1, mentions) + within]
    return MentionArrays(
        record=record,
        alias=(packed >> _ID_SHIFT).astype(np.int64),
        start=(packed >> _START_SHIFT & (1 << _START_BITS) - 1).astype(np.int32),
        length=(packed >> _LENGTH_SHIFT & (1 << _LENGTH_BITS) - 1).astype(np.int32),
        level=(packed & (1 << _LEVEL_BITS) - 1).astype(np.int8),
        years=(packed >> _YEARS_SHIFT & (1 << _YEARS_BITS) - 1).astype(np.int8) - np.int8(1),
    )


def _words(blobs: Sequence[bytes]) -> NDArray[np.uint64]:
    if any(len(blob) % _WORD.itemsize or not blob for blob in blobs):
        raise DamagedRecordError("a record is a whole number of eight-byte words, and at least one")
    return np.frombuffer(b"".join(blobs), dtype=_WORD)


def _counts(head: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers of mentions and of candidates, from one head or an array of them."""
    if np.any(head >> np.uint64(56) != LAYOUT):
        raise DamagedRecordError(f"not of layout {LAYOUT}")
    mentions = head & np.uint64((1 << _MENTIONS_BITS) - 1)
    candidates = head >> np.uint64(_MENTIONS_BITS) & np.uint64((1 << _CANDIDATES_BITS) - 1)
    return mentions.astype(np.int64), candidates.astype(np.int64)
