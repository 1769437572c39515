"""One of many (a company, a role) within the filters of a page, and all of them."""

from dataclasses import dataclass
from functools import cached_property

from analytics.questions import Question
from analytics.selectors.links import postings_url
from analytics.selectors.published import Published
from analytics.selectors.selected import selected
from analytics.selectors.skill_links import skill_page
from analytics.snapshot import Selection, Snapshot


@dataclass(frozen=True)
class OneAmong:
    """`name` is what it is called, `question` is narrowed to it, `around` is the same with every other one."""

    name: str
    question: Question
    around: Question
    shown: Published

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

    def skill_url(self, name: str) -> str:
        """Return the page of a skill with every one of them; "" when the skill is gone."""
        return skill_page(name, self.around, self.shown.run.pk)

    def holders_url(self, skill: str, level: str = "") -> str:
        """Return the list of its postings that name the skill."""
        return postings_url(self.question, skill=skill, level=level)
