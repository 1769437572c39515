"""CSV -> rows with the line where each starts, and what can be saved of damaged ones.

Python's own csv module and not pandas: pandas knows no line numbers, drops or stops at ragged rows, and reads all
columns of a chunk before the first row comes out.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from postings.ingest.formats import RECORD_CHARS, excel_delimiter, head_records
from postings.ingest.records import RawRow, RejectedRow


@dataclass(frozen=True)
class Layout:
    """What a file's head says about its cells: the names of the columns, and the escape character, if any."""

    names: tuple[str, ...]
    escape: str | None


def layout_of(head: str, delimiter: str) -> Layout:
    """Read the header; name the unnamed, number the repeated, and add the row names that R leaves without a header."""
    head = _without_hint(head)
    escape = _escape_of(head, delimiter)
    records = (cells for cells in head_records(head, delimiter, escape=escape) if cells)
    header = next(records, [])
    widths = [len(cells) for cells in records]
    if widths and all(width == len(header) + 1 for width in widths):
        header = ["", *header]
    return Layout(names=_named(header), escape=escape)


def csv_rows(lines: Iterable[str], layout: Layout, delimiter: str) -> Iterator[RawRow | RejectedRow]:
    """Yield every data row once, in order, as a row or a rejection; empty lines are no rows."""
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, escapechar=layout.escape)
    row = -1
    header_seen = False
    while True:
        source.begin()
        cells = _next_cells(reader, source)
        if cells is None:
            return
        if not cells or (not header_seen and source.is_hint()):
            continue
        if not header_seen:
            header_seen = True
            continue
        row += 1
        yield _row(cells, row, source, layout, delimiter)


class _RunawayError(Exception):
    """The record does not end."""


class _Lines:
    """Physical lines for csv.reader, counted; those of the record at hand can be put back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._back: list[str] = []
        self._size = 0
        self._count = 0
        self.first = 1
        self.taken: list[str] = []
        self.is_cut = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._lines, "")
        if not line:
            # csv asks for one more line only when a quote is still open.
            self.is_cut = bool(self.taken)
            raise StopIteration
        self._count += 1
        self.taken.append(line)
        self._size += len(line)
        if self._size > RECORD_CHARS and len(self.taken) > 1:
            raise _RunawayError
        return line.replace("\0", "") if "\0" in line else line

    def begin(self) -> None:
        """The next line starts a record."""
        self.first = self._count + 1
        self.taken = []
        self._size = 0
        self.is_cut = False

    def put_back(self, *, all_but: int) -> None:
        """Give back the lines of the record after the first `all_but`."""
        back = self.taken[all_but:]
        self._back.extend(reversed(back))
        self._count -= len(back)
        del self.taken[all_but:]

    def is_hint(self) -> bool:
        """Whether the record is Excel's "sep=;" in the first line."""
        return self.first == 1 and bool(excel_delimiter(self.taken[0].lstrip("\ufeff")))


def _next_cells(reader: Iterator[list[str]], source: _Lines) -> list[str] | None:
    """The cells of the next record; None at the end. A record that does not end counts as cut."""
    try:
        return next(reader)
    except StopIteration:
        return None
    except (_RunawayError, csv.Error):
        source.is_cut = True
        return [""]


def _row(cells: list[str], row: int, source: _Lines, layout: Layout, delimiter: str) -> RawRow | RejectedRow:
    names, line = layout.names, source.first
    width = len(names)
    if source.is_cut or (len(source.taken) > 1 and _fitted(cells, width) is None):
        cells = _recovered(source, width, delimiter)
        if source.is_cut:
            reason = "A quotation mark is opened in this row and never closed."
            return RejectedRow(row, line, "", cells[0] if cells else "", reason, _raw(cells, names))
    fitted = _fitted(cells, width)
    if fitted is None:
        reason = f"The row has {_counted(len(cells), 'cell')} where the header names {_counted(width, 'column')}."
        return RejectedRow(row, line, "", delimiter.join(cells), reason, _raw(cells, names))
    if not any(cell and not cell.isspace() for cell in fitted):
        return RejectedRow(row, line, "", "", "The row is empty.", {})
    return RawRow(row, line, dict(zip(names, fitted, strict=True)))


def _fitted(cells: list[str], width: int) -> list[str] | None:
    """As many cells as the header names, None if they do not fit: empty ones at the end may be missing or too many."""
    if len(cells) == width:
        return cells
    if len(cells) > width:
        return cells[:width] if not any(cells[width:]) else None
    if len(cells) == 1 and width > 2:
        return None
    return cells + [""] * (width - len(cells))


def _recovered(source: _Lines, width: int, delimiter: str) -> list[str]:
    """Decide what a record is that runs over lines and does not fit: give the lines back that may be rows of their own.

    Clears `is_cut` if the first line is a whole row once its stray quotation mark is taken as a character.
    """
    alone = next(csv.reader(source.taken[:1], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])
    later = (next(csv.reader([line], delimiter=delimiter), []) for line in source.taken[1:])
    if any(len(cells) == width for cells in later):
        source.put_back(all_but=1)
        source.is_cut = len(alone) != width
        return alone
    whole = "".join(source.taken)
    return next(csv.reader([whole[:RECORD_CHARS]], delimiter=delimiter), [])


def _raw(cells: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    extra = (f"Unnamed: {number}" for number in range(len(names), len(cells)))
    return dict(zip((*names, *extra), cells, strict=False))


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _without_hint(head: str) -> str:
    first, _, rest = head.partition("\n")
    return rest if excel_delimiter(first) else head


def _escape_of(head: str, delimiter: str) -> str | None:
    r"""A backslash if more records come out even with it: Spark and MySQL write \" for a quotation mark."""
    if '\\"' not in head:
        return None
    return "\\" if _even(head, delimiter, "\\") > _even(head, delimiter, None) else None


def _even(head: str, delimiter: str, escape: str | None) -> float:
    """The share of records that are as wide as the header."""
    widths = Counter(len(cells) for cells in head_records(head, delimiter, escape=escape) if cells)
    header = next((len(cells) for cells in head_records(head, delimiter, escape=escape, limit=3) if cells), 0)
    return widths[header] / max(1, widths.total())


def _named(header: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for number, cell in enumerate(header):
        name = " ".join(cell.split()) or f"Unnamed: {number}"
        copies = 0
        unique = name
        while unique in names:
            copies += 1
            unique = f"{name}.{copies}"
        names.append(unique)
    return tuple(names)
