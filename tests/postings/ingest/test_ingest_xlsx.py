"""Excel workbooks: what people see in a sheet is what comes out as rows."""

import gzip
import io
import re
from datetime import date, datetime, time

import openpyxl
import pytest

from benchmarks.invented_files import cell_xml, make_table_workbook, make_workbook, make_zip, sheet_xml
from postings.ingest import RawRow, RejectedRow, UnreadableFile, header_of, lines_of, read_rows, sniff_format
from postings.ingest.workbook import date_text, is_date_format


def saved(*sheets, hidden=()):
    """A workbook as openpyxl saves it, of (name, rows)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def written(tmp_path, content):
    path = tmp_path / "jobs"
    path.write_bytes(content)
    return path


def read(tmp_path, content, **options):
    path = written(tmp_path, content)
    return list(read_rows(path, sniff_format(path, name="jobs.xlsx"), **options))


def refusal(tmp_path, content):
    with pytest.raises(UnreadableFile) as refused:
        read(tmp_path, content)
    assert str(refused.value).startswith("jobs.xlsx ")
    assert str(refused.value).endswith(".")
    return str(refused.value)


def xml_rows(*rows):
    return {number: [cell_xml(cell) for cell in cells] for number, cells in enumerate(rows, 1)}


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("Data Engineer", "Data Engineer"),
        ("  two\nlines  ", "  two\nlines  "),
        (3912345678, "3912345678"),
        (45000.0, "45000"),
        (-1, "-1"),
        (0.1 + 0.2, "0.3"),
        (1234.5, "1234.5"),
        (12345678901234567890, "1.23456789012346e+19"),
        (True, "True"),
        (False, "False"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime.fromisoformat("2026-03-01T14:30:05"), "2026-03-01T14:30:05"),
        (time(9, 15), "09:15:00"),
        ("#N/A", ""),
        ("#DIV/0!", ""),
        (None, ""),
    ],
)
def test_a_cell_comes_out_as_people_read_it(tmp_path, cell, shown):
    content = saved(("Jobs", [("title", "value"), ("A", cell), ("B", "end")]))
    assert read(tmp_path, content)[0].values == {"title": "A", "value": shown}


def test_a_formula_gives_the_value_that_was_saved_with_it_and_an_error_gives_nothing(tmp_path):
    cells = {
        1: [cell_xml("title"), cell_xml("sum"), cell_xml("link"), cell_xml("lost")],
        2: [
            cell_xml("A"),
            "<c><f>1+2</f><v>3</v></c>",
            '<c t="str"><f>X()</f><v>there</v></c>',
            '<c t="e"><v>#REF!</v></c>',
        ],
    }
    row = read(tmp_path, make_workbook({"Jobs": sheet_xml(cells)}))[0]
    assert row.values == {"title": "A", "sum": "3", "link": "there", "lost": ""}


def test_shared_texts_keep_their_runs_and_lose_hints_on_pronunciation(tmp_path):
    strings = (
        "<sst><si><t>title</t></si><si><t>text</t></si><si><r><t>Data </t></r><r><t>Engineer</t></r></si>"
        "<si><t>one_x000D_two &amp; _x0000_three</t><rPh><t>hint</t></rPh></si></sst>"
    )
    cells = {n: [f'<c t="s"><v>{i}</v></c>' for i in pair] for n, pair in ((1, (0, 1)), (2, (2, 3)), (3, (2, 99)))}
    rows = read(tmp_path, make_workbook({"Jobs": sheet_xml(cells)}, **{"xl__sharedStrings.xml": strings}))
    assert rows[0].values == {"title": "Data Engineer", "text": "one\rtwo & three"}
    assert rows[1].values == {"title": "Data Engineer", "text": ""}


def test_the_line_is_excels_row_number_below_titles_and_blank_rows(tmp_path):
    rows = [(), ("Export of March",), (), ("title", "company", "text"), ("A", "B", "C"), (), ("D", "E", "F")]
    content = saved(("Jobs", rows))
    found = read(tmp_path, content)
    assert [(row.row, row.line, row.values["title"]) for row in found] == [(0, 5, "A"), (1, 7, "D")]
    path = written(tmp_path, content)
    fmt = sniff_format(path, name="x")
    assert header_of(path, fmt) == ["title", "company", "text"]
    assert lines_of(path, fmt) == 7


def test_the_rows_are_counted_where_a_sheet_does_not_say_how_many_it_has(tmp_path):
    path = written(tmp_path, make_table_workbook())
    assert lines_of(path, sniff_format(path, name="x")) == 33


def test_rows_are_counted_whatever_the_sheet_is_written_in(tmp_path):
    plain = sheet_xml(xml_rows(("title", "company", "text"), ("A", "B", "C")))
    prefixed = re.sub("<(/?)", r"<\1x:", plain).replace("<x:worksheet>", '<x:worksheet xmlns:x="http://x/main">')
    for sheet, lines in ((prefixed, 2), (plain.encode("utf-16"), 1)):
        path = written(tmp_path, make_workbook({"Jobs": sheet}))
        assert lines_of(path, sniff_format(path, name="x")) == lines
        assert len(list(read_rows(path, sniff_format(path, name="x")))) == 1


def test_the_sheet_with_the_table_is_found_behind_covers_and_hidden_ones(tmp_path):
    table = [("title", "company", "text"), ("A", "B", "C")]
    sheets = [("About", [("made by", "us"), ("on", "Monday")]), ("Lists", table), ("Jobs", table), ("More", table)]
    path = written(tmp_path, saved(*sheets, hidden=("Lists",)))
    assert sniff_format(path, name="x").sheet == "Jobs"


def test_a_table_of_two_columns_is_taken_where_no_sheet_has_more(tmp_path):
    path = written(tmp_path, saved(("Cover", [("Hello",)]), ("Jobs", [("title", "text"), ("A", "B")])))
    assert sniff_format(path, name="x").sheet == "Jobs"


def test_a_remark_beside_the_table_is_kept_and_costs_no_row(tmp_path):
    rows = read(tmp_path, saved(("Jobs", [("title", "text"), ("A", "B", None, "call them"), ("C", "D")])))
    assert rows[0].values == {"title": "A", "text": "B", "Unnamed: 3": "call them"}
    assert rows[1].values == {"title": "C", "text": "D"}


def test_a_header_that_comes_again_is_a_rejection(tmp_path):
    rows = read(tmp_path, saved(("Jobs", [("title", "text"), ("A", "B"), ("title", "text"), ("C", "D")])))
    assert [type(row) for row in rows] == [RawRow, RejectedRow, RawRow]
    assert rows[1].reason == "The row repeats the header."


def test_columns_are_named_by_position_where_the_first_row_is_surely_data(tmp_path):
    rows = [(f"Job {n}", f"https://jobs.example/{n}", "text") for n in range(5)]
    found = read(tmp_path, saved(("Jobs", rows)))
    assert len(found) == 5
    assert found[0].values == {"Column 1": "Job 0", "Column 2": "https://jobs.example/0", "Column 3": "text"}
    assert found[0].line == 1


@pytest.mark.parametrize("skip", [0, 1, 31, 32, 40])
def test_reading_can_be_resumed_at_any_row(tmp_path, skip):
    content = make_table_workbook()
    assert read(tmp_path, content, skip_rows=skip) == read(tmp_path, content)[skip:]


@pytest.mark.parametrize("pack", [gzip.compress, lambda content: make_zip({"folder/jobs.xlsx": content})])
def test_a_packed_workbook_is_read_like_the_workbook_itself(tmp_path, pack):
    content = make_table_workbook()
    assert read(tmp_path, pack(content)) == read(tmp_path, content)


def test_texts_come_from_disk_as_they_come_from_memory(tmp_path, monkeypatch):
    strings = ["title", "text", *(f"shared text number {n} ü" for n in range(200))]
    cells = {n: [f'<c t="s"><v>{i}</v></c>' for i in (n * 7 % 200 + 2, n)] for n in range(2, 200)}
    cells = {1: ['<c t="s"><v>0</v></c>', '<c t="s"><v>1</v></c>'], **cells}
    content = make_workbook({"Jobs": sheet_xml(cells)}, strings=strings)
    in_memory = read(tmp_path, content)
    monkeypatch.setattr("postings.ingest.shared_strings._IN_MEMORY", 500)
    assert read(tmp_path, content) == in_memory
    assert in_memory[50].values == {"title": strings[52 * 7 % 200 + 2], "text": strings[52]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "with a password"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "Workbook".encode("utf-16-le"), r"an old Excel workbook"),
        (make_zip({"[Content_Types].xml": "x", "word/document.xml": "x"}), "a Word document"),
        (make_zip({"[Content_Types].xml": "x", "ppt/presentation.xml": "x"}), "a PowerPoint"),
        (make_zip({"[Content_Types].xml": "x", "xl/workbook.bin": "x"}), "xlsb"),
        (make_zip({"mimetype": "x", "content.xml": "x"}), "OpenDocument"),
        (make_workbook({"Jobs": sheet_xml({})}), "no sheet has a row of at least two column names"),
        (make_workbook({"Jobs": sheet_xml(xml_rows(("only",)))}), "no sheet has a row"),
        (make_workbook({"Jobs": sheet_xml(xml_rows(("a", "b")))}, hidden=("Jobs",)), "no visible sheet"),
        (make_workbook({"Jobs": "<worksheet><sheetData><row><c></row>"}), "damaged Excel workbook"),
        (make_table_workbook()[:-200], "damaged"),
    ],
)
def test_what_is_no_readable_workbook_is_refused_with_a_sentence(tmp_path, content, words):
    assert words in refusal(tmp_path, content)


@pytest.mark.parametrize(
    ("serial", "is_1904", "shown"),
    [
        (1, False, "1900-01-01"),
        (59, False, "1900-02-28"),
        (61, False, "1900-03-01"),
        (45352, False, "2024-03-01"),
        (43890, True, "2024-03-01"),
        (45352.999999999, False, "2024-03-02"),
        (0.5, False, "12:00:00"),
        (2_958_465, False, "9999-12-31"),
        (2_958_466, False, ""),
        (-1, False, ""),
    ],
)
def test_day_numbers_are_those_of_excel(serial, is_1904, shown):
    assert date_text(serial, is_1904=is_1904) == shown


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("yyyy-mm-dd", True),
        ("[$-407]d. mmm yyyy;@", True),
        ("[h]:mm", True),
        ("m/d/yy h:mm", True),
        ("General", False),
        ("#,##0.00 €", False),
        ('0.0 "days"', False),
        ("[Red]0.00", False),
        ("0.00E+00", False),
        ("\\d0", False),
        ("_-* #,##0_-", False),
        ("@", False),
    ],
)
def test_formats_of_dates_are_told_from_those_of_numbers(code, is_date):
    assert is_date_format(code) is is_date
