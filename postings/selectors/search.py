"""Full-text search over headings and texts: FTS5 on SQLite, tsvector on PostgreSQL, behind one function."""

import re

import numpy as np
from django.db import connection
from numpy.typing import NDArray

WORD = re.compile(r'(-?)(?:"([^"]+)"|(\S+))')


def search_postings(query: str) -> NDArray[np.int64]:
    """Return the ids of postings that contain all words of `query`, in ascending order.

    "In quotes" is a phrase, -word leaves postings with the word out. A query of no words finds nothing.
    """
    sql, terms = _fts5(query) if connection.vendor == "sqlite" else _tsvector(query)
    if not terms:
        return np.empty(0, np.int64)
    with connection.cursor() as cursor:
        cursor.execute(sql, [terms])
        return np.array([pk for (pk,) in cursor.fetchall()], np.int64)


def _fts5(query: str) -> tuple[str, str]:
    """Every term quoted: nothing that a person types is read as an operator of FTS5."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for minus, phrase, word in WORD.findall(query):
        if re.search(r"\w", phrase or word):
            term = (phrase or word).replace(chr(34), " ")
            (unwanted if minus else wanted).append(f'"{term}"')
    terms = " AND ".join(wanted)
    if terms and unwanted:
        terms = f"({terms}) NOT ({' OR '.join(unwanted)})"
    return "SELECT rowid FROM postings_search WHERE postings_search MATCH %s ORDER BY rowid", terms


def _tsvector(query: str) -> tuple[str, str]:
    sql = (
        "SELECT posting_id FROM postings_postingtext "
        "WHERE search @@ websearch_to_tsquery('simple', %s) ORDER BY posting_id"
    )
    return sql, query.strip()
