"""Context rules: when a phrase that is also an everyday word, a letter or a name counts as a skill.

The taxonomy files name a rule in braces: `=R{listed}`. RULES is the whole set.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from postings.skills.headings import SectionKind
from postings.skills.places import Place
from postings.skills.spoken import SPOKEN_RULE, spoken
from postings.skills.types import By, Level, Match
from postings.skills.vocabulary import word_file, word_set

_NEAR_WORDS = 8
_WINDOW = 60


# --- cues right beside the phrase ------------------------------------------------------------------------------------

_CUES_BEFORE = word_set("context", "cues_before")
_HELPING_BEFORE = word_set("context", "helping_before")
_CUES_BEHIND = word_set("context", "cues_behind")
_FIRM_CUES_BEHIND = word_set("context", "firm_cues_behind")
# "Go as primary language", "R is our main tool"
_AS_MAIN = re.compile(
    r" (?:as|is) (?:an? |the |our |your |their )?(?:primary|main|first|core) (?:\w+ )?"
    r"(?:languages?|tools?|stack|framework)\b"
)
_TRIM = ' \t*_"(:,\\'


def _has_cue(place: Place) -> bool:
    match, lower = place.match, place.lower
    before = lower[max(place.sentence.start, match.start - _WINDOW) : match.start].split()
    for word in reversed(before[-5:]):
        plain = word.strip(_TRIM)
        if plain in _CUES_BEFORE:
            return True
        if plain not in _HELPING_BEFORE:
            break
    after = lower[match.end : min(place.sentence.end, match.end + 20)]
    if not after.startswith((" ", "-", '"', "*")):
        return False
    if _AS_MAIN.match(place.lower, match.end, place.sentence.end):
        return True
    words = after.strip(' "*-').split(None, 1)
    cues = _FIRM_CUES_BEHIND if _opens_sentence(place) else _CUES_BEHIND
    return bool(words) and words[0].rstrip(".,;:)") in cues


def _opens_sentence(place: Place) -> bool:
    return not place.text[place.sentence.start : place.match.start].strip(" \t*_#\"'•-–(")


# --- other skills around ---------------------------------------------------------------------------------------------

_LIST_MARKS = frozenset(",/(;|:&+[]•*-)\n")
_LIST_WORDS = word_set("context", "list_words")
_SEPARATOR = re.compile(
    r"(?=.)[\s,/;|&()+•*\"-]*(?:\b(?:or|and|and/or|oder|und|ou|et|y|en)\b)?[\s,/;|&()+•*\"-]*", re.DOTALL
)


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
        if _SEPARATOR.fullmatch(place.text, first.end, second.start):
            return True
    return False


# --- letters and short names in other company ------------------------------------------------------------------------

_OTHER_NAME_BEFORE = re.compile(
    rf"(?:\b(?:{'|'.join(sorted(word_set('context', 'names_before')))})\.? |[a-z0-9]-|\w'|\w&|\b[A-Z]\. ?)$"
)
_OTHER_NAME_AFTER = re.compile(
    r"(?: ?(?:&|\+|\band\b|\bn\b|'n'|/) ?[dD]\b(?!3)|&\w|'(?!s\b)\w|\.[A-Za-z0-9]|\+(?!\w)"
    r"|[- ](?:suite|level|corp|class|section|squared|value|score)\b"
    r"|-(?!based|like|style|programming|code|script|related|native|compatible|driven|specific|centric|powered)\w)"
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


def listed(place: Place) -> By | None:
    """Taken beside a cue, or within eight words of another skill; never as a part of another name."""
    if is_another_name(place):
        return None
    if _has_cue(place):
        return By.CUE
    # Capitals at the head of a sentence prove nothing: "Go above ...", "Swift delivery of reports".
    if _opens_sentence(place):
        return By.LIST if _touches(place, _near(place)) else None
    return By.LIST if _stands_in_list(place) and _near(place) else None


def keep_company(text: str, matches: Sequence[Match]) -> list[bool]:
    """Which of these, none of them trusted yet, stand in a list of at least three: "Excel, Word and Access"."""
    touching = [_SEPARATOR.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(matches)]
    kept = [False] * len(matches)
    for index in range(len(matches) - 2):
        if touching[index] and touching[index + 1]:
            kept[index : index + 3] = [True] * 3
    return kept


def everyday(place: Place) -> By | None:
    """Taken with a capital inside a sentence; in lower case or at its head only as `listed` would."""
    if place.text[place.match.start].isupper() and not _opens_sentence(place):
        return None if is_another_name(place) else By.CAPITAL
    taken = listed(place)
    return None if taken is By.LIST and not _touches(place, _near(place)) else taken


def asked(section: SectionKind, level: Level) -> bool:
    """Taken only where it is required or preferred: traits of people, which duties and companies have too."""
    del section
    return level is not Level.MENTIONED


def of_the_job(section: SectionKind, level: Level) -> bool:
    """Taken anywhere but in what the company says of itself: fields of business, which are its own."""
    del level
    return section is not SectionKind.ABOUT


class SectionRule(NamedTuple):
    takes: Callable[[SectionKind, Level], bool]
    by: By


OF_THE_JOB = "of-the-job"
SECTION_RULES = {"asked": SectionRule(asked, By.ASKED), OF_THE_JOB: SectionRule(of_the_job, By.OF_THE_JOB)}
# What these say of one match may change what they say of the next.
NEIGHBOUR_RULES: dict[str, Callable[[Place], By | None]] = {"listed": listed, "everyday": everyday, SPOKEN_RULE: spoken}
RULES = frozenset((*SECTION_RULES, *NEIGHBOUR_RULES))

EVERYDAY_WORDS = word_set("context", "everyday")
_BEHIND, _BEFORE = (
    {word: re.compile(pattern) for word, pattern in word_file("senses")[side].items()} for side in ("behind", "before")
)
_BEFORE_REACH = 30


def has_other_senses(word: str) -> bool:
    """Whether `is_a_verb` has anything to say of this word (lower case)."""
    return word in _BEHIND or word in _BEFORE


def is_a_verb(lower: str, match: Match) -> bool:
    """ "excel at", "spark joy", "programming languages", "reporting to the CTO": the word in another sense."""
    word = lower[match.start : match.end]
    behind = _BEHIND.get(word)
    if behind is not None and behind.match(lower, match.end):
        return True
    before = _BEFORE.get(word)
    return before is not None and before.search(lower, max(0, match.start - _BEFORE_REACH), match.start) is not None
