"""What a text asks of a skill: required, preferred, or merely mentioned.

The section gives the level, and cue words in the sentence outrank it, each for the skills it speaks of: "Python
required, Spark a plus", "R or SAS preferred; SQL", "Kafka (nice to have)", "ideally with dbt".
"""

import re
from collections.abc import Sequence

from postings.skills.cues import Cue, asks, opens_asking, skill_cues
from postings.skills.headings import SectionKind
from postings.skills.sentences import Sentence
from postings.skills.types import Level, Match

_BASE = {SectionKind.REQUIREMENTS: Level.REQUIRED, SectionKind.PREFERRED: Level.PREFERRED}

_CLAUSE_BREAK = re.compile(
    r"; |, but (?!not limited)|\bbut\b(?! not limited)|\bwhile\b|\bhowever\b|\bwhereas\b|\balthough\b"
)
_EDUCATION = re.compile(r"\b(?:degree|bachelor|master|ph\.?d|mba|m\.?sc?|b\.?sc?|diploma|graduate)\b")

_LEAD_DUTIES = re.compile(
    r"\b(?:responsib\w+|duties|tasks|(?:you will|you'll|will)(?! (?:have|need|bring|possess|must))"
    r"|role (?:includes|involves))\b"
)
_LEAD_ASKS = re.compile(
    r"\b(?:must|(?:should|need(?:s)? to|will|you|candidates?) (?:\w+ )?(?:have|possess|bring|demonstrate)|you need"
    r"|required|qualif\w+|looking for|experience (?:in|with|using)|familiar\w*|proficien\w+|expertise in"
    r"|knowledge of|ideal)\b"
)


def lead_in_kind(lower: str) -> SectionKind | None:
    """What a sentence with a colon at its end says about the list below it."""
    if any(cue.level is Level.PREFERRED for cue in skill_cues(lower)):
        return SectionKind.PREFERRED
    if _LEAD_DUTIES.search(lower):
        return SectionKind.DUTIES
    return SectionKind.REQUIREMENTS if _LEAD_ASKS.search(lower) else None


def base_level(lower: str, sentence: Sentence, kind: SectionKind, *, may_ask: bool = True) -> Level:
    """The level of a skill in a sentence of such a section, cues aside; `lower` is the text in lower case."""
    base = _BASE.get(kind)
    if base is not None or not may_ask:
        return base or Level.MENTIONED
    part = lower[sentence.start : sentence.end]
    if opens_asking(part) or (kind is not SectionKind.ABOUT and asks(part)):
        return Level.REQUIRED
    return Level.MENTIONED


def cued_levels(lower: str, sentence: Sentence, base: Level, matches: Sequence[Match]) -> list[Level]:
    """The level of each match in a sentence, by the cues in it; `base` where none speaks of it."""
    levels = [base] * len(matches)
    part = lower[sentence.start : sentence.end]
    cues = skill_cues(part)
    if not cues:
        return levels
    spans = [(match.start - sentence.start, match.end - sentence.start) for match in matches]
    for number, cue in enumerate(cues):
        low = cues[number - 1].end if number else 0
        high = cues[number + 1].start if number + 1 < len(cues) else len(part)
        for index in _spoken_of(part, cue, spans, low, high):
            levels[index] = cue.level
    return levels


def _spoken_of(sentence: str, cue: Cue, spans: Sequence[tuple[int, int]], low: int, high: int) -> list[int]:
    """Which spans between `low` and `high` the cue speaks of."""
    opened = sentence.rfind("(", low, cue.start)
    closed = sentence.find(")", opened, high) if opened >= 0 else -1
    ahead = [i for i, (start, _) in enumerate(spans) if cue.end <= start < high]
    if not cue.follows:
        # In "a scripting language (preferably Lua) for automation" it ends with the bracket.
        inside = [i for i in ahead if spans[i][0] < closed] if closed > cue.end else []
        return inside or _up_to_a_break(sentence, cue.end, ahead, spans)
    breaks = [found.end() for found in _CLAUSE_BREAK.finditer(sentence, low, cue.start)]
    low = max([low, *breaks])
    opened = sentence.rfind("(", low, cue.start)
    if opened >= 0 and sentence.find(")", opened, cue.start) < 0:
        return _beside_bracket(sentence, opened, cue, spans, low)
    behind = [i for i, (start, end) in enumerate(spans) if low <= start and end <= cue.start]
    if sentence.startswith(" (", cue.end):
        # "Parallel languages a plus (CUDA, OpenCL)": what the bracket lists is the same wish.
        closed = sentence.find(")", cue.end)
        behind += [i for i in ahead if spans[i][1] <= closed]
    if behind or _EDUCATION.search(sentence, low, cue.start):
        return behind
    return _up_to_a_break(sentence, cue.end, ahead, spans)


def _up_to_a_break(sentence: str, start: int, ahead: list[int], spans: Sequence[tuple[int, int]]) -> list[int]:
    found = _CLAUSE_BREAK.search(sentence, start)
    return [i for i in ahead if found is None or spans[i][1] <= found.start()]


def _beside_bracket(sentence: str, opened: int, cue: Cue, spans: Sequence[tuple[int, int]], low: int) -> list[int]:
    """ "Redshift preferred" inside a bracket speaks for what is in it; "(a plus)" for the item or choice before."""
    inside = [i for i, (start, end) in enumerate(spans) if opened < start and end <= cue.start]
    if inside:
        return inside
    before = [i for i, (start, end) in enumerate(spans) if low <= start and end <= opened]
    if len(before) > 1 and re.search(r"\b(?:or|and|and/or)\b|&", sentence[spans[before[-2]][1] : spans[before[-1]][0]]):
        return before
    return before[-1:]
