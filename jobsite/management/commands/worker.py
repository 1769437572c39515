"""Run a Celery worker in the foreground: what `make worker` and `manage.py up` start."""

import os
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from jobsite.celery import app
from jobsite.celery_settings import QUEUES

# Each process holds its own lexicon and texts; on a larger machine say how many it should be.
CONCURRENCY = min(4, os.cpu_count() or 1)


class Command(BaseCommand):
    help = "Run a Celery worker in the foreground until Ctrl-C or TERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=CONCURRENCY, help="processes (default: %(default)s)")
        parser.add_argument("--queues", default=",".join(QUEUES), help="which queues to read (default: %(default)s)")

    def handle(self, *, concurrency: int, queues: str, **_: object) -> None:
        app.worker_main(
            [
                "--quiet",
                "worker",
                "--pool=prefork",
                f"--concurrency={concurrency}",
                f"--queues={queues}",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
            ]
        )
