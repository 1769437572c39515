"""What a person or a worker wants to know about uploads."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from jobsite.work import UNFINISHED, State
from postings.models import Posting, Rejection, Source, SourceKind, Upload

PER_PAGE = 50


def uploads_that_can_start() -> list[int]:
    """Return the waiting uploads with no older unfinished one of their source, oldest first."""
    older = Upload.objects.filter(source=OuterRef("source"), pk__lt=OuterRef("pk"), state__in=UNFINISHED)
    waiting = Upload.objects.filter(state=State.QUEUED).exclude(Exists(older))
    return list(waiting.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class UploadsScreen:
    uploads: Page
    sources: list[str]
    sample: Source | None
    """The synthetic sample, while it is still in."""


def uploads_screen(*, page: str | None) -> UploadsScreen:
    uploads = Paginator(Upload.objects.select_related("source", "by"), PER_PAGE).get_page(page)
    return UploadsScreen(
        uploads=uploads,
        sources=list(Source.objects.values_list("name", flat=True)),
        sample=Source.objects.filter(kind=SourceKind.SAMPLE).first(),
    )


@dataclass(frozen=True)
class Stage:
    """One stage of an upload, as _progress.html places it; `total` 0 means that there is nothing to measure it by."""

    label: str
    detail: str
    done: int
    total: int


@dataclass(frozen=True)
class Figure:
    """One count, as _figures.html places it."""

    label: str
    value: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class UploadScreen:
    upload: Upload
    is_unfinished: bool
    stages: tuple[Stage, ...]
    counts: tuple[Figure, ...]
    reasons: tuple[Figure, ...]
    rejections: tuple[Rejection, ...]
    columns: tuple[tuple[str, str], ...]
    """(our field, column of the file)"""
    format_text: str
    figures_note: str


def upload_screen(upload: Upload) -> UploadScreen:
    """Return everything that the page of one upload says."""
    taken = Posting.objects.filter(last_upload=upload)
    read, postings = taken.filter(extraction__isnull=False).count(), taken.count()
    is_unfinished = upload.is_unfinished or (upload.state == State.DONE and read < postings)
    reasons = upload.rejections.values("reason").annotate(n=Count("pk")).order_by("-n", "reason")
    return UploadScreen(
        upload=upload,
        is_unfinished=is_unfinished,
        stages=(_ingest_stage(upload), Stage("Texts read for skills", f"{read:,} of {postings:,}", read, postings)),
        counts=_counts(upload),
        reasons=tuple(Figure(row["reason"], f"{row['n']:,}") for row in reasons),
        rejections=tuple(upload.rejections.all()[:PER_PAGE]),
        columns=tuple(sorted(upload.columns.items())),
        format_text=_format_text(upload),
        figures_note=""
        if is_unfinished or not postings
        else "The figures are renewed a moment after the last text is read.",
    )


def _format_text(upload: Upload) -> str:
    """Return "csv, utf-8-sig, columns divided by “;”", or "" before the file has been looked at."""
    parts = [str(value) for name, value in upload.format.items() if value and name != "delimiter"]
    if delimiter := upload.format.get("delimiter"):
        parts.append("columns divided by tabs" if delimiter == "\t" else f"columns divided by “{delimiter}”")
    return ", ".join(parts)


def _ingest_stage(upload: Upload) -> Stage:
    if not upload.is_unfinished:
        seconds = upload.seconds
        took = f" in {seconds:.1f} s" if seconds else ""
        return Stage("Rows taken in", f"{upload.rows:,} rows{took}", 1, 1)
    detail = f"{upload.rows:,} rows" if upload.state == State.RUNNING else "waiting for a worker"
    began = upload.started_at
    if began and upload.rows and upload.state == State.RUNNING:
        rate = upload.rows / max((timezone.now() - began).total_seconds(), 0.1)
        detail += f", {rate:,.0f} a second"
    return Stage("Rows taken in", detail, upload.line, upload.lines_total)


def _counts(upload: Upload) -> tuple[Figure, ...]:
    notes = {
        "rows": "in the file so far" if upload.is_unfinished else "in the file",
        "new": "postings not seen before",
        "changed": "seen before, with changes",
        "repeated": "seen before, the same",
        "rejected": "not taken: reasons below",
    }
    return tuple(Figure(name.capitalize(), f"{getattr(upload, name):,}", note) for name, note in notes.items())


def rejection_rows(upload: Upload) -> Iterator[list[str]]:
    """Yield a header and the rejected rows: reason, line and column, then the row's own columns as they were."""
    names: list[str] = []
    for raw in upload.rejections.values_list("raw", flat=True).iterator():
        names += [name for name in raw if name not in names]
    yield [neutral(cell) for cell in ("rejected because", "line", "column", *names)]
    for rejection in upload.rejections.iterator():
        cells = (
            rejection.reason,
            str(rejection.line),
            rejection.column,
            *(rejection.raw.get(name, "") for name in names),
        )
        yield [neutral(str(cell)) for cell in cells]


def neutral(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.lstrip("\t\r\n ")[:1] in ("=", "+", "-", "@") else cell
