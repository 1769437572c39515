"""A server as `manage.py up` starts it, readers that ask it one after the other, and wrk with many at once."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEADERS = {"Accept-Encoding": "gzip", "Host": "localhost"}
SCRIPT = """
local paths = {%s}
local number = 0
request = function()
  number = number + 1
  return wrk.format("GET", paths[(number + offset) %% #paths + 1])
end
setup = function(thread)
  count = (count or 0) + 1
  thread:set("offset", count * 7919)
end
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("FOUND %%d %%f %%f %%f %%d\\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""


@dataclass(frozen=True)
class Answer:
    """Milliseconds until the whole body was there, and of the server's processors; bytes as they came."""

    status: int
    ms: float
    cpu_ms: float
    size: int
    etag: str


@dataclass(frozen=True)
class Load:
    """What many readers at once got: `errors` are broken connections, time-outs and answers other than 2xx and 3xx."""

    requests_per_second: float
    p50: float
    p95: float
    errors: int


@dataclass(frozen=True)
class Server:
    process: subprocess.Popen[bytes]
    port: int

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page over a new connection, as whoever follows a link after a pause."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        before, began = self.cpu_ms(), time.perf_counter()
        connection.request("GET", path, headers=HEADERS | headers)
        response = connection.getresponse()
        body = response.read()
        spent = (time.perf_counter() - began) * 1e3
        etag = response.headers.get("ETag", "")
        connection.close()
        return Answer(response.status, spent, self.cpu_ms() - before, len(body), etag)

    def warm(self, paths: Sequence[str], *, times: int) -> None:
        """Ask for all of the paths by several readers at once, so that every process has seen them."""
        with ThreadPoolExecutor(8) as readers:
            list(readers.map(self.get, list(paths) * times))

    def cpu_ms(self) -> float:
        """Return the milliseconds that the server and its processes have spent on processors."""
        return sum(map(_spent_ms, (self.process.pid, *self.workers())))

    def workers(self) -> list[int]:
        pid = self.process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def memory_mb(self) -> float:
        """Return the memory that the server's processes hold for themselves, mapped files not counted."""
        held = 0
        for pid in (self.process.pid, *self.workers()):
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            held += next(int(line.split()[1]) for line in lines if line.startswith("RssAnon"))
        return held / 1024

    def load(self, paths: Sequence[str], *, readers: int, seconds: int) -> Load:
        """Let wrk ask for the paths in turn, by so many readers at once."""
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            script.write(SCRIPT % ", ".join(f'"{path}"' for path in paths))
            script.flush()
            flags = ["-t2", f"-c{readers}", f"-d{seconds}s", "--timeout=30s", f"-s{script.name}"]
            headers = [f"-H{name}: {value}" for name, value in HEADERS.items()]
            command = ["wrk", *flags, *headers, f"http://127.0.0.1:{self.port}"]
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        count, took, p50, p95, errors = re.search(r"FOUND (\S+) (\S+) (\S+) (\S+) (\S+)", said).groups()
        return Load(int(count) / float(took), float(p50), float(p95), int(errors))


def _spent_ms(pid: int) -> float:
    spent = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # a thread may end meanwhile
            spent += int(task.read_text().split()[0])
    return spent / 1e6


@contextlib.contextmanager
def serving(data_dir: Path, *, workers: int, threads: int) -> Iterator[Server]:
    """Start the web part of `manage.py up` on a free port, with dashboards that anybody may read."""
    from jobsite.management.commands.up import answers, web

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        part if part != "--threads=4" else f"--threads={threads}" for part in web("127.0.0.1", port, workers).command
    ]
    environment = os.environ | {"DATA_DIR": str(data_dir), "PUBLIC_DASHBOARDS": "1", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    try:
        while not answers("127.0.0.1", port):
            if process.poll() is not None:
                raise ChildProcessError(f"The server ended with exit status {process.returncode}.")
            time.sleep(0.1)
        yield Server(process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)
