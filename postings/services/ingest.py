"""Rows of an upload become postings or rejections, chunk by chunk, each with its checkpoint in one transaction."""

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from operator import attrgetter
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from jobsite.batching import batched_by_weight
from jobsite.heartbeat import kept_alive
from jobsite.log import note
from jobsite.models import EventKind
from jobsite.work import UNFINISHED, LeaseLostError, State
from postings import ingest
from postings.models import Rejection, Upload
from postings.selectors.rejections import A_LIST_NOT_A_FILE, MARK
from postings.services.column_memory import suggested
from postings.services.mending import Mended, clean_mended, keep_mended
from postings.services.posting_rows import Outcome, save_postings

logger = logging.getLogger(__name__)
CHUNK_CHARS = 16_000_000
"""A chunk of fewer rows when they are monsters: some 100 MB while it is cleaned and stored."""


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


def ingest_upload(
    pk: int, *, progress: Callable[[Upload], None] | None = None, most_seconds: float | None = None
) -> IngestReport:
    """Bring one upload to its end and report; resumes at the last checkpoint.

    After `most_seconds` it stops at a checkpoint and waits in the queue for its next turn. Uploads of one source go one
    after the other, in the order they were handed in, so that "changed" means the same whoever works how fast. An
    upload that has to wait, or that another worker holds, is reported as it stands.
    """
    began = time.monotonic()
    token = _oldest_of_their_source().claim(pk)
    upload = Upload.objects.select_related("source", "mends", "by").get(pk=pk)
    if not token:
        return IngestReport.of(upload)
    turn = _Turn(progress, most_seconds or float("inf"))
    try:
        # A heart of its own: to skip a million stored rows, or to count the lines of a large file, takes minutes.
        with kept_alive(Upload, pk, token):
            _take_turn(upload, token, turn)
    except LeaseLostError as lost:
        logger.warning("ingest: %s", lost)
    upload.refresh_from_db()
    report = IngestReport.of(upload, seconds=time.monotonic() - began)
    logger.info("ingest: %s", " ".join(f"{k}={v}" for k, v in asdict(report).items() if k != "error"))
    return report


@dataclass(frozen=True)
class _Turn:
    """Whom to tell of each chunk, and the seconds after which no chunk is begun.

    They count from the first row that is not stored yet: to skip the others takes longer each turn.
    """

    progress: Callable[[Upload], None] | None
    most_seconds: float

    def goes_on_after(self, upload: Upload, *, began: float) -> bool:
        if self.progress:
            self.progress(upload)
        return time.monotonic() < began + self.most_seconds


def _oldest_of_their_source():  # type: ignore[no-untyped-def]  # a WorkQuerySet, which django-stubs cannot name through a manager
    older = Upload.objects.filter(source=OuterRef("source"), pk__lt=OuterRef("pk"), state__in=UNFINISHED)
    return Upload.objects.exclude(Exists(older))


def _take_turn(upload: Upload, token: str, turn: _Turn) -> None:
    """Store rows until the end of the file or of the turn, and leave the upload done, failed or waiting."""
    error = ""
    try:
        if not _take_rows(upload, token, turn):
            Upload.objects.pause(upload.pk, token)
            return
        if not upload.rows:
            error = "The file holds a header but no rows."
    except ingest.UnreadableFile as problem:
        error = str(problem)
    with transaction.atomic():
        Upload.objects.finish(upload.pk, token, error=error)
        _note_end(upload, error)


def _note_end(upload: Upload, error: str) -> None:
    counts = ", ".join(f"{getattr(upload, name)} {name}" for name in ("new", "changed", "repeated", "rejected"))
    what = f"Could not read “{upload.name}”: {error}" if error else f"Took in “{upload.name}”: {counts}"
    note(EventKind.IMPORT, what, by=upload.by, rows=upload.rows, link=upload.get_absolute_url())


def _take_rows(upload: Upload, token: str, turn: _Turn) -> bool:
    """Store the rows that are not stored yet; return whether the file has come to its end."""
    path = Path(upload.file.path)
    fmt = _recognise(upload, path, token)
    with closing(ingest.read_rows(path, fmt, skip_rows=upload.rows)) as rows:
        began = 0.0
        chunks = batched_by_weight(rows, settings.UPLOAD_CHUNK_ROWS, weight=attrgetter("chars"), most=CHUNK_CHARS)
        for raw in chunks:
            began = began or time.monotonic()
            _save_chunk(upload, token, _cleaned(upload, raw))
            if not turn.goes_on_after(upload, began=began):
                return False
    return True


def _recognise(upload: Upload, path: Path, token: str) -> ingest.FileFormat:
    """Return the file's format; what is not known yet of format, columns and length is found out and remembered."""
    fmt = ingest.FileFormat.from_dict(upload.format) if upload.format else ingest.sniff_format(path, name=upload.name)
    if upload.format and upload.columns:
        return fmt
    upload.format, upload.columns = fmt.to_dict(), _columns_of(upload, path, fmt).to_dict()
    upload.lines_total = upload.lines_total or ingest.lines_of(path, fmt)
    Upload.objects.keep(upload.pk, token, format=upload.format, columns=upload.columns, lines_total=upload.lines_total)
    return fmt


def _columns_of(upload: Upload, path: Path, fmt: ingest.FileFormat) -> ingest.ColumnMap:
    header = ingest.header_of(path, fmt)
    if upload.mends:
        if MARK not in header:
            raise ingest.UnreadableFile(
                f"The column “{MARK}” is missing: this is not the list of rejected rows of “{upload.mends.name}”."
            )
        return ingest.ColumnMap.from_dict(upload.mends.columns)
    if MARK in header:
        raise ingest.UnreadableFile(A_LIST_NOT_A_FILE)
    columns = suggested(upload.source, header, ingest.sample_of(path, fmt)).map
    if missing := columns.missing():
        raise ingest.UnreadableFile(
            f"No column was recognised as {' or '.join(missing)}. The columns are: {', '.join(header)[:400]}."
        )
    return columns


def _cleaned(upload: Upload, rows: Sequence[ingest.RawRow | ingest.RejectedRow]) -> Mended:
    columns = ingest.ColumnMap.from_dict(upload.columns)

    def clean(row: ingest.RawRow) -> ingest.PostingRow | ingest.RejectedRow:
        return ingest.clean_row(row, columns, seen_on=upload.seen_on)

    if upload.mends:
        return clean_mended(upload.mends, rows, clean)
    return Mended([clean(row) if isinstance(row, ingest.RawRow) else row for row in rows])


def _save_chunk(upload: Upload, token: str, chunk: Mended) -> None:
    """Store one chunk and move the checkpoint, or neither."""
    taken = [row for row in chunk.rows if isinstance(row, ingest.PostingRow)]
    refused = [row for row in chunk.rows if isinstance(row, ingest.RejectedRow)]
    fields = ingest.merged(upload.fields, ingest.count_fields(taken))
    with transaction.atomic():
        # Before anything is written: whoever lost the lease would trip over rows that another worker has stored, and
        # nobody can take the upload over between here and the checkpoint.
        Upload.objects.keep(upload.pk, token)
        outcome = save_postings(upload, taken)
        _save_rejections(upload, refused)
        keep_mended(upload, chunk.rejections)
        # The last write: whoever has lost the lease takes the rest back with it.
        Upload.objects.keep(
            upload.pk,
            token,
            rows=F("rows") + len(chunk.rows),
            new=F("new") + outcome.new,
            changed=F("changed") + outcome.changed,
            repeated=F("repeated") + outcome.repeated,
            rejected=F("rejected") + len(refused),
            line=chunk.rows[-1].line,
            fields=fields,
        )
    upload.fields = fields
    _advance(upload, outcome, chunk.rows, refused)


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
