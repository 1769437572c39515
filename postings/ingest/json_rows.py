"""JSON and JSON Lines -> rows: records one after the other, or a list of them somewhere in an object."""

import json
import math
import re
from collections.abc import Iterator
from typing import TextIO

from postings.ingest.json_text import BrokenJsonError, JsonText
from postings.ingest.records import RawRow, RejectedRow, UnreadableFile

RAW_LIMIT = 2000
_DEPTH = 4
# Outside of a list, records start on lines of their own.
_LINE_RECORD = re.compile(r"\n\s*(?P<start>\{)")


def json_lines_rows(stream: TextIO) -> Iterator[RawRow | RejectedRow]:
    """Yield the records of a sequence of objects, whatever stands between them: line ends, commas or nothing."""
    return _rows(JsonText(stream), closing="")


def json_rows(stream: TextIO) -> Iterator[RawRow | RejectedRow]:
    """Yield the records of a list, or of the first list of objects inside an object.

    Raises UnreadableFile if there is none.
    """
    text = JsonText(stream)
    if text.peek() == "[":
        text.step()
    elif not _enter_list(text):
        raise UnreadableFile("The file is JSON, but no list of records was found in it.")
    return _rows(text, closing="]")


def _rows(text: JsonText, *, closing: str) -> Iterator[RawRow | RejectedRow]:
    row = 0
    while (char := text.peek()) and char != closing:
        line = text.line
        try:
            record = text.value()
        except BrokenJsonError as problem:
            skipped = text.skip_broken(_next_record(text, closing=closing))
            reason = f"The record is not valid JSON: {problem}."
            yield RejectedRow(row, line, "", skipped, reason, {"record": skipped[:RAW_LIMIT]})
        else:
            yield _row(row, line, record)
        row += 1


def _next_record(text: JsonText, *, closing: str) -> re.Pattern[str]:
    if not closing:
        return _LINE_RECORD
    # A file written with indentation starts its records in one column, lists inside them in another.
    if indentation := text.indentation():
        return re.compile(rf"\n{indentation}(?P<start>\{{)")
    # On one line, the records are those objects that begin with the same field.
    return re.compile(rf"\}}\s*,\s*(?P<start>{re.escape(text.first_key()) or '{'})")


def _row(row: int, line: int, record: object) -> RawRow | RejectedRow:
    if not isinstance(record, dict):
        shown = json.dumps(record, ensure_ascii=False)[:RAW_LIMIT]
        return RejectedRow(row, line, "", shown, "The record is not an object with named fields.", {"record": shown})
    values: dict[str, str] = {}
    _flatten(record, "", values)
    return RawRow(row, line, values)


def _flatten(record: dict[str, object], prefix: str, values: dict[str, str], depth: int = _DEPTH) -> None:
    """Name what stands in inner objects by its path: {"company": {"name": "X"}} gives "company.name"."""
    for key, value in record.items():
        name = f"{prefix}{key}"
        inner = value[0] if isinstance(value, list) and len(value) == 1 else value
        if isinstance(inner, dict) and depth > 1:
            _flatten(inner, f"{name}.", values, depth - 1)
        else:
            values[_sound(name)] = _sound(_text(value))


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value)


def _sound(text: str) -> str:
    r"""Text that a database takes: no NUL, no half of a surrogate pair (JSON can spell both: "\u0000", "\ud83d")."""
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _enter_list(text: JsonText, depth: int = 3) -> bool:
    """Walk into an object up to the first list of objects; True when standing behind its bracket."""
    if text.peek() != "{" or not depth:
        return False
    text.step()
    while text.peek() not in {"}", ""}:
        try:
            text.value()
            if text.peek() != ":":
                return False
            text.step()
            if _enter_value(text, depth):
                return True
        except BrokenJsonError:
            return False
    text.step()
    return False


def _enter_value(text: JsonText, depth: int) -> bool:
    if text.peek() == "{":
        return _enter_list(text, depth - 1) if depth > 1 else (text.value() is None)
    if text.peek() == "[" and text.starts_list_of_objects():
        text.step()
        return True
    text.value()
    return False
