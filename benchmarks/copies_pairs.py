"""Ad groups on real texts: how many marked pairs are joined rightly, and how fast.

    .venv/bin/python benchmarks/copies_pairs.py [--shared ../shared] [--nodes 20000] [--misses 20]

Groups all postings of shared/data that have a CSV, then looks at the pairs of shared/gold/pairs_dev.jsonl: copy and
location_variant must be in one group, template and different must not, unsure is left out. `weighted` counts each pair
as often as pairs of its kind occur in the data. Speeds are of one process, on its own CPU time.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from postings.copies import CopyDoc, group_copies, signature, text_hash
from postings.ingest import clean_text, suggest_columns
from postings.ingest.places import parse_place

FIELDS = ("title", "description", "company", "place")
JOINED, APART = ("copy", "location_variant"), ("template", "different")


@dataclass(frozen=True)
class Ad:
    """A row of a file as copies are found; rows count from 0 as csv.DictReader reads them."""

    file: str
    row: int
    title: str
    text: str
    company: str
    place: str


def read_ads(folder: Path) -> Iterator[Ad]:
    """Yield all rows with a text."""
    csv.field_size_limit(1 << 30)
    for path in sorted(folder.rglob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8-sig", errors="replace", newline="") as file:
            rows = csv.DictReader(file)
            columns = suggest_columns(rows.fieldnames or ()).columns
            if "title" not in columns or "description" not in columns:
                continue
            name = path.relative_to(folder).as_posix()
            for number, row in enumerate(rows):
                cells = {field: row.get(columns.get(field, "")) or "" for field in FIELDS}
                if text := clean_text(cells["description"]):
                    yield Ad(name, number, cells["title"], text, cells["company"], cells["place"])


def make_docs(ads: Sequence[Ad]) -> list[CopyDoc]:
    began = time.process_time()
    signatures = [signature(ad.text) for ad in ads]
    print(f"signatures: {len(ads) / (time.process_time() - began):,.0f}/s of {len(ads):,} texts")
    return [
        CopyDoc(
            key=f"{ad.file}#{ad.row:06}",
            title=ad.title,
            content_hash=text_hash(ad.text),
            signature=signed,
            length=len(ad.text),
            company=" ".join(re.findall(r"[^\W_]+", ad.company.casefold())),
            place=ad.place,
            city=parse_place(ad.place).city,
        )
        for ad, signed in zip(ads, signatures, strict=True)
    ]


def group_all(ads: Sequence[Ad], docs: Sequence[CopyDoc], nodes: int) -> list[tuple[int, ...]]:
    asked = 0

    def text_of(indices: Sequence[int]) -> dict[int, str]:
        nonlocal asked
        asked += len(indices)
        return {i: ads[i].text for i in indices}

    began = time.process_time()
    groups = group_copies(docs, text_of, nodes_at_once=nodes)
    seconds, members = time.process_time() - began, sum(map(len, groups))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"groups: {len(groups):,} of {members:,} postings, largest {max(map(len, groups))}, {seconds:.1f} s")
    print(f"texts asked for: {asked:,}; peak memory of the process with all texts: {peak:,.0f} MB")
    return groups


def score(pairs: Sequence[dict], ads: Sequence[Ad], groups: Sequence[Sequence[int]], misses: int) -> None:
    """Print precision and recall of joining, plain and weighted, and the first misses."""
    group_of = {i: number for number, group in enumerate(groups) for i in group}
    place = {(ad.file, ad.row): i for i, ad in enumerate(ads)}
    counts = {"plain": [0.0, 0.0, 0.0], "weighted": [0.0, 0.0, 0.0]}
    wrong = []
    for pair in pairs:
        if pair["label"] not in (*JOINED, *APART):
            continue
        one, other = (place[pair[side]["file"], pair[side]["row"]] for side in "ab")
        is_joined = one in group_of and group_of[one] == group_of.get(other)
        is_same = pair["label"] in JOINED
        for name, weight in (("plain", 1.0), ("weighted", pair["weight"])):
            for i, counted in enumerate((is_joined and is_same, is_joined and not is_same, is_same and not is_joined)):
                counts[name][i] += weight * counted
        if is_joined != is_same:
            wrong.append(f"{'joined' if is_joined else 'apart '} {pair['id']} {pair['label']}: {pair['why']}")
    for name, (right, false, missed) in counts.items():
        print(f"{name}: precision {right / (right + false):.3f} recall {right / (right + missed):.3f}")
    print("\n".join(wrong[:misses]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--nodes", type=int, default=20_000, help="texts held at once")
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    if not (options.shared / "gold").exists():
        sys.exit(f"No marked pairs: {options.shared} is not here.")
    ads = list(read_ads(options.shared / "data" / "postings"))
    groups = group_all(ads, make_docs(ads), options.nodes)
    lines = (options.shared / "gold" / "pairs_dev.jsonl").read_text(encoding="utf-8").splitlines()
    score([json.loads(line) for line in lines], ads, groups, options.misses)


if __name__ == "__main__":
    main()
