"""Decides which piece of a title names the role, and how the other pieces make it more exact."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.titles.lexicon import Field, Lexicon
from analytics.titles.pieces import GENERAL_ROLES, Piece

UNKNOWN = "unknown"
"""The title says nothing about the work, or nothing that we can read."""
OTHER = "other"
"""The title says what the work is, and the catalogue has no role for it."""
NO_ROLE = (OTHER, UNKNOWN)
FAMILY_MANAGERS = {
    "data science": "data science manager",
    "data engineering": "data engineering manager",
    "analytics": "analytics manager",
    "machine learning": "engineering manager",
    "software": "engineering manager",
    "infrastructure": "engineering manager",
}
"""Who leads the people of a family: "Senior Manager, Machine Learning Engineer" leads engineers."""
_LEADERS = frozenset({*FAMILY_MANAGERS.values(), "product manager", "project manager", "data governance"})
_HOMONYMS = frozenset({"qa engineer"})
"""Roles that other trades call the same: who tests for EMC is none of ours."""
_HELPER_FIELDS = frozenset(
    {"data", "data science", "analytics", "reporting", "business intelligence", "data governance", "data entry"}
)
"""Fields in which an assistant or coordinator does the field's own work."""
_OPEN_HEADS = frozenset({"engineer", "developer", "scientist", "researcher", "analyst", "architect"})
"""Heads that a later part may explain even when words stand beside them that we do not know."""
_TOOL = 2


@dataclass(frozen=True)
class Finding:
    """The role, how sure it is (0..1), the piece that names the work, and a second acceptable role or ""."""

    role: str
    confidence: float
    piece: Piece
    second_role: str = ""


def decide(pieces: list[Piece], lexicon: Lexicon, *, is_intern: bool) -> Finding:
    """Return the role of a title; roles that are not in the catalogue are "other"."""
    main = _main_of(pieces)
    if main is None:
        found = _from_fields_alone(pieces, is_intern=is_intern)
    else:
        found = _own(main, lexicon) or _explained(main, pieces, lexicon) or _by_default(main, pieces)
        if found.role == OTHER:
            found = _beside(main, pieces) or found
    if found.role not in lexicon.families and found.role not in (OTHER, UNKNOWN):
        found = Finding(OTHER, 0.3, found.piece)
    if found.second_role or found.role in (OTHER, UNKNOWN):
        return found
    return Finding(found.role, found.confidence, found.piece, _second_role(found, pieces, lexicon))


def _main_of(pieces: list[Piece]) -> Piece | None:
    """Return the first piece that names work."""
    return next((piece for piece in pieces if piece.names_work), None)


def _beside(main: Piece, pieces: list[Piece]) -> Finding | None:
    """Return the role that stands beside a trade of which the catalogue has none: "Chemist / Data Scientist"."""
    for piece in pieces:
        if piece.part == main.part and piece.start > main.start and piece.roles and not piece.is_occupation:
            return Finding(piece.roles[0], 0.7, piece)
    return None


def _own(piece: Piece, lexicon: Lexicon) -> Finding | None:
    """Return what the piece says by itself, None if it leaves the field open ("Engineer", "Software Engineer")."""
    if piece.is_occupation:
        return Finding(OTHER, 0.7, piece)
    if piece.roles:
        return _named(piece, lexicon)
    if piece.is_helper and piece.head == "":
        role = next((found.role_of("specialist") for found in piece.fields if found.name in _HELPER_FIELDS), "")
        return Finding(role or OTHER, 0.6, piece)
    head = _head_of(piece)
    if piece.is_topic and head not in _OPEN_HEADS and not any(found.weight > _TOOL for found in piece.fields):
        return Finding(OTHER, 0.6, piece)
    lightest = _TOOL if piece.general_role else 1
    role = _role_of_fields(piece.fields, head, lightest)
    if role in GENERAL_ROLES:
        piece.general_role = piece.general_role or role
        return None
    return Finding(role, 0.8, piece, piece.general_role) if role else None


def _named(piece: Piece, lexicon: Lexicon) -> Finding:
    """Return the role whose phrase stands in the piece."""
    role = piece.roles[0]
    if role in _HOMONYMS and piece.is_topic and not any(found.weight >= _TOOL for found in piece.fields):
        return Finding(OTHER, 0.6, piece)
    leader = FAMILY_MANAGERS.get(lexicon.families.get(role, ""), "")
    if piece.is_managed and leader and role not in _LEADERS:
        return Finding(leader, 0.8, piece, role)
    says_more = piece.is_odd or piece.is_unread or piece.is_topic or piece.fields
    is_whole = piece.start == 0 and not says_more and len(piece.roles) == 1
    return Finding(role, 1.0 if is_whole else 0.9, piece)


def _explained(main: Piece, pieces: list[Piece], lexicon: Lexicon) -> Finding | None:
    """Return the role that another piece makes of an open head: "Software Engineer - Machine Learning"."""
    head = _head_of(main)
    if head == "manager" and not main.fields:
        head = next((piece.head for piece in pieces if piece.head in _OPEN_HEADS and not piece.roles), head)
    before = [piece for piece in pieces if piece.start < main.start]
    after = [piece for piece in pieces if piece.start > main.start]
    closed = main.is_topic or (main.is_odd and head not in _OPEN_HEADS)
    for piece in [] if closed else (*before, *after):
        found = _explained_by(piece, main, head, lexicon)
        if found:
            return found
    if main.general_role:
        return None
    elsewhere = (piece for piece in after if piece.part != main.part and not piece.is_occupation)
    named = next((piece for piece in elsewhere if piece.roles), None)
    return Finding(named.roles[0], 0.6, named) if named else None


def _explained_by(piece: Piece, main: Piece, head: str, lexicon: Lexicon) -> Finding | None:
    if piece.roles and (piece.part != main.part or not main.general_role) and not piece.is_occupation:
        role = piece.roles[0]
        leader = FAMILY_MANAGERS.get(lexicon.families.get(role, ""), "") if main.is_managed else ""
        if leader and role not in _LEADERS:
            return Finding(leader, 0.7, main, role)
        return Finding(role, 0.75, main, main.general_role)
    if piece.general_role and not main.general_role and main.head in ("engineer", "specialist"):
        main.general_role = piece.general_role
    if piece.names_work and piece.part == main.part:
        return None
    is_sure = not (piece.is_odd or piece.is_topic or main.is_odd)
    role = _role_of_fields(piece.fields, head, 1 if is_sure else _TOOL)
    if role not in GENERAL_ROLES:
        return Finding(role, 0.75, main, main.general_role) if role else None
    if piece.part != main.part:
        main.general_role = main.general_role or role
    return None


def _by_default(main: Piece, pieces: list[Piece]) -> Finding:
    """Return what a head is when nothing explains it."""
    says_more = any(piece.is_odd or piece.is_topic or piece.is_occupation for piece in pieces)
    if main.general_role:
        is_ours = main.general_role != "consultant" or not main.is_topic
        return Finding(main.general_role if is_ours else OTHER, 0.9 if is_ours else 0.6, main)
    if main.head == "developer" and not main.is_topic:
        return Finding("software engineer", 0.5 if main.is_odd else 0.9, main)
    if main.head in ("scientist", "researcher") and not says_more:
        return Finding("research scientist", 0.4, main)
    says_more = says_more or any(piece.fields for piece in pieces) or main.head == "administrator"
    if any(piece.is_topic or piece.is_occupation for piece in pieces):
        return Finding(OTHER, 0.6, main)
    return Finding(OTHER, 0.5, main) if says_more else Finding(UNKNOWN, 0.0, main)


def _from_fields_alone(pieces: list[Piece], *, is_intern: bool) -> Finding:
    """Return the role of a title without a head: "Data Science", "AI Research Intern", "Big Data"."""
    fields = [(piece, found) for piece in pieces for found in piece.fields]
    is_research = any(found.name == "research" for _, found in fields)
    leads_it = any(piece.head == "lead" and not piece.fields for piece in pieces)
    head = "researcher" if is_research else "manager" if leads_it else ""
    for piece, found in sorted(fields, key=lambda pair: -pair[1].weight):
        role = found.role_of(head) or found.role_of("")
        is_led = (piece.head == "lead" or (leads_it and found.name == "languages")) and not piece.is_topic
        if role and (found.weight >= _TOOL or is_led):
            return Finding(role, 0.5, piece)
    is_elsewhere = any(piece.is_odd or piece.is_topic for piece in pieces)
    says_more = bool(fields) or is_elsewhere
    if is_research and (is_intern or not is_elsewhere):
        return Finding("research scientist", 0.3, pieces[0])
    return Finding(OTHER, 0.4, pieces[0]) if says_more else Finding(UNKNOWN, 0.0, pieces[0])


def _second_role(found: Finding, pieces: list[Piece], lexicon: Lexicon) -> str:
    """Return the next role that the title names beside the first, "" if there is none."""
    for piece in pieces:
        for role in piece.roles or [_role_of_fields(piece.fields, _head_of(piece), _TOOL), piece.general_role]:
            if role and role != found.role and role in lexicon.families:
                return role
    return ""


def _head_of(piece: Piece) -> str:
    if piece.head and (not piece.general_role or piece.general_role == "consultant"):
        return piece.head
    if piece.general_role:
        return "manager" if piece.is_managed else "consultant" if piece.general_role == "consultant" else "engineer"
    return piece.head


def _role_of_fields(fields: list[Field], head: str, lightest: int) -> str:
    """Return the role of the heaviest field under a head: the first of the heavy ones, the last of the light ones."""
    if not fields:
        return ""
    heavy = [found for found in fields if found.weight > 1]
    light = [found for found in reversed(fields) if found.weight == 1 and lightest == 1]
    roles = (found.role_of(head) for found in (*sorted(heavy, key=lambda found: -found.weight), *light))
    return next((role for role in roles if role), "")
