"""Which matches count as mentions, by which rule and at what level: sentence by sentence, then the rules that look at
neighbours."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from postings.skills.context import (
    NEIGHBOUR_RULES,
    SECTION_RULES,
    everyday,
    is_a_verb,
    keep_company,
)
from postings.skills.false_friends import Friends, Inside
from postings.skills.fields import degree_fields
from postings.skills.hints import ASK, CUE, DEGREE, DENIAL, EDUCATION, Hints
from postings.skills.levels import base_level, cued_levels
from postings.skills.places import Place
from postings.skills.sections import Section, section_at
from postings.skills.sentences import Sentence, Sentences
from postings.skills.spoken import SPOKEN_RULE
from postings.skills.traps import (
    departments,
    is_denied,
    is_in_a_title,
    is_part_of_a_name,
    is_the_employer,
    joins_a_title,
)
from postings.skills.types import EMPLOYER, EVERYDAY, TRAPPED, By, Level, Match, Mention

_Rule = Callable[[Place], By | None]
_NEIGHBOURS = 5
_ROUNDS = 3
_JOINED = 4


class _Judged(NamedTuple):
    match: Match
    sentence: Sentence
    level: Level
    rule: _Rule | None  # it has to decide yet
    by: By


class Prepared(NamedTuple):
    """A text with plain marks, the same in lower case, and its sections."""

    clean: str
    lower: str
    sections: list[Section]


def judge(text: Prepared, matches: Sequence[Match], hints: Hints, inside: Inside) -> list[Mention]:
    """The matches that count, with their levels, in the order given (by start)."""
    clean, lower, _ = text
    friends = Friends(clean, inside)
    plain = _without_traps(clean, lower, friends.true(matches))
    judged = _without_employer(clean, lower, _by_sentence(text, plain, hints, friends.inside))
    taken = _decided(clean, lower, judged)
    return [
        Mention(match.entry.alias_id, match.start, match.end, level, None, by)
        for (match, _, level, _, _), by in zip(judged, taken, strict=True)
        if by is not None
    ]


def _without_traps(text: str, lower: str, matches: Sequence[Match]) -> list[Match]:
    plain: list[Match] = []
    trapped: Match | None = None  # the nearest behind
    for match in reversed(matches):
        is_trapped = match.doubts & TRAPPED and _is_trapped(text, lower, match)
        if is_trapped or (trapped and trapped.start - match.end < _JOINED and joins_a_title(lower, match, trapped)):
            trapped = match
        else:
            plain.append(match)
    return plain[::-1]


def _is_trapped(text: str, lower: str, match: Match) -> bool:
    return is_part_of_a_name(text, match) or is_in_a_title(lower, match) or is_a_verb(lower, match)


def _by_sentence(text: Prepared, matches: Sequence[Match], hints: Hints, inside: Inside) -> list[_Judged]:
    clean, _, sections = text
    sentences = Sentences(clean)
    judged: list[_Judged] = []
    first, count = 0, len(matches)
    while first < count:
        at = matches[first].start
        section = section_at(sections, at)
        sentence = sentences.around(at)
        if sentence.start < section.start or sentence.end > section.end:
            sentence = Sentence(max(sentence.start, section.start), min(sentence.end, section.end))
        last = first + 1
        while last < count and matches[last].start < sentence.end:
            last += 1
        for match, level in _levels(text, sentence, section, matches[first:last], hints.of(sentence)):
            one = _by_context(match, sentence, section, level)
            if one is not None:
                judged.append(one)
                continue
            written = clean[match.start : match.end]
            shorter = () if written.isalpha() else inside(written, match.start)
            judged += [one for found in shorter if (one := _by_context(found, sentence, section, level)) is not None]
        first = last
    return judged


def _levels(
    text: Prepared, sentence: Sentence, section: Section, matches: Sequence[Match], hints: int
) -> Iterable[tuple[Match, Level]]:
    """The matches of a sentence that are neither denied nor departments nor the field of a degree. The hints say what
    to look for."""
    lower = text.lower
    base = base_level(lower, sentence, section.kind, may_ask=hints & ASK != 0)
    levels = cued_levels(lower, sentence, base, matches) if hints & CUE else [base] * len(matches)
    pairs: Iterable[tuple[Match, Level]] = zip(matches, levels, strict=True)
    others = departments(text.clean, sentence, matches)
    if hints & DEGREE:
        others += degree_fields(lower, sentence, names_degree=hints & EDUCATION != 0)
    if others:
        pairs = ((m, level) for m, level in pairs if not any(start <= m.start < end for start, end in others))
    if hints & DENIAL:
        pairs = ((m, level) for m, level in pairs if not is_denied(lower, m, sentence, matches))
    return pairs


def _by_context(match: Match, sentence: Sentence, section: Section, level: Level) -> _Judged | None:
    """The match with the rule that takes it, or that has yet to decide; None where its section's rule does not."""
    context = match.entry.context
    if context in SECTION_RULES:
        rule = SECTION_RULES[context]
        return _Judged(match, sentence, level, None, rule.by) if rule.takes(section.kind, level) else None
    if context:
        return _Judged(match, sentence, level, NEIGHBOUR_RULES[context], By.PHRASE)
    return _Judged(match, sentence, level, everyday if match.doubts & EVERYDAY else None, By.PHRASE)


def _without_employer(text: str, lower: str, judged: list[_Judged]) -> list[_Judged]:
    """Who hires is named on every page; it is a skill only where it is asked for."""
    employers = {
        j.match.entry.alias_id
        for j in judged
        if j.match.doubts & EMPLOYER and text[j.match.start].isupper() and is_the_employer(lower, j.match)
    }
    if not employers:
        return judged
    return [j for j in judged if j.match.entry.alias_id not in employers or j.level is not Level.MENTIONED]


def _decided(text: str, lower: str, judged: list[_Judged]) -> list[By | None]:
    """What takes each: let the rules decide, and again while a decision may give a neighbour company."""
    taken: list[By | None] = [j.by if j.rule is None else None for j in judged]
    waiting = [index for index, j in enumerate(judged) if j.rule is not None]
    for _ in range(_ROUNDS):
        before = len(waiting)
        for index in waiting:
            taken[index] = _decide(text, lower, judged, taken, index)
        waiting = [index for index in waiting if taken[index] is None]
        if len(waiting) in (0, before):
            break
    # Three of them in a row prove nothing: "Dutch, Thai and Greek food".
    waiting = [index for index in waiting if judged[index].match.entry.context != SPOKEN_RULE]
    for index, kept in zip(waiting, keep_company(text, [judged[i].match for i in waiting]), strict=True):
        taken[index] = By.COMPANY if kept else None
    return taken


def _decide(text: str, lower: str, judged: list[_Judged], taken: list[By | None], index: int) -> By | None:
    match, sentence, _, rule, by = judged[index]
    around = range(max(0, index - _NEIGHBOURS), min(len(judged), index + _NEIGHBOURS + 1))
    place = Place(text, lower, match, sentence, [judged[near].match for near in around if taken[near] is not None])
    return by if rule is None else rule(place)
