"""Decisions about copies: kept for ever, obeyed by every later grouping, and taken back only by people.

Postings are named as `postings.copies.posting_name` names them. They need not be here: a decision waits for them.
"""

from collections.abc import Sequence

from django.db.models import Q

from jobsite.decisions import Changes, RefusedError, action
from postings.copies import is_posting_name, posting_name, readable_name, renamed
from postings.ingest.contacts import mask_contacts
from postings.models import CopyDecision, CopyVerdict, Source, WrongMention
from postings.selectors import postings_named


@action("copies.decide", "Decide on copies", follow="copies")
def decide_copies(changes: Changes, *, one: str, other: str, verdict: str) -> str:
    """Say whether two postings are the same ad; on a pair that was decided before, the last word counts."""
    first, second = _in_order(one, other)
    if verdict not in CopyVerdict.values:
        raise RefusedError(f"“{verdict}” is no verdict on copies: say “copy” or “not”.")
    decided = CopyDecision.objects.filter(one=first, other=second).first()
    if decided:
        changes.update(decided, verdict=verdict)
    else:
        changes.create(CopyDecision, one=first, other=second, verdict=verdict)
    return f"{_named(first, second)}: {CopyVerdict(verdict).label}."


@action("copies.forget", "Let the texts decide on copies", follow="copies")
def forget_copies(changes: Changes, *, pairs: Sequence[Sequence[str]]) -> str:
    """Take the decisions on these pairs away, so that the texts decide again."""
    for pair in pairs:
        if len(pair) != 2:
            raise RefusedError("A pair is two postings.")
        first, second = _in_order(*pair)
        decided = CopyDecision.objects.filter(one=first, other=second).first()
        if decided is None:
            raise RefusedError(f"Nobody has decided on {_named(first, second)}.")
        changes.delete(decided)
    return f"{'; '.join(_named(*pair) for pair in pairs)}: the texts decide again."


@action("source.follow", "Let decisions follow a source to its new name")
def follow_source(changes: Changes, *, old: str, new: str) -> str:
    """Write the new name of a source into the decisions that name its postings."""
    if Source.objects.filter(name=old).exists():
        raise RefusedError(f"There is a source “{old}” here: decisions on its postings stay with it.")
    named = posting_name(old, "")
    for decision in CopyDecision.objects.filter(Q(one__startswith=named) | Q(other__startswith=named)).order_by("pk"):
        one, other = sorted(renamed(name, old, new) for name in (decision.one, decision.other))
        changes.update(decision, one=one, other=other)
    for mark in WrongMention.objects.filter(posting__startswith=named).order_by("pk"):
        changes.update(mark, posting=renamed(mark.posting, old, new))
    return f"Decisions on postings of “{old}” name them by “{new}”."


def _in_order(one: str, other: str) -> tuple[str, str]:
    for name in (one, other):
        if not is_posting_name(name):
            raise RefusedError(f"“{name}” names no posting: the source and the key are wanted, with U+001F between.")
    if one == other:
        raise RefusedError("A posting is no copy of itself. Choose two postings.")
    first, second = sorted((one, other))
    return first, second


def _named(one: str, other: str) -> str:
    """Return the two for a sentence, by title and source where they are here."""
    here = postings_named((one, other))
    titles = {name: f"{mask_contacts(posting.title.text)}, {posting.source.name}" for name, posting in here.items()}
    return " and ".join(f"“{titles.get(name) or readable_name(name)}”" for name in (one, other))
