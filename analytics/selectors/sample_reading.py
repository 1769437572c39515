"""The page on which a reader marks one thing after another, blind to the other reader's marks and the machine's."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from analytics.models import Answer, Role, Sample, SampleItem, SampleMark, SampleOf
from analytics.selectors.role_names import role_label
from analytics.selectors.sample_choices import Choice, mention_choices, other_choices
from analytics.selectors.sample_marks import NOT_A_ROLE, Passage, Said, passage_of, role_words, said_words
from analytics.selectors.samples import SampleHead, Stage, sample_head, shown, stage_of
from analytics.tables import Column, Sheet, Table, text_cell
from analytics.titles import OTHER, UNKNOWN
from postings.models import Skill


@dataclass(frozen=True)
class ReadingScreen:
    """`role` is the name that was said, "" for none; `seen` the version of the mark, 0 for none."""

    head: SampleHead
    item: SampleItem
    question: str
    definition: str
    passage: Passage | None
    choices: tuple[Choice, ...]
    roles: tuple[str, ...]
    role: str
    seen: int
    stage: Stage
    said: str
    before_url: str
    next_url: str
    mark_url: str


@dataclass(frozen=True)
class ReadScreen:
    """All is marked: what one said, to look over once more."""

    head: SampleHead
    marks: Sheet
    is_done: bool


def unmarked(sample: Sample, place: int) -> QuerySet[SampleItem]:
    """Return what a reader has not marked yet, by number."""
    own = SampleMark.objects.filter(item=OuterRef("pk"), place=place)
    return sample.items.filter(~Exists(own)).order_by("number")


def next_unmarked(sample: Sample, place: int, *, after: int) -> int | None:
    """Return the number of the next unmarked item, from the start again behind the last; None when all are marked."""
    numbers = list(unmarked(sample, place).values_list("number", flat=True))
    return next((number for number in numbers if number > after), numbers[0] if numbers else None)


def reading_screen(item: SampleItem, place: int) -> ReadingScreen:
    sample = item.sample
    mark = item.marks.filter(place=place).first()
    said = Said(mark.answer, mark.level) if mark else Said()
    total = sample.items.count()
    # Items go with their postings, so numbers may have gaps.
    before = sample.items.filter(number__lt=item.number).last()
    after = sample.items.filter(number__gt=item.number).first()
    is_mention = sample.of == SampleOf.MENTIONS
    words = role_words() if said.answer and not is_mention else NOT_A_ROLE
    return ReadingScreen(
        head=sample_head(sample),
        item=item,
        question=item.reading if is_mention else "",
        definition=definition_of(item.reading) if is_mention else "",
        passage=passage_of(item) if is_mention else None,
        choices=mention_choices(said) if is_mention else other_choices(said),
        roles=() if is_mention else role_choices(),
        role="" if said.answer in ("", OTHER, UNKNOWN, Answer.UNSURE) else words.get(said.answer, ""),
        seen=mark.version if mark else 0,
        stage=stage_of("Marked", total - unmarked(sample, place).count(), total),
        said=said_words(said, words) if mark else "",
        before_url=item_url(before) if before else "",
        next_url=item_url(after) if after else "",
        mark_url=item_url(item),
    )


def read_screen(sample: Sample, place: int) -> ReadScreen:
    """Return what a reader said of everything."""
    words = role_words()
    marks = SampleMark.objects.filter(item__sample=sample, place=place).select_related("item")
    heads = ["Number", "Text", *(["Skill"] if sample.of == SampleOf.MENTIONS else []), "You said"]
    rows = []
    for mark in marks.order_by("item__number"):
        item, said = mark.item, said_words(Said(mark.answer, mark.level), words)
        texts = [shown(item), *([item.reading] if sample.of == SampleOf.MENTIONS else []), said]
        rows.append((text_cell(str(item.number), url=item_url(item)), *map(text_cell, texts)))
    columns = tuple(Column(head, is_number=False) for head in heads)
    sheet = Sheet("own-marks", "What you said", Table(columns, tuple(rows)), tall=True)
    return ReadScreen(sample_head(sample), sheet, is_done=sample.done_at(place) is not None)


def definition_of(name: str) -> str:
    """Return what a skill is, in one line, "" where nobody wrote it or it has another name now."""
    return Skill.objects.filter(name=name).values_list("definition", flat=True).first() or ""


def item_url(item: SampleItem) -> str:
    return reverse("sample_mark", args=[item.sample_id, item.number])


def role_choices() -> tuple[str, ...]:
    """Return what the roles are called that a title can be given: those that lead to no other."""
    return tuple(map(role_label, Role.objects.filter(merged_into=None).values_list("name", flat=True)))
