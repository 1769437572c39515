"""Taking in a file: stored under its checksum, known ever after."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.files.storage import default_storage
from django.utils import timezone

from jobsite.work import State
from postings.models import Source, SourceKind, Upload


@dataclass(frozen=True)
class Accepted:
    upload: Upload
    is_new: bool


def source_named(name: str, *, kind: str = SourceKind.EXPORT) -> Source:
    return Source.objects.get_or_create(name=name.strip()[:120], defaults={"kind": kind})[0]


def accept_upload(
    chunks: Iterable[bytes], *, name: str, source: Source, seen_on: date, by: User | None = None
) -> Accepted:
    """Store a file under its checksum and return its upload; the same bytes handed in again return the first one.

    `chunks` are the file's bytes in order; they are streamed to disk, never held together in memory.
    """
    stored, checksum, size = _store(chunks)
    upload, is_new = Upload.objects.get_or_create(
        checksum=checksum,
        defaults={
            "source": source,
            "name": Path(name).name[:255],
            "file": stored,
            "size": size,
            "seen_on": seen_on,
            "by": by,
        },
    )
    if upload.state == State.FAILED:
        # Whoever hands a file in again after a failure wants it tried again; it goes on at its checkpoint.
        Upload.objects.filter(pk=upload.pk, state=State.FAILED).update(
            state=State.QUEUED, attempts=0, error="", queued_at=timezone.now()
        )
        upload.refresh_from_db()
    return Accepted(upload, is_new)


def _store(chunks: Iterable[bytes]) -> tuple[str, str, int]:
    """Write the bytes beside their final place, then rename: a half-written file is never seen under a checksum."""
    digest, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=settings.FILE_UPLOAD_TEMP_DIR)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        checksum = digest.hexdigest()
        name = f"{checksum[:2]}/{checksum}"
        final = Path(default_storage.path(name))
        final.parent.mkdir(parents=True, exist_ok=True)
        Path(temporary).replace(final)
    finally:
        Path(temporary).unlink(missing_ok=True)
    return name, checksum, size
