"""All samples, and one of them: how far its readers are, what they agreed on, and what that says of the machine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format

from analytics.models import Sample, SampleItem, SampleOf
from analytics.models.samples import PLACES
from analytics.selectors.key_figures import KeyFigure
from analytics.selectors.sample_choices import Choice, mention_choices, title_choices
from analytics.selectors.sample_figures import (
    agreement_figures,
    agreement_of,
    alias_sheet,
    level_answers,
    level_strata,
    share_figure,
    strata_of,
    strata_sheet,
)
from analytics.selectors.sample_marks import (
    NOT_A_ROLE,
    Judged,
    Passage,
    Said,
    final_words,
    judged,
    passage_of,
    role_words,
    said_words,
)
from analytics.tables import Column, Row, Sheet, Table, number_cell, table_columns, text_cell

ON_A_PAGE = 20
MARKS_ON_A_PAGE = 50
FILTER_WORDS = {"kind": "kind", "skill": "skill", "role": "role", "source": "source"}


@dataclass(frozen=True)
class Stage:
    """How far somebody is, as _progress.html places it."""

    label: str
    detail: str
    done: int
    total: int


@dataclass(frozen=True)
class Reader:
    """One of the two; `done` is a day in words, or ""."""

    name: str
    marked: int
    total: int
    done: str

    @property
    def stage(self) -> Stage:
        return stage_of("Marked", self.marked, self.total)


@dataclass(frozen=True)
class SampleHead:
    """What every page of a sample says of it: "48 mentions of skills", "drawn 4 Aug 2026 from run 3 ..."."""

    sample: Sample
    what: str
    drawn: str
    url: str


@dataclass(frozen=True)
class SampleLine:
    head: SampleHead
    readers: tuple[Reader, ...]
    state: str
    read_url: str


@dataclass(frozen=True)
class SamplesScreen:
    lines: tuple[SampleLine, ...]
    page: Page


@dataclass(frozen=True)
class Dispute:
    """A thing on which the readers differ: `passage` of a mention; `seen` is the version of what it was settled on."""

    one: Judged
    text: str
    passage: Passage | None
    first: str
    second: str
    machine: str
    settled: str
    by: str
    seen: int
    url: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Results:
    """What a finished sample says. `open` disputes are not settled yet, and count for nothing."""

    figures: tuple[KeyFigure, ...]
    agreement: tuple[KeyFigure, ...]
    level_agreement: tuple[KeyFigure, ...]
    answers: Sheet | None
    strata: Sheet
    aliases: Sheet | None
    marks: Sheet
    disputes: Page
    open: int


@dataclass(frozen=True)
class SampleScreen:
    head: SampleHead
    readers: tuple[Reader, ...]
    read_url: str
    results: Results | None


def samples_screen(user: User, *, page: str | None) -> SamplesScreen:
    found = Paginator(Sample.objects.select_related("first", "second", "run"), ON_A_PAGE).get_page(page)
    counts = marked_counts([sample.pk for sample in found])
    lines = tuple(
        SampleLine(
            sample_head(sample, total=counts[sample.pk][0]),
            readers_of(sample, counts[sample.pk]),
            "finished" if sample.is_finished else "being read",
            read_url(sample, user),
        )
        for sample in found
    )
    return SamplesScreen(lines, found)


def sample_screen(sample: Sample, user: User, *, page: str | None, disputes: str | None) -> SampleScreen:
    """Return one sample; results are for staff, once both readers are done."""
    counts = marked_counts([sample.pk])[sample.pk]
    may_see = sample.is_finished and user.is_staff
    results = results_of(sample, page=page, disputes=disputes) if may_see else None
    head = sample_head(sample, total=counts[0])
    return SampleScreen(head, readers_of(sample, counts), read_url(sample, user), results)


def read_url(sample: Sample, user: User) -> str:
    """Return where somebody reads, "" for whoever is no reader of it, and when both are done."""
    return reverse("sample_read", args=[sample.pk]) if sample.place_of(user) and not sample.is_finished else ""


def marked_counts(pks: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """Return sample -> how many things it has, and how many the first and the second reader marked; one query."""
    first, second = (Count("marks", filter=Q(marks__place=place)) for place in PLACES)
    rows = SampleItem.objects.filter(sample__in=pks).order_by().values("sample")
    counted = rows.annotate(n=Count("pk", distinct=True), first=first, second=second)
    found = {row["sample"]: (row["n"], row["first"], row["second"]) for row in counted}
    return {pk: found.get(pk, (0, 0, 0)) for pk in pks}


def readers_of(sample: Sample, counts: tuple[int, int, int]) -> tuple[Reader, ...]:
    total, *marked = counts
    return tuple(
        Reader(name_of(user), n, total, date_format(done, "j M Y") if (done := sample.done_at(place)) else "")
        for place, user, n in zip(PLACES, (sample.first, sample.second), marked, strict=True)
    )


def stage_of(label: str, done: int, total: int) -> Stage:
    return Stage(label, f"{done} of {total}", done, total)


def name_of(user: User | None) -> str:
    return user.get_username() if user else "somebody who left"


def sample_head(sample: Sample, *, total: int | None = None) -> SampleHead:
    filters = ", ".join(f"{FILTER_WORDS[name]} {value}" for name, value in sample.asked.items())
    drawn = f"Drawn {date_format(sample.at, 'j M Y')} from run {sample.run_id}, seed {sample.seed}"
    count = sample.items.count() if total is None else total
    what = f"{count} {sample.get_of_display()}" + (f" ({filters})" if filters else "")
    return SampleHead(sample, what, drawn, sample.get_absolute_url())


def results_of(sample: Sample, *, page: str | None, disputes: str | None) -> Results:
    items = judged(sample)
    is_mentions = sample.of == SampleOf.MENTIONS
    strata = strata_of(sample, items)
    both = agreement_of([one.first.answer for one in items], [one.second.answer for one in items])
    roles = NOT_A_ROLE if is_mentions else role_words()
    disputed = [dispute_of(one, roles) for one in items if one.is_disputed]
    of = "mentions" if is_mentions else "titles"
    levels = (share_figure("Levels that are right", level_strata(sample, items), of="levels"),) if is_mentions else ()
    return Results(
        figures=(share_figure(f"{of.capitalize()} read right", strata, of=of), *levels),
        agreement=agreement_figures(both, of=of),
        level_agreement=agreement_figures(agreement_of(*level_answers(items)), of="levels") if is_mentions else (),
        answers=answers_sheet(items, sample) if is_mentions else None,
        strata=strata_sheet(sample, strata, key="strata"),
        aliases=alias_sheet(items, key="aliases") if is_mentions else None,
        marks=marks_sheet(items, sample, roles, page=page),
        disputes=Paginator(disputed, ON_A_PAGE).get_page(disputes),
        open=sum(not one.one.is_settled for one in disputed),
    )


def dispute_of(one: Judged, roles: Mapping[str, str]) -> Dispute:
    item, settled = one.item, one.final if one.is_settled else Said()
    return Dispute(
        one=one,
        text=item.text,
        passage=passage_of(item) if item.level else None,
        first=said_words(one.first, roles),
        second=said_words(one.second, roles),
        machine=machine_words(item, roles),
        settled=said_words(one.final, roles) if one.is_settled else "",
        by=f"{date_format(item.agreed_at, 'j M Y')}" if item.agreed_at else "",
        seen=item.version,
        url=reverse("sample_settle", args=[item.sample_id, item.number]),
        choices=mention_choices(settled) if item.level else title_choices(settled, roles),
    )


def shown(item: SampleItem) -> str:
    """Return the sentence of a mention, or the title, as one line."""
    text = item.text[item.sentence_start : item.sentence_end] if item.sentence_end else item.text
    return " ".join(text.split())


def machine_words(item: SampleItem, roles: Mapping[str, str]) -> str:
    """Return how the run reads it."""
    return f"{item.reading}, {item.level}" if item.level else roles.get(item.reading, item.reading)


def answers_sheet(items: Sequence[Judged], sample: Sample) -> Sheet | None:
    """Return how often the first reader said this and the second that."""
    found = agreement_of([one.first.answer for one in items], [one.second.answer for one in items])
    if found is None:
        return None
    names = [said_words(Said(answer)).replace(", level unclear", "") for answer in found.answers]
    first, second = name_of(sample.first), name_of(sample.second)
    columns = table_columns(f"{first} said", *(f"{second}: {name}" for name in names))
    rows = tuple(
        (text_cell(name), *(number_cell(int(n)) for n in line)) for name, line in zip(names, found.counts, strict=True)
    )
    return Sheet("answers", "How the two answered", Table(columns, rows), method="kappa")


def marks_sheet(items: Sequence[Judged], sample: Sample, roles: Mapping[str, str], *, page: str | None) -> Sheet:
    """Return all marks; exports hold every page."""
    is_mentions = sample.of == SampleOf.MENTIONS
    heads = (
        "Number",
        "Sentence" if is_mentions else "Title",
        "Phrase",
        "Read as",
        "First said",
        "Second said",
        "Stands",
        "Times",
    )
    columns = tuple(Column(head, is_number=head == "Times") for head in heads)
    found = Paginator(items, MARKS_ON_A_PAGE).get_page(page)

    def table(chosen: Sequence[Judged]) -> Table:
        return Table(columns, tuple(_mark_row(one, roles) for one in chosen))

    return Sheet(
        "marks", "All marks", table(list(found)), method="kappa", page=found, whole=lambda: table(items), noun="marks"
    )


def _mark_row(one: Judged, roles: Mapping[str, str]) -> Row:
    item = one.item
    stands = final_words(one, roles)
    texts = (item.phrase, machine_words(item, roles), said_words(one.first, roles), said_words(one.second, roles))
    url = item.posting.get_absolute_url()
    number = text_cell(str(item.number))
    return (number, text_cell(shown(item), url=url), *map(text_cell, texts), text_cell(stands), number_cell(item.times))
