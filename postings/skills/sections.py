"""A posting's sections: what its headings, lead-ins and stock paragraphs make of each stretch of text."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from postings.skills.flat import FLAT_LINE, inline_headings
from postings.skills.headings import SKILL_FREE, SectionKind, heading_kind
from postings.skills.levels import lead_in_kind
from postings.skills.paragraphs import clearance_paragraphs, company_parts, stock_paragraphs

_ITEM = re.compile(r"[ \t]*(?:[•+>*-]|\\[-*+]|o|\d{1,2}[.)]|[a-z][.)])[ \t]+(?!\*)")
_ITEMS_BELOW = re.compile(rf"(?:(?:[ \t]*\n)+{_ITEM.pattern}[^\n]*)+")
_EDGE = " \t*#_-:.•+>|=~()[]\\"
_BLANK_OR_BOLD = " \t*_"
_SOFT = re.compile(r"[Pp]refer|[Nn]ice|[Bb]onus|[Pp]lus|[Dd]esir|[Oo]ptional")
# Headings that we do not know and that are written as none but headings are.
_SHOUTED = re.compile(r"\s*(?:#{1,6} .{4,80}|\*\*[^*]{8,80}\*\*:?|[A-Z][A-Z'&/ -]{12,60}:?|[A-Z][^\n:]{3,60}:)\s*")
_LONGEST_HEADING = 90
_LONGEST_LEAD_IN = 200
_CLOSING_PART = 0.6
_FLAT_PART = 0.3  # long paragraphs are no lost line breaks
_WEAK_HEADS = frozenset(("expertise", "experience", "education", "background", "knowledge", "ability", "abilities"))
_OPENING_REACH = 1_500  # where no heading says so, companies speak of themselves first
_ASKING = (SectionKind.REQUIREMENTS, SectionKind.PREFERRED)


class Section(NamedTuple):
    start: int
    end: int
    kind: SectionKind


class _Mark(NamedTuple):
    """From `start` on the text is of this kind; up to `end` only, where that is given."""

    start: int
    kind: SectionKind
    end: int | None = None


def split_sections(text: str, lower: str) -> list[Section]:
    """Sections in order that cover the text without gaps. `lower` is text.lower(), of the same length."""
    marks = [_Mark(0, SectionKind.OPENING), *_line_marks(text), *_stock_marks(text, lower)]
    lasting = sorted((mark for mark in marks if mark.end is None), key=attrgetter("start"))
    starts = [mark.start for mark in lasting]
    edges = sorted({0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end or mark.start))})
    kinds = [lasting[bisect_right(starts, edge) - 1].kind for edge in edges[:-1]]
    place = {edge: index for index, edge in enumerate(edges)}
    for mark in marks:
        if mark.end is not None:
            first, last = place[mark.start], place[mark.end]
            kinds[first:last] = [mark.kind] * (last - first)
    return [Section(start, end, kind) for (start, end), kind in zip(pairwise(edges), kinds, strict=True)]


def _line_marks(text: str) -> Iterator[_Mark]:
    kind, start = SectionKind.OPENING, 0
    for line in text.split("\n"):
        mark = _line_mark(text, line, start, kind) if line else None
        if mark is not None:
            yield mark
            kind = mark.kind if mark.end is None else kind
        elif _may_be_of_the_company(line, start, kind):
            yield from (_Mark(start + first, part, start + end) for first, end, part in company_parts(line, kind))
        if len(line) >= max(FLAT_LINE, len(text) * _FLAT_PART):
            for offset, inline_kind in inline_headings(line):
                kind = inline_kind
                yield _Mark(start + offset, kind)
        start += len(line) + 1


def _may_be_of_the_company(line: str, start: int, kind: SectionKind) -> bool:
    if kind is not SectionKind.ABOUT and (kind is not SectionKind.OPENING or start > _OPENING_REACH):
        return False
    return len(line) > _LONGEST_HEADING or line.endswith(".")


def _line_mark(text: str, line: str, start: int, current: SectionKind) -> _Mark | None:
    if ":" in line or len(line) <= _LONGEST_HEADING:
        return (
            _heading_mark(line, start)
            or _lead_in_mark(text, line, start, current)
            or _unknown_heading_mark(line, start, current)
        )
    return None


def _heading_mark(line: str, start: int) -> _Mark | None:
    item = _ITEM.match(line) is not None
    if item and ":" not in line and _SOFT.search(line) is None:
        return None
    body = line.strip(_EDGE)
    if body and len(body) <= _LONGEST_HEADING and line[-1] not in ".,;":
        kind = heading_kind(body)
        if kind is not None and (not item or kind is SectionKind.PREFERRED or line.rstrip(_BLANK_OR_BOLD)[-1] == ":"):
            return _Mark(start, kind)
    if ":" not in line:
        return None
    head, _, rest = body[:_LONGEST_HEADING].partition(":")
    if not rest.strip(_EDGE) or rest.startswith("//"):
        return None
    kind = heading_kind(head)
    if kind is None or (item and kind not in _ASKING):
        return None
    # "Location: Berlin" inside a list says nothing of the lines after it; nor does "Expertise: knows the market".
    alone = item or kind in SKILL_FREE or head.strip(_EDGE).lower() in _WEAK_HEADS
    return _Mark(start, kind, start + len(line) if alone else None)


def _lead_in_mark(text: str, line: str, start: int, current: SectionKind) -> _Mark | None:
    """ "Experience with any of these is a plus:" speaks for the list under it, else for all that follows."""
    if ":" not in line:
        return None
    body = line.rstrip(_BLANK_OR_BOLD)
    if not body.endswith(":") or len(body) > _LONGEST_LEAD_IN:
        return None
    kind = lead_in_kind(body.lower())
    if kind is None or kind is current:
        return None
    items = _ITEMS_BELOW.match(text, start + len(line))
    return _Mark(start, kind, items.end() if items else None)


def _unknown_heading_mark(line: str, start: int, current: SectionKind) -> _Mark | None:
    # Whatever it announces, the benefits are over.
    return _Mark(start, SectionKind.OPENING) if current in SKILL_FREE and _SHOUTED.fullmatch(line) else None


def _stock_marks(text: str, lower: str) -> Iterator[_Mark]:
    closing = len(text)
    for start, end, kind in stock_paragraphs(text, lower):
        # Behind the duties and requirements nothing follows the law but more of it, up to a heading.
        closes = kind is SectionKind.LEGAL and start > len(text) * _CLOSING_PART
        closing = min(closing, start) if closes else closing
        yield _Mark(start, kind, None if closes else end)
    for start, end in clearance_paragraphs(text, lower):
        if start > closing:
            yield _Mark(start, SectionKind.OPENING, end)
