"""The cells of an Excel sheet as text: dates as ISO, whole numbers without a decimal point, error values as nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from postings.ingest.limits import Limits
from postings.ingest.records import UnreadableFile
from postings.ingest.shared_strings import SharedStrings, TextNodes
from postings.ingest.workbook import Workbook, date_text, parsed, parser_of

_DIGITS = "0123456789"
# Excel calculates with 15 digits; what stands behind them is noise.
_SURE_DIGITS = 15
# So many cells may stand outside the columns that are read, in all rows together.
_SURPLUS = 100_000
# Excel ends at row 1,048,576; other programs may not.
_LAST_LINE = 1 << 30


@dataclass
class SheetRow:
    """A row that holds a value: Excel's row number, its texts by column (from 1), the last column beyond the limit."""

    line: int
    cells: dict[int, str] = field(default_factory=dict)
    beyond: int = 0


class SheetRows:
    """Reads the XML of one sheet, streaming; memory is bounded by a row and a piece of XML."""

    def __init__(self, strings: SharedStrings, about: Workbook, limits: Limits) -> None:
        self._strings = strings
        self._date_styles = about.date_styles
        self._is_1904 = about.is_1904
        self._limits = limits
        self._nodes = TextNodes(limits)
        self._is_value = False
        self._columns: dict[str, int] = {}
        self._line = self._column = 0
        self._kind = self._style = ""
        # Numbers of shared texts are looked up when their row is asked for: a thousand rows may share one huge text.
        self._shared: dict[int, int] = {}
        self._row = SheetRow(0)
        self._surplus = 0
        self._done: list[tuple[SheetRow, dict[int, int]]] = []

    def rows(self, stream: IO[bytes]) -> Iterator[SheetRow]:
        """Yield the rows that hold a value, in their order."""
        for _ in parsed(parser_of(self._start, self._end, self._text), stream):
            for row, shared in self._done:
                for column, number in shared.items():
                    if text := self._strings.get(number):
                        row.cells[column] = text
                if row.cells or row.beyond:
                    yield row
            self._done.clear()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "c":
            self._column = self._column_of(attributes.get("r", ""))
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
        elif name == "v":
            self._is_value = True
        elif name == "row":
            said = _number(attributes.get("r", ""), otherwise=0)
            self._line = said if self._line < said <= _LAST_LINE else self._line + 1
            self._row, self._shared, self._column = SheetRow(self._line), {}, 0
        else:
            self._nodes.start(name)

    def _text(self, data: str) -> None:
        if self._is_value:
            self._nodes.add(data)
        else:
            self._nodes.text(data)

    def _end(self, name: str) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "v":
            self._is_value = False
        elif name == "c":
            self._end_cell(self._nodes.taken())
        elif name == "row":
            self._done.append((self._row, self._shared))
        else:
            self._nodes.end(name)

    def _end_cell(self, text: str) -> None:
        if not text or self._kind == "e":
            return
        if self._column > self._limits.columns:
            self._row.beyond = max(self._row.beyond, self._column)
            self._surplus += 1
            if self._surplus > _SURPLUS:
                raise UnreadableFile(f"The file has rows of more than {self._limits.columns:,} cells, as no table has.")
        elif self._kind == "s":
            self._shared[self._column] = _number(text, otherwise=-1)
        elif self._kind == "n":
            self._row.cells[self._column] = self._number_text(text.strip())
        elif self._kind == "b":
            self._row.cells[self._column] = "True" if text.strip() == "1" else "False"
        else:
            self._row.cells[self._column] = text

    def _number_text(self, text: str) -> str:
        is_date = bool(self._style) and _number(self._style, otherwise=0) in self._date_styles
        if not is_date and text.isdecimal() and len(text) <= _SURE_DIGITS:
            return text
        try:
            number = float(text)
        except ValueError:
            return text
        if is_date and (shown := date_text(number, is_1904=self._is_1904)):
            return shown
        return f"{number:.0f}" if number.is_integer() and abs(number) < 10**_SURE_DIGITS else f"{number:.15g}"

    def _column_of(self, reference: str) -> int:
        """The number of the column in a reference such as "AB12"; the next one where there is none."""
        letters = reference.rstrip(_DIGITS)
        if letters not in self._columns:
            if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
                return self._column + 1
            number = 0
            for letter in letters.upper():
                number = number * 26 + ord(letter) - ord("A") + 1
            self._columns[letters] = number
        return self._columns[letters]


def _number(text: str, *, otherwise: int) -> int:
    if len(text) > _SURE_DIGITS:
        return otherwise
    try:
        return int(text)
    except ValueError:
        return otherwise
