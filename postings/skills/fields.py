"""What a degree is in: "a master's in statistics or a related field" asks for a degree and for no skill."""

import re
from collections.abc import Iterator
from itertools import chain

from postings.skills.sentences import Sentence

_DEGREE = re.compile(
    r"\b(?:degrees?|bachelor(?:'?s)?|master(?:'?s)?|ph\.? ?d\.?|b\.? ?s\.?c?\.?|m\.? ?s\.?c?\.?|b\.?a\.?|mba|diploma|"
    r"graduat\w+|doctorate|doctoral|major(?:ing|ed)?|studium|studies)(?!\w)(?P<gap>[^.;:\n]{0,60}?)\b(?:in|of|im|der"
    r"|(?:focus|focused|focusing|emphasis) on|mit (?:bezug zu|schwerpunkt)|fields? related to|richting"
    r"|with an?(?=[^.;:\n]{3,200}\b(?:focus|major|concentration|emphasis)\b))\b"
)
_NAMED = r"\b(?:degree|bachelor'?s?|master'?s?|ph\.?d|[bm]\.?sc?|b\.?a|diploma)\b"
# As in "Bachelor's; technical discipline (Botany, Chemistry)".
_LIST_OPENS = re.compile(r" ?[(:]")
_FIELD_WORDS = ("discipline", "disciplines", "field", "fields", "subject", "subjects", "major", "majors", "nature",
                "quantitative background", "academic background")  # fmt: skip
_DEGREE_BEFORE = re.compile(rf"{_NAMED}(?P<gap>[^\n;]*)$")
_QUALIFIED = re.compile(r"\bqualifications? in [\w ]{0,30}$")
_LIST_REACH = 170
# As in "Recent Biology/Mathematics graduates", "a statistics or mathematics degree".
_GRADUATES = re.compile(r" (?<!'s )(?:degrees?|graduates)\b(?! of)")
_FIELDS_BEFORE = re.compile(
    r"\b(?:an?|recent|fresh|new) "
    r"(?P<fields>(?:[\w&-]+(?: [\w&-]+)?(?:, (?:or )?|/| or | and )){1,6}[\w&-]+(?: [\w&-]+)?)$"
    r"|(?<![\w&-])(?P<field>[\w&-]+(?: [\w&-]+)?)$"
)
_FIELDS_REACH = 100
# As in "MSc PhD quantitative Physics Maths or similar".
_OR_SIMILAR = re.compile(
    r" or (?:similar|related|equivalent)(?:\s*(?:[.,;)\n]|$)| (?:fields?|disciplines?|subjects?|degrees?|areas?)\b)"
)
_FIELDS_BARE = re.compile(rf"{_NAMED}(?P<fields> [^.;:,()\n]{{3,60}})$")
_FIELDS_END = re.compile(
    r"\b(?:with|plus|experienced?|experiences|required|preferred|proficien\w+|knowledge|strong|skills|ability|years?|"
    r"must|have|having|you|familiar\w*|expertise in|demonstrated|certifi\w+|understanding|working|use|using|who|from)\b"
    r"|\d|[;:•\n]|(?<!e\.g)(?<!i\.e)\.\s"
)
_SOMETHING_ELSE = re.compile(r"\b(?:with(?! (?:an? (?:\w+ ){0,3})?$)|plus|years?|experience)\b")
_RELATED_FIELD = re.compile(
    r"\b(?:related|similar|relevant|equivalent|comparable|quantitative|technical|adjacent|other)\b[^.;:\n]{0,30}?"
    r"\b(?:fields?|disciplines?|subjects?|majors?|areas? of study|degrees?)\b"
)
_FIELDS_SUCH_AS = re.compile(
    r"\b(?:related|similar|relevant|quantitative|technical|scientific|stem) (?:fields?|disciplines?|subjects?|degrees?)"
    r",? ?[(]?(?:such as|like|including|e\.g\.?,?|for example) "
)
_IN = re.compile(r"\b(?:in|of)\b")
_OF_SKILLS = re.compile(r"\b(?:knowledge|experienced?|skills?|years?|understanding|expertise)\b")
_CLOSED = re.compile(r"\)")


def degree_fields(lower: str, sentence: Sentence, *, names_degree: bool = True) -> list[tuple[int, int]]:
    """Stretches of the sentence that list what a degree is in: "a master's in statistics, data science or ...".

    Without the name of a degree in the sentence there is less to look for.
    """
    found = []
    degrees = (pattern.finditer(lower, sentence.start, sentence.end) for pattern in (_DEGREE, _FIELDS_SUCH_AS))
    for degree in chain.from_iterable(degrees):
        if degree.re is _DEGREE and _SOMETHING_ELSE.search(degree["gap"]):
            continue
        end = _FIELDS_END.search(lower, degree.end(), sentence.end)
        found.append((degree.end(), end.start() if end else sentence.end))
    for related in _RELATED_FIELD.finditer(lower, sentence.start, sentence.end):
        ins = [at.end() for at in _IN.finditer(lower, sentence.start, related.start())]
        if ins and _FIELDS_END.search(lower, ins[-1], related.start()) is None:
            found.append((ins[-1], related.end()))
    return [*found, *_fields_without_in(lower, sentence)] if names_degree else found


def _fields_without_in(lower: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    for opens in _LIST_OPENS.finditer(lower, *sentence):
        if lower.endswith(_FIELD_WORDS, sentence.start, opens.start()) and _is_of_a_degree(
            lower, sentence, opens.start()
        ):
            stop = (_CLOSED if opens[0][-1] == "(" else _FIELDS_END).search(lower, opens.end(), sentence.end)
            yield opens.end(), stop.start() if stop else sentence.end
    for graduates in _GRADUATES.finditer(lower, *sentence):
        low = max(sentence.start, graduates.start() - _FIELDS_REACH)
        if before := _FIELDS_BEFORE.search(lower, low, graduates.start()):
            yield before.span(before.lastgroup or 0)
    for similar in _OR_SIMILAR.finditer(lower, *sentence):
        bare = _FIELDS_BARE.search(lower, max(sentence.start, similar.start() - _FIELDS_REACH), similar.start())
        if bare and _FIELDS_END.search(lower, *bare.span("fields")) is None:
            yield bare.span("fields")


def _is_of_a_degree(lower: str, sentence: Sentence, at: int) -> bool:
    low = max(sentence.start, at - _LIST_REACH)
    if _QUALIFIED.search(lower, low, at):
        return True
    degree = _DEGREE_BEFORE.search(lower, low, at)
    return degree is not None and _OF_SKILLS.search(degree["gap"]) is None
