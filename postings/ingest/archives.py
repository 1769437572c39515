"""Packed files: what they hold, and its bytes, refused before they fill memory or disk.

Every sentence begins with "The file": `sniff_format` puts the name there.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from postings.ingest.limits import Limits, shown_bytes
from postings.ingest.records import FileFormat, UnreadableFile

CHUNK_BYTES = 1 << 20
# A zip's list of contents is read in one piece: this is room for some 20,000 names.
_DIRECTORY_BYTES = 2_000_000
_BUFFER_BYTES = 1 << 17
_ENCRYPTED = 0x1
# bzip2 and LZMA are unpacked without a bound on what comes out of one piece.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What zipfile raises where a zip is damaged.
DAMAGED_ZIP = (zipfile.BadZipFile, zlib.error, EOFError)
_SYSTEM_NAMES = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
_NAMES_SHOWN = 5


@contextmanager
def unpacked(path: Path, fmt: FileFormat, limits: Limits) -> Iterator[BinaryIO]:
    """Open the file for reading, unpacked.

    Raises UnreadableFile where the archive is damaged, and where more comes out of it than the limits allow.
    """
    try:
        with path.open("rb") as file:
            if fmt.compression == "gzip":
                raw: io.RawIOBase = _GuardedGzip(file, limits)
                with io.BufferedReader(raw, _BUFFER_BYTES) as stream:
                    yield cast("BinaryIO", stream)
            elif fmt.compression == "zip":
                with open_zip(file) as archive, open_member(archive, fmt.member, limits) as member:
                    yield cast("BinaryIO", member)
            else:
                yield file
    except gzip.BadGzipFile:
        raise UnreadableFile("The file is a damaged gzip file: it cannot be unpacked to its end.") from None
    except (EOFError, zlib.error, zipfile.BadZipFile):
        kind = "zip" if fmt.compression == "zip" else "gzip"
        raise UnreadableFile(f"The file is a damaged {kind} file: it cannot be unpacked to its end.") from None


@contextmanager
def unpacked_to_disk(path: Path, fmt: FileFormat, limits: Limits) -> Iterator[BinaryIO]:
    """Open the file for reading at any place; what is packed is unpacked into a temporary file first."""
    if not fmt.compression:
        with path.open("rb") as file:
            yield file
        return
    with TemporaryFile() as copy:
        with unpacked(path, fmt, limits) as stream:
            for chunk in iter(lambda: stream.read(CHUNK_BYTES), b""):
                copy.write(chunk)
        copy.seek(0)
        yield cast("BinaryIO", copy)


def open_zip(file: IO[bytes]) -> zipfile.ZipFile:
    """Open a zip whose list of contents is of a sane length; raises UnreadableFile or zipfile.BadZipFile."""
    try:
        return zipfile.ZipFile(cast("IO[bytes]", _ShortReads(file)))
    except (NotImplementedError, ValueError, UnicodeDecodeError, OverflowError, OSError) as problem:
        raise zipfile.BadZipFile(str(problem)) from None


def open_member(archive: zipfile.ZipFile, name: str, limits: Limits) -> IO[bytes]:
    """Open one file of a zip; raises UnreadableFile if it has a password, is too large, or oddly packed."""
    try:
        member = archive.getinfo(name)
    except KeyError:
        raise zipfile.BadZipFile(f"no {name}") from None
    if member.flag_bits & _ENCRYPTED:
        raise UnreadableFile("The file is a zip archive with a password. Pack it again without one.")
    if member.compress_type not in _METHODS:
        raise UnreadableFile(
            "The file is a zip archive of a kind that is not read here. Pack it again as a plain zip, or with gzip."
        )
    # What is declared holds: zipfile gives out no more bytes than that.
    _refuse_too_much(member.file_size, member.compress_size, limits)
    try:
        return archive.open(member)
    except (NotImplementedError, RuntimeError, ValueError, OSError) as problem:
        raise zipfile.BadZipFile(str(problem)) from None


def only_member(archive: zipfile.ZipFile) -> str:
    """The name of the one file inside; raises UnreadableFile, naming what is there, unless there is exactly one."""
    members = [member.filename for member in archive.infolist() if _is_of_people(member)]
    if not members:
        raise UnreadableFile("The file is a zip archive with no file in it.")
    if len(members) == 1:
        return members[0]
    shown = ", ".join(members[:_NAMES_SHOWN])
    more = f" and {len(members) - _NAMES_SHOWN:,} more" if len(members) > _NAMES_SHOWN else ""
    raise UnreadableFile(
        f"The file is a zip archive of {len(members):,} files: {shown[:400]}{more}. Hand in each of them by itself."
    )


def _is_of_people(member: zipfile.ZipInfo) -> bool:
    """Whether a person put it there: no folder, and nothing that macOS and Windows add."""
    parts = member.filename.split("/")
    return not (member.is_dir() or parts[0] == "__MACOSX" or parts[-1] in _SYSTEM_NAMES or parts[-1].startswith("._"))


def _refuse_too_much(unpacked_bytes: int, packed_bytes: int, limits: Limits) -> None:
    if unpacked_bytes > limits.unpacked_bytes:
        raise UnreadableFile(
            f"The file unpacks to more than {shown_bytes(limits.unpacked_bytes)}. "
            "Divide it, and hand in the parts one after the other."
        )
    if unpacked_bytes > limits.ratio_from_bytes and unpacked_bytes > limits.ratio * packed_bytes:
        raise UnreadableFile(
            f"The file unpacks to more than {limits.ratio} times its size, as no file of postings does. "
            "If it is one all the same, hand it in unpacked."
        )


class _GuardedGzip(io.RawIOBase):
    """Unpacked gzip that stops where more comes out than the limits allow."""

    def __init__(self, file: BinaryIO, limits: Limits) -> None:
        self._packed = file
        self._stream = gzip.GzipFile(fileobj=file)
        self._limits = limits
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # typeshed's Buffer is 3.12's
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._count += len(data)
        _refuse_too_much(self._count, self._packed.tell(), self._limits)
        return len(data)


class _ShortReads:
    """A file that refuses to be read in one huge piece: zipfile reads the whole list of contents at once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek, self.tell, self.close, self.seekable = file.seek, file.tell, file.close, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > _DIRECTORY_BYTES:
            raise UnreadableFile("The file is a zip archive of very many files. Hand in each of them by itself.")
        return self._file.read(size)
