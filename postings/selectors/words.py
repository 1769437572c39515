"""Our fields, formats and counts as people read them on the screens of uploads. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from postings.ingest import ColumnMap, FileFormat

FIELD_GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("The posting", (
        ("title", "Title"), ("description", "Text"), ("company", "Company"), ("url", "Web address"),
        ("external_id", "Id at the board"),
    )),
    ("Where", (
        ("place", "Place"), ("city", "City"), ("region", "Region or state"), ("country", "Country"),
        ("remote", "Remote or on site"),
    )),
    ("When", (("date_posted", "Date posted"), ("seen_on", "Day it was collected"))),
    ("Pay", (
        ("pay_text", "Pay, as text"), ("pay_min", "Lowest pay"), ("pay_max", "Highest pay"),
        ("pay_currency", "Currency"), ("pay_period", "Pay period"),
    )),
    ("What kind", (("seniority", "Seniority"), ("employment_type", "Employment type"), ("language", "Language"))),
)  # fmt: skip
FIELD_LABELS = {name: label for _, fields in FIELD_GROUPS for name, label in fields} | {"pay": "Pay"}
_KINDS = {"csv": "CSV", "json": "JSON", "jsonl": "JSON Lines", "xlsx": "Excel workbook"}
_ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "utf-8": "UTF-8",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
    "mac-roman": "Mac Roman",
}
_DELIMITERS = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}


def format_words(fmt: FileFormat) -> str:
    """Return "CSV, gzip, UTF-8, columns divided by semicolons"."""
    parts = [_KINDS[fmt.kind], fmt.compression]
    if fmt.kind != "xlsx":
        parts.append(_ENCODINGS.get(fmt.encoding, fmt.encoding.upper()))
    if fmt.delimiter:
        parts.append(f"columns divided by {_DELIMITERS.get(fmt.delimiter, f'“{fmt.delimiter}”')}")
    parts += [f"file “{fmt.member}” of the archive"] if fmt.member else []
    parts += [f"sheet “{fmt.sheet}”"] if fmt.sheet else []
    return ", ".join(part for part in parts if part)


def rows_words(rows: int, *, is_counted: bool) -> str:
    """Return "1,204 rows", or "about 98,000 rows": an estimate is no more exact than two digits."""
    if is_counted:
        return f"{rows:,} row{'' if rows == 1 else 's'}"
    digits = max(len(str(rows)) - 2, 0)
    return f"about {round(rows, -digits):,} rows"


def duration_words(seconds: float) -> str:
    """Return "4.2 s", "48 s", "12 min" or "3 h 20 min"."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"


@dataclass(frozen=True)
class FieldLine:
    """How well one field is filled. `percent` of the rows state it, as a whole number and as a width."""

    label: str
    column: str
    given: int
    missing: int
    unreadable: int
    percent: str
    width: str
    reasons: tuple[str, ...]
    examples: tuple[str, ...]


_COLUMNS_OF = {
    "pay": ("pay_text", "pay_min", "pay_max"),
    "place": ("place", "city", "region"),
    "external_id": ("external_id", "url"),
}


_READ_FROM = {
    "country": "no column: read in the place",
    "remote": "no column: read in place and title",
    "language": "no column: recognised in the text",
}


def field_lines(report: Mapping[str, Mapping], *, columns: ColumnMap) -> tuple[FieldLine, ...]:
    """Return the lines of a report as Upload.fields holds it, the order of the report kept."""
    return tuple(_field_line(name, counts, columns) for name, counts in report.items())


def _field_line(name: str, counts: Mapping, columns: ColumnMap) -> FieldLine:
    given, missing, unreadable = counts["given"], counts["missing"], counts["unreadable"]
    percent = 100 * given / max(given + missing + unreadable, 1)
    names = [column for part in _COLUMNS_OF.get(name, (name,)) if (column := columns.columns.get(part)) is not None]
    fixed = columns.constants.get(name, "")
    return FieldLine(
        label=FIELD_LABELS.get(name, name),
        column=", ".join(dict.fromkeys(names)) or (f"“{fixed}” for all rows" if fixed else _READ_FROM.get(name, "")),
        given=given,
        missing=missing,
        unreadable=unreadable,
        percent=f"{_whole(percent)}%",
        width=f"{percent:.1f}%",
        reasons=tuple(f"{n:,} × {reason}" for reason, n in counts["reasons"].items()),
        examples=tuple(f"line {line}: {value}" for line, value in counts["examples"]),
    )


def _whole(percent: float) -> int:
    """Round, but never to "all" or "none" what is not."""
    return min(max(round(percent), 1), 99) if 0 < percent < 100 else round(percent)
