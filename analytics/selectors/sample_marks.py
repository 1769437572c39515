"""The things of a sample, what the two readers said of each, and what stands in the end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from analytics.models import Answer, Role, Sample, SampleItem, SampleMark
from analytics.models.samples import PLACES
from analytics.selectors.role_names import role_label
from analytics.titles import OTHER, UNKNOWN

NOT_A_ROLE = {OTHER: "another trade", UNKNOWN: "says nothing of the work", Answer.UNSURE.value: "cannot tell"}


@dataclass(frozen=True)
class Said:
    """An answer, and of a mention its level; level "" is one that cannot be told, answer "" nothing said."""

    answer: str = ""
    level: str = ""


@dataclass(frozen=True)
class Passage:
    """A text in five parts: around the sentence, the sentence, and in the middle the mention."""

    lead: str
    before: str
    hit: str
    after: str
    tail: str


@dataclass(frozen=True)
class Judged:
    """An item with what the two said. `final` is what both said, or what people settled on; else nothing."""

    item: SampleItem
    first: Said
    second: Said
    final: Said

    @property
    def is_disputed(self) -> bool:
        return self.first != self.second

    @property
    def is_open(self) -> bool:
        """Return whether it is not known what people take it for: they differ, and nothing is settled."""
        return not self.final.answer

    @property
    def is_disputed_in_level_alone(self) -> bool:
        return self.is_disputed and self.first.answer == self.second.answer

    @property
    def is_settled(self) -> bool:
        return bool(self.item.agreed)

    @property
    def counts(self) -> bool:
        """Return whether it is known what is right."""
        return self.final.answer not in ("", Answer.UNSURE)

    @property
    def is_right(self) -> bool:
        """Return whether the machine read what the two people read."""
        return self.final.answer in (Answer.YES, self.item.reading)


def judged(sample: Sample) -> tuple[Judged, ...]:
    """Return all items of a sample by number; two queries."""
    items = sample.items.select_related("posting__title", "posting__company").prefetch_related("marks")
    return tuple(judged_item(item, item.marks.all()) for item in items.order_by("number"))


def judged_item(item: SampleItem, marks: Iterable[SampleMark]) -> Judged:
    said = {mark.place: Said(mark.answer, mark.level) for mark in marks}
    first, second = (said.get(place, Said()) for place in PLACES)
    if item.agreed:
        return Judged(item, first, second, Said(item.agreed, item.agreed_level))
    return Judged(item, first, second, _of_both(first, second))


def _of_both(first: Said, second: Said) -> Said:
    """Return what both said: of a mention that both take for one the level only where they agree on it, too."""
    if first.answer != second.answer:
        return Said()
    return Said(first.answer, first.level if first.level == second.level else "")


def passage_of(item: SampleItem) -> Passage:
    ends = (0, item.sentence_start, item.start, item.end, item.sentence_end, len(item.text))
    return Passage(*(item.text[start:end] for start, end in pairwise(ends)))


def role_words() -> dict[str, str]:
    """Return slug -> name of each role of today, and the words of the answers that are no role."""
    roles = {slug: role_label(name) for slug, name in Role.objects.values_list("slug", "name")}
    return NOT_A_ROLE | roles


def said_words(said: Said, roles: Mapping[str, str] = NOT_A_ROLE) -> str:
    """Return "yes, required", "no", "Data engineer"."""
    if said.answer == Answer.YES:
        return f"yes, {said.level or 'level unclear'}"
    return "no" if said.answer == Answer.NO else roles.get(said.answer, said.answer)


def final_words(one: Judged, roles: Mapping[str, str]) -> str:
    """Return what stands in the end, and what is still open of it."""
    if one.is_open:
        return "open"
    if one.is_disputed_in_level_alone and not one.is_settled:
        return "yes, level open"
    return said_words(one.final, roles)
