"""Context rules: when a phrase that is also an everyday word, a letter or a name counts as a skill.

The taxonomy files name a rule in braces: `=R{listed}`. RULES is the whole set.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from postings.skills.headings import SectionKind
from postings.skills.sentences import Sentence
from postings.skills.types import Level, Match

_NEAR_WORDS = 8
_WINDOW = 60


class Place(NamedTuple):
    """What a rule may look at: one match in its text, and the matches that count already."""

    text: str
    lower: str
    match: Match
    sentence: Sentence
    section: SectionKind
    level: Level
    beside: Sequence[Match]


# --- cues right beside the phrase ------------------------------------------------------------------------------------

_CUES_BEFORE = frozenset(
    "experience experienced proficient proficiency knowledge familiar familiarity expertise expert skilled skill skills using "
    "fluent fluency background program programming programs coding code script scripts scripting written language languages "
    "tool tools package packages software library libraries framework frameworks stack technologies platform platforms systems "
    "services database databases like include includes including via exposure understanding competency competent certified "
    "certification utilizing utilize leveraging leverage hands-on comfortable apache microsoft ms google amazon aws azure ibm "
    "oracle sap hashicorp adobe atlassian e.g e.g. i.e i.e. such mastery".split()
)
_LINKS_BEFORE = frozenset("in with of to on the a an using for advanced basic strong both either as".split())
_CUES_AFTER = frozenset(
    "programming language languages code coding script scripts scripting developer developers skills skill proficiency "
    "expertise knowledge framework frameworks library libraries package packages software tool tools platform experience "
    "development model models database server certified certification notebook notebooks engineer engineers administrator "
    "administration queries api apis pipelines cluster clusters jobs dashboards reports".split()
)
_FIRM_CUES_AFTER = frozenset(
    "programming language code coding script scripts scripting developer developers library".split()
)
_TRIM = ' \t*_"(:,\\'


def _has_cue(place: Place) -> bool:
    match, lower = place.match, place.lower
    before = lower[max(place.sentence.start, match.start - _WINDOW) : match.start].split()
    for word in reversed(before[-5:]):
        plain = word.strip(_TRIM)
        if plain in _CUES_BEFORE:
            return True
        if plain not in _LINKS_BEFORE:
            break
    after = lower[match.end : min(place.sentence.end, match.end + 20)]
    if not after.startswith((" ", "-", '"', "*")):
        return False
    words = after.strip(' "*-').split(None, 1)
    cues = _FIRM_CUES_AFTER if _opens_sentence(place) else _CUES_AFTER
    return bool(words) and words[0].rstrip(".,;:)") in cues


def _opens_sentence(place: Place) -> bool:
    return not place.text[place.sentence.start : place.match.start].strip(" \t*_#\"'•-–(")


# --- other skills around ---------------------------------------------------------------------------------------------

_LIST_MARKS = frozenset(",/(;|:&+[]•*-)\n")
_LIST_WORDS = frozenset("or and and/or in with of using versus vs vs. plus to on for via is are as etc".split())
_SEPARATOR = re.compile(r"[\s,/;|&()+•*\"-]*(?:\b(?:or|and|and/or)\b)?[\s,/;|&()+•*\"-]*")


def _near(place: Place) -> list[Match]:
    """Matches within eight words in the same sentence, or on the next line where both are items of a list."""
    near = []
    for other in place.beside:
        first, second = sorted((place.match, other), key=lambda m: m.start)
        if other is place.match or second.start - first.end > _WINDOW * 2:
            continue
        between = place.text[first.end : second.start]
        inside = place.sentence.start <= other.start < place.sentence.end
        if len(between.split()) <= _NEAR_WORDS and (inside or _are_list_items(place, between)):
            near.append(other)
    return near


def _are_list_items(place: Place, between: str) -> bool:
    alone = place.text[place.sentence.start : place.sentence.end].strip(" \t*_•-.,;\n")
    return len(alone) <= place.match.end - place.match.start + 2 and not between.strip(" \t*_•-.,;\n")


def _stands_in_list(place: Place) -> bool:
    before = place.lower[max(0, place.match.start - 12) : place.match.start].rstrip(' \t"*_')
    after = place.lower[place.match.end : place.match.end + 12].lstrip(' \t"*_')
    opens = not before or before[-1] in _LIST_MARKS or before.split()[-1].lstrip("(") in _LIST_WORDS
    if not opens:
        return False
    if not after or after[0] in _LIST_MARKS or after.split()[0].rstrip(",.;:") in _LIST_WORDS:
        return True
    return after[0] == "." and (len(after) == 1 or after[1].isspace())


def _touches(place: Place, near: Sequence[Match]) -> bool:
    """Whether nothing but a separator stands between the match and one of these."""
    for other in near:
        first, second = sorted((place.match, other), key=lambda m: m.start)
        if _SEPARATOR.fullmatch(place.text, first.end, second.start) and second.start > first.end:
            return True
    return False


# --- letters and short names in other company ------------------------------------------------------------------------

_OTHER_NAME_BEFORE = re.compile(
    r"(?:\b(?:vitamin|series|class|grade|category|section|schedule|appendix|plan|type|group|tier|hepatitis|exhibit|phase|"
    r"part|unit|building|suite|floor|room|generation|gen|mr|ms|dr|mrs|title|division|department)\.? |[a-z0-9]-|\w'|\w&|"
    r"\b[A-Z]\. ?)$"
)
_OTHER_NAME_AFTER = re.compile(
    r"(?: ?(?:&|\+|\band\b|\bn\b|'n'|/) ?[dD]\b(?!3)|-(?!based|like|style|programming|code|script|related|native|compatible|"
    r"driven|specific|centric|powered)\w|&\w|'\w|[- ](?:suite|level|corp|class|section|squared|value|score)\b|\.[A-Za-z0-9]|\+(?!\w))"
)
_GO_AWAY = re.compile(
    r"[\s-]+(?:to[\s-]+market|live|above|beyond|getter|ahead|through|the|to|for|green|big|home|far|on)\b"
)


def is_another_name(place: Place) -> bool:
    """R&D, C-suite, Vitamin C, Go-to-market: the letters belong to something else."""
    text, match = place.text, place.match
    if match.end - match.start > 5:
        return False
    if _OTHER_NAME_BEFORE.search(text[max(0, match.start - 14) : match.start].lower()):
        return True
    if place.lower[match.start : match.end] == "go" and _GO_AWAY.match(place.lower, match.end):
        return True
    return _OTHER_NAME_AFTER.match(text, match.end) is not None


# --- the rules -------------------------------------------------------------------------------------------------------


def listed(place: Place) -> bool:
    """Taken beside a cue, or within eight words of another skill; never as a part of another name."""
    if is_another_name(place):
        return False
    if _has_cue(place):
        return True
    # Capitals at the head of a sentence prove nothing: "Go above ...", "Swift delivery of reports".
    if _opens_sentence(place):
        return _touches(place, _near(place))
    return _stands_in_list(place) and bool(_near(place))


def everyday(place: Place) -> bool:
    """Taken with a capital inside a sentence; in lower case or at its head only as `listed` would."""
    if place.text[place.match.start].isupper() and not _opens_sentence(place):
        return not is_another_name(place)
    return listed(place) and (_has_cue(place) or _touches(place, _near(place)))


def asked(place: Place) -> bool:
    """Taken only where it is required or preferred: traits of people, which duties and companies have too."""
    return place.level is not Level.MENTIONED


def of_the_job(place: Place) -> bool:
    """Taken anywhere but in what the company says of itself: fields of business, which are its own."""
    return place.section is not SectionKind.ABOUT


RULES: dict[str, Callable[[Place], bool]] = {
    "listed": listed,
    "everyday": everyday,
    "asked": asked,
    "of-the-job": of_the_job,
}
# These look at neighbours, so what they say of one match may change what they say of the next.
SOCIABLE = frozenset({listed, everyday})

# Verbs and nouns long before they were tools; they need company whatever the taxonomy says of their case.
EVERYDAY_WORDS = frozenset(
    "excel spark access express react go make swift word outlook spring dash teams chef drive rust flow notes unity point "
    "sage impact insight vision beam pig hive oracle splash sketch slack zoom edge".split()
)
_VERB_AFTER = {
    "excel": re.compile(
        r"\s+(?:at|as|by|under|when|within|through|both|academically|professionally|in (?:an?|this|that|the|their|your|our|"
        r"these|all|any|both|fast|dynamic|challenging|collaborative|team|ambiguous|\w+ing)\b)"
    ),
    "spark": re.compile(
        r"\s+(?:joy|innovat\w+|chang\w+|conversations?|creativ\w+|curiosity|interest|ideas?|your|an?|the|new|discuss\w+|"
        r"imagination|inspiration|delight|and (?:joy|creativ\w+))\b"
    ),
    "react": re.compile(r"\s+(?:to|quickly|fast|appropriately|rapidly|swiftly|calmly)\b"),
    "express": re.compile(
        r"\s+(?:an?|your|ideas?|interest|yourself|themselves|complex|themself|written|permission|and)\b"
    ),
    "access": re.compile(
        r"\s+(?:to|control|management|and manage|points?|rights|for|the|data|our|your|restricted|badges?)\b"
    ),
    "word": re.compile(r"\s+(?:of|to|for|is|count|embeddings?|vectors?|problems?|choice)\b"),
    "teams": re.compile(
        r"\s+(?:of|to|across|that|who|in|and|on|with|within|are|is|by|is|from|working|will|you|at|we|as)\b"
    ),
}


def is_a_verb(lower: str, match: Match) -> bool:
    """ "excel at", "spark joy", "react to": the word at work, whatever its case."""
    after = _VERB_AFTER.get(lower[match.start : match.end])
    return after is not None and after.match(lower, match.end) is not None
