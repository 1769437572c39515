"""The doors of the workers: each takes an id, calls one service, says what comes next."""

from datetime import date

from celery import shared_task
from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, transaction

from postings import selectors, services
from postings.models import Source

weather = {"autoretry_for": (OperationalError, InterfaceError), "retry_backoff": True, "max_retries": 5}
"""A database that is away comes back: try again. Anything else is a defect or bad data, and is not retried."""


TURN = 10 * 60
"""Seconds of an ingest before it lets others have a turn: well below the soft limit of 25 minutes for a task."""


@shared_task(**weather)
def ingest_upload_task(pk: int) -> None:
    services.ingest_upload(pk, most_seconds=TURN)
    # One that was too long for its turn is among those that wait.
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
    services.group_copies(pk, announce=True)


@shared_task(**weather)
def measure_quality_task() -> None:
    services.measure_quality()
    services.check_wrong_mentions()


@shared_task(**weather)
def remove_source_task(pk: int, reason: str, by: int | None) -> None:
    """Remove a source that is still there; a message that comes twice finds nothing more to do."""
    if source := Source.objects.filter(pk=pk).first():
        services.remove_source(source, reason=reason, by=User.objects.filter(pk=by or 0).first())
        postings_changed()


def remove_expired(today: date) -> int:
    removed = services.remove_expired(today)
    if removed:
        postings_changed()
    return len(removed)


def remove_orphan_files(today: date) -> int:
    """A chore is told the day, whether it needs it or not."""
    return services.remove_orphan_files()


def forget_lexicons(today: date) -> int:
    return services.forget_lexicons()


def go_on(today: date) -> int:
    """Take the next step where a killed worker left none to take it; return 1 if there was need."""
    if not services.is_left_behind():
        return 0
    read_what_is_stale()
    return 1


@shared_task(**weather)
def read_what_is_stale_task() -> None:
    read_what_is_stale()


@shared_task(**weather)
def count_candidates_task() -> None:
    services.count_candidates()


def read_what_is_stale() -> None:
    """Send batches for postings that are stale; when there are none and nothing is running, go on to the copies, unless
    nothing changed them, and measure a lexicon that has not been measured yet."""
    batches = services.plan_extraction()
    for batch in batches:
        extract_batch_task.delay(batch)
    if batches or not services.is_settled():
        return
    if services.pass_over_copies():
        count_candidates_task.delay()  # as a grouping would have done
    else:
        group_copies_task.delay(services.request_copy_pass())
    measure_quality_task.delay()


def facts_changed() -> None:
    """After a change by hand has been saved: read what has become stale, then make new figures."""
    transaction.on_commit(read_what_is_stale_task.delay)


def postings_changed() -> None:
    """After postings went by hand, or what they are told apart by changed: group anew as well, then new figures."""
    services.request_copy_pass()
    facts_changed()


def copies_decided() -> None:
    """After a decision on copies has been saved: group anew; figures follow once nothing is being read."""
    transaction.on_commit(lambda: group_copies_task.delay(services.request_copy_pass()))
