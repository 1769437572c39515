"""The preview of a held file: what was understood, corrected, then taken or discarded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from jobsite.work import State
from postings.models import Posting, Source, Upload
from postings.services import accept_upload
from tests.make import SEEN_ON, make_csv, make_row, make_rows, make_user
from tests.pages import queries_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client):
    client.force_login(make_user("analyst"))
    return client


def make_held(rows, *, source="a board"):
    return accept_upload([make_csv(rows)], name="jobs.csv", source=source, seen_on=SEEN_ON, hold=True).upload


def form_of(client, upload):
    """What the form of the preview would send as it stands."""
    return client.get(upload.get_absolute_url()).context["form"].initial


def send(client, door, upload, form, *, htmx=False):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse(f"upload_{door}", args=[upload.pk]), form, headers=headers, follow=not htmx)


def field_for(upload, column):
    header = list(make_row())
    return f"column-{header.index(column)}"


def test_a_file_that_is_handed_in_waits_and_its_page_is_the_preview(analyst):
    file = SimpleUploadedFile("jobs.csv", make_csv([make_row(), make_row(title="")]))

    response = analyst.post(reverse("upload_list"), {"file": file}, follow=True)

    text = text_of(response)
    assert Upload.objects.get().state == State.HELD
    assert not Posting.objects.exists()
    for sentence in ("waits for you", "All 2 rows were looked at.", "1 × The title is missing.", "Take it"):
        assert sentence in text


def test_the_rows_are_shown_as_they_will_be_stored_with_contacts_masked(analyst):
    upload = make_held([make_row(description="Python and SQL. Write to hanna@pears.example or call +44 20 7946 0958.")])

    text = text_of(analyst.get(upload.get_absolute_url()))

    assert "Leeds, England, United Kingdom (GB)" in text
    assert "2026-07-01" in text
    assert "hanna" not in text
    assert "7946" not in text


def test_every_column_has_a_select_that_says_what_it_was_taken_for(analyst):
    upload = make_held([make_row(colour="green")])

    form = analyst.get(upload.get_absolute_url()).context["form"]

    assert [form.initial[f"column-{number}"] for number in range(6)] == [
        "title", "company", "place", "date_posted", "description", "",
    ]  # fmt: skip


@pytest.mark.parametrize("htmx", [True, False])
def test_looking_again_shows_what_another_column_makes_of_the_rows(analyst, htmx):
    upload = make_held([make_row(team="Plum team", job_id="1")])
    form = form_of(analyst, upload)

    response = send(
        analyst, "look", upload, form | {field_for(upload, "company"): "", "column-5": "company"}, htmx=htmx
    )

    assert response.context["screen"].rows[0].company == "Plum team"
    assert (b"<html" in response.content) is not htmx
    assert Upload.objects.get().columns["company"] == "team"
    assert form_of(analyst, upload)["column-5"] == "company"


def test_the_day_it_was_seen_can_be_corrected(analyst):
    upload = make_held([make_row(date_posted="3 days ago")])

    response = send(analyst, "look", upload, form_of(analyst, upload) | {"seen_on": "2026-05-20"})

    assert response.context["screen"].rows[0].date == "2026-05-17"


def test_two_columns_cannot_be_the_title(analyst):
    upload = make_held([make_row()])

    response = send(analyst, "look", upload, form_of(analyst, upload) | {field_for(upload, "company"): "title"})

    assert response.status_code == 422
    assert "“title” is the title already: choose one of the two." in text_of(response)
    assert not Upload.objects.get().columns


def test_two_columns_that_are_the_company_are_asked_in_turn(analyst):
    upload = make_held([make_row(company="", team="Plum team")])

    response = send(analyst, "look", upload, form_of(analyst, upload) | {"column-5": "company"})

    assert response.context["screen"].rows[0].company == "Plum team"


@pytest.mark.parametrize(
    ("field", "value"), [("country", "Atlantis"), ("pay_currency", "pebbles"), ("language", "Elvish")]
)
def test_a_constant_that_means_nothing_is_answered_with_a_sentence(analyst, field, value):
    upload = make_held([make_row()])

    response = send(analyst, "look", upload, form_of(analyst, upload) | {f"fixed-{field}": value})

    assert response.status_code == 422
    assert f"“{value}” is not known as a" in text_of(response)


@pytest.mark.slow
def test_taking_it_sends_the_file_to_the_workers(analyst, workers):
    upload = make_held(make_rows(3))

    with workers():
        response = send(analyst, "take", upload, form_of(analyst, upload))

    assert response.redirect_chain == [(upload.get_absolute_url(), 302)]
    upload.refresh_from_db()
    assert (upload.state, upload.new) == (State.DONE, 3)


@pytest.mark.slow
def test_whoever_changed_a_column_since_sees_first_what_that_does(analyst):
    upload = make_held([make_row(team="Plum team", job_id="1")])
    changed = form_of(analyst, upload) | {field_for(upload, "company"): "", "column-5": "company"}

    response = send(analyst, "take", upload, changed)

    assert "You changed how the file is read." in text_of(response)
    assert response.context["screen"].rows[0].company == "Plum team"
    assert Upload.objects.get().state == State.HELD
    send(analyst, "take", upload, form_of(analyst, upload))
    assert Upload.objects.get().state == State.QUEUED


@pytest.mark.slow
def test_above_a_threshold_the_server_wants_the_tick_and_the_report_keeps_the_warning(analyst, workers):
    Source.objects.create(name="strict", most_rejected=5)
    upload = make_held([*make_rows(30), *make_rows(10, title="")], source="strict")
    form = form_of(analyst, upload)

    refused = send(analyst, "take", upload, form)

    warning = "25% of 40 rows would be rejected; this source allows 5%."
    assert refused.status_code == 422
    assert warning in text_of(refused)
    assert "Tick this to take the file" in text_of(refused)
    assert Upload.objects.get().state == State.HELD
    with workers():
        send(analyst, "take", upload, form | {"anyway": "on"})
    report = text_of(analyst.get(upload.get_absolute_url()))
    assert "Taken anyway, although the preview warned:" in report
    assert warning in report


def test_without_a_title_it_is_not_taken_and_says_why(analyst):
    upload = make_held([make_row()])
    form = form_of(analyst, upload) | {field_for(upload, "title"): ""}
    send(analyst, "look", upload, form)

    response = send(analyst, "take", upload, form_of(analyst, upload))

    assert response.status_code == 422
    assert "No column is chosen for title." in text_of(response)


def test_discarding_leads_back_to_the_list_and_leaves_nothing(analyst):
    upload = make_held([make_row()], source="new board")

    response = send(analyst, "discard", upload, {})

    assert response.redirect_chain == [(reverse("upload_list"), 302)]
    assert "jobs.csv was discarded: nothing of it is kept." in text_of(response)
    assert not Upload.objects.exists()
    assert not Source.objects.exists()


@pytest.mark.parametrize("door", ["look", "take", "discard"])
@pytest.mark.parametrize("htmx", [True, False])
def test_a_decision_that_somebody_else_has_made_is_shown(analyst, door, htmx):
    upload = make_held([make_row()])
    form = form_of(analyst, upload)
    send(analyst, "take", upload, form)

    response = send(analyst, door, upload, form, htmx=htmx)

    if htmx:
        response = analyst.get(response.headers["HX-Redirect"])
    assert "Somebody else has decided about this file meanwhile." in text_of(response)


@pytest.mark.parametrize("door", ["look", "take", "discard"])
@pytest.mark.parametrize("person", ["viewer", ""])
def test_only_those_who_may_hand_files_in_decide(client, door, person):
    upload = make_held([make_row()])
    client.force_login(make_user(person, name="somebody"))

    response = client.post(reverse(f"upload_{door}", args=[upload.pk]), {})

    assert response.status_code == 403
    assert Upload.objects.get().state == State.HELD
    assert not Upload.objects.get().columns


def test_a_viewer_sees_the_preview_and_no_button(client):
    upload = make_held([make_row()])
    client.force_login(make_user("viewer"))

    text = text_of(client.get(upload.get_absolute_url()))

    assert "waits for a decision" in text
    assert "<fieldset disabled>" in text
    assert "Take it" not in text


def test_a_file_that_is_gone_from_the_disk_can_only_be_discarded(analyst, settings):
    upload = make_held([make_row()])
    (settings.DATA_DIR / "uploads" / upload.file.name).unlink()

    text = text_of(analyst.get(upload.get_absolute_url()))

    assert "The file is no longer where uploads are kept" in text
    assert "Discard it" in text
    assert "Take it" not in text


@pytest.mark.slow
def test_the_preview_asks_the_database_as_often_for_many_rows_as_for_few(analyst):
    few, many = make_held(make_rows(2)), make_held(make_rows(300))

    for_few = queries_of(analyst, few.get_absolute_url())

    assert queries_of(analyst, many.get_absolute_url()) == for_few
    assert for_few <= 14


def test_of_a_wide_file_the_columns_that_are_not_used_fold_away(analyst):
    wide = make_held([make_row(**{f"extra {number}": "x" for number in range(12)})])
    narrow = make_held([make_row(colour="green")])

    parts = [analyst.get(upload.get_absolute_url()).context["columns"] for upload in (wide, narrow)]

    assert [(len(part.shown), len(part.folded)) for part in parts] == [(5, 12), (6, 0)]
