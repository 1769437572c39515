"""A file -> its rows, streaming, in bounded memory, resumable at any row."""

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from postings.ingest.archives import CHUNK_BYTES, unpacked, unpacked_to_disk
from postings.ingest.csv_rows import Layout, csv_rows, layout_of
from postings.ingest.decoding import head_of, with_one_line_end
from postings.ingest.formats import text_of
from postings.ingest.headers import refuse_columns
from postings.ingest.json_rows import json_lines_rows, json_rows
from postings.ingest.limits import DEFAULT, Limits
from postings.ingest.records import FileFormat, RawRow, RejectedRow
from postings.ingest.xlsx_rows import Book, open_book

# How many JSON records are asked for their field names.
SAMPLED_RECORDS = 200


def read_rows(
    path: Path, fmt: FileFormat, *, skip_rows: int = 0, limits: Limits = DEFAULT
) -> Generator[RawRow | RejectedRow]:
    """Yield every data row of the file exactly once, in order; `skip_rows=k` yields the same rows without the first k.

    Raises UnreadableFile when the file ends in the middle of its compression, holds no records, or holds more than the
    limits allow.
    """
    if fmt.kind == "xlsx":
        with _book(path, fmt, limits) as book:
            yield from islice(book.rows(fmt.sheet), skip_rows, None)
        return
    with text_of(path, fmt, limits) as chunks:
        yield from islice(_rows(chunks, path, fmt, limits), skip_rows, None)


def header_of(path: Path, fmt: FileFormat, *, limits: Limits = DEFAULT) -> list[str]:
    """The names of the columns, in order. For JSON: the fields of the first 200 records, in order of appearance."""
    if fmt.kind == "csv":
        return list(_layout(path, fmt, limits).header.names)
    if fmt.kind == "xlsx":
        with _book(path, fmt, limits) as book:
            return list(book.header(fmt.sheet).names)
    names: dict[str, None] = {}
    for item in sample_of(path, fmt, rows=SAMPLED_RECORDS, limits=limits):
        names.update(dict.fromkeys(item))
    refuse_columns(len(names), limits)
    return list(names)


def sample_of(path: Path, fmt: FileFormat, *, rows: int = 100, limits: Limits = DEFAULT) -> list[dict[str, str]]:
    """The values of the first whole rows: what `suggest_columns` looks at besides the header."""
    with closing(read_rows(path, fmt, limits=limits)) as found:
        return [item.values for item in islice(found, rows) if isinstance(item, RawRow)]


def lines_of(path: Path, fmt: FileFormat, *, limits: Limits = DEFAULT) -> int:
    """How far `line` will count, for progress bars: cheap, and nearly right. For Excel the number of the last row."""
    if fmt.kind == "xlsx":
        with _book(path, fmt, limits) as book:
            return book.lines(fmt.sheet)
    ends, returns = 0, 0
    with unpacked(path, fmt, limits) as stream:
        while block := stream.read(CHUNK_BYTES):
            ends += block.count(b"\n")
            returns += block.count(b"\r")
    return max(ends, returns) + 1


@contextmanager
def _book(path: Path, fmt: FileFormat, limits: Limits) -> Iterator[Book]:
    with unpacked_to_disk(path, fmt, limits) as file, open_book(file, limits) as book:
        yield book


def _rows(chunks: Iterator[str], path: Path, fmt: FileFormat, limits: Limits) -> Iterator[RawRow | RejectedRow]:
    if fmt.kind == "csv":
        return csv_rows(chunks, _layout(path, fmt, limits), limits)
    one_line_end = with_one_line_end(chunks)
    return json_rows(one_line_end, limits) if fmt.kind == "json" else json_lines_rows(one_line_end, limits)


def _layout(path: Path, fmt: FileFormat, limits: Limits) -> Layout:
    with text_of(path, fmt, limits) as chunks:
        return layout_of(head_of(chunks), fmt.delimiter, limits)
