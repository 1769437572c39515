"""schema.org JobPosting in every wrapping it is found in."""

import json

import pytest

from benchmarks.invented_files import ROWS, make_job_posting, make_page
from postings.ingest import RawRow, RejectedRow, UnreadableFile, header_of, read_rows, sniff_format

POSTINGS = [make_job_posting(row) for row in ROWS[:3]]
TITLES = [row[0] for row in ROWS[:3]]
SITE = {"@context": "https://schema.org", "@type": "WebSite", "name": "Careers"}
ITEMS = [{"@type": "ListItem", "position": n, "item": posting} for n, posting in enumerate(POSTINGS, 1)]


def read(tmp_path, content, **options):
    path = tmp_path / "jobs"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return list(read_rows(path, sniff_format(path, name="jobs"), **options))


@pytest.mark.parametrize(
    "content",
    [
        POSTINGS,
        {"@context": "https://schema.org", "@graph": POSTINGS},
        {"@context": ["https://schema.org", {"x": "y"}], "@graph": POSTINGS},
        {"@context": [{"x": "y"}], "@type": "ItemList", "itemListElement": ITEMS},
        [{"@type": "ItemList", "itemListElement": ITEMS}],
        [{"@graph": [SITE, *POSTINGS]}],
        "\n".join(map(json.dumps, POSTINGS)),
        "\n".join(json.dumps({"@graph": [SITE, posting]}) for posting in POSTINGS),
        "".join(json.dumps([posting]) for posting in POSTINGS),
        make_page(*POSTINGS),
        make_page(SITE, POSTINGS),
        make_page({"@graph": [SITE, *POSTINGS]}),
        "\ufeff\n" + make_page({"@type": "ItemList", "itemListElement": ITEMS}),
    ],
)
def test_postings_come_out_of_their_wrapping(tmp_path, content):
    rows = read(tmp_path, content)
    assert [(row.row, row.values["title"]) for row in rows] == list(enumerate(TITLES))
    assert read(tmp_path, content, skip_rows=1) == rows[1:]


def test_inner_things_are_named_by_their_path(tmp_path):
    row = read(tmp_path, POSTINGS)[0]
    assert row.values["hiringOrganization.name"] == ROWS[0][1]
    assert row.values["jobLocation.address.addressLocality"] == ROWS[0][2]
    assert row.values["baseSalary.value.minValue"] == ROWS[0][4]


def test_of_several_places_the_first_is_named_and_all_are_kept(tmp_path):
    places = [{"@type": "Place", "address": {"addressLocality": city}} for city in ("Ulm", "Bonn")]
    row = read(tmp_path, [{**POSTINGS[0], "jobLocation": places}])[0]
    assert row.values["jobLocation.address.addressLocality"] == "Ulm"
    assert json.loads(row.values["jobLocation"]) == places


@pytest.mark.parametrize("kind", ["JobPosting", ["JobPosting"], "https://schema.org/JobPosting", "schema:JobPosting"])
def test_one_posting_alone_is_one_row_whatever_lists_it_holds(tmp_path, kind):
    posting = {**POSTINGS[0], "@type": kind, "jobLocation": [{"@type": "Place", "name": "Ulm"}, {"@type": "Place"}]}
    rows = read(tmp_path, json.dumps(posting, indent=1))
    assert [row.values["title"] for row in rows] == [TITLES[0]]


def test_what_stands_beside_the_postings_is_rejected_with_its_name(tmp_path):
    rows = read(tmp_path, {"@context": "x", "@graph": [SITE, *POSTINGS]})
    assert [type(row) for row in rows] == [RejectedRow, RawRow, RawRow, RawRow]
    assert rows[0].reason == "The record is a WebSite and no posting."


def test_a_broken_block_of_a_page_costs_only_itself(tmp_path):
    page = make_page(POSTINGS[0], "BROKEN", POSTINGS[1]).replace('"BROKEN"', '{"@type": "JobPosting", "title": }')
    rows = read(tmp_path, page)
    assert [(type(row), row.line) for row in rows] == [(RawRow, 2), (RejectedRow, 3), (RawRow, 4)]


def test_a_page_without_postings_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="a web page"):
        read(tmp_path, make_page(SITE))


def test_lists_put_one_behind_the_other_are_all_read(tmp_path):
    rows = read(tmp_path, '[{"title": "A"}, {"title": "B"}]\n[{"title": "C"}]\n{"title": "D"}')
    assert [(row.row, row.line, row.values["title"]) for row in rows] == [
        (0, 1, "A"),
        (1, 1, "B"),
        (2, 2, "C"),
        (3, 3, "D"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_json_are_counted_whatever_ends_them(tmp_path, end):
    path = tmp_path / "jobs.jsonl"
    path.write_bytes(end.join(json.dumps({"title": name}) for name in "ABC").encode())
    fmt = sniff_format(path, name="jobs.jsonl")
    assert [(row.line, row.values["title"]) for row in read_rows(path, fmt)] == [(1, "A"), (2, "B"), (3, "C")]
    assert header_of(path, fmt) == ["title"]


@pytest.mark.parametrize(
    "text", ['[{"title": "A"}, {"title": "B', '{"title": "A"}\n{"title": "B", "text"', '[{"title": "A"}, {']
)
def test_a_last_record_that_is_cut_says_so(tmp_path, text):
    rows = read(tmp_path, text)
    assert [type(row) for row in rows] == [RawRow, RejectedRow]
    assert rows[1].reason == "The file ends in the middle of this record."


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 2000 + "]" * 2000, '{"a":' * 990 + "1" + "}" * 990])
def test_values_that_python_cannot_hold_cost_only_their_record(tmp_path, value):
    rows = read(tmp_path, '[{"title": "A"},\n{"title": "B", "x": ' + value + '},\n{"title": "C"}]')
    assert [row.row for row in rows] == list(range(len(rows)))
    assert [rows[0].values["title"], rows[-1].values["title"]] == ["A", "C"]
