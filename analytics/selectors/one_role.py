"""One role within the filters of a page: what the parts of its screen read from."""

from dataclasses import dataclass
from functools import cached_property

from analytics.questions import Question
from analytics.selectors.counted import commonest
from analytics.selectors.counted_skills import role_skills, skill_counts_of
from analytics.selectors.links import postings_url
from analytics.selectors.published import Published
from analytics.selectors.selected import selected
from analytics.selectors.skill_links import skill_urls
from analytics.snapshot import Selection, SkillCounts, Snapshot


@dataclass(frozen=True)
class OneRole:
    """`question` is narrowed to the role, `around` is the same with every role."""

    name: str
    question: Question
    around: Question
    shown: Published

    @classmethod
    def within(cls, question: Question, name: str, shown: Published) -> "OneRole":
        around = question.without("role")
        return cls(name, around.narrowed(role=name), around, shown)

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

    def skill_url(self, name: str) -> str:
        """Return the page of a skill within the filters of this one; "" when the skill is gone."""
        url = skill_urls(self.shown.run.pk).get(name)
        return url + self.around.query if url else ""

    def holders_url(self, skill: str, level: str = "") -> str:
        """Return the list of the role's postings that name the skill."""
        return postings_url(self.question, skill=skill, level=level)
