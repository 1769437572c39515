"""A window on a stream of JSON text that grows when a value does not fit, so that files of any size can be read."""

import json
import re
from collections.abc import Iterable

from postings.ingest.limits import Limits
from postings.ingest.records import UnreadableFile

# What is kept of something broken.
SHOWN_CHARS = 2_000
_CONTEXT = 200
# The start of a record may lie across the end of the window.
_OVERLAP = 1_000

_BLANK = re.compile(r"[\s,\ufeff\0]*")
_FIRST_KEY = re.compile(r'\{\s*"[^"\n]{1,80}"')
_LIST_START = re.compile(r"\[\s*")
# Not strict: raw line breaks and tabs inside strings are a common slip of scrapers, and harmless.
_DECODER = json.JSONDecoder(strict=False)


class BrokenJsonError(Exception):
    """What stands here is not JSON; the text says why. `is_cut`: the text ended before the value did."""

    def __init__(self, why: str, *, is_cut: bool = False) -> None:
        super().__init__(why)
        self.is_cut = is_cut


class JsonText:
    """Read values one after the other. `line` is the physical line (from 1) of the place reached."""

    def __init__(self, chunks: Iterable[str], limits: Limits) -> None:
        self.line = 1
        self._chunks = iter(chunks)
        self._limits = limits
        self._buffer = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """Step over blanks and commas; return the character that follows, "" at the end."""
        while True:
            match = _BLANK.match(self._buffer, self._at)
            self._move(match.end() if match else self._at)
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def step(self) -> None:
        """Step over one character."""
        self._move(self._at + 1)

    def starts_list_of_objects(self) -> bool:
        """Whether "[" stands here and "{" behind it."""
        while True:
            match = _LIST_START.match(self._buffer, self._at)
            if match and match.end() < len(self._buffer):
                return self._buffer[match.end()] == "{"
            if not match or self._held() > self._limits.row_chars or not self._more():
                return False

    def value(self) -> object:
        """Return the value that starts here and step over it; raises BrokenJsonError, without moving, if it is none."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as problem:
                may_be_cut = self._may_be_cut(problem)
                if may_be_cut and self._held() <= self._limits.row_chars and self._more():
                    continue
                raise BrokenJsonError(problem.msg, is_cut=may_be_cut and self._ended) from None
            except RecursionError:
                raise BrokenJsonError("Nested too deeply") from None
            except ValueError:  # Python reads no whole number of more than 4,300 digits
                raise BrokenJsonError("A number is too long") from None
            self._move(end)
            return value

    def skip_broken(self, next_record: re.Pattern[str]) -> str:
        """Step from a broken value to where `next_record` says that the next one starts; return what was skipped, cut.

        The pattern's group "start" is that place. The end of the text ends the search, too. Raises UnreadableFile where
        more would be skipped than may be lost.
        """
        shown, skipped, line = self._buffer[self._at : self._at + SHOWN_CHARS], 0, self.line
        begin = self._at + 1
        while not (match := next_record.search(self._buffer, begin)):
            step = max(0, self._held() - _OVERLAP)
            skipped += step
            if skipped > self._limits.lost_chars:
                raise UnreadableFile(
                    f"The file holds no whole record in {skipped:,} characters from line {line:,} on: "
                    "one value is far too long, or the JSON is damaged there."
                )
            self._move(self._at + step)
            if not self._more():
                break
            begin = self._at
        end = match.start("start") if match else len(self._buffer)
        if not skipped:
            shown = self._buffer[self._at : min(end, self._at + SHOWN_CHARS)]
        self._move(end)
        return shown

    def first_key(self) -> str:
        """The brace and first name of the object that starts here, as written; "" if there is none."""
        match = _FIRST_KEY.match(self._buffer, self._at)
        return match[0] if match else ""

    def indentation(self) -> str:
        """The blanks between the last line end and the place reached."""
        line_start = self._buffer.rfind("\n", 0, self._at) + 1
        before = self._buffer[line_start : self._at]
        return before if before.isspace() else ""

    def _held(self) -> int:
        return len(self._buffer) - self._at

    def _may_be_cut(self, problem: json.JSONDecodeError) -> bool:
        # json reports an open string at its start, everything else where it stopped: at the cut.
        return problem.msg.startswith("Unterminated string") or problem.pos >= len(self._buffer) - 8

    def _more(self) -> bool:
        """Read on, at least as much again as is held, so that a long value is not tried too often."""
        if self._ended:
            return False
        pieces, wanted = [], self._held()
        for chunk in self._chunks:
            pieces.append(chunk)
            wanted -= len(chunk)
            if chunk and wanted <= 0:
                break
        self._ended = wanted > 0 or not pieces
        # One line of context stays in front, for `indentation`.
        keep = max(0, self._at - _CONTEXT)
        self._buffer = "".join((self._buffer[keep:], *pieces))
        self._at -= keep
        return any(pieces)

    def _move(self, to: int) -> None:
        self.line += self._buffer.count("\n", self._at, to)
        self._at = to
