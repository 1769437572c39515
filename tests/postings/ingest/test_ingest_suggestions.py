"""Suggestions with their confidence: as remembered, by known exports, by names, by values."""

import time

import pytest

from postings.ingest import ColumnMap, suggestions

TOWNS = (
    "Leeds, England",
    "Lyon, France",
    "Kraków, Poland",
    "Porto, Portugal",
    "Utrecht, Netherlands",
    "Bologna, Italy",
)
ROLES = (
    "Data Engineer",
    "Orchard Manager",
    "Entwickler Java (m/w/d)",
    "Analyste financier",
    "Junior Gardener Specialist",
)
FIRMS = ("Fernhollow Ltd", "Apfelkern GmbH", "Quatre Vents SAS", "Moss & Stone Inc.", "Birkwood Group", "Nettle Labs")
TEXT = "We grow apples and write software for those who do. You bring patience, Python and boots. Number {}. "


def make_row(number: int) -> dict[str, str]:
    return {
        "title": f"{ROLES[number % 5]} {'I' * (number % 4)}".strip(),
        "company": f"{FIRMS[number % 6].split()[0]}{'aeiou'[number % 5]} {FIRMS[number % 6].split()[-1]}",
        "text": TEXT.format(number) * 8,
        "place": TOWNS[number % 6],
        "posted": f"2026-03-{number % 28 + 1:02d}",
        "ends": f"2026-05-{number % 28 + 1:02d}",
        "address": f"https://jobs.example.org/vacancies/{number}-apples",
        "logo": f"https://cdn.example.org/logo/{number % 6}.png",
        "pay": f"£{30 + number % 9},000 - £{40 + number % 9},000 a year",
        "low": str(30000 + 100 * number),
        "high": str(41000 + 150 * number),
        "currency": ("GBP", "EUR", "PLN")[number % 3],
        "period": ("yearly", "monthly")[number % 2],
        "level": ("Entry level", "Mid-Senior level", "Director")[number % 3],
        "kind": ("Full-time", "Part-time", "Contract")[number % 3],
        "where": ("Remote", "Hybrid", "On-site")[number % 3],
        "language": ("English", "German", "French")[number % 3],
        "country": ("Poland", "Italy", "France", "Portugal")[number % 4],
        "state": ("TX", "NY", "WI", "OH", "NJ")[number % 5],
        "id": f"a{number * 7919 % 100_003:06d}",
        "fruit": ("apple", "pear", "plum", "quince")[number % 4],
    }


ROWS = [make_row(number) for number in range(60)]


def rows_of(**names: str) -> list[dict[str, str]]:
    """Rows that have, under each name, the values of a column of ROWS."""
    return [{name: row[column] for name, column in names.items()} for row in ROWS]


def suggested(found, column: str):
    return next(entry for entry in found.columns if entry.column == column)


@pytest.mark.parametrize(
    ("column", "field", "because"),
    [
        ("title", "title", "looks like job titles"),
        ("company", "company", "looks like names of companies"),
        ("text", "description", "looks like long texts"),
        ("place", "place", "looks like places"),
        ("posted", "date_posted", "looks like dates"),
        ("address", "url", "looks like web addresses"),
        ("pay", "pay_text", "looks like money"),
        ("currency", "pay_currency", "looks like currencies"),
        ("period", "pay_period", "looks like periods of pay"),
        ("level", "seniority", "looks like levels"),
        ("kind", "employment_type", "looks like kinds of employment"),
        ("where", "remote", "looks like remote or on site"),
        ("language", "language", "looks like languages"),
        ("country", "country", "looks like countries"),
        ("state", "region", "looks like states or provinces"),
        ("id", "external_id", "looks like ids"),
    ],
)
def test_the_values_tell_the_field_where_the_name_says_nothing(column, field, because):
    found = suggestions(["field_7"], rows_of(field_7=column))
    assert (found.columns[0].field, found.columns[0].because) == (field, because)
    assert 0.25 <= found.columns[0].confidence <= 0.58


def test_a_whole_file_without_names_is_understood_by_its_values():
    names = {f"col{number}": column for number, column in enumerate(ROWS[0], start=1)}
    found = suggestions(list(names), rows_of(**names))
    by_field = {field: names[column] for field, column in found.map.columns.items()}
    assert by_field == {
        "title": "title", "company": "company", "description": "text", "place": "place", "country": "country",
        "region": "state", "date_posted": "posted", "external_id": "id", "url": "address", "pay_text": "pay",
        "pay_min": "low", "pay_max": "high", "pay_currency": "currency", "pay_period": "period", "seniority": "level",
        "employment_type": "kind", "remote": "where", "language": "language",
    }  # fmt: skip
    assert found.map.missing() == []


def test_values_are_believed_less_than_names_and_names_less_than_a_known_source():
    by_values = suggestions(["col1"], rows_of(col1="title")).columns[0].confidence
    by_name = suggestions(["Job Title"], rows_of(**{"Job Title": "title"})).columns[0].confidence
    known = suggestions(["col1"], rows_of(col1="title"), known=ColumnMap({"title": "col1"})).columns[0].confidence
    assert by_values < 0.6
    assert 0.9 < by_name < known
    assert known == 1


def test_a_good_name_is_believed_more_than_a_hint_and_an_empty_column_less_than_a_full_one():
    def confidence(name: str, values: str) -> float:
        return suggestions([name], [{name: values}] * 5).columns[0].confidence

    assert confidence("Job Title", "Baker") > confidence("Vacancy Title Full Form", "Baker") > 0.6
    assert confidence("Job Title", "Baker") > confidence("Job Title", "")


def test_a_date_that_is_always_the_day_of_the_scrape_is_doubted():
    rows = [{"date": "2026-03-01", "scraped_at": f"2026-03-01 10:{number:02d}"} for number in range(20)]
    found = suggested(suggestions(["date", "scraped_at"], rows), "date")
    assert (found.field, found.because) == ("date_posted", "named like it, but on every row the day it was collected")
    assert found.confidence < 0.5


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("company_description", "text"), ("Company URL", "address"), ("skills", "text"), ("benefits", "text"),
        ("search_query", "title"), ("searchTitle", "title"), ("Suchbegriff", "title"), ("validThrough", "posted"),
        ("Bewerbungsfrist", "posted"), ("headquarters", "place"), ("company_revenue", "pay"), ("job_function", "kind"),
        ("companyLogo", "address"), ("updated_at", "posted"),
    ],
)  # fmt: skip
def test_a_name_that_says_something_else_is_not_overruled_by_values(name, column):
    found = suggestions([name], rows_of(**{name: column}))
    assert (found.columns[0].field, found.columns[0].because) == ("", "its name says something else")
    assert found.columns[0].confidence == 0.9


def test_a_name_in_a_language_that_we_do_not_know_leaves_it_to_the_values_with_less_confidence():
    names = {"Rubrik": "title", "Annonstext": "text", "Arbetsgivare": "company", "Publicerad": "posted"}
    found = suggestions(list(names), rows_of(**names))
    assert dict(found.map.columns) == {
        "title": "Rubrik", "company": "Arbetsgivare", "description": "Annonstext", "date_posted": "Publicerad",
    }  # fmt: skip
    assert all(entry.confidence < 0.5 for entry in found.columns)


def test_a_file_without_a_header_is_understood_by_its_values_too():
    first, others = make_row(100), ROWS
    asked = ("title", "company", "text", "place", "posted", "address")
    names = {first[column]: column for column in asked}
    found = suggestions(list(names), [{name: row[column] for name, column in names.items()} for row in others])
    assert {field: names[column] for field, column in found.map.columns.items()} == {
        "title": "title", "company": "company", "description": "text", "place": "place", "date_posted": "posted",
        "url": "address",
    }  # fmt: skip


def test_of_two_columns_of_dates_the_earlier_is_when_it_was_published():
    names = {"col1": "ends", "col2": "posted"}
    assert suggestions(list(names), rows_of(**names)).map.columns == {"date_posted": "col2"}


def test_of_two_columns_of_addresses_the_posting_is_taken_and_not_the_logo():
    names = {"col1": "logo", "col2": "address"}
    assert suggestions(list(names), rows_of(**names)).map.columns == {"url": "col2"}


def test_row_numbers_and_words_that_are_no_field_are_left():
    rows = [{"": str(number), "fruit": row["fruit"], "x1": row["fruit"]} for number, row in enumerate(ROWS)]
    found = suggestions(["", "fruit", "x1"], rows)
    assert [entry.field for entry in found.columns] == ["", "", ""]
    assert [entry.because for entry in found.columns] == ["numbers the rows, or has no name", "not known", "not known"]


def test_every_column_has_its_suggestion_in_the_order_of_the_file():
    header = ["logo", "Job Title", "col9", "posting title", "skills"]
    found = suggestions(header, rows_of(**dict(zip(header, ("logo", "title", "text", "title", "fruit"), strict=True))))
    assert [entry.column for entry in found.columns] == header
    assert [entry.field for entry in found.columns] == ["", "title", "description", "", ""]
    assert found.columns[3].because == "“Job Title” is the title"
    assert all(0 <= entry.confidence <= 1 for entry in found.columns)


def test_a_second_column_says_where_it_is_asked():
    found = suggestions(
        ["title", "company_name", "employer"], rows_of(title="title", company_name="company", employer="company")
    )
    assert suggested(found, "employer").because == "asked where “company_name” is empty"
    assert found.map.fallbacks == {"company": ("employer",)}


def test_a_name_whose_values_are_something_else_says_so():
    found = suggestions(["workType"], [{"workType": "Information Technology"}] * 9)
    assert (found.columns[0].field, found.columns[0].because) == (
        "",
        "named like the employment, but its values are not",
    )


def test_what_is_remembered_for_a_source_wins_over_names():
    rows = rows_of(title="company", headline="title", text="text")
    known = ColumnMap({"title": "headline", "description": "text"}, constants={"pay_currency": "PLN"})
    found = suggestions(["title", "headline", "text"], rows, known=known)
    assert found.map == known
    assert suggested(found, "headline").because == "as last time for this source"
    assert (suggested(found, "title").field, suggested(found, "title").because) == (
        "",
        "not used last time for this source",
    )


def test_where_a_remembered_column_is_gone_the_rest_is_remembered_and_the_gap_is_filled_by_name():
    known = ColumnMap({"title": "headline", "place": "ort", "description": "text"}, constants={"country": "PL"})
    rows = rows_of(headline="title", text="text", location="place")
    found = suggestions(["headline", "text", "location"], rows, known=known)
    assert dict(found.map.columns) == {"title": "headline", "description": "text", "place": "location"}
    assert found.map.constants == {"country": "PL"}
    assert [entry.confidence == 1 for entry in found.columns] == [True, True, False]


def test_columns_of_one_file_are_the_same_whatever_was_asked_before():
    names = {f"col{number}": column for number, column in enumerate(ROWS[0], start=1)}
    first = suggestions(list(names), rows_of(**names))
    suggestions(["Titel", "Ort"], rows_of(Titel="title", Ort="place"))
    assert suggestions(list(names), rows_of(**names)) == first


def test_thirty_columns_of_a_hundred_rows_are_judged_at_once():
    columns = list(ROWS[0])
    names = {f"col{number}": columns[number % len(columns)] for number in range(30)}
    rows = [{name: make_row(number)[column] for name, column in names.items()} for number in range(100)]
    suggestions(list(names), rows)  # the names of countries are loaded once a process
    started = time.process_time()
    suggestions(list(names), rows)
    # Measured: some 15 ms of processor time. The bound leaves room for a slower machine.
    assert time.process_time() - started < 0.15


@pytest.mark.parametrize("ids", [["²", "³", "¹"], ["9" * 5010, "8" * 5010, "7" * 5010]], ids=["raised", "long"])
def test_digits_that_are_no_numbers_are_ids_like_any_other(ids):
    rows = [{"job_id": one, "title": f"Picker {n}", "description": TEXT} for n, one in enumerate(ids)]
    assert suggestions(list(rows[0]), rows).map.columns["external_id"] == "job_id"
