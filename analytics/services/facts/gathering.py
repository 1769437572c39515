"""The frozen record, and what titles, companies and aliases mean today -> the facts that a snapshot freezes."""

import numpy as np
from django.db import connection

from analytics.services.facts.kept import current_record
from analytics.services.facts.reading import read_everything
from analytics.services.facts.stamps import code_version
from analytics.services.facts.taxonomy import SkillCodes, skill_codes
from analytics.services.facts.titles import TitleMeanings, title_meanings
from analytics.snapshot import Column, Facts, Words
from analytics.snapshot.facts import LEVEL_BITS
from analytics.snapshot.hashes import text_hashes, together
from analytics.snapshot.record import Record
from postings.models import Company, Source
from postings.services import current_lexicon

TABLE_PER_ROW = 8
"""Up to so many ids a row, a table of all ids is looked up: several times faster than searching among the rows."""


def gather_facts() -> Facts:
    """Return everything that a snapshot holds. Memory: about 500 bytes a posting and 12 an alias that it names."""
    # The record first: a posting that is taken in meanwhile may bring a title, but none of these lacks its own.
    return _facts_of(current_record())


def gather_facts_anew() -> Facts:
    """Return the same from the database alone, whatever is kept of it: for comparing."""
    return _facts_of(read_everything())


def _facts_of(record: Record) -> Facts:
    numbers = record.numbers
    titles, codes = title_meanings(), skill_codes()
    title = _places(numbers["title_id"], titles.ids)
    source, source_names = _sources(numbers["source_id"])
    key_hash = together(text_hashes(source_names)[source], numbers["key_hash"])
    company, labels = _companies(numbers["company_id"])
    leader = leaders(numbers["posting_id"], numbers["group_id"], key_hash, representatives())
    return Facts(
        posting_id=numbers["posting_id"],
        key_hash=key_hash,
        content_key=numbers["content_key"],
        role=Column(titles.role.codes[title], titles.role.names),
        title=Column(title, titles.texts),
        company=company,
        company_label=labels,
        seniority=_seniorities(title, titles, record.texts["seniority"]),
        source=Column(source, source_names),
        **{name: record.texts[name] for name in ("country", "place", "language", "remote", "pay_currency")},
        day=numbers["day"],
        pay=numbers["pay"],
        is_copy=leader != np.arange(len(record)),
        ad=leader,
        spell=numbers["spell"],
        words=_words(record, codes),
        skills=codes.labels,
        stamps={
            "lexicon": current_lexicon().stamp,
            "taxonomy": codes.version,
            "titles": titles.version,
            "code": code_version(),
        },
    )


def representatives() -> tuple[np.ndarray, np.ndarray]:
    """Return the ids of the ad groups, ascending, and of the posting that stands for each."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, representative_id FROM postings_adgroup ORDER BY id")
        rows = np.array(cursor.fetchall(), np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


def leaders(
    posting_id: np.ndarray, group_id: np.ndarray, key_hash: np.ndarray, groups: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """Return for each posting the place of the one that stands for its ad, int32 [n]: its own, when that is itself.

    A representative that waits to be read again is not among them. Then the one with the least key hash stands for the
    ad, which would vanish from all figures without it.
    """
    leader = np.arange(len(posting_id), dtype=np.int32)
    grouped = np.flatnonzero(group_id)
    grouped = grouped[np.lexsort((key_hash[grouped], group_id[grouped]))]
    present, first, which = np.unique(group_id[grouped], return_index=True, return_inverse=True)
    stand_in = grouped[first].astype(np.int32)
    by_id = np.argsort(posting_id, kind="stable")
    place = np.searchsorted(groups[0], present)
    known = (place < len(groups[0])) & (np.append(groups[0], 0)[place] == present)
    wanted = np.where(known, np.append(groups[1], 0)[place], 0)
    at = np.searchsorted(posting_id, wanted, sorter=by_id)
    rows = np.append(by_id, 0)[at]
    is_there = (at < len(by_id)) & (np.append(posting_id, -1)[rows] == wanted)
    leader[grouped] = np.where(is_there, rows, stand_in).astype(np.int32)[which]
    return leader


def _places(ids: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Return the place of each id among those that are known, ascending; KeyError for one that is not."""
    if len(known) and known[-1] < TABLE_PER_ROW * len(known):
        table = np.zeros(int(known[-1]) + 1, np.int32)
        table[known] = np.arange(len(known))
        place = table[np.minimum(ids, known[-1])]
    else:
        place = np.searchsorted(known, ids).astype(np.int32)
    strange = np.append(known, -1)[place] != ids
    if strange.any():
        raise KeyError(f"The id {int(ids[strange][0])} is of no row of its table.")
    return place


def _sources(ids: np.ndarray) -> tuple[np.ndarray, list[str]]:
    rows = list(Source.objects.order_by("pk").values_list("pk", "name"))
    return _places(ids, np.array([pk for pk, _ in rows], np.int64)), [name for _, name in rows]


def _companies(ids: np.ndarray) -> tuple[Column, list[str]]:
    """Return the companies that are counted, by key, and how each is spelled; spellings merged by people are one."""
    rows = {
        pk: (key, name, into) for pk, key, name, into in Company.objects.values_list("pk", "key", "name", "merged_into")
    }
    known = [0, *sorted(rows)]
    counted = [("", ""), *(rows[rows[pk][2] or pk][:2] for pk in known[1:])]
    column = Column(_places(ids, np.array(known, np.int64)), [key for key, _ in counted])
    return column, [name for _, name in counted]


def _seniorities(title: np.ndarray, titles: TitleMeanings, stated: Column) -> Column:
    """The title's own word first, else what the posting states in a field of its own."""
    names = titles.seniority.names
    silent = np.array([name == "unspecified" for name in names], np.bool_)
    said = titles.seniority.codes[title]
    codes = np.where(silent[said], len(names) + stated.codes, said)
    return Column(codes.astype(np.int32), [*names, *stated.names])


def _words(record: Record, codes: SkillCodes) -> Words:
    most = int(record.coded.max()) >> LEVEL_BITS if len(record.coded) else 0
    skill_of = np.full(max(len(codes.code_of), most + 1), -1, np.int32)  # an alias may be gone by now
    skill_of[: len(codes.code_of)] = codes.code_of
    return Words(record.indptr, record.coded, skill_of)
