from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from postings.ingest import ColumnMap, PostingRow, RawRow, RejectedRow, clean_row, detect_language, suggest_columns
from postings.ingest.language import stated_language

SEEN = date(2026, 3, 15)
TEXT = "We build pipelines for orchards. You bring Python and SQL, and a taste for apples."


def make_values(**values: str) -> dict[str, str]:
    return {
        "job_id": "a-1",
        "title": "Data Engineer",
        "company": "Fernhollow",
        "location": "Leeds, England, United Kingdom",
        "date_posted": "2026-03-01",
        "salary": "£40,000 - £50,000 a year",
        "url": "",
        "description": TEXT,
    } | values


def clean(*, seen_on: date = SEEN, without: tuple[str, ...] = (), **values: str) -> PostingRow | RejectedRow:
    cells = {name: value for name, value in make_values(**values).items() if name not in without}
    raw = RawRow(row=6, line=17, values=cells)
    return clean_row(raw, suggest_columns(list(cells)), seen_on=seen_on, language_of=lambda text: "en")


def test_a_row_becomes_a_posting():
    row = clean()
    assert (row.row, row.line, row.external_id) == (6, 17, "a-1")
    assert (row.title, row.company, row.text, row.language) == ("Data Engineer", "Fernhollow", TEXT, "en")
    assert (row.city, row.region, row.country) == ("Leeds", "England", "GB")
    assert row.date_posted == date(2026, 3, 1)
    assert (row.pay.min, row.pay.max, row.pay.currency, row.pay.period) == (
        Decimal(40_000),
        Decimal(50_000),
        "GBP",
        "year",
    )
    assert len(row.key) == len(row.content_hash) == 32


@pytest.mark.parametrize(
    ("values", "column", "reason"),
    [
        ({"title": ""}, "title", "The title is missing."),
        ({"title": "N/A"}, "title", "The title is missing."),
        ({"title": "12345"}, "title", "The title holds no word."),
        (
            {"title": "word " * 100},
            "title",
            "The title is 499 characters long: the cells of this row seem to be shifted.",
        ),
        ({"description": ""}, "description", "The description is missing."),
        ({"description": "None"}, "description", "The description is missing."),
        ({"description": "<div><br></div>"}, "description", "The description is missing."),
        ({"description": "Show more Show less"}, "description", "The description is missing."),
    ],
)
def test_a_row_without_title_or_description_is_rejected_and_says_why(values, column, reason):
    row = clean(**values)
    assert isinstance(row, RejectedRow)
    assert (row.row, row.line, row.column, row.reason) == (6, 17, column, reason)
    assert row.raw == make_values(**values)
    assert row.value == values[column][:200]


def test_without_a_column_for_the_description_every_row_says_so():
    assert clean(without=("description",)).reason == "No column of the file is the description."


@pytest.mark.parametrize("nothing", ["", "-1", "N/A", "null", "########", "nan", "not a date 99"])
def test_an_optional_field_without_a_value_is_left_empty_and_rejects_nothing(nothing):
    row = clean(
        date_posted=nothing, salary=nothing.replace("99", ""), location=nothing if "date" not in nothing else ""
    )
    assert isinstance(row, PostingRow)
    assert (row.date_posted, row.pay, row.place, row.country) == (None, None, "", "")


@pytest.mark.parametrize(
    ("written", "company"),
    [
        ("Tecolote\n3.8", "Tecolote"),
        ("Studio 3.14", "Studio 3.14"),
        ("Mapp Digital 3.3 ★", "Mapp Digital"),
        ("None", ""),
        ("Fernhollow-Leeds", "Fernhollow"),
        ("Leeds-Bradford", "Leeds-Bradford"),
        ("Level\n3", "Level"),
    ],
)
def test_company_names_lose_ratings_and_glued_places(written, company):
    assert clean(company=written).company == company


def test_relative_dates_count_from_the_day_the_row_was_collected_if_it_says():
    assert clean(date_posted="3 days ago").date_posted == date(2026, 3, 12)
    assert clean(date_posted="3 days ago", scraped_at="2026-02-10T10:00:00Z").date_posted == date(2026, 2, 7)


def test_the_key_is_the_id_and_does_not_change_with_the_content():
    assert clean(description=TEXT + " Pears, too.").key == clean().key
    assert clean(job_id="a-2").key != clean().key


def test_an_id_column_and_an_address_with_the_same_id_are_the_same_in_two_exports_of_one_board():
    url = "https://uk.linkedin.com/jobs/view/data-engineer-at-fernhollow-43645566?refId={}"
    one = clean(job_id=url.format("abc"))
    two = clean(without=("job_id",), url=url.format("xyz"))
    assert one.external_id == two.external_id == "linkedin:43645566"
    assert one.key == two.key


def test_without_an_id_the_content_is_the_key():
    one = clean(without=("job_id",))
    assert one.external_id == ""
    assert clean(without=("job_id",), company="FERNHOLLOW").key == one.key
    assert clean(without=("job_id",), description=TEXT + " Pears, too.").key != one.key
    assert clean(without=("job_id",), location="York").key != one.key


def test_where_to_apply_is_no_identity():
    values = make_values(apply_link="https://jobs.acme.example/12345678/apply")
    raw = RawRow(0, 2, {name: value for name, value in values.items() if name not in {"url", "job_id"}})
    row = clean_row(raw, suggest_columns(list(raw.values)), seen_on=SEEN, language_of=lambda text: "")
    assert (row.url, row.external_id) == ("https://jobs.acme.example/12345678/apply", "")


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Senior Data Engineer"},
        {"company": "Orchard"},
        {"location": "York"},
        {"date_posted": "2026-03-02"},
        {"salary": "£41,000 - £50,000 a year"},
        {"description": TEXT + " Pears, too."},
    ],
)
def test_what_a_reader_would_call_a_change_changes_the_content_hash(values):
    assert clean(**values).content_hash != clean().content_hash


def test_what_no_reader_would_call_a_change_does_not():
    assert clean(url="https://x.example/1234567?tracker=abc").content_hash == clean().content_hash
    assert clean(salary="£40000 to £50000 per annum").content_hash == clean().content_hash
    moving = [clean(date_posted="1 month ago", seen_on=day).content_hash for day in (SEEN, date(2026, 3, 16))]
    assert moving[0] == moving[1]


def test_a_linkedin_address_says_the_country_where_the_place_does_not():
    url = "https://es.linkedin.com/jobs/view/analyst-at-x-43645566"
    assert clean(location="Greater Girona Area", url=url).country == "ES"
    assert clean(location="Lyon, France", url=url).country == "FR"


def test_criteria_below_the_text_fill_the_fields_that_have_no_column():
    tail = "\nSeniority level\nEntry level\nEmployment type\nContract\nJob function\nIT\nIndustries\nFood"
    row = clean(description=TEXT + tail)
    assert (row.seniority, row.employment_type, row.text) == ("junior", "contract", TEXT)


def test_the_same_row_gives_the_same_posting():
    assert clean() == clean()
    assert replace(clean(), row=0, line=0).content_hash == clean().content_hash


def test_a_mapping_by_hand_is_followed():
    raw = RawRow(0, 2, {"a": "Data Engineer", "b": TEXT, "title": "ignored"})
    row = clean_row(raw, ColumnMap({"title": "a", "description": "b"}), seen_on=SEEN, language_of=lambda text: "")
    assert (row.title, row.text) == ("Data Engineer", TEXT)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("We are looking for an engineer who loves orchards and numbers.", "en"),
        ("Wir suchen eine Person, die Obstgärten und Zahlen liebt.", "de"),
        ("Nous recherchons une personne qui aime les vergers et les chiffres.", "fr"),
        ("Buscamos una persona a la que le gusten los huertos y los números.", "es"),
        ("Szukamy osoby, która lubi sady i liczby.", "pl"),
        ("אנחנו מחפשים אדם שאוהב פרדסים ומספרים", "he"),
        ("Python", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_text_is_recognised(text, code):
    assert detect_language(text) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [("English", "en"), ("Deutsch", "de"), ("de-DE", "de"), ("pt_BR", "pt"), ("Python", ""), ("", "")],
)
def test_a_stated_language_is_a_code(value, code):
    assert stated_language(value) == code
