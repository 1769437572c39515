"""The Celery app. Tasks live in the tasks.py of each app; how Celery runs is in celery_settings.py."""

import os

from celery import Celery
from celery.signals import setup_logging, worker_ready

from jobsite import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobsite.settings")
broker.register()

app = Celery("rolescope")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_djangos_logging(**_: object) -> None:
    """Leave logging as settings.LOGGING says: Celery sets up its own unless somebody receives this signal."""


@worker_ready.connect
def sweep_at_start(**_: object) -> None:
    """Look for work that died with an earlier worker now, not at beat's next turn; and for what fell due meanwhile."""
    app.send_task("jobsite.sweep", queue="ingest")
    app.send_task("jobsite.chores", queue="ingest")
