import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.skills import Degree, Demands, Level, Mention, Reading, Span, pack, unpack, unpack_many
from postings.skills.records import DamagedRecordError

YEARS = st.none() | st.integers(0, 62)
MENTIONS = st.builds(
    lambda alias_id, start, length, level, years: Mention(alias_id, start, start + length, level, years),
    st.integers(0, 2**22 - 1),
    st.integers(0, 2**22 - 1),
    st.integers(1, 255),
    st.sampled_from(Level),
    YEARS,
)
SPANS = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 2**31), st.integers(1, 10**6))
READINGS = st.builds(
    Reading,
    st.lists(MENTIONS, max_size=12).map(tuple),
    st.lists(SPANS, max_size=4).map(tuple),
    st.builds(Demands, YEARS, st.sampled_from(Degree)),
)


@given(READINGS)
def test_what_was_packed_comes_back(reading):
    assert unpack(pack(reading)) == reading


@given(st.lists(READINGS, max_size=8))
def test_many_records_give_the_same_mentions_as_one_after_the_other(readings):
    arrays = unpack_many([pack(reading) for reading in readings])
    rows = [
        (n, m.alias_id, m.start, m.end - m.start, m.level, -1 if m.years is None else m.years)
        for n, r in enumerate(readings)
        for m in r.mentions
    ]
    assert list(zip(*(column.tolist() for column in arrays), strict=True)) == rows


def test_arrays_have_the_promised_types():
    arrays = unpack_many([pack(Reading((Mention(7, 3, 9, Level.REQUIRED),), ()))])
    assert [column.dtype for column in arrays] == [np.int32, np.int64, np.int32, np.int32, np.int8, np.int8]


def test_a_mention_takes_eight_bytes():
    one = Reading((Mention(1, 0, 6, Level.MENTIONED),), ())
    two = Reading((*one.mentions, Mention(2, 10, 16, Level.REQUIRED)), ())
    assert len(pack(two)) - len(pack(one)) == 8


@pytest.mark.parametrize(
    "mention",
    [
        Mention(2**26, 0, 5, Level.MENTIONED),
        Mention(-1, 0, 5, Level.MENTIONED),
        Mention(1, 2**22, 2**22 + 5, Level.MENTIONED),
        Mention(1, 0, 256, Level.MENTIONED),
        Mention(1, 5, 5, Level.MENTIONED),
        Mention(1, 0, 5, Level.MENTIONED, 63),
    ],
)
def test_a_number_without_room_is_refused(mention):
    with pytest.raises(ValueError, match="no room"):
        pack(Reading((mention,), ()))


GOOD = pack(Reading((Mention(1, 0, 6, Level.MENTIONED),), (Span(8, 12),)))


@pytest.mark.parametrize("blob", [b"", GOOD[:-1], GOOD[:-8], GOOD + GOOD[-8:], b"\x00" * 16])
def test_a_damaged_record_is_refused(blob):
    with pytest.raises(DamagedRecordError):
        unpack(blob)
    with pytest.raises(DamagedRecordError):
        unpack_many([GOOD, blob])
