"""Keep a few processes running together: start them, restart them, end them, and leave no orphan behind.

It knows commands only, neither Django nor Celery. Each process leads a session of its own, so that Ctrl-C
reaches the supervisor alone and a group can be ended with everything it forked.
"""

import contextlib
import ctypes
import fcntl
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

STOP = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
# A closing terminal may send SIGHUP twice; only these mean that somebody is in a hurry.
HURRY = frozenset({signal.SIGINT, signal.SIGTERM})

_PR_SET_PDEATHSIG = 1
_prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None


class AlreadyRunningError(Exception):
    """Another process holds the lock file; the text is a sentence for the person who started this one."""


class PortTakenError(Exception):
    """The port cannot be listened on; the text is a sentence for the person who chose it."""


@dataclass(frozen=True)
class Service:
    """One process to keep running."""

    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Greeting:
    """What to say once, as soon as `is_due` answers True."""

    text: str
    is_due: Callable[[], bool]


@dataclass(frozen=True)
class Patience:
    """How long to bear with services; all times in seconds."""

    grace: float = 15.0  # between TERM and KILL
    quick: float = 10.0  # a death sooner than this after the start is a quick one
    quick_deaths: int = 5  # in a row, then everything ends
    first_wait: float = 0.5  # before a restart; doubled for each quick death
    longest_wait: float = 8.0


@contextlib.contextmanager
def only_one(lock_file: Path) -> Iterator[None]:
    """Hold `lock_file` during the block; raise AlreadyRunningError if another process holds it."""
    with lock_file.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise AlreadyRunningError(
                f"Rolescope is already running on {lock_file.parent} (process {holder}). "
                "End that one first, or set DATA_DIR to another folder."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def refuse_taken_port(host: str, port: int) -> None:
    """Raise PortTakenError unless a server could listen on `host` and `port` now."""
    try:
        # Without the port: getaddrinfo would wrap 99999 round to 34463.
        family, kind, _, _, address = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            # As gunicorn does: connections of an earlier server that linger are no hindrance.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address[0], port, *address[2:]))
    except (OSError, OverflowError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise PortTakenError(
            f"Cannot listen on {host} port {port}: {reason}. Choose another one with --port or --bind."
        ) from error


class SignalPipe:
    """Signals as something to wait for, from entering the block to leaving it."""

    def __enter__(self) -> Self:
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        self._old_wakeup = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        # nohup has SIGHUP ignored, and so it stays.
        wanted = (STOP | {signal.SIGCHLD}) - ({signal.SIGHUP} if _is_ignored(signal.SIGHUP) else set())
        self._old_handlers = {number: signal.signal(number, _do_nothing) for number in wanted}
        return self

    def wait(self, seconds: float) -> set[int]:
        """Return the numbers of the signals that have come, after at most `seconds`; the set may be empty."""
        ready, _, _ = select.select([self._read], [], [], max(0.0, seconds))
        return set(os.read(self._read, 4096)) if ready else set()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(self._old_wakeup)
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)
        os.close(self._read)
        os.close(self._write)


class Keeper:
    """Keeps one service running: its process now, its quick deaths, the time of its next start."""

    def __init__(self, service: Service, patience: Patience, say: Callable[[str], None]) -> None:
        self.service = service
        self.patience = patience
        self.say = say
        self.process: subprocess.Popen[bytes] | None = None
        self.start_at = 0.0
        self.quick_deaths = 0
        self._started = 0.0

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def is_hopeless(self) -> bool:
        return self.quick_deaths >= self.patience.quick_deaths

    def tend(self, now: float) -> None:
        """Start the service if its time has come; note its death if it died since the last call."""
        if self.process is None and now >= self.start_at:
            self.process = _start(self.service.command)
            self._started = now
        elif self.process is not None and not self.is_running:
            self._bury(self.process, now)

    def terminate(self) -> None:
        """Ask the process to end; what it forked is its own business until `kill`."""
        if self.process is not None:
            self.process.terminate()

    def kill(self) -> None:
        """End the process with all it forked, at once."""
        if self.process is not None:
            _kill_group(self.process.pid)
            self.process.wait()

    def _bury(self, process: subprocess.Popen[bytes], now: float) -> None:
        self.kill()
        self.process = None
        lived = now - self._started
        self.quick_deaths = self.quick_deaths + 1 if lived < self.patience.quick else 0
        end = f"{self.service.name} {_how_it_ended(process.returncode)} after {lived:.1f} s"
        if self.is_hopeless:
            self.say(f"{end}, {self.quick_deaths} times in a row: giving up. The reason should stand above.")
            return
        wait = self.patience.first_wait * 2 ** max(0, self.quick_deaths - 1)
        self.start_at = now + min(wait, self.patience.longest_wait)
        self.say(f"{end}; it starts again in {self.start_at - now:.1f} s.")


class Supervisor:
    """Runs services together until it is told to stop, or until one of them cannot be kept running."""

    def __init__(
        self,
        services: Sequence[Service],
        *,
        say: Callable[[str], None],
        greeting: Greeting | None = None,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.say = say
        self.greeting = greeting
        self.patience = patience or Patience()
        self.clock = clock
        self.keepers = [Keeper(service, self.patience, say) for service in services]

    def run(self) -> int:
        """Return the exit status: 0 after a stop signal, 1 if a service died quickly too often.

        All processes are gone on return.
        """
        with SignalPipe() as signals:
            try:
                return self._supervise(signals)
            finally:
                self._end(signals)

    def _supervise(self, signals: SignalPipe) -> int:
        greeting = self.greeting
        while True:
            for keeper in self.keepers:
                keeper.tend(self.clock())
            if any(keeper.is_hopeless for keeper in self.keepers):
                return 1
            if greeting is not None and greeting.is_due():
                self.say(greeting.text)
                greeting = None
            # Death is a signal too and ends any wait: nothing to look for but greeting and restarts.
            starts = [keeper.start_at - self.clock() for keeper in self.keepers if keeper.process is None]
            if signals.wait(min([*starts, 60.0 if greeting is None else 0.1])) & STOP:
                return 0

    def _end(self, signals: SignalPipe) -> None:
        """TERM to every process, patience while they tidy up, then KILL to what is left of the groups."""
        running = [keeper for keeper in self.keepers if keeper.is_running]
        for keeper in running:
            keeper.terminate()
        deadline = self.clock() + self.patience.grace
        while any(keeper.is_running for keeper in running):
            left = deadline - self.clock()
            if left <= 0 or signals.wait(left) & HURRY:
                break
        late = ", ".join(keeper.service.name for keeper in running if keeper.is_running)
        for keeper in self.keepers:
            keeper.kill()
        if late:
            self.say(f"Had to kill {late}; unfinished work is taken up at the next start.")


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    parent = os.getpid()

    def die_with_parent() -> None:
        """Ask the kernel (Linux only) to end this process when the supervisor is gone, even by SIGKILL."""
        if _prctl is not None:
            _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:  # too late: it was gone before we asked
                os._exit(1)

    # Safe: the supervisor starts no threads that could hold a lock across the fork.
    return subprocess.Popen(  # noqa: S603 (our own commands, no shell)
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509
    )


def _kill_group(leader: int) -> None:
    # PermissionError is how macOS says that only zombies are left.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def _how_it_ended(returncode: int) -> str:
    if returncode < 0:
        return f"was ended by {signal.Signals(-returncode).name}"
    return f"ended with exit status {returncode}"


def _is_ignored(number: signal.Signals) -> bool:
    return signal.getsignal(number) == signal.SIG_IGN


def _do_nothing(*_: object) -> None:
    """Stand as a handler: without one, the signal would not reach the wake-up pipe."""
