"""What a heading announces: requirements, wishes, duties, the company, benefits, law. The words are in words/.

A line is a heading only when all of it is made of the words of headings: "Technical skills" is one, "Strong
communication skills" is a requirement.
"""

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

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


class _Words(NamedTuple):
    dropped: frozenset[str]
    phrases: re.Pattern[str]  # its last group is named after the place of the kind in `kinds`
    kinds: dict[str, SectionKind]
    nouns: dict[str, SectionKind]
    order: tuple[SectionKind, ...]
    filler: frozenset[str]


@cache
def _words() -> _Words:
    read = word_file("headings")
    return _Words(
        dropped=word_set("headings", "dropped"),
        phrases=re.compile(
            "|".join(
                f"(?P<k{place}>{'|'.join(group['are']).replace('...', '.*')})"
                for place, group in enumerate(read["phrases"])
            )
        ),
        kinds={f"k{place}": SectionKind(group["kind"]) for place, group in enumerate(read["phrases"])},
        nouns={word: SectionKind(kind) for kind, words in read["nouns"].items() for word in words.split()},
        order=tuple(SectionKind(kind) for kind in read["nouns"]),
        filler=frozenset(read["filler"]["words"].split()),
    )


@lru_cache(maxsize=50_000)
def heading_kind(line: str) -> SectionKind | None:
    """The kind of section that this line announces, or None when it is no heading. Case and marks do not matter."""
    words = _plain_words(line)
    plain = " ".join(words)
    if not plain or len(plain) > _LONGEST:
        return None
    phrase = _words().phrases.fullmatch(plain)
    if phrase is not None and phrase.lastgroup is not None:
        return _words().kinds[phrase.lastgroup]
    # "Skills and qualifications for data analysts"
    return _kind_by_nouns(words[: words.index("for")] if "for" in words[1:-1] else words)


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
