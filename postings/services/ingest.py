"""Rows of an upload become postings or rejections, chunk by chunk, each with its checkpoint in one transaction."""

import gzip
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from jobsite.batching import batched
from jobsite.work import UNFINISHED, LeaseLostError, State
from postings import ingest
from postings.models import Rejection, Upload
from postings.services.posting_rows import Outcome, save_postings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class IngestReport:
    """What became of a file. The four counts add up to `rows`; `seconds` is the time of this call."""

    upload: int
    state: str
    rows: int = 0
    new: int = 0
    changed: int = 0
    repeated: int = 0
    rejected: int = 0
    error: str = ""
    seconds: float = 0.0

    @classmethod
    def of(cls, upload: Upload, *, seconds: float = 0.0) -> "IngestReport":
        counts = {name: getattr(upload, name) for name in ("rows", "new", "changed", "repeated", "rejected")}
        return cls(upload=upload.pk, state=upload.state, error=upload.error, seconds=round(seconds, 3), **counts)

    @classmethod
    def handed_in_again(cls, upload: Upload) -> "IngestReport":
        """The report of a file that is known already: nothing is new or changed, every row taken is a repeat."""
        taken = upload.rows - upload.rejected
        return cls(
            upload.pk, upload.state, rows=upload.rows, repeated=taken, rejected=upload.rejected, error=upload.error
        )


def ingest_upload(pk: int, *, progress: Callable[[Upload], None] | None = None) -> IngestReport:
    """Bring one upload to its end and report; resumes at the last checkpoint.

    Uploads of one source go one after the other, in the order they were handed in, so that "changed" means the same
    whoever works how fast. An upload that has to wait, or that another worker holds, is reported as it stands.
    """
    began = time.monotonic()
    token = _oldest_of_their_source().claim(pk)
    upload = Upload.objects.get(pk=pk)
    if not token:
        return IngestReport.of(upload)
    try:
        error = _ingest(upload, token, progress)
        Upload.objects.finish(pk, token, error=error)
    except LeaseLostError as lost:
        logger.warning("ingest: %s", lost)
    upload.refresh_from_db()
    report = IngestReport.of(upload, seconds=time.monotonic() - began)
    logger.info("ingest: %s", " ".join(f"{k}={v}" for k, v in asdict(report).items() if k != "error"))
    return report


def _oldest_of_their_source():  # type: ignore[no-untyped-def]  # a WorkQuerySet, which django-stubs cannot name through a manager
    older = Upload.objects.filter(source=OuterRef("source"), pk__lt=OuterRef("pk"), state__in=UNFINISHED)
    return Upload.objects.exclude(Exists(older))


def _ingest(upload: Upload, token: str, progress: Callable[[Upload], None] | None) -> str:
    """Store all rows that are not stored yet; return the sentence that says why the file could not be read, or ""."""
    path = Path(upload.file.path)
    try:
        fmt = _recognise(upload, path, token)
        columns = ingest.ColumnMap.from_dict(upload.columns)
        rows = ingest.read_rows(path, fmt, skip_rows=upload.rows)
        for chunk in batched(rows, settings.UPLOAD_CHUNK_ROWS):
            _save_chunk(upload, token, [_cleaned(row, columns, upload) for row in chunk])
            if progress:
                progress(upload)
    except ingest.UnreadableFile as problem:
        return str(problem)
    if not upload.rows:
        return "The file holds a header but no rows."
    return ""


def _recognise(upload: Upload, path: Path, token: str) -> ingest.FileFormat:
    """Return the file's format; the first time, look at it and remember format, columns and length."""
    if upload.format:
        return ingest.FileFormat.from_dict(upload.format)
    fmt = ingest.sniff_format(path, name=upload.name)
    header = ingest.header_of(path, fmt)
    columns = ingest.suggest_columns(header, ingest.sample_of(path, fmt))
    if missing := columns.missing():
        raise ingest.UnreadableFile(
            f"No column was recognised as {' or '.join(missing)}. The columns are: {', '.join(header)[:400]}."
        )
    upload.format, upload.columns, upload.lines_total = fmt.to_dict(), columns.to_dict(), _count_lines(path, fmt)
    Upload.objects.keep(upload.pk, token, format=upload.format, columns=upload.columns, lines_total=upload.lines_total)
    return fmt


def _count_lines(path: Path, fmt: ingest.FileFormat) -> int:
    """Count the lines of the file for the progress bar: cheap, and within a line of what the reader will count."""
    with gzip.open(path) if fmt.compression else path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) + 1


def _cleaned(
    row: ingest.RawRow | ingest.RejectedRow, columns: ingest.ColumnMap, upload: Upload
) -> ingest.PostingRow | ingest.RejectedRow:
    if isinstance(row, ingest.RejectedRow):
        return row
    return ingest.clean_row(row, columns, seen_on=upload.seen_on)


def _save_chunk(upload: Upload, token: str, rows: Iterable[ingest.PostingRow | ingest.RejectedRow]) -> None:
    """Store one chunk and move the checkpoint, or neither."""
    rows = list(rows)
    taken = [row for row in rows if isinstance(row, ingest.PostingRow)]
    refused = [row for row in rows if isinstance(row, ingest.RejectedRow)]
    with transaction.atomic():
        outcome = save_postings(upload, taken)
        _save_rejections(upload, refused)
        Upload.objects.keep(
            upload.pk,
            token,
            rows=F("rows") + len(rows),
            new=F("new") + outcome.new,
            changed=F("changed") + outcome.changed,
            repeated=F("repeated") + outcome.repeated,
            rejected=F("rejected") + len(refused),
            line=rows[-1].line,
        )
    _advance(upload, outcome, rows, refused)


def _advance(upload: Upload, outcome: Outcome, rows: list, refused: list) -> None:
    upload.rows += len(rows)
    upload.new += outcome.new
    upload.changed += outcome.changed
    upload.repeated += outcome.repeated
    upload.rejected += len(refused)
    upload.line, upload.state = rows[-1].line, State.RUNNING


def _save_rejections(upload: Upload, refused: list[ingest.RejectedRow]) -> None:
    Rejection.objects.bulk_create(
        Rejection(
            upload=upload,
            row=row.row,
            line=row.line,
            column=row.column[:200],
            value=row.value[:200],
            reason=row.reason[:300],
            raw=row.raw,
        )
        for row in refused
    )
