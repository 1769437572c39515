"""The list of postings behind any figure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.formats import date_format

from analytics.figures import number
from analytics.questions import Question
from analytics.selectors.facets import Facet, facets_of
from analytics.selectors.filterbar import Chip, label_of
from analytics.selectors.links import path_of
from analytics.selectors.narrowing import narrowed, narrowing_chips, narrowing_pairs, read_narrowing
from analytics.selectors.published import Published
from analytics.selectors.selected import NewestFirst, selected
from analytics.snapshot import Snapshot
from analytics.tables import Cell, Column, Row, Sheet, Table, text_cell
from postings.ingest.contacts import mask_contacts
from postings.models import Company, Posting

PER_PAGE = 50
MOST_EXPORTED = 10_000


@dataclass(frozen=True)
class PostingListScreen:
    """`lines` are a page of the postings; `cap` says what an export of them leaves out, or is ""."""

    count: str
    noun: str
    lines: Sheet
    facets: tuple[Facet, ...]
    chips: tuple[Chip, ...]
    problems: tuple[str, ...]
    words: str
    cap: str


def posting_list_screen(question: Question, shown: Published, query: QueryDict) -> PostingListScreen:
    snapshot, narrowing = shown.snapshot, read_narrowing(query, shown)
    selection = narrowed(selected(snapshot, question.filter), shown, narrowing)
    address, chips = narrowing_pairs(narrowing), narrowing_chips(question, narrowing)

    def url_of(asked: Question) -> str:
        return path_of("posting_list") + asked.query_and(address)

    return PostingListScreen(
        count=number(selection.n),
        noun="posting" if selection.n == 1 else "postings",
        lines=_sheet(NewestFirst(snapshot, selection), _title(selection.n, chips), question, shown, query.get("page")),
        facets=facets_of(snapshot, selection, question, url_of),
        chips=chips,
        problems=narrowing.problems,
        words=narrowing.words,
        cap=f"A file holds the newest {number(MOST_EXPORTED)}." if selection.n > MOST_EXPORTED else "",
    )


def _title(n: int, chips: Sequence[Chip]) -> str:
    """Return what a file of the list says that it holds: what narrows it besides the filters, and its cap."""
    narrowed_by = "; ".join(f"{chip.label}: {chip.text}" for chip in chips)
    left_out = f", the newest {number(MOST_EXPORTED)} of {number(n)}" if n > MOST_EXPORTED else ""
    return f"Postings{left_out}" + (f" ({narrowed_by})" if narrowed_by else "")


def _sheet(rows: NewestFirst, title: str, question: Question, shown: Published, asked: str | None) -> Sheet:
    page = Paginator(rows, PER_PAGE).get_page(asked)
    texts = ("Title", "Company", "Role", "Posted", "Pay", "Source")
    return Sheet(
        key="postings",
        title=title,
        table=Table(
            tuple(Column(text, is_number=False) for text in texts),
            tuple(_lines(shown, list(page.object_list), question)),
        ),
        method="postings",
        page=page,
        whole=lambda: exported_postings(shown, rows[:MOST_EXPORTED]),
        noun="posting" if len(rows) == 1 else "postings",
    )


def exported_postings(shown: Published, rows: Sequence[int]) -> Table:
    """Return postings as a file holds them: out of the run alone, and nothing of their texts."""
    snapshot = shown.snapshot
    columns = ("role", "seniority", "company", "country", "month", "source")
    codes = {name: snapshot.column(name)[list(rows)] for name in ("title", *columns)}
    names = {name: snapshot.company_labels if name == "company" else snapshot.vocabulary(name) for name in columns}
    lines = []
    for place, row in enumerate(rows):
        pk = int(snapshot.posting_id[row])
        values = (names[name][codes[name][place]] for name in columns)
        title = mask_contacts(snapshot.titles[codes["title"][place]])
        page = path_of_posting(pk)
        lines.append((Cell(str(pk), value=pk), Cell(title), *(Cell(value) for value in values), Cell(page)))
    heads = ("Id", "Title", "Role", "Seniority", "Company", "Country", "Month", "Source", "Page")
    return Table(tuple(Column(head, is_number=False) for head in heads), tuple(lines))


def path_of_posting(pk: int) -> str:
    """Return the page of a posting; ten thousand of them would push everything else out of what path_of keeps."""
    return f"{path_of('posting_list')}{pk}/"


def _lines(shown: Published, rows: Sequence[int], question: Question) -> Iterable[Row]:
    ids = [int(shown.snapshot.posting_id[row]) for row in rows]
    found = Posting.objects.select_related("title", "company", "source").in_bulk(ids)
    for pk, row in zip(ids, rows, strict=True):
        if pk in found:
            yield _line(found[pk], shown, row, question)


def _line(posting: Posting, shown: Published, row: int, question: Question) -> Row:
    snapshot, page = shown.snapshot, posting.get_absolute_url() + question.query
    day, role = posting.date_posted, snapshot.roles[snapshot.role[row]]
    return (
        text_cell(mask_contacts(posting.title.text), page, note=_copy_note(snapshot, row)),
        text_cell(*company_link(posting.company, question.without("company")), note=posting.place),
        text_cell(label_of("role", role, snapshot), note=snapshot.seniorities[snapshot.seniority[row]]),
        Cell(date_format(day, "j M Y") if day else "no date", sort=day.isoformat() if day else ""),
        Cell(pay_text(posting)),
        Cell(note=posting.source.name),
    )


def _copy_note(snapshot: Snapshot, row: int) -> str:
    return "copy" if snapshot.is_copy[row] else ""


def company_link(company: Company | None, around: Question) -> tuple[str, str]:
    """Return how a posting spells its company, and the page of the one that it is counted as."""
    if company is None:
        return "", ""
    return company.name, path_of("company", company.merged_into_id or company.pk) + around.query


def pay_text(posting: Posting) -> str:
    """Return pay as it was stated: "USD 120,000–150,000 a year", or ""."""
    stated = [f"{value:,.0f}" for value in (posting.pay_min, posting.pay_max) if value is not None]
    if not stated:
        return ""
    amount = "–".join(dict.fromkeys(stated))
    words = (posting.pay_currency, amount, posting.get_pay_period_display() if posting.pay_period else "")
    return " ".join(word for word in words if word) + (" (minimum above maximum)" if posting.pay_suspect else "")
