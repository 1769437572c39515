"""Faults in the middle of an ingest: does it end with the same rows as an undisturbed one?

    .venv/bin/python benchmarks/faults.py [--on embedded rabbitmq redis] [--kills 20] [--only killed ...] [--seed 1]

Needs PostgreSQL, RabbitMQ and Redis for what is not embedded, and root for a small disk and for restarting servers:
PostgreSQL and RabbitMQ of this machine are restarted. Every trial is an installation of its own, in real processes;
"same rows" compares hashes over all postings, texts, versions, rejections, uploads, titles and companies.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.service import faults
from tests.service.faults import ROWS, SETTINGS, Moment
from tests.service.installation import BROKERS, Installation, installation


@dataclass
class Bench:
    """One kind of servers: the files, a prepared installation to copy, what undisturbed runs held in the end."""

    broker: str
    folder: Path
    files: list[Path]
    model: Installation
    chance: Random
    kills: int
    one: dict[str, list] = field(default_factory=dict)
    both: dict[str, list] = field(default_factory=dict)

    def moment(self) -> Moment:
        return Moment(share=self.chance.uniform(0, 0.95), lag=self.chance.random())

    def trial(self, blow: Callable[[Installation], object], expected: dict[str, list], *, name: str = "trial") -> bool:
        """Do something to a fresh installation; say whether it holds what it should in the end."""
        with (
            tempfile.TemporaryDirectory(dir=self.folder) as folder,
            installation(Path(folder) / name, broker=self.broker, like=self.model, **SETTINGS) as house,
        ):
            try:
                detail = blow(house)
            except AssertionError as problem:
                print(f"  {self.broker}: {problem}", flush=True)
                return False
            held = house.contents()
        different = [kind for kind in expected if held[kind] != expected[kind]]
        print(f"  {self.broker}: {detail}; {'differs in ' + ', '.join(different) if different else 'same'}", flush=True)
        return not different


def killed(bench: Bench) -> list[bool]:
    return [
        bench.trial(lambda house: faults.killed(house, bench.files[0], [bench.moment()], rows=ROWS), bench.one)
        for _ in range(bench.kills)
    ]


def killed_often(bench: Bench) -> list[bool]:
    """As many kills in one single ingest."""
    moments = sorted((bench.moment() for _ in range(bench.kills)), key=lambda moment: moment.share)
    return [bench.trial(lambda house: faults.killed(house, bench.files[0], moments, rows=ROWS), bench.one)]


def frozen(bench: Bench) -> list[bool]:
    return [
        bench.trial(partial(faults.stopped_and_woken, path=bench.files[0], share=share, rows=ROWS), bench.one)
        for share in (0.2, 0.7)
    ]


def full_disk(bench: Bench) -> list[bool]:
    with (
        faults.small_disk(bench.folder / "small", megabytes=400) as disk,
        installation(disk / "house", like=bench.model, **SETTINGS) as house,
    ):
        print(
            f"  embedded: {faults.ended_by_a_full_disk(house, bench.files[0], disk)} rows before there was room again"
        )
        return [house.contents() == bench.one]


def database_restarted(bench: Bench) -> list[bool]:
    return _struck(bench, faults.restart_postgres)


def broker_restarted(bench: Bench) -> list[bool]:
    blow = faults.restart_rabbitmq if bench.broker == "rabbitmq" else partial(faults.forget_messages, bench.broker)
    return _struck(bench, blow)


def _struck(bench: Bench, blow: Callable[[], None]) -> list[bool]:
    return [
        bench.trial(lambda house: faults.disturbed(house, bench.files[0], bench.moment(), blow, rows=ROWS), bench.one)
        for _ in range(3)
    ]


def same_file_at_once(bench: Bench) -> list[bool]:
    return [
        bench.trial(lambda house: faults.handed_in_at_once(house, [bench.files[0]] * 2), bench.one) for _ in range(3)
    ]


def same_postings_at_once(bench: Bench) -> list[bool]:
    return [bench.trial(lambda house: faults.handed_in_together(house, bench.files), bench.both) for _ in range(3)]


EVERYWHERE = {
    "killed": (killed, "worker killed at a random moment"),
    "killed-often": (killed_often, "the same worker killed again and again"),
    "frozen": (frozen, "worker frozen, taken over, woken"),
    "same-file": (same_file_at_once, "the same file handed in twice at once"),
    "same-postings": (same_postings_at_once, "two files with the same postings at once"),
}
EMBEDDED = {"full-disk": (full_disk, "disk full")}
SERVERS = {
    "database": (database_restarted, "database restarted (immediate)"),
    "broker": (broker_restarted, "broker restarted (RabbitMQ), its messages forgotten (Redis)"),
}
ALL = EVERYWHERE | EMBEDDED | SERVERS


def try_on(broker: str, options: argparse.Namespace, folder: Path) -> list[tuple[str, str, int, int, float]]:
    """Return (servers, fault, tried, same, seconds) of each fault."""
    files = faults.make_files(folder)
    table = []
    with installation(folder / "model", broker=broker, **SETTINGS) as model:
        bench = Bench(broker, folder, files, model, Random(options.seed), options.kills)
        for name, held in (("one", files[:1]), ("both", files)):
            with installation(folder / name, broker=broker, like=model, **SETTINGS) as calm:
                setattr(bench, name, faults.undisturbed(calm, held))
        for name, (fault, title) in (EVERYWHERE | (EMBEDDED if broker == "embedded" else SERVERS)).items():
            if name in options.only:
                began = time.monotonic()
                results = fault(bench)
                table.append((broker, title, len(results), sum(results), time.monotonic() - began))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--on", nargs="+", default=["embedded", "rabbitmq"], choices=["embedded", *BROKERS])
    parser.add_argument("--only", nargs="+", default=list(ALL), choices=list(ALL))
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    table = []
    for broker in options.on:
        with tempfile.TemporaryDirectory() as folder:
            table += try_on(broker, options, Path(folder))
    print(f"\n{'on':10} {'fault':62} {'tried':>5} {'same rows':>9} {'seconds':>8}")
    for broker, title, tried, same, seconds in table:
        print(f"{broker:10} {title:62} {tried:>5} {same:>9} {seconds:>8.0f}")
    if any(tried != same for _, _, tried, same, _ in table):
        sys.exit(1)


if __name__ == "__main__":
    main()
