"""One skill within the filters of a page: what the parts of its screen read from."""

from dataclasses import dataclass
from functools import cached_property

from analytics.questions import Question
from analytics.selectors.links import postings_url
from analytics.selectors.published import Published
from analytics.selectors.selected import selected, with_skill
from analytics.selectors.skill_links import skill_page
from analytics.snapshot import Selection, SkillCounts, Snapshot


@dataclass(frozen=True)
class OneSkill:
    """`code` is its place in the snapshot."""

    code: int
    question: Question
    shown: Published

    @property
    def snapshot(self) -> Snapshot:
        return self.shown.snapshot

    @property
    def name(self) -> str:
        return self.snapshot.skills[self.code]

    @cached_property
    def selection(self) -> Selection:
        """All postings of the question."""
        return selected(self.snapshot, self.question.filter)

    @cached_property
    def naming(self) -> Selection:
        """Those of them that name the skill."""
        return with_skill(self.snapshot, self.selection, self.code)

    @cached_property
    def counts(self) -> SkillCounts:
        return self.snapshot.skill_counts(self.selection)

    def postings_url(self, question: Question | None = None, **extra: str) -> str:
        """Return the list of the postings that name the skill, of `question` if given."""
        return postings_url(question or self.question, skill=self.name, **extra)

    def page_of(self, name: str) -> str:
        """Return the page of another skill within the same filters, "" when it has none."""
        return skill_page(name, self.question, self.shown.run.pk)
