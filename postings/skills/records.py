"""The packed form of a reading: the only place that knows its layout.

Little-endian 32-bit words: the number of mentions; for each mention `alias << 2 | level` and `start << 8 | length`;
then for each candidate `start << 8 | length`. Eight bytes a mention, and numpy reads many records at once.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from postings.skills.types import Level, Mention, Reading, Span

MOST_ALIAS = (1 << 30) - 1
MOST_START = (1 << 24) - 1
MOST_LENGTH = (1 << 8) - 1


@dataclass(frozen=True)
class MentionArrays:
    """The mentions of many records, one entry a mention: `record` says which of the records it stands in."""

    record: NDArray[np.int64]
    alias: NDArray[np.int64]
    start: NDArray[np.int64]
    length: NDArray[np.int64]
    level: NDArray[np.int8]


def pack(reading: Reading) -> bytes:
    """Return the record of a reading; raises ValueError for an alias id, start or length that does not fit."""
    words = [len(reading.mentions)]
    for mention in reading.mentions:
        if not 0 <= mention.alias_id <= MOST_ALIAS:
            raise ValueError(f"alias id {mention.alias_id} does not fit a record")
        words += [mention.alias_id << 2 | mention.level, _place(mention.start, mention.end)]
    words += [_place(span.start, span.end) for span in reading.candidates]
    return struct.pack(f"<{len(words)}I", *words)


def unpack(blob: bytes) -> Reading:
    """Return the reading of a record."""
    words = struct.unpack(f"<{len(blob) // 4}I", blob)
    end = 1 + 2 * words[0]
    mentions = tuple(
        Mention(alias >> 2, place >> 8, (place >> 8) + (place & MOST_LENGTH), Level(alias & 3))
        for alias, place in zip(words[1:end:2], words[2:end:2], strict=True)
    )
    candidates = tuple(Span(place >> 8, (place >> 8) + (place & MOST_LENGTH)) for place in words[end:])
    return Reading(mentions, candidates)


def unpack_many(blobs: Sequence[bytes]) -> MentionArrays:
    """Return the mentions of many records as arrays; candidates are left out."""
    counts = np.array([int.from_bytes(blob[:4], "little") for blob in blobs], np.int64)
    joined = b"".join(blob[4 : 4 + 8 * int(count)] for blob, count in zip(blobs, counts, strict=True))
    words = np.frombuffer(joined, "<u4").reshape(-1, 2).astype(np.int64)
    return MentionArrays(
        record=np.repeat(np.arange(len(blobs)), counts),
        alias=words[:, 0] >> 2,
        start=words[:, 1] >> 8,
        length=words[:, 1] & MOST_LENGTH,
        level=(words[:, 0] & 3).astype(np.int8),
    )


def _place(start: int, end: int) -> int:
    if not (0 <= start <= MOST_START and 0 <= end - start <= MOST_LENGTH):
        raise ValueError(f"characters {start} to {end} do not fit a record")
    return start << 8 | (end - start)
