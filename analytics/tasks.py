"""The doors of the workers to analytics."""

from datetime import date

from celery import shared_task
from django.db import InterfaceError, OperationalError, transaction

from analytics import services


@shared_task(autoretry_for=(OperationalError, InterfaceError), retry_backoff=True, max_retries=5)
def refresh_run_task(pk: int) -> None:
    services.refresh_run(pk)


def freeze_missing_figures(today: date) -> int:
    return services.freeze_missing_figures(today)


def ask_for_run() -> None:
    """Make new figures with what is being saved: the run is asked for with it or not at all."""
    pk = services.request_run()
    transaction.on_commit(lambda: refresh_run_task.delay(pk))
