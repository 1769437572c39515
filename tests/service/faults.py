"""Things that go wrong in the middle of an ingest, each done to a whole installation in processes of its own."""

import os
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.make_postings import write_postings
from tests.service.gate import PATIENCE, Gate
from tests.service.installation import BROKERS, ROOT, Installation, empty_queues

CHUNK = 50
SETTINGS = {"UPLOAD_CHUNK_ROWS": str(CHUNK)}
ROWS = 1500
UNFINISHED = "SELECT COUNT(*) FROM postings_upload WHERE state IN ('queued', 'running')"


@dataclass(frozen=True)
class Moment:
    """When to strike: at the checkpoint with which `share` of the rows are stored, or `lag` (0 to 1) of a chunk's time
    after it."""

    share: float
    lag: float = 0.0


def make_files(folder: Path, *, rows: int = ROWS) -> list[Path]:
    """Two files: half of what the second one holds stands in the first one too, partly changed."""
    first, second = folder / "first.csv", folder / "second.csv"
    write_postings(first, rows=rows, seed=1)
    write_postings(second, rows=rows + rows // 4, seed=1)
    return [first, second]


def wait_until(is_so: Callable[[], object], *, what: str, seconds: float = PATIENCE, every: float = 0.003) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"in vain for {seconds} s: {what}"
        select.select([], [], [], every)


def undisturbed(house: Installation, paths: Sequence[Path]) -> dict[str, list]:
    """Hand the files in one after the other and return what the database holds in the end."""
    house.start_worker(queues="ingest")
    for path in paths:
        house.hand_in(path)
    come_to_its_end(house)
    return house.contents()


def come_to_its_end(house: Installation) -> None:
    """Let the workers that run finish everything, doing beat's work meanwhile."""
    end = time.monotonic() + PATIENCE
    while house.value(UNFINISHED):
        assert time.monotonic() < end, f"never finished\n{house.log()}"
        house.manage("sweep")
    house.stop_workers()


def strike(house: Installation, gate: Gate, moment: Moment, rows: int, blow: Callable[[], None]) -> int:
    """Let the worker go up to the moment and the blow fall; return how many rows were stored just before.

    With a lag the blow falls somewhere in one chunk's work: the worker does not get beyond the next checkpoint before.
    """
    a_chunk = gate.hold_when(lambda: house.rows_stored() >= int(moment.share * rows))
    if moment.lag:
        gate.let_one_step()
        wait_until(lambda: is_leased(house), what="the claim")
        # No rendezvous but chance: it decides in which part of a chunk's work the blow falls.
        select.select([], [], [], moment.lag * a_chunk)
    stored = house.rows_stored()
    blow()
    gate.leave_open()
    return stored


def killed(house: Installation, path: Path, moments: Sequence[Moment], *, rows: int) -> list[int]:
    """SIGKILL the worker with all its processes at each moment, start it again; return the rows stored at each."""
    house.hand_in(path)
    stored = []
    for moment in moments:
        worker, gate = house.start_gated_worker(queues="ingest")  # which sweeps when it is ready
        stored.append(strike(house, gate, moment, rows, lambda worker=worker: house.kill_worker(worker)))
        wait_until(lambda: not is_leased(house), what="the end of the dead worker's lease", every=0.1)
    house.start_worker(queues="ingest")
    come_to_its_end(house)
    return stored


def is_leased(house: Installation) -> object:
    """Whether somebody still holds an upload: a dead worker does until its lease ends."""
    now = "now()" if house.database else "datetime('now')"
    return house.value(f"SELECT COUNT(*) FROM postings_upload WHERE state = 'running' AND lease_until > {now}")


def stopped_and_woken(house: Installation, path: Path, *, share: float, rows: int) -> int:
    """A worker freezes, another one takes its upload over, the first one wakes and wants to go on.

    It freezes just after a checkpoint: inside a transaction it would hold SQLite's lock, and nobody could take over.
    """
    frozen, gate = house.start_gated_worker(queues="ingest")
    house.hand_in(path)
    stored = strike(house, gate, Moment(share), rows, lambda: os.killpg(frozen.pid, signal.SIGSTOP))
    wait_until(lambda: not is_leased(house), what="the end of the lease", every=0.1)
    house.start_worker(queues="ingest")
    wait_until(lambda: house.rows_stored() > stored, what="the second worker's first chunk")
    os.killpg(frozen.pid, signal.SIGCONT)
    wait_until(lambda: house.has_said("was taken over"), what="the first worker's giving up", every=0.1)
    come_to_its_end(house)
    return stored


def disturbed(house: Installation, path: Path, moment: Moment, blow: Callable[[], None], *, rows: int) -> int:
    """Do something to what the worker rests on, and let the same worker go on."""
    _, gate = house.start_gated_worker(queues="ingest")
    house.hand_in(path)
    stored = strike(house, gate, moment, rows, blow)
    come_to_its_end(house)
    return stored


def restart_postgres() -> None:
    """As after a crash: every connection breaks, nothing is written down in peace."""
    cluster = sorted(Path("/etc/postgresql").iterdir())[0].name
    _run("pg_ctlcluster", "--skip-systemctl-redirect", cluster, "main", "restart", "-m", "immediate")


def restart_rabbitmq() -> None:
    _run("rabbitmqctl", "stop_app")
    _run("rabbitmqctl", "start_app")


def forget_messages(broker: str) -> None:
    """What a Redis without a file does when it is restarted."""
    empty_queues(BROKERS[broker])


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def at_once(house: Installation, *commands: Sequence[str]) -> list[subprocess.CompletedProcess]:
    """Run manage.py with each of these at the same time and wait for all."""
    running = [
        subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=house.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for command in commands
    ]  # fmt: skip
    ended = []
    for process in running:
        out, err = process.communicate(timeout=PATIENCE)
        ended.append(subprocess.CompletedProcess(process.args, process.returncode, out, err))
    return ended


def handed_in_together(house: Installation, paths: Sequence[Path], *, workers: int = 2) -> None:
    """Hand files in together, in this order, with several workers that may begin with any of them."""
    for _ in range(workers):
        house.start_worker(queues="ingest")
    house.hand_in(*paths)
    come_to_its_end(house)


def handed_in_at_once(house: Installation, paths: Sequence[Path], *, workers: int = 2) -> None:
    """Hand files in at the same time from processes of their own, with several workers waiting for them."""
    for _ in range(workers):
        house.start_worker(queues="ingest")
    hands = [threading.Thread(target=house.hand_in, args=(path,)) for path in paths]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    come_to_its_end(house)


def ended_by_a_full_disk(house: Installation, path: Path, disk: Path) -> int:
    """Fill the disk below a working worker, see that it stops storing, make room: the same worker goes on.

    Returns how many rows were stored while there was no room.
    """
    _, gate = house.start_gated_worker(queues="ingest")
    house.hand_in(path)
    ballast: list[Path] = []
    strike(house, gate, Moment(0.3), ROWS, lambda: ballast.append(fill(disk, leaving=1 << 20)))
    wait_until(lambda: house.has_said("disk is full"), what="a line of the log about the full disk", every=0.1)
    stored = house.rows_stored()
    assert 0 < stored < ROWS, stored
    assert house.value("PRAGMA integrity_check") == "ok"
    ballast[0].unlink()
    come_to_its_end(house)
    return stored


@contextmanager
def small_disk(folder: Path, *, megabytes: int) -> Iterator[Path]:
    """A file system of its own with this much room; PermissionError where we may not mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder))
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        raise PermissionError(f"cannot mount {folder}")
    try:
        yield folder
    finally:
        _run("umount", "--lazy", str(folder))


def fill(folder: Path, *, leaving: int) -> Path:
    """Put a file beside the data that leaves only so many bytes; removing it makes room again."""
    ballast = folder / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, shutil.disk_usage(folder).free - leaving))
    return ballast
