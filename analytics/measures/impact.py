"""What an edit would do to the shares of skills: the same ads, counted as they are read now and as they would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.measures.intervals import difference_interval, wilson_interval

CELLS = 1 << 26
"""Of a table of postings and skills, how many are looked at at once."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pairs:
    """Ads and the skills that they name: ad `row[i]` names the skill in column `column[i]`, each pair once."""

    row: Ints
    column: Ints


@dataclass(frozen=True)
class Overlap:
    """Shares of two sets of ads, the second as the first would be: arrays of one shape, one entry a share.

    Of `n` ads `named` name the skill, of `n_after` ads `named_after` do. `n_both` ads are in both sets; of these
    `both_before` name it before, `both_after` after, and `both` do at both times.
    """

    n: Ints
    named: Ints
    n_after: Ints
    named_after: Ints
    n_both: Ints
    both_before: Ints
    both_after: Ints
    both: Ints

    @property
    def change(self) -> Floats:
        """Return share after less share before, -1..1; nan where either has no ads."""
        known = (self.n > 0) & (self.n_after > 0)
        change = self.named_after / np.maximum(self.n_after, 1) - self.named / np.maximum(self.n, 1)
        return np.where(known, change, np.nan)

    def at(self, places: ArrayLike) -> Overlap:
        """Return those at some flat places."""
        return Overlap(*(values.reshape(-1)[places] for values in vars(self).values()))

    def interval(self) -> tuple[Floats, Floats]:
        """Return (low, high) of each change, 95%.

        Where all ads stayed and the edit only adds ads that name the skill, or only takes some, the change is itself
        a share of the ads, with Wilson's interval (1927). Otherwise Newcombe's for paired shares (1998, Statistics in
        Medicine 17:2635, method 10): Wilson's ends squared and added, with the correlation of the two shares, which is
        the sum over ads in both of (y1 - p1)(y2 - p2), a positive one less 1/2 and 0 at least, divided by
        sqrt(n1 p1 (1 - p1) n2 p2 (1 - p2)). Where all ads are in both, that is phi.
        """
        low, high = difference_interval(
            (self.named, self.n), (self.named_after, self.n_after), correlation=self._correlation()
        )
        gained, lost = self.named_after - self.both, self.named - self.both
        stayed = (self.n == self.n_both) & (self.n_after == self.n_both)
        least, most = wilson_interval(np.where(stayed, np.maximum(gained, lost), 0), np.where(stayed, self.n, 0))
        adds, takes = stayed & (lost == 0), stayed & (gained == 0) & (lost > 0)
        low = np.where(adds, least, np.where(takes, -most, low))
        return low, np.where(adds, most, np.where(takes, -least, high))

    def _correlation(self) -> Floats:
        p1, p2 = self.named / np.maximum(self.n, 1), self.named_after / np.maximum(self.n_after, 1)
        together = self.both - p2 * self.both_before - p1 * self.both_after + self.n_both * p1 * p2
        together = np.where(together > 0, np.maximum(together - 0.5, 0.0), together)
        spread = np.sqrt(self.n * p1 * (1 - p1) * self.n_after * p2 * (1 - p2))
        found = np.divide(together, spread, out=np.zeros(spread.shape), where=spread > 0)
        return np.clip(found, -1.0, 1.0)


@dataclass(frozen=True)
class Compared:
    """Pairs before and after, each once; `lost` are those that are no more. `touched` [n]: whose pairs are others."""

    had: Pairs
    has: Pairs
    lost: Pairs
    touched: NDArray[np.bool_]


@dataclass(frozen=True)
class Edited:
    """What an edit changes, over ads (copies left out).

    `columns`: those of the skills that it is about; `had`, `has`, `lost`: their pairs, as in Compared. `movers`: ads
    whose role changes, ascending; `others`: the pairs of movers with all other skills. `role` and `role_after`: the
    role of every posting of the snapshot.
    """

    columns: Ints
    had: Pairs
    has: Pairs
    lost: Pairs
    role: Ints
    role_after: Ints
    movers: Ints
    others: Pairs


def compared_pairs(before: Pairs, after: Pairs, *, columns: Ints, n: int) -> Compared:
    """Return the pairs of `n` postings with the skills in `columns`, ascending, before and after.

    They may come in any order and more than once. Memory: two bytes for each posting and column, 128 MB at most.
    """
    parts: list[tuple[Pairs, Pairs, Pairs]] = []
    touched = np.zeros(n, np.bool_)
    step = max(CELLS // max(n, 1), 1)
    for block in (columns[first : first + step] for first in range(0, len(columns), step)):
        had, has = _marked(before, block, n), _marked(after, block, n)
        touched |= (had != has).any(axis=0)
        parts.append((_pairs_in(had, block), _pairs_in(has, block), _pairs_in(had & ~has, block)))
    joined = [_joined([part[at] for part in parts]) for at in range(3)]
    return Compared(joined[0], joined[1], joined[2], touched)


def _marked(pairs: Pairs, block: Ints, n: int) -> NDArray[np.bool_]:
    """Return [columns of block, n]: which posting names which skill."""
    marks = np.zeros((len(block), n), np.bool_)
    inside = (pairs.column >= block[0]) & (pairs.column <= block[-1])
    line_of = np.zeros(int(block[-1]) + 1, np.int64)
    line_of[block] = np.arange(len(block))
    marks.reshape(-1)[line_of[pairs.column[inside]] * n + pairs.row[inside]] = True
    return marks


def _pairs_in(marks: NDArray[np.bool_], block: Ints) -> Pairs:
    rows = [np.flatnonzero(line) for line in marks]  # several times faster than to look for both places at once
    return Pairs(np.concatenate(rows), np.repeat(block, [len(row) for row in rows]))


def _joined(parts: Sequence[Pairs]) -> Pairs:
    none = np.empty(0, np.int64)
    return Pairs(
        np.concatenate([none, *(part.row for part in parts)]), np.concatenate([none, *(part.column for part in parts)])
    )


def recounted(ads: Ints, named: Ints, edited: Edited) -> tuple[Overlap, Overlap]:
    """Return the shares of each role [roles, skills], and those of all ads [1, skills], before and after.

    `ads` [roles] and `named` [roles, skills] are the counts before; columns of the edited skills are counted anew.
    """
    shape = named.shape
    role, role_after, others = edited.role, edited.role_after, edited.others
    before, after = named.copy(), named.copy()
    before[:, edited.columns] = _table(role, edited.had, shape)[:, edited.columns]
    after[:, edited.columns] = _table(role_after, edited.has, shape)[:, edited.columns]
    out, into = _table(role, others, shape), _table(role_after, others, shape)
    after += into - out
    moves = np.zeros(len(role), np.bool_)
    moves[edited.movers] = True
    left = out + _table(role, _of(edited.had, moves), shape)
    joined = into + _table(role_after, _of(edited.has, moves), shape)
    lost = edited.lost
    gone = np.bincount(role[edited.movers], minlength=shape[0])
    come = np.bincount(role_after[edited.movers], minlength=shape[0])
    by_role = Overlap(
        n=_spread(ads, shape),
        named=before,
        n_after=_spread(ads - gone + come, shape),
        named_after=after,
        n_both=_spread(ads - gone, shape),
        both_before=before - left,
        both_after=after - joined,
        both=before - left - _table(role, _of(lost, ~moves), shape),
    )
    every, all_before, all_after = np.array([ads.sum()]), before.sum(axis=0)[None], after.sum(axis=0)[None]
    kept = all_before - np.bincount(lost.column, minlength=shape[1])[None]
    n = _spread(every, all_before.shape)
    return by_role, Overlap(n, all_before, n, all_after, n, all_before, all_after, kept)


def _table(role: Ints, pairs: Pairs, shape: tuple[int, ...]) -> Ints:
    cells = role[pairs.row] * shape[1] + pairs.column
    return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)


def _of(pairs: Pairs, chosen: NDArray[np.bool_]) -> Pairs:
    keep = chosen[pairs.row]
    return Pairs(pairs.row[keep], pairs.column[keep])


def _spread(counts: Ints, shape: tuple[int, ...]) -> Ints:
    return np.broadcast_to(counts[:, None], shape)
