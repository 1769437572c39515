"""The shared texts of a workbook by number: read as far as they are asked for, and on disk beyond the first few MB."""

import os
import re
import zipfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO

from postings.ingest.archives import open_member
from postings.ingest.decoding import sound_text
from postings.ingest.limits import Limits
from postings.ingest.records import UnreadableFile
from postings.ingest.workbook import parsed, parser_of

_IN_MEMORY = 16_000_000
_OBJECT_BYTES = 64
_MOST = 5_000_000
# Excel spells characters that XML cannot carry, such as carriage returns: _x000D_ (ECMA-376, 22.9.2.19).
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class TextNodes:
    """Collects the text of `t` elements inside one string item, without the phonetic hints of East Asian texts."""

    def __init__(self, limits: Limits) -> None:
        self._pieces: list[str] = []
        self._size = 0
        self._limit = limits.row_chars
        self._is_text = False
        self._is_phonetic = False

    def start(self, name: str) -> None:
        if name == "rPh":
            self._is_phonetic = True
        self._is_text = name == "t" and not self._is_phonetic

    def end(self, name: str) -> None:
        if name == "rPh":
            self._is_phonetic = False
        self._is_text = False

    def text(self, data: str) -> None:
        if self._is_text:
            self.add(data)

    def add(self, data: str) -> None:
        """Take a piece of the text; raises UnreadableFile when it gets longer than any cell may be."""
        self._size += len(data)
        if self._size > self._limit:
            raise UnreadableFile(f"The file holds a cell of more than {self._limit:,} characters, as no workbook may.")
        self._pieces.append(data)

    def taken(self) -> str:
        """The whole text; the next one begins."""
        self._is_text = self._is_phonetic = False
        if not self._pieces:
            return ""
        text = "".join(self._pieces)
        self._pieces.clear()
        self._size = 0
        return sound_text(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)) if "_x" in text else text


class SharedStrings:
    """The shared texts by number, read no further than they are asked for."""

    def __init__(self, stream: IO[bytes] | None, spilled: IO[bytes], limits: Limits) -> None:
        self._first: list[str] = []
        self._room = _IN_MEMORY
        self._spilled = spilled
        self._ends = array("Q", (0,))
        self._flushed = 0
        self._nodes = TextNodes(limits)
        parser = parser_of(self._start, self._end, self._nodes.text)
        self._more: Iterator[None] = parsed(parser, stream) if stream else iter(())

    def get(self, number: int) -> str:
        """The shared text of this number, from 0; "" if there is none."""
        if number < 0:
            return ""
        while number >= len(self._first) + len(self._ends) - 1:
            if next(self._more, self) is self:
                return ""
        if number < len(self._first):
            return self._first[number]
        at = number - len(self._first)
        if self._flushed < self._ends[at + 1]:
            self._spilled.flush()
            self._flushed = self._ends[-1]
        begin, end = self._ends[at], self._ends[at + 1]
        return os.pread(self._spilled.fileno(), end - begin, begin).decode("utf-8")

    def _start(self, name: str, _: dict[str, str]) -> None:
        if name != "si":
            self._nodes.start(name.rpartition(":")[2] if ":" in name else name)

    def _end(self, name: str) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "si":
            self._keep(self._nodes.taken())
        else:
            self._nodes.end(name)

    def _keep(self, text: str) -> None:
        if self._room > 0:
            self._first.append(text)
            self._room -= 4 * len(text) + _OBJECT_BYTES
            return
        if len(self._ends) > _MOST:
            raise UnreadableFile(f"The file is an Excel workbook of more than {_MOST:,} texts. Save the sheet as CSV.")
        written = self._spilled.write(text.encode("utf-8")) if text else 0
        self._ends.append(self._ends[-1] + written)


@contextmanager
def shared_strings(archive: zipfile.ZipFile, part: str, limits: Limits) -> Iterator[SharedStrings]:
    """Open the shared texts of a workbook; `part` is where they are, or nowhere."""
    with TemporaryFile() as spilled:
        if part not in archive.namelist():
            yield SharedStrings(None, spilled, limits)
            return
        with open_member(archive, part, limits) as stream:
            yield SharedStrings(stream, spilled, limits)
