"""The words that the rest of Rolescope shares with the skill reader."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple


class Level(IntEnum):
    """What the text asks of a skill; a larger number is a stronger demand."""

    MENTIONED = 0
    PREFERRED = 1
    REQUIRED = 2


class By(IntEnum):
    """What made a phrase count as a skill at one place."""

    PHRASE = 0  # it means nothing else
    ASKED = 1  # it is a demand, not a remark
    OF_THE_JOB = 2  # it stands outside what the company says of itself
    CUE = 3  # a word right beside it says so: "experience with R"
    LIST = 4  # it stands in a list with other skills
    CAPITAL = 5  # a capital inside a sentence makes it a name
    COMPANY = 6  # at least three such names stand in a row
    SPOKEN = 7  # what stands around a human language asks who masters it


class Kind(StrEnum):
    LANGUAGE = "language"
    TOOL = "tool"
    METHOD = "method"
    SOFT = "soft"
    DOMAIN = "domain"
    CERT = "cert"
    SPOKEN = "spoken"


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One alias. `context` is "" or the name of a rule in postings.skills.context, `not_in` the languages of texts that
    it is not read in ("it pt")."""

    alias_id: int
    phrase: str
    exact_case: bool
    context: str
    not_in: str = ""


class Match(NamedTuple):
    """An alias at text[start:end], before the text around it had its say."""

    start: int
    end: int
    entry: LexiconEntry
    doubts: int = -1
    """TRAPPED, EMPLOYER, EVERYDAY: what it and the words right beside it give reason to look for."""


TRAPPED, EMPLOYER, EVERYDAY = 1, 2, 4


class Degree(IntEnum):
    """The lowest degree that will do; a larger number is more."""

    UNSTATED = 0
    NONE = 1
    BACHELOR = 2
    MASTER = 3
    PHD = 4


class Demands(NamedTuple):
    """What a posting asks for besides skills. `years`: of experience at least, None where it does not say."""

    years: int | None = None
    degree: Degree = Degree.UNSTATED


NO_DEMANDS = Demands()


class Mention(NamedTuple):
    """An alias at text[start:end]; offsets count the characters of the text as it was handed in.

    `years` of experience are asked of it at least, where the sentence says so.
    """

    alias_id: int
    start: int
    end: int
    level: Level
    years: int | None = None
    by: By = By.PHRASE


class Span(NamedTuple):
    start: int
    end: int


class Reading(NamedTuple):
    """What one text says: mentions sorted by start, never overlapping; candidates likewise; the other demands."""

    mentions: tuple[Mention, ...]
    candidates: tuple[Span, ...]
    demands: Demands = NO_DEMANDS
