"""Taking in a file: stored under its checksum, known ever after, and held until somebody has looked at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from jobsite.log import note
from jobsite.models import EventKind
from jobsite.work import State
from postings import ingest
from postings.models import Source, SourceKind, Upload
from postings.selectors.rejections import A_LIST_NOT_A_FILE, MARK
from postings.services.column_memory import remember_columns
from postings.services.storing import Arrived, forget_left_behind, keep, store, sync


@dataclass(frozen=True)
class Accepted:
    upload: Upload
    is_new: bool


class DecidedAlreadyError(Exception):
    """Somebody else has taken or discarded the upload meanwhile."""


def source_named(name: str, *, kind: str = SourceKind.EXPORT) -> Source:
    return Source.objects.get_or_create(name=name.strip()[:120], defaults={"kind": kind})[0]


def accept_upload(  # noqa: PLR0913  (what is known of a file, one by one)
    chunks: Iterable[bytes] | Arrived,
    *,
    name: str,
    source: Source | str,
    seen_on: date,
    by: User | None = None,
    hold: bool = False,
    mends: Upload | None = None,
) -> Accepted:
    """Store a file under its checksum and return its upload; the same bytes handed in again return the first one.

    `chunks` are the file's bytes in order, streamed to disk, or a file that has arrived there. With `hold` the upload
    waits for `take_upload`, and a file that cannot be read at all raises UnreadableFile and leaves nothing behind.
    A `source` that is only a name is made with the first upload under it. Raises NoRoomError when the disk is full.
    """
    forget_left_behind()
    arrived = chunks if isinstance(chunks, Arrived) else store(chunks)
    try:
        first_look = _first_look(arrived, name) if hold else {}
        sync(arrived)
        with transaction.atomic():
            # Locked, so that a file is not discarded while it is handed in again.
            upload, is_new = Upload.objects.select_for_update().get_or_create(
                checksum=arrived.checksum,
                defaults={
                    "source": _maker_of(source),
                    "name": Path(name).name[:255],
                    "size": arrived.size,
                    "seen_on": seen_on,
                    "by": by,
                    "mends": mends,
                    "state": State.HELD if hold else State.QUEUED,
                    **first_look,
                },
            )
            upload.file.name = keep(arrived)
            upload.save(update_fields=["file"])
    finally:
        arrived.path.unlink(missing_ok=True)
    if not is_new:
        _try_again(upload, first_look, hold=hold)
    again = "" if is_new else " again"
    handed_in = f"Handed in{again} “{upload.name}” for “{upload.source}”"
    note(EventKind.IMPORT, handed_in, by=by, link=upload.get_absolute_url())
    return Accepted(upload, is_new)


def _maker_of(source: Source | str) -> Any:
    """Return a source, or the function that makes it: only a new upload needs it."""
    return source if isinstance(source, Source) else partial(source_named, source)


def _first_look(arrived: Arrived, name: str) -> dict[str, object]:
    """Return what the preview needs of the whole file: its format and length, found by reading it once."""
    if Upload.objects.filter(checksum=arrived.checksum).exclude(state=State.FAILED).exists():
        return {}
    fmt = ingest.sniff_format(arrived.path, name=name)
    if MARK in ingest.header_of(arrived.path, fmt):
        raise ingest.UnreadableFile(A_LIST_NOT_A_FILE)
    return {
        "format": fmt.to_dict(),
        "lines_total": ingest.lines_of(arrived.path, fmt),
    }


def _try_again(upload: Upload, first_look: dict[str, object], *, hold: bool) -> None:
    """Whoever hands a file in again after a failure wants it tried again; it goes on at its checkpoint.

    If not a row of it was stored, its columns can still be chosen: it is held again where the door holds files. A file
    that is held is taken where the door does not hold any.
    """
    queued: dict[str, object] = {"state": State.QUEUED, "attempts": 0, "error": "", "queued_at": timezone.now()}
    held = {**queued, **first_look, "state": State.HELD, "columns": {}}
    failed = Upload.objects.filter(pk=upload.pk, state=State.FAILED)
    if hold:
        failed.filter(rows=0).update(**held)
    else:
        Upload.objects.filter(pk=upload.pk, state=State.HELD).update(**queued)
    failed.update(**queued)
    upload.refresh_from_db()


def settle_columns(upload: Upload, columns: ingest.ColumnMap, *, seen_on: date | None = None) -> None:
    """Keep what a person decided about a held upload; raise DecidedAlreadyError if it is held no longer."""
    upload.columns, upload.seen_on = columns.to_dict(), seen_on or upload.seen_on
    held = Upload.objects.filter(pk=upload.pk, state=State.HELD)
    if not held.update(columns=upload.columns, seen_on=upload.seen_on):
        raise DecidedAlreadyError


def discard_upload(upload: Upload) -> None:
    """Delete a held upload with its file, and its source if nothing else is known of that.

    Raises DecidedAlreadyError if it is held no longer.
    """
    with transaction.atomic():
        held = Upload.objects.select_for_update().filter(pk=upload.pk, state=State.HELD).first()
        if not held:
            raise DecidedAlreadyError
        source = held.source
        held.delete()
        if _is_untouched(source):
            source.delete()
        default_storage.delete(str(held.file.name))


def _is_untouched(source: Source) -> bool:
    """Whether the source is only a name: without uploads and postings, and nobody wrote anything down about it."""
    blank = Source(pk=source.pk, name=source.name, created_at=source.created_at)
    written = any(
        getattr(source, field.attname) != getattr(blank, field.attname) for field in Source._meta.concrete_fields
    )
    return not (written or source.uploads.exists() or source.postings.exists())


def queue_held(upload: Upload, *, columns: ingest.ColumnMap, header: list[str], because: list[str]) -> None:
    """HELD -> QUEUED, remembering the columns for the source; raise DecidedAlreadyError if it is held no longer."""
    with transaction.atomic():
        taken = Upload.objects.filter(pk=upload.pk, state=State.HELD).update(
            state=State.QUEUED, columns=columns.to_dict(), held_because=because, queued_at=timezone.now()
        )
        if not taken:
            raise DecidedAlreadyError
        remember_columns(upload.source_id, header, columns)
    upload.refresh_from_db()
