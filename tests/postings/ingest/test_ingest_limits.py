"""What is far too large is refused with a sentence: in seconds, and in little memory."""

import gzip
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from benchmarks.invented_files import cell_xml, make_csv, make_workbook, make_zip, sheet_xml
from postings.ingest import RawRow, RejectedRow, UnreadableFile, header_of, read_rows, sample_of, sniff_format
from postings.ingest.limits import Limits

MEGABYTE = 1_000_000
# Of a huge cell: enough for every limit. (With 500 the peaks are the same.)
PIECES = 60
SMALL = Limits(unpacked_bytes=50_000, ratio=10, ratio_from_bytes=20_000, columns=20, row_chars=5_000, lost_chars=30_000)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch):
    """Files are read in pieces smaller than the small limits, as real pieces are smaller than the real ones."""
    monkeypatch.setattr("postings.ingest.decoding.CHUNK_BYTES", 1_000)


def outcome(path, limits):
    """The sentence that refuses the file, or its rows."""
    try:
        fmt = sniff_format(path, name="jobs", limits=limits)
        header_of(path, fmt, limits=limits)
        sample_of(path, fmt, limits=limits)
        return list(read_rows(path, fmt, limits=limits))
    except UnreadableFile as refusal:
        return str(refusal)


def wide(count):
    return [f"c{number}" for number in range(count)]


def noise(size):
    """Text that does not pack well."""
    return "".join(f"{number * 7919 % 10007:x} " for number in range(size // 4))


ENDLESS = "word " * 10_000
PACKED_WELL = "title,text\n" + "A,BBBBBBBBBBBBBBBBB\n" * 2_000
TOO_MUCH = "title,text\n" + f"A,{noise(200)}\n" * 300
SHARED = {
    1: [cell_xml("title"), cell_xml("text")],
    2: ['<c t="s"><v>0</v></c>', cell_xml("B"), '<c t="s"><v>99999999</v></c>'],
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (gzip.compress(TOO_MUCH.encode(), mtime=0), "unpacks to more than"),
        (make_zip({"a.csv": TOO_MUCH}), "unpacks to more than"),
        (gzip.compress(PACKED_WELL.encode(), mtime=0), "more than 10 times its size"),
        (make_zip({"a.csv": PACKED_WELL}), "more than 10 times its size"),
        (make_workbook({"Jobs": sheet_xml({1: [cell_xml("a"), cell_xml("b")]}) + " " * 40_000}), "10 times its size"),
        (",".join(wide(21)).encode(), "has 21 columns. At most 20 are read"),
        (json.dumps([dict.fromkeys(wide(21), 1)]).encode(), "has 21 columns"),
        ("".join(json.dumps({f"c{n}": 1, "title": "A"}) for n in range(21)).encode(), "has 22 columns"),
        (make_workbook({"Jobs": sheet_xml({1: map(cell_xml, wide(21))})}), "has 21 columns"),
        (f"title,text\nA,{ENDLESS}\n".encode(), "a line of more than 30,000 characters"),
        (f'title,text\nA,"{ENDLESS}"\n'.encode(), "a line of more than 30,000 characters"),
        (('title,text\nA,"' + "word\n" * 10_000).encode(), "no whole row in"),
        (json.dumps([{"title": ENDLESS}]).encode(), "no whole record in"),
        (make_workbook({"Jobs": sheet_xml(SHARED)}, strings=[noise(6_000)]), "a cell of more than 5,000 characters"),
        (make_workbook({"Jobs": sheet_xml({1: [cell_xml("a"), cell_xml(noise(6_000))]})}), "a cell of more than 5,000"),
        (make_workbook({"Jobs": "<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>"}), "declares a document type"),
    ],
)
def test_what_is_beyond_a_limit_is_refused_with_a_sentence(tmp_path, content, words):
    path = tmp_path / "jobs"
    path.write_bytes(content)
    said = outcome(path, SMALL)
    assert isinstance(said, str)
    assert words in said
    assert said.endswith(".")
    assert isinstance(outcome(path, Limits()), list) or "document type" in said


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"title,text\nA,B\nC,{'x' * 8_000}\nE,F\n", "The row is longer than 5,000 characters."),
        (f'title,text\nA,B\nC,"{"x" * 8_000}"\nE,F\n', "The row is longer than 5,000 characters."),
        (json.dumps([{"title": "A"}, {"title": "x" * 8_000}, {"title": "E"}]), "not valid JSON"),
        (
            json.dumps([{"title": "A"}, dict.fromkeys(wide(30), 1), {"title": "E"}]),
            "The record has 30 fields. At most 20",
        ),
    ],
)
def test_one_row_that_is_too_large_costs_only_itself(tmp_path, content, reason):
    path = tmp_path / "jobs"
    path.write_text(content)
    rows = list(read_rows(path, sniff_format(path, name="x", limits=SMALL), limits=SMALL))
    assert [type(row) for row in rows] == [RawRow, RejectedRow, RawRow]
    assert reason in rows[1].reason
    assert rows[2].values["title"] == "E"


def test_a_cell_far_beyond_the_columns_costs_only_its_row(tmp_path):
    cells = {n: [cell_xml("title"), cell_xml("text")] for n in range(1, 100)}
    cells[90].append('<c r="ZZ90"><v>1</v></c>')
    path = tmp_path / "jobs"
    path.write_bytes(make_workbook({"Jobs": sheet_xml({**cells, 1: [cell_xml("a"), cell_xml("b")]})}))
    rows = list(read_rows(path, sniff_format(path, name="x"), limits=SMALL))
    assert [row.line for row in rows if isinstance(row, RejectedRow)] == [90]
    assert rows[88].reason == "A cell stands in column 702. At most 20 columns are read."


def test_a_header_of_a_hundred_thousand_columns_is_counted(tmp_path):
    path = tmp_path / "jobs.csv"
    path.write_text(",".join(wide(100_000)) + "\n" + "," * 99_999 + "\n")
    assert "columns. At most 2,000 are read" in outcome(path, Limits())


def _repeated(opened, piece, count):
    for _ in range(count):
        opened.write(piece)


def write_gzip_bomb(path):
    with gzip.open(path, "wb", compresslevel=1) as file:
        _repeated(file, bytes([65]) * MEGABYTE, 150)


def write_zip_bomb(path, member="a.csv"):
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(member, "w") as file,
    ):
        _repeated(file, b"title,text\n" + b"A" * MEGABYTE, 150)


def write_workbook_bomb(path, part, begin, piece):
    path.write_bytes(make_workbook({"Jobs": sheet_xml(SHARED)}, **{part: b"x"}))
    kept = zipfile.ZipFile(path)
    members = {name: kept.read(name) for name in kept.namelist() if name != part.replace("__", "/")}
    kept.close()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        with archive.open(part.replace("__", "/"), "w") as file:
            file.write(begin)
            _repeated(file, piece * (MEGABYTE // len(piece)), 95)


def write_shared_text_bomb(path):
    write_workbook_bomb(path, "xl__sharedStrings.xml", b"<sst><si><t>", b"word ")


def write_shared_count_bomb(path):
    write_workbook_bomb(path, "xl__sharedStrings.xml", b"<sst>", b"<si/>")


def write_row_bomb(path):
    write_workbook_bomb(path, "xl__worksheets__sheet1.xml", b"<worksheet><sheetData><row>", b"<c><v>1</v></c>")


def write_attribute_bomb(path):
    write_workbook_bomb(path, "xl__worksheets__sheet1.xml", b"<worksheet><sheetData><row r='", b"12345")


def write_comment_bomb(path):
    write_workbook_bomb(path, "xl__styles.xml", b"<styleSheet><!--", b"12345")


def write_quoted_cell(path):
    with path.open("wb") as file:
        file.write(b'title,text\nA,B\nC,"')
        _repeated(file, b"x" * MEGABYTE, PIECES)
        file.write(b'"\nE,F\n')


def write_quoted_lines(path):
    with path.open("wb") as file:
        file.write(b'title,text\nA,B\nC,"')
        _repeated(file, (b"some words in a line of text " * 40 + b"\n") * (MEGABYTE // 1161), PIECES)
        file.write(b'"\nE,F\n')


def write_unquoted_cell(path):
    with path.open("wb") as file:
        file.write(b"title,text\nA,B\nC,")
        _repeated(file, b"word " * (MEGABYTE // 5), PIECES)


def write_one_line(path):
    with path.open("wb") as file:
        _repeated(file, b"word, " * (MEGABYTE // 6), PIECES)


def write_json_string(path):
    with path.open("wb") as file:
        file.write(b'[{"title": "A", "text": "B"}, {"title": "')
        _repeated(file, b"x" * MEGABYTE, PIECES)
        file.write(b'"}]')


def write_json_nesting(path):
    with path.open("wb") as file:
        file.write(b'[{"title": "A"}, {"title": ')
        _repeated(file, b"[" * MEGABYTE, PIECES)


def write_json_fields(path):
    path.write_text("[{" + ",".join(f'"c{n}":[[],[],[]]' for n in range(60_000)) + "}]")


WRITERS = [
    write_gzip_bomb,
    write_zip_bomb,
    write_shared_text_bomb,
    write_shared_count_bomb,
    write_row_bomb,
    write_attribute_bomb,
    write_comment_bomb,
    write_quoted_cell,
    write_quoted_lines,
    write_unquoted_cell,
    write_one_line,
    write_json_string,
    write_json_nesting,
    write_json_fields,
]
READ = """
import sys, time
from pathlib import Path
from postings.ingest import UnreadableFile, header_of, read_rows, sample_of, sniff_format
path, began = Path(sys.argv[1]), time.process_time()
try:
    fmt = sniff_format(path, name="jobs")
    header_of(path, fmt), sample_of(path, fmt)
    for row in read_rows(path, fmt):
        pass
    said = "read"
except UnreadableFile as refusal:
    said = str(refusal)
peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024  # its own, not its parent's
print(f"{peak} {time.process_time() - began:.1f} {said}")
"""


@pytest.mark.slow
@pytest.mark.parametrize("write", WRITERS)
def test_a_bomb_is_refused_within_seconds_and_two_hundred_megabytes(tmp_path, write):
    path = tmp_path / "bomb"
    write(path)
    command = [sys.executable, "-c", READ, str(path)]
    found = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    peak, seconds, said = found.stdout.strip().split(" ", 2)
    assert said.startswith(("jobs ", "The file "))
    assert int(peak) < 200
    assert float(seconds) < 30


def test_a_table_that_packs_well_is_no_bomb(tmp_path):
    path = tmp_path / "jobs.csv.gz"
    path.write_bytes(gzip.compress(make_csv().encode() * 50))
    fmt = sniff_format(path, name="x")
    assert len(list(read_rows(path, fmt))) == 32 * 50 + 49
