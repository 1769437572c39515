"""A window on a stream of JSON text that grows when a value does not fit, so that files of any size can be read."""

import json
import re
from typing import TextIO

CHUNK_CHARS = 1 << 18
VALUE_LIMIT = 1 << 25

_BLANK = re.compile(r"[\s,\ufeff]*")
_FIRST_KEY = re.compile(r'\{\s*"[^"\n]{1,80}"')
_LIST_START = re.compile(r"\[\s*")
# Not strict: raw line breaks and tabs inside strings are a common slip of scrapers, and harmless.
_DECODER = json.JSONDecoder(strict=False)


class BrokenJsonError(Exception):
    """What stands here is not JSON; the text says why."""


class JsonText:
    """Read values one after the other. `line` is the physical line (from 1) of the place reached."""

    def __init__(self, stream: TextIO) -> None:
        self.line = 1
        self._stream = stream
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
            if not match or not self._more():
                return False

    def value(self) -> object:
        """Return the value that starts here and step over it; raises BrokenJsonError, without moving, if it is none."""
        self.peek()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as problem:
                if self._may_be_cut(problem) and self._more():
                    continue
                raise BrokenJsonError(problem.msg) from None
            except RecursionError:
                raise BrokenJsonError("Nested too deeply") from None
            self._move(end)
            return value

    def skip_broken(self, next_record: re.Pattern[str]) -> str:
        """Step from a broken value to where `next_record` says that the next one starts; return what was skipped.

        The pattern's group "start" is that place. The end of the text ends the search, too.
        """
        while True:
            match = next_record.search(self._buffer, self._at + 1)
            if match or not self._more():
                break
        end = match.start("start") if match else len(self._buffer)
        skipped = self._buffer[self._at : end]
        self._move(end)
        return skipped

    def first_key(self) -> str:
        """The brace and first name of the object that starts here, as written; "" if there is none."""
        match = _FIRST_KEY.match(self._buffer, self._at)
        return match[0] if match else ""

    def indentation(self) -> str:
        """The blanks between the last line end and the place reached."""
        line_start = self._buffer.rfind("\n", 0, self._at) + 1
        before = self._buffer[line_start : self._at]
        return before if before.isspace() else ""

    def _may_be_cut(self, problem: json.JSONDecodeError) -> bool:
        if len(self._buffer) - self._at > VALUE_LIMIT:
            return False
        # json reports an open string at its start, everything else where it stopped: at the cut.
        return problem.msg.startswith("Unterminated string") or problem.pos >= len(self._buffer) - 8

    def _more(self) -> bool:
        if self._ended:
            return False
        chunk = self._stream.read(max(CHUNK_CHARS, len(self._buffer) - self._at))
        self._ended = not chunk
        # One line of context stays in front, for `indentation`.
        keep = max(0, self._at - 200)
        self._buffer = self._buffer[keep:] + chunk
        self._at -= keep
        return bool(chunk)

    def _move(self, to: int) -> None:
        self.line += self._buffer.count("\n", self._at, to)
        self._at = to
