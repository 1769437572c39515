"""Which postings would name other skills, or have another role, after an edit: alias by alias, row by row."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db.models import Q

from analytics.archive import record_files
from analytics.measures import Edited, Pairs, compared_pairs
from analytics.selectors.counted_skills import skills_of
from analytics.snapshot import Snapshot
from analytics.snapshot.record import DamagedRecord, aliases_held
from analytics.titles import UNKNOWN
from postings.impact import Edit, NewAlias
from postings.models import Alias, Skill, Title
from postings.selectors.new_phrases import Holders, holders_of

NOTHING = -1
TRIES = 3
TABLE_PER_ROW = 8
"""Up to so many ids a row, a table of all ids is looked up: several times faster than searching among the rows."""


@dataclass(frozen=True)
class Rewritten:
    """What an edit changes. `roles` and `skills` are those of the snapshot, and then those that the edit brings.

    `postings` would name other skills or have another role, `ads` of them are no copies. `found`: where new phrases
    stand.
    """

    roles: tuple[str, ...]
    skills: tuple[str, ...]
    edited: Edited
    postings: int
    ads: int
    found: tuple[Holders, ...]


def rewritten(snapshot: Snapshot, edit: Edit) -> Rewritten:
    """Return what `edit` changes in the postings of the snapshot; raises DamagedRecord without a frozen record."""
    meanings = Meanings(snapshot, edit)
    columns = np.array(meanings.columns, np.int64)
    before, after, found = _pairs(snapshot, meanings)
    compared = compared_pairs(before, after, columns=columns, n=snapshot.n)
    roles, role_after = _roles_after(snapshot, edit)
    role = snapshot.role.astype(np.int64)
    is_ad = ~snapshot.is_copy
    movers = np.flatnonzero((role != role_after) & is_ad)
    edited = Edited(
        columns=columns,
        had=_of_ads(compared.had, is_ad),
        has=_of_ads(compared.has, is_ad),
        lost=_of_ads(compared.lost, is_ad),
        role=role,
        role_after=role_after,
        movers=movers,
        others=_others(snapshot, movers, columns),
    )
    touched = compared.touched | (role != role_after)
    postings, ads = int(np.count_nonzero(touched)), int(np.count_nonzero(touched & is_ad))
    return Rewritten(roles, meanings.names, edited, postings, ads, found)


class Meanings:
    """What the aliases name before and after an edit, as columns: the skills of the snapshot, then new ones."""

    def __init__(self, snapshot: Snapshot, edit: Edit) -> None:
        self.edit = edit
        self._codes = {name: code for code, name in enumerate(snapshot.skills)}
        edited = {*edit.moved, *edit.removed, *edit.narrowed}
        named = set(Alias.objects.filter(pk__in=edited).values_list("skill_id", flat=True))
        named |= {skill for skill in edit.moved.values() if skill is not None and skill > 0}
        named |= {*edit.hidden, *edit.shown} | {alias.skill for alias in edit.added if alias.skill is not None}
        known = Skill.objects.filter(Q(pk__in=named) | Q(merged__in=named)).distinct()
        self._skills = {pk: (name, hidden) for pk, name, hidden in known.values_list("pk", "name", "is_hidden")}
        merged = Skill.objects.filter(Q(pk__in=named) | Q(merged_into__in=self._skills)).exclude(merged_into=None)
        self._into = dict(merged.values_list("pk", "merged_into_id"))
        aliases = Alias.objects.filter(skill__in=[*self._skills, *self._into]).values_list("pk", "skill_id")
        self.before: dict[int, int] = {}
        self.after: dict[int, int] = {}
        for alias, skill in aliases:
            self.before[alias] = self._before(skill)
            self.after[alias] = NOTHING if alias in edit.removed else self._after(edit.moved.get(alias, skill))
        self.added = [self._added(alias) for alias in edit.added]

    @property
    def columns(self) -> list[int]:
        """The columns of all skills that the edit is about, ascending."""
        return sorted({*self.before.values(), *self.after.values(), *self.added} - {NOTHING})

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._codes)

    @cached_property
    def tables(self) -> tuple[np.ndarray, np.ndarray]:
        """The columns before and after by alias id; NOTHING for aliases that the edit is not about."""
        tables = np.full((2, max(self.before, default=0) + 1), NOTHING, np.int64)
        for table, columns in zip(tables, (self.before, self.after), strict=True):
            table[list(columns)] = list(columns.values())
        return tables[0], tables[1]

    def _before(self, skill: int) -> int:
        name, is_hidden = self._skills[self._into.get(skill, skill)]
        return NOTHING if is_hidden else self._column(name)

    def _after(self, skill: int | None) -> int:
        if skill is None:
            return NOTHING
        if skill < 0:
            return self._column(self.edit.new_skills[skill])
        kept = self._into.get(skill, skill)
        name, is_hidden = self._skills[kept]
        is_shown = kept in self.edit.shown or not (is_hidden or kept in self.edit.hidden)
        return self._column(name) if is_shown else NOTHING

    def _added(self, alias: NewAlias) -> int:
        return self._column(alias.skill_name) if alias.skill is None else self._after(alias.skill)

    def _column(self, name: str) -> int:
        return self._codes.setdefault(name, len(self._codes))


def _row_finder(snapshot: Snapshot) -> Callable[[np.ndarray], np.ndarray]:
    """Return what tells the row of each of some posting ids, NOTHING for a posting that the snapshot does not hold."""
    ids = snapshot.posting_id
    last = int(ids.max()) if len(ids) else 0
    if last < TABLE_PER_ROW * len(ids):
        table = np.full(last + 2, NOTHING, np.int64)  # the last one is of ids beyond
        table[ids] = np.arange(len(ids))
        return lambda wanted: table[np.minimum(wanted, last + 1)]
    order = np.argsort(ids, kind="stable")

    def find(wanted: np.ndarray) -> np.ndarray:
        rows = np.append(order, 0)[np.searchsorted(ids, wanted, sorter=order)]
        return np.where(np.append(ids, NOTHING)[rows] == wanted, rows, NOTHING)

    return find


def _pairs(snapshot: Snapshot, meanings: Meanings) -> tuple[Pairs, Pairs, tuple[Holders, ...]]:
    """Return which rows name which of the edited skills, before and after, and where new phrases stand."""
    rows_of = _row_finder(snapshot)
    before, after = meanings.tables
    posting, alias = _held((before != NOTHING) | (after != NOTHING))
    row = rows_of(posting)
    kept = np.where(_loses_its_language(snapshot, meanings.edit, row, alias), NOTHING, after[alias])
    found = holders_of(meanings.edit.added)
    new_rows = [rows_of(holders.ids) for holders in found]
    new_columns = [np.full(len(new), meanings.added[at]) for at, new in enumerate(new_rows)]
    after_row, after_column = np.concatenate([row, *new_rows]), np.concatenate([kept, *new_columns])
    return _known(row, before[alias]), _known(after_row, after_column), found


def _loses_its_language(snapshot: Snapshot, edit: Edit, row: np.ndarray, alias: np.ndarray) -> np.ndarray:
    """Tell for each pair of row and alias whether the alias would be read no more in the language of the posting."""
    loses = np.zeros(len(row), bool)
    languages = snapshot.vocabulary("language")
    for pk, codes in edit.narrowed.items():
        left = [code for code, language in enumerate(languages) if language in codes.split()]
        loses |= (alias == pk) & np.isin(np.append(snapshot.language, NOTHING)[row], left)
    return loses


def _known(row: np.ndarray, column: np.ndarray) -> Pairs:
    known = (row != NOTHING) & (column != NOTHING)
    return Pairs(row[known], column[known])


def _held(wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return which postings hold which of the wanted aliases; the record may be replaced while it is read."""
    if not wanted.any():
        return np.empty(0, np.int64), np.empty(0, np.int64)
    for _ in range(TRIES - 1):
        try:
            return aliases_held(record_files(), wanted)
        except DamagedRecord:
            continue
    return aliases_held(record_files(), wanted)


def _of_ads(pairs: Pairs, is_ad: np.ndarray) -> Pairs:
    keep = is_ad[pairs.row]
    return Pairs(pairs.row[keep], pairs.column[keep])


def _others(snapshot: Snapshot, movers: np.ndarray, columns: np.ndarray) -> Pairs:
    lengths, skills = skills_of(snapshot, movers.astype(np.int32))
    keep = ~np.isin(skills, columns)
    return Pairs(np.repeat(movers, lengths)[keep], skills[keep].astype(np.int64))


def _roles_after(snapshot: Snapshot, edit: Edit) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the names of all roles, and the role of each row after the edit."""
    codes = {name: code for code, name in enumerate(snapshot.roles)}
    role_of = np.full(len(snapshot.titles), NOTHING, np.int64)
    for title, text in Title.objects.filter(pk__in=edit.titles).values_list("pk", "text"):
        code = snapshot.code("title", text)
        if code is not None:
            role_of[code] = codes.setdefault(edit.titles[title] or UNKNOWN, len(codes))
    filed = role_of[snapshot.title] if len(role_of) else np.empty(0, np.int64)
    return tuple(codes), np.where(filed == NOTHING, snapshot.role, filed)
