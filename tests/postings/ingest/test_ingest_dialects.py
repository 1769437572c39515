"""CSV as people and programs write it: every mark, every line end, with titles, without a header, cut, concatenated."""

import json

import pytest

from benchmarks.invented_files import HEADER, ROWS, make_csv
from postings.ingest import RawRow, RejectedRow, UnreadableFile, header_of, read_rows, sniff_format


def read(tmp_path, text, **options):
    path = tmp_path / "jobs.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    fmt = sniff_format(path, name="jobs.csv")
    assert fmt.kind == "csv"
    return header_of(path, fmt), list(read_rows(path, fmt, **options))


def values(rows):
    return [tuple(row.values.values()) for row in rows if isinstance(row, RawRow)]


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("delimiter", list(",;\t|^~:\x1f\x01¦§"))
def test_any_delimiter_and_either_quotation_mark_give_the_same_table(tmp_path, delimiter, quote):
    header, rows = read(tmp_path, make_csv(delimiter=delimiter, quotechar=quote))
    assert header == list(HEADER)
    assert values(rows) == list(ROWS)


@pytest.mark.parametrize("delimiter", list(",;\t|^~"))
@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_table_with_every_cell_quoted_is_read(tmp_path, delimiter, quote):
    lines = [HEADER, *ROWS]
    text = "\n".join(delimiter.join(quote + cell.replace(quote, quote * 2) + quote for cell in line) for line in lines)
    header, rows = read(tmp_path, text + "\n")
    assert header == list(HEADER)
    assert values(rows) == list(ROWS)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("title;pay;text\nA;1,5;x, y\nB;2,5;z, w\n", ";"),
        ("title:text, and more\nA:b, c\nD:e, f\n", ","),
        ("description\nOne: two\nThree: four, five\n", ","),
        ("title\nDon't panic\nIt's fine\n", ","),
        ("title,text\nA,it's here\nB,'tis there\n", ","),
        ("title^text\nA^B^C^D\nE\nF^G^H\n", ","),
        ("sep=^\r\ntitle^text\r\nA^B\r\n", "^"),
    ],
)
def test_an_unusual_delimiter_is_only_taken_where_the_table_is_even_under_it(tmp_path, text, delimiter):
    path = tmp_path / "jobs.csv"
    path.write_text(text)
    assert sniff_format(path, name="x").delimiter == delimiter


def test_apostrophes_in_a_text_are_no_quotation_marks(tmp_path):
    text = "title,text\n" + "A,'tis a job\nB,we don't 'ave it\nC,'quoted' here\n" * 5
    assert values(read(tmp_path, text)[1])[:3] == [
        ("A", "'tis a job"),
        ("B", "we don't 'ave it"),
        ("C", "'quoted' here"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_gives_the_same_rows_and_lines(tmp_path, end):
    text = 'title,text\nA,"one\ntwo"\n\nB,three\n'.replace("\n", end)
    rows = read(tmp_path, text)[1]
    assert [(row.line, *row.values.values()) for row in rows] == [(2, "A", f"one{end}two"), (5, "B", "three")]


def test_mixed_line_ends_are_line_ends(tmp_path):
    rows = read(tmp_path, "title,text\r\nA,B\nC,D\rE,F\r\n\r\nG,H")[1]
    assert [(row.line, row.values["title"]) for row in rows] == [(2, "A"), (3, "C"), (4, "E"), (6, "G")]


def test_other_separators_of_lines_are_characters_of_a_text(tmp_path):
    text = "one\x0btwo\x0cthree\u2028four\x85five\x1esix"
    assert values(read(tmp_path, f"title,text\nA,{text}\n")[1]) == [("A", text)]


def test_a_file_of_several_days_repeats_its_header_and_that_is_no_row(tmp_path):
    day = "title,company,text\nA,B,C\n"
    rows = read(tmp_path, day + day + "\ufeff" + day)[1]
    assert [row.row for row in rows] == [0, 1, 2, 3, 4]
    assert [row.line for row in rows if isinstance(row, RejectedRow)] == [3, 5]
    assert {row.reason for row in rows if isinstance(row, RejectedRow)} == {"The row repeats the header."}


def test_titles_above_the_header_are_skipped(tmp_path):
    text = "Export of March\n\n(made by us)\ntitle;company;text\n" + "A;B, x;C\n" * 4
    header, rows = read(tmp_path, text)
    assert header == ["title", "company", "text"]
    assert [(row.row, row.line) for row in rows] == [(0, 5), (1, 6), (2, 7), (3, 8)]


@pytest.mark.parametrize(
    "row",
    [
        ("Job {n}", "https://jobs.example/{n}", "short"),
        ("Job {n}", "2026-03-0{n}", "short"),
        ("Job {n}", "a text of many words " * 15, "{n}"),
        ("Job {n}", "{n}@jobs.example", "x"),
    ],
)
def test_columns_are_named_by_position_where_the_first_row_is_surely_data(tmp_path, row):
    lines = [",".join(row).format(n=n) for n in range(1, 6)]
    header, rows = read(tmp_path, "\n".join(lines))
    assert header == ["Column 1", "Column 2", "Column 3"]
    assert [(found.row, found.line) for found in rows] == [(n, n + 1) for n in range(5)]
    assert rows[0].values["Column 1"] == "Job 1"


@pytest.mark.parametrize(
    "header",
    [
        "title,url,text",
        "0,1,2",
        "title,2026-03-01,2026-03-02",
        "title,https://docs.example/field,text",
    ],
)
def test_a_header_is_taken_for_data_only_where_that_is_sure(tmp_path, header):
    rows = "".join(f"Job {n},{n},words\n" for n in range(5))
    assert read(tmp_path, f"{header}\n{rows}")[0] == header.split(",")


@pytest.mark.parametrize(
    ("end", "reasons"),
    [
        ('C,D,"E and', ["The file ends in the middle of this row."]),
        ("C,D", ["The file ends in the middle of this row."]),
        ("C", ["The file ends in the middle of this row."]),
        ("C,D,E", []),
        ("C,D\n", []),
        ("C\n", ["The row has 1 cell where the header names 3 columns."]),
    ],
)
def test_a_last_row_that_is_cut_says_so(tmp_path, end, reasons):
    rows = read(tmp_path, "title,company,text\nA,B,C\n" + end)[1]
    assert [row.reason for row in rows if isinstance(row, RejectedRow)] == reasons
    assert len(rows) == 2


def test_a_last_row_without_its_last_cells_is_whole_where_others_lack_them_too(tmp_path):
    rows = read(tmp_path, "title,company,text\nA,B\nC,D")[1]
    assert values(rows) == [("A", "B", ""), ("C", "D", "")]


def test_a_table_may_begin_with_a_text_in_html(tmp_path):
    lines = [f"<p>{'We look for people. ' * 12}</p>,Job {n}" for n in range(5)]
    header, rows = read(tmp_path, "\n".join(lines))
    assert header == ["Column 1", "Column 2"]
    assert len(rows) == 5


def test_names_that_repeat_are_numbered_past_names_that_look_like_it(tmp_path):
    header, _ = read(tmp_path, "a,a,a.1,a,,\n1,2,3,4,5,6\n")
    assert header == ["a", "a.1", "a.1.1", "a.2", "Unnamed: 4", "Unnamed: 5"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\r\n\n  \r\n", "is empty: it holds nothing but blank lines"),
        (b"\xef\xbb\xbf\n", "is empty: it holds nothing but blank lines"),
        (b",,,\n,,,\n", "is empty: it holds nothing but blank lines"),
        (b"<html><body>502 Bad Gateway</body></html>", "is a web page"),
        (b"\n <!-- error --><div>sign in</div>", "is a web page"),
        (b'<?xml version="1.0"?><jobs/>', "is a web page or XML"),
        (b"{\\rtf1 jobs}", "is a text document"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path, content, words):
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as refused:
        sniff_format(path, name="march.csv")
    assert str(refused.value).startswith("march.csv " + words)
    assert str(refused.value).endswith(".")


ROUND_TRIPS = [
    *((text, encoding) for text in ("Müller, großes Büro", "Łódź, żółć", "Мы ищем", "データ分析", "πρόγραμμα", "עבודה")
      for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")),
    *(("Müller prüft großes Büro, schöne Räume", name) for name in ("cp1252", "latin-1", "mac_roman", "iso8859-15")),
    ("Łódź, znajomość języka, umiejętność", "cp1250"),
    ("Мы ищем разработчика, умение работать в команде", "cp1251"),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl"])
@pytest.mark.parametrize(("text", "encoding"), ROUND_TRIPS)
def test_a_text_comes_out_of_its_encoding_as_it_went_in(tmp_path, text, encoding, kind):
    records = [{"title": f"T{n}", "text": text} for n in range(30)]
    written = {
        "csv": "title;text\r\n" + "".join(f"{record['title']};{record['text']}\r\n" for record in records),
        "json": json.dumps(records, ensure_ascii=False),
        "jsonl": "\n".join(json.dumps(record, ensure_ascii=False) for record in records),
    }[kind]
    path = tmp_path / "x"
    path.write_bytes(written.encode(encoding))
    fmt = sniff_format(path, name="x")
    assert fmt.kind == kind
    assert [row.values for row in read_rows(path, fmt)] == records
