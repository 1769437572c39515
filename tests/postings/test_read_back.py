"""Stored postings beside their raw rows, for a person to read."""

from io import StringIO

import pytest
from django.core.management import call_command

from tests.make import make_ingested, make_row, make_rows

pytestmark = pytest.mark.django_db


def read_back(**options):
    out = StringIO()
    call_command("read_back", stdout=out, **options)
    return out.getvalue()


def test_each_field_stands_beside_the_cell_it_was_taken_from():
    make_ingested([make_row(job_id="7", title="  Data Engineer  ", date_posted="07/01/2026")])

    text = read_back()

    assert "a board · jobs.csv · line 2" in text
    assert "title: '  Data Engineer  '\n      => 'Data Engineer'" in text
    assert "date_posted: '07/01/2026'\n      => '2026-01-07'" in text


def test_contacts_are_masked_on_both_sides():
    make_ingested([make_row(description="Python and SQL. Write to jo@fernhollow.example or call.")])

    assert "jo@" not in read_back()


def test_the_same_number_comes_from_each_source_and_the_same_again():
    make_ingested(make_rows(5), name="a.csv", source="first board")
    make_ingested(make_rows(5, title="Analyst"), name="b.csv", source="second board")

    text = read_back(postings=4, seed=3)

    assert text.count("first board") == text.count("second board") == 2
    assert read_back(postings=4, seed=3) == text
