"""Rows of the database -> segments of the frozen record, by plain cursors: no model instance for each row."""

from collections.abc import Iterator, Sequence

import numpy as np
from django.db import connection

from analytics.snapshot.facts import UNKNOWN_DAY, Column
from analytics.snapshot.hashes import text_hashes
from analytics.snapshot.record import TEXTS, Record, distinct_words, empty_record, one_after_another
from jobsite.batching import batched
from postings import skills

ROWS_AT_ONCE = 20_000
IDS_AT_ONCE = 500

# Days since 1970-01-01, and the middle of the yearly pay, nothing where minimum and maximum contradict each other.
_DAY = {
    "sqlite": "CAST(julianday(p.date_posted) - 2440587.5 AS INTEGER)",
    "postgresql": "p.date_posted - DATE '1970-01-01'",
}
_PAID = {"sqlite": "p.pay_yearly_{}", "postgresql": "p.pay_yearly_{}::float8"}
_NUMBERS = "p.source_id, p.title_id, COALESCE(p.company_id, 0), COALESCE(p.ad_group_id, 0), p.reposted"


def read_everything() -> Record:
    """Return all postings that have been read. Memory: about 250 bytes a posting and 4 an alias that it names."""
    return one_after_another([empty_record(), *_segments_of_all()])


def read_postings(ids: Sequence[int]) -> Record:
    """Return those of `ids` that have been read; the others are `gone`."""
    query = f"{_select()} WHERE p.id IN ({{}})"
    parts = [empty_record()]
    with connection.cursor() as cursor:
        for batch in batched(ids, IDS_AT_ONCE):
            cursor.execute(query.format(", ".join(["%s"] * len(batch))), batch)
            parts.append(_segment(cursor.fetchall()))
    found = one_after_another(parts)
    gone = np.setdiff1d(np.asarray(ids, np.int64), found.numbers["posting_id"])
    return Record(found.numbers, found.texts, found.indptr, found.coded, gone)


def _segments_of_all() -> Iterator[Record]:
    """Yield the postings in order of id, each stretch by a statement of its own: no writer waits for a long one."""
    query = f"{_select()} WHERE p.id > %s ORDER BY p.id LIMIT {ROWS_AT_ONCE}"
    last = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(query, [last])
            rows = cursor.fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield _segment(rows)


def _select() -> str:
    day = _DAY[connection.vendor]
    least, most = (_PAID[connection.vendor].format(end) for end in ("min", "max"))
    pay = f"CASE WHEN p.pay_suspect THEN NULL ELSE (COALESCE({least}, {most}) + COALESCE({most}, {least})) / 2.0 END"
    texts = ", ".join(f"p.{name}" for name in TEXTS)
    columns = f"p.id, {_NUMBERS}, COALESCE({day}, {UNKNOWN_DAY}), {pay}, p.key, p.content_hash, {texts}, e.record"
    tables = "postings_posting p JOIN postings_extraction e ON e.posting_id = p.id"
    return f"SELECT {columns} FROM {tables}"  # noqa: S608 (names of our own)


def _segment(rows: Sequence[tuple]) -> Record:
    if not rows:
        return empty_record()
    posting, source, title, company, group, spell, day, pay, key, content, *texts, records = zip(*rows, strict=True)
    mentions = skills.unpack_many(records if isinstance(records[0], bytes) else list(map(bytes, records)))
    indptr, coded = distinct_words(mentions.record, mentions.alias, mentions.level, len(rows))
    return Record(
        numbers={
            "posting_id": np.array(posting, np.int64),
            "source_id": np.array(source, np.int64),
            "title_id": np.array(title, np.int64),
            "company_id": np.array(company, np.int64),
            "group_id": np.array(group, np.int64),
            "key_hash": text_hashes(key),
            "content_key": text_hashes(content),
            "day": np.array(day, np.int32),
            "pay": np.array(pay, np.float64),
            "spell": np.array(spell, np.int16),
        },
        texts={name: Column.of(column) for name, column in zip(TEXTS, texts, strict=True)},
        indptr=indptr,
        coded=coded,
        gone=np.empty(0, np.int64),
    )
