"""The figures at the head of the overview, and how they stand against the run before."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from analytics import archive
from analytics.figures import number
from analytics.measures import WITHHELD_BELOW
from analytics.models import Run
from analytics.questions import Question
from analytics.selectors.counted import company_count, tally
from analytics.selectors.counted_skills import mentions
from analytics.selectors.links import path_of, postings_url
from analytics.selectors.published import Published
from analytics.selectors.role_names import catalogued_by_size
from analytics.selectors.selected import paid_count, selected
from analytics.selectors.shares import WITHHELD, points_text, share_of, signed
from analytics.snapshot import DamagedSnapshot, Filter, Snapshot
from jobsite.work import State


@dataclass(frozen=True)
class KeyFigure:
    """What _figures.html places; direction is "up", "down" or ""."""

    label: str
    value: str
    note: str = ""
    url: str = ""
    change: str = ""
    direction: str = ""


@dataclass(frozen=True)
class Totals:
    """skills_each: mean number of skills in a posting; paid: postings that state pay, pay_share: 0..1."""

    postings: int
    companies: int
    roles: int
    sources: int
    skills_each: float
    paid: int

    @property
    def pay_share(self) -> float:
        return self.paid / max(self.postings, 1)


@dataclass(frozen=True)
class RunBefore:
    run: Run
    snapshot: Snapshot


def run_before(run: Run) -> RunBefore | None:
    """Return the newest finished run before `run` that was not held back; None if there is none to read."""
    older = Run.objects.filter(state=State.DONE, pk__lt=run.pk).order_by("-pk")[:5]
    for one in older:
        if "held" in one.quality:
            continue
        try:
            return RunBefore(one, archive.snapshot_in(one.folder))
        except DamagedSnapshot:
            return None
    return None


def key_figures(question: Question, shown: Published, before: RunBefore | None) -> tuple[KeyFigure, ...]:
    now = totals(shown.snapshot, question.filter)
    figures = _figures(now, question)
    then = totals(before.snapshot, question.filter) if before else None
    if before is None or then is None or then.postings == 0:
        return figures
    return tuple(
        _against(figure, getattr(now, name), getattr(then, name), say)
        for figure, (name, say) in zip(figures, _CHANGES.items(), strict=True)
    )


def share_key_figure(label: str, count: int, n: int, *, also: str = "") -> KeyFigure:
    """Return a share with its count, n and interval beside it."""
    share = share_of(count, n)
    if share.state == WITHHELD:
        return KeyFigure(label, "withheld", note=f"n = {share.n}")
    return KeyFigure(label, share.percent, note=f"{share.count} of {share.n} ({share.interval}){also}")


def skills_each_figure(mentions: int, n: int) -> KeyFigure:
    """Return how many skills a posting names on average, withheld as shares are."""
    if n < WITHHELD_BELOW:
        return KeyFigure("Skills in a posting", "withheld", note=f"n = {n}")
    return KeyFigure("Skills in a posting", number(mentions / n, decimals=1), note="on average")


def totals(snapshot: Snapshot, asked: Filter) -> Totals:
    selection = selected(snapshot, asked)
    return Totals(
        postings=selection.n,
        companies=company_count(snapshot, selection),
        roles=len(catalogued_by_size(tally(snapshot, selection, "role"), snapshot.roles)),
        sources=int(np.count_nonzero(tally(snapshot, selection, "source"))),
        skills_each=mentions(snapshot, selection) / max(selection.n, 1),
        paid=paid_count(snapshot, selection),
    )


def _figures(now: Totals, question: Question) -> tuple[KeyFigure, ...]:
    roles = path_of("role_list") + question.query
    return (
        KeyFigure("Postings", number(now.postings), url=postings_url(question)),
        KeyFigure("Companies", number(now.companies)),
        KeyFigure("Roles", number(now.roles), note="of our catalogue", url=roles),
        KeyFigure("Sources", number(now.sources)),
        KeyFigure("Skills in a posting", number(now.skills_each, decimals=1), note="on average"),
        share_key_figure("Pay stated, any currency", now.paid, now.postings),
    )


def _against(figure: KeyFigure, now: float, then: float, say: Callable[[float, float], str]) -> KeyFigure:
    text = say(now, then)
    if text in _NOTHING:
        return replace(figure, change="unchanged")
    return replace(figure, change=text, direction="up" if now > then else "down")


def _growth(now: float, then: float) -> str:
    return f"{points_text(now / then - 1)}%" if then else ""


def _difference(now: float, then: float) -> str:
    return signed(now - then, decimals=1)


def _points(now: float, then: float) -> str:
    return f"{points_text(now - then)} points"


_NOTHING = ("", "0.0%", "0.0", "0.0 points")
_CHANGES = {
    "postings": _growth,
    "companies": _growth,
    "roles": _growth,
    "sources": _growth,
    "skills_each": _difference,
    "pay_share": _points,
}
