"""The frozen record of this installation, kept under DATA_DIR/facts and brought up to date by what the database noted.

A list names the segments of a copy of the facts; the mark in the database says which list is right. Segments and list
are on disk before the mark moves to them, in the transaction that forgets the changes they hold. So whoever is
interrupted finds the old list, the old mark and the same changes. A database that marks another copy (restored from a
backup, or another one), and a folder that is lost or damaged, have everything read anew.
"""

import fcntl
import json
import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analytics.archive import record_folder, record_list, write_json
from analytics.services.facts.reading import read_everything, read_postings
from analytics.services.facts.stamps import reading_version
from analytics.snapshot.record import DamagedRecord, Record, one_after_another, read_record, write_record
from postings.services import NotedChanges, forget_changes, noted_changes

logger = logging.getLogger(__name__)

FOLD_ABOVE = 0.05
"""Part of the base that later segments may tell of before all are written as a new base."""
READ_ALL_ABOVE = 0.2
"""Part of the base that may have changed before reading everything is faster than looking the changed ones up."""
TRIES = 5


class CrowdedError(Exception):
    """Others kept marking copies of their own; the text is a sentence."""


@dataclass(frozen=True)
class Kept:
    """A copy of the facts: the names of its segments, the base first, and what they hold."""

    files: tuple[str, ...]
    segments: tuple[Record, ...]

    @property
    def base(self) -> int:
        return len(self.segments[0])

    @property
    def later(self) -> int:
        return sum(segment.touched for segment in self.segments[1:])


def current_record() -> Record:
    """Return what the database says of all postings that have been read, reading only what changed since last time."""
    began = time.monotonic()
    with _alone() as folder:
        for _ in range(TRIES):
            noted = noted_changes()
            kept, how = _brought_up_to_date(folder, noted)
            mark = _listed(kept)
            if forget_changes(noted, mark=mark):
                _clear(folder, mark, kept.files)
                record = one_after_another(kept.segments)
                seconds = time.monotonic() - began
                logger.info(
                    "record: %s postings=%d changes=%d seconds=%.2f", how, len(record), len(noted.postings), seconds
                )
                return record
    raise CrowdedError("Other processes keep reading the same changes: is the facts folder not shared between them?")


def _brought_up_to_date(folder: Path, noted: NotedChanges) -> tuple[Kept, str]:
    """Return a copy that holds all that was noted, and in a word how it was made."""
    try:
        kept = _opened(folder, noted.mark)
    except DamagedRecord as why:
        logger.warning("record: all postings are read anew: %s", why)
        return _written(folder, [], read_everything()), "anew"
    if len(noted.postings) > READ_ALL_ABOVE * kept.base:
        return _written(folder, [], read_everything()), "anew"
    if not noted.postings:
        return kept, "unchanged"
    changed = read_postings(noted.postings)
    if kept.later + changed.touched > FOLD_ABOVE * kept.base:
        return _written(folder, [], one_after_another([*kept.segments, changed])), "folded"
    return _written(folder, list(zip(kept.files, kept.segments, strict=True)), changed), "added"


def _opened(folder: Path, mark: str) -> Kept:
    """Return the copy that the database marks; raises DamagedRecord, with the reason why there is none."""
    if not mark:
        raise DamagedRecord("no copy of them was made yet")
    try:
        listed = json.loads(record_list(mark).read_text())
        files, version = tuple(listed["files"]), listed["version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedRecord(f"the database marks the copy {mark}, which is not in {folder} ({error})") from error
    if version != reading_version():
        raise DamagedRecord("the copy was made by another version of the code")
    return Kept(files, tuple(read_record(folder / name) for name in files))


def _written(folder: Path, before: list[tuple[str, Record]], segment: Record) -> Kept:
    name = f"{uuid.uuid4().hex}.npz"
    write_record(segment, folder / name)
    both = [*before, (name, segment)]
    return Kept(tuple(name for name, _ in both), tuple(segment for _, segment in both))


def _listed(kept: Kept) -> str:
    """Write the list of a copy under a name of its own, and return the name."""
    mark = uuid.uuid4().hex
    write_json(record_list(mark), {"version": reading_version(), "files": kept.files})
    return mark


def _clear(folder: Path, mark: str, files: tuple[str, ...]) -> None:
    """Remove the segments and lists of other copies: nobody else is in the folder now."""
    wanted = {record_list(mark).name, *files}
    for path in (*folder.glob("*.npz"), *folder.glob("*.list.json")):
        if path.name not in wanted:
            path.unlink(missing_ok=True)


@contextmanager
def _alone() -> Iterator[Path]:
    """Wait until no other process is at the record."""
    folder = record_folder()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go when the file is closed, also when the process is killed
        yield folder
