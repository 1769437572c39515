"""Hand the reader every kind of damaged file: it may refuse with a sentence, and nothing else may go wrong.

    .venv/bin/python benchmarks/fuzz_reader.py [--seconds 600] [--folder ../shared/data/postings] [--seed 1]
    .venv/bin/python benchmarks/fuzz_reader.py --again 1:4711      (one input again, by the seed that was printed)

Inputs are the beginnings of real files and invented ones, mutated: flipped bits, cuts, doubled blocks, other encodings,
swapped quotes and delimiters, NULs, damaged and truncated gzip, zip and Excel; and tables, JSON and bytes that
hypothesis makes up. A finding is: an exception other than UnreadableFile, a sentence that is none, more than
--limit seconds of CPU for one file, rows that are not numbered 0, 1, 2, ..., other rows when reading is resumed, text
that no database takes. The exit code is 1 if there is any.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.invented_files import make_files
from benchmarks.mutations import mutated
from postings.ingest import (
    RawRow,
    RejectedRow,
    UnreadableFile,
    clean_row,
    header_of,
    lines_of,
    read_rows,
    sample_of,
    sniff_format,
    suggest_columns,
)

SEEN = date(2026, 3, 1)
HEAD_BYTES = 40_000
# Cleaning is asked of so many rows of a file: it is the same code for all of them.
CLEANED = 15


class TooSlowError(Exception):
    """One file took too long."""


class WrongError(Exception):
    """A promise of the reader was broken."""


def check(path: Path, *, name: str, rng: random.Random) -> str:
    """Read one file in every way that a file is read; return "read" or "refused"."""
    try:
        fmt = sniff_format(path, name=name)
    except UnreadableFile as refusal:
        _check_sentence(str(refusal), name)
        return "refused"
    try:
        header = header_of(path, fmt)
        columns = suggest_columns(header, sample_of(path, fmt))
        if lines_of(path, fmt) < 1:
            raise WrongError("a file of no lines")
        rows = list(read_rows(path, fmt))
        skip = rng.randrange(len(rows) + 1)
        if list(read_rows(path, fmt, skip_rows=skip)) != rows[skip:]:
            raise WrongError(f"other rows when {skip} are skipped")
    except UnreadableFile as refusal:
        _check_sentence(str(refusal), "")
        return "refused"
    _check_rows(rows)
    if {"title", "description"} <= set(columns.columns):
        for row in rows[:CLEANED]:
            if isinstance(row, RawRow):
                clean_row(row, columns, seen_on=SEEN, language_of=lambda _: "")
    return "read"


def _check_sentence(sentence: str, name: str) -> None:
    if not sentence.startswith(name) or not sentence.endswith("."):
        raise WrongError(f"not a sentence about the file: {sentence!r}")


def _check_rows(rows: Sequence[RawRow | RejectedRow]) -> None:
    if [row.row for row in rows] != list(range(len(rows))):
        raise WrongError("rows are lost or come twice")
    line = 0
    for row in rows:
        if row.line < max(1, line):
            raise WrongError(f"row {row.row} stands on line {row.line}, behind line {line}")
        line = row.line
        held = row.values if isinstance(row, RawRow) else row.raw
        text = "".join((*held, *held.values(), row.value if isinstance(row, RejectedRow) else ""))
        if "\0" in text:
            raise WrongError(f"row {row.row} holds a NUL")
        text.encode()
        if isinstance(row, RejectedRow) and not row.reason.endswith("."):
            raise WrongError(f"not a sentence: {row.reason!r}")


def tried(content: bytes, *, name: str, folder: Path, seed: str, limit: float) -> tuple[str, str]:
    """Check one input; return what became of it and, if it is a finding, its traceback."""
    path = folder / "input"
    path.write_bytes(content)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit)
    try:
        return check(path, name=name, rng=random.Random(seed)), ""
    except Exception as problem:  # whatever it is, it is what we are looking for
        return type(problem).__name__, traceback.format_exc(limit=-6)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _too_slow(_: int, __: FrameType | None) -> None:
    raise TooSlowError


def originals(folder: Path | None) -> dict[str, bytes]:
    """The invented files, and the beginning of each real one, unpacked."""
    files = make_files()
    for path in sorted(folder.rglob("*.gz")) if folder else ():
        with gzip.open(path) as stream:
            files[f"{path.parent.name}/{path.stem}"] = stream.read(HEAD_BYTES)
    return files


def inputs(files: dict[str, bytes], seed: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield (seed, name, content) without end; each depends on its seed alone."""
    number = 0
    while True:
        yield (f"{seed}:{number}", *made(files, f"{seed}:{number}"))
        number += 1


def made(files: dict[str, bytes], seed: str) -> tuple[str, bytes]:
    """The name and content of the input of this seed."""
    rng = random.Random(seed)
    name = rng.choice(list(files))
    return name, mutated(files[name], rng, others=list(files.values()))


def fuzz(*, seconds: float, folder: Path | None, seed: str, limit: float, most: int = sys.maxsize) -> Counter[str]:
    """Fuzz for a time, or `most` inputs; print findings; return how often what happened."""
    from benchmarks.made_up import check_made_up  # hypothesis is only installed where Rolescope is worked on

    signal.signal(signal.SIGVTALRM, _too_slow)
    files = originals(folder)
    counts: Counter[str] = Counter()
    slowest = (0.0, "")
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as place:
        for count, (at, name, content) in enumerate(inputs(files, seed)):
            if time.monotonic() > end or count >= most:
                break
            began = time.process_time()
            result, problem = tried(content, name=name, folder=Path(place), seed=at, limit=limit)
            slowest = max(slowest, (time.process_time() - began, at))
            counts[result] += 1
            if problem:
                counts["findings"] += 1
                print(f"--again {at}  ({name}, {len(content):,} bytes)\n{problem}", flush=True)
            if count % 300 == 0:
                counts["findings"] += check_made_up(Path(place), seed=f"{seed}:{count}", limit=limit, counts=counts)
    print(f"slowest: {slowest[0]:.2f} s of CPU, --again {slowest[1]}")
    return counts


def main() -> None:
    shared = Path(__file__).resolve().parents[2] / "shared" / "data" / "postings"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--folder", type=Path, default=shared if shared.exists() else None)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--limit", type=float, default=10, help="seconds of CPU for one file")
    parser.add_argument("--again", help="one input by its seed")
    options = parser.parse_args()
    if options.again:
        name, content = made(originals(options.folder), options.again)
        kept = Path(tempfile.mkdtemp()) / Path(name).name
        kept.write_bytes(content)
        print(kept)
        signal.signal(signal.SIGVTALRM, _too_slow)
        print(*tried(content, name=name, folder=kept.parent, seed=options.again, limit=options.limit), sep="\n")
        return
    counts = fuzz(seconds=options.seconds, folder=options.folder, seed=options.seed, limit=options.limit)
    print(json.dumps(counts, indent=1))
    sys.exit(1 if counts["findings"] else 0)


if __name__ == "__main__":
    main()
