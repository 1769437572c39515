"""What a handed-in file is: compression, encoding, CSV or JSON, delimiter. The content decides, the name only hints."""

import csv
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal, TextIO, cast

from postings.ingest.charsets import charset_of
from postings.ingest.json_text import BrokenJsonError, JsonText
from postings.ingest.records import FileFormat, Kind, UnreadableFile

CHUNK_BYTES = 1 << 20
HEAD_CHARS = 1 << 19
# A record longer than this is a quotation mark that was opened and never closed.
RECORD_CHARS = 4_000_000
DELIMITERS = (",", ";", "\t", "|")

# csv's own limit (131,072) is below the longest postings. It is a setting of the whole process: nobody else reads CSV.
csv.field_size_limit(RECORD_CHARS)

_GZIP = b"\x1f\x8b"
_EXCEL_HINT = re.compile(r'^"?sep=(?P<delimiter>[^"\r\n])"?\r?\n?$', re.IGNORECASE)
_NOT_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a zip archive or an Excel workbook. Unpack it, or save the sheet as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook. Save the sheet as CSV (UTF-8)"),
    (b"%PDF", "a PDF. Postings are read from CSV, JSON or JSON Lines"),
    (b"PAR1", "a Parquet file. Export it as CSV or JSON Lines"),
    (b"SQLite format 3", "a database. Export the table as CSV"),
    (b"BZh", "compressed with bzip2. Unpack it, or compress it with gzip"),
    (b"\xfd7zXZ", "compressed with xz. Unpack it, or compress it with gzip"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd. Unpack it, or compress it with gzip"),
    (b"7z\xbc\xaf", "a 7-Zip archive. Unpack it, or compress the file with gzip"),
    (b"\x89PNG", "a picture. Postings are read from CSV, JSON or JSON Lines"),
    (b"\xff\xd8\xff", "a picture. Postings are read from CSV, JSON or JSON Lines"),
)
_MARKUP = re.compile(r"\s*<(!doctype html|html|\?xml|rss|feed)\b", re.IGNORECASE)


def sniff_format(path: Path, *, name: str) -> FileFormat:
    """Return the format of the file, having read all of it once in bounded memory.

    `name` is the name as handed in, for messages. Raises UnreadableFile if the file holds no table or records.
    """
    compression = _compression(path, name)
    try:
        with open_bytes(path, compression) as stream:
            encoding = charset_of(iter(lambda: stream.read(CHUNK_BYTES), b""))
        with open_text(path, FileFormat("csv", compression, encoding)) as text:
            head = text.read(HEAD_CHARS)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise UnreadableFile(f"{name} is a damaged gzip file: it cannot be unpacked to its end.") from None
    _refuse_what_is_no_text(head, name)
    kind = _kind(head, name)
    delimiter = delimiter_of(head) if kind == "csv" else ""
    return FileFormat(kind=kind, compression=compression, encoding=encoding, delimiter=delimiter)


def open_bytes(path: Path, compression: str) -> BinaryIO:
    """Open for reading, unpacked."""
    return cast("BinaryIO", gzip.open(path)) if compression == "gzip" else path.open("rb")


def open_text(path: Path, fmt: FileFormat) -> TextIO:
    """Open for reading as text: line ends as written; bytes that are not of the encoding become U+FFFD."""
    stream = open_bytes(path, fmt.compression)
    return io.TextIOWrapper(stream, encoding=fmt.encoding, errors="replace", newline="")


def excel_delimiter(line: str) -> str:
    """The delimiter of a leading "sep=;" line, which Excel writes and reads; "" for any other line."""
    hint = _EXCEL_HINT.match(line)
    return hint["delimiter"] if hint else ""


def delimiter_of(head: str) -> str:
    """Return the delimiter under which the most records have as many cells as the header, and that as many as possible.

    Evenness, not csv.Sniffer: the Sniffer judges by frequent characters, which in texts with few quotes are letters.
    """
    first, _, rest = head.partition("\n")
    if hinted := excel_delimiter(first):
        return hinted
    return max(DELIMITERS, key=lambda delimiter: _evenness(first + "\n" + rest, delimiter))


def head_records(head: str, delimiter: str, *, escape: str | None = None, limit: int = 200) -> Iterator[list[str]]:
    """Yield the records of a file's head that are whole for sure: the last one may be cut."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter, escapechar=escape)
    held: list[str] | None = None
    for number, cells in enumerate(reader):
        if held:
            yield held
        held = cells
        if number >= limit:
            return
    if held and len(head) < HEAD_CHARS:
        yield held


def _compression(path: Path, name: str) -> Literal["", "gzip"]:
    with path.open("rb") as file:
        start = file.read(16)
    if not start:
        raise UnreadableFile(f"{name} is empty.")
    for magic, what in _NOT_TEXT:
        if start.startswith(magic):
            raise UnreadableFile(f"{name} is {what}.")
    return "gzip" if start.startswith(_GZIP) else ""


def _refuse_what_is_no_text(head: str, name: str) -> None:
    if not head.strip():
        raise UnreadableFile(f"{name} is empty.")
    for magic, what in _NOT_TEXT:
        if head.startswith(magic.decode("latin-1")):
            raise UnreadableFile(f"{name} holds {what}.")
    if _MARKUP.match(head):
        raise UnreadableFile(f"{name} is a web page or XML. Postings are read from CSV, JSON or JSON Lines.")
    if head.count("\0") > len(head) * 0.01:
        raise UnreadableFile(f"{name} is not a text file. Postings are read from CSV, JSON or JSON Lines.")


def _kind(head: str, name: str) -> Kind:
    start = head.lstrip()
    if start.startswith("["):
        return "json" if re.match(r"\[\s*(\{|\]|\[|$)", start) else "csv"
    if not re.match(r"\{\s*[\"}]", start):
        return "csv"
    text = JsonText(io.StringIO(head))
    try:
        first = text.value()
    except BrokenJsonError:
        # Not whole within the head: one big object around a list, unless the next line is a record of its own.
        return "jsonl" if re.search(r"^[^\n]*\n\s*\{\s*\"", start) else "json"
    if text.peek():
        return "jsonl"
    if name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson")) or not holds_records(first):
        return "jsonl"
    return "json"


def holds_records(value: object, *, depth: int = 3) -> bool:
    """Whether an object carries a list of objects, at most `depth` objects down: {"data": {"jobs": [{...}]}}."""
    if not isinstance(value, dict) or not depth:
        return False
    for inner in value.values():
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            return True
        if holds_records(inner, depth=depth - 1):
            return True
    return False


def _evenness(head: str, delimiter: str) -> tuple[float, int]:
    """The share of records that are as wide as the header, or one wider (R leaves its row names without a header)."""
    widths = [len(cells) for cells in head_records(head, delimiter) if cells]
    if not widths or widths[0] == 1:
        return (0.0, 1)
    counts = Counter(widths[1:])
    share = max(counts[widths[0]], counts[widths[0] + 1]) / max(1, counts.total())
    return (round(share, 1), widths[0])
