"""Facts -> the arrays of a snapshot, in one canonical order.

Layout. Names are sorted and numbered, skills by name, postings by (role, day, key_hash); a posting's skills by
code. So the same facts give the same bytes, whatever order they came in and however many threads ran.

- columns, one entry per posting: codes of the text columns (int32), `day`, `month` (since 1970-01, -1
  unknown), `pay`, `pay_currency`, `is_copy`, `ad` (row of the first posting of the same ad), `spell_start`, `key_hash`,
  `content_key`;
- postings x skills as CSR: `indptr` and `pair_code` = 3 * skill + level, which lets one bincount give all levels
  at once;
- its inverted index, skill -> rows: `inv_indptr`, `inv_row`, `inv_level`;
- `newest`, the rows from the newest to the oldest; `role_start`, where each role begins; `opening`, the
  first row with the same ad and place;
- the prefix cubes of `cube.py`.
"""

from __future__ import annotations

from itertools import compress
from operator import ne
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.cube import cube_arrays
from analytics.snapshot.facts import TEXT_COLUMNS, UNKNOWN_DAY, Column, Facts
from analytics.snapshot.order import first_with, is_shared, order_by, stable_order
from analytics.snapshot.pairs import inverted, matrix_of
from analytics.snapshot.snapshot import Snapshot
from analytics.snapshot.store import Layout, save

Array = NDArray[Any]


def build(facts: Facts, directory: Path) -> Snapshot:
    """Write the snapshot of `facts` below `directory` and return it opened.

    The same content is never written twice: what is already there is opened and returned, and when
    another process finishes first, its directory is used. Raises ValueError when the facts do not fit
    together, OSError when the disk refuses.
    """
    facts.check()
    return Snapshot(save(lay_out(facts), directory))


def lay_out(facts: Facts) -> Layout:
    """Return all arrays and names of a snapshot, in canonical order and in memory."""
    names: dict[str, list[Any]] = {}
    codes: dict[str, Array] = {}
    for column in TEXT_COLUMNS:
        codes[column], names[column] = _sorted_names(getattr(facts, column))
    day = np.maximum(np.asarray(facts.day, np.int32), UNKNOWN_DAY)
    order = order_by(codes["role"], day, facts.key_hash)
    content = {name: column[order] for name, column in codes.items()} | _other_columns(facts, day, order)
    by_name = sorted(range(len(facts.skills)), key=lambda i: facts.skills[i].name)
    skill_rank = np.empty(len(by_name), np.int32)
    skill_rank[by_name] = np.arange(len(by_name), dtype=np.int32)
    content["indptr"], content["pair_code"] = matrix_of(facts.words, order, skill_rank)
    skills = [facts.skills[i] for i in by_name]
    names["skill"] = [[skill.name, skill.kind, sorted(set(skill.groups)), skill.words] for skill in skills]
    return Layout(
        content=content,
        derived=derived_arrays(content, len(names["role"]), len(skills)),
        local={"posting_id": np.asarray(facts.posting_id, np.int64)[order]},
        names=names,
        local_names={"company_label": _labels(facts, names["company"])},
        stamps=dict(sorted(facts.stamps.items())),
    )


def derived_arrays(content: dict[str, Array], n_roles: int, k: int) -> dict[str, Array]:
    """Return the arrays that follow from the content: what makes questions fast, and no fact of its own."""
    inv_indptr, inv_row, inv_level = inverted(content["indptr"], content["pair_code"], k)
    derived = {
        "inv_indptr": inv_indptr,
        "inv_row": inv_row,
        "inv_level": inv_level,
        "newest": stable_order(-content["day"]).astype(np.int32),
        "role_start": np.searchsorted(content["role"], np.arange(n_roles + 1)).astype(np.int64),
        "opening": _openings(content["ad"], content["place"]),
    }
    return derived | cube_arrays(content, derived["role_start"], k)


def months_of(day: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return months since 1970-01 for days since 1970-01-01; -1 stays -1, being in December 1969."""
    if not len(day):
        return np.empty(0, np.int32)
    # Days repeat: the calendar is asked once for each of them.
    first = int(day.min())
    calendar = np.arange(first, int(day.max()) + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int32)
    return calendar[day - first]


def _sorted_names(column: Column) -> tuple[Array, list[Any]]:
    """Return the codes into the sorted names that postings say, and these names."""
    said = np.flatnonzero(np.bincount(column.codes, minlength=len(column.names)))
    order = sorted(said.tolist(), key=column.names.__getitem__)
    texts = [column.names[code] for code in order]
    is_new = [True, *map(ne, texts, texts[1:])][: len(texts)]
    table = np.zeros(max(len(column.names), 1), np.int32)
    table[order] = np.cumsum(is_new) - 1
    return table[column.codes], list(compress(texts, is_new))


def _other_columns(facts: Facts, day: Array, order: Array) -> dict[str, Array]:
    day = day[order]
    pay = np.asarray(facts.pay, np.float64)[order]
    ad = first_with(facts.ad[order])
    return {
        "day": day,
        "month": months_of(day),
        "pay": np.where(np.isfinite(pay), pay, np.nan),  # one bit pattern for every unknown
        "is_copy": np.asarray(facts.is_copy, np.bool_)[order],
        "ad": ad,
        "key_hash": np.asarray(facts.key_hash, np.uint64)[order],
        "content_key": np.asarray(facts.content_key, np.uint64)[order],
        "spell_start": _spell_starts(ad, day, np.asarray(facts.spell, np.int64)[order]),
    }


def _spell_starts(ad: Array, day: Array, spell: Array) -> Array:
    """Return whether a row is the first of its ad's spell: by day, undated rows last, then by row."""
    starts = np.ones(len(ad), np.bool_)
    several = np.flatnonzero(is_shared(ad))
    latest = np.where(day < 0, np.iinfo(np.int32).max, day)
    ordered = several[order_by(ad[several], spell[several], latest[several])]
    new = np.diff(ad[ordered], prepend=-1) != 0
    new |= np.diff(spell[ordered], prepend=-1) != 0
    starts[ordered] = new
    return starts


def _openings(ad: Array, place: Array) -> Array:
    """Return for each row the first row with the same ad and place: distinct values are openings."""
    opening = np.arange(len(ad), dtype=np.int32)
    several = np.flatnonzero(is_shared(ad))
    ordered = several[order_by(ad[several], place[several])]
    new = np.diff(ad[ordered], prepend=-1) != 0
    new |= np.diff(place[ordered], prepend=-1) != 0
    opening[ordered] = ordered[new][np.cumsum(new) - 1]
    return opening


def _labels(facts: Facts, names: list[str]) -> list[str]:
    """Return one spelling per company: the commonest, then the first by alphabet."""
    postings = np.bincount(facts.company.codes, minlength=len(facts.company.names)).tolist()
    spelled: dict[tuple[str, str], int] = {}
    for name, label, count in zip(facts.company.names, facts.company_label, postings, strict=True):
        spelled[name, label] = spelled.get((name, label), 0) + count
    best: dict[str, tuple[int, str]] = {}
    for (name, label), count in spelled.items():
        best[name] = min(best.get(name, (0, "")), (-count, label))
    return [best[name][1] or name for name in names]
