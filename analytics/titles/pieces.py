"""A title in pieces: what stands between dashes, commas and slashes, and what each piece says about the work."""

from __future__ import annotations

from dataclasses import dataclass, field

from analytics.titles.lexicon import HEADS, Field, Kind, Lexicon
from analytics.titles.tokens import BREAK, OR

GENERAL_ROLES = frozenset({"software engineer", "consultant", "platform engineer"})
"""Roles that a field of work beside them makes more exact: software engineer + machine learning."""
_HEADS_BY_RANK = (
    *("", "lead", "specialist", "consultant", "developer", "engineer", "administrator", "researcher"),
    *("analyst", "scientist", "architect", "manager"),
)
"""The later counts when a piece has two: an analyst consultant is an analyst."""
_HEAD_RANKS = {head: rank for rank, head in enumerate(_HEADS_BY_RANK)}
_HALF_HEADS = ("", "lead")
_NAMED_FIELD = 3


@dataclass(slots=True)
class Piece:
    """Tokens start..end of a title. `part` counts the parts between dashes and commas; pieces of one share it.

    The head of a lent piece is that of the piece beside it. Odd are words that we do not know, unread those of
    another script.
    """

    part: int
    start: int
    end: int
    roles: list[str] = field(default_factory=list)
    general_role: str = ""
    head: str = ""
    fields: list[Field] = field(default_factory=list)
    is_managed: bool = False
    is_occupation: bool = False
    is_helper: bool = False
    is_topic: bool = False
    is_odd: bool = False
    is_unread: bool = False
    is_lent: bool = False
    role_end: int = -1

    @property
    def is_empty(self) -> bool:
        return self.start == self.end

    @property
    def names_work(self) -> bool:
        """Whether the piece says what somebody is, however loosely."""
        said = self.roles or self.general_role or self.is_occupation or self.is_helper
        return bool(said) or self.head not in _HALF_HEADS


def pieces_of(tokens: tuple[str, ...], lexicon: Lexicon) -> list[Piece]:
    """Return the pieces in order; side-by-side pieces lend each other head and field ("ML / AI Engineer")."""
    pieces = [Piece(0, 0, 0)]
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        if token in (BREAK, OR):
            pieces[-1].end = i
            i += 1
            pieces.append(Piece(pieces[-1].part + (token == BREAK), i, i))
        else:
            i += _take(tokens, i, pieces[-1], lexicon)
    pieces[-1].end = n
    if len(pieces) > 1:
        _lend_heads(pieces, tokens)
        _lend_fields(pieces, lexicon)
    return pieces


def _take(tokens: tuple[str, ...], i: int, piece: Piece, lexicon: Lexicon) -> int:
    """Note in the piece what the longest phrase at i says; return its length in words."""
    hit = lexicon.longest_at(tokens, i, len(tokens))
    if hit is None:
        if tokens[i].isascii():
            piece.is_odd = piece.is_odd or not lexicon.says_nothing(tokens[i])
        else:
            piece.is_unread = True
        return 1
    (kind, name, found), length = hit
    if kind is Kind.ROLE:
        _take_role(piece, name, i + length)
    elif found is not None:
        piece.fields.append(found)
    elif kind is Kind.HEAD:
        _take_head(piece, name)
    elif kind is Kind.TOPIC:
        piece.is_topic = True
    elif kind is Kind.HELPER:
        piece.is_helper = True
    elif not piece.roles or piece.role_end == i:
        piece.is_occupation = True
    return length


def _take_role(piece: Piece, name: str, end: int) -> None:
    if name in GENERAL_ROLES:
        piece.general_role = piece.general_role or name
    elif name not in piece.roles:
        piece.roles.append(name)
        piece.is_occupation = False
    piece.role_end = end


def _take_head(piece: Piece, name: str) -> None:
    piece.is_managed = piece.is_managed or name == "manager"
    if _HEAD_RANKS[name] > _HEAD_RANKS[piece.head]:
        piece.head = name


def _lend_heads(pieces: list[Piece], tokens: tuple[str, ...]) -> None:
    """Give a piece that only names a field the head of the next one beside it: "Data & Business Analyst"."""
    for piece, following in zip(reversed(pieces[:-1]), reversed(pieces[1:]), strict=True):
        if piece.part != following.part or piece.names_work or not piece.fields:
            continue
        if max(found.weight for found in piece.fields) == _NAMED_FIELD:
            last = HEADS.get(tokens[following.role_end - 1], "") if following.role_end > 0 else ""
            piece.head = following.head or last or piece.head
            piece.is_managed = following.is_managed
            piece.is_lent = piece.head != ""


def _lend_fields(pieces: list[Piece], lexicon: Lexicon) -> None:
    """Give a piece that is a bare head the field of the one beside it: "Data Analyst / Scientist"."""
    for piece, before in zip(pieces[1:], pieces[:-1], strict=True):
        bare = piece.head not in (*_HALF_HEADS, "developer", "specialist", "manager") and piece.end - piece.start == 1
        if piece.part != before.part or not bare or piece.fields:
            continue
        lent = before.fields[0] if before.fields else _field_of(before, lexicon)
        if lent:
            piece.fields = [lent]


def _field_of(piece: Piece, lexicon: Lexicon) -> Field | None:
    return lexicon.field_of_role.get(piece.roles[0]) if piece.roles else None
