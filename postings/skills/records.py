"""The packed form of a reading: what one posting's extraction is at rest.

Little-endian unsigned 64-bit words. The first holds the version of this layout (8 bits), the number of candidates (24)
and the number of mentions (32), from the top. Then one word a mention: alias id (32), start (22), length (8),
level (2); then one a candidate: start (32), length (32).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from postings.skills.types import Level, Mention, Reading, Span

LAYOUT = 1
_WORD = np.dtype("<u8")
_START_BITS, _LENGTH_BITS, _LEVEL_BITS = 22, 8, 2
_ID_SHIFT = _START_BITS + _LENGTH_BITS + _LEVEL_BITS
_START_SHIFT = _LENGTH_BITS + _LEVEL_BITS
_MOST_CANDIDATES = (1 << 24) - 1


class DamagedRecordError(ValueError):
    """These bytes are no record of this layout."""


class MentionArrays(NamedTuple):
    """Mentions of many records, in order: `record` says which of the blobs each comes from."""

    record: NDArray[np.int32]
    alias: NDArray[np.int64]
    start: NDArray[np.int32]
    length: NDArray[np.int32]
    level: NDArray[np.int8]


def pack(reading: Reading) -> bytes:
    """Eight bytes a mention, a candidate and for the head. Raises ValueError when a number has no room."""
    if len(reading.candidates) > _MOST_CANDIDATES:
        raise ValueError(f"{len(reading.candidates)} candidates in one text")
    head = LAYOUT << 56 | len(reading.candidates) << 32 | len(reading.mentions)
    words = [head, *map(_packed_mention, reading.mentions)]
    words += [span.start << 32 | span.end - span.start for span in reading.candidates]
    return np.array(words, dtype=_WORD).tobytes()


def _packed_mention(mention: Mention) -> int:
    length = mention.end - mention.start
    if not (
        0 <= mention.alias_id < 1 << 32 and 0 <= mention.start < 1 << _START_BITS and 0 < length < 1 << _LENGTH_BITS
    ):
        raise ValueError(f"no room for {mention}")
    return mention.alias_id << _ID_SHIFT | mention.start << _START_SHIFT | length << _LEVEL_BITS | mention.level


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
    )


def _unpacked_mention(word: int) -> Mention:
    start = word >> _START_SHIFT & (1 << _START_BITS) - 1
    length = word >> _LEVEL_BITS & (1 << _LENGTH_BITS) - 1
    return Mention(word >> _ID_SHIFT, start, start + length, Level(word & (1 << _LEVEL_BITS) - 1))


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
        length=(packed >> _LEVEL_BITS & (1 << _LENGTH_BITS) - 1).astype(np.int32),
        level=(packed & (1 << _LEVEL_BITS) - 1).astype(np.int8),
    )


def _words(blobs: Sequence[bytes]) -> NDArray[np.uint64]:
    if any(len(blob) % _WORD.itemsize or not blob for blob in blobs):
        raise DamagedRecordError("a record is a whole number of eight-byte words, and at least one")
    return np.frombuffer(b"".join(blobs), dtype=_WORD)


def _counts(head: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Numbers of mentions and of candidates, from one head or an array of them."""
    if np.any(head >> np.uint64(56) != LAYOUT):
        raise DamagedRecordError(f"not of layout {LAYOUT}")
    return (head & np.uint64(0xFFFFFFFF)).astype(np.int64), (head >> np.uint64(32) & np.uint64(0xFFFFFF)).astype(
        np.int64
    )
