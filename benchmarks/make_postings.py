"""Write a file of postings of any size, shaped like real ones, and say exactly what is in it.

    .venv/bin/python benchmarks/make_postings.py /tmp/million.csv --rows 1000000 --seed 1

Kinds by the file's ending: .csv, .csv.gz, .jsonl, .jsonl.gz, .xlsx. About 15% of the rows repeat an earlier one,
1% hold an earlier one changed, 10% are an earlier ad under another board, 2% are damaged. The counts printed are
those that ingest must come to: `new`, `changed`, `repeated` and `rejected` add up to `rows`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import IO
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.made_ads import COLUMNS, SITES, Ads, Row

ENDINGS = (".csv", ".csv.gz", ".jsonl", ".jsonl.gz", ".xlsx")
XLSX_ROWS = 1_048_575  # below the header
BLOCK = 500
DAMAGED, REPEATED, COPIED, CHANGED = 0.02, 0.15, 0.10, 0.01
# Column -> value of a row that cannot be taken, and of one that can.
HOPELESS = (
    {"title": ""},
    {"title": "N/A"},
    {"description": ""},
    {"description": "-"},
    {"title": "", "description": ""},
)
BEARABLE = ({"date_posted": "32/13/2025"}, {"date_posted": "########"}, {"salary": "-1"}, {"company": ""})
TOOLS = (
    "SQL",
    "Python",
    "dbt",
    "Airflow",
    "Kafka",
    "Spark",
    "Docker",
    "Linux",
    "Git",
    "Bash",
    "Terraform",
    "Helm",
    "R",
)
DESCRIPTION = COLUMNS.index("description")


@dataclass
class Made:
    """What was put in. `damaged` rows are either among the `rejected` or, their fault bearable, among the `new`."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    repeated: int = 0
    rejected: int = 0
    copies: int = 0
    damaged: int = 0
    text_characters: int = 0
    bytes: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class Item:
    """A row and how it is written: `fault` names what is wrong with the writing of it, "" if nothing is."""

    cells: Row
    fault: str = ""


def write_postings(out: Path, *, rows: int, seed: int) -> Made:
    """Write `rows` data rows to `out`; the same arguments give the same bytes."""
    ending = next((ending for ending in ENDINGS if out.name.endswith(ending)), "")
    if not ending:
        raise ValueError(f"{out.name} ends with none of {', '.join(ENDINGS)}")
    if ending == ".xlsx" and rows > XLSX_ROWS:
        raise ValueError(f"A sheet has room for {XLSX_ROWS:,} rows.")
    kind = ending.removesuffix(".gz").lstrip(".")
    began, made = time.perf_counter(), Made()
    with _opened(out, kind=kind, packed=ending.endswith(".gz")) as file:
        head, line = WRITERS[kind]
        file.write(head.encode())
        waiting: list[bytes] = []
        for item in items(rows, seed, made, faults=FAULTS[kind]):
            waiting.append(line(item).encode())
            if len(waiting) == BLOCK:
                file.write(b"".join(waiting))
                waiting.clear()
        file.write(b"".join([*waiting, TAILS.get(kind, "").encode()]))
    made.bytes, made.seconds = out.stat().st_size, round(time.perf_counter() - began, 1)
    return made


def items(rows: int, seed: int, made: Made, *, faults: tuple[str, ...]) -> Iterator[Item]:
    """Yield the rows in order and count them in `made`."""
    chance, ads = Random(seed), Ads(rows=rows, seed=seed)
    # By number of ad: how often it has changed, on how many other boards it stands.
    versions, shown, last = bytearray(rows), bytearray(rows), 0
    while made.rows < rows:
        made.rows += 1
        drawn, any_ad = chance.random(), int(chance.random() * last)
        if drawn < DAMAGED:
            # A fresh number, which nothing repeats; the last row and its follower stay whole.
            yield from _damaged(ads, rows + made.rows, chance, made, faults if made.rows < rows else ("",))
            continue
        if last and drawn < DAMAGED + REPEATED:
            made.repeated += 1
            item = Item(ads.row(any_ad, version=versions[any_ad]))
        elif last and drawn < DAMAGED + REPEATED + CHANGED and versions[any_ad] < 255:
            versions[any_ad] += 1
            made.changed += 1
            item = Item(ads.row(any_ad, version=versions[any_ad]))
        elif last and drawn < DAMAGED + REPEATED + CHANGED + COPIED and shown[any_ad] < len(SITES) - 1:
            shown[any_ad] += 1
            made.new += 1
            made.copies += 1
            item = Item(ads.row(any_ad, version=versions[any_ad], shift=shown[any_ad]))
        else:
            made.new += 1
            item = Item(ads.row(last))
            last += 1
        made.text_characters += len(item.cells[DESCRIPTION])
        yield item


def _damaged(ads: Ads, number: int, chance: Random, made: Made, faults: tuple[str, ...]) -> Iterator[Item]:
    made.damaged += 1
    cells = dict(zip(COLUMNS, ads.row(number), strict=True))
    fault = chance.choice(faults)
    if fault == "stray quote":
        # The row is whole but for a quotation mark that never closes; no other cell may hold one or need one.
        cells |= {"title": '"Data engineer', "location": "Leeds", "salary": "", "date_posted": "2026-03-01"}
        cells["description"] = "You look after tables and pipelines from end to end in a small team"
        made.new += 1
    elif fault:
        made.rejected += 1
    elif chance.random() < 0.6:
        cells |= chance.choice(HOPELESS)
        made.rejected += 1
    else:
        cells |= chance.choice(BEARABLE)
        made.new += 1
    made.text_characters += len(cells["description"])
    yield Item(tuple(cells.values()), fault)
    if fault == "stray quote":
        # What comes next decides how much the mark swallows. This row quotes nothing but its text, whose first line
        # makes too many cells of the two: there is one right answer, both are whole.
        made.rows += 1
        made.new += 1
        calm = dict(zip(COLUMNS, ads.row(2 * number + 1), strict=True))
        calm |= {"title": "Data analyst", "location": "Leeds", "salary": "", "date_posted": "2026-03-02"}
        calm["description"] = (
            f"Our tools: {', '.join(TOOLS)}\n- keep the tables in order, day by day\n- write down what they mean"
        )
        yield Item(tuple(calm.values()))


def _csv_cell(cell: str) -> str:
    if '"' in cell or "," in cell or "\n" in cell:
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _csv_line(item: Item) -> str:
    if item.fault == "one cell":
        return "Show more results\n"
    if item.fault == "empty row":
        return "," * (len(COLUMNS) - 1) + "\n"
    if item.fault == "stray quote":
        return ",".join(item.cells) + "\n"
    line = ",".join(item.cells[:-1])
    if '"' in line or "\n" in line or line.count(",") != len(COLUMNS) - 2:
        line = ",".join(map(_csv_cell, item.cells[:-1]))
    return f"{line},{_csv_cell(item.cells[-1])}" + (",more,and,more\n" if item.fault == "too many cells" else "\n")


def _json_line(item: Item) -> str:
    line = json.dumps(dict(zip(COLUMNS, item.cells, strict=True)), ensure_ascii=False)
    return (line[: len(line) // 2] if item.fault == "cut" else line) + "\n"


def _xlsx_line(item: Item) -> str:
    cells = "".join(f'<c t="inlineStr"><is><t xml:space="preserve">{escape(c)}</t></is></c>' for c in item.cells)
    return f"<row>{cells}</row>"


SHEET = '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
WRITERS: dict[str, tuple[str, Callable[[Item], str]]] = {
    "csv": (",".join(COLUMNS) + "\n", _csv_line),
    "jsonl": ("", _json_line),
    "xlsx": (SHEET + _xlsx_line(Item(COLUMNS)), _xlsx_line),
}
TAILS = {"xlsx": "</sheetData></worksheet>"}
FAULTS: dict[str, tuple[str, ...]] = {
    "csv": ("", "", "", "too many cells", "one cell", "empty row", "stray quote"),
    "jsonl": ("", "", "", "cut"),
    "xlsx": ("",),
}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# The least that makes a workbook of one sheet.
WORKBOOK = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    f'ContentType="{_TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
    f'ContentType="{_TYPES}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>'
    '<sheet name="postings" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


@contextmanager
def _opened(out: Path, *, kind: str, packed: bool) -> Iterator[IO[bytes]]:
    if kind == "xlsx":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
            for name, content in WORKBOOK.items():
                book.writestr(zipfile.ZipInfo(name), content)
            with book.open(zipfile.ZipInfo("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
                yield sheet
    elif packed:
        with out.open("wb") as plain, gzip.GzipFile("", "wb", compresslevel=1, fileobj=plain, mtime=0) as file:
            yield file
    else:
        with out.open("wb") as file:
            yield file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help=f"its ending decides the kind: {' '.join(ENDINGS)}")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    print(json.dumps(asdict(write_postings(options.out, rows=options.rows, seed=options.seed))))


if __name__ == "__main__":
    main()
