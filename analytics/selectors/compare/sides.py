"""What stands side by side: a role, a profile, a company or a period, each within the filters of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from analytics.questions import Question
from analytics.selectors.company_links import company_paths
from analytics.selectors.compare.periods import Period, read_period
from analytics.selectors.filterbar import label_of
from analytics.selectors.links import between, path_of, postings_url, role_url
from analytics.selectors.membership import leading_of
from analytics.selectors.published import ProfileName, Published
from analytics.selectors.role_names import NOT_IN_CATALOGUE, role_within
from analytics.selectors.selected import inside, selected
from analytics.selectors.skill_links import skill_page
from analytics.snapshot import Filter, Selection, SkillCounts, Snapshot
from analytics.snapshot.select import pick

AT = "@"
"""role:data scientist@2024 is the role in that time."""


class Kind(StrEnum):
    ROLE = "role"
    PROFILE = "profile"
    COMPANY = "company"
    PERIOD = "period"


@dataclass(frozen=True)
class Leaning:
    """Which postings lean to a profile: `number` of `level` in the memberships of a run."""

    input_key: str
    level: str
    number: int


@dataclass(frozen=True)
class Asked:
    """What tells the postings of a side from all others; what is dear to compute is kept by it."""

    filter: Filter
    leaning: Leaning | None


@dataclass(frozen=True)
class Side:
    """One of the things compared. `key` is what the address calls it, `question` is narrowed to it.

    `thing` is what a person would write for it, without the `time` that narrows it; a profile narrows by `profile`
    besides; `around` are the filters of the page; `page` is the path of a company's own.
    """

    key: str
    kind: Kind
    thing: str
    name: str
    question: Question
    around: Question
    shown: Published
    profile: ProfileName | None = None
    time: str = ""
    page: str = ""

    @property
    def label(self) -> str:
        """Its name at the head of a row; `name` stands within a sentence."""
        return f"{self.name[0].upper()}{self.name[1:]}" if self.kind is Kind.ROLE else self.name

    @property
    def snapshot(self) -> Snapshot:
        return self.shown.snapshot

    @property
    def asked(self) -> Asked:
        key = self.shown.run.input_key
        if self.profile is None or key is None:
            return Asked(self.question.filter, None)
        return Asked(self.question.filter, Leaning(key, self.profile.level, self.profile.number))

    @cached_property
    def selection(self) -> Selection:
        return postings_of(self.snapshot, self.asked)

    @property
    def n(self) -> int:
        return self.selection.n

    @cached_property
    def counts(self) -> SkillCounts:
        return self.snapshot.skill_counts(self.selection)

    @property
    def postings_url(self) -> str:
        return postings_url(self.question, profile=self._known)

    def holders_url(self, skill: str) -> str:
        """Return the list of its postings that name the skill."""
        return postings_url(self.question, skill=skill, profile=self._known)

    def days_url(self, period: Period) -> str:
        """Return the list of its postings of a time."""
        return postings_url(between(self.question, period.since, period.until), profile=self._known)

    @property
    def url(self) -> str:
        """The page of what is compared, where it has one; else its postings."""
        if self.kind is Kind.ROLE and len(self.question.filter.roles) == 1:
            return role_url(self.question.filter.roles[0], self.question) or self.postings_url
        if self.page:
            return self.page + self.question.without("company").query
        if self.profile is not None:
            return path_of("profile", self.profile.known) + self.question.query
        return self.postings_url

    def skill_url(self, name: str) -> str:
        """Return the page of a skill within the filters of the page; "" when the skill is gone."""
        return skill_page(name, self.around, self.shown.run.pk)

    @property
    def _known(self) -> str:
        return "" if self.profile is None else str(self.profile.known)


def read_side(text: str, around: Question, shown: Published) -> Side | None:
    """Return the side that `text` names ("role:data scientist@2024", "data scientist"); None when it names none."""
    named, at, time = text.rpartition(AT)
    period = read_period(time) if at else None
    if at and period is not None:
        found = _thing(named.strip(), around, shown)
        return found if found is None else _in(found, period)
    return _thing(text.strip(), around, shown)


def with_pages(sides: Sequence[Side]) -> list[Side]:
    """Return the sides with the paths of the companies' pages, found in one query."""
    keys = {side.key: side.question.filter.companies[0] for side in sides if side.kind is Kind.COMPANY}
    paths = company_paths(keys.values())
    return [replace(side, page=paths.get(keys.get(side.key, ""), "")) for side in sides]


def common_postings(sides: Sequence[Side]) -> NDArray[np.int64]:
    """Count the postings that each two sides share: [s, s], the size of each on the diagonal."""
    shared = np.diag([side.n for side in sides]).astype(np.int64)
    for place, side in enumerate(sides):
        for other in range(place):
            shared[place, other] = shared[other, place] = shared_postings(side, sides[other]).n
    return shared


def shared_postings(first: Side, second: Side) -> Selection:
    """Return the postings of both."""
    one, other = first.question.filter, second.question.filter
    if _excludes(one.roles, other.roles) or _excludes(one.companies, other.companies):
        return pick(np.empty(0, np.int32))
    rows = first.selection.rows
    return pick(rows[inside(second.snapshot, second.selection)[rows]])


def postings_of(snapshot: Snapshot, asked: Asked) -> Selection:
    """Return the postings of a filter, of those the ones that lean to a profile."""
    if asked.leaning is None:
        return selected(snapshot, asked.filter)
    return _leaning_to(snapshot, asked.filter, asked.leaning)


@lru_cache(maxsize=16)
def _leaning_to(snapshot: Snapshot, asked: Filter, leaning: Leaning) -> Selection:
    rows = selected(snapshot, asked).rows
    return pick(rows[leading_of(snapshot, leaning.input_key, leaning.level)[rows] == leaning.number])


def _excludes(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool(one and other and not set(one) & set(other))


def _thing(text: str, around: Question, shown: Published) -> Side | None:
    """Return what `text` names: of the kind before its colon, else the first of the kinds that knows it."""
    stated, colon, name = text.partition(":")
    if colon and stated in set(Kind):
        return _OF_KIND[Kind(stated)](name.strip(), around, shown)
    found = (read(text, around, shown) for read in _OF_KIND.values())
    return next((side for side in found if side is not None), None)


def _role(text: str, around: Question, shown: Published) -> Side | None:
    known = shown.snapshot.roles
    asked = text.casefold()
    alike = (one for one in known if one and asked in {one.casefold(), role_within(one).casefold()})
    name = text if text in known else next(alike, None)
    if not name:
        return None
    thing = role_within(name)
    shown_as = NOT_IN_CATALOGUE.get(name, thing)
    return Side(f"{Kind.ROLE}:{name}", Kind.ROLE, thing, shown_as, around.narrowed(role=name), around, shown)


def _profile(text: str, around: Question, shown: Published) -> Side | None:
    found = shown.profile(int(text)) if text.isdecimal() and len(text) < 10 else _profile_called(text, shown)
    if found is None or shown.memberships is None:
        return None
    return Side(f"{Kind.PROFILE}:{found.known}", Kind.PROFILE, found.name, found.name, around, around, shown, found)


def _profile_called(text: str, shown: Published) -> ProfileName | None:
    """Return the profile with this name, on the level that figures are told by if there."""
    levels = (shown.profiles, *shown.levels.values())
    return next((one for level in levels for one in level if one.name.casefold() == text.casefold()), None)


def _company(text: str, around: Question, shown: Published) -> Side | None:
    is_key = shown.snapshot.code("company", text) is not None
    key = text if is_key else _company_keys(shown.snapshot).get(text.casefold())
    if not key:
        return None
    name = label_of("company", key, shown.snapshot)
    return Side(f"{Kind.COMPANY}:{key}", Kind.COMPANY, name, name, around.narrowed(company=key), around, shown)


@lru_cache(maxsize=2)
def _company_keys(snapshot: Snapshot) -> Mapping[str, str]:
    """Return the key of each company by its name as screens spell it, in small letters."""
    labels = zip(snapshot.company_labels, snapshot.companies, strict=True)
    return {label.casefold(): key for label, key in labels if key}


def _period(text: str, around: Question, shown: Published) -> Side | None:
    found = read_period(text)
    if found is None:
        return None
    asked = between(around, found.since, found.until)
    return Side(f"{Kind.PERIOD}:{found.key}", Kind.PERIOD, found.key, found.text, asked, around, shown)


def _in(side: Side, period: Period) -> Side:
    return replace(
        side,
        key=f"{side.key}{AT}{period.key}",
        name=f"{side.name} ({period.text})",
        question=between(side.question, period.since, period.until),
        time=period.key,
    )


_OF_KIND = {Kind.ROLE: _role, Kind.PERIOD: _period, Kind.PROFILE: _profile, Kind.COMPANY: _company}
