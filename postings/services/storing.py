"""The bytes of a file on their way to disk: streamed, counted, hashed, and never half there under their final name."""

import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat

ROOM_TO_LEAVE = 64 * 1024 * 1024
"""Bytes of the disk that no upload may take: the database needs some to say that the disk is full."""
FORGOTTEN_AFTER = 24 * 60 * 60
"""Seconds after which what a killed process left behind is deleted."""
FULL_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class NoRoomError(Exception):
    """The disk has no room for the file; the text is a sentence for the person who handed it in."""


@dataclass(frozen=True)
class Arrived:
    """A file that lies in the folder for incoming ones. `checksum` is SHA-256 in hex, `size` counts bytes."""

    path: Path
    checksum: str
    size: int


def store(chunks: Iterable[bytes]) -> Arrived:
    """Write the bytes into the folder for incoming files; raise NoRoomError, leaving nothing, when the disk is full."""
    digest, size = hashlib.sha256(), 0
    handle, temporary = tempfile.mkstemp(dir=settings.FILE_UPLOAD_TEMP_DIR)
    path = Path(temporary)
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                file.write(chunk)
    except BaseException as problem:
        path.unlink(missing_ok=True)
        if isinstance(problem, OSError) and problem.errno in FULL_DISK:
            raise NoRoomError(no_room_sentence()) from problem
        raise
    return Arrived(path, digest.hexdigest(), size)


def sync(arrived: Arrived) -> None:
    """Wait until the bytes would survive a power cut."""
    with arrived.path.open("rb") as file:
        os.fsync(file.fileno())


def keep(arrived: Arrived) -> str:
    """Move the file to where it stays, and return its name in the storage: the checksum, in a folder of two digits."""
    name = f"{arrived.checksum[:2]}/{arrived.checksum}"
    final = Path(default_storage.path(name))
    final.parent.mkdir(parents=True, exist_ok=True)
    arrived.path.replace(final)
    return name


def room_left() -> int:
    """Return how many bytes an upload may still take."""
    return max(shutil.disk_usage(settings.FILE_UPLOAD_TEMP_DIR).free - ROOM_TO_LEAVE, 0)


def no_room_sentence(size: int = 0) -> str:
    needed = f": the file has {filesizeformat(size)}, {filesizeformat(room_left())} are free" if size else ""
    return f"The disk of this installation is full{needed}. Nothing was kept; make room, then hand it in again."


def forget_left_behind(*, now: float | None = None) -> int:
    """Delete incoming files that nobody has written to for a day; return how many."""
    eldest = (now or time.time()) - FORGOTTEN_AFTER
    left = [path for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir() if path.stat().st_mtime < eldest]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)
