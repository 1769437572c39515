"""What analytics does when the facts announce something."""

from analytics import tasks
from postings.signals import postings_settled


def connect() -> None:
    postings_settled.connect(ask_for_a_run, dispatch_uid="analytics.ask_for_a_run")


def ask_for_a_run(**_: object) -> None:
    tasks.ask_for_run()
