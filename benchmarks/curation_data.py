"""A made-up market ready for curation: texts to search, read with a taxonomy of its own, a first run published.

The phrase RARE stands in one text of a thousand, COMMON in one of a hundred; neither is an alias yet.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

from django.core.management import call_command

from analytics import services as analytics_services
from benchmarks.million_data import Market, Shape, word
from benchmarks.million_store import CHUNK, Row, Rows, fill, into_sqlite, posting_tables, put
from postings import copies
from postings.models import Extraction, PostingText
from postings.services import current_lexicon
from postings.services.staleness import remember

RARE, EVERY_RARE = "silver lathe", 1_000
COMMON, EVERY_COMMON = "copper quilting", 100
SENTENCES, WORDS, IN_A_TEXT = 4_000, 14, 16
FIRST_WORD, LAST_WORD = 4_000, 13_000
"""Invented words that are in no phrase of the taxonomy."""
SEARCH_TRIGGER = "SELECT sql FROM sqlite_master WHERE name = 'postings_search_insert'"


def make_install(shape: Shape, folder: Path) -> None:
    """Fill the database under `folder`, which settings name as DATA_DIR, and publish a first run of it."""
    call_command("migrate", verbosity=0)
    call_command("load_roles", verbosity=0)
    market, prose = Market(shape), sentences(Random(shape.seed))
    kept: dict[int, str] = {}
    with closing(sqlite3.connect(folder / "rolescope.sqlite3")) as connection:
        connection.execute("PRAGMA cache_size=-500000")
        trigger = connection.execute(SEARCH_TRIGGER).fetchone()[0]
        connection.execute("DROP TRIGGER postings_search_insert")
        insert = into_sqlite(connection)
        fill(market, insert, 0, 0, stamp="")
        connection.commit()
        stamp = remember(current_lexicon())
        for start in range(0, shape.postings, CHUNK):
            for rows in posting_tables(market, start, min(start + CHUNK, shape.postings), stamp=stamp):
                put(replace(rows, rows=_as_read(rows, prose, kept)), insert)
        connection.commit()
        connection.execute("INSERT INTO postings_search(postings_search) VALUES ('rebuild')")
        connection.execute(trigger)
        connection.commit()
        connection.execute("ANALYZE")
    analytics_services.refresh_now()


def sentences(random: Random) -> list[str]:
    """Return sentences of invented words, the common ones far commoner than the others."""
    numbers = [FIRST_WORD + int((LAST_WORD - FIRST_WORD) * random.random() ** 3) for _ in range(SENTENCES * WORDS)]
    words = [word(number).lower() for number in numbers]
    return [" ".join(words[start : start + WORDS]).capitalize() + "." for start in range(0, len(words), WORDS)]


def text_of(posting: int, mentions: str, prose: list[str]) -> str:
    """Return a text: its mentions, sentences that name no skill, and now and then one of the two new phrases."""
    told = [prose[(posting * 31 + place * 977) % len(prose)] for place in range(IN_A_TEXT)]
    if posting % EVERY_RARE == 7:
        told.append(f"You know the {RARE}.")
    if posting % EVERY_COMMON == 3:
        told.append(f"We do {COMMON} here.")
    return mentions + "\n" + " ".join(told)


def holds_a_new_phrase(posting: int) -> bool:
    return posting % EVERY_RARE == 7 or posting % EVERY_COMMON == 3


def _as_read(rows: Rows, prose: list[str], kept: dict[int, str]) -> Iterator[Row]:
    """Yield the rows with longer texts, and with the signatures of those that will be read again; `kept` holds these.

    The signatures of the others stay empty: to make them takes longer than all else, and nobody looks at them here.
    """
    if rows.model is PostingText:
        for pk, heading, mentions in rows.rows:
            text = text_of(int(str(pk)), str(mentions), prose)
            if holds_a_new_phrase(int(str(pk))):
                kept[int(str(pk))] = text
            yield pk, heading, text
    elif rows.model is Extraction:
        for row in rows.rows:
            text = kept.pop(int(str(row[0])), None)
            told = () if text is None else (copies.signature(text), copies.text_hash(text), len(text))
            yield row[: len(row) - len(told)] + told
    else:
        yield from rows.rows
