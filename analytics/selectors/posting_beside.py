"""A posting beside the others of its role: what it asks for as they do, what it leaves out, what only it asks for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.figures import number, percent
from analytics.measures import ASKED_FROM, WITHHELD_BELOW
from analytics.questions import Question
from analytics.selectors.links import postings_url, role_url
from analytics.selectors.published import Published
from analytics.selectors.role_names import NOT_IN_CATALOGUE, role_within
from analytics.selectors.selected import selected
from analytics.selectors.shares import shares_of
from analytics.snapshot import SkillCounts, Snapshot
from analytics.snapshot.facts import LEVELS

RARE_BELOW = 0.02
MOST = 10


@dataclass(frozen=True)
class SkillBeside:
    """`share` of the role's postings name the skill; `url` lists them."""

    name: str
    share: str
    url: str


@dataclass(frozen=True)
class Beside:
    """`sentence` says how many of the role's usual skills it names; `missing` are the others, `unusual` its own."""

    role: str
    role_url: str
    sentence: str
    missing: tuple[SkillBeside, ...]
    unusual: tuple[SkillBeside, ...]


def beside_its_role(shown: Published | None, row: int | None, asked: Question) -> Beside | None:
    """Return the posting beside its role, over the whole run; None where there is no role or too few of it."""
    if shown is None or row is None:
        return None
    snapshot = shown.snapshot
    role = snapshot.roles[snapshot.role[row]]
    question = asked.cleared().narrowed(role=role)
    counts = snapshot.skill_counts(selected(snapshot, question.filter))
    if role in NOT_IN_CATALOGUE or counts.n < WITHHELD_BELOW:
        return None
    share = counts.any / counts.n
    named = np.zeros(len(share), np.bool_)
    named[snapshot.pair_code[snapshot.indptr[row] : snapshot.indptr[row + 1]] // LEVELS] = True
    usual = share >= ASKED_FROM
    missing, unusual = np.flatnonzero(usual & ~named), np.flatnonzero(named & (share < RARE_BELOW))
    both, every = int((usual & named).sum()), int(usual.sum())
    return Beside(
        role=role_within(role),
        role_url=role_url(role, asked),
        sentence=f"It names {both} of the {every} skills that at least {percent(ASKED_FROM)} of the {number(counts.n)} "
        f"{role_within(role)} postings name. Shares of these, with their 95% intervals:",
        missing=_listed(snapshot, counts, missing[np.argsort(-share[missing], kind="stable")], question),
        unusual=_listed(snapshot, counts, unusual[np.argsort(share[unusual], kind="stable")], question),
    )


def _listed(
    snapshot: Snapshot, counts: SkillCounts, codes: NDArray[np.intp], question: Question
) -> tuple[SkillBeside, ...]:
    shown = codes[:MOST]
    return tuple(
        SkillBeside(
            name := snapshot.skills[code],
            f"{share.percent} ({share.interval})",
            postings_url(question, skill=name),
        )
        for code, share in zip(shown.tolist(), shares_of(counts.any[shown], counts.n), strict=True)
    )
