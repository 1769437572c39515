import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postings.ingest import FileFormat, RawRow, RejectedRow, header_of, read_rows, sniff_format
from tests.properties import examples

CSV = FileFormat(kind="csv", encoding="utf-8-sig", delimiter=",")


def read(tmp_path, text: str, fmt: FileFormat = CSV, **options):
    path = tmp_path / "jobs.csv"
    path.write_bytes(text.encode())
    return list(read_rows(path, fmt, **options))


def test_rows_carry_their_number_and_the_line_they_start_on(tmp_path):
    rows = read(tmp_path, 'title,text\nA,"one\ntwo\nthree"\nB,four\n\n\nC,"five\r\nsix"\nD,seven\n')
    assert [(row.row, row.line, row.values["title"]) for row in rows] == [
        (0, 2, "A"),
        (1, 5, "B"),
        (2, 8, "C"),
        (3, 10, "D"),
    ]
    assert rows[0].values["text"] == "one\ntwo\nthree"


def test_lines_are_counted_from_the_top_of_the_file_when_the_header_runs_over_two(tmp_path):
    rows = read(tmp_path, '\ntitle,"job\ndescription"\nA,B\n')
    assert [(row.row, row.line, row.values) for row in rows] == [(0, 4, {"title": "A", "job description": "B"})]


CELL = st.text(alphabet="ab ,;\"\n\r'\\é", max_size=12)


@pytest.mark.slow
@settings(max_examples=examples(75))
@given(rows=st.lists(st.tuples(CELL, CELL), max_size=12), skip=st.integers(0, 14), end=st.sampled_from(["\n", "\r\n"]))
def test_every_row_comes_out_once_with_its_cells_its_line_and_at_any_resumption(tmp_path_factory, rows, skip, end):
    text, expected = io.StringIO(), []
    writer = csv.writer(text, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "title", "text"])
    for number, cells in enumerate(rows):
        line = len(io.StringIO(text.getvalue(), newline="").readlines()) + 1
        expected.append((number, line, {"id": f"n{number}", "title": cells[0], "text": cells[1]}))
        writer.writerow([f"n{number}", *cells])
    found = read(tmp_path_factory.mktemp("csv"), text.getvalue(), skip_rows=skip)
    assert [(row.row, row.line, row.values) for row in found] == expected[skip:]


def test_columns_without_a_name_and_with_the_same_name_get_names_of_their_own(tmp_path):
    rows = read(tmp_path, ",title,text,,text\n7,A,B,,C\n")
    assert rows[0].values == {"Unnamed: 0": "7", "title": "A", "text": "B", "Unnamed: 3": "", "text.1": "C"}


def test_the_row_names_that_r_writes_without_a_header_are_a_column(tmp_path):
    rows = read(tmp_path, '"title","text"\n"1","A","B"\n"2","C","D"\n')
    assert [row.values for row in rows] == [
        {"Unnamed: 0": "1", "title": "A", "text": "B"},
        {"Unnamed: 0": "2", "title": "C", "text": "D"},
    ]


def test_a_row_with_too_many_cells_is_rejected_with_its_place_and_its_cells(tmp_path):
    rows = read(tmp_path, "title,company,text\nA,B,C\nD,E,F,G\nH,I,J\n")
    assert [type(row) for row in rows] == [RawRow, RejectedRow, RawRow]
    bad = rows[1]
    assert (bad.row, bad.line) == (1, 3)
    assert bad.reason == "The row has 4 cells where the header names 3 columns."
    assert bad.raw == {"title": "D", "company": "E", "text": "F", "Unnamed: 3": "G"}


def test_a_line_that_was_torn_off_its_row_is_rejected(tmp_path):
    rows = read(tmp_path, "title,company,text\nA,B,C\nmore of a text\nD,E,F\n")
    assert [(row.line, isinstance(row, RawRow)) for row in rows] == [(2, True), (3, False), (4, True)]


def test_empty_cells_at_the_end_may_be_missing_or_too_many(tmp_path):
    rows = read(tmp_path, "title,text,date\nA,B\nC,D,2024-01-01,,,\n")
    assert rows[0].values == {"title": "A", "text": "B", "date": ""}
    assert rows[1].values == {"title": "C", "text": "D", "date": "2024-01-01"}


def test_a_row_of_nothing_but_delimiters_is_counted_and_rejected(tmp_path):
    rows = read(tmp_path, "title,text\nA,B\n,\n , \nC,D\n")
    assert [(row.row, row.line) for row in rows] == [(0, 2), (1, 3), (2, 4), (3, 5)]
    assert [row.reason for row in rows if isinstance(row, RejectedRow)] == ["The row is empty."] * 2


def test_a_stray_quotation_mark_costs_its_own_row_at_most(tmp_path):
    good = "".join(f"T{n},Acme,text {n}\n" for n in range(5))
    rows = read(tmp_path, f'title,company,text\n{good}"Chief of chaos,Acme,oops\n{good}')
    assert [row.line for row in rows] == list(range(2, 13))
    assert rows[5].values == {"title": '"Chief of chaos', "company": "Acme", "text": "oops"}
    assert [row.values["title"] for row in rows[6:]] == [f"T{n}" for n in range(5)]


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_the_rest(tmp_path):
    rows = read(tmp_path, 'title,company,text\nA,"Acme,x,y,z\nB,C,D\nE,F,G\n')
    assert isinstance(rows[0], RejectedRow)
    assert "never closed" in rows[0].reason
    assert [row.values["title"] for row in rows[1:]] == ["B", "E"]


def test_a_last_row_that_is_cut_inside_its_text_is_one_rejection(tmp_path):
    rows = read(tmp_path, 'title,company,text\nA,B,C\nD,E,"first paragraph\n\nsecond paragraph\nthird, and')
    assert [(row.row, row.line, type(row)) for row in rows] == [(0, 2, RawRow), (1, 3, RejectedRow)]
    assert rows[1].raw["text"].startswith("first paragraph")


def test_a_text_longer_than_the_csv_module_allows_by_default_is_read(tmp_path):
    long = "word " * 50_000
    assert read(tmp_path, f'title,text\nA,"{long}"\n')[0].values["text"] == long


def test_quotation_marks_escaped_by_a_backslash_are_read_where_the_file_does_so(tmp_path):
    body = "".join(f'"T{n}","says \\"hello, you\\" twice"\n' for n in range(20))
    rows = read(tmp_path, f'"title","text"\n{body}')
    assert len(rows) == 20
    assert rows[3].values == {"title": "T3", "text": 'says "hello, you" twice'}


def test_a_nul_character_is_dropped_because_no_database_takes_it(tmp_path):
    assert read(tmp_path, "title,text\nA\0B,C\n")[0].values["title"] == "AB"


def test_reading_goes_on_only_as_far_as_it_is_asked(tmp_path):
    path = tmp_path / "jobs.csv"
    path.write_text("title,text\n" + "A,B\n" * 5 + 'C,"never closed\n' + "x" * 100)
    rows = read_rows(path, CSV)
    assert next(rows).line == 2
    rows.close()


@pytest.mark.parametrize("text", ["title,text\n", "title,text"])
def test_a_header_alone_has_columns_and_no_rows(tmp_path, text):
    path = tmp_path / "jobs.csv"
    path.write_text(text)
    fmt = sniff_format(path, name="jobs.csv")
    assert header_of(path, fmt) == ["title", "text"]
    assert list(read_rows(path, fmt)) == []
