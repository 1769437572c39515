"""An impact in words and cells, as admin/_impact.html places them."""

from collections.abc import Sequence
from dataclasses import dataclass

from analytics.figures import number, percent
from analytics.selectors.shares import points_interval, points_text, state_of
from postings.impact import Impact, RoleImpact, ShareChange

MOST_ROLES = 20


@dataclass(frozen=True)
class RoleLine:
    """`ads` is "412", or "412 → 436" where the size changes."""

    name: str
    ads: str
    entered: str
    left: str


@dataclass(frozen=True)
class ShareLine:
    """`state` is "thin" where the share is of few ads."""

    role: str
    skill: str
    ads: str
    shares: str
    change: str
    interval: str
    state: str


@dataclass(frozen=True)
class ToldImpact:
    """`says` is one sentence on what changes, `largest` one on the clearest change, "" without any."""

    run: int
    says: str
    largest: str
    roles: tuple[RoleLine, ...]
    more_roles: int
    shares: tuple[ShareLine, ...]
    notes: tuple[str, ...]


def told(impact: Impact) -> ToldImpact:
    return ToldImpact(
        run=impact.run,
        says=_what_changes(impact),
        largest=_largest(impact.largest),
        roles=tuple(map(_role_line, impact.roles[:MOST_ROLES])),
        more_roles=max(len(impact.roles) - MOST_ROLES, 0),
        shares=tuple(map(_share_line, impact.largest)),
        notes=impact.notes,
    )


def _what_changes(impact: Impact) -> str:
    if not impact.postings:
        return f"No posting of run {impact.run} would be read otherwise: no figure changes."
    postings = f"{number(impact.postings)} {'posting' if impact.postings == 1 else 'postings'}"
    sized = sum(role.n != role.n_after for role in impact.roles)
    what = "have another role" if sized else "name other skills"
    top = len(impact.top_changed)
    roles = f"the 20 commonest skills of {top} {'role' if top == 1 else 'roles'} would be others"
    tops = roles if top else "no role’s 20 commonest skills would be others"
    return f"{postings} ({number(impact.ads)} without copies) would {what}, and {tops}."


def _largest(changes: Sequence[ShareChange]) -> str:
    """Tell the clearest change of a skill that is still named; that others go is what was asked for."""
    if not changes:
        return ""
    change = next((one for one in changes if one.after), changes[0])
    where = f"of {change.role} ads" if change.role else "of all ads"
    return (
        f"The clearest change: {change.skill}, from {percent(change.before)} to {percent(change.after)} {where} "
        f"({points_text(change.change)} points, 95% interval {points_interval(change.low, change.high)})."
    )


def _role_line(role: RoleImpact) -> RoleLine:
    return RoleLine(role.name, _ads(role.n, role.n_after), ", ".join(role.entered) or "–", ", ".join(role.left) or "–")


def _share_line(change: ShareChange) -> ShareLine:
    return ShareLine(
        role=change.role or "All ads",
        skill=change.skill,
        ads=_ads(change.n, change.n_after),
        shares=f"{percent(change.before)} → {percent(change.after)}",
        change=points_text(change.change),
        interval=points_interval(change.low, change.high),
        state=state_of(min(change.n, change.n_after)),
    )


def _ads(n: int, n_after: int) -> str:
    return number(n) if n == n_after else f"{number(n)} → {number(n_after)}"
