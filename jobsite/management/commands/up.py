"""Run the whole of Rolescope as one process tree: web, worker and beat."""

import http.client
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jobsite.management.commands.worker import CONCURRENCY
from jobsite.supervisor import (
    AlreadyRunningError,
    Greeting,
    PortTakenError,
    Service,
    Supervisor,
    only_one,
    refuse_taken_port,
)

THREADS = 4
"""Of each web process: while one counts, the others send what is ready and read what comes in."""


class Command(BaseCommand):
    help = "Run web, worker and beat together until Ctrl-C or TERM; restart what dies, leave nothing behind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="default: %(default)s")
        parser.add_argument("--bind", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--workers", type=int, default=2, help="web processes (default: %(default)s)")
        parser.add_argument(
            "--concurrency", type=int, default=CONCURRENCY, help="worker processes (default: %(default)s)"
        )

    def handle(self, *, bind: str, port: int, workers: int, concurrency: int, **_: object) -> None:
        services = (web(bind, port, workers), worker(concurrency), beat())
        greeting = Greeting(
            f"Rolescope answers at http://{address_to_open(bind)}:{port}/ (Ctrl-C ends it).",
            is_due=lambda: answers(bind, port),
        )
        try:
            with only_one(Path(settings.DATA_DIR) / "up.lock"):
                refuse_taken_port(bind, port)
                status = Supervisor(services, say=self.say, greeting=greeting).run()
        except (AlreadyRunningError, PortTakenError) as error:
            raise CommandError(str(error)) from error
        if status:
            sys.exit(status)

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def web(bind: str, port: int, workers: int, threads: int = THREADS) -> Service:
    host = f"[{bind}]" if ":" in bind else bind
    flags = f"--bind={host}:{port} --workers={workers} --worker-class=gthread --threads={threads}"
    # A control socket would be one in the home folder, shared by every gunicorn of this user.
    quiet = "--no-control-socket --log-level=warning --graceful-timeout=10"
    command = (sys.executable, "-m", "gunicorn", *flags.split(), *quiet.split())
    return Service("web", (*command, f"--chdir={settings.BASE_DIR}", "jobsite.wsgi:application"))


def worker(concurrency: int) -> Service:
    manage = str(Path(settings.BASE_DIR) / "manage.py")
    # This command has run the checks; their warnings need not be read twice.
    return Service("worker", (sys.executable, manage, "worker", f"--concurrency={concurrency}", "--skip-checks"))


def beat() -> Service:
    workdir = f"--workdir={settings.BASE_DIR}"
    return Service("beat", (sys.executable, "-m", "celery", "--quiet", "--app=jobsite", workdir, "beat"))


def address_to_open(bind: str) -> str:
    """Return what to type into a browser on this machine for an address to listen on."""
    if bind in {"0.0.0.0", "::", ""}:  # noqa: S104 (a comparison, not a bind)
        return "localhost"
    return f"[{bind}]" if ":" in bind else bind


def answers(bind: str, port: int) -> bool:
    """Say whether the site answers a request there, be it with an error."""
    host = address_to_open(bind).strip("[]")
    known_name = next((name for name in settings.ALLOWED_HOSTS if "*" not in name), "localhost").lstrip(".")
    connection = http.client.HTTPConnection(host, port, timeout=0.5)
    try:
        connection.request("GET", "/health/", headers={"Host": known_name})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
