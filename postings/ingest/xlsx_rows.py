"""Excel sheets -> rows: the header is found below titles and blank lines; `line` is Excel's own row number."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import BinaryIO

from postings.ingest.archives import CHUNK_BYTES, DAMAGED_ZIP, open_member, open_zip
from postings.ingest.cells import SheetRow, SheetRows
from postings.ingest.headers import Header, header_among, refuse_columns
from postings.ingest.limits import Limits
from postings.ingest.records import RawRow, RejectedRow, UnreadableFile
from postings.ingest.shared_strings import SharedStrings, shared_strings
from postings.ingest.workbook import Workbook, open_workbook, parsed, parser_of

# Where the header is looked for.
_HEAD_ROWS = 60
# A sheet of key and value has two columns; a table of postings has more.
_TABLE_COLUMNS = 3
_LAST_ROW = 1_048_576


class Book:
    """An open workbook. Raises UnreadableFile where it is none, damaged, or larger than the limits allow."""

    def __init__(self, archive: zipfile.ZipFile, strings: SharedStrings, about: Workbook, limits: Limits) -> None:
        self._archive = archive
        self._strings = strings
        self._about = about
        self._limits = limits

    def table_sheet(self) -> str:
        """The name of the first visible sheet with a header of three names and a row below it, else of two names."""
        best, most = "", 0
        for sheet in self._about.sheets:
            header = self._header_of(sheet.part)
            count = min(len(header.names), _TABLE_COLUMNS) if header else 0
            if count > most:
                best, most = sheet.name, count
        if not self._about.sheets:
            raise UnreadableFile("The file is an Excel workbook with no visible sheet.")
        if not best:
            raise UnreadableFile("The file is an Excel workbook, but no sheet has a row of at least two column names.")
        return best

    def header(self, sheet: str) -> Header:
        """The header of a sheet. Raises UnreadableFile if it has none."""
        if header := self._header_of(self._part(sheet)):
            return header
        raise UnreadableFile(f"The sheet {sheet!r} has no row of at least two column names.")

    def rows(self, sheet: str) -> Iterator[RawRow | RejectedRow]:
        """Yield every row below the header that holds a value, once and in order."""
        header = self.header(sheet)
        for row, found in enumerate(islice(self._sheet_rows(self._part(sheet)), header.first_row, None)):
            yield _row(row, found, header, self._limits)

    def lines(self, sheet: str) -> int:
        """The number of the last row, from what the sheet says of itself, else by counting."""
        said: list[str] = []

        def note(name: str, attributes: dict[str, str]) -> None:
            if name.endswith("dimension"):
                said.append(attributes.get("ref", ""))

        part = self._part(sheet)
        with open_member(self._archive, part, self._limits) as stream:
            next(parsed(parser_of(note), stream))
        last = said[0].rpartition(":")[2].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$") if said else ""
        if last.isascii() and last.isdecimal() and len(last) < 8 and 1 < int(last) <= _LAST_ROW:
            return int(last)
        with open_member(self._archive, part, self._limits) as stream:
            chunks = iter(lambda: stream.read(CHUNK_BYTES), b"")
            # A prefix may stand before the name, and another encoding hides it: one row there is for sure.
            return max(1, sum(chunk.count(b"<row") + chunk.count(b":row ") for chunk in chunks))

    def _part(self, name: str) -> str:
        part = next((sheet.part for sheet in self._about.sheets if sheet.name == name), "")
        if not part:
            raise UnreadableFile(f"The file is an Excel workbook without a visible sheet {name!r}.")
        return part

    def _header_of(self, part: str) -> Header | None:
        head = list(islice(self._sheet_rows(part), _HEAD_ROWS))
        refuse_columns(max((row.beyond for row in head), default=0), self._limits)
        return header_among([_dense(row) for row in head], self._limits)

    def _sheet_rows(self, part: str) -> Iterator[SheetRow]:
        with open_member(self._archive, part, self._limits) as stream:
            yield from SheetRows(self._strings, self._about, self._limits).rows(stream)


@contextmanager
def open_book(file: BinaryIO, limits: Limits) -> Iterator[Book]:
    """Open a workbook. Raises UnreadableFile where it is none, damaged, or larger than the limits allow."""
    try:
        with open_zip(file) as archive:
            about = open_workbook(archive, limits)
            with shared_strings(archive, about.strings, limits) as strings:
                yield Book(archive, strings, about, limits)
    except DAMAGED_ZIP:
        raise UnreadableFile("The file is a damaged Excel workbook: it cannot be unpacked to its end.") from None


def _dense(row: SheetRow) -> list[str]:
    last = max(row.cells, default=0)
    return [row.cells.get(column, "") for column in range(1, last + 1)]


def _row(row: int, found: SheetRow, header: Header, limits: Limits) -> RawRow | RejectedRow:
    names = header.names
    values = dict.fromkeys(names, "")
    for column, text in found.cells.items():
        # A remark beside the table has no name, and is no reason to lose the row.
        values[names[column - 1] if column <= len(names) else f"Unnamed: {column - 1}"] = text
    if found.beyond:
        reason = f"A cell stands in column {found.beyond:,}. At most {limits.columns:,} columns are read."
        return RejectedRow(row, found.line, "", "", reason, values)
    if sum(map(len, values.values())) > limits.row_chars:
        reason = f"The row is longer than {limits.row_chars:,} characters."
        return RejectedRow(row, found.line, "", "", reason, {})
    is_like_header = bool(header.cells) and found.cells.get(len(header.cells)) == header.cells[-1]
    if is_like_header and header.is_repeated_by(_dense(found)):
        return RejectedRow(row, found.line, "", "", "The row repeats the header.", values)
    if not any(text and not text.isspace() for text in values.values()):
        return RejectedRow(row, found.line, "", "", "The row is empty.", {})
    return RawRow(row, found.line, values)
