"""The whole of Rolescope with the synthetic sample, served by `manage.py up` on a port of its own."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 900
"""Seconds for a command, and for the first answer: the machine may be busy with other things."""


@dataclass(frozen=True)
class House:
    """A running installation. `password` is the one that `manage.py demo` printed for admin."""

    url: str
    password: str
    log: Path
    data: Path


@contextlib.contextmanager
def open_house(folder: Path, *more: tuple[str, ...]) -> Iterator[House]:
    """Yield a house that serves the sample; end it with TERM, as a person or a service manager would.

    `more` are commands of manage.py that follow `demo`, before anything is served.
    """
    environment = environment_of(folder / "data")
    said = _manage(environment, "demo")
    for command in more:
        _manage(environment, *command)
    password = re.search(r"with the password (\S+)", said)
    assert password, f"`manage.py demo` printed no password:\n{said}"
    port = _free_port()
    house = House(f"http://127.0.0.1:{port}", password[1], folder / "up.log", folder / "data")
    with house.log.open("w") as log:
        up = subprocess.Popen(
            [sys.executable, "manage.py", "up", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        _wait_for_an_answer(up, port, house)
        yield house
    finally:
        status = _end(up)
    assert status == 0, f"`manage.py up` ended with {status}:\n{house.log.read_text()[-3000:]}"


def environment_of(data: Path) -> dict[str, str]:
    """Return the environment of a house that keeps its data there."""
    outside = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BROKER_URL")}
    own = {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "jobsite.settings", "PUBLIC_DASHBOARDS": "1"}
    return outside | own


def _manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for_an_answer(up: subprocess.Popen, port: int, house: House) -> None:
    end = time.monotonic() + PATIENCE
    while not _answers(port):
        assert time.monotonic() < end, f"no answer from {house.url}:\n{house.log.read_text()[-3000:]}"
        with contextlib.suppress(subprocess.TimeoutExpired):
            up.wait(0.2)
            raise AssertionError(f"`manage.py up` ended at once:\n{house.log.read_text()[-3000:]}")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _end(up: subprocess.Popen) -> int:
    """Return how `up` ended after TERM; what does not end within a minute is killed, and counts as a failure."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(up.pid, signal.SIGTERM)
    try:
        return up.wait(60)
    except subprocess.TimeoutExpired:
        os.killpg(up.pid, signal.SIGKILL)
        return up.wait()
