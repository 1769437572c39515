"""CSV tables whose header must be right: read with the line of each row, written so that they read back the same."""

import csv
import gzip
import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

LONGEST_NAME = 120


class TaxonomyError(ValueError):
    """A file of a taxonomy says something that cannot be; the message names the file and the line."""


def rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of a CSV file that must have this header. Raises TaxonomyError."""
    cells = lines_of_cells(path, delimiter=",")
    line, first = next(cells, (1, []))
    if tuple(first) != header:
        raise error(path, line, f"the first line must be {','.join(header)}")
    yield from _with_names(path, header, cells)


def rows_with(path: Path, columns: tuple[str, ...], *, delimiter: str = ",") -> Iterator[tuple[int, dict[str, str]]]:
    """(line, row) of a CSV file that has at least these columns, in any order. Raises TaxonomyError."""
    cells = lines_of_cells(path, delimiter=delimiter)
    line, first = next(cells, (1, []))
    missing = [column for column in columns if column not in first]
    if missing:
        raise error(path, line, f"there is no column {missing[0]!r}")
    yield from _with_names(path, tuple(first), cells)


def _with_names(
    path: Path, header: tuple[str, ...], lines: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, dict[str, str]]]:
    for line, cells in lines:
        if len(cells) != len(header):
            raise error(path, line, f"{len(cells)} columns instead of {len(header)}")
        yield line, dict(zip(header, cells, strict=True))


def lines_of_cells(path: Path, *, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row that is not empty; a tab as delimiter means no quoting. Raises TaxonomyError."""
    text = io.StringIO(_text(path), newline="")
    is_quoted = delimiter != "\t"
    reader = csv.reader(text, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if is_quoted else csv.QUOTE_NONE)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as problem:
        raise error(path, line, f"no table ({problem})") from problem


def _text(path: Path) -> str:
    """The text of a file in UTF-8, with or without BOM, also as .gz."""
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise error(path, line, "the text is not UTF-8") from problem
    except (OSError, EOFError, zlib.error) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise TaxonomyError(f"{path.name} cannot be read: {reason}") from problem


def write_rows(path: Path, header: tuple[str, ...], lines: Iterable[Sequence[str]]) -> None:
    """Write what `rows` reads: UTF-8, one row a line, quotation marks only where they are needed."""
    with path.open("w", encoding="utf-8", newline="") as file:
        plain = csv.writer(file, lineterminator="\n")
        quoted = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        for cells in (header, *lines):
            # The csv module leaves a lone carriage return without quotation marks, and then reads it as a line end.
            (quoted if any("\r" in cell for cell in cells) else plain).writerow(cells)


def named(path: Path, line: int, what: str, value: str, *, longest: int = LONGEST_NAME) -> str:
    """`value` without blanks around it. Raises TaxonomyError where it is empty, too long or holds a NUL."""
    text = value.strip()
    if not text:
        raise error(path, line, f"{what} is empty")
    return checked(path, line, what, text, longest=longest)


def checked(path: Path, line: int, what: str, value: str, *, longest: int) -> str:
    """`value` as it is. Raises TaxonomyError where it is too long or holds a NUL."""
    if len(value) > longest:
        raise error(path, line, f"{what} has {len(value)} characters, {longest} are the most")
    if "\x00" in value:
        raise error(path, line, f"{what} holds a NUL character")
    return value


def error(path: Path, line: int, what: str) -> TaxonomyError:
    return TaxonomyError(f"{path.name}, line {line}: {what}")
