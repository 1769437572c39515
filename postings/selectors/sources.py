"""The source register: what is known of each source, how good its files are, and what was removed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format

from postings.ingest import ColumnMap, FieldReport, merged
from postings.ingest.contacts import mask_contacts
from postings.models import IS_COPY, Posting, Removal, Source, Upload
from postings.selectors.figures import Figure
from postings.selectors.words import FieldLine, field_lines

PER_PAGE = 50
SOON = 14
"""Days before the end of keeping at which it is said aloud."""


@dataclass(frozen=True)
class Deadline:
    """Until when a source may be kept. `badge` is "", "warn" or "bad", the class of its badge; `left` says how long."""

    day: date
    left: str
    badge: str


@dataclass(frozen=True)
class SourceLine:
    source: Source
    uploads: int
    postings: int
    rejected: str
    """Share of the rows that were not taken, as text; "" before any row."""
    deadline: Deadline | None


@dataclass(frozen=True)
class SourcesScreen:
    lines: tuple[SourceLine, ...]
    page: Page
    removals: int


def sources_screen(*, page: str | None, today: date | None = None) -> SourcesScreen:
    today = today or timezone.localdate()
    postings = Posting.objects.filter(source=OuterRef("pk")).order_by().values("source").annotate(n=Count("pk"))
    found = Source.objects.annotate(
        n_uploads=Count("uploads"),
        n_rows=Coalesce(Sum("uploads__rows"), 0),
        n_rejected=Coalesce(Sum("uploads__rejected"), 0),
        n_postings=Coalesce(Subquery(postings.values("n")), 0),
    )
    shown = Paginator(found.order_by("name"), PER_PAGE).get_page(page)
    lines = tuple(_line(source, today) for source in shown)
    return SourcesScreen(lines=lines, page=shown, removals=Removal.objects.count())


def _line(source: Source, today: date) -> SourceLine:
    n = {name: int(getattr(source, f"n_{name}")) for name in ("uploads", "postings", "rejected", "rows")}
    rejected = _share(n["rejected"], n["rows"])
    return SourceLine(source, n["uploads"], n["postings"], rejected, deadline_of(source, today=today))


@dataclass(frozen=True)
class SourceScreen:
    source: Source
    facts: tuple[tuple[str, str], ...]
    deadline: Deadline | None
    at_cap: tuple[Upload, ...]
    """Files with as many rows as the board shows at most."""
    counts: tuple[Figure, ...]
    fields: tuple[FieldLine, ...]
    reasons: tuple[Figure, ...]
    thresholds: tuple[Figure, ...]
    uploads: Page = field(repr=False)


def source_screen(source: Source, *, page: str | None, today: date | None = None) -> SourceScreen:
    """Return the page of one source: its record, its files, and the report over all of them."""
    uploads = Upload.objects.filter(source=source).select_related("by")
    return SourceScreen(
        source=source,
        facts=_facts(source),
        deadline=deadline_of(source, today=today or timezone.localdate()),
        at_cap=tuple(uploads.filter(rows__gte=source.cap).order_by("-pk")[:5]) if source.cap else (),
        counts=_counts(source, uploads),
        fields=_fields(uploads),
        reasons=_reasons(source),
        thresholds=_thresholds(source),
        uploads=Paginator(uploads, PER_PAGE).get_page(page),
    )


def deadline_of(source: Source, *, today: date) -> Deadline | None:
    if source.keep_until is None:
        return None
    days = (source.keep_until - today).days
    if days < 0:
        return Deadline(source.keep_until, "over: deleted at the next turn", "bad")
    left = "today is the last day" if days == 0 else f"{days:,} day{'' if days == 1 else 's'} left"
    return Deadline(source.keep_until, left, "warn" if days < SOON else "")


@dataclass(frozen=True)
class RemovalPreview:
    """What goes with a source."""

    source: Source
    goes: tuple[str, ...]


def removal_preview(source: Source) -> RemovalPreview:
    uploads = source.uploads.aggregate(n=Count("pk"), rejected=Coalesce(Sum("rejected"), 0))
    versions = source.postings.filter(versions__isnull=False).aggregate(n=Count("versions"))["n"]
    counted = (
        (source.postings.count(), "posting with its text and what was read in it", "postings with their texts"),
        (versions, "earlier version of a posting", "earlier versions of postings"),
        (uploads["n"], "file as it was handed in, with its report", "files as they were handed in, with their reports"),
        (uploads["rejected"], "rejected row", "rejected rows"),
    )
    return RemovalPreview(source, tuple(f"{n:,} {one if n == 1 else many}" for n, one, many in counted if n))


def removals_page(*, page: str | None) -> Page:
    return Paginator(Removal.objects.select_related("by"), PER_PAGE).get_page(page)


def _facts(source: Source) -> tuple[tuple[str, str], ...]:
    """Return what was written down, in the order of the page; what nobody wrote is left out."""
    facts = (
        ("Kind", source.get_kind_display()),
        ("Query", source.query),
        ("Shown at most", f"{source.cap:,} results for one search" if source.cap else ""),
        ("Collected by", source.collected_by),
        ("Licence", source.licence),
        ("Contact", source.contact),
        ("Notes", source.notes),
        ("Known since", date_format(source.created_at, "j M Y")),
    )
    return tuple((label, text) for label, text in facts if text)


def _counts(source: Source, uploads) -> tuple[Figure, ...]:  # type: ignore[no-untyped-def]  # an annotated QuerySet
    names = ("rows", "new", "changed", "repeated", "rejected")
    sums = uploads.aggregate(**{f"n_{name}": Coalesce(Sum(name), 0) for name in names})
    postings = Posting.objects.filter(source=source).aggregate(n=Count("pk"), copies=Count("pk", filter=IS_COPY))
    n = {name: sums[f"n_{name}"] for name in names}
    return (
        Figure("Postings", f"{postings['n']:,}", "kept from it now"),
        Figure("Rows", f"{n['rows']:,}", "in all its files"),
        Figure("Changed", f"{n['changed']:,}", "said something else before"),
        Figure("Repeated", f"{n['repeated']:,}", f"{_share(n['repeated'], n['rows']) or '0%'} of the rows were known"),
        Figure("Copies", f"{postings['copies']:,}", "the same ad as another posting"),
        Figure("Rejected", f"{n['rejected']:,}", f"{_share(n['rejected'], n['rows']) or '0%'} of the rows"),
    )


def _fields(uploads) -> tuple[FieldLine, ...]:  # type: ignore[no-untyped-def]  # an annotated QuerySet
    """Return the report over all files; the columns are those of the latest."""
    report: FieldReport = {}
    columns: Mapping[str, str] = {}
    for fields, columns_of in uploads.order_by("pk").values_list("fields", "columns").iterator():
        report, columns = merged(report, fields), columns_of or columns
    return field_lines(report, columns=ColumnMap.from_dict(columns))


def _reasons(source: Source) -> tuple[Figure, ...]:
    """Return why rows were not taken, the commonest first, with one value as an example."""
    waiting = source.uploads.filter(rejections__mended_in=None, rejections__isnull=False)
    rows = waiting.values(reason=F("rejections__reason")).annotate(n=Count("rejections"))
    examples = dict(waiting.exclude(rejections__value="").values_list("rejections__reason", "rejections__value")[:500])
    return tuple(
        Figure(mask_contacts(row["reason"]), f"{row['n']:,}", mask_contacts(examples.get(row["reason"], ""))[:80])
        for row in rows.order_by("-n", "reason")[:10]
    )


def _thresholds(source: Source) -> tuple[Figure, ...]:
    return (
        Figure("Rejected", f"{source.most_rejected}%", "of the rows"),
        Figure("Unreadable", f"{source.most_unreadable}%", "of the values of one field"),
        Figure("Incomplete", f"{source.most_incomplete}%", "of the rows without company, place or date"),
        Figure("Repeated", f"{source.most_repeated}%", "of the rows, inside one file"),
    )


def _share(count: int, of: int) -> str:
    return f"{100 * count / of:.{1 if count else 0}f}%" if of else ""
