"""The address of every screen, with the filters of a question as people put them: one line a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify

from analytics.selectors.links import role_path
from analytics.selectors.profile import TABS as PROFILE_TABS
from analytics.selectors.published import Published
from analytics.selectors.role import TABS as ROLE_TABS
from analytics.selectors.skill import TABS as SKILL_TABS
from analytics.snapshot import Snapshot
from analytics.urls import urlpatterns
from benchmarks.million_screens import Asked
from postings.models import Company, Skill

BIG_COMPANIES = 50
COMPANY_TABS = ("titles", "asked", "apart", "others", "time", "pay")


@dataclass(frozen=True)
class Reader:
    """Somebody with a question about some role, skill, profile, company and posting of the published run."""

    asked: Asked
    shown: Published

    def at(self, name: str, *args: object, **extra: str | Sequence[str]) -> str:
        """Return the address of a screen within the filters; a sequence stands for a part that comes more than once."""
        given = [(part, [value] if isinstance(value, str) else value) for part, value in extra.items()]
        return reverse(name, args=args) + self.asked.question.query_and([(n, one) for n, many in given for one in many])

    def role(self, **extra: str) -> str:
        return role_path(self.asked.role) + self.asked.question.without("role").query_with(**extra)

    def compare(self, sides: int, **extra: str) -> str:
        """Return a comparison of so many roles, the two asked about first."""
        others = [name for name in self.shown.snapshot.roles if name not in (self.asked.role, self.asked.other)]
        roles = [self.asked.role, self.asked.other, *others][:sides]
        around = replace(self, asked=replace(self.asked, question=self.asked.question.without("role")))
        return around.at("compare", side=[f"role:{name}" for name in roles], **extra)

    def trends(self, **extra: str) -> str:
        return self.at(
            "trends", tab="lines", skill=[self.asked.skill], **{"in": [self.asked.role, self.asked.other]}, **extra
        )

    def my_skills(self, count: int) -> str:
        """Return the page of somebody who has the skill asked about and the first ones of the run."""
        return self.at("my_skills", have=[self.asked.skill, *self.shown.snapshot.skills[: count - 1]])

    def skill(self, **extra: str) -> str:
        return self.at("skill", Skill.objects.get(name=self.asked.skill).pk, **extra)

    def profile(self, **extra: str) -> str:
        return self.at("profile", self._known, **extra)

    def company(self, place: int = 0) -> int:
        """Return the id of one of the largest companies, another one for each posting asked about."""
        keys = _largest_companies(self.shown.snapshot)
        return Company.objects.get(key=keys[(self.asked.posting + place) % len(keys)]).pk

    def cell(self, place: int) -> str:
        """Return such a company and the role that it asks for most, as an address names the side of a pair."""
        snapshot = self.shown.snapshot
        company = Company.objects.get(pk=self.company(place))
        roles = snapshot.role[snapshot.company == snapshot.code("company", company.key)]
        return f"{company.pk}:{slugify(snapshot.roles[np.bincount(roles).argmax()])}"

    @property
    def posting(self) -> int:
        return self.asked.posting

    @property
    def _known(self) -> int:
        return self.shown.profiles[self.asked.profile % len(self.shown.profiles)].known

    def postings_of_skill(self) -> str:
        return self.at("posting_list", skill=self.asked.skill, profile=str(self._known))


@lru_cache(maxsize=1)
def _largest_companies(snapshot: Snapshot) -> list[str]:
    counts = snapshot.tally(snapshot.everything, "company")
    return [
        snapshot.companies[code]
        for code in np.argsort(-counts, kind="stable")[: BIG_COMPANIES + 1]
        if snapshot.companies[code]
    ]


SCREENS: dict[str, Callable[[Reader], str]] = {
    "overview": lambda r: r.at("overview"),
    "overview: coarse": lambda r: r.at("overview", profiles="coarse"),
    "roles": lambda r: r.at("role_list"),
    **{f"role: {tab}": lambda r, tab=tab: r.role(tab=tab) for tab in ROLE_TABS},
    "compare: nothing chosen": lambda r: r.at("compare"),
    "compare: two roles": lambda r: r.compare(2),
    "compare: four roles": lambda r: r.compare(4),
    **{f"compare: two, {tab}": lambda r, tab=tab: r.compare(2, tab=tab) for tab in ("apart", "quarters")},
    "profiles": lambda r: r.at("profile_list"),
    "profiles: middle": lambda r: r.at("profile_list", profiles="middle"),
    **{f"profile: {tab}": lambda r, tab=tab: r.profile(tab=tab) for tab in PROFILE_TABS},
    "skills": lambda r: r.at("skill_list"),
    "skills: a group": lambda r: r.at("skill_list", group="area-1", sort="required"),
    **{f"skill: {tab}": lambda r, tab=tab: r.skill(tab=tab) for tab in SKILL_TABS},
    "postings": lambda r: r.at("posting_list"),
    "postings of a skill": lambda r: r.postings_of_skill(),
    "postings found": lambda r: r.at("posting_list", q=r.asked.skill),
    "posting": lambda r: reverse("posting", args=[r.posting]),
    "search": lambda r: r.at("search", q=r.asked.skill[:4]),
    "trends": lambda r: r.at("trends"),
    "trends: skills and roles": lambda r: r.trends(),
    "trends: fixed mix": lambda r: r.trends(mix="fixed"),
    "companies": lambda r: r.at("company_list"),
    "companies by pay": lambda r: r.at("company_list", sort="pay"),
    **{f"company: {tab}": lambda r, tab=tab: r.at("company", r.company(), tab=tab) for tab in COMPANY_TABS},
    "twins": lambda r: r.at("twins"),
    "twin pair": lambda r: r.at("twin_pair", r.cell(0), r.cell(1)),
    **{f"pay: {tab}": lambda r, tab=tab: r.at("pay", tab=tab) for tab in ("roles", "time", "skills", "titles", "read")},
    "my skills": lambda r: r.my_skills(12),
    "role map": lambda r: r.at("role_map"),
    "methods": lambda r: r.at("methods"),
    "limits": lambda r: r.at("limits"),
    "quality": lambda r: reverse("quality"),
    "runs": lambda r: reverse("run_list"),
    "run": lambda r: reverse("run", args=[r.shown.run.pk]),
}

NOT_TIMED = {
    "run_publish": "it writes",
    "run_verify": "it writes",
    "run_create": "it writes",
    "run_changes": "for those who are signed in: seconds of work, kept afterwards",
    "run_keep": "it writes",
    "work_progress": "a part of a page that curators see while work goes on",
    **dict.fromkeys((one.name for one in urlpatterns if one.name.startswith("sample")), "for second readers"),
    "styleguide": "shows no figures",
}
"""Addresses of analytics/urls.py that no screen above stands for, and why."""


def addresses(readers: list[Reader], *, only: str = "") -> dict[str, list[str]]:
    """Return for each screen of this version its address for each reader."""
    found = {}
    for name, place in SCREENS.items():
        if only in name:
            try:
                found[name] = [place(reader) for reader in readers]
            except NoReverseMatch:
                continue
    return found
