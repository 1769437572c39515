"""What a handed-in file is: how it is packed, its encoding, CSV, JSON or Excel. The content decides, the name hints."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from postings.ingest.archives import DAMAGED_ZIP, only_member, open_member, open_zip, unpacked, unpacked_to_disk
from postings.ingest.charsets import charset_of
from postings.ingest.decoding import WIDE, head_of, text_chunks
from postings.ingest.dialects import delimiter_of
from postings.ingest.json_ld import has_postings, is_markup, page_of, type_of
from postings.ingest.json_rows import holds_records
from postings.ingest.json_text import BrokenJsonError, JsonText
from postings.ingest.limits import DEFAULT, Limits
from postings.ingest.records import FileFormat, Kind, UnreadableFile
from postings.ingest.xlsx_rows import open_book

CHUNK_BYTES = 1 << 20

# The share of bytes that no text has.
_FOREIGN = 0.01
_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_READ = "Postings are read from CSV, Excel, JSON and JSON Lines"
_NOT_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", f"a PDF. {_READ}"),
    (b"{\\rtf", f"a text document. {_READ}"),
    (b"PAR1", "a Parquet file. Export it as CSV or JSON Lines"),
    (b"ARROW1", "an Arrow file. Export it as CSV or JSON Lines"),
    (b"SQLite format 3", "a database. Export the table as CSV"),
    (b"BZh", "compressed with bzip2. Unpack it, or compress it with gzip"),
    (b"\xfd7zXZ", "compressed with xz. Unpack it, or compress it with gzip"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd. Unpack it, or compress it with gzip"),
    (b"7z\xbc\xaf", "a 7-Zip archive. Unpack it, or compress the file with gzip"),
    (b"Rar!", "a RAR archive. Unpack it, or compress the file with gzip"),
    (b"\x89PNG", f"a picture. {_READ}"),
    (b"\xff\xd8\xff", f"a picture. {_READ}"),
    (b"GIF8", f"a picture. {_READ}"),
)
# What else is a zip inside, by the files that only it has.
_DOCUMENTS: tuple[tuple[str, str], ...] = (
    ("xl/workbook.bin", "a binary Excel workbook (.xlsb). Save it as .xlsx or CSV (UTF-8)"),
    ("word/document.xml", "a Word document. Postings are read from tables: CSV, Excel, JSON and JSON Lines"),
    ("ppt/presentation.xml", f"a PowerPoint presentation. {_READ}"),
    ("Index/Document.iwa", "a Numbers or Pages document. Export it as CSV or Excel"),
    ("Index.zip", "a Numbers or Pages document. Export it as CSV or Excel"),
    ("content.xml", "an OpenDocument file. Save it as .xlsx or CSV (UTF-8)"),
    ("META-INF/MANIFEST.MF", f"a Java archive. {_READ}"),
)
_WORKBOOK = "xl/workbook.xml"
_CONTENTS = "[Content_Types].xml"


def sniff_format(path: Path, *, name: str, limits: Limits = DEFAULT) -> FileFormat:
    """Return the format of the file, having read all of it once in bounded memory.

    `name` is the name as handed in, for messages. Raises UnreadableFile if the file holds no table or records, or is
    larger than the limits allow.
    """
    try:
        return _format(path, name, limits)
    except UnreadableFile as problem:
        sentence = str(problem)
        raise UnreadableFile(name + sentence.removeprefix("The file")) from None


def _format(path: Path, name: str, limits: Limits) -> FileFormat:
    packed = _packing(path, limits)
    with unpacked(path, packed, limits) as stream:
        start = stream.read(16)
    _refuse_by_start(start, is_inside=bool(packed.compression))
    if start.startswith(_OLD_OFFICE):
        with unpacked(path, packed, limits) as stream:
            raise UnreadableFile(f"The file is {_old_office(stream)}.")
    if start.startswith(_ZIP):
        return _workbook_format(path, packed, limits)
    with unpacked(path, packed, limits) as stream:
        encoding = charset_of(iter(lambda: stream.read(CHUNK_BYTES), b""))
    fmt = replace(packed, encoding=encoding)
    _refuse_what_is_no_text(path, fmt, limits)
    with text_of(path, fmt, limits) as chunks:
        head = head_of(chunks)
    if is_markup(head):
        return _page_format(path, fmt, limits)
    if not head.strip("\ufeff \t\r\n\v\f,;"):
        raise UnreadableFile("The file is empty: it holds nothing but blank lines.")
    kind = _kind(head, packed.member or name)
    return replace(fmt, kind=kind, delimiter=delimiter_of(head) if kind == "csv" else "")


@contextmanager
def text_of(path: Path, fmt: FileFormat, limits: Limits) -> Iterator[Iterator[str]]:
    """Open for reading as text, piece by piece, line ends as written."""
    with unpacked(path, fmt, limits) as stream:
        yield text_chunks(stream, fmt.encoding)


def _packing(path: Path, limits: Limits) -> FileFormat:
    """How the file is packed; a zip that is a document of its own, such as a workbook, is not."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith(_GZIP):
            return FileFormat("csv", "gzip")
        if not start.startswith(_ZIP):
            return FileFormat("csv")
        try:
            with open_zip(file) as archive:
                if _is_document(archive):
                    return FileFormat("csv")
                member = only_member(archive)
                with open_member(archive, member, limits) as stream:
                    inner = stream.read(2)
        except DAMAGED_ZIP:
            raise UnreadableFile(
                "The file is a damaged zip archive or Excel workbook: it cannot be unpacked."
            ) from None
    if inner == _GZIP:
        raise UnreadableFile("The file is a zip archive of a gzip file. Unpack one of the two.")
    return FileFormat("csv", "zip", member=member)


def _is_document(archive: zipfile.ZipFile) -> bool:
    """Whether the zip is a workbook; raises UnreadableFile if it is a document of another kind."""
    names = set(archive.namelist())
    if _WORKBOOK in names:
        return True
    for member, what in _DOCUMENTS:
        if member in names:
            raise UnreadableFile(f"The file is {what}.")
    return _CONTENTS in names


def _workbook_format(path: Path, packed: FileFormat, limits: Limits) -> FileFormat:
    with unpacked_to_disk(path, packed, limits) as file:
        if packed.compression:
            _refuse_other_zips(file)
        with open_book(file, limits) as book:
            return replace(packed, kind="xlsx", sheet=book.table_sheet())


def _refuse_other_zips(file: BinaryIO) -> None:
    """Raise UnreadableFile unless the zip inside of an archive is a workbook."""
    try:
        with open_zip(file) as archive:
            is_workbook = _is_document(archive)
    except DAMAGED_ZIP:
        raise UnreadableFile("The file holds a damaged zip archive or Excel workbook.") from None
    if not is_workbook:
        raise UnreadableFile("The file holds a zip archive inside another archive. Unpack one of the two.")


def _old_office(stream: BinaryIO) -> str:
    """What a file in Office's old container is: it also wraps new workbooks that have a password."""
    before = b""
    while chunk := stream.read(CHUNK_BYTES):
        if "EncryptedPackage".encode("utf-16-le") in before + chunk:
            return "an Excel workbook with a password. Save it without one, or as CSV (UTF-8)"
        before = chunk[-64:]
    return "an old Excel workbook (.xls) or another old Office file. Save it as .xlsx or CSV (UTF-8)"


def _page_format(path: Path, fmt: FileFormat, limits: Limits) -> FileFormat:
    with text_of(path, fmt, limits) as chunks:
        if not has_postings(page_of(chunks)):
            raise UnreadableFile(f"The file is a web page or XML. {_READ}.")
    return replace(fmt, kind="json")


def _refuse_by_start(start: bytes, *, is_inside: bool) -> None:
    if not start:
        raise UnreadableFile("The file is empty.")
    for magic, what in _NOT_TEXT:
        if start.startswith(magic):
            raise UnreadableFile(f"The file {'holds' if is_inside else 'is'} {what}.")
    if is_inside and start.startswith(_GZIP):
        raise UnreadableFile("The file is compressed twice. Unpack it once.")


def _refuse_what_is_no_text(path: Path, fmt: FileFormat, limits: Limits) -> None:
    with unpacked(path, fmt, limits) as stream:
        head = stream.read(CHUNK_BYTES)
    foreign = head.decode(fmt.encoding, "replace").count("\ufffd") if fmt.encoding.startswith(WIDE) else head.count(0)
    if foreign > len(head) * _FOREIGN:
        raise UnreadableFile(f"The file is not a text file. {_READ}.")


def _kind(head: str, name: str) -> Kind:
    start = head.lstrip("\ufeff \t\r\n")
    if start.startswith("["):
        return "json" if re.match(r"\[\s*(\{|\]|\[|$)", start) else "csv"
    if not re.match(r"\{\s*[\"}]", start):
        return "csv"
    text = JsonText([head], DEFAULT)
    try:
        first = text.value()
    except BrokenJsonError:
        # Not whole within the head: one big object around a list, unless the next line is a record of its own.
        return "jsonl" if re.search(r"^[^\r\n]*[\r\n]\s*\{\s*\"", start) else "json"
    if text.peek() or type_of(first) == "JobPosting":
        return "jsonl"
    if name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson")) or not holds_records(first):
        return "jsonl"
    return "json"
