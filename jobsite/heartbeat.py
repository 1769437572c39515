"""Keeping the lease of long work that has no checkpoints."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from jobsite.work import State, Work

logger = logging.getLogger(__name__)
BEATS_PER_LEASE = 4


@contextmanager
def kept_alive(model: type[Work], pk: int, token: str) -> Iterator[None]:
    """Renew the lease of a claimed row from a thread of its own while the block computes.

    It stops by itself when somebody else has taken the row over; the block learns that at its next checkpoint. A
    worker that hangs is ended by Celery's time limit, and its heart with it.
    """
    done = Event()
    wait = settings.LEASE_SECONDS / BEATS_PER_LEASE
    heart = Thread(target=_beat, args=(model, pk, token, lambda: done.wait(wait)), daemon=True)
    heart.start()
    try:
        yield
    finally:
        done.set()
        heart.join()


def _beat(model: type[Work], pk: int, token: str, is_over: Callable[[], bool]) -> None:
    try:
        while not is_over() and renew(model, pk, token):
            pass
    finally:
        connection.close()  # a thread has a connection of its own, which nobody else would close


def renew(model: type[Work], pk: int, token: str) -> bool:
    """Move the end of the lease, if it is still ours; a sign of life is no progress, so attempts stay counted."""
    until = timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
    try:
        row = model._default_manager.filter(pk=pk, state=State.RUNNING, token=token)
        return bool(row.update(lease_until=until))
    except (OperationalError, InterfaceError) as weather:
        logger.warning("heartbeat: %s %d missed a beat: %s", model.__name__, pk, weather)
        return True  # the next beat may get through before the lease runs out
