"""Decisions as a file: those that stand, in their order, to be made again on another installation.

What was taken back is told only where others were decided before that: they may speak of what it had made.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TextIO
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from jobsite.decisions.actions import enter_quietly, follow_up
from jobsite.decisions.refusing import RefusedError
from jobsite.decisions.turns import wait_for_turn
from jobsite.decisions.undoing import DECISION, UNDO, take_back
from jobsite.models import Decision

FORMAT = "rolescope-decisions"
VERSION = 1


@dataclass(frozen=True)
class Applied:
    """What became of a file: summaries of what was done, sentences of what was refused, how many were known already."""

    done: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    known: int = 0


def export_decisions(out: TextIO) -> int:
    """Write the decisions that stand, and what else they need, in their order, as JSON; return how many."""
    rows = [
        {
            "key": str(one.key),
            "action": one.action,
            "words": one.words,
            "summary": one.summary,
            "by": one.by_name,
            "at": one.at.isoformat(),
            "why": one.why,
        }
        for one in _to_tell()
    ]
    json.dump({"format": FORMAT, "version": VERSION, "decisions": rows}, out, ensure_ascii=False, indent=1)
    out.write("\n")
    return len(rows)


def _to_tell() -> list[Decision]:
    """Return the decisions that lead to what is decided now.

    An undoing with nothing between takes its decision out, and the undoing of that brings it back at its own place.
    """
    told: list[Decision] = []
    taken_out: dict[int, Decision] = {}  # undoing -> what it took out
    meant: dict[int, Decision] = {}  # undoing of such an undoing -> what it brought back
    for one in Decision.objects.select_related("undoes").order_by("pk"):
        target = meant.get(one.undoes.pk, one.undoes) if one.undoes else None
        if target is None:
            told.append(one)
        elif target.pk in taken_out:
            meant[one.pk] = taken_out[target.pk]
            told.append(meant[one.pk])
        elif told and told[-1] == target:
            taken_out[one.pk] = told.pop()
        else:
            one.words = {DECISION: str(target.key)}
            told.append(one)
    return told


def apply_decisions(
    text: str,
    *,
    name: str,
    by: User | None = None,
    dry_run: bool = False,
    tell: Callable[[int, int], object] = lambda done, total: None,
) -> Applied:
    """Make the decisions of a file here, each by the action that made it there; return what became of each.

    What is refused is told and left out; what this installation has made before, by its key, is left alone. A dry run
    reports the same and leaves nothing behind. Raises RefusedError, and changes nothing, for a file that is none.
    """
    entries, applied, known = _read(text), Applied(), 0
    follows: set[str] = set()
    with transaction.atomic():
        wait_for_turn()
        have = set(Decision.objects.values_list("key", flat=True))
        for place, entry in enumerate(entries, start=1):
            tell(place, len(entries))
            if entry.key in have:
                known += 1
                continue
            _apply(entry, applied, follows, name=name, by=by)
        follow_up(follows)
        transaction.set_rollback(dry_run)
    return Applied(applied.done, applied.refused, known)


@dataclass(frozen=True)
class _Entry:
    key: UUID
    action: str
    words: dict[str, Any]
    summary: str
    by: str
    at: datetime
    why: str


def _apply(entry: _Entry, applied: Applied, follows: set[str], *, name: str, by: User | None) -> None:
    decision = Decision(
        key=entry.key, by=by, by_name=entry.by[:150], at=entry.at, why=entry.why[:300], applied_from=name[:200]
    )
    try:
        with transaction.atomic():
            if entry.action == UNDO:
                done, follow = take_back(_decision_of(entry), decision)
            else:
                done, follow = enter_quietly(entry.action, entry.words, decision)
    except RefusedError as refused:
        applied.refused.append(f"{entry.summary}: {refused}")
        return
    applied.done.append(done.summary)
    follows.add(follow)


def _decision_of(entry: _Entry) -> Decision:
    """Return the decision that an undoing of the file takes back."""
    found = Decision.objects.filter(key__in=[key for key in [_key(entry.words.get(DECISION))] if key]).first()
    if found is None:
        raise RefusedError("What it takes back was not decided here.")
    return found


def _key(stated: object) -> UUID | None:
    try:
        return UUID(str(stated))
    except ValueError:
        return None


def _read(text: str) -> list[_Entry]:
    try:
        file = json.loads(text)
        if file["format"] != FORMAT or file["version"] != VERSION:
            raise RefusedError(f"This is no file of decisions of version {VERSION}.")
        return [_entry(row) for row in file["decisions"]]
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        if isinstance(wrong, RefusedError):
            raise
        raise RefusedError("This is no file of decisions, or not the whole of one: export it again.") from wrong


def _entry(row: dict[str, Any]) -> _Entry:
    at = datetime.fromisoformat(row["at"])
    words = row["words"]
    if not isinstance(words, dict):
        raise RefusedError("This is no file of decisions: its words are not named.")
    aware = at if timezone.is_aware(at) else timezone.make_aware(at)
    return _Entry(
        UUID(row["key"]), str(row["action"]), words, str(row["summary"]), str(row["by"]), aware, str(row["why"])
    )
