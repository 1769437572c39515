"""A cleaned title as canonical words: one spelling, one language, separators kept, levels taken out and remembered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from analytics.titles.catalogue import phrases_of, rows_of

BREAK = ";"
"""Stands between parts: a dash, a comma, a bracket, or a preposition such as "for" and "im"."""
OR = "/"
"""Stands between things that are named side by side: a slash, "&", "and"."""

_TOKEN = re.compile(
    r"r ?& ?d\b|i\+d\b|f&e\b|pl ?/ ?sql\b|u[ix] ?/ ?u[ix]\b|fp ?& ?a\b|ci ?/ ?cd\b"
    r"|\.net\b|c\+\+|[cf]\#|[^\W_]+(?:\.js\b)?|(?<=\s)-|-(?=\s)|[,|():;\[\]{}/&+]"
)
_SIGNS = dict.fromkeys("-,|():;[]{}", BREAK) | dict.fromkeys("/&+", OR)
_PREPOSITIONS = (
    "for in im mit with con com para pour per fur at bei chez fra med til from w within to by as on der beim zur zum"
    " nel nella presso dla hos avec dans sur voor bij met"
)
_ARTICLES = (
    "of de del della dei degli delle dello par di do da dos das du des ds d von van la el le en the a an our un une"
    " ein eine einen"
)
_LAST = (
    "engineer",
    "developer",
    "programmer",
    "analyst",
    "architect",
    "administrator",
    "manager",
    "consultant",
    "specialist",
    "tester",
)
"""What the last part of a compound may be."""
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d"})
_WORDS_AND_SPACES = re.compile(r"[a-z ]*")
_ENDINGS = re.compile(
    r"(?<=[a-z]{3})(?:[:*_·]-?(?:innen|in|r|e|n)|/-?(?:innen|in|a|e|o|as|os|ne|r|trice|euse|rice)"
    r"|\((?:innen|in|a|e|o|s|r|ne|euse|trice)\)|[.·](?:ne|e|euse|trice))(?![a-z])"
)


@dataclass(frozen=True)
class Words:
    """`levels` holds (place in tokens before which it stood, level), in order."""

    tokens: tuple[str, ...]
    levels: tuple[tuple[int, str], ...]


def fold(text: str) -> str:
    """Return the text in lower case and without accents, as all word lists are compared."""
    text = text.casefold()
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def words_of(text: str) -> Words:
    """Return the canonical words of a title, or of a phrase of the catalogue."""
    raw = _split(fold(text))
    meanings, pairs, levels = _vocabulary(), _pairs(), _levels()
    tokens: list[str] = []
    found: list[tuple[int, str]] = []
    i = 0
    while i < len(raw):
        word = raw[i]
        said = _level_at(raw, i, levels[word]) if word in levels else None
        if said is not None:
            if said.level:
                found.append((len(tokens), said.level))
            for kept in said.words:
                tokens += meanings.get(kept, (kept,))
            i += len(said.phrase)
            continue
        pair = pairs[word].get(raw[i + 1]) if word in pairs and i + 1 < len(raw) else None
        tokens += pair or meanings.get(word) or _compound(word) or (word,)
        i += 2 if pair else 1
    return Words(tuple(tokens), tuple(found))


@dataclass(frozen=True)
class _Level:
    """`level` is empty for a phrase that only looks like one ("lead generation"); `words` stay in its place."""

    phrase: tuple[str, ...]
    level: str
    words: tuple[str, ...]


def _split(text: str) -> list[str]:
    """Return words and separators; articles are gone, whatever the language."""
    if not _WORDS_AND_SPACES.fullmatch(text):
        text = _ENDINGS.sub("", text)
    known = _small_words()
    words = [known.get(word, word) for word in _TOKEN.findall(text)]
    return [word.replace(" ", "") for word in words if word]


def _level_at(raw: list[str], i: int, candidates: tuple[_Level, ...]) -> _Level | None:
    for candidate in candidates:
        if raw[i : i + len(candidate.phrase)] == list(candidate.phrase):
            return candidate
    return None


@cache
def _small_words() -> dict[str, str]:
    return dict.fromkeys(_ARTICLES.split(), "") | dict.fromkeys(_PREPOSITIONS.split(), BREAK) | _SIGNS | {"and": OR}


@cache
def _vocabulary() -> dict[str, tuple[str, ...]]:
    """What a word means in our spelling."""
    return {word: means for word, means in _rows_of_words() if " " not in word}


@cache
def _pairs() -> dict[str, dict[str, tuple[str, ...]]]:
    """What two words together mean: first word -> second word -> meaning."""
    pairs: dict[str, dict[str, tuple[str, ...]]] = {}
    for words, means in _rows_of_words():
        if " " in words:
            first, second = words.split(" ")
            pairs.setdefault(first, {})[second] = means
    return pairs


def _rows_of_words() -> Iterator[tuple[str, tuple[str, ...]]]:
    for row in rows_of("words.csv"):
        means = tuple(OR if part == "&" else part for part in row["means"].split())
        for word in phrases_of(row["words"]):
            yield fold(word), means


@lru_cache(maxsize=50_000)
def _compound(word: str) -> tuple[str, ...]:
    """Return the words of a German or Dutch compound ("netzwerkadministrator" = network administrator), else ()."""
    first_parts = _first_parts()
    for end, means in _last_parts():
        if word.endswith(end) and (first := first_parts.get(word[: -len(end)])):
            return (*first, *means)
    return ()


@cache
def _first_parts() -> dict[str, tuple[str, ...]]:
    rows = rows_of("compounds.csv")
    return {fold(part): tuple(row["means"].split()) for row in rows for part in phrases_of(row["first_parts"])}


@cache
def _last_parts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What somebody is, in all languages, as the end of a compound."""
    own = ((head, (head,)) for head in _LAST)
    return (*own, *((word, means) for word, means in _vocabulary().items() if len(means) == 1 and means[0] in _LAST))


@cache
def _levels() -> dict[str, tuple[_Level, ...]]:
    """Level phrases by their first word, longest first."""
    starts: dict[str, list[_Level]] = {}
    for row in rows_of("levels.csv"):
        level = "" if row["level"] == "none" else row["level"]
        for phrase in phrases_of(row["phrases"]):
            words = tuple(fold(phrase).split())
            stays = words if row["stands_for"] == "=" else tuple(row["stands_for"].split())
            starts.setdefault(words[0], []).append(_Level(words, level, stays))
    return {first: tuple(sorted(said, key=lambda s: -len(s.phrase))) for first, said in starts.items()}
