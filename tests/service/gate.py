"""A worker that stops at checkpoints until the test lets it go on: what happens in between is certain, however busy
the machine is.

It stops before it claims an upload or a batch of texts, and after each checkpoint of an ingest: in no transaction, and
with a heart that goes on beating. The test's end is `Gate`; the worker's is this file as a program, which is manage.py
otherwise: `python -m tests.service.gate SOCKET COMMAND ...` with the number of an inherited socket.
"""

import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress

PATIENCE = 600
"""Seconds for whatever is waited for: the machine may be busy with other things."""


class Gate:
    """The test's end of the line. The worker is on its way to its next stop, or waits there."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._line.settimeout(PATIENCE)

    def hold_when(self, is_so: Callable[[], object]) -> float:
        """Let the worker go from stop to stop until it is so, and leave it standing; return the last step's seconds."""
        self._wait_for_it()
        step = 0.1  # unless there was one
        while not is_so():
            began = time.monotonic()
            self.let_one_step()
            self._wait_for_it()
            step = time.monotonic() - began
        return step

    def let_one_step(self) -> None:
        self._line.sendall(b".")

    def leave_open(self) -> None:
        """Let the worker go, and never stop it again."""
        self._line.close()

    def _wait_for_it(self) -> None:
        assert self._line.recv(1), "the worker ended before its next stop"


def main(number: str, *arguments: str) -> None:
    import django
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobsite.settings")
    django.setup()
    _stop_at_checkpoints(socket.socket(fileno=int(number)))
    execute_from_command_line(["manage.py", *arguments])


def _stop_at_checkpoints(line: socket.socket) -> None:
    from postings import services

    ingest_upload, extract_batch = services.ingest_upload, services.extract_batch

    def stop(*_: object) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # nobody is at the gate any more
            line.sendall(b".")
            line.recv(1)

    def ingest_in_steps(pk: int, **how: object) -> object:
        stop()
        return ingest_upload(pk, progress=stop, **how)

    def extract_in_steps(pk: int) -> int:
        stop()
        return extract_batch(pk)

    services.ingest_upload, services.extract_batch = ingest_in_steps, extract_in_steps


if __name__ == "__main__":
    main(*sys.argv[1:])
