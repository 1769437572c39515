"""What a posting asks of a person besides skills: years of experience, overall and for single skills, and a degree."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from postings.skills.headings import SKILL_FREE, SectionKind
from postings.skills.hints import DENIAL, EDUCATION, YEARS, Hints
from postings.skills.sections import Section, section_at
from postings.skills.sentences import Sentence, Sentences
from postings.skills.types import Degree, Demands, Mention
from postings.skills.vocabulary import word_set

MOST_YEARS = 30
"""What is beyond is the age of a company."""
_REACH = 60
_INSTEAD_REACH = 110

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
# "Seit über 15 Jahren beraten wir": the company's, unless it speaks to the reader.
_GERMAN_AGE = re.compile(r"\b(?:seit|über|mehr als|fast|rund) $")
_OF_US = re.compile(r"\b(?:wir|uns|unser\w*)\b")
_OF_YOU = re.compile(r"\b(?:du|dich|dein\w*|sie|ihr\w*|(?:mit)?bringst|mitbringen|suchen)\b")
# Years that may stand for a degree, or a degree for years: "degree or four years", "two years may replace a diploma".
_INSTEAD_BEFORE = re.compile(
    r"\b(?:degree|diploma|bachelor'?s|master'?s|ph\.?d\.?|education)(?: (?:degree )?in [^.;:()\d]{0,60})?,? or "
    r"(?:at least |a minimum of |minimum |equivalent )*$"
    r"|\b(?:(?:may|can) (?:be )?(?:substitut\w+|count\w*) (?:for|as)|in (?:lieu|place) of|instead of|replaces?) "
    r"(?:up to |the |at least )*$"
)
_INSTEAD_BEHIND = re.compile(
    r"[^.;:,()\d]{0,60}?\b(?:in (?:lieu|place) of|(?:may|can) (?:replace|substitute|be (?:substituted|accepted))"
    r"|equivalent to) (?:[\w']+ ){0,3}?(?:degree|diploma|bachelor|master|education|doctorate|ph\.?d)"
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
_APOSTROPHE = "['’?\ufffd]"  # some crawls lose it
_ART = r"(?i:science|arts|engineering|business|applied|public|social|fine|laws?|philosophy|education)\b"
_SUBJECT = r"(?:EE|CS|CE|ME|IT|IS|EC)\b"
_LETTERS_END = r"\b\.?(?=[ ,/()]*(?:in\b|or\b|and\b|degree|with\b|/|,|\)|M|P|$))"
_NAMED = re.compile(
    r"(?P<PHD>[Pp][Hh](?:\.\s?[Dd]\.|\.?\s?[Dd]s?\b)|[Dd]octora(?:te|l)\b)"
    rf"|(?P<MASTER>[Mm]aster(?:{_APOSTROPHE}s|s{_APOSTROPHE}?|s?(?= degree| of {_ART}))(?! data| schedul| students)\b"
    rf"|MBA\b|M\.?(?:Sc|S|Eng|Tech|Phil){_LETTERS_END}|MS{_SUBJECT}|MSc\b|MTech\b|[Pp]ostgraduate\b"
    r"|[Mm]aster(?:studium|abschluss|diploma|(?=-(?:/| oder | und |,)))\b"
    r"|(?<=[Pp]ost-)graduate\b|(?<!of an advanced )(?<=[Aa]dvanced )degree\b)"
    rf"|(?P<BACHELOR>[Bb]achelor(?:{_APOSTROPHE}?s|s{_APOSTROPHE}?|studium|abschluss|)(?:\b|(?<=s)(?=[A-Z]))"
    rf"|B\.?(?:Sc|S|A|Tech|E|Eng|Com){_LETTERS_END}|BS{_SUBJECT}|BSc\b|BTech\b"
    r"|[Uu]ndergraduate (?:degree|education|studies|or [Gg]raduate|or [Mm]aster)|[Bb]accalaureate\b)"
)
# Which degree it is stands beside it, or any will do.
_ANY = re.compile(
    r"(?:college|university|universitaire|universitari\w+) (?:degree|education|diploma)\b|degree (?:in|or|with|level)\b"
    r"|(?:hochschul|universitäts)\)?(?:abschluss|studium)\b|studium (?:z\. ?b\. )?(?:der|des|in|im|mit)\b"
    r"|studienabschluss\b|graduates? of an?y?\b(?! (?:[\w-]+ )?(?:boot ?camp|high school))"
)
_BEFORE_ANY = frozenset(
    ("a", "an", "your", "hold", "have", "stem", "technical", "relevant", "related", "four-year", "4-year")
)
_DEGREE_WORD = re.compile(r"degree\b")
_STUDIES = re.compile(r"studium\b")
_COMPLETED = re.compile(r"\babgeschlossene\w* (?:[\w-]+ ){0,3}$")
_NONE_ASKED = re.compile(
    r"\b(?:no|without (?:an? |any )?|(?:do not|don't|won't) need:? (?:an? )?|not needed: (?:an? )?) ?(?:\w+ )?"
    r"degree\b(?! in)|\b(?:degree|diploma) (?:is )?(?:not|neither|un)(?: |(?=nec))(?:strictly )?"
    r"(?:required|needed|necessary|a must|here|expected)"
)
_SCHOOL = re.compile(r"\b(?:high[- ]school|hs|secondary school) (?:diploma|education)|\b(?:ged|gcses?|a[- ]levels)\b")
_SOFT_BEHIND = re.compile(
    r"[^,;.•(]{0,50}?\(?\b(?:preferred|desired|desirable|a (?:\w+ )?plus|ideal|advantage|nice[- ]to[- ]have|optional)\b"
)
# "A bachelor's degree in botany, forestry or a related field is preferred."
_SOFT_END = re.compile(
    r"(?:(?!requir|must|minimum|experience|with\b|years?\b|, (?:an? )?(?:master|ph|mba|advanced|graduate))"
    r"[^;.•(]){0,160}"
    r"\b(?:preferred|desirable|a plus)\W*$"
)
_STANDS_FOR_YEARS = re.compile(r"[^;.•]{0,160}?\b(?:may|can) (?:be )?substitut\w+ for\b")
_SOFT_BEFORE = re.compile(r"\b(?:ideally|preferably|preferred:?|nice[- ]to[- ]have:?|bonus:?|optional:?)[^,;.•]{0,25}$")

_Kinds = frozenset[SectionKind]
_OF_OTHERS = frozenset((SectionKind.ABOUT,))  # the founders' doctorates
_UNASKED = _OF_OTHERS | {SectionKind.PREFERRED}


class Years(NamedTuple):
    """ "3-5 years" at text[start:end]: three at least."""

    start: int
    end: int
    least: int
    sentence: Sentence
    section: SectionKind


def read_demands(text: str, lower: str, sections: Sequence[Section], hints: Hints, years: Sequence[Years]) -> Demands:
    """The years that are asked for overall and the lowest degree that will do; what is only welcome does not count."""
    least = _overall(lower, years, _UNASKED)
    degree = _degree(text, lower, sections, hints, _UNASKED)
    kinds = {section.kind for section in sections}
    if SectionKind.PREFERRED in kinds and SectionKind.REQUIREMENTS not in kinds:
        # "Desired skills" without any other list are what is asked.
        least = _overall(lower, years, _OF_OTHERS) if least is None else least
        degree = degree or _degree(text, lower, sections, hints, _OF_OTHERS)
    return Demands(least, degree)


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
        section = section_at(sections, match.start()).kind
        if section in SKILL_FREE or least > MOST_YEARS:
            continue
        sentence = sentences.around(match.start())
        if _is_experience(lower, match, sentence, section):
            found.append(Years(match.start(), match.end(), least, sentence, section))
    if len(found) < 2:
        return found
    return [span for span in found if not _is_instead(lower, span)] or found


def _is_instead(lower: str, span: Years) -> bool:
    """Whether these years may take the place of a degree, or a degree theirs: others are the ones that are asked."""
    low = max(span.sentence.start, span.start - _INSTEAD_REACH)
    return (
        _INSTEAD_BEFORE.search(lower, low, span.start) is not None
        or _INSTEAD_BEHIND.match(lower, span.end, span.sentence.end) is not None
    )


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


def _is_experience(lower: str, match: re.Match[str], sentence: Sentence, section: SectionKind) -> bool:
    before = lower[max(sentence.start, match.start() - 20) : match.start()]
    if section is SectionKind.ABOUT or _NOT_BEFORE.search(before) or _NOT_BEHIND.match(lower, match.end()):
        return False
    if _GERMAN_AGE.search(before) and _OF_US.search(lower, *sentence) and not _OF_YOU.search(lower, *sentence):
        return False
    if section is SectionKind.REQUIREMENTS or _ASKED_BEFORE.search(before) or _ASKED_BEHIND.match(lower, match.end()):
        return True
    around = lower[max(sentence.start, match.start() - _REACH) : min(sentence.end, match.end() + _REACH * 2)]
    return _EXPERIENCE.search(around) is not None


def _overall(lower: str, years: Sequence[Years], unasked: _Kinds) -> int | None:
    """The least that is asked for in general; where only single skills have years, the least of those.

    What a sentence says behind its first number is a part of it: "8 years in data, 4 of them with Spark".
    """
    firsts = {span.sentence: span for span in reversed(years)}.values()
    asked = [
        span
        for span in firsts
        if span.section not in unasked and not _is_softened(lower, span.start, span.end, span.sentence)
    ]
    general = [span.least for span in asked if _is_general(lower, span)]
    return min(general or [span.least for span in asked], default=None)


def _is_general(lower: str, span: Years) -> bool:
    """ "5 years of relevant industry experience", but not "2 years machine learning platform experience"."""
    behind = lower[span.end : min(span.sentence.end, span.end + _REACH)]
    words = [word for word in _WORD.findall(behind) if word not in _FILLERS]
    return not words or any(_EXPERIENCE.match(word) for word in words[:2])


def _degree(text: str, lower: str, sections: Sequence[Section], hints: Hints, unasked: _Kinds) -> Degree:
    """The lowest of those named, else a first one where any will do."""
    named: set[Degree] = set()
    is_any = is_school = False
    sentences = Sentences(text)
    for place in hints.places(EDUCATION):
        sentence = sentences.around(place)
        if hints.of(sentence) & DENIAL and _NONE_ASKED.search(lower, sentence.start, sentence.end):
            return Degree.NONE
        is_school = is_school or _SCHOOL.search(lower, max(sentence.start, place - 20), place + 10) is not None
        found = _NAMED.match(text, place)
        degree = found or _any_degree(lower, place)
        if degree is None or section_at(sections, place).kind in unasked:
            continue
        if _is_welcome(lower, place, degree.end(), sentence) or _STANDS_FOR_YEARS.match(lower, degree.end()):
            continue
        if found:
            named.add(Degree[found.lastgroup or ""])
        is_any = True
    if is_any:
        return min(named, default=Degree.BACHELOR)
    return Degree.NONE if is_school else Degree.UNSTATED


def _any_degree(lower: str, place: int) -> re.Match[str] | None:
    found = _ANY.match(lower, place)
    if found is None and _COMPLETED.search(lower, max(0, place - _REACH), place):
        found = _STUDIES.match(lower, place)
    if found:
        return found
    before = lower[max(0, place - 12) : place].split()
    return _DEGREE_WORD.match(lower, place) if before and before[-1] in _BEFORE_ANY else None


def _is_welcome(lower: str, start: int, end: int, sentence: Sentence) -> bool:
    """The same of a degree, whose fields may stand in between."""
    return _is_softened(lower, start, end, sentence) or _SOFT_END.match(lower, end, sentence.end) is not None


def _is_softened(lower: str, start: int, end: int, sentence: Sentence) -> bool:
    """ "PhD preferred", "ideally 5 years"."""
    return (
        _SOFT_BEHIND.match(lower, end, sentence.end) is not None
        or _SOFT_BEFORE.search(lower, sentence.start, start) is not None
    )
