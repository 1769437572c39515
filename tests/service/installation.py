"""A whole installation in processes of its own, on the embedded default or on real servers."""

import json
import os
import select
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from kombu import Connection

from tests.service.gate import Gate

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = "postgres://postgres@127.0.0.1:5432"
ADMIN = POSTGRES.replace("postgres://", "postgresql://")
BROKERS = {"rabbitmq": "amqp://guest:guest@127.0.0.1:5672//", "redis": "redis://127.0.0.1:6379/9"}
QUEUES = "ingest,extract,analyse"
HAND_IN = """
import django; django.setup()
from datetime import date
from functools import partial
from pathlib import Path
from postings import services, tasks
for path in PATHS:
    with Path(path).open("rb") as file:
        blocks = iter(partial(file.read, 1 << 20), b"")
        source = services.source_named(SOURCE)
        upload = services.accept_upload(
            blocks, name=Path(path).name, source=source, seen_on=date(2026, 8, 1)
        ).upload
    tasks.ingest_upload_task.delay(upload.pk)
"""


@dataclass
class Installation:
    """Commands run to their end with `manage`; workers are started with `start_worker` and may be killed."""

    folder: Path
    environment: dict[str, str]
    database: str = ""  # of PostgreSQL; "" stands for SQLite
    workers: list[subprocess.Popen] = field(default_factory=list)

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def run_python(self, code: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=600, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def hand_in(self, *paths: Path, source: str = "a board") -> None:
        """Hand files in as the upload page does: accepted, and the ids sent to the workers."""
        values = f"PATHS = {[str(path) for path in paths]!r}\nSOURCE = {source!r}\n"
        self.run_python(values + HAND_IN)

    def ask(self, expression: str) -> object:
        """Evaluate an expression over the models and return it, by JSON."""
        code = "import django, json; django.setup()\nfrom postings.models import *\nfrom analytics.models import *\n"
        return json.loads(self.run_python(f"{code}print(json.dumps({expression}))"))

    def contents(self) -> dict[str, list]:
        """Number and hash of the rows of each kind: equal for two installations that hold the same."""
        code = "import django, json; django.setup()\nfrom tests.service.contents import contents\n"
        return json.loads(self.run_python(f"{code}print(json.dumps(contents()))"))

    def rows_stored(self) -> int:
        """How many rows of files are stored and committed; asked directly, for it takes a millisecond only."""
        return int(self.value("SELECT COALESCE(SUM(rows), 0) FROM postings_upload"))

    def value(self, query: str) -> object:
        """The one value that a query of ours finds, past Django."""
        if self.database:
            with psycopg.connect(f"{ADMIN}/{self.database}", autocommit=True) as connection:
                return connection.execute(query).fetchone()[0]
        with closing(sqlite3.connect(self.folder / "data" / "rolescope.sqlite3", timeout=60)) as connection:
            return connection.execute(query).fetchone()[0]

    def start(self, *arguments: str, gate: socket.socket | None = None) -> subprocess.Popen:
        """Start a command that may be killed with all its processes; what it says goes to worker.log."""
        program = ["-m", "tests.service.gate", str(gate.fileno())] if gate else ["manage.py"]
        with (self.folder / "worker.log").open("a") as log:
            process = subprocess.Popen(
                [sys.executable, *program, *arguments], pass_fds=[gate.fileno()] if gate else (),
                cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.workers.append(process)
        return process

    def start_worker(self, *, concurrency: int = 1, queues: str = QUEUES) -> subprocess.Popen:
        return self.start("worker", "--concurrency", str(concurrency), "--queues", queues)

    def start_gated_worker(self, *, queues: str = QUEUES) -> tuple[subprocess.Popen, Gate]:
        """Start a worker of one process that goes only as far as the gate lets it."""
        ours, theirs = socket.socketpair()
        with theirs:
            return self.start("worker", "--concurrency", "1", "--queues", queues, gate=theirs), Gate(ours)

    def kill_worker(self, worker: subprocess.Popen) -> None:
        """SIGKILL the worker with all its processes: no time to say goodbye."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self.workers.remove(worker)

    def stop_workers(self) -> None:
        for worker in list(self.workers):
            self.kill_worker(worker)

    def wait_for(self, expression: str, *, seconds: float = 120, sweep: bool = False) -> None:
        """Wait until an expression over the models is true; `sweep` does beat's work meanwhile."""
        end = time.monotonic() + seconds
        while not self.ask(expression):
            assert time.monotonic() < end, f"{expression} did not come true\n{self.log()}"
            if sweep:
                self.manage("sweep")
            select.select([], [], [], 0.1)

    def log(self) -> str:
        """The end of what the workers said."""
        return self._said()[-6000:]

    def has_said(self, words: str) -> bool:
        return words in self._said()

    def _said(self) -> str:
        path = self.folder / "worker.log"
        return path.read_text() if path.exists() else ""


@contextmanager
def installation(
    folder: Path, *, broker: str = "embedded", like: Installation | None = None, **settings: str
) -> Iterator[Installation]:
    """Yield a prepared installation; `broker` names a server of BROKERS (then with PostgreSQL) or the embedded one.

    `like` is one on the same servers, with nothing running: its files and tables are copied, which is quicker.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # A path of Python's own packages and nothing of this test's settings.
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BROKER_URL")}
    environment |= {"DATA_DIR": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "jobsite.settings"}
    environment |= {"LEASE_SECONDS": "3"}
    database = "" if broker == "embedded" else f"rolescope_test_{uuid.uuid4().hex[:12]}"
    if database:
        admin_sql(f"CREATE DATABASE {database}" + (f" TEMPLATE {like.database}" if like else ""))
        empty_queues(BROKERS[broker])
        environment |= {"DATABASE_URL": f"{POSTGRES}/{database}", "BROKER_URL": BROKERS[broker]}
    made = Installation(folder, environment | settings, database)
    try:
        if like:
            shutil.copytree(like.folder / "data", folder / "data")
        else:
            _prepare(made)
        yield made
    finally:
        made.stop_workers()
        if database:
            admin_sql(f"DROP DATABASE {database} WITH (FORCE)")


def _prepare(made: Installation) -> None:
    made.manage("migrate", "--verbosity", "0")
    made.manage("load_taxonomy")
    made.manage("load_roles")


def admin_sql(statement: str) -> None:
    with psycopg.connect(f"{ADMIN}/postgres", autocommit=True) as connection:
        connection.execute(statement)


def empty_queues(url: str) -> None:
    """Leave nothing of an earlier run in the queues."""
    with Connection(url) as connection:
        for name in ("ingest", "extract", "analyse"):
            queue = connection.SimpleQueue(name) if url.startswith("redis") else None
            if queue is not None:
                queue.clear()
                queue.close()
            else:
                _delete_queue(connection, name)


def _delete_queue(connection: Connection, name: str) -> None:
    connection.channel().queue_delete(name)
