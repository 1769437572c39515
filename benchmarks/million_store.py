"""A made-up market as the rows of a Rolescope database: executemany into SQLite, COPY into PostgreSQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b

import numpy as np
import psycopg
from django.db import models

from benchmarks.million_data import (
    CITIES,
    COUNTRIES,
    CURRENCIES,
    EPOCH,
    GROUP_SETS,
    KINDS,
    LANGUAGES,
    LONGEST,
    REMOTES,
    SOURCES,
    Market,
    company_name,
    phrase_of,
    word,
)
from postings.models import (
    AdGroup,
    Alias,
    Company,
    Extraction,
    Posting,
    PostingText,
    Skill,
    SkillGroup,
    Source,
    Title,
    Upload,
)
from postings.skills import Level, Mention, Reading, pack

NOW = "2026-10-01 00:00:00+00:00"
LAST_DAY = "2026-09-30"
CHUNK = 10_000
SLOT = 20
"""Characters between the mentions of a text: the longest phrase, a comma and a blank."""

Row = tuple[object, ...]
Insert = Callable[[str, list[str], Iterable[Row]], None]


@dataclass(frozen=True)
class Rows:
    """Rows of one model; `given` are the attnames that they hold, what else there is takes its default."""

    model: type[models.Model]
    given: tuple[str, ...]
    rows: Iterable[Row]


def tables(market: Market) -> Iterator[Rows]:
    """Yield all that postings point to."""
    sources = range(len(SOURCES))
    yield Rows(Source, ("id", "name"), ((i + 1, SOURCES[i]) for i in sources))
    uploads = ((i + 1, i + 1, f"{SOURCES[i]}.csv", f"{i:064x}", "done", 1) for i in sources)
    yield Rows(Upload, ("id", "source_id", "name", "checksum", "state", "size"), uploads)
    companies = map(company_name, range(market.companies))
    yield Rows(Company, ("id", "name", "key"), ((i + 1, name, name.lower()) for i, name in enumerate(companies)))
    used = np.unique(market.title).tolist()
    yield Rows(Title, ("id", "text"), ((i + 1, market.title_text(i)) for i in used))
    yield Rows(AdGroup, ("id", "representative_id"), ((i + 1, i + 1) for i in np.unique(market.ad).tolist() if i >= 0))
    yield from _taxonomy(market.shape.skills)


def _taxonomy(skills: int) -> Iterator[Rows]:
    groups = [f"{name} {number + 1}" for name, size in GROUP_SETS.items() for number in range(size)]
    named = ((i + 1, name.replace(" ", "-"), name, name.rpartition(" ")[0]) for i, name in enumerate(groups))
    yield Rows(SkillGroup, ("id", "slug", "name", "set"), named)
    kinds = (KINDS[min(word_number % 16 // 2, 6)] for word_number in range(skills))
    yield Rows(Skill, ("id", "name", "kind"), ((i + 1, phrase_of(2 * i), kind) for i, kind in enumerate(kinds)))
    through = Skill.groups.through
    members = ((i, g) for i in range(skills) for g in sorted({1 + i % 7, 1 + i * 31 % len(groups)}))
    numbered = ((pk + 1, skill + 1, group) for pk, (skill, group) in enumerate(members))
    yield Rows(through, ("id", "skill_id", "skillgroup_id"), numbered)
    aliases = ((i + 1, phrase_of(i), i // 2 + 1) for i in range(2 * skills))
    yield Rows(Alias, ("id", "phrase", "skill_id"), aliases)


def posting_tables(market: Market, first: int, last: int, *, stamp: str) -> Iterator[Rows]:
    """Yield the rows of the postings first..last (half open), their texts and their records."""
    yield Rows(Posting, POSTING, _postings(market, first, last))
    yield Rows(PostingText, ("posting_id", "heading", "text"), _texts(market, first, last))
    records = ("posting_id", "stamp", "record", "signature", "text_hash", "length")
    yield Rows(Extraction, records, _records(market, first, last, stamp))


POSTING = (
    "id", "source_id", "key", "kin", "content_hash", "title_id", "company_id", "place", "city", "country", "remote",
    "date_posted", "pay_min", "pay_max", "pay_currency", "pay_period", "pay_yearly_min", "pay_yearly_max", "language",
    "first_seen", "last_seen", "said_since", "row", "line", "upload_id", "first_upload_id", "last_upload_id",
    "reposted", "ad_group_id",
)  # fmt: skip


def _postings(market: Market, first: int, last: int) -> Iterator[Row]:
    columns = (market.source, market.title, market.company, market.country, market.city, market.remote, market.language)
    more = (market.day, market.pay_low, market.pay_high, market.currency, market.reposted, market.ad)
    cities = [word(number) for number in range(CITIES)]
    taken = zip(*(column[first:last].tolist() for column in (*columns, *more)), strict=True)
    for i, values in enumerate(taken, start=first):
        source, title, company, country, city, remote, language, day, low, high, currency, reposted, ad = values
        pay = (low, high, CURRENCIES[currency], "year", low, high) if low >= 0 else (None, None, "", "", None, None)
        key = key_of(i)
        yield (
            i + 1, source + 1, key, key, key, title + 1, None if company < 0 else company + 1, cities[city],
            cities[city], COUNTRIES[country], REMOTES[remote],
            None if day < 0 else (EPOCH + timedelta(day)).isoformat(), *pay, LANGUAGES[language], LAST_DAY, LAST_DAY,
            LAST_DAY, i, i + 2, source + 1, source + 1, source + 1, int(reposted),
            ad + 1 if ad >= 0 else None,
        )  # fmt: skip


def _texts(market: Market, first: int, last: int) -> Iterator[Row]:
    padded = [f"{phrase_of(alias)},".ljust(SLOT) for alias in range(2 * market.shape.skills)]
    pointers = market.indptr[first : last + 1].tolist()
    aliases = market.alias[pointers[0] : pointers[-1]].tolist()
    for i in range(first, last):
        start, stop = pointers[i - first] - pointers[0], pointers[i - first + 1] - pointers[0]
        yield i + 1, "made up", "".join([padded[alias] for alias in aliases[start:stop]])


def _records(market: Market, first: int, last: int, stamp: str) -> Iterator[Row]:
    """The parts of a packed word have bits of their own, so the words of an alias and of a place add up to one."""
    of_alias = np.array(
        [
            [_word(Mention(a + 1, 0, len(phrase_of(a)), level)) for level in Level]
            for a in range(2 * market.shape.skills)
        ]
    )
    of_slot = np.array([_word(Mention(0, SLOT * i, SLOT * i + 1, Level.MENTIONED)) for i in range(LONGEST)])
    of_slot -= _word(Mention(0, 0, 1, Level.MENTIONED))
    many = Mention(0, 0, 1, Level.MENTIONED)
    heads = [pack(Reading((many,) * size, ()))[:8] for size in range(LONGEST + 1)]
    pointers = market.indptr[first : last + 1]
    mentions = slice(pointers[0], pointers[-1])
    sizes = np.diff(pointers)
    slot = np.arange(len(market.alias[mentions])) - np.repeat(pointers[:-1] - pointers[0], sizes)
    words = of_alias[market.alias[mentions], market.alias_level[mentions]] + of_slot[slot]
    packed = words.astype("<u8").tobytes()
    for i, size, start in zip(range(first, last), sizes.tolist(), (pointers - pointers[0]).tolist(), strict=False):
        record = heads[size] + packed[8 * start : 8 * (start + size)]
        yield i + 1, stamp, record, b"", key_of(i), SLOT * size


def _word(mention: Mention) -> np.uint64:
    return np.frombuffer(pack(Reading((mention,), ())), "<u8")[1]


def key_of(i: int) -> str:
    return blake2b(i.to_bytes(8, "little"), digest_size=16).hexdigest()


def fill(market: Market, insert: Insert, first: int, last: int, *, stamp: str) -> None:
    """Hand the rows of the postings first..last to `insert`, and before the first posting those of all else."""
    if first == 0:
        for rows in tables(market):
            put(rows, insert)
    for start in range(first, last, CHUNK):
        for rows in posting_tables(market, start, min(start + CHUNK, last), stamp=stamp):
            put(rows, insert)


def put(rows: Rows, insert: Insert) -> None:
    """Add the defaults of what `rows` do not give; an automatic time is NOW, an optional one nothing."""
    fields = {field.attname: field for field in rows.model._meta.concrete_fields}
    left = [field for name, field in fields.items() if name not in rows.given]
    defaults = tuple(_default(field) for field in left if field.get_attname() != "id")
    names = [str(fields[name].column) for name in rows.given] + [str(f.column) for f in left if f.attname != "id"]
    insert(rows.model._meta.db_table, names, (row + defaults for row in rows.rows))


def _default(field: models.Field) -> object:
    if isinstance(field, models.DateField):
        at = NOW if isinstance(field, models.DateTimeField) else LAST_DAY
        return None if field.null else at
    value = field.get_default()
    return json.dumps(value) if isinstance(field, models.JSONField) else value


def into_sqlite(connection: sqlite3.Connection) -> Insert:
    def insert(table: str, names: list[str], rows: Iterable[Row]) -> None:
        marks = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO {table} ({_quoted(names)}) VALUES ({marks})", rows)

    return insert


def into_postgres(connection: psycopg.Connection) -> Insert:
    def insert(table: str, names: list[str], rows: Iterable[Row]) -> None:
        with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({_quoted(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    return insert


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
