"""A file -> its rows, streaming, in bounded memory, resumable at any row."""

import gzip
import zlib
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TextIO

from postings.ingest.csv_rows import Layout, csv_rows, layout_of
from postings.ingest.formats import HEAD_CHARS, RECORD_CHARS, open_text
from postings.ingest.json_rows import json_lines_rows, json_rows
from postings.ingest.records import FileFormat, RawRow, RejectedRow, UnreadableFile

# How many JSON records are asked for their field names.
SAMPLED_RECORDS = 200


def read_rows(path: Path, fmt: FileFormat, *, skip_rows: int = 0) -> Generator[RawRow | RejectedRow]:
    """Yield every data row of the file exactly once, in order; `skip_rows=k` yields the same rows without the first k.

    Raises UnreadableFile when the file ends in the middle of its compression or holds no records.
    """
    try:
        with closing(open_text(path, fmt)) as stream:
            yield from islice(_rows(stream, path, fmt), skip_rows, None)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise UnreadableFile("The file is a damaged gzip file: it cannot be unpacked to its end.") from None


def header_of(path: Path, fmt: FileFormat) -> list[str]:
    """The names of the columns, in order. For JSON: the fields of the first 200 records, in order of appearance."""
    if fmt.kind == "csv":
        return list(_layout(path, fmt).names)
    names: dict[str, None] = {}
    for item in sample_of(path, fmt, rows=SAMPLED_RECORDS):
        names.update(dict.fromkeys(item))
    return list(names)


def sample_of(path: Path, fmt: FileFormat, *, rows: int = 100) -> list[dict[str, str]]:
    """The values of the first whole rows: what `suggest_columns` looks at besides the header."""
    with closing(read_rows(path, fmt)) as found:
        return [item.values for item in islice(found, rows) if isinstance(item, RawRow)]


def _rows(stream: TextIO, path: Path, fmt: FileFormat) -> Iterator[RawRow | RejectedRow]:
    if fmt.kind == "csv":
        # Not the file's own lines: one without line ends would be read into memory whole.
        lines = iter(lambda: stream.readline(RECORD_CHARS), "")
        return csv_rows(lines, _layout(path, fmt), fmt.delimiter)
    return json_rows(stream) if fmt.kind == "json" else json_lines_rows(stream)


def _layout(path: Path, fmt: FileFormat) -> Layout:
    with open_text(path, fmt) as stream:
        return layout_of(stream.read(HEAD_CHARS), fmt.delimiter)
