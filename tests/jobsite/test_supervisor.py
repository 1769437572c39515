"""The supervisor restarts what dies, gives up on what cannot live, and leaves no process behind."""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from jobsite.supervisor import AlreadyRunningError, PortTakenError, only_one, refuse_taken_port

ROOT = Path(__file__).resolve().parents[2]

# A service that forks a child of its own, tells both pids and lives until somebody ends it.
FAMILY = """
import os, signal, sys
child = os.fork()
if child == 0:
    while True: signal.pause()
os.write(1, f"pids {os.getpid()} {child}\\n".encode())
while True: signal.pause()
"""
# The same, deaf to TERM.
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + FAMILY
# A leader that ends well at TERM and forgets its child.
FORGETFUL = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))\n" + FAMILY
# A service whose child ends with it, as Celery's and gunicorn's do.
LONELY = 'import os, signal; os.write(1, f"pids {os.getpid()}\\n".encode()); signal.pause()'
DYING = "import sys; sys.exit(3)"

SUPERVISOR = """
import json, os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the tests themselves may run under nohup
from jobsite.supervisor import Greeting, Patience, Service, Supervisor
scripts, patience = json.loads(sys.argv[1])
services = [Service(f"service-{i}", (sys.executable, "-c", script)) for i, script in enumerate(scripts)]
say = lambda sentence: os.write(1, f"{sentence}\\n".encode())  # one write: the services talk at the same time
greeting = Greeting("all are up", is_due=lambda: True)
sys.exit(Supervisor(services, say=say, greeting=greeting, patience=Patience(**patience)).run())
"""


class Running:
    """A supervisor in a process of its own, and the pids that its services have told."""

    def __init__(self, process):
        self.process = process
        self.lines = []

    def line(self, beginning, deadline=10):
        """The next line of output that begins so."""
        end = time.monotonic() + deadline
        while select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))[0]:
            self.lines.append(self.process.stdout.readline().decode().strip())
            if self.lines[-1].startswith(beginning):
                return self.lines[-1]
            assert self.lines[-1] or self.process.poll() is None, self.lines
        raise AssertionError(f"no line {beginning!r} in {self.lines}")

    def pids(self):
        return [int(pid) for pid in self.line("pids").split()[1:]]

    def rest(self):
        """Everything it still says until it ends."""
        return self.process.communicate(timeout=10)[0].decode()


@contextmanager
def supervising(*scripts, **patience):
    patience = {"grace": 5.0, "first_wait": 0.01} | patience
    command = (sys.executable, "-c", SUPERVISOR, json.dumps([scripts, patience]))
    # Unbuffered: select looks at the pipe, so nothing may wait in a buffer of ours.
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, bufsize=0)
    running = Running(process)
    try:
        yield running
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        for line in running.lines:
            for pid in line.split()[1:] if line.startswith("pids") else ():
                end_leftover(int(pid))


def end_leftover(pid):
    """Let no failing test leave a process behind."""
    if is_alive(pid):
        os.kill(pid, signal.SIGKILL)


def is_alive(pid):
    """Whether the process runs; one that ended and was not yet collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(condition, deadline=10):
    end = time.monotonic() + deadline
    while not condition():
        assert time.monotonic() < end, "the deadline passed"
        select.select([], [], [], 0.01)


def all_gone(pids):
    return not any(is_alive(pid) for pid in pids)


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_signal_ends_every_service_and_what_it_forked(stop):
    with supervising(FAMILY, FAMILY) as running:
        pids = running.pids() + running.pids()
        running.process.send_signal(stop)
        assert running.process.wait(timeout=10) == 0
        assert len(pids) == 4
        wait_until(lambda: all_gone(pids))


@pytest.mark.slow
def test_a_child_that_its_service_forgot_is_ended_too():
    with supervising(FORGETFUL) as running:
        pids = running.pids()
        running.process.terminate()
        assert running.process.wait(timeout=10) == 0
        wait_until(lambda: all_gone(pids))


@pytest.mark.slow
def test_a_service_that_is_deaf_to_term_is_killed_after_the_grace():
    with supervising(STUBBORN, grace=0.3) as running:
        pids = running.pids()
        running.process.terminate()
        assert "Had to kill service-0" in running.rest()
        assert running.process.returncode == 0
        wait_until(lambda: all_gone(pids))


@pytest.mark.slow
def test_a_second_ctrl_c_ends_at_once():
    with supervising(STUBBORN, LONELY, grace=600) as running:
        one, other = running.pids(), running.pids()
        running.process.send_signal(signal.SIGINT)
        # The service that listens has ended, so the supervisor is in its grace now.
        lonely = min(one, other, key=len)
        wait_until(lambda: all_gone(lonely))
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(timeout=10) == 0
        wait_until(lambda: all_gone(one + other))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_services_end_when_the_supervisor_is_killed():
    with supervising(STUBBORN, LONELY) as running:
        leaders = [running.pids()[0], running.pids()[0]]
        running.process.kill()
        wait_until(lambda: all_gone(leaders))


@pytest.mark.slow
def test_a_service_that_was_killed_starts_again_without_its_old_children():
    with supervising(FAMILY) as running:
        first = running.pids()
        os.kill(first[0], signal.SIGKILL)
        assert "service-0 was ended by SIGKILL" in running.line("service-0")
        second = running.pids()
        assert is_alive(second[0])
        assert not set(first) & set(second)
        wait_until(lambda: all_gone(first))


@pytest.mark.slow
def test_the_death_of_one_service_leaves_the_others_running():
    with supervising(LONELY, LONELY) as running:
        dies, stays = running.pids()[0], running.pids()[0]
        os.kill(dies, signal.SIGKILL)
        running.pids()
        assert is_alive(stays)


@pytest.mark.slow
def test_five_quick_deaths_end_everything_with_a_reason():
    with supervising(DYING, FAMILY) as running:
        said = running.rest()
        assert running.process.returncode == 1
        assert said.count("service-0 ended with exit status 3") == 5
        assert "5 times in a row: giving up" in said
        pids = [int(pid) for line in said.splitlines() if line.startswith("pids") for pid in line.split()[1:]]
        wait_until(lambda: all_gone(pids))


@pytest.mark.slow
def test_a_service_that_lives_a_while_before_it_dies_is_not_given_up():
    with supervising(DYING, quick=0.0) as running:
        for _ in range(8):
            assert "it starts again" in running.line("service-0")


@pytest.mark.slow
def test_restarts_wait_longer_each_time_up_to_a_bound():
    with supervising(DYING, first_wait=0.1, longest_wait=0.3) as running:
        waits = [line.split()[-2] for line in running.rest().splitlines() if "it starts again" in line]
    assert waits == ["0.1", "0.2", "0.3", "0.3"]


@pytest.mark.slow
def test_the_greeting_is_said_once():
    with supervising(LONELY) as running:
        os.kill(running.pids()[0], signal.SIGKILL)
        running.pids()
        running.process.terminate()
        said = "\n".join([*running.lines, running.rest()])
    assert said.count("all are up") == 1


def test_a_second_supervisor_on_the_same_folder_is_refused_with_the_pid_of_the_first(tmp_path):
    with (
        only_one(tmp_path / "up.lock"),
        pytest.raises(AlreadyRunningError, match=f"already running on {tmp_path} .process {os.getpid()}"),
        only_one(tmp_path / "up.lock"),
    ):
        pytest.fail("two hold the lock")


def test_the_lock_is_free_again_when_its_holder_is_gone(tmp_path):
    for _ in range(2):
        with only_one(tmp_path / "up.lock"):
            assert (tmp_path / "up.lock").read_text() == str(os.getpid())


def test_a_port_that_is_taken_is_refused_with_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"Cannot listen on 127.0.0.1 port {port}: Address already in use"):
            refuse_taken_port("127.0.0.1", port)
    refuse_taken_port("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("192.0.2.1", 8000), ("127.0.0.1", 99999), ("no-such-host.invalid", 80)])
def test_an_address_that_is_not_ours_is_refused_with_a_sentence(host, port):
    with pytest.raises(PortTakenError, match=f"Cannot listen on {host} port {port}"):
        refuse_taken_port(host, port)
