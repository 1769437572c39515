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


@dataclass(frozen=True, slots=True)
class Mention:
    """An alias at text[start:end]; offsets count the characters of the text as it was handed in."""

    alias_id: int
    start: int
    end: int
    level: Level


@dataclass(frozen=True, slots=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What one text says: mentions sorted by start, never overlapping; candidates likewise."""

    mentions: tuple[Mention, ...]
    candidates: tuple[Span, ...]
