"""The tasks of the house itself: sweeping up work that died or was forgotten, and the chores of the apps."""

from celery import shared_task
from django.utils import timezone

from jobsite import chores, work


@shared_task(name="jobsite.sweep", ignore_result=True)
def sweep_task() -> dict[str, int]:
    return work.sweep_all()


@shared_task(name="jobsite.chores", ignore_result=True)
def chores_task() -> dict[str, int]:
    return chores.do_chores(timezone.localdate())
