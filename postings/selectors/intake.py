"""What a person or a worker wants to know about uploads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, OuterRef, When
from django.utils import timezone

from jobsite.work import UNFINISHED, State
from postings.ingest import ColumnMap, FileFormat
from postings.models import IS_COPY, CopyPass, Posting, Rejection, Source, SourceKind, Upload
from postings.selectors.figures import Figure, Stage
from postings.selectors.words import FIELD_LABELS, FieldLine, duration_words, field_lines, format_words

PER_PAGE = 50


def uploads_that_can_start() -> list[int]:
    """Return the waiting uploads with no older unfinished one of their source, oldest first."""
    older = Upload.objects.filter(source=OuterRef("source"), pk__lt=OuterRef("pk"), state__in=UNFINISHED)
    waiting = Upload.objects.filter(state=State.QUEUED).exclude(Exists(older))
    return list(waiting.order_by("pk").values_list("pk", flat=True))


@dataclass(frozen=True)
class UploadsScreen:
    uploads: Page
    sources: list[Source]
    states: list[tuple[str, str]]
    source: str
    """Id of the source whose uploads are listed, "" for all; `state` likewise."""
    state: str
    waiting: int
    """Uploads that wait for a decision, whatever is listed."""
    sample: Source | None
    """The synthetic sample, while it is still in."""

    @property
    def is_filtered(self) -> bool:
        return bool(self.source or self.state)


def uploads_screen(*, page: str | None, source: str = "", state: str = "") -> UploadsScreen:
    """Return the uploads, those that wait for a decision first, then the newest."""
    sources = list(Source.objects.all())
    source = source if source in {str(known.pk) for known in sources} else ""
    state = state if state in State.values else ""
    wanted = {name: value for name, value in (("source", source), ("state", state)) if value}
    is_held = Case(When(state=State.HELD, then=0), default=1)
    found = Upload.objects.filter(**wanted).order_by(is_held, "-pk").select_related("source", "by")
    return UploadsScreen(
        uploads=Paginator(found, PER_PAGE).get_page(page),
        sources=sources,
        states=list(State.choices),
        source=source,
        state=state,
        waiting=Upload.objects.filter(state=State.HELD).count(),
        sample=next((known for known in sources if known.kind == SourceKind.SAMPLE), None),
    )


@dataclass(frozen=True)
class UploadScreen:
    upload: Upload
    is_unfinished: bool
    stages: tuple[Stage, ...]
    counts: tuple[Figure, ...]
    reasons: tuple[Figure, ...]
    rejections: tuple[Rejection, ...]
    mended: int
    """How many of the rejected rows have been handed in again, mended, and taken."""
    rejected: int
    mending: tuple[Upload, ...]
    """The lists of mended rows that were handed in."""
    fields: tuple[FieldLine, ...]
    columns: tuple[tuple[str, str], ...]
    """(our field, column of the file)"""
    file_facts: tuple[tuple[str, str], ...]
    taken: int
    figures_note: str


def upload_screen(upload: Upload) -> UploadScreen:
    """Return everything that the report of one upload says."""
    found = _postings_of(upload)
    is_behind = upload.state == State.DONE and (found.read < found.postings or CopyPass.objects.unfinished().exists())
    is_unfinished = upload.is_unfinished or is_behind
    reasons = upload.rejections.values("reason").annotate(n=Count("pk"), mended=Count("mended_in"))
    counted = list(reasons.order_by("-n", "reason"))
    columns = ColumnMap.from_dict(upload.columns)
    return UploadScreen(
        upload=upload,
        is_unfinished=is_unfinished,
        stages=(_ingest_stage(upload), _reading_stage(upload, found)),
        counts=_counts(upload, found, is_unfinished=is_unfinished),
        reasons=tuple(Figure(row["reason"], f"{row['n']:,}") for row in counted),
        rejections=tuple(upload.rejections.all()[:PER_PAGE]),
        mended=sum(row["mended"] for row in counted),
        rejected=sum(row["n"] for row in counted),
        mending=tuple(upload.mended_by.order_by("pk")),
        fields=field_lines(upload.fields, columns=columns),
        columns=tuple(_column_lines(upload.columns)),
        file_facts=(("Format", format_words(FileFormat.from_dict(upload.format))),) if upload.format else (),
        taken=upload.rows - upload.rejected,
        figures_note=""
        if is_unfinished or not found.postings
        else "The figures are renewed a moment after the last text is read.",
    )


@dataclass(frozen=True)
class _Postings:
    """How many postings were last seen in an upload, how many of them were read for skills, how many are copies."""

    postings: int
    read: int
    copies: int


def _postings_of(upload: Upload) -> _Postings:
    found = Posting.objects.filter(last_upload=upload).aggregate(
        postings=Count("pk"), read=Count("extraction"), copies=Count("pk", filter=IS_COPY)
    )
    return _Postings(**found)


def _column_lines(columns: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, column in sorted(columns.items()):
        field, _, which = name.partition(" (")
        label = FIELD_LABELS.get(field, field)
        if which == "fixed)":
            yield label, f"“{column}” for all rows"
        else:
            yield (f"{label}, where that is empty" if which else label), column


def _ingest_stage(upload: Upload) -> Stage:
    label = "Rows taken in"
    if not upload.is_unfinished:
        seconds = upload.seconds
        took = f" in {duration_words(seconds)}, {upload.rows / max(seconds, 0.1):,.0f} a second" if seconds else ""
        return Stage(label, f"{upload.rows:,} rows{took}", 1, 1)
    if upload.state != State.RUNNING:
        return Stage(label, "waiting for a worker", upload.line, upload.lines_total)
    pace = _pace(upload.rows, upload.started_at, done=upload.line, total=upload.lines_total)
    return Stage(label, f"{upload.rows:,} rows{pace}", upload.line, upload.lines_total)


def _reading_stage(upload: Upload, found: _Postings) -> Stage:
    detail = f"{found.read:,} of {found.postings:,}"
    if found.read < found.postings and not upload.is_unfinished:
        detail += _pace(found.read, upload.finished_at, done=found.read, total=found.postings)
    return Stage("Texts read for skills", detail, found.read, found.postings)


def _pace(count: int, began: datetime | None, *, done: int, total: int) -> str:
    """Return ", 820 a second, 5 s left", or "" as long as there is nothing to say."""
    if not began or not count:
        return ""
    seconds = max((timezone.now() - began).total_seconds(), 0.1)
    left = seconds * max(total - done, 0) / done if done else 0.0
    return f", {count / seconds:,.0f} a second" + (f", {duration_words(left)} left" if left else "")


def _counts(upload: Upload, found: _Postings, *, is_unfinished: bool) -> tuple[Figure, ...]:
    notes = {
        "rows": "in the file so far" if upload.is_unfinished else "in the file",
        "new": "postings not seen before",
        "changed": "seen before, with changes",
        "repeated": "seen before, the same",
        "rejected": "not taken: reasons below" if upload.rejected else "every row was taken",
    }
    figures = tuple(Figure(name.capitalize(), f"{getattr(upload, name):,}", note) for name, note in notes.items())
    copies = "looked for once all is read" if is_unfinished else "same ad as another posting"
    return (*figures, Figure("Copies", "–" if is_unfinished else f"{found.copies:,}", copies))
