"""The words that the rest of Rolescope shares with the skill reader."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import NamedTuple


class Level(IntEnum):
    """What the text asks of a skill; a larger number is a stronger demand."""

    MENTIONED = 0
    PREFERRED = 1
    REQUIRED = 2


class Kind(StrEnum):
    LANGUAGE = "language"
    TOOL = "tool"
    METHOD = "method"
    SOFT = "soft"
    DOMAIN = "domain"
    CERT = "cert"


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """One alias. `context` is "" or the name of a rule in postings.skills.context."""

    alias_id: int
    phrase: str
    exact_case: bool
    context: str


class Match(NamedTuple):
    """An alias at text[start:end], before the text around it had its say."""

    start: int
    end: int
    entry: LexiconEntry


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


@dataclass(frozen=True, slots=True)
class Mention:
    """An alias at text[start:end]; offsets count the characters of the text as it was handed in.

    `years` of experience are asked of it at least, where the sentence says so.
    """

    alias_id: int
    start: int
    end: int
    level: Level
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says: mentions sorted by start, never overlapping; candidates likewise; the other demands."""

    mentions: tuple[Mention, ...]
    candidates: tuple[Span, ...]
    demands: Demands = NO_DEMANDS
