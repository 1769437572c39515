"""One role within the filters of a page: what the parts of its screen read from."""

from dataclasses import dataclass
from functools import cached_property

from analytics.questions import Question
from analytics.selectors.counted import commonest
from analytics.selectors.counted_skills import role_skills, skill_counts_of
from analytics.selectors.one_among import OneAmong
from analytics.selectors.published import Published
from analytics.snapshot import SkillCounts


@dataclass(frozen=True)
class OneRole(OneAmong):
    @classmethod
    def within(cls, question: Question, name: str, shown: Published) -> "OneRole":
        around = question.without("role")
        return cls(name, around.narrowed(role=name), around, shown)

    @cached_property
    def counts(self) -> SkillCounts:
        code = self.snapshot.code("role", self.name)
        return skill_counts_of(role_skills(self.snapshot, self.everyone)[code], self.n)

    @cached_property
    def all_counts(self) -> SkillCounts:
        """Over all roles, this one included."""
        return skill_counts_of(role_skills(self.snapshot, self.everyone).sum(axis=0), self.everyone.n)

    def by_share(self) -> list[int]:
        """Return the codes of the skills that the role's postings name, the commonest first, equals by name."""
        return commonest(self.counts.any, len(self.counts.any))
