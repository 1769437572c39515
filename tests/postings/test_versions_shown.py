"""The page of a posting shows what it said before: when, from which row, what changed; contacts masked."""

import pytest
from django.urls import reverse

from postings.models import Posting
from postings.selectors.versions import version_lines
from tests.make import make_ingested, make_row, make_user
from tests.pages import queries_of, text_of

pytestmark = pytest.mark.django_db

BEFORE = "What you need: Python and patience. Write to rosa@orchard.example or call +44 113 496 0000 before noon."
AFTER = "What you need: Rust and patience. Write to theo@orchard.example or call +44 113 496 0111 before noon."


def make_changed(*texts, **values):
    for number, text in enumerate(texts):
        more = values if number else {}
        make_ingested([make_row(job_id="1", description=text, **more)], name=f"{number}.csv")
    return Posting.objects.get()


def test_a_posting_that_never_changed_has_no_versions_to_show(client):
    posting = make_changed(BEFORE)
    client.force_login(make_user("viewer"))

    assert version_lines(posting) == ()
    assert "What it said before" not in text_of(client.get(posting.get_absolute_url()))


def test_what_changed_is_shown_by_field_and_word_from_which_file_and_row():
    latest, first = version_lines(make_changed(BEFORE, AFTER, title="Lead Engineer"))

    assert (latest.number, latest.is_now, latest.upload.name, latest.row) == (2, True, "1.csv", "1 (line 2)")
    assert [(c.label, c.before, c.after) for c in latest.fields] == [("Title", "Data Engineer", "Lead Engineer")]
    assert next(piece.text for piece in latest.text if piece.kind == "dropped") == "Python"
    assert next(piece.text for piece in latest.text if piece.kind == "added") == "Rust"
    assert (first.number, first.is_now, first.fields, first.text) == (1, False, (), ())


def test_a_value_that_came_or_went_is_said_to_be_not_given():
    latest, _ = version_lines(make_changed(BEFORE, BEFORE, location=""))

    assert ("Place", "Leeds, England, United Kingdom", "not given") in [
        (change.label, change.before, change.after) for change in latest.fields
    ]


def test_contacts_are_masked_in_versions_and_differences(client):
    posting = make_changed(BEFORE, AFTER, title="Keeper, ask ida@orchard.example")
    client.force_login(make_user("viewer"))

    text = text_of(client.get(posting.get_absolute_url()))

    assert "What it said before" in text
    for contact in ("rosa@", "theo@", "ida@", "496 0000", "496 0111"):
        assert contact not in text


def test_words_far_from_a_change_are_left_out_and_counted():
    long = " ".join(f"word{n}" for n in range(200))
    latest, _ = version_lines(make_changed(f"{long} pears", f"{long} plums"))

    assert (latest.text[0].kind, latest.text[0].text) == ("gap", "188 words")
    assert [piece.text for piece in latest.text][-2:] == ["pears", "plums"]


@pytest.mark.slow
def test_the_page_asks_as_often_for_ten_versions_as_for_two(client):
    client.force_login(make_user("viewer"))
    page = reverse("posting", args=[make_changed(BEFORE, AFTER).pk])
    for_two = queries_of(client, page)
    for number in range(8):
        make_ingested([make_row(job_id="1", description=f"{AFTER} {number}")], name=f"more {number}.csv")

    assert queries_of(client, page) == for_two
