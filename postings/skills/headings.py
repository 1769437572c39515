"""What a heading announces: requirements, wishes, duties, the company, benefits, law. The words are in words/.

A line is a heading only when all of it is made of the words of headings: "Technical skills" is one, "Strong
communication skills" is a requirement.
"""

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

from postings.skills.beginnings import Beginnings, beginnings
from postings.skills.vocabulary import word_file, word_set


class SectionKind(StrEnum):
    OPENING = "opening"  # before any heading, or under one that says nothing
    DUTIES = "duties"
    ABOUT = "about"
    PRODUCT = "product"  # what the company sells
    REQUIREMENTS = "requirements"
    PREFERRED = "preferred"
    BENEFITS = "benefits"
    LEGAL = "legal"
    LOGISTICS = "logistics"


# Pay, law, the way to apply and the wares: "an accommodation for communication" asks for no skill.
SKILL_FREE = frozenset({SectionKind.BENEFITS, SectionKind.LEGAL, SectionKind.LOGISTICS, SectionKind.PRODUCT})

_MARKS = re.compile(r"[^a-zà-ÿ0-9' -]+")
_CONTRACTED = re.compile(r"'(?:ll|d|ve|s|m)\b")
_LONGEST = 90
_MOST_WORDS = 9
_ASKED = frozenset({"required", "minimum", "basic", "must", "requirements", "mandatory"})


class _Phrase(NamedTuple):
    expression: re.Pattern[str]
    kind: SectionKind
    begins: Beginnings


class _Words(NamedTuple):
    firsts: frozenset[str]  # with which a heading may begin
    stems: tuple[str, ...]  # or with a word that begins so
    inside: tuple[str, ...]  # or what it holds
    dropped: frozenset[str]
    phrases: tuple[_Phrase, ...]
    nouns: dict[str, SectionKind]
    order: tuple[SectionKind, ...]
    filler: frozenset[str]


@cache
def _words() -> _Words:
    read = word_file("headings")
    phrases = [
        _Phrase(re.compile(phrase.replace("...", ".*")), SectionKind(group["kind"]), beginnings(phrase))
        for group in read["phrases"]
        for phrase in group["are"]
    ]
    dropped = word_set("headings", "dropped")
    nouns = {word: SectionKind(kind) for kind, words in read["nouns"].items() for word in words.split()}
    filler = frozenset(read["filler"]["words"].split())
    return _Words(
        firsts=frozenset().union(dropped, nouns, filler, *(phrase.begins.whole for phrase in phrases)),
        stems=tuple({stem for phrase in phrases for stem in phrase.begins.stems}),
        inside=tuple({words for phrase in phrases for words in phrase.begins.inside}),
        dropped=dropped,
        phrases=tuple(phrases),
        nouns=nouns,
        order=tuple(SectionKind(kind) for kind in read["nouns"]),
        filler=filler,
    )


@lru_cache(maxsize=2_000)
def _phrases_from(first: str) -> tuple[_Phrase, ...]:
    """Those that may begin with this word, in their order."""
    return tuple(
        phrase
        for phrase in _words().phrases
        if first in phrase.begins.whole or first.startswith(tuple(phrase.begins.stems)) or phrase.begins.inside
    )


@lru_cache(maxsize=50_000)
def heading_kind(line: str) -> SectionKind | None:
    """The kind of section that this line announces, or None when it is no heading. Case and marks do not matter."""
    if not _may_be_heading(line):
        return None
    words = _plain_words(line)
    plain = " ".join(words)
    if not plain or len(plain) > _LONGEST:
        return None
    known = words[0] in _words().firsts or words[0].startswith(_words().stems)
    for phrase in _phrases_from(words[0] if known else ""):
        if phrase.expression.fullmatch(plain):
            return phrase.kind
    # "Skills and qualifications for data analysts"
    return _kind_by_nouns(words[: words.index("for")] if "for" in words[1:-1] else words)


def _may_be_heading(line: str) -> bool:
    """A quick no for most lines: the first word, where it is plain letters, says enough."""
    first = line.lstrip().partition(" ")[0].lower()
    known = _words()
    if not first.isalpha() or first in known.firsts or first.startswith(known.stems):
        return True
    lower = line.lower()
    return any(words in lower for words in known.inside)


def _plain_words(line: str) -> list[str]:
    plain = _MARKS.sub(" ", line.lower().replace("&", " and ").replace("(s)", "s").replace("(s", "s"))
    plain = _CONTRACTED.sub("", plain).replace("'re", " are")
    return [word for raw in plain.split() if (word := raw.strip("'-")) and word not in _words().dropped]


def _kind_by_nouns(words: list[str]) -> SectionKind | None:
    nouns, filler = _words().nouns, _words().filler
    kinds = {nouns[word] for word in words if word in nouns}
    if not kinds or len(words) > _MOST_WORDS or any(word not in nouns and word not in filler for word in words):
        return None
    if SectionKind.PREFERRED in kinds and _ASKED & set(words):
        return SectionKind.REQUIREMENTS  # "Required and preferred skills": the sentences have to say which
    return min(kinds, key=_words().order.index)


def is_heading_noun(word: str) -> bool:
    """ "Experience", "Duties": a word that makes a heading."""
    return word.lower() in _words().nouns
