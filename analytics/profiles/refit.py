"""When profiles are learned anew, and when new postings only get memberships from the ones there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.profiles.model import ProfileModel
from analytics.profiles.moved import MovedShare

GROWTH = 0.05  # of the teaching postings since the fit
DRIFT = 0.2  # total variation between the mix at the fit and that of the new postings
LEAST_NEW = 200  # postings before their mix is judged
MOVED = 0.05  # of what all profiles name, in skills that were merged or taken out
MOVED_IN_ONE = 0.25  # the same in any one profile


@dataclass(frozen=True)
class FittedOn:
    """What the kept model was learned from. `weights` are its fine profiles' shares."""

    parameters: Mapping[str, int]
    code: str
    teaching: int
    weights: Sequence[float]

    @classmethod
    def of(cls, model: ProfileModel, *, parameters: Mapping[str, int], code: str) -> FittedOn:
        """Return the facts of a kept model; `parameters` and `code` are those of the run that learned it."""
        return cls(parameters, code, model.teaching, model.weights("fine").tolist())


@dataclass(frozen=True)
class Today:
    """What a fit would be made from now. `moved`: how much of what the profiles name is another skill today.

    new_postings: those that came since the fit and are not thin; new_sizes: sums of their memberships in the kept
    model's fine profiles.
    """

    parameters: Mapping[str, int]
    code: str
    moved: MovedShare
    teaching: int
    new_postings: int
    new_sizes: Sequence[float]


def needs_refit(old: FittedOn, today: Today) -> str:
    """Return why the profiles must be learned anew, as a sentence, or "" when the kept model may score what is new.

    They must when the parameters or the code changed; when skills that were merged or taken out (hidden, removed, filed
    as another kind) hold more than 5% of what all profiles name, or 25% of what one names; when the teaching postings
    grew or shrank by more than 5%; or when the profiles' shares among at least 200 new postings lie further than 0.2
    from those at the fit, in total variation less what n postings over k profiles differ by chance alone, at most
    sqrt(k / n) / 2.
    """
    if dict(old.parameters) != dict(today.parameters):
        return "The parameters changed."
    if old.code != today.code:
        return "The code that learns profiles changed."
    if why := _why_moved(today.moved):
        return why
    change = today.teaching - old.teaching
    if abs(change) > GROWTH * old.teaching:
        grew = "grew" if change > 0 else "shrank"
        by = f"{abs(change) / old.teaching:.1%}"
        return f"The postings to learn from {grew} by {by}, more than {GROWTH:.0%}, since the last fit."
    drift = _drift(old, today)
    if drift > DRIFT:
        return f"The mix of profiles in {today.new_postings} new postings lies {drift:.2f} from that of the last fit."
    return ""


def _why_moved(moved: MovedShare) -> str:
    told = ((moved.overall, MOVED, "profiles name"), (moved.in_one, MOVED_IN_ONE, "one of the profiles names"))
    for share, most, named in told:
        if share > most:
            since = "Skills that were merged or taken out since the last fit hold"
            return f"{since} {share:.1%} of what {named}, more than {most:.0%}."
    return ""


def _drift(old: FittedOn, today: Today) -> float:
    """Return the total variation between old and new shares, less what chance explains; 0 for few postings."""
    if today.new_postings < LEAST_NEW:
        return 0.0
    new = np.asarray(today.new_sizes, np.float64)
    apart = np.abs(new / new.sum() - np.asarray(old.weights)).sum() / 2
    return float(max(apart - np.sqrt(len(new) / today.new_postings) / 2, 0.0))
