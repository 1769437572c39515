"""Why the figures of two snapshots differ: each change split into parts that add up to it.

The parts go over from the first run to the second one after the other, in the order of `union.PARTS`, and the
same code counts the figures after each step; a part is the difference that its step made. So the parts add up to
the whole by construction, in exact fractions. What two parts do together belongs to the later one: another
order would split that otherwise, which is why the order is stated. (The same idea as a chained Oaxaca-Blinder or
Kitagawa decomposition.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analytics.measures.cells import reliability
from analytics.snapshot.snapshot import Snapshot
from analytics.snapshot.union import PARTS, State, Union

Array = NDArray[Any]
TOP_SKILLS = 20


class Kind(StrEnum):
    POSTINGS = "postings"
    ADS = "ads"
    SHARE = "share"
    PAY = "pay"
    PROFILE = "profile"


@dataclass(frozen=True)
class Profiles:
    """The profiles of a run: `known` [k] are identities that both runs share, `values` [n, k] the memberships of
    its postings, `fit` names the model that gave them: equal models have equal names."""

    known: tuple[int, ...]
    values: NDArray[np.float32]
    fit: str


@dataclass(frozen=True)
class Comparison:
    """What goes into `attribute` beside the snapshots.

    `carried` [n after, k before]: memberships of the second run's postings by the first run's model; one model for both
    runs needs none. When it is gone, new and changed postings count with the second run's own memberships, and the
    others change with the last part.
    """

    before: Profiles
    after: Profiles
    carried: NDArray[np.float32] | None
    same_parameters: bool


@dataclass(frozen=True)
class Figure:
    """A figure that changed. `steps` are its values before, and after each of PARTS.

    postings, ads: counts, of `role` or of all (None). share: of the role's ads that name `skill`, 0..1. pay: the
    median per year of the ads in `currency`. profile: sum of the ads' memberships in `profile`, in ads.
    `n`: ads behind the figure in both runs (those that state pay in the currency, for pay).
    """

    kind: Kind
    steps: tuple[Fraction, ...]
    n: tuple[int, int]
    role: str | None = None
    skill: str = ""
    currency: str = ""
    profile: int = 0

    @property
    def old(self) -> Fraction:
        return self.steps[0]

    @property
    def new(self) -> Fraction:
        return self.steps[-1]

    @property
    def change(self) -> Fraction:
        return self.new - self.old

    @property
    def parts(self) -> dict[str, Fraction]:
        """Return part -> what it changed, in the order of PARTS; they add up to `change` exactly."""
        return {part: after - before for part, (before, after) in zip(PARTS, pairwise(self.steps), strict=True)}

    @property
    def main_part(self) -> str:
        """Return the part with the largest effect, the first of equals."""
        parts = self.parts
        return max(parts, key=lambda part: abs(parts[part]))


@dataclass(frozen=True)
class Attribution:
    """`figures`: those that changed, by kind and then the largest change first. `compared`: how many were looked at.
    `changes`: `Union.changes`, the number of postings behind the parts."""

    figures: tuple[Figure, ...]
    compared: int
    changes: dict[str, int]


@dataclass(frozen=True)
class Tallies:
    """All counts after some step. By role: postings, ads [r], skills [r, s], pay -> sorted pay in its currency.
    sizes [p]: sums of memberships."""

    postings: Array
    ads: Array
    skills: Array
    pay: tuple[Array, ...]
    sizes: Array


def attribute(before: Snapshot, after: Snapshot, comparison: Comparison) -> Attribution:
    """Return the changed figures of two snapshots, each split into PARTS.

    Compared are postings and ads, the shares of the TOP_SKILLS of either snapshot, in all and in each role, the median
    pay of each role in its main currency, and the sizes of profiles. Shares and medians that would be withheld
    in either run (`measures.cells`) are left out. Exact: counts as integers, shares as fractions.
    """
    counting = _Counting(Union(before, after), comparison)
    steps = counting.all_steps()
    figures = list(_figures(counting, steps))
    order = {kind: place for place, kind in enumerate(Kind)}
    changed = [figure for figure in figures if figure.change]
    changed.sort(key=lambda figure: (order[figure.kind], -abs(figure.change)))
    return Attribution(tuple(changed), len(figures), counting.union.changes)


class _Counting:
    """Counts the same tallies after every step."""

    def __init__(self, union: Union, comparison: Comparison) -> None:
        self.union = union
        self.before, self.after = comparison.before, comparison.after
        # One model for both runs: what it says of the second run's postings is what that run says.
        is_one = self.before.fit == self.after.fit
        self.carried = self.after.values if is_one else comparison.carried
        self.filed_anew = self._differing() if is_one else np.zeros(len(union), np.bool_)
        self.known = tuple(sorted({*comparison.before.known, *comparison.after.known}))
        self.fit_part = "refit" if comparison.same_parameters else "parameters"
        last = union.state(len(PARTS))
        first = union.state(0)
        self.currency = [self._main_currency(role, last, first) for role in range(len(union.roles))]

    def all_steps(self) -> list[Tallies]:
        """Return the tallies before, and after each of PARTS; a part without any change costs nothing."""
        steps = [self._tallies(0)]
        for place, part in enumerate(PARTS):
            is_empty = self.union.is_empty(part) and (part != self.fit_part or self.before.fit == self.after.fit)
            steps.append(steps[-1] if is_empty else self._tallies(place + 1))
        return steps

    def _tallies(self, done: int) -> Tallies:
        state = self.union.state(done)
        roles = len(self.union.roles)
        return Tallies(
            postings=np.bincount(state.role[state.there], minlength=roles),
            ads=np.bincount(state.role[state.ad], minlength=roles),
            skills=self.union.skill_counts(state, done),
            pay=tuple(np.sort(state.pay[self._paid(state, role)]) for role in range(roles)),
            sizes=self._sizes(state, done),
        )

    def _paid(self, state: State, role: int) -> Array:
        paid = np.flatnonzero(state.ad & np.isfinite(state.pay))
        return paid[(state.role[paid] == role) & (state.currency[paid] == self.currency[role])]

    def _main_currency(self, role: int, *states: State) -> int:
        """Return the currency in which most ads of a role state pay, in the first state where any does; -1: none."""
        for state in states:
            paid = state.ad & np.isfinite(state.pay) & (state.role == role)
            if paid.any():
                return int(np.bincount(state.currency[paid]).argmax())
        return -1

    def _sizes(self, state: State, done: int) -> Array:
        """Return the sums of memberships of the ads, by known profile."""
        old, new, union = self.before, self.after, self.union
        if done > PARTS.index(self.fit_part) and old.fit != new.fit:
            return self._summed(new, [(new.values, union.after.row, state.ad)])
        over = self._scored_anew(done)
        stayed = (old.values, union.before.row, state.ad & ~over)
        if self.carried is None:
            return self._summed(old, [stayed]) + self._summed(new, [(new.values, union.after.row, state.ad & over)])
        return self._summed(old, [stayed, (self.carried, union.after.row, state.ad & over)])

    def _scored_anew(self, done: int) -> Array:
        """Return which postings [m] have memberships from the skills of the second snapshot after `done` parts."""
        over = self.union.moved & (done > 0)
        if self.carried is None:
            return over
        by_code, by_taxonomy = self.union.skills_differ["code"], self.union.skills_differ["taxonomy"]
        over |= by_code & (done > PARTS.index("code"))
        over |= (by_taxonomy | self.filed_anew) & ~by_code & (done > PARTS.index("taxonomy"))
        return over

    def _differing(self) -> Array:
        """Return which unchanged postings [m] one model gives other memberships: skills were merged or taken out."""
        rows = np.flatnonzero(~self.union.moved)
        before, after = self.before.values, self.after.values
        differ = np.zeros(len(self.union), np.bool_)
        if not (len(before) and len(after)):  # no profiles, so no memberships
            return differ
        differ[rows] = (before[self.union.before.row[rows]] != after[self.union.after.row[rows]]).any(axis=1)
        return differ

    def _summed(self, profiles: Profiles, sources: Sequence[tuple[Array, Array, Array]]) -> Array:
        """Return the sums of `values[row]` of `which` postings, by known profile."""
        # Laid out in the order of the union first, so that equal rows give equal sums to the last bit.
        laid_out = np.zeros((len(self.union), len(profiles.known)), np.float32)
        for values, row, which in sources:
            places = np.flatnonzero(which) if profiles.known else np.empty(0, np.int64)
            laid_out[places] = values[row[places]]
        sums = np.zeros(len(self.known))
        sums[np.searchsorted(self.known, profiles.known).astype(np.int64)] = laid_out.sum(axis=0, dtype=np.float64)
        return sums


def _figures(counting: _Counting, steps: list[Tallies]) -> Iterator[Figure]:
    ends = steps[0], steps[-1]
    roles = counting.union.roles
    for kind in (Kind.POSTINGS, Kind.ADS):
        counts = [getattr(step, kind) for step in steps]
        n = [step.ads for step in ends]
        yield Figure(kind, _whole(count.sum() for count in counts), (int(n[0].sum()), int(n[1].sum())))
        for role, name in enumerate(roles):
            yield Figure(kind, _whole(c[role] for c in counts), (int(n[0][role]), int(n[1][role])), role=name)
    yield from _shares(counting, steps, None)
    for role in range(len(roles)):
        yield from _shares(counting, steps, role)
        yield from _pay(counting, steps, role)
    n_all = (int(ends[0].ads.sum()), int(ends[1].ads.sum()))
    for column, known in enumerate(counting.known):
        sizes = tuple(Fraction(float(step.sizes[column])) for step in steps)
        yield Figure(Kind.PROFILE, sizes, n_all, profile=known)


def _shares(counting: _Counting, steps: list[Tallies], role: int | None) -> Iterator[Figure]:
    chosen: int | slice = slice(None) if role is None else role
    ads = [int(step.ads[chosen].sum()) for step in steps]
    n = (ads[0], ads[-1])
    if not all(reliability(count).is_shown for count in n):
        return
    counts = [step.skills.sum(axis=0) if role is None else step.skills[role] for step in steps]
    tops = (np.argsort(-count, kind="stable")[:TOP_SKILLS] for count in (counts[0], counts[-1]))
    for skill in sorted({int(code) for top in tops for code in top if counts[0][code] or counts[-1][code]}):
        # On the way a role may be without ads: a share of nothing counts as none.
        shares = tuple(Fraction(int(c[skill]), max(of, 1)) for c, of in zip(counts, ads, strict=True))
        name = None if role is None else counting.union.roles[role]
        yield Figure(Kind.SHARE, shares, n, role=name, skill=counting.union.skills[skill])


def _pay(counting: _Counting, steps: list[Tallies], role: int) -> Iterator[Figure]:
    pays = [step.pay[role] for step in steps]
    n = (len(pays[0]), len(pays[-1]))
    if not all(reliability(count).is_shown for count in n):
        return
    currency = counting.union.currencies[counting.currency[role]]
    medians = tuple(_median(pay) for pay in pays)
    yield Figure(Kind.PAY, medians, n, role=counting.union.roles[role], currency=currency)


def _median(ordered: Array) -> Fraction:
    """Return the median of sorted values, as the mean of the middle two; 0 of none."""
    if not len(ordered):
        return Fraction(0)
    middle = ordered[(len(ordered) - 1) // 2 : len(ordered) // 2 + 1]
    return sum((Fraction(float(value)) for value in middle), start=Fraction(0)) / len(middle)


def _whole(counts: Iterator[Any]) -> tuple[Fraction, ...]:
    return tuple(Fraction(int(count)) for count in counts)
