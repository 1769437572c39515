"""The context rule `spoken`: the name of a human language counts where the posting asks who masters it.

Names of languages are adjectives first: "Dutch bank", "the French market". So a name has to stand by itself, and a word
beside it, the list that it is in, or its being all that the line says has to make it a demand.
"""

import re
from typing import Final

from postings.skills.places import Place
from postings.skills.types import By, Match
from postings.skills.vocabulary import word_file, word_set

SPOKEN_RULE: Final = "spoken"

_REACH = 110
_MOST_HELPING = 7
_WORDS = word_file("spoken")
_BEFORE = tuple(_WORDS["before"].split())
_HELPING, _JOINS, _FOLLOWS = (word_set("spoken", key) for key in ("helping", "joins", "follows"))
_FIRM = re.compile("|".join(f"(?:{one})" for one in _WORDS["firm"]))
_AWAY, _SUBJECT = (re.compile("|".join(f"(?:{one})" for one in _WORDS[key])) for key in ("away", "subjects"))
_DONE_IN = re.compile(_WORDS["done_in"])
_SURE = re.compile(r"\b(?:(?:fluen(?:t|cy)|proficien(?:t|cy)) in|spoken|native) $")
_WORD = re.compile(r"[^\W_]+(?:[-'.][^\W_]+)*")
_LEVEL = re.compile(r"[abc][12]|[cb]1\+?")
# All that joins is taken at once: else a list without end has ways without end to be cut.
_JOIN = r"(?:-?\s*+(?:[,/&+]|\b(?:and|or|und|oder|sowie|bzw|et|ou|y|o|e|en|of|i|lub)\b\.?))++\s*+"
_LIST = re.compile(rf"(?:{_JOIN}[^\W\d]++){{1,8}}?(?={_FIRM.pattern})|{_JOIN}(?:\w+ ){{0,2}}?\w+kenntnisse")
_GERMAN_NOUN = re.compile(r"[A-ZÄÖÜ]\w*sch|\w+ Sprache")  # the adjective has an ending: "englische Kunden"
_ADJECTIVES = re.compile(rf"(?:{_JOIN}[^\W\d]++)+ (?:{'|'.join(_WORDS['nouns'].split())})\b")
_OF_SOME = rf"(?:{_JOIN}| plus )(?:(?:at least )?(?:one|two|any|either|some) of )?"
_ITEM = r"[^\W\d_a-z][^\W\d_]*(?: [A-Z][^\W\d_]+)?"
_ALONE_BEFORE = re.compile(rf"[\W_]*(?:\(?(?:\d+|[a-z]|[ivx]+)[.)] *|o +)?(?:{_ITEM}{_OF_SOME})*[(\"*_]*")
_ALONE_BEHIND = re.compile(rf"(?:{_OF_SOME}{_ITEM})*[\W_]*")


def spoken(place: Place) -> By | None:
    """Taken where mastery is meant: "fluent in German", "Englisch C1", "Languages: Thai", a line with nothing else."""
    return By.SPOKEN if _is_a_name(place) and _is_asked(place) else None


def _is_a_name(place: Place) -> bool:
    """Whether it is written as the name of a language is, and the words before do not make it another thing."""
    written, phrase = place.text[place.match.start : place.match.end], place.match.entry.phrase
    if written.islower() and not phrase.islower() and not _SURE.search(place.lower, _low(place), place.match.start):
        return False  # "polish the edges"
    return _AWAY.search(place.lower, _low(place), place.match.start) is None


def _is_asked(place: Place) -> bool:
    lower, match, high = place.lower, place.match, place.sentence.end
    if _FIRM.match(lower, match.end, high):
        return True
    if not _stands_by_itself(place) or _SUBJECT.search(lower, _low(place), match.start):
        return False
    return (
        _has_cue_before(place)
        or _DONE_IN.search(lower, _low(place), match.start) is not None
        or _LIST.match(lower, match.end, high) is not None
        or _is_alone(place)
        or any(_are_joined(place, other) for other in place.beside)
    )


def _low(place: Place) -> int:
    return max(place.sentence.start, place.match.start - _REACH)


def _stands_by_itself(place: Place) -> bool:
    """Whether no noun behind makes it an adjective."""
    lower, end = place.lower, place.match.end
    if _GERMAN_NOUN.fullmatch(place.text, place.match.start, end):
        return lower[end : end + 1] != "-" or not lower[end + 1 : end + 2].isalnum()
    if _ADJECTIVES.match(lower, end, place.sentence.end):
        return False
    after = lower[end : min(end + 30, place.sentence.end)]
    if after.startswith("?"):
        return False
    if not after.strip() or not after.startswith((" ", "-")):
        return not after[:1].isalnum()
    if after.startswith("-"):
        return after[1:2] in (" ", ",", "/")
    word = _WORD.match(after.lstrip(" *_"))
    return word is None or word[0] in _FOLLOWS


def _has_cue_before(place: Place) -> bool:
    words = _WORD.findall(place.lower, _low(place), place.match.start)
    for word in words[: -_MOST_HELPING - 1 : -1]:
        if word.startswith(_BEFORE) or _LEVEL.fullmatch(word):
            return True
        if word not in _HELPING:
            return False
    return False


def _is_alone(place: Place) -> bool:
    """Whether the line, or the item of a list, holds nothing else than such names: "- Spanish and English"."""
    text, (start, end) = place.text, place.sentence
    return (
        _ALONE_BEFORE.fullmatch(text, start, place.match.start) is not None
        and _ALONE_BEHIND.fullmatch(text, place.match.end, end) is not None
    )


def _are_joined(place: Place, other: Match) -> bool:
    """Whether both are languages in one list: "fluent in English and, ideally, German"."""
    if other.entry.context != SPOKEN_RULE:
        return False
    first, second = sorted((place.match, other), key=lambda match: match.start)
    inside = place.sentence.start <= other.start < place.sentence.end
    if not inside or not 0 < second.start - first.end <= _REACH:
        return False
    between = _WORD.findall(place.lower, first.end, second.start)
    return all(word in _JOINS or word.startswith(_BEFORE) or _LEVEL.fullmatch(word) for word in between)
