import json
from datetime import date

import pytest

from postings.ingest import (
    FileFormat,
    RawRow,
    RejectedRow,
    UnreadableFile,
    clean_row,
    header_of,
    read_rows,
    sniff_format,
    suggest_columns,
)
from postings.ingest.decoding import CHUNK_BYTES as CHUNK_CHARS
from postings.ingest.json_parts import JOINED

RECORDS = [{"id": number, "title": f"T{number}", "text": "päragraph\n" * (number % 7)} for number in range(40)]


def read(tmp_path, text: str, **options):
    path = tmp_path / "jobs"
    path.write_text(text, encoding="utf-8")
    return list(read_rows(path, sniff_format(path, name="jobs"), **options))


def test_records_glued_on_one_line_are_two_rows(tmp_path):
    rows = read(tmp_path, '{"title": "A"}\n{"title": "B"}{"title": "C"}\n{"title": "D"}\n')
    assert [(row.row, row.line, row.values["title"]) for row in rows] == [
        (0, 1, "A"),
        (1, 2, "B"),
        (2, 2, "C"),
        (3, 3, "D"),
    ]


def test_records_that_run_over_several_lines_start_where_their_brace_stands(tmp_path):
    rows = read(tmp_path, json.dumps(RECORDS[:3], indent=2))
    assert [row.line for row in rows] == [2, 7, 12]


@pytest.mark.parametrize("skip", [0, 1, 17, 39, 40, 99])
@pytest.mark.parametrize("shape", ["array", "indented", "lines", "glued", "wrapped"])
def test_reading_can_be_resumed_at_any_record(tmp_path, skip, shape):
    text = {
        "array": json.dumps(RECORDS),
        "indented": json.dumps(RECORDS, indent=1, ensure_ascii=False),
        "lines": "\n".join(json.dumps(record) for record in RECORDS),
        "glued": "".join(json.dumps(record) for record in RECORDS),
        "wrapped": json.dumps({"count": 40, "meta": {"page": 1}, "data": {"tags": ["x"], "jobs": RECORDS}}),
    }[shape]
    rows = read(tmp_path, text, skip_rows=skip)
    assert [row.row for row in rows] == list(range(skip, 40))
    assert [row.values["text"] for row in rows] == [record["text"] for record in RECORDS[skip:]]


def test_records_larger_than_the_window_are_read_whole(tmp_path):
    long = "word " * (CHUNK_CHARS // 4)
    rows = read(tmp_path, json.dumps([{"title": "A", "text": long}, {"title": "B", "text": long + "end"}]))
    assert [len(row.values["text"]) for row in rows] == [len(long), len(long) + 3]


def test_a_broken_record_is_one_rejection_with_its_line_and_the_next_one_is_read(tmp_path):
    rows = read(tmp_path, '{"title": "A"}\n{"title": "B", "text": }\n{"title": "C"}\n')
    assert [type(row) for row in rows] == [RawRow, RejectedRow, RawRow]
    assert (rows[1].row, rows[1].line) == (1, 2)
    assert "not valid JSON" in rows[1].reason
    assert rows[1].raw["record"].startswith('{"title": "B"')


@pytest.mark.parametrize("indent", [None, 2])
def test_a_broken_record_inside_a_list_costs_only_itself(tmp_path, indent):
    text = json.dumps([{"title": name, "tags": [{"x": 1}, {"x": 2}]} for name in "ABC"], indent=indent)
    rows = read(tmp_path, text.replace('"B"', '"B'))
    assert rows[0].values["title"] == "A"
    assert rows[-1].values["title"] == "C"
    assert isinstance(rows[1], RejectedRow)


def test_a_list_that_is_cut_off_gives_its_whole_records_and_one_rejection(tmp_path):
    rows = read(tmp_path, json.dumps(RECORDS[:5], indent=2)[:-40])
    assert [type(row) for row in rows] == [RawRow] * 4 + [RejectedRow]


def test_a_record_that_is_no_object_is_rejected(tmp_path):
    rows = read(tmp_path, '[{"title": "A"}, "B", 3]')
    assert [isinstance(row, RejectedRow) for row in rows] == [False, True, True]


def test_inner_objects_are_named_by_their_path_and_nothing_is_an_empty_text(tmp_path):
    record = {
        "company": {"name": "Acme", "address": {"country": "DE"}},
        "jobLocation": [{"city": "Ulm"}],
        "is_remote": True,
        "min": 40.5,
        "none": None,
        "nan": float("nan"),
        "tags": ["a", "b"],
        "empty": [],
    }
    assert read(tmp_path, json.dumps([record]))[0].values == {
        "company.name": "Acme",
        "company.address.country": "DE",
        "jobLocation.city": "Ulm",
        "is_remote": "True",
        "min": "40.5",
        "none": "",
        "nan": "",
        "tags": '["a", "b"]',
        "empty": "",
    }


def test_what_no_database_takes_is_taken_out(tmp_path):
    rows = read(tmp_path, r'[{"title": "A\u0000B", "text": "half \ud83d whole \ud83d\ude00"}]')
    assert rows[0].values == {"title": "AB", "text": "half \ufffd whole \U0001f600"}


def test_raw_line_breaks_inside_a_text_are_part_of_it(tmp_path):
    rows = read(tmp_path, '[{"title": "A", "text": "one\ntwo"}, {"title": "B"}]')
    assert rows[0].values["text"] == "one\ntwo"
    assert rows[1].line == 2


def test_the_header_is_all_names_in_the_order_they_appear(tmp_path):
    path = tmp_path / "jobs"
    path.write_text('{"a": 1}\n{"b": 2, "a": 3}\n')
    assert header_of(path, FileFormat(kind="jsonl")) == ["a", "b"]


def test_an_object_without_a_list_of_records_is_refused(tmp_path):
    path = tmp_path / "jobs"
    path.write_text('{"title": {"0": "A", "1": "B"}}')
    with pytest.raises(UnreadableFile, match="no list of records"):
        list(read_rows(path, FileFormat(kind="json")))


def test_the_headed_lists_of_a_lever_posting_belong_to_its_text(tmp_path):
    record = {
        "text": "Beekeeper",
        "hostedUrl": "https://jobs.example.co/nettle/9f2c",
        "applyUrl": "https://jobs.example.co/nettle/9f2c/apply",
        "createdAt": 1772582400000,
        "workplaceType": "hybrid",
        "categories": {"commitment": "Full-time", "location": "Leeds"},
        "descriptionPlain": "You keep the bees.\nThey keep us.",
        "lists": [{"text": "You bring", "content": "<li>calm</li><li>Python</li>"}],
        "additional": "<p>We answer.</p>",
    }
    (row,) = read(tmp_path, json.dumps([record]))
    columns = suggest_columns(list(row.values), [row.values])
    posting = clean_row(row, columns, seen_on=date(2026, 8, 1))
    assert posting.text == "You keep the bees.\nThey keep us.\n\nYou bring\n\n- calm\n- Python\n\nWe answer."


@pytest.mark.parametrize("lists", [None, "x", [], ["a"], [{"text": "no content"}], [{"content": 3}]])
def test_lists_of_another_kind_are_cells_like_any_other(tmp_path, lists):
    (row,) = read(tmp_path, json.dumps([{"title": "Beekeeper", "lists": lists}]))
    assert JOINED not in row.values
