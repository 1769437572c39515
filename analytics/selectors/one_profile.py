"""One profile within the filters of a page: what the parts of its screen read from."""

from dataclasses import dataclass
from functools import cached_property

from analytics.questions import Question
from analytics.selectors.contrast import Sides, sides_of, without
from analytics.selectors.links import postings_url
from analytics.selectors.membership import NOBODY
from analytics.selectors.profile_parts import Leaning, leaning_of, postings_leaning
from analytics.selectors.published import ProfileName, Published
from analytics.selectors.skill_links import skill_page
from analytics.snapshot import Selection, Snapshot
from analytics.snapshot.select import pick


@dataclass(frozen=True)
class OneProfile:
    profile: ProfileName
    question: Question
    shown: Published

    @property
    def name(self) -> str:
        return self.profile.name

    @property
    def snapshot(self) -> Snapshot:
        return self.shown.snapshot

    @cached_property
    def leaning(self) -> Leaning:
        return leaning_of(self.question, self.shown)

    @property
    def everyone(self) -> Selection:
        """All postings of the question."""
        return self.leaning.selection

    @cached_property
    def mine(self) -> Selection:
        """Those of them that lean to the profile."""
        return postings_leaning(self.leaning, self.profile.number)

    @cached_property
    def sides(self) -> Sides:
        """The skills of its postings against those of postings that lean to another profile."""
        snapshot, here = self.snapshot, self.snapshot.skill_counts(self.mine)
        if self.everyone.block is None:
            others = pick(self.leaning.other_rows(self.profile.number))
            return sides_of(here, snapshot.skill_counts(others))
        # The prefix cube knows all of them at once, and the thin ones name few skills.
        thin = snapshot.skill_counts(pick(self.leaning.rows(NOBODY)))
        return sides_of(here, without(snapshot.skill_counts(self.everyone), here, thin))

    def postings_url(self, question: Question | None = None, **extra: str) -> str:
        """Return the list of its postings, of `question` if given."""
        return postings_url(question or self.question, **extra, profile=self.profile.known)

    def page_of(self, skill: str) -> str:
        """Return the page of a skill within the same filters, "" when it has none."""
        return skill_page(skill, self.question, self.shown.run.pk)
