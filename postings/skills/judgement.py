"""Which matches count as mentions, and at what level: sentence by sentence, then the rules that look at neighbours."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from postings.skills.context import (
    EVERYDAY_WORDS,
    NEIGHBOUR_RULES,
    SECTION_RULES,
    Place,
    everyday,
    is_a_verb,
    keep_company,
)
from postings.skills.hints import ASK, CUE, DEGREE, DENIAL, Hints
from postings.skills.levels import base_level, cued_levels
from postings.skills.sections import Section
from postings.skills.sentences import Sentence, Sentences
from postings.skills.traps import (
    degree_fields,
    is_denied,
    is_in_a_title,
    is_part_of_a_name,
    is_the_employer,
)
from postings.skills.types import Level, Match, Mention

_Rule = Callable[[Place], bool]
_NEIGHBOURS = 5
_ROUNDS = 3


@dataclass(slots=True)
class _Judged:
    match: Match
    sentence: Sentence
    level: Level
    rule: _Rule | None
    counts: bool


def judge(text: str, lower: str, sections: Sequence[Section], matches: Sequence[Match], hints: Hints) -> list[Mention]:
    """The matches that count, with their levels, in the order given (by start)."""
    plain = [match for match in matches if not _is_trapped(text, lower, match)]
    sentence_judge = _SentenceJudge(lower, hints)
    judged = _without_employer(text, lower, _by_sentence(text, sentence_judge, sections, plain))
    _apply_rules(text, lower, judged)
    return [Mention(j.match.entry.alias_id, j.match.start, j.match.end, j.level) for j in judged if j.counts]


def _is_trapped(text: str, lower: str, match: Match) -> bool:
    return is_part_of_a_name(text, match) or is_in_a_title(lower, match) or is_a_verb(lower, match)


class _SentenceJudge:
    """Judges the matches of one sentence after the other."""

    def __init__(self, lower: str, hints: Hints) -> None:
        self._lower = lower
        self._hints = hints

    def judge(self, sentence: Sentence, section: Section, matches: list[Match]) -> list[_Judged]:
        hints = self._hints.of(sentence)
        levels = self._levels(sentence, section, matches, hints)
        fields = degree_fields(self._lower, sentence) if hints & DEGREE else []
        judged = []
        for match, level in zip(matches, levels, strict=True):
            if fields and any(start <= match.start < end for start, end in fields):
                continue
            if hints & DENIAL and is_denied(self._lower, match, sentence, matches):
                continue
            taken = SECTION_RULES.get(match.entry.context)
            if taken is None:
                rule = _rule(self._lower, match)
                judged.append(_Judged(match, sentence, level, rule, rule is None))
            elif taken(section.kind, level):
                judged.append(_Judged(match, sentence, level, None, counts=True))
        return judged

    def _levels(self, sentence: Sentence, section: Section, matches: list[Match], hints: int) -> list[Level]:
        part = self._lower[sentence.start : sentence.end]
        base = base_level(part, section.kind, may_ask=bool(hints & ASK))
        if not hints & CUE:
            return [base] * len(matches)
        return cued_levels(part, base, [(m.start - sentence.start, m.end - sentence.start) for m in matches])


def _by_sentence(
    text: str, sentence_judge: _SentenceJudge, sections: Sequence[Section], matches: list[Match]
) -> list[_Judged]:
    starts = [section.start for section in sections]
    sentences = Sentences(text)
    judged: list[_Judged] = []
    first = 0
    while first < len(matches):
        section = sections[bisect_right(starts, matches[first].start) - 1]
        around = sentences.around(matches[first].start)
        sentence = Sentence(max(around.start, section.start), min(around.end, section.end))
        last = first + 1
        while last < len(matches) and matches[last].start < sentence.end:
            last += 1
        judged += sentence_judge.judge(sentence, section, matches[first:last])
        first = last
    return judged


def _rule(lower: str, match: Match) -> _Rule | None:
    if match.entry.context:
        return NEIGHBOUR_RULES[match.entry.context]
    return everyday if lower[match.start : match.end] in EVERYDAY_WORDS else None


def _without_employer(text: str, lower: str, judged: list[_Judged]) -> list[_Judged]:
    """Who hires is named on every page; it is a skill only where it is asked for."""
    employers = {
        j.match.entry.alias_id for j in judged if text[j.match.start].isupper() and is_the_employer(lower, j.match)
    }
    if not employers:
        return judged
    return [j for j in judged if j.match.entry.alias_id not in employers or j.level is not Level.MENTIONED]


def _apply_rules(text: str, lower: str, judged: list[_Judged]) -> None:
    """Let the rules decide, and again while a decision may give a neighbour company."""
    waiting = [index for index, j in enumerate(judged) if j.rule is not None]
    for _ in range(_ROUNDS):
        before = len(waiting)
        waiting = [index for index in waiting if not _decide(text, lower, judged, index)]
        if len(waiting) in (0, before):
            break
    lonely = [judged[index] for index in waiting if text[judged[index].match.start].isupper()]
    for j, kept in zip(lonely, keep_company(text, [j.match for j in lonely]), strict=True):
        j.counts = kept


def _decide(text: str, lower: str, judged: list[_Judged], index: int) -> bool:
    j = judged[index]
    around = judged[max(0, index - _NEIGHBOURS) : index + _NEIGHBOURS + 1]
    place = Place(text, lower, j.match, j.sentence, [other.match for other in around if other.counts])
    j.counts = j.rule is None or j.rule(place)
    return j.counts
