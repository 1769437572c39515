"""What an Excel workbook says about itself: its sheets, which of its numbers are dates, its shared texts.

Own code and not a library: openpyxl and python-calamine both hold every text of a workbook in memory (240 and 345 MB
for 100,000 postings, where this takes 30, and as much as a bomb likes); openpyxl needs 1.8 times as long as this does,
python-calamine a sixth. Source: ECMA-376, part 1, chapter 18. XML with a DOCTYPE is refused, as
defusedxml does: no entities, no bombs of them.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO
from xml.parsers import expat  # a DOCTYPE is refused below, before any entity can be declared

from postings.ingest.archives import open_member
from postings.ingest.limits import Limits
from postings.ingest.records import UnreadableFile

XML_CHUNK = 1 << 16
_SMALL_PART = 16_000_000
_TAG_BYTES = 1_000_000
_SECONDS_A_DAY = 86_400
_LAST_DAY = 2_958_465  # 9999-12-31
# ECMA-376, 18.8.30: the built-in formats of dates and times, also those of East Asian locales.
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NO_TOKENS = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_TOKENS = re.compile(r"[dmyhs]", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """One sheet of data: its name and the path of its XML inside the archive."""

    name: str
    part: str


@dataclass(frozen=True)
class Workbook:
    """The visible sheets in their order, the cell styles (by number) that mean dates, and the parts they lean on."""

    sheets: tuple[Sheet, ...]
    date_styles: frozenset[int]
    is_1904: bool
    strings: str


def open_workbook(archive: zipfile.ZipFile, limits: Limits) -> Workbook:
    """Read what the workbook says about itself; raises UnreadableFile or zipfile.BadZipFile."""
    root = _targets(archive, "_rels/.rels", "", limits)
    part = next((path for kind, path in root.values() if kind == "officeDocument"), "xl/workbook.xml")
    folder, file = posixpath.split(part)
    related = _targets(archive, f"{folder}/_rels/{file}.rels", folder, limits)
    by_kind = dict(related.values())
    sheets, is_1904 = [], False
    for name, attributes in _elements(archive, part, limits):
        if name == "workbookPr":
            is_1904 = attributes.get("date1904", "") in {"1", "true"}
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            reference = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            kind, path = related.get(reference, ("", ""))
            if kind == "worksheet":
                sheets.append(Sheet(attributes.get("name", ""), path))
    styles = by_kind.get("styles", "")
    date_styles = _date_styles(archive, styles, limits) if styles in archive.namelist() else frozenset()
    return Workbook(tuple(sheets), date_styles, is_1904, by_kind.get("sharedStrings", ""))


def parser_of(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """An XML parser that calls these, without the prefixes of names, and refuses a DOCTYPE."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = XML_CHUNK
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def parsed(parser: expat.XMLParserType, stream: IO[bytes]) -> Iterator[None]:
    """Feed the parser piece by piece, and pause after each.

    Raises UnreadableFile where this is no XML, or one tag or comment is so long that it would have to be held whole.
    """
    fed = 0
    while True:
        chunk = stream.read(XML_CHUNK)
        try:
            parser.Parse(chunk, not chunk)
        except expat.ExpatError:
            raise UnreadableFile("The file is a damaged Excel workbook: its XML cannot be read.") from None
        fed += len(chunk)
        if fed - parser.CurrentByteIndex > _TAG_BYTES:
            raise UnreadableFile(
                "The file is no Excel workbook: one tag of its XML is longer than a million characters."
            )
        yield
        if not chunk:
            return


def date_text(serial: float, *, is_1904: bool) -> str:
    """A day number of Excel as ISO text: a day, a day with a time, or a time alone; "" beyond the calendar."""
    if not 0 <= serial <= _LAST_DAY:
        return ""
    days, seconds = divmod(round(serial * _SECONDS_A_DAY), _SECONDS_A_DAY)
    time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if not days and not is_1904:
        return time
    # Excel believes in 29 February 1900; before it, its day numbers are one too small.
    epoch = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30 + (days < 60))  # noqa: DTZ001 - Excel has no zones
    try:
        day = (epoch + timedelta(days=days)).date().isoformat()
    except OverflowError:
        return ""
    return f"{day}T{time}" if seconds else day


def _date_styles(archive: zipfile.ZipFile, part: str, limits: Limits) -> frozenset[int]:
    formats: dict[str, bool] = {}
    styles: list[bool] = []
    section = ""
    for name, attributes in _elements(archive, part, limits):
        if name in {"cellXfs", "cellStyleXfs", "dxfs"}:
            section = name
        elif name == "numFmt" and not section:
            formats[attributes.get("numFmtId", "")] = is_date_format(attributes.get("formatCode", ""))
        elif name == "xf" and section == "cellXfs":
            number = attributes.get("numFmtId", "0")
            builtin = number.isdecimal() and len(number) < 8 and int(number) in _DATE_FORMATS
            styles.append(formats.get(number, builtin))
    return frozenset(number for number, is_date in enumerate(styles) if is_date)


def is_date_format(code: str) -> bool:
    """Whether a number format, such as `[$-407]d. mmm yyyy;@`, shows days or times."""
    return bool(_DATE_TOKENS.search(_NO_TOKENS.sub("", code.partition(";")[0])))


def _targets(archive: zipfile.ZipFile, part: str, folder: str, limits: Limits) -> dict[str, tuple[str, str]]:
    """What a part is related to: id -> (the last word of the kind, the path inside the archive)."""
    if part not in archive.namelist():
        return {}
    found = {}
    for name, attributes in _elements(archive, part, limits):
        if name == "Relationship":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)
    return found


def _elements(archive: zipfile.ZipFile, part: str, limits: Limits) -> Iterator[tuple[str, dict[str, str]]]:
    """The start tags of a small part, without prefixes."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = parser_of(lambda name, attributes: found.append((name.rpartition(":")[2], attributes)))
    with open_member(archive, part, limits) as stream:
        if archive.getinfo(part).file_size > _SMALL_PART:
            raise UnreadableFile("The file is an Excel workbook with very much besides its sheets. Save it as CSV.")
        for _ in parsed(parser, stream):
            yield from found
            found.clear()


def _refuse_doctype(*_: object) -> None:
    raise UnreadableFile("The file is no Excel workbook: its XML declares a document type, which Excel never writes.")
