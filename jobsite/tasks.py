"""The one task of the house itself: sweeping up work that died or was forgotten."""

from celery import shared_task

from jobsite import work


@shared_task(name="jobsite.sweep", ignore_result=True)
def sweep_task() -> dict[str, int]:
    return work.sweep_all()
