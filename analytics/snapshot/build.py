"""Facts -> the arrays of a snapshot, in one canonical order.

Layout. Names are sorted and numbered, skills by name, postings by (role, day, key); a posting's skills by
code. So the same facts give the same bytes, whatever order they came in and however many threads ran.

- columns, one entry per posting: codes of the text columns (int32), `day`, `month` (since 1970-01, -1
  unknown), `pay`, `pay_currency`, `is_copy`, `ad` (row of the first posting of the same ad), `spell_start`, `key_hash`,
  `content_key`;
- postings x skills as CSR: `indptr`, `pair_skill`, `pair_level`, and `pair_code` = 3 * skill + level,
  which lets one bincount give all levels at once;
- its inverted index, skill -> rows: `inv_indptr`, `inv_row`, `inv_level`;
- `newest`, the rows from the newest to the oldest; `role_start`, where each role begins; `opening`, the
  first row with the same ad and place;
- the prefix cubes of `cube.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.cube import cube_arrays
from analytics.snapshot.facts import LEVELS, TEXT_COLUMNS, UNKNOWN_DAY, Facts
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
    codes, names = _coded_columns(facts)
    day = np.maximum(np.asarray(facts.day, np.int32), UNKNOWN_DAY)
    order = _canonical_order(codes["role"], day, facts.key)
    day = day[order]
    content: dict[str, Array] = {name: column[order] for name, column in codes.items()}
    content |= {
        "day": day,
        "month": months_of(day),
        "pay": _clean_pay(facts.pay)[order],
        "is_copy": np.asarray(facts.is_copy, np.bool_)[order],
        "ad": _ads(facts.ad, order),
        "key_hash": _key_hashes(facts.key)[order],
        "content_key": np.asarray(facts.content_key, np.uint64)[order],
    }
    content["spell_start"] = _spell_starts(content["ad"], content["day"], facts.spell, order)
    content |= _pairs(facts, order)
    names["skill"] = [[s.name, s.kind, sorted(set(s.groups)), s.words] for s in sorted(facts.skills, key=_by_name)]
    return Layout(
        content=content,
        derived=_derived(content, len(names["role"]), len(facts.skills)),
        local={"posting_id": np.asarray(facts.posting_id, np.int64)[order]},
        names=names,
        local_names={"company_label": _labels(facts.company, facts.company_label, names["company"])},
        stamps=dict(sorted(facts.stamps.items())),
    )


def months_of(day: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return months since 1970-01 for days since 1970-01-01; -1 stays -1, being in December 1969."""
    return day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int32)


def _by_name(skill: Any) -> str:
    return str(skill.name)


def _coded_columns(facts: Facts) -> tuple[dict[str, Array], dict[str, list[Any]]]:
    codes: dict[str, Array] = {}
    names: dict[str, list[Any]] = {}
    for column in TEXT_COLUMNS:
        values = getattr(facts, column) if len(getattr(facts, column)) else [""] * facts.n
        names[column] = sorted(set(values))
        code_of = {name: code for code, name in enumerate(names[column])}
        codes[column] = np.fromiter(map(code_of.__getitem__, values), np.int32, facts.n)
    return codes, names


def _canonical_order(role: Array, day: Array, keys: Sequence[str]) -> Array:
    by_key = np.asarray(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)
    return by_key[np.lexsort((day[by_key], role[by_key]))]  # lexsort is stable, so ties stay by key


def _clean_pay(pay: Array) -> Array:
    values = np.asarray(pay, np.float64)
    return np.where(np.isfinite(values), values, np.nan)  # one bit pattern for every unknown


def _ads(ads: Sequence[str], order: Array) -> Array:
    """Return for each row the first row that carries the same ad: free of how the ad was named."""
    rows = np.arange(len(order), dtype=np.int32)
    if not len(ads):
        return rows
    first: dict[str, int] = {}
    return np.fromiter((first.setdefault(ads[i], row) for row, i in enumerate(order)), np.int32, len(order))


def _spell_starts(ad: Array, day: Array, spells: Sequence[int], order: Array) -> Array:
    """Return whether a row is the first of its ad's spell: by day, undated rows last, then by row."""
    spell = np.asarray(spells, np.int64)[order] if len(spells) else np.zeros(len(order), np.int64)
    latest = np.where(day < 0, np.iinfo(np.int32).max, day)
    ordered = np.lexsort((latest, spell, ad))
    new = np.diff(ad[ordered], prepend=-1) != 0
    new |= np.diff(spell[ordered], prepend=-1) != 0
    starts = np.zeros(len(order), np.bool_)
    starts[ordered[new]] = True
    return starts


def _key_hashes(keys: Sequence[str]) -> Array:
    digests = b"".join(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest() for key in keys)
    return np.frombuffer(digests, "<u8")


def _labels(companies: Sequence[str], labels: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return one spelling per company: the commonest, then the first by alphabet."""
    spellings = Counter(zip(companies, labels, strict=True))
    best: dict[str, tuple[int, str]] = {}
    for (company, label), count in spellings.items():
        best[company] = min(best.get(company, (0, "")), (-count, label))
    return [best[name][1] or name for name in names]


def _pairs(facts: Facts, order: Array) -> dict[str, Array]:
    n, k = facts.n, len(facts.skills)
    row_of = np.empty(n, np.int32)
    row_of[order] = np.arange(n, dtype=np.int32)
    skill_of = np.empty(k, np.int32)
    skill_of[sorted(range(k), key=lambda i: facts.skills[i].name)] = np.arange(k, dtype=np.int32)
    row, skill, level = _sorted_triples(
        row_of[facts.pair_posting], skill_of[facts.pair_skill], np.asarray(facts.pair_level), k
    )
    return {"indptr": _pointers(row, n), "pair_skill": skill, "pair_level": level}


def _sorted_triples(major: Array, minor: Array, level: Array, size: int) -> tuple[Array, Array, Array]:
    """Return triples ordered by (major, minor), each pair once with its strongest level; `minor` < size."""
    bits = max(size - 1, 1).bit_length()
    # One number per triple: sorting values is several times faster than sorting an index.
    packed = (major.astype(np.int64) << (bits + 2)) | (minor.astype(np.int64) << 2) | level
    packed.sort()
    pair = packed >> 2
    packed = packed[np.append(pair[1:] != pair[:-1], True)[: len(pair)]]  # the strongest of equals is last
    minor = ((packed >> 2) & ((1 << bits) - 1)).astype(np.int32)
    return (packed >> (bits + 2)).astype(np.int32), minor, (packed & 3).astype(np.int8)


def _derived(content: dict[str, Array], n_roles: int, k: int) -> dict[str, Array]:
    n = len(content["day"])
    row = np.repeat(np.arange(n, dtype=np.int32), np.diff(content["indptr"]))
    skill, level = content["pair_skill"], content["pair_level"]
    inv_skill, inv_row, inv_level = _sorted_triples(skill, row, level, n)
    derived: dict[str, Array] = {
        "pair_code": skill * np.int32(LEVELS) + level,
        "inv_indptr": _pointers(inv_skill, k),
        "inv_row": inv_row,
        "inv_level": inv_level,
        "newest": np.argsort(-content["day"], kind="stable").astype(np.int32),
        "role_start": np.searchsorted(content["role"], np.arange(n_roles + 1)).astype(np.int64),
        "opening": _openings(content["ad"], content["place"]),
    }
    return derived | cube_arrays(content, derived, k)


def _openings(ad: Array, place: Array) -> Array:
    """Return for each row the first row with the same ad and place: distinct values are openings."""
    _, first, which = np.unique(ad.astype(np.int64) << 32 | place, return_index=True, return_inverse=True)
    return first[which].astype(np.int32)


def _pointers(codes: Array, size: int) -> Array:
    counts = np.bincount(codes, minlength=size)
    narrow = len(codes) < np.iinfo(np.int32).max
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32 if narrow else np.int64)
