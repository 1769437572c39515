"""Packed files: one file inside is read like the file itself; anything else is refused with a sentence."""

import gzip
import io
import json
import struct
import zipfile

import pytest

from benchmarks.invented_files import HEADER, make_csv, make_records, make_zip
from postings.ingest import UnreadableFile, header_of, lines_of, read_rows, sniff_format

TABLE = make_csv().encode()


def written(tmp_path, content):
    path = tmp_path / "upload"
    path.write_bytes(content)
    return path


def refusal(tmp_path, content):
    with pytest.raises(UnreadableFile) as refused:
        sniff_format(written(tmp_path, content), name="jobs.zip")
    assert str(refused.value).startswith("jobs.zip ")
    assert str(refused.value).endswith(".")
    return str(refused.value)


def encrypted(content):
    """The zip with the flag that says that its file is encrypted."""
    damaged = bytearray(content)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(magic) + offset
        struct.pack_into("<H", damaged, at, struct.unpack_from("<H", content, at)[0] | 1)
    return bytes(damaged)


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: make_zip({"März/jobs.txt": content})])
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (TABLE, "csv"),
        (make_csv(delimiter="\t").encode("utf-16"), "csv"),
        (json.dumps(make_records()).encode(), "json"),
        ("\n".join(map(json.dumps, make_records())).encode(), "jsonl"),
    ],
)
def test_a_packed_file_is_read_like_the_file_itself(tmp_path, content, kind, pack):
    plain = written(tmp_path, content)
    rows = list(read_rows(plain, sniff_format(plain, name="x")))
    lines = lines_of(plain, sniff_format(plain, name="x"))
    path = written(tmp_path, pack(content))
    fmt = sniff_format(path, name="x")
    assert fmt.kind == kind
    assert len(rows) == 32
    assert list(read_rows(path, fmt)) == rows
    assert list(read_rows(path, fmt, skip_rows=7)) == rows[7:]
    assert header_of(path, fmt) == list(HEADER)
    assert lines_of(path, fmt) == lines


def test_what_macos_and_windows_put_into_a_zip_does_not_count(tmp_path):
    others = {
        "jobs/": b"",
        "__MACOSX/jobs/._jobs.csv": b"x",
        "jobs/.DS_Store": b"x",
        "Thumbs.db": b"x",
        "._jobs.csv": b"x",
    }
    path = written(tmp_path, make_zip({**others, "jobs/jobs.csv": TABLE}))
    assert sniff_format(path, name="x").member == "jobs/jobs.csv"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (make_zip({"a.csv": TABLE, "b.csv": TABLE}), "of 2 files: a.csv, b.csv. Hand in each"),
        (make_zip({f"{n}.csv": b"x" for n in range(7)}), "of 7 files: 0.csv, 1.csv, 2.csv, 3.csv, 4.csv and 2 more."),
        (make_zip({}), "with no file in it"),
        (make_zip({"folder/": b""}), "with no file in it"),
        (make_zip({"a.csv.gz": gzip.compress(TABLE, mtime=0)}), "a zip archive of a gzip file"),
        (make_zip({"a.zip": make_zip({"a.csv": TABLE})}), "inside another archive"),
        (gzip.compress(make_zip({"a.csv": TABLE}), mtime=0), "inside another archive"),
        (gzip.compress(gzip.compress(TABLE, mtime=0), mtime=0), "compressed twice"),
        (gzip.compress(b"", mtime=0), "is empty"),
        (make_zip({"a.csv": b""}), "is empty"),
        (make_zip({"a.pdf": b"%PDF-1.7"}), "holds a PDF"),
        (make_zip({"a.csv": TABLE})[:-30], "a damaged zip archive"),
        (encrypted(make_zip({"a.csv": TABLE})), "with a password"),
        (make_zip({"a.csv": TABLE}, method=zipfile.ZIP_LZMA), "of a kind that is not read here"),
        (make_zip({"a.csv": TABLE}, method=zipfile.ZIP_BZIP2), "of a kind that is not read here"),
    ],
)
def test_an_archive_that_is_not_one_file_is_refused_with_a_sentence(tmp_path, content, words):
    assert words in refusal(tmp_path, content)


def test_a_file_damaged_inside_its_zip_is_refused(tmp_path):
    content = make_zip({"a.csv": TABLE}, method=zipfile.ZIP_STORED).replace(b"Obstgarten", b"Obstgarxen", 1)
    assert "a damaged zip file" in refusal(tmp_path, content)


@pytest.mark.slow
def test_a_zip_of_very_many_files_is_refused_before_their_names_are_read(tmp_path):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(30_000):
            archive.writestr(zipfile.ZipInfo(f"a file with a long name, number {number}"), b"")
    assert "of very many files" in refusal(tmp_path, file.getvalue())
