"""One company within the filters of a page: what the parts of its screen read from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from analytics.questions import Question
from analytics.selectors.catalogued import is_catalogued
from analytics.selectors.counted import tally
from analytics.selectors.counted_skills import role_skills, skill_counts_of
from analytics.selectors.one_among import OneAmong
from analytics.selectors.published import Published
from analytics.snapshot import SkillCounts

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class OneCompany(OneAmong):
    key: str

    @classmethod
    def within(cls, question: Question, key: str, name: str, shown: Published) -> "OneCompany":
        around = question.without("company")
        return cls(name, around.narrowed(company=key), around, shown, key)

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
