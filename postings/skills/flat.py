"""Headings inside a line: a third of crawls drop the line breaks, and a posting becomes one line of 4,000 letters."""

import re
from collections.abc import Collection, Iterator

from postings.skills.headings import SectionKind, heading_kind, is_heading_noun
from postings.skills.vocabulary import word_set

FLAT_LINE = 700

_COLON = re.compile(r"[:?](?=[\sA-Z])")
# No \b in front: an expression that begins with its letters skips all others at once.
_NOUN = re.compile(
    r"(?:Requirements?|Qualifications?|Responsibilities|Duties|Skills?|Experience|Education|Benefits|Perks|"
    r"Competencies|Functions|Compensation|Summary|Description|Overview|Knowledge|Accountabilities|Opportunity|Profile|"
    r"Haves?|Role|Us|You|Offer|Do|Are|Looking For|Need|Points|Bring|Plus|Join|Team|Company|Desirable|"
    r"REQUIREMENTS?|QUALIFICATIONS?|RESPONSIBILITIES|DUTIES|SKILLS|EXPERIENCE|EDUCATION|BENEFITS|SUMMARY|"
    r"DESCRIPTION|OVERVIEW|FUNCTIONS|COMPETENCIES|HAVES?)(?![\w'-])"
)
_STANDS_ALONE = frozenset(
    {"requirements", "qualifications", "responsibilities", "benefits", "duties", "requirement", "desirable"}
)
_GLUED_NOUNS = word_set("headings", "glued")
_SHORT_FOR_US = ("We ", "We'", "Our ", "At ", "Founded ")  # "About Larch LabsWe make chairs"
_LONGEST_NOUN = 20
_NAMES_WITH_YOU = ("Tube", "Gov")
_OPENS_PHRASE = frozenset({"What", "Who", "How", "Why", "Nice", "Good", "Great", "Bonus", "Ways"})
_MOST_WORDS = 8
_REACH = 60
_LITTLE = frozenset(
    ("and", "or", "of", "the", "to", "for", "in", "&", "your", "our", "a", "an", "we", "you", "with", "are")
)

_Found = dict[int, tuple[SectionKind, int]]


def inline_headings(line: str, seams: Collection[int] = ()) -> Iterator[tuple[int, SectionKind]]:
    """(offset, kind) of the headings inside a long line, in order; `seams` are where words are glued together."""
    found: _Found = {}
    for colon in _COLON.finditer(line):
        _remember(found, line, colon.start(), closed=True)
    for noun in _NOUN.finditer(line):
        if line[noun.start() - 1 : noun.start()].isalnum():
            continue
        _remember(found, line, noun.end(), closed=line[noun.end() : noun.end() + 1] in (":", "?"))
    yield from _in_order(_with_glued(found, line, seams))


def glued_headings(line: str, seams: Collection[int]) -> Iterator[tuple[int, SectionKind]]:
    """(offset, kind) of the headings in a line that end at one of its seams, in order."""
    yield from _in_order(_with_glued({}, line, seams))


def ends_a_heading(text: str, seam: int) -> bool:
    """Whether the word before this seam may end a heading."""
    word = text[max(0, seam - _LONGEST_NOUN) : seam].rsplit(maxsplit=1)[-1]
    if word.lower() not in _GLUED_NOUNS:
        return text.startswith(_SHORT_FOR_US, seam)
    return word != "You" or not text.startswith(_NAMES_WITH_YOU, seam)


def last_heading(line: str) -> tuple[int, SectionKind] | None:
    """(offset, kind) of a heading of two words or more that ends a line with a colon behind other words."""
    words = line.rstrip(" \t*_").removesuffix(":").split(" ")
    first = len(words)
    while first > 1 and len(words) - first < _MOST_WORDS and _is_large(words[first - 1 : first]):
        first -= 1
    while first < len(words) and not words[first][:1].isupper():
        first += 1
    before = words[first - 1]
    if len(words) - first < 2 or not (before.isalpha() and before.islower()) or before in _LITTLE:
        return None
    kind = heading_kind(" ".join(words[first:]))
    return None if kind is None else (len(" ".join(words[:first])) + 1, kind)


def _with_glued(found: _Found, line: str, seams: Collection[int]) -> _Found:
    for seam in seams:
        glued: _Found = {}
        _remember(glued, line, seam, closed=False)
        for start, (kind, end) in glued.items():
            if " " in line[start:end] or end - start > len("company"):  # "SkillShare", "RolePlay"
                found.setdefault(start, (kind, end))
    return found


def _in_order(found: _Found) -> Iterator[tuple[int, SectionKind]]:
    last_end = -1
    for start, (kind, end) in sorted(found.items()):
        if start >= last_end:
            yield start, kind
            last_end = end


def _remember(found: _Found, line: str, end: int, *, closed: bool) -> None:
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
        following = at
        while at and line[at - 1] == " ":
            at -= 1
        if not at or (at < end and line[at - 1] in ".:;!?,•" and not _is_comma_of_a_heading(line, at - 1, following)):
            return
        at = line.rfind(" ", 0, at) + 1
        yield at


def _is_comma_of_a_heading(line: str, comma: int, following: int) -> bool:
    """ "Preferred Education, Experience and Skills": nouns of headings on both sides, in capitals."""
    if line[comma] != ",":
        return False
    before = line[line.rfind(" ", 0, comma) + 1 : comma]
    behind = line[following : following + _LONGEST_NOUN].split(" ", 1)[0].rstrip(",:")
    return all(word[:1].isupper() and is_heading_noun(word) for word in (before, behind))


def _is_large(words: list[str]) -> bool:
    return all(word[:1].isupper() or word.lower() in _LITTLE for word in words)


def _is_set_off(line: str, start: int, end: int, *, closed: bool) -> bool:
    """Whether it can be a heading here: closed by a colon, or written large and not the tail of a phrase."""
    words = line[start:end].split()
    large = _is_large(words)
    before = line[max(0, start - _REACH) : start].rstrip()
    after_stop = not before or before[-1] in ".!?:;)•-*"
    if closed or not large:
        return closed and (large or after_stop or (len(words) > 2 and words[0] in _OPENS_PHRASE))
    if after_stop:
        return line[end : end + 2].strip()[:1] != "" and not line[end : end + 2].strip()[:1].islower()
    if before.split(" ")[-1][:1].isupper():
        return False  # "Strong Communication Skills"
    return len(words) > 1 or words[0].isupper() or words[0].lower() in _STANDS_ALONE
