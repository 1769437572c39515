"""How a CSV file separates and quotes its cells: judged by which way gives an even table."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from postings.ingest.decoding import HEAD_CHARS

if TYPE_CHECKING:
    import _csv

USUAL = (",", ";", "\t", "|")
# Taken only where nothing usual makes a table, and the table is even.
UNUSUAL = ("^", "~", "\x1f", "\x01", "¦", "§", "¬", "¤", "þ", "#", "*", "=", ":", "!")
_SURELY_EVEN = 0.9
# How far down a header may stand below titles.
TITLES = 20
_MOSTLY = 0.9

# csv's own limit (131,072) is below the longest postings; how long a row may be is judged in csv_lines.
# It is a setting of the whole process: nobody else reads CSV.
csv.field_size_limit(1 << 30)

_EXCEL_HINT = re.compile(r'^\ufeff?"?sep=(?P<delimiter>[^"\r\n])"?[\r\n]*$', re.IGNORECASE)
_FIRST_LINE = re.compile(r"[^\r\n]*(\r\n|\r|\n)?")
_SINGLE_QUOTE = re.compile(r"(?:^|[^\w\s])'", re.MULTILINE)


@dataclass(frozen=True)
class Dialect:
    """The marks that a CSV file uses. `escape` is a backslash where one stands before a quotation mark, else None."""

    delimiter: str
    quote: str = '"'
    escape: str | None = None

    def records(self, lines: Iterable[str]) -> "_csv.Reader":
        return csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote, escapechar=self.escape)

    def cells_of(self, line: str) -> list[str]:
        """The cells of one line by itself; none if it is not one record."""
        try:
            return next(self.records([line]), [])
        except csv.Error:
            return []

    def is_well_formed(self, record: str) -> bool:
        """Whether each quotation mark opens a cell, ends one, or stands doubled inside of one."""
        marks = {"delimiter": self.delimiter, "quotechar": self.quote, "escapechar": self.escape}
        try:
            return len(list(csv.reader([record], strict=True, **marks))) == 1  # type: ignore[arg-type]  # marks of two types
        except csv.Error:
            return False

    def unquoted(self, line: str) -> list[str]:
        """The cells of a line in which quotation marks are characters like any other."""
        return next(csv.reader([line], delimiter=self.delimiter, quoting=csv.QUOTE_NONE), [])


def excel_delimiter(line: str) -> str:
    """The delimiter of a leading "sep=;" line, which Excel writes and reads; "" for any other line."""
    hint = _EXCEL_HINT.match(line)
    return hint["delimiter"] if hint else ""


def delimiter_of(head: str) -> str:
    """Return the delimiter under which the most records have as many cells as the header, and that as many as possible.

    Evenness, not csv.Sniffer: the Sniffer judges by frequent characters, which in texts with few quotes are letters.
    """
    first = _FIRST_LINE.match(head)
    if first and (hinted := excel_delimiter(first[0])):
        return hinted
    quotes = "\"'" if _SINGLE_QUOTE.search(head) else '"'
    best = max((Dialect(mark, quote) for quote in quotes for mark in USUAL), key=lambda way: _evenness(head, way))
    if _evenness(head, best)[1] > 1:
        return best.delimiter
    for mark in UNUSUAL:
        for quote in quotes if mark in head else "":
            share, width = _evenness(head, Dialect(mark, quote))
            if width > 1 and share >= _SURELY_EVEN:
                return mark
    return _below_titles(head) or USUAL[0]


def dialect_of(head: str, delimiter: str) -> Dialect:
    """Return the quotation mark and the escape character of a file whose delimiter is known."""
    head = without_hint(head)
    quote = _quote_of(head, delimiter)
    plain = Dialect(delimiter, quote)
    if delimiter == "\\" or f"\\{quote}" not in head:
        return plain
    # Spark and MySQL write \" for a quotation mark.
    escaped = Dialect(delimiter, quote, "\\")
    return escaped if _even(head, escaped) > _even(head, plain) else plain


def without_hint(head: str) -> str:
    """The head behind a leading "sep=;" line."""
    first = _FIRST_LINE.match(head)
    return head[first.end() :] if first and excel_delimiter(first[0]) else head


def head_records(head: str, dialect: Dialect, *, limit: int = 200) -> Iterator[list[str]]:
    """Yield the records of a file's head that are whole for sure: the last one may be cut. Empty lines are none."""
    held: list[str] | None = None
    for number, cells in enumerate(dialect.records(io.StringIO(head, newline=""))):
        if held:
            yield held
        held = cells
        if number >= limit:
            return
    if held and len(head) < HEAD_CHARS:
        yield held


def _below_titles(head: str) -> str:
    """The delimiter of a table that begins some lines further down, "" if there is none."""
    for _ in range(TITLES):
        first = _FIRST_LINE.match(head)
        head = head[first.end() :] if first else ""
        if not head:
            return ""
        best = max(USUAL, key=lambda mark: _evenness(head, Dialect(mark)))
        share, width = _evenness(head, Dialect(best))
        if width > 2 and share >= _SURELY_EVEN:
            return best
    return ""


def _quote_of(head: str, delimiter: str) -> str:
    """A single quote if more records come out even with it, or if it stands around nearly every cell."""
    if delimiter == "'" or not (_SINGLE_QUOTE.search(head) or f"{delimiter}'" in head):
        return '"'
    double, single = Dialect(delimiter), Dialect(delimiter, "'")
    if round(_even(head, single) - _even(head, double), 1) > 0:
        return "'"
    cells = [cell.strip() for cells in head_records(head, double) for cell in cells if cell.strip()]
    wrapped = sum(1 for cell in cells if len(cell) > 1 and cell[0] == cell[-1] == "'")
    return "'" if wrapped > _MOSTLY * len(cells) else '"'


def _evenness(head: str, dialect: Dialect) -> tuple[float, int]:
    """The share of records that are as wide as the header, or one wider (R leaves its row names without a header)."""
    widths = [len(cells) for cells in head_records(head, dialect) if cells]
    if not widths or widths[0] == 1:
        return (0.0, 1)
    counts = Counter(widths[1:])
    share = max(counts[widths[0]], counts[widths[0] + 1]) / max(1, counts.total())
    return (round(share, 1), widths[0])


def _even(head: str, dialect: Dialect) -> float:
    """The share of records that are as wide as the header."""
    widths = [len(cells) for cells in head_records(head, dialect)]
    return widths.count(widths[0]) / len(widths) if widths else 0.0
