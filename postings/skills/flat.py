"""Headings inside a line: a third of crawls drop the line breaks, and a posting becomes one line of 4,000 letters."""

import re
from collections.abc import Iterator

from postings.skills.headings import SectionKind, heading_kind

FLAT_LINE = 700

_COLON = re.compile(r"[:?](?=\s)")
_NOUN = re.compile(
    r"\b(?=[A-Z])(?:Requirements?|Qualifications?|Responsibilities|Duties|Skills?|Experience|Education|Benefits|Perks|"
    r"Competencies|Functions|Compensation|Summary|Description|Overview|Knowledge|Accountabilities|Opportunity|Profile|"
    r"Haves?|Role|Us|You|Offer|Do|Are|Looking For|Need|Points|Bring|Plus|Join|Team|Company|"
    r"REQUIREMENTS?|QUALIFICATIONS?|RESPONSIBILITIES|DUTIES|SKILLS|EXPERIENCE|EDUCATION|BENEFITS|SUMMARY|"
    r"DESCRIPTION|OVERVIEW|FUNCTIONS|COMPETENCIES|HAVES?)(?![\w'-])"
)
_STANDS_ALONE = frozenset({"requirements", "qualifications", "responsibilities", "benefits", "duties", "requirement"})
_MOST_WORDS = 8
_REACH = 60
_LITTLE = frozenset(
    ("and", "or", "of", "the", "to", "for", "in", "&", "your", "our", "a", "an", "we", "you", "with", "are")
)


def inline_headings(line: str) -> Iterator[tuple[int, SectionKind]]:
    """(offset, kind) of the headings inside a long line, in order."""
    found: dict[int, tuple[SectionKind, int]] = {}
    for colon in _COLON.finditer(line):
        _remember(found, line, colon.start(), closed=True)
    for noun in _NOUN.finditer(line):
        _remember(found, line, noun.end(), closed=line[noun.end() : noun.end() + 1] in (":", "?"))
    last_end = -1
    for start, (kind, end) in sorted(found.items()):
        if start >= last_end:
            yield start, kind
            last_end = end


def _remember(found: dict[int, tuple[SectionKind, int]], line: str, end: int, *, closed: bool) -> None:
    """Note the longest heading that ends at `end`."""
    best: tuple[int, SectionKind] | None = None
    for start in _word_starts(line, end):
        if line[start].isupper():
            kind = heading_kind(line[start:end])
            if kind is not None and _is_set_off(line, start, end, closed=closed):
                best = (start, kind)
    if best is not None:
        found.setdefault(best[0], (best[1], end))


def _word_starts(line: str, end: int) -> Iterator[int]:
    """Starts of the words before `end`, backwards, as far as a heading may reach."""
    at = end
    for _ in range(_MOST_WORDS):
        while at and line[at - 1] == " ":
            at -= 1
        if not at or (at < end and line[at - 1] in ".:;!?,•"):
            return
        at = line.rfind(" ", 0, at) + 1
        yield at


def _is_set_off(line: str, start: int, end: int, *, closed: bool) -> bool:
    """Whether it can be a heading here: closed by a colon, or written large and not the tail of a phrase."""
    words = line[start:end].split()
    large = all(word[:1].isupper() or word.lower() in _LITTLE for word in words)
    before = line[max(0, start - _REACH) : start].rstrip()
    after_stop = not before or before[-1] in ".!?:;)•-*"
    if closed or not large:
        return closed and (large or after_stop)
    if after_stop:
        return line[end : end + 2].strip()[:1] != "" and not line[end : end + 2].strip()[:1].islower()
    if before.split(" ")[-1][:1].isupper():
        return False  # "Strong Communication Skills"
    return len(words) > 1 or words[0].isupper() or words[0].lower() in _STANDS_ALONE
