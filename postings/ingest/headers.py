"""Which record of a table names the columns, and what the columns are called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from statistics import median

from postings.ingest.limits import Limits
from postings.ingest.records import UnreadableFile

# So many records are asked whether the first of them is one of them.
_ASKED = 50
_SHARE = 0.8
_LONG = 200
_SIGNS = (
    re.compile(r"https?://\S+$|www\.\S+$|\S+@\S+\.\w+$", re.IGNORECASE),
    re.compile(r"\d{4}-\d\d?-\d\d?([T ].*)?$|\d\d?[./]\d\d?[./]\d{2,4}$"),
    re.compile(rf"(?s)(?=.*\s).{{{_LONG},}}"),
)


@dataclass(frozen=True)
class Header:
    """The names of the columns; the cells as written (() if the file names none); records before the first data row."""

    names: tuple[str, ...]
    cells: tuple[str, ...]
    first_row: int

    def is_repeated_by(self, cells: Sequence[str]) -> bool:
        """Whether these are the header's own cells: files of several days put one behind the other."""
        return len(cells) == len(self.cells) and all(map(_is_same, cells, self.cells))


def header_among(records: Sequence[Sequence[str]], limits: Limits) -> Header | None:
    """Find the header among a table's first records: below titles, which fill one cell; None if there is no table.

    Where the first record is surely data, the columns are named by their position. Raises UnreadableFile if there are
    more columns than the limits allow.
    """
    filled = [sum(1 for cell in cells if cell.strip()) for cells in records]
    if not filled:
        return None
    needed = max(2, median(filled) / 2)
    first = next((number for number, count in enumerate(filled) if count >= needed), None)
    return None if first is None else header_at(first, records, limits)


def header_at(first: int, records: Sequence[Sequence[str]], limits: Limits) -> Header:
    """The header that stands in this record. Raises UnreadableFile if there are more columns than the limits allow."""
    header = records[first]
    refuse_columns(len(header), limits)
    if _is_data(header, records[first + 1 :]):
        width = max(len(cells) for cells in records[first:])
        refuse_columns(width, limits)
        return Header(tuple(f"Column {number + 1}" for number in range(width)), (), first)
    return Header(unique_names(header), tuple(header), first + 1)


def refuse_columns(count: int, limits: Limits) -> None:
    """Raise UnreadableFile if there are more columns than the limits allow."""
    if count > limits.columns:
        raise UnreadableFile(
            f"The file has {count:,} columns. At most {limits.columns:,} are read: "
            "keep those that postings need, and hand it in again."
        )


def unique_names(header: Sequence[str]) -> tuple[str, ...]:
    """Name the unnamed by their position and number the repeated, as pandas does."""
    names: dict[str, None] = {}
    copies: dict[str, int] = {}
    for number, cell in enumerate(header):
        name = " ".join(cell.split()) or f"Unnamed: {number}"
        unique = name
        while unique in names:
            copies[name] = copies.get(name, 0) + 1
            unique = f"{name}.{copies[name]}"
        names[unique] = None
    return tuple(names)


def _is_same(one: str, other: str) -> bool:
    return one.strip("\ufeff \t\r\n") == other.strip("\ufeff \t\r\n")


def _is_data(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether a cell of the first record is an address, a day or a long text, and so are those below it."""
    for column, cell in enumerate(first):
        for sign in _SIGNS:
            if not sign.match(cell.strip()):
                continue
            below = [cells[column].strip() for cells in islice(others, _ASKED) if column < len(cells)]
            below = [value for value in below if value]
            if len(below) >= 2 and sum(1 for value in below if sign.match(value)) >= _SHARE * len(below):
                return True
    return False
