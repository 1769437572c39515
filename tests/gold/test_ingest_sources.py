"""Every source in ../shared/data/postings, as people handed it in: recognised without help, and no row lost."""

import csv
import gzip
import io
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from postings.ingest import (
    PostingRow,
    RejectedRow,
    clean_row,
    header_of,
    read_rows,
    sample_of,
    sniff_format,
    suggest_columns,
)

SOURCES = Path(__file__).parents[3] / "shared" / "data" / "postings"
SEEN = date(2026, 9, 1)
FIELDS = ("title", "description", "company", "place", "date_posted", "external_id")

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not SOURCES.exists(), reason="real postings: ../shared/data is not here"),
]

# source: rows, rows taken, and the columns of FIELDS ("-": the file has none).
EXPECTED = {
    "careersites-il-2026": (947, 947, "title;description;company;location;date_posted;id"),
    "djinni-jsonld-2026": (9596, 0, "title;description;company;location_regions;date_posted;-"),
    "glassdoor-de-2020-german-headers": (430, 430, "Job-Titel;Stellenbeschreibung;Firmenname;Ort;-;-"),
    "glassdoor-ds-us-2020": (956, 956, "Job Title;Job Description;Company Name;Location;-;-"),
    "glassdoor-ds-us-2020-renamed-copy": (956, 956, "job title;job description;company;location;-;-"),
    "gsearch-ph-2025": (988, 988, "Title;Description;Company;Location;Posted;-"),
    "indeed-uk-2020": (655, 553, "job_title;job_descr;company;job_location;date;-"),
    "indeed-us-2020-html": (991, 991, "posted_job_title;description;principal_company_name;location;-;-"),
    "jobspy-indeed-us-2023": (2192, 1885, "title;description;company;location;date_posted;-"),
    "jobspy-us-2025": (688, 448, "title;description;company;location;date_posted;id"),
    "linkedin-aiml-2024": (862, 862, "title;description;companyName;location;publishedAt;-"),
    "linkedin-uk-2026": (567, 567, "title;description;company;location;postedAt;id"),
    "linkedin-us-2023-allroles": (1000, 1000, "title;description;company_name;location;original_listed_time;job_id"),
    "linkedin-world-2023-2026": (17575, 17575, "Title;Description;Company;Place;Date;Job_ID"),
    "multi-us-2020": (5729, 5713, "Name;Description;Company;Location;-;-"),
    "nofluffjobs-pl-2022": (1108, 1108, "position;description;-;-;-;-"),
}
# Files that are not like the first of their source.
OTHERWISE = {
    "job_spy_jobs.csv.gz": "Title;description;Company;Location;DatePosted;-",
    "indeed-da-0407.csv.gz": "Job Title;Description;Company;Location;-;-",
    "indeed-ds-0407.csv.gz": "Job Title;Description;Company;Location;-;-",
}
SHARE_WITH_COUNTRY = {
    "careersites-il-2026": 0.85,
    "glassdoor-de-2020-german-headers": 0.9,
    "glassdoor-ds-us-2020": 0.99,
    "gsearch-ph-2025": 0.85,
    "indeed-uk-2020": 1.0,
    "linkedin-aiml-2024": 0.99,
    "linkedin-uk-2026": 0.99,
    "linkedin-us-2023-allroles": 0.98,
    "linkedin-world-2023-2026": 0.99,
    "multi-us-2020": 0.99,
}


def files(source):
    return sorted((SOURCES / source).iterdir())


@cache
def results(path):
    fmt = sniff_format(path, name=path.name)
    columns = suggest_columns(header_of(path, fmt), sample_of(path, fmt))
    rows = [
        row if isinstance(row, RejectedRow) else clean_row(row, columns, seen_on=SEEN, language_of=lambda text: "")
        for row in read_rows(path, fmt)
    ]
    return fmt, columns, rows


def taken(source):
    return [row for path in files(source) for row in results(path)[2] if isinstance(row, PostingRow)]


def test_every_source_is_expected_here():
    assert {path.name for path in SOURCES.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize("source", EXPECTED)
def test_the_columns_are_found_without_help(source):
    for path in files(source):
        found = results(path)[1].columns
        said = ";".join(found.get(field, "-") for field in FIELDS)
        assert said == OTHERWISE.get(path.name, EXPECTED[source][2]), path.name


@pytest.mark.parametrize("source", EXPECTED)
def test_all_rows_come_out_once_and_what_is_rejected_says_why(source):
    rows, good, _ = EXPECTED[source]
    counts = Counter()
    for path in files(source):
        found = results(path)[2]
        assert [row.row for row in found] == list(range(len(found)))
        counts.update(type(row) for row in found)
        assert all(row.reason.endswith(".") for row in found if isinstance(row, RejectedRow))
    assert (counts.total(), counts[PostingRow]) == (rows, good)


@pytest.mark.parametrize("source", [name for name in EXPECTED if "careersites" not in name])
def test_rows_and_lines_are_those_of_the_file(source):
    for path in files(source):
        if ".csv" not in path.name:
            continue
        text = gzip.decompress(path.read_bytes()).decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""))
        next(reader)
        lines, before = [], reader.line_num
        for cells in reader:
            if cells:
                lines.append(before + 1)
            before = reader.line_num
        assert [row.line for row in results(path)[2]] == lines, path.name


@pytest.mark.parametrize("source", ["linkedin-uk-2026", "jobspy-indeed-us-2023", "careersites-il-2026"])
def test_reading_resumes_at_any_row(source):
    for path in files(source):
        fmt = results(path)[0]
        rows = list(read_rows(path, fmt))
        for skip in (1, len(rows) // 2, len(rows) - 1):
            assert list(read_rows(path, fmt, skip_rows=skip)) == rows[skip:]


@pytest.mark.parametrize("source", SHARE_WITH_COUNTRY)
def test_the_country_is_found_where_the_source_says_so(source):
    stated = [row for row in taken(source) if row.place]
    known = sum(1 for row in stated if row.country)
    assert known >= SHARE_WITH_COUNTRY[source] * len(stated)


def test_countries_agree_with_what_linkedin_says_itself():
    rows = [row for row in taken("linkedin-world-2023-2026") if row.country]
    said = [(row.url.split("//")[1].split(".")[0], row.country) for row in rows]
    stated = [(code.upper().replace("UK", "GB"), country) for code, country in said if len(code) == 2]
    assert len(stated) > 10_000
    # LinkedIn itself took a search for Canada for a village in Chad.
    assert [pair for pair in stated if pair[0] != pair[1] and pair != ("TD", "CA")] == []


@pytest.mark.parametrize("source", EXPECTED)
def test_texts_and_names_are_clean(source):
    for row in taken(source):
        assert "\n" not in row.title + row.company + row.place
        assert not row.text.endswith(("Show more", "Show less"))
        assert "</" not in row.text or "<" not in row.text.split("</")[0]
        assert "\n\n\n" not in row.text
        assert not row.company.endswith(("\n3.8", " 3.8"))


def test_an_id_that_comes_back_on_several_days_is_one_posting():
    rows = taken("linkedin-world-2023-2026")
    assert len({row.key for row in rows}) == len({row.external_id for row in rows}) < len(rows)


def test_two_exports_of_one_search_have_the_same_keys():
    by_file = [results(path)[2] for path in files("linkedin-uk-2026")]
    csv_keys, json_keys = ({row.key for row in rows} for rows in sorted(by_file, key=len))
    assert csv_keys < json_keys


def test_two_schemas_of_the_same_rows_have_the_same_keys_and_contents():
    one, two = taken("glassdoor-ds-us-2020"), taken("glassdoor-ds-us-2020-renamed-copy")
    assert [(row.key, row.content_hash) for row in one] == [(row.key, row.content_hash) for row in two]
