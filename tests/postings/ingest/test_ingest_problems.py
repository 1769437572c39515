"""Each value that is there and could not be read is a problem with a sentence; what is missing is none."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postings.ingest import ColumnMap, PostingRow, Problem, RawRow, RejectedRow, clean_row
from tests.properties import examples

SEEN = date(2026, 3, 15)
TEXT = "We build pipelines for orchards. You bring Python and SQL, and a taste for apples."
COLUMNS = {
    "title": "Title", "description": "Text", "company": "Firm", "place": "Place", "country": "Country",
    "date_posted": "Day", "external_id": "Id", "url": "Link", "pay_text": "Pay", "pay_min": "From", "pay_max": "To",
    "pay_currency": "Money", "pay_period": "Per", "seniority": "Level", "employment_type": "Kind", "remote": "Remote",
    "language": "Language", "seen_on": "Scraped",
}  # fmt: skip


def clean(**values):
    cells = {"Title": "Data Engineer", "Text": TEXT} | values
    return clean_row(RawRow(0, 2, cells), ColumnMap(COLUMNS), seen_on=SEEN, language_of=lambda text: "en")


def reasons(**values):
    return {(problem.field, problem.column, problem.reason) for problem in clean(**values).problems}


@pytest.mark.parametrize(
    ("column", "value", "field", "word"),
    [
        ("Day", "32/13/2025", "date_posted", "not a date"),
        ("Day", "30+ days ago", "date_posted", "no day"),
        ("Day", "June 2025", "date_posted", "no day"),
        ("Day", "1970-01-01", "date_posted", "before 1995"),
        ("Day", "2031-01-01", "date_posted", "year ahead"),
        ("Scraped", "soon", "seen_on", "not a date"),
        ("Pay", "see advert", "pay_text", "no figure"),
        ("Pay", "Level 5", "pay_text", "not those of a pay"),
        ("From", "abc", "pay_min", "no figure"),
        ("To", "-5000", "pay_max", "below zero"),
        ("Money", "QQQ", "pay_currency", "not a currency"),
        ("Per", "per tree", "pay_period", "not a period"),
        ("Country", "Narnia", "country", "not a country"),
        ("Link", "apply here", "url", "not a web address"),
        ("Link", "javascript:void(0)", "url", "not a web address"),
        ("Language", "Elvish", "language", "not a language"),
        ("Level", "12345", "seniority", "not a value"),
        ("Kind", "https://x.example", "employment_type", "not a value"),
        ("Remote", "0.53", "remote", "not a value"),
        ("Firm", "4.2 ★", "company", "no name"),
        ("Id", "3.45E+09", "external_id", "rounded"),
    ],
)
def test_a_value_that_cannot_be_read_is_a_problem_and_its_field_is_empty(column, value, field, word):
    row = clean(**{column: value})

    (problem,) = row.problems
    assert (problem.field, problem.column, problem.value) == (field, column, value)
    assert word in problem.reason
    assert problem.reason.endswith(".")
    # The day of the file and the language of the text stand in for those that the row states.
    assert getattr(row, field, None) in (None, "", SEEN, "en")


@pytest.mark.parametrize("column", sorted(set(COLUMNS.values()) - {"Title", "Text"}))
def test_a_value_that_a_spreadsheet_could_not_show_is_a_problem_in_any_column(column):
    (problem,) = clean(**{column: "########"}).problems

    assert (problem.column, problem.value) == (column, "########")
    assert problem.reason == "The spreadsheet showed ##### because its column was too narrow: the value is lost."


@pytest.mark.parametrize("column", ["Title", "Text"])
def test_a_title_or_text_that_a_spreadsheet_could_not_show_rejects_the_row_and_says_so(column):
    row = clean(**{column: "########"})

    assert isinstance(row, RejectedRow)
    assert "too narrow" in row.reason


@pytest.mark.parametrize(
    "value", ["", "N/A", "-1", "null", "None", "Not specified", "keine Angabe", "n.v.t.", "brak danych"]
)
def test_a_placeholder_is_no_problem_in_any_column(value):
    assert clean(**dict.fromkeys(set(COLUMNS.values()) - {"Title", "Text"}, value)).problems == ()


@pytest.mark.parametrize(
    "values",
    [
        {"Firm": "Confidential"},
        {"Firm": "Unknown Company"},
        {"Country": "Worldwide"},
        {"Country": "Remote"},
        {"Place": "2 locations"},
        {"Place": "Narnia"},
        {"Pay": "Competitive"},
        {"Pay": "nach Vereinbarung"},
        {"Pay": "$0"},
        {"From": "0", "To": "0"},
        {"Money": "kr"},
        {"Money": "¥"},
        {"Money": "THB"},
        {"Per": "HOURLY"},
        {"Level": "Not Applicable"},
        {"Level": "Gardener"},
        {"Kind": "Other"},
        {"Remote": "False"},
        {"Remote": "partly"},
        {"Link": "www.orchard.example/jobs/1"},
        {"Link": "[Apply](https://orchard.example/jobs/1)"},
        {"Id": "job-17"},
        {"Day": "3 days ago"},
    ],
)
def test_a_value_that_says_nothing_or_can_be_read_is_no_problem(values):
    assert reasons(**values) == set()


def test_pay_in_the_wrong_order_is_a_problem_is_marked_and_is_not_swapped():
    row = clean(From="90000", To="50000", Money="EUR", Per="year")

    assert (row.pay.min, row.pay.max, row.pay.suspect) == (Decimal(90_000), Decimal(50_000), True)
    (problem,) = row.problems
    assert (problem.field, problem.column, problem.value) == ("pay_min", "From", "90000 - 50000")
    assert "above" in problem.reason


def test_pay_in_the_wrong_order_in_a_text_is_a_problem_of_that_column():
    (problem,) = clean(Pay="$90,000 to $50,000 a year").problems
    assert (problem.field, problem.column) == ("pay_text", "Pay")


def test_several_problems_of_a_row_are_all_told():
    found = reasons(Day="soon", Country="Narnia", Link="nowhere")
    assert {field for field, _, _ in found} == {"date_posted", "country", "url"}


def test_the_problem_names_the_column_that_holds_the_value():
    columns = ColumnMap({"title": "t", "description": "d", "date_posted": "posted"}, {"date_posted": ("listed",)})
    raw = RawRow(0, 2, {"t": "Data Engineer", "d": TEXT, "posted": "", "listed": "soon"})
    row = clean_row(raw, columns, seen_on=SEEN, language_of=lambda text: "en")
    assert row.problems == (Problem("date_posted", "listed", "soon", "It is not a date."),)


def test_a_country_that_another_column_tells_is_still_unreadable_where_it_is_not_one():
    row = clean(Country="Narnia", Place="Leeds, UK")
    assert row.country == "GB"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://orchard.example/jobs/1?a=b", "https://orchard.example/jobs/1?a=b"),
        ("www.orchard.example/jobs/1", "https://www.orchard.example/jobs/1"),
        ("orchard.example/jobs/1", "https://orchard.example/jobs/1"),
        ("https://a.example/1; https://b.example/2", "https://a.example/1"),
        ("['https://a.example/1']", "https://a.example/1"),
        ('<a href="https://a.example/1">Apply</a>', "https://a.example/1"),
        ("[Apply](https://a.example/1)", "https://a.example/1"),
        ("javascript:alert(1)", ""),
        ("https://a.example/" + "x" * 3000, ""),
    ],
)
def test_the_first_address_of_a_cell_is_the_posting_s(written, address):
    assert clean(Link=written).url == address


def test_a_title_feeds_workplace_and_contract_before_it_is_cleaned():
    row = clean(Title="Data Engineer (m/w/d) - Remote | Teilzeit")
    assert (row.title, row.remote, row.employment_type) == ("Data Engineer", "remote", "part-time")


def test_a_title_that_excludes_a_contract_states_none():
    assert clean(Title="Data Engineer - No C2C").employment_type == ""


@pytest.mark.slow
@settings(max_examples=examples(100))
@given(
    st.dictionaries(
        st.sampled_from(sorted(set(COLUMNS.values()) - {"Title", "Text"})), st.text(max_size=40), max_size=6
    )
)
def test_cleaning_never_fails_and_every_problem_is_a_sentence_about_a_value(values):
    row = clean(**values)

    assert isinstance(row, PostingRow)
    assert all(problem.reason.endswith(".") and problem.value and problem.column in values for problem in row.problems)
    assert clean(**values) == row
