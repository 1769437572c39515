"""Work that survives: a row holds the state of a job, a message only its id.

A row is claimed by one conditional UPDATE, carries a lease that its worker renews with every checkpoint, and is swept
back into the queue when the lease runs out. Whoever lost the lease can no longer write a checkpoint, so nothing is
done twice.
"""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 5
FORGOTTEN_AFTER = timedelta(seconds=30)
"""A queued row that nobody claimed for this long has lost its message."""


class LeaseLostError(Exception):
    """Another worker has taken the row over; whoever catches this stops quietly."""


Sender = Callable[[int], object]
_senders: dict[type["Work"], Sender] = {}


def register_sender(model: type["Work"], send: Sender) -> None:
    """Say how a row of `model` is sent to the workers; apps do this once, when they are ready."""
    _senders[model] = send


def sweep_all() -> dict[str, int]:
    """Sweep every kind of work and send what has to run again; return how many rows of each."""
    counts = {}
    for model, send in _senders.items():
        ids = model.objects.sweep()
        for pk in ids:
            send(pk)
        if ids:
            counts[model.__name__] = len(ids)
    return counts


class State(models.TextChoices):
    HELD = "held", "waits for a decision"
    QUEUED = "queued", "waiting"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"


UNFINISHED = (State.QUEUED, State.RUNNING)


class WorkQuerySet(models.QuerySet):
    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def claim(self, pk: int, *, now: datetime | None = None) -> str:
        """Take the row if it waits or its lease ran out; return the lease's token, or "" if somebody else has it."""
        now = now or timezone.now()
        token = uuid.uuid4().hex
        free = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=now)
        taken = self.filter(free, pk=pk).update(
            state=State.RUNNING,
            token=token,
            attempts=F("attempts") + 1,
            lease_until=now + timedelta(seconds=settings.LEASE_SECONDS),
            started_at=now,
            error="",
        )
        return token if taken else ""

    def keep(self, pk: int, token: str, **values: object) -> None:
        """Renew the lease and store `values` of progress, if the lease is still ours; else raise LeaseLostError."""
        until = timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
        # Progress starts the count of attempts anew: only dying again and again at one spot is hopeless.
        kept = self.filter(pk=pk, state=State.RUNNING, token=token).update(lease_until=until, attempts=1, **values)
        if not kept:
            raise LeaseLostError(f"{self.model.__name__} {pk} was taken over")

    def pause(self, pk: int, token: str) -> None:
        """Put the row back into the queue, for another turn from its checkpoint; raise LeaseLostError if not ours."""
        paused = self.filter(pk=pk, state=State.RUNNING, token=token).update(
            state=State.QUEUED, lease_until=None, attempts=0, queued_at=timezone.now()
        )
        if not paused:
            raise LeaseLostError(f"{self.model.__name__} {pk} was taken over")

    def finish(self, pk: int, token: str, *, error: str = "", **values: object) -> None:
        """End the work, as failed when there is an `error` to read; raise LeaseLostError if it is no longer ours."""
        ended = self.filter(pk=pk, state=State.RUNNING, token=token).update(
            state=State.FAILED if error else State.DONE,
            error=error,
            lease_until=None,
            finished_at=timezone.now(),
            **values,
        )
        if not ended:
            raise LeaseLostError(f"{self.model.__name__} {pk} was taken over")

    def sweep(self, *, now: datetime | None = None) -> list[int]:
        """Put back what died or was forgotten; give up on what died too often. Return the ids to send again."""
        now = now or timezone.now()
        died = self.filter(state=State.RUNNING, lease_until__lt=now)
        given_up = died.filter(attempts__gte=MAX_ATTEMPTS).update(
            state=State.FAILED,
            error=f"The worker died {MAX_ATTEMPTS} times in the middle of this. See its log for the cause.",
            finished_at=now,
        )
        if given_up:
            logger.error("%s: gave up on %d rows", self.model.__name__, given_up)
        died.update(state=State.QUEUED, queued_at=now - FORGOTTEN_AFTER)
        forgotten = self.filter(state=State.QUEUED, queued_at__lte=now - FORGOTTEN_AFTER)
        ids = list(forgotten.order_by("pk").values_list("pk", flat=True))
        self.filter(pk__in=ids).update(queued_at=now)
        return ids


class Work(models.Model):
    """What every row that stands for a job carries."""

    state = models.CharField(max_length=8, choices=State, default=State.QUEUED, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    token = models.CharField(max_length=32, blank=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    error = models.TextField(blank=True, editable=False)
    queued_at = models.DateTimeField(default=timezone.now, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def seconds(self) -> float | None:
        """Seconds from the last claim to the end, or None while it lasts."""
        if self.started_at is None or self.finished_at is None:
            return None
        return (self.finished_at - self.started_at).total_seconds()
