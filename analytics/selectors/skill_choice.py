"""Which skills a list is about: words, kind, group and order from an address, and the links to choose others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.http import QueryDict
from numpy.typing import NDArray

from analytics.figures import number
from analytics.questions import Question
from analytics.selectors.links import path_of
from analytics.selectors.tabs import Tab
from analytics.snapshot import Snapshot
from postings.models import Alias, Kind, SkillGroup

AREA = "area"
KIND_TABS = {
    "": "All kinds",
    "language": "Programming languages",
    "tool": "Tools",
    "method": "Methods",
    "soft": "Soft skills",
    "domain": "Domains",
    "cert": "Certificates",
    "spoken": "Spoken languages",
}
SET_NAMES = {"triad-ml": "Machine learning triad", "triad-ops": "Data science triad", "challenges": "Challenges"}

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class SkillChoice:
    """What narrows and orders the list. `problems` are sentences about parts that name nothing known."""

    words: str
    kind: str
    group: str
    sort: str
    default_sort: str
    problems: tuple[str, ...]

    @property
    def is_narrow(self) -> bool:
        return bool(self.words or self.kind or self.group)

    def query_parts(self) -> dict[str, str]:
        """Return the parts of an address that say the same; what is as usual is left out."""
        sort = "" if self.sort == self.default_sort else self.sort
        return {"q": self.words, "kind": self.kind, "group": self.group, "sort": sort}

    def pairs(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.query_parts().items() if value]


@dataclass(frozen=True)
class GroupChip:
    name: str
    url: str
    n: str
    current: bool


@dataclass(frozen=True)
class GroupSet:
    """Groups that are shown against each other."""

    name: str
    chips: tuple[GroupChip, ...]


@dataclass(frozen=True)
class Browser:
    """The ways through the list. Counts are of skills that the postings name."""

    kinds: tuple[Tab, ...]
    areas: tuple[GroupChip, ...]
    sets: tuple[GroupSet, ...]
    is_open: bool
    all_groups_url: str


def read_choice(query: QueryDict, groups: Mapping[str, SkillGroup], *, sorts: Iterable[str]) -> SkillChoice:
    problems = []
    kind, group, sort = (query.get(name, "") for name in ("kind", "group", "sort"))
    default = next(iter(sorts))
    if kind and kind not in Kind.values:
        problems.append(f"A kind is one of {', '.join(Kind.values)}; “{kind}” was left out.")
        kind = ""
    if group and group not in groups:
        problems.append(f"No group of skills is called “{group}”, so it was left out.")
        group = ""
    if sort and sort not in sorts:
        problems.append(f"The list cannot be sorted by “{sort}”.")
        sort = ""
    return SkillChoice(query.get("q", "").strip(), kind, group, sort or default, default, tuple(problems))


def chosen_codes(choice: SkillChoice, counts: Counts, snapshot: Snapshot) -> Counts:
    """Return the codes of the skills that the choice lets through and some posting names, ascending."""
    keep = counts > 0
    if choice.kind:
        keep &= kinds_of(snapshot) == choice.kind
    if choice.group:
        inside = np.zeros(len(counts), np.bool_)
        inside[snapshot.group_skills.get(choice.group, [])] = True
        keep &= inside
    if choice.words:
        keep &= _holding(choice.words, snapshot)
    return np.flatnonzero(keep)


@lru_cache(maxsize=2)
def kinds_of(snapshot: Snapshot) -> NDArray[np.str_]:
    """Return the kind of each skill of the run."""
    return np.array([label.kind for label in snapshot.skill_labels], np.str_)


def area_names(groups: Mapping[str, SkillGroup]) -> dict[str, str]:
    return {slug: group.name for slug, group in groups.items() if group.set == AREA}


def list_url(choice: SkillChoice, question: Question) -> str:
    """Return the address of the list that the choice describes."""
    return path_of("skill_list") + question.query_with(**choice.query_parts())


def group_url(slug: str, question: Question) -> str:
    return path_of("skill_list") + question.query_with(group=slug)


def browser_of(
    choice: SkillChoice, counts: Counts, groups: Mapping[str, SkillGroup], question: Question, snapshot: Snapshot
) -> Browser:
    by_set: dict[str, list[GroupChip]] = {}
    for slug, group in groups.items():
        named = int(np.count_nonzero(counts[snapshot.group_skills.get(slug, [])]))
        if named:
            url = list_url(replace(choice, group=slug, words=""), question)
            by_set.setdefault(group.set, []).append(GroupChip(group.name, url, number(named), slug == choice.group))
    return Browser(
        kinds=_kind_tabs(choice, counts, question, snapshot),
        areas=tuple(by_set.pop(AREA, ())),
        sets=tuple(GroupSet(SET_NAMES.get(name, name), tuple(by_set[name])) for name in sorted(by_set)),
        is_open=not choice.is_narrow,
        all_groups_url=list_url(replace(choice, group=""), question) if choice.group else "",
    )


def _kind_tabs(choice: SkillChoice, counts: Counts, question: Question, snapshot: Snapshot) -> tuple[Tab, ...]:
    """Return a tab for each kind with how many of the skills in hand are of it."""
    codes = chosen_codes(replace(choice, kind=""), counts, snapshot)
    kinds = kinds_of(snapshot)[codes]
    totals = {kind: int(np.count_nonzero(kinds == kind)) if kind else len(kinds) for kind in KIND_TABS}
    return tuple(
        Tab(label, list_url(replace(choice, kind=kind), question), kind == choice.kind, number(totals[kind]))
        for kind, label in KIND_TABS.items()
        if totals[kind] or kind == choice.kind
    )


def _holding(words: str, snapshot: Snapshot) -> NDArray[np.bool_]:
    """Tell which skills have all the words in their name, or all of them in a row in an alias."""
    wanted = words.casefold().split()
    aliased = set(Alias.objects.filter(phrase__icontains=words).values_list("skill__name", flat=True))
    found = [name in aliased or all(word in name.casefold() for word in wanted) for name in snapshot.skills]
    return np.array(found, np.bool_)
