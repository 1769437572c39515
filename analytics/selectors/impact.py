"""What an edit of the taxonomy or of titles would do to the published figures; nothing is written, no text is read.

What does not change is counted in the published snapshot. What the edit is about is counted anew, from the frozen
record: which posting names which alias. So the figures before and after are those of the runs before and after.
"""

import logging
import time
from collections.abc import Iterator

import numpy as np

from analytics.measures import Overlap, recounted, reliability
from analytics.selectors.counted import tally
from analytics.selectors.counted_skills import role_skills
from analytics.selectors.impact_notes import notes_of
from analytics.selectors.impact_rows import Rewritten, rewritten
from analytics.selectors.published import published
from analytics.selectors.role_names import NOT_IN_CATALOGUE, role_label
from analytics.snapshot import Snapshot
from analytics.snapshot.record import DamagedRecord
from postings.impact import Edit, Impact, RoleImpact, ShareChange

logger = logging.getLogger(__name__)

TOP = 20
MOST_CHANGES = 12


def edit_impact(edit: Edit) -> Impact | None:
    """Return what `edit` would do to the published figures, None without a run or without its frozen record."""
    began = time.monotonic()
    shown = published()
    if shown is None:
        return None
    try:
        by_role, over_all, found = recounted_by(shown.snapshot, edit)
    except DamagedRecord as damaged:
        logger.warning("impact: none is told: %s", damaged)
        return None
    return Impact(
        run=shown.run.pk,
        postings=found.postings,
        ads=found.ads,
        roles=tuple(_roles(by_role, found)),
        largest=tuple(_largest(by_role, over_all, found)),
        notes=notes_of(edit, shown, found),
        seconds=round(time.monotonic() - began, 3),
    )


def recounted_by(snapshot: Snapshot, edit: Edit) -> tuple[Overlap, Overlap, Rewritten]:
    """Return the shares by role and over all ads, before and after, and what the edit changes; raises DamagedRecord.

    Lines are the roles, columns the skills of what is returned last: those of the snapshot and then new ones.
    """
    found = rewritten(snapshot, edit)
    everything = snapshot.everything
    named = np.zeros((len(found.roles), len(found.skills)), np.int64)
    known = role_skills(snapshot, everything).sum(axis=2, dtype=np.int64)
    named[: known.shape[0], : known.shape[1]] = known
    ads = np.zeros(len(found.roles), np.int64)
    ads[: known.shape[0]] = tally(snapshot, everything, "role")
    return *recounted(ads, named, found.edited), found


def _roles(by_role: Overlap, found: Rewritten) -> Iterator[RoleImpact]:
    """Yield the roles whose top 20 or size changes, the largest first; those too small to be shown are left out."""
    sizes, after = by_role.n[:, 0], by_role.n_after[:, 0]
    changed = (sizes != after) | (by_role.named != by_role.named_after).any(axis=1)
    by_name = np.argsort(np.array(found.skills, object), kind="stable")
    for code in np.argsort(-np.maximum(sizes, after), kind="stable"):
        n, n_after = int(sizes[code]), int(after[code])
        if not changed[code] or found.roles[code] in NOT_IN_CATALOGUE or not reliability(max(n, n_after)).is_shown:
            continue
        tops = [_top(counts[code], by_name) for counts in (by_role.named, by_role.named_after)]
        names = [tuple(found.skills[skill] for skill in top) for top in tops]
        entered = tuple(name for name in names[1] if name not in names[0])
        left = tuple(name for name in names[0] if name not in names[1])
        if entered or left or n != n_after:
            yield RoleImpact(role_label(found.roles[code]), n, n_after, entered, left)


def _top(counts: np.ndarray, by_name: np.ndarray) -> list[int]:
    """Return the commonest skills that are named at all, equals by name."""
    order = by_name[np.argsort(-counts[by_name], kind="stable")[:TOP]]
    return [int(skill) for skill in order if counts[skill]]


def _largest(by_role: Overlap, over_all: Overlap, found: Rewritten) -> Iterator[ShareChange]:
    """Yield the surest large changes of shares, of roles and of all ads; what would be withheld is left out.

    In the order of the end of the interval that lies nearer to zero, so that a role of few ads does not lead by luck. A
    skill that no ad would name any more is told of once, over all ads: it goes from every role alike.
    """
    stacked = Overlap(*(np.vstack(pair) for pair in zip(vars(by_role).values(), vars(over_all).values(), strict=True)))
    is_told = _is_told(stacked, found.roles)
    is_told[:-1] &= stacked.named_after[-1] > 0
    places = np.flatnonzero(is_told & (np.nan_to_num(stacked.change) != 0))
    changes = stacked.at(places)
    low, high = changes.interval()
    surely = np.where(low * high > 0, np.minimum(np.abs(low), np.abs(high)), 0.0)
    names = [*map(role_label, found.roles), ""]
    for at in np.lexsort((places, -np.abs(changes.change), -surely))[:MOST_CHANGES]:
        role, skill = divmod(int(places[at]), len(found.skills))
        n, n_after = int(changes.n[at]), int(changes.n_after[at])
        shares = (int(changes.named[at]) / n, int(changes.named_after[at]) / n_after, float(changes.change[at]))
        yield ShareChange(names[role], found.skills[skill], n, n_after, *shares, float(low[at]), float(high[at]))


def _is_told(stacked: Overlap, roles: tuple[str, ...]) -> np.ndarray:
    """Return [lines, skills]: whether shares are shown; of every role of our catalogue and, last, of all ads."""
    lines = [*(role not in NOT_IN_CATALOGUE for role in roles), True]
    sizes = np.minimum(stacked.n[:, 0], stacked.n_after[:, 0])
    shown = np.array(lines) & np.array([reliability(int(n)).is_shown for n in sizes])
    return np.repeat(shown[:, None], stacked.n.shape[1], axis=1)
