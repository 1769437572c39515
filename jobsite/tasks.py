"""The tasks of the house itself: sweeping up work that died or was forgotten, and the chores of the apps."""

from celery import shared_task
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from jobsite import chores, decisions, work

TURN = 10 * 60
"""Seconds that a batch of decisions is worked on before it lets others have a turn."""


@shared_task(name="jobsite.sweep", ignore_result=True)
def sweep_task() -> dict[str, int]:
    return work.sweep_all()


@shared_task(name="jobsite.chores", ignore_result=True)
def chores_task() -> dict[str, int]:
    return chores.do_chores(timezone.localdate())


@shared_task(autoretry_for=(OperationalError, InterfaceError), retry_backoff=True, max_retries=5)
def decide_batch_task(pk: int) -> None:
    decisions.run_batch(pk, most_seconds=TURN)
    # One that was too long for its turn is among those that wait.
    for waiting in decisions.waiting_batches():
        decide_batch_task.delay(waiting)
