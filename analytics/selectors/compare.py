"""Two roles side by side."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.http import QueryDict

from analytics.figures import ShareFigure, number
from analytics.measures import THIN_BELOW, WITHHELD_BELOW, js_distance
from analytics.questions import Question
from analytics.selectors.compare_skills import (
    Differences,
    Distance,
    SkillSides,
    differences,
    distance_between,
    shared_skills,
)
from analytics.selectors.counted import company_count, tally
from analytics.selectors.counted_skills import role_skills
from analytics.selectors.links import compare_url, postings_url, role_url
from analytics.selectors.mix import leaning, mixed_figure
from analytics.selectors.one_role import OneRole
from analytics.selectors.pay_text import pay_figure
from analytics.selectors.published import Published
from analytics.selectors.role_names import catalogued_by_size, roles_by_size
from analytics.selectors.selected import selected
from analytics.selectors.shares import postings_text

KEEP = ("a", "b")
SUGGESTED_FROM, MOST_SUGGESTED = 12, 8


@dataclass(frozen=True)
class Option:
    value: str
    text: str
    selected: bool


@dataclass(frozen=True)
class Choice:
    """One select of the form."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Suggestion:
    text: str
    url: str
    distance: str


@dataclass(frozen=True)
class Side:
    name: str
    url: str
    postings: str
    postings_url: str
    companies: str
    pay: str
    pay_stated: ShareFigure
    mixed: str
    skills_each: str


@dataclass(frozen=True)
class Contrast:
    """`refusal` says why the shares of these two are not set against each other."""

    sides: tuple[Side, Side]
    swap_url: str
    refusal: str
    distance: Distance | None = None
    differences: Differences | None = None
    shared: tuple[SkillSides, ...] = ()


@dataclass(frozen=True)
class CompareScreen:
    """`contrast` is None until two different roles are chosen; `unknown` names what the run does not have."""

    choices: tuple[Choice, Choice]
    hidden: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    problem: str
    suggestions: tuple[Suggestion, ...]
    contrast: Contrast | None


def compare_screen(question: Question, shown: Published, query: QueryDict) -> CompareScreen:
    around = question.without("role")
    names = (query.get("a", ""), query.get("b", ""))
    unknown = tuple(name for name in names if name and shown.snapshot.code("role", name) is None)
    is_ready = all(names) and not unknown and names[0] != names[1]
    counts = tally(shown.snapshot, selected(shown.snapshot, around.filter), "role")
    return CompareScreen(
        choices=(
            _choice("a", "First role", names[0], counts, shown),
            _choice("b", "Second role", names[1], counts, shown),
        ),
        hidden=tuple(around.pairs()),
        unknown=unknown,
        problem="Choose two different roles." if names[0] and names[0] == names[1] else "",
        suggestions=() if is_ready else _suggestions(around, counts, shown),
        contrast=_contrast(around, names, shown, query.get("page")) if is_ready else None,
    )


def _choice(name: str, label: str, chosen: str, counts: np.ndarray, shown: Published) -> Choice:
    roles = shown.snapshot.roles
    listed = [roles[code] for code in roles_by_size(counts, roles) if roles[code]]
    if chosen in roles and chosen not in listed:
        listed.append(chosen)
    sizes = dict(zip(roles, counts, strict=True))
    return Choice(
        name, label, tuple(Option(role, f"{role} ({number(int(sizes[role]))})", role == chosen) for role in listed)
    )


def _suggestions(around: Question, counts: np.ndarray, shown: Published) -> tuple[Suggestion, ...]:
    """Return the nearest pairs among the commonest roles: the same job under two names, or nearly."""
    snapshot = shown.snapshot
    common = [code for code in catalogued_by_size(counts, snapshot.roles) if counts[code] >= THIN_BELOW]
    common = common[:SUGGESTED_FROM]
    if len(common) < 2:
        return ()
    skills = role_skills(snapshot, selected(snapshot, around.filter))[common].sum(axis=2)
    apart = {
        (one, other): float(distance)
        for one in range(len(common) - 1)
        for other, distance in enumerate(js_distance(skills[one], skills[one + 1 :]), start=one + 1)
    }
    pairs = sorted(apart, key=lambda pair: (apart[pair], pair))
    return tuple(
        Suggestion(
            f"{(first := snapshot.roles[common[one]])} and {(second := snapshot.roles[common[other]])}",
            compare_url(first, second, around),
            number(apart[one, other], decimals=2),
        )
        for one, other in pairs[:MOST_SUGGESTED]
        if not np.isnan(apart[one, other])
    )


def _contrast(around: Question, names: Sequence[str], shown: Published, page: str | None) -> Contrast:
    pair = (OneRole.within(around, names[0], shown), OneRole.within(around, names[1], shown))
    sides = (_side(pair[0]), _side(pair[1]))
    swap_url = compare_url(names[1], names[0], around)
    few = [role for role in pair if role.n < WITHHELD_BELOW]
    if few:
        counted = " and ".join(f"{postings_text(role.n)} of {role.name}" for role in few)
        return Contrast(sides, swap_url, f"{counted}: under {WITHHELD_BELOW}, shares are withheld.")
    return Contrast(
        sides,
        swap_url,
        refusal="",
        distance=distance_between(pair),
        differences=differences(pair, page),
        shared=shared_skills(pair),
    )


def _side(role: OneRole) -> Side:
    pays = role.snapshot.pay_by_currency(role.selection)
    pay = pay_figure(pays[0] if pays else None, role.n)
    mix = leaning(role.selection, role.shown)[role.snapshot.code("role", role.name)]
    return Side(
        name=role.name,
        url=role_url(role.name, role.around),
        postings=number(role.n),
        postings_url=postings_url(role.question),
        companies=number(company_count(role.snapshot, role.selection)),
        pay=pay.median or "withheld",
        pay_stated=pay.coverage,
        mixed=mixed_figure(mix[:-1]).text or "withheld",
        skills_each=number(float(role.counts.any.sum()) / max(role.n, 1), decimals=1),
    )
