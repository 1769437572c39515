"""CSV -> rows with the line where each starts, and what can be saved of damaged ones.

Python's own csv module and not pandas: pandas knows no line numbers, drops or stops at ragged rows, and reads all
columns of a chunk before the first row comes out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from postings.ingest.csv_lines import CsvLines, LongLine
from postings.ingest.decoding import HEAD_CHARS
from postings.ingest.dialects import TITLES, Dialect, dialect_of, head_records, without_hint
from postings.ingest.headers import Header, header_at, refuse_columns, unique_names
from postings.ingest.limits import Limits
from postings.ingest.records import RawRow, RejectedRow, UnreadableFile

# What is kept of a row that is rejected: of one that is far too long, and of any other.
RAW_LIMIT = 2_000
RAW_CHARS = 200_000
_CUT = "The file ends in the middle of this row."


@dataclass(frozen=True)
class Layout:
    """What a file's head says about its cells: how they are marked, and which columns there are."""

    dialect: Dialect
    header: Header


def layout_of(head: str, delimiter: str, limits: Limits) -> Layout:
    """Read the header; name the unnamed, number the repeated, and add the row names that R leaves without a header.

    Raises UnreadableFile if there are more columns than the limits allow, or the header is endless.
    """
    dialect = dialect_of(head, delimiter)
    records = list(head_records(without_hint(head), dialect))
    if not records:
        _refuse_endless_header(head, dialect, limits)
        return Layout(dialect, Header((), (), 1))
    first = _header_place(records)
    header = header_at(first, records, limits)
    widths = [len(cells) for cells in records[first + 1 :]]
    if header.cells and widths and all(width == len(header.cells) + 1 for width in widths):
        header = replace(header, names=unique_names(("", *header.cells)))
    return Layout(dialect, header)


def csv_rows(chunks: Iterable[str], layout: Layout, limits: Limits) -> Iterator[RawRow | RejectedRow]:
    """Yield every data row once, in order, as a row or a rejection; empty lines are no rows.

    Raises UnreadableFile where so much of the file holds no whole row that it cannot be a table.
    """
    source = CsvLines(chunks, layout.dialect, limits)
    odd = _OddRows(source, layout, limits)
    names = layout.header.names
    width = len(names)
    header_starts = frozenset(mark + cell for cell in layout.header.cells[:1] for mark in ("", "\ufeff"))
    row = -layout.header.first_row
    is_first = True
    for cells in source.records():
        is_regular = source.is_regular
        if not cells and is_regular:
            continue
        if is_first:
            is_first = False
            if source.is_hint():
                continue
        if row >= 0:
            # A row like nearly all of them is settled here, because speed is decided here.
            if is_regular and len(cells) == width and cells[0] not in header_starts and _holds_a_value(cells):
                odd.lost = 0
                yield RawRow(row, source.line, dict(zip(names, cells, strict=True)))
            else:
                yield odd.settled(cells, row)
        row += 1


class _OddRows:
    """Decides what rows are that are not like the others; remembers how much was lost since the last whole one."""

    def __init__(self, source: CsvLines, layout: Layout, limits: Limits) -> None:
        self.lost = 0
        self._source = source
        self._header = layout.header
        self._dialect = layout.dialect
        self._limits = limits
        self._may_be_short = False

    def settled(self, cells: list[str], row: int) -> RawRow | RejectedRow:
        """The record at hand as a row or a rejection.

        Raises UnreadableFile if no whole row came for long after an open quotation mark.
        """
        source = self._source
        line, was_open = source.line, source.is_open
        found = self._long_row(row, line) or self._row(cells, row, line)
        if isinstance(found, RawRow) and len(cells) >= len(self._header.names):
            self.lost = 0
        elif self.lost or was_open:
            # The lines of a cell that is far too long can look like short rows.
            self.lost += sum(map(len, source.taken))
            if self.lost > self._limits.lost_chars:
                raise UnreadableFile(
                    f"The file holds no whole row in {self.lost:,} characters up to line {line:,}: "
                    "one cell is far too long, or a quotation mark is missing before it."
                )
        return found

    def _row(self, cells: list[str], row: int, line: int) -> RawRow | RejectedRow:
        source, names = self._source, self._header.names
        is_open, at_end = source.is_open, source.is_over
        if is_open or (len(source.taken) > 1 and len(cells) != len(names) and not self._is_well_formed()):
            if (alone := self._first_line_alone()) is not None:
                cells, is_open, at_end = alone, len(alone) != len(names), False
            if is_open:
                reason = _CUT if at_end else "A quotation mark is opened in this row and never closed."
                return RejectedRow(row, line, "", cells[0] if cells else "", reason, _raw(cells, names))
        if self._header.is_repeated_by(cells):
            return RejectedRow(row, line, "", "", "The row repeats the header.", _raw(cells, names))
        fitted = self._fitted(cells)
        if fitted is None or self._is_cut_short(cells):
            reason = _CUT if self._is_cut_short(cells) else _counted_cells(len(cells), len(names))
            return RejectedRow(
                row, line, "", self._dialect.delimiter.join(cells)[:RAW_LIMIT], reason, _raw(cells, names)
            )
        if not _holds_a_value(fitted):
            return RejectedRow(row, line, "", "", "The row is empty.", {})
        self._may_be_short = self._may_be_short or len(cells) < len(names)
        return RawRow(row, line, dict(zip(names, fitted, strict=True)))

    def _long_row(self, row: int, line: int) -> RejectedRow | None:
        lines = self._source.taken
        last = next((number for number, text in enumerate(lines) if isinstance(text, LongLine)), None)
        if last is None:
            return None
        self._source.keep_lines(last + 1)
        start = lines[0][:RAW_LIMIT]
        reason = f"The row is longer than {self._limits.row_chars:,} characters."
        return RejectedRow(row, line, "", start, reason, {"row": start})

    def _fitted(self, cells: list[str]) -> list[str] | None:
        """As many cells as columns, None if they do not fit: empty ones at the end may be missing or too many."""
        width = len(self._header.names)
        if len(cells) == width:
            return cells
        if len(cells) > width:
            return cells[:width] if not any(cells[width:]) else None
        if len(cells) == 1 and width > 2:
            return None
        return cells + [""] * (width - len(cells))

    def _is_cut_short(self, cells: list[str]) -> bool:
        """Whether the file ends here without a line end and with cells missing, as no row before it did."""
        is_short = len(cells) < len(self._header.names) and not self._may_be_short
        return is_short and not self._source.taken[-1].endswith(("\n", "\r"))

    def _is_well_formed(self) -> bool:
        """Whether the record only holds too much or too little: its lines belong together, as quoted text."""
        return self._dialect.is_well_formed("".join(self._source.taken))

    def _first_line_alone(self) -> list[str] | None:
        """The cells of the first line, if one of those behind it is a row of its own; those are read again then.

        A record that runs over lines and does not fit is a stray quotation mark more often than a long cell.
        """
        lines = self._source.taken
        width = len(self._header.names)
        if not any(len(self._dialect.cells_of(line)) == width for line in lines[1:]):
            return None
        self._source.keep_lines(1)
        return self._dialect.unquoted(lines[0])


def _holds_a_value(cells: Sequence[str]) -> bool:
    for cell in cells:  # noqa: SIM110 - any() takes three times as long, and every row comes by here
        if cell and not cell.isspace():
            return True
    return False


def _counted_cells(count: int, width: int) -> str:
    return f"The row has {_counted(count, 'cell')} where the header names {_counted(width, 'column')}."


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _raw(cells: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """What a rejected row held; of a row that is too long, the beginning."""
    extra = (f"Unnamed: {number}" for number in range(len(names), len(cells)))
    raw, room = {}, RAW_CHARS
    for name, cell in zip((*names, *extra), cells, strict=False):
        raw[name] = cell[:room]
        room -= len(raw[name]) + 1
        if room <= 0:
            break
    return raw


def _header_place(records: Sequence[Sequence[str]]) -> int:
    """How many records stand above the header: titles, of one cell each."""
    if len(records) < 3 or _filled(records[0]) > 1:
        return 0
    usual = Counter(map(len, records[1:])).most_common(1)[0][0]
    # R leaves the row names without a header: a table of one column looks like a title above two.
    if usual <= 2:
        return 0
    place = (number for number, cells in enumerate(records[:TITLES]) if _filled(cells) >= max(2, usual / 2))
    return next(place, 0)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _refuse_endless_header(head: str, dialect: Dialect, limits: Limits) -> None:
    """The head is one record: too many columns, or no table. Raises UnreadableFile unless the file is just short."""
    if len(head) < HEAD_CHARS:
        return
    refuse_columns(len(dialect.cells_of(head)), limits)
    raise UnreadableFile(f"The first row of the file is longer than {HEAD_CHARS:,} characters. It has no column names.")
