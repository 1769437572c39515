"""The phrases that mean something in a title: roles, fields of work, heads ("engineer"), and other occupations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TypeAlias

from analytics.titles.catalogue import Catalogue, phrases_of, rows_of
from analytics.titles.cleaning import noise_words
from analytics.titles.tokens import words_of

HEADS = {
    "engineer": "engineer",
    "developer": "developer",
    "programmer": "developer",
    "scientist": "scientist",
    "researcher": "researcher",
    "analyst": "analyst",
    "architect": "architect",
    "manager": "manager",
    "director": "manager",
    "lead": "lead",
    "consultant": "consultant",
    "consulting": "consultant",
    "specialist": "specialist",
    "administrator": "administrator",
    "modeler": "analyst",
}
"""What somebody is, without saying in what."""

_COLUMNS = {
    "engineer": "engineer",
    "developer": "engineer",
    "scientist": "scientist",
    "researcher": "researcher",
    "analyst": "analyst",
    "architect": "architect",
    "manager": "manager",
    "consultant": "consultant",
    "specialist": "specialist",
    "administrator": "administrator",
    "lead": "alone",
    "": "alone",
}


class Kind(Enum):
    """What a phrase is to a title."""

    ROLE = "role"
    FIELD = "field"
    HEAD = "head"
    OCCUPATION = "occupation"
    HELPER = "helper"
    TOPIC = "topic"


@dataclass(frozen=True)
class Field:
    """A field of work, and which role a head makes of it: data + engineer = data engineer.

    Weight 3 is a field by name, 2 a tool that tells the field, 1 what makes a role only right beside its head.
    """

    name: str
    weight: int
    roles: dict[str, str]

    def role_of(self, head: str) -> str:
        """Return the role of this field under a head, "" if there is none."""
        return self.roles.get(_COLUMNS.get(head, "?"), "")


Meaning: TypeAlias = "tuple[Kind, str, Field | None]"
Node: TypeAlias = "dict[str, Node | Meaning]"
_END = ""


class Lexicon:
    """All phrases in one tree of words, so that the longest one at a place is found in one walk."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._tree: Node = {}
        self._fillers = noise_words() | {"technology", "global", "international", "level", "group", "ii", "iii", "iv"}
        self.families = {role.name: role.family for role in catalogue.roles}
        for head, meaning in HEADS.items():
            self._add((head,), (Kind.HEAD, meaning, None))
        for kind, phrase in _elsewhere():
            self._add(phrase, (kind, "", None))
        for field, phrase in _fields():
            self._add(phrase, (Kind.FIELD, field.name, field))
        for role in catalogue.roles:
            for words in (role.name, *role.synonyms):
                self._add(words_of(words).tokens, (Kind.ROLE, role.name, None))
        self.field_of_role = {role.name: self._leading_field(role.name) for role in catalogue.roles}

    def longest_at(self, tokens: tuple[str, ...], start: int, end: int) -> tuple[Meaning, int] | None:
        """Return the longest phrase that begins at start and ends before end, and its length in words."""
        node, best = self._tree, None
        for i in range(start, end):
            following = node.get(tokens[i])
            if following is None:
                break
            node = following  # type: ignore[assignment]  # only _END leads to a meaning, and no token is empty
            if _END in node:
                best = (node[_END], i + 1 - start)
        return best  # type: ignore[return-value]  # as above

    def says_nothing(self, word: str) -> bool:
        """Tell whether a word that is in no phrase says nothing of the work, as numbers and "international" do."""
        return len(word) == 1 or word in self._fillers or word.isdigit()

    def _add(self, words: tuple[str, ...], meaning: Meaning) -> None:
        if not words:
            return
        node = self._tree
        for word in words:
            node = node.setdefault(word, {})  # type: ignore[assignment]  # as above
        node[_END] = meaning

    def _leading_field(self, role: str) -> Field | None:
        """Return the field with which the name of a role begins, as "data" in "data analyst"."""
        tokens = words_of(role).tokens
        for field, phrase in sorted(_fields(), key=lambda pair: -len(pair[1])):
            if tokens[: len(phrase)] == phrase:
                return field
        return None


def roles_of_fields() -> frozenset[str]:
    """Return the names of all roles that a field of work makes with some head."""
    return frozenset(role for field, _ in _fields() for role in field.roles.values() if role)


@cache
def _fields() -> tuple[tuple[Field, tuple[str, ...]], ...]:
    pairs = []
    for row in rows_of("fields.csv"):
        roles = {column: row[column] for column in set(_COLUMNS.values())}
        field = Field(row["field"], int(row["weight"]), roles)
        pairs += [(field, words_of(phrase).tokens) for phrase in phrases_of(row["phrases"])]
    return tuple(pairs)


@cache
def _elsewhere() -> tuple[tuple[Kind, tuple[str, ...]], ...]:
    return tuple(
        (Kind(row["kind"]), words_of(phrase).tokens)
        for row in rows_of("elsewhere.csv")
        for phrase in phrases_of(row["phrases"])
    )
