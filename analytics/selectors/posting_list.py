"""The list of postings behind any figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.formats import date_format

from analytics.figures import number
from analytics.questions import Question
from analytics.selectors.filterbar import Chip, label_of
from analytics.selectors.narrowing import narrowed, narrowing_chips, read_narrowing
from analytics.selectors.published import Published
from analytics.selectors.selected import NewestFirst, selected
from postings.ingest.contacts import mask_contacts
from postings.models import Posting

PER_PAGE = 50


@dataclass(frozen=True)
class PostingLine:
    title: str
    url: str
    company: str
    place: str
    role: str
    seniority: str
    day: str
    day_sort: str
    pay: str
    source: str
    is_copy: bool


@dataclass(frozen=True)
class PostingListScreen:
    count: str
    noun: str
    lines: tuple[PostingLine, ...]
    page: Page
    chips: tuple[Chip, ...]
    problems: tuple[str, ...]
    words: str


def posting_list_screen(question: Question, shown: Published, query: QueryDict) -> PostingListScreen:
    narrowing = read_narrowing(query, shown)
    selection = narrowed(selected(shown.snapshot, question.filter), shown, narrowing)
    page = Paginator(NewestFirst(shown.snapshot, selection), PER_PAGE).get_page(query.get("page"))
    return PostingListScreen(
        count=number(selection.n),
        noun="posting" if selection.n == 1 else "postings",
        lines=_lines(shown, list(page.object_list)),
        page=page,
        chips=narrowing_chips(question, narrowing),
        problems=narrowing.problems,
        words=narrowing.words,
    )


def _lines(shown: Published, rows: Sequence[int]) -> tuple[PostingLine, ...]:
    ids = [int(shown.snapshot.posting_id[row]) for row in rows]
    found = Posting.objects.select_related("title", "company", "source").in_bulk(ids)
    return tuple(_line(found[pk], shown, row) for pk, row in zip(ids, rows, strict=True) if pk in found)


def _line(posting: Posting, shown: Published, row: int) -> PostingLine:
    snapshot = shown.snapshot
    day = posting.date_posted
    return PostingLine(
        title=mask_contacts(posting.title.text),
        url=posting.get_absolute_url(),
        company=posting.company.name if posting.company else "",
        place=posting.place,
        role=label_of("role", snapshot.roles[snapshot.role[row]], snapshot),
        seniority=snapshot.seniorities[snapshot.seniority[row]],
        day=date_format(day, "j M Y") if day else "no date",
        day_sort=day.isoformat() if day else "",
        pay=pay_text(posting),
        source=posting.source.name,
        is_copy=bool(snapshot.is_copy[row]),
    )


def pay_text(posting: Posting) -> str:
    """Return pay as it was stated: "USD 120,000–150,000 a year", or ""."""
    stated = [f"{value:,.0f}" for value in (posting.pay_min, posting.pay_max) if value is not None]
    if not stated:
        return ""
    amount = "–".join(dict.fromkeys(stated))
    words = (posting.pay_currency, amount, posting.get_pay_period_display() if posting.pay_period else "")
    return " ".join(word for word in words if word) + (" (minimum above maximum)" if posting.pay_suspect else "")
