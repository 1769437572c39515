"""JSON and JSON Lines -> rows: records one after the other, or a list of them somewhere in an object or a web page."""

import json
import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from postings.ingest.decoding import sound_text
from postings.ingest.headers import refuse_columns
from postings.ingest.json_ld import is_markup, is_no_posting, page_of, page_records, type_of, unwrapped
from postings.ingest.json_parts import with_joined_text
from postings.ingest.json_text import SHOWN_CHARS, BrokenJsonError, JsonText
from postings.ingest.limits import Limits
from postings.ingest.records import RawRow, RejectedRow, UnreadableFile

_DEPTH = 4
# Outside of a list, records start on lines of their own.
_LINE_RECORD = re.compile(r"\n\s*(?P<start>\{)")

Found = tuple[int, object]


def json_lines_rows(chunks: Iterable[str], limits: Limits) -> Iterator[RawRow | RejectedRow]:
    """Yield the records of a sequence of objects, whatever stands between them: line ends, commas or nothing."""
    return _rows(_records(JsonText(chunks, limits), closing=""), limits)


def json_rows(chunks: Iterable[str], limits: Limits) -> Iterator[RawRow | RejectedRow]:
    """Yield the records of a list, of the first list of objects inside an object, or of the JSON-LD in a web page.

    Raises UnreadableFile if there is none.
    """
    source = iter(chunks)
    begun = next((chunk for chunk in source if chunk.strip()), "")
    if is_markup(begun):
        return _rows(_page_records(page_of((begun, *source))), limits)
    text = JsonText(_joined(begun, source), limits)
    if text.peek() == "[":
        text.step()
    elif not _enter_list(text):
        raise UnreadableFile("The file is JSON, but no list of records was found in it.")
    return _rows(_records(text, closing="]"), limits)


def holds_records(value: object, *, depth: int = 3) -> bool:
    """Whether an object carries a list of objects, at most `depth` objects down: {"data": {"jobs": [{...}]}}."""
    if not isinstance(value, dict) or not depth:
        return False
    for name, inner in value.items():
        if name == "@context":
            continue
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            return True
        if holds_records(inner, depth=depth - 1):
            return True
    return False


def _joined(first: str, others: Iterator[str]) -> Iterator[str]:
    yield first
    yield from others


class _Broken(str):
    """The text of what is no JSON; `why` is the sentence."""

    why: str

    @classmethod
    def of(cls, text: str, why: str) -> "_Broken":
        broken = cls(text)
        broken.why = why
        return broken


def _rows(found: Iterable[Found], limits: Limits) -> Iterator[RawRow | RejectedRow]:
    row = 0
    for line, record in found:
        for inner in unwrapped(record):
            yield _row(row, line, inner, limits)
            row += 1


def _records(text: JsonText, *, closing: str) -> Iterator[Found]:
    while (char := text.peek()) and (char != closing or _enter_next(text)):
        line = text.line
        try:
            yield line, text.value()
        except BrokenJsonError as problem:
            is_cut = problem.is_cut
            skipped = text.skip_broken(_next_record(text, closing=closing))
            at_end = is_cut and not text.peek()
            why = (
                "The file ends in the middle of this record." if at_end else f"The record is not valid JSON: {problem}."
            )
            yield line, _Broken.of(skipped, why)


def _enter_next(text: JsonText) -> bool:
    """At the end of a list: step into one that follows it, as in files put one behind the other."""
    text.step()
    if text.peek() == "[":
        text.step()
        return text.peek() not in {"", "]"}
    return text.peek() == "{"


def _next_record(text: JsonText, *, closing: str) -> re.Pattern[str]:
    if not closing:
        return _LINE_RECORD
    # A file written with indentation starts its records in one column, lists inside them in another.
    if indentation := text.indentation():
        return re.compile(rf"\n{indentation}(?P<start>\{{)")
    # On one line, the records are those objects that begin with the same field.
    return re.compile(rf"\}}\s*,\s*(?P<start>{re.escape(text.first_key()) or '{'})")


def _page_records(page: str) -> Iterator[Found]:
    for line, record, text in page_records(page):
        if record is None:
            yield line, _Broken.of(text[:SHOWN_CHARS], "This part of the web page is not valid JSON.")
        elif type_of(record) == "JobPosting":
            yield line, record


def _row(row: int, line: int, record: object, limits: Limits) -> RawRow | RejectedRow:
    if isinstance(record, _Broken):
        return RejectedRow(row, line, "", record, record.why, {"record": str(record)})
    if not isinstance(record, dict) or is_no_posting(record):
        shown = sound_text(_text(record)[:SHOWN_CHARS])
        kind = type_of(record)
        reason = f"The record is a {kind} and no posting." if kind else "The record is not an object with named fields."
        return RejectedRow(row, line, "", shown, reason, {"record": shown})
    values: dict[str, str] = {}
    _flatten(with_joined_text(record), "", values)
    if len(values) > limits.columns:
        if not row:
            refuse_columns(len(values), limits)
        reason = f"The record has {len(values):,} fields. At most {limits.columns:,} are read."
        return RejectedRow(row, line, "", "", reason, dict(islice(values.items(), 20)))
    return RawRow(row, line, values)


def _flatten(record: dict[str, object], prefix: str, values: dict[str, str], depth: int = _DEPTH) -> None:
    """Name what stands in inner objects by its path: {"company": {"name": "X"}} gives "company.name".

    Of several places or organisations of a JSON-LD record the first is named so, and all of them stand under the name.
    """
    for key, value in record.items():
        name = f"{prefix}{key}"
        listed = value if isinstance(value, list) else []
        is_told_by_first = len(listed) == 1 or bool(listed and type_of(listed[0]))
        inner = listed[0] if is_told_by_first else value
        if isinstance(inner, dict) and depth > 1:
            _flatten(inner, f"{name}.", values, depth - 1)
        if not isinstance(inner, dict) or depth == 1 or len(listed) > 1:
            values[_sound_name(name)] = sound_text(_text(value))


@lru_cache(maxsize=4096)
def _sound_name(name: str) -> str:
    return sound_text(name)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, (list, dict)):
        try:
            return json.dumps(value, ensure_ascii=False) if value else ""
        except RecursionError:  # what could just be read can be too deep to be written
            return ""
    return str(value)


def _enter_list(text: JsonText, depth: int = 3) -> bool:
    """Walk into an object up to the first list of objects; True when standing behind its bracket."""
    if text.peek() != "{" or not depth:
        return False
    text.step()
    while text.peek() not in {"}", ""}:
        try:
            name = text.value()
            if text.peek() != ":":
                return False
            text.step()
            if name == "@context":
                text.value()
            elif _enter_value(text, depth):
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
