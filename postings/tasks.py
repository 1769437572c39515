"""The doors of the workers: each takes an id, calls one service, says what comes next."""

from celery import shared_task
from django.db import InterfaceError, OperationalError, transaction

from postings import selectors, services

weather = {"autoretry_for": (OperationalError, InterfaceError), "retry_backoff": True, "max_retries": 5}
"""A database that is away comes back: try again. Anything else is a defect or bad data, and is not retried."""


@shared_task(**weather)
def ingest_upload_task(pk: int) -> None:
    services.ingest_upload(pk)
    for waiting in selectors.uploads_that_can_start():
        ingest_upload_task.delay(waiting)
    read_what_is_stale()


@shared_task(**weather)
def extract_batch_task(pk: int) -> None:
    services.extract_batch(pk)
    if services.is_settled():
        read_what_is_stale()


@shared_task(**weather)
def group_copies_task(pk: int) -> None:
    if services.group_copies(pk) and services.is_settled():
        services.announce_settled()


def read_what_is_stale() -> None:
    """Send batches for postings that are stale; when there are none and nothing is running, go on to the copies."""
    batches = services.plan_extraction()
    for batch in batches:
        extract_batch_task.delay(batch)
    if not batches and services.is_settled():
        group_copies_task.delay(services.request_copy_pass())


def facts_changed() -> None:
    """After a change by hand has been saved: read what has become stale, then make new figures."""
    transaction.on_commit(read_what_is_stale)
