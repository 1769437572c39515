"""Two snapshots on common ground: postings matched by key, names brought to common codes, and every state between.

What differs goes over from the first snapshot to the second one part after the other, in the order of PARTS:

- postings: those in one snapshot only, and those whose content changed, with all their columns and skills;
- copies: whether a posting stands behind another one of its ad;
- taxonomy: which skills a posting names, when the code is the same, or the skill's phrases or kind changed;
- titles: the role of a posting, when the catalogue or a pin changed;
- code: the rest of roles and skills, and whatever else the second code reads otherwise;
- parameters, refit: nothing here; the profiles go over with them.

From "copies" on only postings with the same content are left, so a posting's change has one cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.snapshot.snapshot import Snapshot

Array = NDArray[Any]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int32]

PARTS = ("postings", "copies", "taxonomy", "titles", "code", "parameters", "refit")


@dataclass(frozen=True)
class Side:
    """One snapshot in the order and the codes of the union; `row` [m] is -1 for what it does not hold."""

    row: NDArray[np.int64]
    role: Codes
    currency: Codes
    pay: NDArray[np.float64]
    is_copy: Flags
    pair_posting: Codes
    pair_skill: Codes

    @property
    def there(self) -> Flags:
        return self.row >= 0


@dataclass(frozen=True)
class State:
    """What the figures are counted from when some parts have gone over: `ad` [m] is there and no copy."""

    there: Flags
    ad: Flags
    role: Codes
    currency: Codes
    pay: NDArray[np.float64]


class Union:
    """The m postings of two snapshots, in order of their keys. `moved` [m]: in one only, or of changed content."""

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        keys = np.union1d(before.key_hash, after.key_hash)
        self.roles = _common(before.roles, after.roles)
        self.skills = _common(before.skills, after.skills)
        self.currencies = _common(before.vocabulary("pay_currency"), after.vocabulary("pay_currency"))
        self.before, self.after = self._side(before, keys), self._side(after, keys)
        here, there = self.before.row, self.after.row
        both = (here >= 0) & (there >= 0)
        self.moved: Flags = ~both
        self.moved[both] = before.content_key[here[both]] != after.content_key[there[both]]
        stamps = {name for name in before.stamps if before.stamps[name] != after.stamps.get(name)}
        self.role_part = "titles" if "titles" in stamps else "code"
        self.other_part = "code" if "code" in stamps else "postings"
        self.skill_part = self._skill_parts(before, after, stamps)

    def __len__(self) -> int:
        return len(self.moved)

    def state(self, done: int) -> State:
        """Return the postings when the first `done` of PARTS have gone over."""
        there = self._taken("there", "postings", done)
        return State(
            there=there,
            ad=there & ~self._taken("is_copy", "copies", done),
            role=self._taken("role", self.role_part, done),
            currency=self._taken("currency", self.other_part, done),
            pay=self._taken("pay", self.other_part, done),
        )

    def skill_counts(self, state: State, done: int) -> NDArray[np.int64]:
        """Return how many ads of each role name each skill, [roles, skills]."""
        shape = (len(self.roles), len(self.skills))
        counts = np.zeros(shape[0] * shape[1], np.int64)
        for side, is_after in ((self.before, False), (self.after, True)):
            pairs = state.ad[side.pair_posting]
            pairs &= self._pairs_gone_over(side, done) == is_after
            posting, skill = side.pair_posting[pairs], side.pair_skill[pairs]
            flat = state.role[posting].astype(np.int64) * shape[1] + skill
            counts += np.bincount(flat, minlength=len(counts))
        return counts.reshape(shape)

    @cached_property
    def changes(self) -> dict[str, int]:
        """Return how many postings are new, removed, changed, and of the unchanged: copies, roles, skills."""
        here, there, same = self.before.there, self.after.there, ~self.moved
        return {
            "new": int((there & ~here).sum()),
            "removed": int((here & ~there).sum()),
            "changed": int((self.moved & here & there).sum()),
            "copies": int((same & (self.before.is_copy != self.after.is_copy)).sum()),
            "roles": int((same & (self.before.role != self.after.role)).sum()),
            "skills": int(np.logical_or(*self.skills_differ.values()).sum()),
        }

    @cached_property
    def skills_differ(self) -> dict[str, Flags]:
        """Return which unchanged postings [m] name other skills because of the taxonomy, and because of the code."""
        differ = {}
        for part in ("taxonomy", "code"):
            marks = np.where(self.skill_part == PARTS.index(part), _marks(self.skills), np.uint64(0))
            sums = [self._sum_of_marks(side, marks) for side in (self.before, self.after)]
            differ[part] = ~self.moved & (sums[0] != sums[1])
        return differ

    def is_empty(self, part: str) -> bool:
        """Return whether nothing of the snapshots goes over with `part`."""
        going = {
            "postings": bool(self.moved.any()),
            "copies": bool(self.changes["copies"]),
            **{name: bool(differ.any()) for name, differ in self.skills_differ.items()},
        }
        by_role = part == self.role_part and bool(self.changes["roles"])
        return not (going.get(part) or by_role or (part == self.other_part and self._others_differ))

    # -- inside -----------------------------------------------------------------------------------------

    def _side(self, snapshot: Snapshot, keys: Array) -> Side:
        order = np.argsort(snapshot.key_hash)
        place = np.empty(snapshot.n, np.int32)
        place[order] = np.searchsorted(keys, snapshot.key_hash[order])
        row = np.full(len(keys), -1, np.int64)
        row[place] = np.arange(snapshot.n)

        def spread(column: Array, *, nothing: Any) -> Array:
            wide = np.full(len(keys), nothing, column.dtype)
            wide[place] = column
            return wide

        role = _recoded(snapshot.roles, self.roles)[snapshot.role]
        currency = _recoded(snapshot.vocabulary("pay_currency"), self.currencies)[snapshot.pay_currency]
        return Side(
            row=row,
            role=spread(role, nothing=0),
            currency=spread(currency, nothing=0),
            pay=spread(snapshot.pay, nothing=np.nan),
            is_copy=spread(snapshot.is_copy, nothing=False),
            pair_posting=np.repeat(place, np.diff(snapshot.indptr)),
            pair_skill=_recoded(snapshot.skills, self.skills)[snapshot.pair_skill],
        )

    def _skill_parts(self, before: Snapshot, after: Snapshot, stamps: set[str]) -> Array:
        """Return for each skill the place in PARTS with which it goes over on unchanged postings."""
        taxonomy, code = PARTS.index("taxonomy"), PARTS.index("code")
        if "code" not in stamps:
            return np.full(len(self.skills), taxonomy)
        if not stamps & {"lexicon", "taxonomy"}:
            return np.full(len(self.skills), code)
        labels = [{label.name: (label.kind, label.words) for label in one.skill_labels} for one in (before, after)]
        is_same = [labels[0].get(name) == labels[1].get(name) for name in self.skills]
        return np.where(is_same, code, taxonomy)

    def _taken(self, column: str, part: str, done: int) -> Array:
        over = np.where(self.moved, done > 0, done > PARTS.index(part))
        return np.where(over, getattr(self.after, column), getattr(self.before, column))

    def _pairs_gone_over(self, side: Side, done: int) -> Flags:
        """Return for each pair of `side` whether its posting's skill is the second snapshot's by now."""
        return np.where(self.moved[side.pair_posting], done > 0, (self.skill_part < done)[side.pair_skill])

    def _sum_of_marks(self, side: Side, marks: Array) -> Array:
        sums = np.zeros(len(self) + 1, np.uint64)
        # The pairs of a posting stand together, so a running sum (modulo 2^64) gives the sum of each.
        running = np.concatenate((np.zeros(1, np.uint64), np.cumsum(marks[side.pair_skill])))
        starts = np.flatnonzero(np.diff(side.pair_posting, prepend=-1))
        ends = np.append(starts[1:], len(side.pair_posting))[: len(starts)]
        sums[side.pair_posting[starts]] = running[ends] - running[starts]
        return sums[:-1]

    @cached_property
    def _others_differ(self) -> bool:
        same = ~self.moved
        pay = np.array_equal(self.before.pay[same], self.after.pay[same], equal_nan=True)
        return not pay or bool((self.before.currency[same] != self.after.currency[same]).any())


def _common(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({*first, *second}))


def _recoded(names: Sequence[str], common: Sequence[str]) -> Codes:
    code_of = {name: code for code, name in enumerate(common)}
    return np.array([code_of[name] for name in names], np.int32)


def _marks(names: Sequence[str]) -> NDArray[np.uint64]:
    """Return a number for each name such that equal sums mean equal sets, but for one chance in 2^64."""
    digests = b"".join(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest() for name in names)
    return np.frombuffer(digests, "<u8").copy()
