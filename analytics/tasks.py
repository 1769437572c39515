"""The doors of the workers to analytics."""

from datetime import date

from celery import shared_task
from django.db import InterfaceError, OperationalError, transaction

from analytics import services
from analytics.models import Run


@shared_task(autoretry_for=(OperationalError, InterfaceError), retry_backoff=True, max_retries=5)
def refresh_run_task(pk: int) -> None:
    if run := services.refresh_run(pk):
        finish_off_task.delay(run.pk)


@shared_task(autoretry_for=(OperationalError, InterfaceError), retry_backoff=True, max_retries=5)
def finish_off_task(pk: int) -> None:
    services.finish_off(pk)


@shared_task(autoretry_for=(OperationalError, InterfaceError), retry_backoff=True, max_retries=5)
def verify_run_task(pk: int) -> None:
    services.verify(pk)


def ask_for_verification(run: Run) -> None:
    """Have a run computed again by a worker; raises NotVerifiable."""
    pk = services.request_verification(run)
    transaction.on_commit(lambda: verify_run_task.delay(pk))


def remove_old_arrays(today: date) -> int:
    """A chore is told the day, whether it needs it or not."""
    return services.remove_old_arrays()


def mend_published() -> None:
    """Make the published figures again when they cannot be read, unless somebody is at it."""
    with transaction.atomic():
        pk = services.request_mending()
        if pk is not None:
            transaction.on_commit(lambda: refresh_run_task.delay(pk))


def finish_off_published(today: date) -> int:
    return services.finish_off_published(today)


def ask_for_run(*, refit: bool = False) -> None:
    """Make new figures with what is being saved: the run is asked for with it or not at all."""
    pk = services.request_run(refit=refit)
    transaction.on_commit(lambda: refresh_run_task.delay(pk))
