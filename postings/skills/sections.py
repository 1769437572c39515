"""A posting's sections: what its headings, lead-ins and stock paragraphs make of each stretch of text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple

from postings.skills.flat import FLAT_LINE, ends_a_heading, glued_headings, inline_headings, last_heading
from postings.skills.headings import SKILL_FREE, SectionKind, heading_kind
from postings.skills.levels import lead_in_kind
from postings.skills.paragraphs import (
    clearance_paragraphs,
    company_parts,
    may_be_of_the_company,
    stock_paragraphs,
)
from postings.skills.seams import seams_of
from postings.skills.stock import Marks, marks_of
from postings.skills.vocabulary import word_set

_ITEM = re.compile(r"[ \t]*(?:[•+>*-]|\\[-*+]|o|\d{1,2}[.)]|[a-z][.)])[ \t]+(?!\*)")
_ITEMS_BELOW = re.compile(rf"(?:(?:[ \t]*\n)+{_ITEM.pattern}[^\n]*)+")
_EDGE = " \t*#_-:.•+>|=~()[]\\"
_BLANK_OR_BOLD = " \t*_"
_SOFT = re.compile(r"[Pp]refer|[Nn]ice|[Bb]onus|[Pp]lus|[Dd]esir|[Oo]ptional")
# Headings that we do not know and that are written as none but headings are.
_SHOUTED = re.compile(r"\s*(?:#{1,6} .{4,80}|\*\*[^*]{8,80}\*\*:?|[A-Z][A-Z'&/ -]{12,60}:?|[A-Z][^\n:]{3,60}:)\s*")
_PLACE = re.compile(rf"(?i:[\w*/()' -]{{0,30}}\b(?:{'|'.join(sorted(word_set('headings', 'places')))}) ?\*{{0,2}}:)")
_FACT_END = re.compile(r"[.;•|]\s")
_LONGEST_FACT = 120
_LONGEST_HEADING = 90
_LONGEST_LEAD_IN = 200
_CLOSING_PART = 0.6
_FLAT_PART = 0.3  # long paragraphs are no lost line breaks
_FACTS = word_set("headings", "facts")
# Behind these a line may go on with its text: they say nothing of the next.
_OF_THE_COMPANY = tuple(
    f"{whose} {what} "
    for whose in ("Company", "Organization", "Firm")
    for what in ("Overview", "Description", "Profile")
)
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


def split_sections(text: str, lower: str, given: Marks | None = None) -> list[Section]:
    """Sections in order that cover the text without gaps. `lower` is text.lower(), of the same length; `given` is what
    marks_of says of it, if that is known already."""
    given = given or marks_of(lower)
    marks = [_Mark(0, SectionKind.OPENING), *_line_marks(text, given.job)]
    marks += _stock_marks(text, lower, [mark.start for mark in marks if mark.end is None], given.stock)
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


def section_at(sections: Sequence[Section], at: int) -> Section:
    """The one of these that the place in their text lies in."""
    return sections[bisect_right(sections, at, key=itemgetter(0)) - 1]


def _line_marks(text: str, job_words: Sequence[int]) -> Iterator[_Mark]:
    kind, heading, start, listed = SectionKind.OPENING, "", 0, 0
    seams = [seam for seam in seams_of(text).words if ends_a_heading(text, seam)]
    flat = max(FLAT_LINE, len(text) * _FLAT_PART)
    for line in text.split("\n"):
        mark = _line_mark(text, line, start, kind) if line else None
        inside = _headings_inside(line, start, seams, is_flat=len(line) >= flat) if seams or len(line) >= flat else []
        if mark is not None and inside and mark.kind in SKILL_FREE:  # it ends where the next heading begins
            inside = [(mark.start - start, mark.kind), *(heading for heading in inside if heading[0] > 0)]
        elif mark is not None:
            yield mark
            kind, heading = (mark.kind, line) if mark.end is None else (kind, heading)
            listed = mark.end or listed
        elif start >= listed and _may_be_of_the_company(line, start, kind):
            far = kind is SectionKind.OPENING and start > _OPENING_REACH
            parts = company_parts(line, kind, heading, _within(job_words, start, start + len(line)), far=far)
            yield from (_Mark(start + first, part, start + end) for first, end, part in parts)
        for inner in _inner_marks(text, start, start + len(line), inside, job_words) if inside else ():
            yield inner
            kind, heading = (inner.kind, "") if inner.end is None else (kind, heading)
        start += len(line) + 1


def _headings_inside(line: str, start: int, seams: Sequence[int], *, is_flat: bool) -> list[tuple[int, SectionKind]]:
    """(offset, kind) of the headings inside the line: any in a flat one, elsewhere those glued to a word."""
    glued = [seam - start for seam in seams[bisect_left(seams, start) : bisect_right(seams, start + len(line))]]
    if is_flat:
        return list(inline_headings(line, glued))
    return list(glued_headings(line, glued)) if glued else []


def _within(places: Sequence[int], start: int, end: int) -> list[int]:
    """Those of the sorted places that lie there, counted from its start."""
    return [at - start for at in places[bisect_left(places, start) : bisect_left(places, end)]]


def _inner_marks(
    text: str, start: int, end: int, headings: Sequence[tuple[int, SectionKind]], job_words: Sequence[int]
) -> Iterator[_Mark]:
    """What the headings inside a line say of what follows them in it."""
    for (offset, kind), (following, _) in pairwise([*headings, (end - start, SectionKind.OPENING)]):
        fact = _PLACE.match(text, start + offset, end) if kind is SectionKind.LOGISTICS else None
        if fact is None:
            yield _Mark(start + offset, kind)
            if kind is SectionKind.ABOUT:
                part = text[start + offset : start + following]
                words = _within(job_words, start + offset, start + following)
                yield from (
                    _Mark(start + offset + low, of, start + offset + high)
                    for low, high, of in company_parts(part, kind, part[:_LONGEST_HEADING], words)
                )
        else:
            high = min(start + following, fact.end() + _LONGEST_FACT)
            stop = _FACT_END.search(text, fact.end(), high)
            yield _Mark(start + offset, kind, stop.end() if stop else high)


def _may_be_of_the_company(line: str, start: int, kind: SectionKind) -> bool:
    if kind in SKILL_FREE:
        return False
    if len(line) <= _LONGEST_HEADING and not line.endswith("."):
        return False
    far = kind is SectionKind.OPENING and start > _OPENING_REACH
    return may_be_of_the_company(line, kind, far=far) and _ITEM.match(line) is None


def _line_mark(text: str, line: str, start: int, current: SectionKind) -> _Mark | None:
    if ":" in line or len(line) <= _LONGEST_HEADING:
        return (
            _heading_mark(line, start)
            or _last_heading_mark(line, start)
            or _lead_in_mark(text, line, start, current)
            or _unknown_heading_mark(line, start, current)
        )
    if line.startswith(_OF_THE_COMPANY) and len(line) < FLAT_LINE:
        return _Mark(start, SectionKind.ABOUT, start + len(line))
    return None


def _heading_mark(line: str, start: int) -> _Mark | None:
    item = _ITEM.match(line) is not None
    if item and ":" not in line and _SOFT.search(line) is None:
        return None
    body = line.strip(_EDGE)
    if body and len(body) <= _LONGEST_HEADING and (line[-1] not in ".,;" or line.endswith("...")):
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
    alone = item or kind in SKILL_FREE or head.strip(_EDGE).lower() in _FACTS
    return _Mark(start, kind, start + len(line) if alone else None)


def _last_heading_mark(line: str, start: int) -> _Mark | None:
    """ "- Take notes at the desk Desired Qualifications:" is an item and the next heading."""
    if not line.rstrip(_BLANK_OR_BOLD).endswith(":"):
        return None
    heading = last_heading(line)
    return None if heading is None else _Mark(start + heading[0], heading[1])


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


def _stock_marks(text: str, lower: str, headings: Sequence[int], stock: Sequence[int]) -> Iterator[_Mark]:
    closing = len(text)
    for start, end, kind in stock_paragraphs(text, lower, headings, stock):
        # Behind the duties and requirements nothing follows the law but more of it, up to a heading.
        closes = kind is SectionKind.LEGAL and start > len(text) * _CLOSING_PART
        closing = min(closing, start) if closes else closing
        yield _Mark(start, kind, None if closes else end)
    for start, end in clearance_paragraphs(text, lower, headings):
        if start > closing:
            yield _Mark(start, SectionKind.OPENING, end)
