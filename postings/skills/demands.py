"""What a posting asks of a person besides skills: years of experience, overall and for single skills, and a degree."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from postings.skills.headings import SKILL_FREE, SectionKind
from postings.skills.hints import EDUCATION, YEARS, Hints
from postings.skills.sections import Section
from postings.skills.sentences import Sentence, Sentences
from postings.skills.types import Degree, Demands, Mention
from postings.skills.vocabulary import word_set

MOST_YEARS = 30
"""What is beyond is the age of a company."""
_REACH = 60

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    )
}
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_YEARS = re.compile(
    rf"(?<![\w$€£.,/])(?P<least>{_COUNT}|(?:a )?couple of)(?: ?\\*\(\d{{1,2}}(?:-\d{{1,2}})?\\*\))? ?\\*\+?"
    rf" ?(?:\\*(?:-|to|or) ?(?:\\*-)? ?(?:{_COUNT}|more)(?: ?\(\d{{1,2}}(?:-\d{{1,2}})?\))? ?\\*\+?)?"
    r" ?(?:full |calendar )?(?:years?|yrs?|jahren?|ans|años|anos|anni|jaar|lat)\b\.?'?"
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:for (?:more than|over|the|nearly|almost)|past|last|next|first|every|after|within|these|since|vest\w* over"
    r"|age|aged|to) |-)$"
)
_NOT_BEHIND = re.compile(
    r" ?(?:of age|old|ago|to come|in a row|in business|younger|later|contract|term|plan|lease|warranty|in the (?:market"
    r"|industry)\b|of (?:history|growth|success|service to|innovation))\b"
)
_EXPERIENCE = re.compile(
    r"experien|background|working|hands[- ]on|expertise|erfahrung|berufserfahrung|expérience|experiencia|esperienza"
    r"|ervaring|doświadczeni"
)
_ASKED_BEFORE = re.compile(
    r"\b(?:at least|min\.?|minimum(?: of)?|needs?:?|have|has|must|requires?:?|you:|req:|with) (?:a |about |some )?$"
)
_ASKED_BEHIND = re.compile(
    r"'? ?(?:plus |or more |\+ ?)?"
    r"(?:in|with|of|as|on|total|hands|professional|paid|industry|software|data|working|shipping)\b"
)
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_FILLERS = word_set("demands", "fillers")
_BREAK = re.compile(r"[;•]|\.\s")
_BRACKET_BEHIND = re.compile(r"[ ]?[(\[,:–-] ?(?:at least |min\w*\.? (?:of )?)?$")

# Read where a word of a degree stands. Letters with points or without; capitals where the letters are a word, too.
_LETTERS_END = r"\b\.?(?=[ ,/()]*(?:in\b|or\b|and\b|degree|with\b|/|,|\)|M|P|$))"
_NAMED = re.compile(
    r"(?P<PHD>[Pp][Hh]\.?\s?[Dd]s?\b|[Dd]octora(?:te|l)\b)"
    r"|(?P<MASTER>[Mm]aster(?:['’]s|s['’]?|s?(?= degree| of (?:science|arts|engineering|business)))(?! data| schedul)\b"
    rf"|MBA\b|M\.?(?:Sc|S|Eng|Tech|Phil){_LETTERS_END}|Master(?:studium|abschluss)\b|[Pp]ostgraduate\b"
    r"|(?<=[Pp]ost-)graduate\b)"
    rf"|(?P<BACHELOR>[Bb]achelor(?:['’]?s|s['’]?|)\b|B\.?(?:Sc|S|A|Tech|E|Eng|Com){_LETTERS_END}"
    r"|[Uu]ndergraduate (?:degree|education|studies)\b|[Bb]accalaureate\b)"
)
# Which degree it is stands beside it, or any will do.
_ANY = re.compile(
    r"(?:college|university|universitaire|universitari\w+) (?:degree|education|diploma)\b|degree (?:in|or|with)\b"
    r"|(?:hochschul|universitäts)(?:abschluss|studium)\b|studium (?:der|in|im)\b"
)
_BEFORE_ANY = frozenset(
    ("a", "an", "your", "hold", "have", "stem", "technical", "relevant", "related", "four-year", "4-year")
)
_DEGREE_WORD = re.compile(r"degree\b")
_NONE_ASKED = re.compile(
    r"\b(?:no|without (?:an? |any )?|(?:do not|don't|won't) need:? (?:an? )?|not needed: (?:an? )?) ?(?:\w+ )?"
    r"degree\b(?! in)|\b(?:degree|diploma) (?:is )?(?:not|neither|un)(?: |(?=nec))(?:strictly )?"
    r"(?:required|needed|necessary|a must|here|expected)"
)
_SCHOOL = re.compile(r"\b(?:high[- ]school|hs|secondary school) (?:diploma|education)|\bged\b")
_SOFT_BEHIND = re.compile(
    r"[^,;.•(]{0,50}?\(?\b(?:preferred|desired|desirable|a (?:\w+ )?plus|ideal|advantage|nice[- ]to[- ]have|optional)\b"
)
_SOFT_BEFORE = re.compile(r"\b(?:ideally|preferably|preferred:?|nice[- ]to[- ]have:?|bonus:?|optional:?)[^,;.•]{0,25}$")


class Years(NamedTuple):
    """ "3-5 years" at text[start:end]: three at least."""

    start: int
    end: int
    least: int
    sentence: Sentence
    section: SectionKind


def read_demands(text: str, lower: str, sections: Sequence[Section], hints: Hints, years: Sequence[Years]) -> Demands:
    """The years that are asked for overall and the lowest degree that will do; what is only welcome does not count."""
    return Demands(_overall(lower, years), _degree(text, lower, sections, hints))


def years_of(text: str, lower: str, sections: Sequence[Section], hints: Hints) -> list[Years]:
    """Each number of years of experience in the text, in order; not those a company has existed."""
    found: list[Years] = []
    sentences = Sentences(text)
    done = 0
    for unit in hints.places(YEARS):
        match = next((m for m in _YEARS.finditer(lower, max(done, unit - _REACH), unit + 10) if m.end() > unit), None)
        if match is None:
            continue
        done = match.end()
        least = _number(match["least"])
        section = _section_at(sections, match.start())
        if section in SKILL_FREE or least > MOST_YEARS:
            continue
        sentence = sentences.around(match.start())
        if _is_experience(lower, match, sentence, section):
            found.append(Years(match.start(), match.end(), least, sentence, section))
    return found


def with_years(lower: str, mentions: Sequence[Mention], years: Sequence[Years]) -> list[Mention]:
    """The mentions, with the years that their sentence asks of them: "3+ years of Spark", "Spark (3+ years)"."""
    told = list(mentions)
    for number, span in enumerate(years):
        inside = [i for i, m in enumerate(mentions) if span.sentence.start <= m.start < span.sentence.end]
        before = [i for i in inside if mentions[i].end <= span.start]
        if before and _BRACKET_BEHIND.fullmatch(lower[mentions[before[-1]].end : span.start]):
            meant = before[-1:]
        else:
            following = years[number + 1].start if number + 1 < len(years) else len(lower)
            stop = _BREAK.search(lower, span.end, span.sentence.end)
            high = min(following, stop.start() if stop else span.sentence.end)
            meant = [i for i in inside if span.end <= mentions[i].start < high]
        for index in meant:
            told[index] = told[index]._replace(years=span.least)
    return told


def _number(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBERS.get(written, 2)  # a couple


def _section_at(sections: Sequence[Section], at: int) -> SectionKind:
    return next(section.kind for section in sections if section.start <= at < section.end)


def _is_experience(lower: str, match: re.Match[str], sentence: Sentence, section: SectionKind) -> bool:
    before = lower[max(sentence.start, match.start() - 20) : match.start()]
    if section is SectionKind.ABOUT or _NOT_BEFORE.search(before) or _NOT_BEHIND.match(lower, match.end()):
        return False
    if section is SectionKind.REQUIREMENTS or _ASKED_BEFORE.search(before) or _ASKED_BEHIND.match(lower, match.end()):
        return True
    around = lower[max(sentence.start, match.start() - _REACH) : min(sentence.end, match.end() + _REACH * 2)]
    return _EXPERIENCE.search(around) is not None


def _overall(lower: str, years: Sequence[Years]) -> int | None:
    """The least that is asked for in general; where only single skills have years, the least of those.

    What a sentence says behind its first number is a part of it: "8 years in data, 4 of them with Spark".
    """
    firsts = {span.sentence: span for span in reversed(years)}.values()
    asked = [span for span in firsts if not _is_welcome_only(lower, span.start, span.end, span.sentence, span.section)]
    general = [span.least for span in asked if _is_general(lower, span)]
    return min(general or [span.least for span in asked], default=None)


def _is_general(lower: str, span: Years) -> bool:
    """ "5 years of relevant industry experience", but not "2 years machine learning platform experience"."""
    behind = lower[span.end : min(span.sentence.end, span.end + _REACH)]
    words = [word for word in _WORD.findall(behind) if word not in _FILLERS]
    return not words or any(_EXPERIENCE.match(word) for word in words[:2])


def _degree(text: str, lower: str, sections: Sequence[Section], hints: Hints) -> Degree:
    """The lowest of those named, else a first one where any will do."""
    named: set[Degree] = set()
    is_any = is_school = False
    sentences = Sentences(text)
    for place in hints.places(EDUCATION):
        sentence = sentences.around(place)
        if _NONE_ASKED.search(lower, sentence.start, sentence.end):
            return Degree.NONE
        is_school = is_school or _SCHOOL.search(lower, max(sentence.start, place - 20), place + 10) is not None
        found = _NAMED.match(text, place)
        degree = found or _any_degree(lower, place)
        if degree is None or _is_welcome_only(lower, place, degree.end(), sentence, _section_at(sections, place)):
            continue
        if found:
            named.add(Degree[found.lastgroup or ""])
        is_any = True
    if is_any:
        return min(named, default=Degree.BACHELOR)
    return Degree.NONE if is_school else Degree.UNSTATED


def _any_degree(lower: str, place: int) -> re.Match[str] | None:
    if found := _ANY.match(lower, place):
        return found
    before = lower[max(0, place - 12) : place].split()
    return _DEGREE_WORD.match(lower, place) if before and before[-1] in _BEFORE_ANY else None


def _is_welcome_only(lower: str, start: int, end: int, sentence: Sentence, section: SectionKind) -> bool:
    """ "PhD preferred", "ideally 5 years", or not asked for at all: the founders' doctorates."""
    return (
        section in (SectionKind.PREFERRED, SectionKind.ABOUT)
        or _SOFT_BEHIND.match(lower, end, sentence.end) is not None
        or _SOFT_BEFORE.search(lower, sentence.start, start) is not None
    )
