"""One company within the filters of a page: what the parts of its screen read from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.questions import Question
from analytics.selectors.catalogued import is_catalogued
from analytics.selectors.counted import tally
from analytics.selectors.counted_skills import role_skills, skill_counts_of
from analytics.selectors.links import postings_url
from analytics.selectors.published import Published
from analytics.selectors.selected import selected
from analytics.selectors.skill_links import skill_urls
from analytics.snapshot import Selection, SkillCounts, Snapshot

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class OneCompany:
    """`question` is narrowed to the company, `around` is the same with every company."""

    key: str
    name: str
    question: Question
    around: Question
    shown: Published

    @classmethod
    def within(cls, question: Question, key: str, name: str, shown: Published) -> "OneCompany":
        around = question.without("company")
        return cls(key, name, around.narrowed(company=key), around, shown)

    @property
    def snapshot(self) -> Snapshot:
        return self.shown.snapshot

    @property
    def n(self) -> int:
        return self.selection.n

    @cached_property
    def selection(self) -> Selection:
        return selected(self.snapshot, self.question.filter)

    @cached_property
    def everyone(self) -> Selection:
        return selected(self.snapshot, self.around.filter)

    @cached_property
    def by_role(self) -> Counts:
        """Its postings by role."""
        return tally(self.snapshot, self.selection, "role")

    @cached_property
    def others_by_role(self) -> Counts:
        return tally(self.snapshot, self.everyone, "role") - self.by_role

    @property
    def is_catalogued(self) -> NDArray[np.bool_]:
        """Which roles are of the catalogue: under the others, postings have nothing in common that has a name."""
        return is_catalogued(self.snapshot)

    @cached_property
    def counts(self) -> SkillCounts:
        return skill_counts_of(role_skills(self.snapshot, self.selection).sum(axis=0), self.n)

    @cached_property
    def counts_by_role(self) -> Counts:
        """Its postings by role and skill, at any level: [roles, k]."""
        return role_skills(self.snapshot, self.selection).sum(axis=2, dtype=np.int64)

    @cached_property
    def others_counts_by_role(self) -> Counts:
        everyone = role_skills(self.snapshot, self.everyone).sum(axis=2, dtype=np.int64)
        return everyone - self.counts_by_role

    def skill_url(self, name: str) -> str:
        """Return the page of a skill within the filters of this one; "" when the skill is gone."""
        url = skill_urls(self.shown.run.pk).get(name)
        return url + self.around.query if url else ""

    def holders_url(self, skill: str, level: str = "") -> str:
        """Return the list of the company's postings that name the skill."""
        return postings_url(self.question, skill=skill, level=level)
