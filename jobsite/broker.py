"""The embedded broker: Celery's messages as files in one folder, so that there is no server to install.

It is kombu's filesystem transport with another way to write and take a message. The stock one opens a message
file before it fills it, so a reader can take an empty one (kombu issue 1551); takes a message by moving it to
/tmp, which is a copy when that is another disk; names files by a clock that starts anew with the machine; and
lets one unreadable file stop its consumer. Here

- a message gets its name by `os.replace`, when it is written: readers see a whole file or none;
- `os.unlink` takes it, which succeeds for one process only; killed before that, the message is still there;
- names begin with the time: the oldest comes first;
- what cannot be read goes to `damaged/` with a log line.

Locks are not needed. A message that was taken and not finished dies with its worker: the sweep (jobsite.work)
sends it again. Broadcasts (Celery's remote control and events) are switched off.
"""

import contextlib
import logging
import os
import time
import uuid
from collections import deque
from pathlib import Path
from queue import Empty

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem, virtual
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)

ALIAS = "embedded"
DAMAGED = "damaged"

Payload = dict[str, object]

# What building a message from any file can raise: not JSON, not UTF-8, not base64, another shape, not a file.
UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    PermissionError,
    IsADirectoryError,
)


def register() -> None:
    """Make `embedded://` a broker address that kombu and Celery understand."""
    TRANSPORT_ALIASES[ALIAS] = f"{__name__}:Transport"


def embedded_options(folder: Path) -> dict[str, object]:
    """Return the broker_transport_options that keep every message under `folder`."""
    return {
        "data_folder_in": str(folder / "queues"),
        "data_folder_out": str(folder / "queues"),
        "control_folder": str(folder / "control"),
        "store_processed": False,
        "polling_interval": 0.25,
    }


class Channel(filesystem.Channel):
    """Write, find and take messages in one folder; every method may meet other processes doing the same."""

    supports_fanout = False
    # Without broadcasts no process needs the routing tables of another one, nor the files that hold them.
    get_table = virtual.Channel.get_table

    def __init__(self, connection: virtual.Transport, **kwargs: object) -> None:
        super().__init__(connection, **kwargs)
        self.folder = Path(self.data_folder_in)
        self._waiting: dict[str, deque[str]] = {}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ChannelError(f"Cannot make the queue folder {self.folder}: {error}") from error

    def _put(self, queue: str, payload: Payload, **_: object) -> None:  # type: ignore[override]  # the bases disagree
        """Add a message to `queue`, whole or not at all; raise ChannelError if the disk refuses it."""
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex}.{queue}.msg"
        # Readers look at names that end in .msg only. No fsync: after a power cut the sweep sends again.
        unfinished = self.folder / f"{name}.part"
        content = dumps(payload).encode()
        try:
            unfinished.write_bytes(content)
            unfinished.replace(self.folder / name)
        except OSError as error:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
            raise ChannelError(f"Cannot add a message to {self.folder}: {error}") from error

    def _get(self, queue: str, timeout: float | None = None) -> Payload:
        """Take the oldest message of `queue` that nobody else has taken; raise Empty if there is none."""
        waiting = self._waiting.get(queue) or self._list(queue)
        while waiting:
            payload = self._take(waiting.popleft())
            if payload is not None:
                return payload
        raise Empty

    def _list(self, queue: str) -> deque[str]:
        """Look into the folder; the names are used up before the next look: a backlog costs one listing."""
        ending = f"{queue}.msg"
        try:
            with os.scandir(self.folder) as entries:
                names = sorted(entry.name for entry in entries if entry.name.partition(".")[2] == ending)
        except OSError as error:
            raise ChannelError(f"Cannot read the queue folder {self.folder}: {error}") from error
        self._waiting[queue] = deque(names)
        return self._waiting[queue]

    def _take(self, name: str) -> Payload | None:
        """Read the message and remove its file; None if another process was quicker or it is damaged."""
        path = self.folder / name
        try:
            payload = self._read(path)
            path.unlink()
        except FileNotFoundError:
            return None
        except UNREADABLE as error:
            self._set_aside(path, error)
            return None
        except OSError as error:
            raise ChannelError(f"Cannot take the message {path}: {error}") from error
        return payload

    def _read(self, path: Path) -> Payload:
        payload = loads(path.read_text(encoding="utf-8"))
        # kombu builds the message again outside of our reach: what would fail there has to fail here.
        self.Message(payload, channel=self)
        if not isinstance(payload["properties"]["delivery_info"], dict):
            raise TypeError("delivery_info is not an object")
        return payload

    def _set_aside(self, path: Path, error: Exception) -> None:
        aside = self.folder / DAMAGED
        try:
            aside.mkdir(exist_ok=True)
            path.replace(aside / path.name)
        except FileNotFoundError:
            return  # another consumer has set it aside
        except OSError as problem:
            raise ChannelError(f"Cannot set the damaged message {path} aside: {problem}") from problem
        logger.error("Set a damaged message aside: %s (%s)", aside / path.name, type(error).__name__)


class Transport(filesystem.Transport):
    """What `embedded://` stands for."""

    Channel = Channel
    # As kombu's virtual transports: direct and topic exchanges, no fanout, polled.
    implements = virtual.Transport.implements
    global_state = virtual.BrokerState()
    driver_type = driver_name = ALIAS

    @property
    def default_connection_params(self) -> dict[str, object]:
        """Return none: a folder has no host, and kombu need not warn that it is missing."""
        return {}
