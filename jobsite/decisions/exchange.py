"""Decisions as a file: those that stand, in their order, to be made again on another installation.

What was taken back is told only where others were decided before that: they may speak of what it had made. That it was
taken back is always told: whoever has the decision by now, from an earlier file or because it came from there, takes it
back as well; whoever has not passes over it.
"""

import json
from datetime import datetime
from typing import Any, TextIO
from uuid import UUID

from django.utils import timezone

from jobsite.decisions.refusing import RefusedError
from jobsite.decisions.undoing import DECISION
from jobsite.models import BatchedDecision, Decision

FORMAT = "rolescope-decisions"
VERSION = 1


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

    An undoing with nothing between takes its decision out, and the undoing of that brings it back at its own place;
    both are told for those who know of what they took or brought back.
    """
    told: list[tuple[int, Decision]] = []
    beside: list[tuple[int, Decision]] = []
    taken_out: dict[int, Decision] = {}  # undoing -> what it took out
    meant: dict[int, Decision] = {}  # undoing of such an undoing -> what it brought back
    for one in Decision.objects.select_related("undoes").order_by("pk"):
        target = meant.get(one.undoes.pk, one.undoes) if one.undoes else None
        if target is None:
            told.append((one.pk, one))
        elif target.pk in taken_out:
            meant[one.pk] = taken_out[target.pk]
            told.append((one.pk, meant[one.pk]))
            beside.append((one.pk, one))
        elif told and told[-1][1] == target:
            taken_out[one.pk] = told.pop()[1]
            beside.append((one.pk, one))
        else:
            one.words = {DECISION: str(target.key)}
            told.append((one.pk, one))
    return [one for _, one in sorted([*told, *beside], key=lambda placed: placed[0])]


def read_file(text: str) -> list[BatchedDecision]:
    """Return the decisions of a file, not stored yet; raise RefusedError for a file that is none."""
    try:
        file = json.loads(text)
        if file["format"] != FORMAT or file["version"] != VERSION:
            raise RefusedError(f"This is no file of decisions of version {VERSION}.")
        return [_entry(row) for row in file["decisions"]]
    except (ValueError, KeyError, TypeError, AttributeError) as wrong:
        if isinstance(wrong, RefusedError):
            raise
        raise RefusedError("This is no file of decisions, or not the whole of one: export it again.") from wrong


def _entry(row: dict[str, Any]) -> BatchedDecision:
    at = datetime.fromisoformat(row["at"])
    words = row["words"]
    if not isinstance(words, dict):
        raise RefusedError("This is no file of decisions: its words are not named.")
    return BatchedDecision(
        key=UUID(row["key"]),
        action=str(row["action"])[:40],
        words=words,
        summary=str(row["summary"])[:400],
        by_name=str(row["by"])[:150],
        at=at if timezone.is_aware(at) else timezone.make_aware(at),
        why=str(row["why"])[:300],
    )
