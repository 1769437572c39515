"""The physical lines of a CSV file, counted; those of the record at hand can be read again in another way."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from postings.ingest.dialects import Dialect, excel_delimiter
from postings.ingest.limits import Limits
from postings.ingest.records import UnreadableFile

# str.splitlines cuts at these as well, which are characters of a text; it takes two thirds of the time of StringIO.
_NO_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_END = re.compile(r"\r\n|\n|\r")


class LongLine(str):
    """The beginning of a line that is longer than a row may be."""

    __slots__ = ()


class CsvLines:
    """Records, one after the other. Memory is bounded by the longest row that the limits allow, and a block."""

    def __init__(self, chunks: Iterable[str], dialect: Dialect, limits: Limits) -> None:
        self._blocks = line_blocks(chunks, limits)
        self._dialect = dialect
        self._limit = limits.row_chars
        # The window holds the lines from the record at hand on, and perhaps some before it: that starts at `_at`.
        self._window: list[str] = []
        self._before = 0
        self._at = 0
        self._kept: int | None = None
        self._has_long = self._is_runaway = self.is_over = False
        self._seen = 0
        self._reader = dialect.records(self._feed())

    def records(self) -> Iterator[list[str]]:
        """Yield the cells of each record; the properties below speak of the one yielded last."""
        while True:
            reader = self._reader
            try:
                for cells in reader:
                    yield cells
                    if self._kept is not None or self._is_runaway:
                        break
                    self._at += reader.line_num - self._seen
                    self._seen = reader.line_num
                else:
                    return
            except csv.Error:
                self._is_runaway = True
                yield []
            self._at += len(self.taken)
            self._restart()

    @property
    def line(self) -> int:
        """The number of the line, from 1, on which the record starts."""
        return self._before + self._at + 1

    @property
    def taken(self) -> list[str]:
        """The lines of the record."""
        count = self._reader.line_num - self._seen if self._kept is None else self._kept
        return self._window[self._at : self._at + count]

    @property
    def is_open(self) -> bool:
        """Whether its quotation mark was not closed before the file, or the room for one row, ended."""
        return self.is_over or self._is_runaway

    @property
    def is_regular(self) -> bool:
        return not (self.is_over or self._is_runaway or self._has_long)

    def is_hint(self) -> bool:
        """Whether the record is Excel's "sep=;" in the first line."""
        return self.line == 1 and bool(excel_delimiter(self.taken[0]))

    def keep_lines(self, count: int) -> None:
        """End the record after so many lines; the others are read again."""
        self._kept = count
        self.is_over = self._is_runaway = False

    def _restart(self) -> None:
        self._kept = None
        self._seen = 0
        self.is_over = self._is_runaway = False
        self._reader = self._dialect.records(self._feed())

    def _feed(self) -> Iterator[str]:
        """The lines from the record at hand on. csv asks for more than one a record only while a quote is open."""
        index = self._at
        while True:
            yield from islice(self._window, index, None)
            record = self._window[self._at :]
            if len(record) > 1 and sum(map(len, record)) > self._limit:
                self._is_runaway = True
                return
            block = next(self._blocks, None)
            if block is None:
                self.is_over = True
                return
            self._before += self._at
            self._window = record + block
            self._at, index = 0, len(record)
            if self._has_long or isinstance(block[0], LongLine):
                self._has_long = any(isinstance(line, LongLine) for line in self._window)


def line_blocks(chunks: Iterable[str], limits: Limits) -> Iterator[list[str]]:
    r"""Cut the text behind every \n, \r\n and \r; a LongLine comes alone.

    Raises UnreadableFile at a line longer than what may be lost.
    """
    source = iter(chunks)
    rest = ""
    for chunk in source:
        lines = _lines(rest + chunk)
        rest = lines.pop() if lines and not lines[-1].endswith("\n") else ""
        if lines:
            yield lines
        if len(rest) > limits.row_chars:
            line, rest = _long_line(rest, source, limits)
            yield [line]
    if rest:
        yield [rest]


def _lines(text: str) -> list[str]:
    if any(map(text.__contains__, _NO_LINE_ENDS)):
        return io.StringIO(text, newline="").readlines()
    return text.splitlines(keepends=True)


def _long_line(begun: str, source: Iterator[str], limits: Limits) -> tuple[LongLine, str]:
    """Step over the rest of a long line; return its beginning and the text behind it."""
    size, waiting = len(begun), "\r" if begun.endswith("\r") else ""
    for chunk in source:
        found = _LINE_END.search(waiting + chunk)
        if found:
            return LongLine(begun[: limits.row_chars] + found[0]), (waiting + chunk)[found.end() :]
        size += len(chunk)
        if size > limits.lost_chars:
            raise UnreadableFile(
                f"The file has a line of more than {limits.lost_chars:,} characters. That is no table of postings."
            )
    return LongLine(begun[: limits.row_chars]), ""
