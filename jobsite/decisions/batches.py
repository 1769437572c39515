"""Many decisions, or a large one, made by a worker: each in a transaction of its own, with what became of it.

A decision is made once: it is stored together with the checkpoint of its batch, and its key is known ever after. So
whoever goes on after a worker that died begins where that one ended.
"""

import logging
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from jobsite.decisions.actions import enter_quietly, follow_up
from jobsite.decisions.exchange import read_file
from jobsite.decisions.refusing import RefusedError
from jobsite.decisions.storable import refuse_unstorable, storable
from jobsite.decisions.turns import wait_for_turn
from jobsite.decisions.undoing import DECISION, UNDO, take_back
from jobsite.heartbeat import kept_alive
from jobsite.log import note
from jobsite.models import BatchedDecision, Decision, DecisionBatch, EventKind, Outcome
from jobsite.work import UNFINISHED, LeaseLostError, State

logger = logging.getLogger(__name__)
MOST_TRIED = 20.0
"""Seconds that decisions are tried for: nobody else can decide meanwhile, and on SQLite nobody can write."""
_AT_ONCE = 200


class TakenAlreadyError(Exception):
    """Somebody else has confirmed or discarded the batch meanwhile."""


@dataclass(frozen=True)
class Applied:
    """What became of a file: summaries of what was done, sentences of what was refused, how many were passed over."""

    done: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    known: int = 0


def hand_in_file(text: str, *, name: str, by: User | None = None) -> DecisionBatch:
    """Store the decisions of a file for a worker to try; raise RefusedError for a file that is none."""
    entries = [_kept(entry) for entry in read_file(text)]
    return _store(entries, name=storable(name), by=by, is_file=True)


def hand_in_one(action: str, words: dict[str, Any], *, name: str, by: User | None, why: str = "") -> DecisionBatch:
    """Store a decision for a worker to make, where it would take too long while a person waits.

    Raises RefusedError for words that cannot be kept.
    """
    refuse_unstorable([words, why])
    entry = BatchedDecision(key=uuid.uuid4(), action=action, words=words, why=why.strip()[:300], summary=name[:400])
    return _store([entry], name=name, by=by, is_file=False)


def confirm(batch: DecisionBatch) -> None:
    """Have what was tried made; raise TakenAlreadyError when the batch waits for nobody any more."""
    with transaction.atomic():
        held = DecisionBatch.objects.filter(pk=batch.pk, state=State.HELD)
        now = timezone.now()
        if not held.update(
            state=State.QUEUED, is_confirmed=True, queued_at=now, attempts=0, place=0, made=0, known=0, refused=0
        ):
            raise TakenAlreadyError
        batch.entries.update(outcome=Outcome.WAITING, told="")


def discard(batch: DecisionBatch) -> None:
    """Forget a batch that waits to be confirmed; raise TakenAlreadyError when it waits no more."""
    with transaction.atomic():
        held = DecisionBatch.objects.select_for_update().filter(pk=batch.pk, state=State.HELD).first()
        if held is None:
            raise TakenAlreadyError
        held.delete()


def run_batch(pk: int, *, most_seconds: float = float("inf")) -> DecisionBatch:
    """Try a batch, or make what a person confirmed, and return it; after `most_seconds` it waits for its next turn.

    Batches are worked off in the order in which they came. One that has to wait, or that another worker holds, is
    returned as it stands.
    """
    token = _first().claim(pk)
    batch = DecisionBatch.objects.select_related("by").get(pk=pk)
    if token:
        try:
            with kept_alive(DecisionBatch, pk, token):
                (_make if batch.is_confirmed else _try)(batch, token, most_seconds)
        except LeaseLostError as lost:
            logger.warning("decisions: %s", lost)
        batch.refresh_from_db()
        counts = (batch.place, batch.total, batch.made, batch.known, batch.refused)
        logger.info("decisions: batch=%d %s place=%d of=%d made=%d known=%d refused=%d", pk, batch.state, *counts)
    return batch


def apply_decisions(text: str, *, name: str, by: User | None = None, dry_run: bool = False) -> Applied:
    """Make the decisions of a file here and now, each by the action that made it there; return what became of each.

    What is refused is told and left out; what this installation has made before, by its key, is left alone. A dry run
    reports the same, of as many as it comes to in `MOST_TRIED` seconds, and leaves nothing behind. Raises RefusedError,
    and changes nothing, for a file that is none.
    """
    batch = run_batch(hand_in_file(text, name=name, by=by).pk)
    if not dry_run:
        confirm(batch)
        batch = run_batch(batch.pk)
    entries = list(batch.entries.order_by("place"))
    done = [one.told for one in entries if one.outcome == Outcome.MADE]
    refused = [f"{one}: {one.told}" for one in entries if one.outcome == Outcome.REFUSED]
    if dry_run:
        discard(batch)
    return Applied(done, refused, batch.known)


def waiting_batches() -> list[int]:
    """Return the ids of batches that wait for nothing but a worker: at most one."""
    return list(_first().filter(state=State.QUEUED).values_list("pk", flat=True))


def _first():  # type: ignore[no-untyped-def]  # a WorkQuerySet, which django-stubs cannot name through a manager
    older = DecisionBatch.objects.filter(pk__lt=OuterRef("pk"), state__in=UNFINISHED)
    return DecisionBatch.objects.exclude(Exists(older))


def _kept(entry: BatchedDecision) -> BatchedDecision:
    """Return what can be stored of an entry; one of which something cannot be is refused later, in words."""
    try:
        refuse_unstorable([entry.action, entry.words, entry.summary, entry.by_name, entry.why])
    except RefusedError as refused:
        texts = {name: storable(getattr(entry, name)) for name in ("action", "summary", "by_name", "why")}
        return BatchedDecision(key=entry.key, at=entry.at, unstorable=str(refused)[:200], **texts)
    return entry


def _store(entries: list[BatchedDecision], *, name: str, by: User | None, is_file: bool) -> DecisionBatch:
    with transaction.atomic():
        batch = DecisionBatch.objects.create(
            name=name[:200],
            is_file=is_file,
            is_confirmed=not is_file,
            by=by,
            by_name=by.get_username() if by else "",
            total=len(entries),
        )
        for place, entry in enumerate(entries):
            entry.batch, entry.place = batch, place
        BatchedDecision.objects.bulk_create(entries, batch_size=_AT_ONCE)
    return batch


def _try(batch: DecisionBatch, token: str, most_seconds: float) -> None:
    """Make the decisions one after the other and take all of them back; keep what would become of each."""
    tried: list[BatchedDecision] = []
    until = time.monotonic() + min(MOST_TRIED, most_seconds)
    with transaction.atomic():
        wait_for_turn()
        for entry in _left(batch):
            _decide(batch, entry)
            entry.decision = None
            tried.append(entry)
            if time.monotonic() > until:
                break
        transaction.set_rollback(True)
    counts = {name: sum(one.outcome == name for one in tried) for name in ("made", "known", "refused")}
    with transaction.atomic():
        BatchedDecision.objects.bulk_update(tried, ["outcome", "told"], batch_size=_AT_ONCE)
        DecisionBatch.objects.keep(batch.pk, token, place=len(tried), state=State.HELD, **counts)


def _make(batch: DecisionBatch, token: str, most_seconds: float) -> None:
    """Make the decisions that are left, until the end of the batch or of the turn."""
    until = time.monotonic() + most_seconds
    follows = set(batch.follows)
    for entry in _left(batch):
        with transaction.atomic():
            wait_for_turn()
            follows |= {_decide(batch, entry)} - {""}
            entry.save(update_fields=["outcome", "told", "decision"])
            moved: dict[str, Any] = {"place": entry.place + 1, entry.outcome: F(entry.outcome) + 1}
            DecisionBatch.objects.keep(batch.pk, token, follows=sorted(follows), **moved)
        if time.monotonic() > until:
            DecisionBatch.objects.pause(batch.pk, token)
            return
    with transaction.atomic():
        DecisionBatch.objects.finish(batch.pk, token)
        batch.entries.update(words={})
        follow_up(follows)
        if batch.is_file:
            batch.refresh_from_db(fields=["made"])
            what = f"Decisions from “{batch.name}”"
            note(EventKind.IMPORT, what, by=batch.by, rows=batch.made, link=batch.get_absolute_url())


def _left(batch: DecisionBatch) -> Iterator[BatchedDecision]:
    """Yield what is not decided yet, a page at a time: what is decided meanwhile writes to the same tables."""
    place = batch.place
    while entries := list(batch.entries.filter(place__gte=place).order_by("place")[:_AT_ONCE]):
        yield from entries
        place = entries[-1].place + 1


def _decide(batch: DecisionBatch, entry: BatchedDecision) -> str:
    """Make one decision inside a transaction, write into the entry what became of it; return what follows."""
    if Decision.objects.filter(key=entry.key).exists():
        entry.outcome, entry.told = Outcome.KNOWN, "Known here already."
        return ""
    try:
        with transaction.atomic():
            done, follow = _enter(entry, _decision(batch, entry))
    except _NothingToTakeBackError:
        entry.outcome, entry.told = Outcome.KNOWN, "What it takes back was not decided here."
        return ""
    except RefusedError as refused:
        entry.outcome, entry.told = Outcome.REFUSED, str(refused)
        return ""
    entry.outcome, entry.told, entry.decision = Outcome.MADE, done.summary, done
    return follow


class _NothingToTakeBackError(Exception):
    """An undoing of what this installation never decided, or refused: there is nothing to do."""


def _enter(entry: BatchedDecision, decision: Decision) -> tuple[Decision, str]:
    if entry.unstorable:
        raise RefusedError(entry.unstorable)
    if entry.action != UNDO:
        return enter_quietly(entry.action, entry.words, decision)
    found = Decision.objects.filter(key__in=_keys(entry.words.get(DECISION))).first()
    if found is None:
        raise _NothingToTakeBackError
    return take_back(found, decision)


def _decision(batch: DecisionBatch, entry: BatchedDecision) -> Decision:
    """Return who decided, and why: elsewhere at that time, or here and now."""
    if not batch.is_file:
        return Decision(key=entry.key, by=batch.by, by_name=batch.by_name, why=entry.why)
    told = {"by_name": entry.by_name, "why": entry.why, "at": entry.at}
    return Decision(key=entry.key, by=batch.by, applied_from=batch.name, **told)


def _keys(stated: object) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(str(stated))]
    except ValueError:
        return []
