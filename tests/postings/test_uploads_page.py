"""The Uploads page: hand a file in, follow it, get back what was not taken."""

import csv
import gzip
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from analytics.models import Publication
from jobsite.work import State
from postings import services
from postings.models import Posting, Rejection, Source, Upload
from tests.make import SEEN_ON, make_csv, make_ingested, make_row, make_rows, make_skill, make_upload, make_user
from tests.pages import queries_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client):
    """A browser in which an analyst is signed in."""
    client.force_login(make_user("analyst"))
    return client


def hand_in(client, content, *, name="jobs.csv", **fields):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("upload_list"), {"file": file, "source": "a board", **fields}, follow=True)


def take(client, **fields):
    """Send the form of the preview as it stands, with `fields` changed."""
    upload = Upload.objects.get()
    form = client.get(upload.get_absolute_url()).context["form"].initial
    return client.post(reverse("upload_take", args=[upload.pk]), form | fields, follow=True)


def nothing_is_left(settings):
    files = [path for path in settings.DATA_DIR.rglob("*") if path.is_file()]
    return not (files or Upload.objects.exists() or Source.objects.exists())


def make_held(rows, *, name="jobs.csv", source="a board"):
    return services.accept_upload([make_csv(rows)], name=name, source=source, seen_on=SEEN_ON, hold=True).upload


@pytest.mark.slow
def test_a_file_that_is_handed_in_and_taken_is_read_and_shown_in_figures(analyst, workers):
    make_skill("Python")

    response = hand_in(analyst, make_csv(make_rows(3)), source="  Orchard board ", seen_on="2026-07-20")
    with workers():
        take(analyst)

    upload = Upload.objects.get()
    assert response.redirect_chain == [(upload.get_absolute_url(), 302)]
    assert (upload.source.name, upload.seen_on.isoformat(), upload.by.username) == (
        "Orchard board",
        "2026-07-20",
        "analyst",
    )
    assert (upload.state, upload.new) == (State.DONE, 3)
    assert Publication.objects.get().run.postings == 3


def test_without_a_source_the_name_of_the_file_is_the_source(analyst):
    hand_in(analyst, make_csv(make_rows(1)), name="pears.csv", source="")

    assert Upload.objects.get().source.name == "pears.csv"


@pytest.mark.slow
def test_the_same_file_twice_leads_to_the_first_upload_and_says_so(analyst, workers):
    with workers():
        hand_in(analyst, make_csv(make_rows(2)))
        take(analyst)
    with workers():
        response = hand_in(analyst, make_csv(make_rows(2)), name="again.csv")

    assert response.redirect_chain == [(Upload.objects.get().get_absolute_url(), 302)]
    assert "handed in before" in text_of(response)
    assert Posting.objects.count() == 2


def test_the_script_that_sent_a_file_is_told_where_to_go_and_leaves_the_message_to_the_page(analyst):
    for _ in range(2):
        file = SimpleUploadedFile("jobs.csv", make_csv(make_rows(1)))
        answer = analyst.post(reverse("upload_list"), {"file": file}, headers={"HX-Request": "true"})

    assert answer.headers["HX-Redirect"] == Upload.objects.get().get_absolute_url()
    assert "handed in before" in text_of(analyst.get(answer.headers["HX-Redirect"]))


def test_a_file_larger_than_the_setting_is_refused_with_both_sizes(analyst, settings):
    settings.UPLOAD_MAX_MB = 1

    response = hand_in(analyst, b"x" * (3 * 1024 * 1024 // 2))

    assert response.status_code == 422
    assert "The file has 1.5 MB; at most 1.0 MB are taken." in text_of(response)
    assert nothing_is_left(settings)


@pytest.mark.slow
def test_a_file_as_large_as_the_setting_is_taken(analyst, settings):
    settings.UPLOAD_MAX_MB = 1

    hand_in(analyst, make_csv(make_rows(1)).ljust(1024 * 1024, b"\n"))

    assert Upload.objects.count() == 1


@pytest.mark.parametrize(("fields", "sentence"), [({}, "Choose a file first."), ({"file": b""}, "The file is empty.")])
def test_no_file_and_an_empty_file_are_answered_with_a_sentence(analyst, fields, sentence):
    files = {name: SimpleUploadedFile("jobs.csv", content) for name, content in fields.items()}

    response = analyst.post(reverse("upload_list"), files)

    assert response.status_code == 422
    assert sentence in text_of(response)


def test_a_file_that_cannot_be_read_at_all_is_refused_with_a_sentence_and_nothing_is_kept(analyst, settings):
    response = hand_in(analyst, b"\x89PNG\r\n\x1a\n" + bytes(range(256)), name="pear.csv", source="kept as typed")

    assert response.status_code == 422
    assert "pear.csv is a picture" in text_of(response)
    assert "kept as typed" in text_of(response)
    assert nothing_is_left(settings)


def test_a_file_without_titles_waits_for_somebody_to_say_which_column_they_are(analyst):
    hand_in(analyst, b"weight,colour\n3,green\n4,blue\n", name="fruit.csv")

    page = analyst.get(Upload.objects.get().get_absolute_url())
    assert "No column gives the title: no row can be taken." in text_of(page)


def test_a_failed_file_of_which_nothing_was_stored_waits_again_when_it_is_handed_in_again(analyst):
    content = b"weight,colour\n3,green\n"
    upload = make_upload(content)
    assert services.ingest_upload(upload.pk).state == State.FAILED

    hand_in(analyst, content)

    upload.refresh_from_db()
    assert (upload.state, upload.error) == (State.HELD, "")


def test_a_failed_file_of_which_rows_were_stored_goes_on_at_its_checkpoint(analyst):
    content = make_csv(make_rows(2))
    upload = make_upload(content)
    services.ingest_upload(upload.pk)
    Upload.objects.update(state=State.FAILED, error="the power went")

    hand_in(analyst, content)

    assert Upload.objects.get().state == State.QUEUED


def as_jsonl(rows):
    return b"\n".join(json.dumps(row).encode() for row in rows)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("jobs.csv.gz", gzip.compress(make_csv(make_rows(3)), mtime=0)),
        ("jobs.jsonl", as_jsonl(make_rows(3))),
        ("jobs.jsonl.gz", gzip.compress(as_jsonl(make_rows(3)), mtime=0)),
        ("jobs.json", json.dumps(make_rows(3)).encode()),
    ],
)
def test_compressed_files_and_json_are_taken_as_they_are(analyst, name, content):
    hand_in(analyst, content, name=name)
    take(analyst)

    report = services.ingest_upload(Upload.objects.get().pk)

    assert (report.state, report.rows, report.new) == (State.DONE, 3, 3)


def test_htmx_gets_the_progress_alone_and_asks_again_until_the_upload_is_finished(analyst):
    hand_in(analyst, make_csv(make_rows(2)))
    take(analyst)
    page = Upload.objects.get().get_absolute_url()

    waiting = analyst.get(page, headers={"HX-Request": "true"})
    services.ingest_upload(Upload.objects.get().pk)
    services.extract_all_stale()
    finished = analyst.get(page, headers={"HX-Request": "true"})

    assert waiting.content.strip().startswith(b'<div id="progress"')
    assert b"<html" not in waiting.content
    assert b'hx-trigger="every' in waiting.content
    assert b"hx-trigger" not in finished.content


def test_caches_keep_the_page_and_its_fragment_apart(analyst):
    hand_in(analyst, make_csv(make_rows(1)))

    assert "HX-Request" in analyst.get(Upload.objects.get().get_absolute_url()).headers["Vary"]


def rejected_rows(client, upload):
    response = client.get(reverse("upload_rejections", args=[upload]))
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "\t\r @"])
def test_no_cell_of_the_rejected_rows_is_run_as_a_formula(analyst, lead):
    cell = f"{lead}HYPERLINK(1)"
    report = make_ingested([make_row(job_id="1"), make_row(job_id="2", title="", company=cell)])

    row = rejected_rows(analyst, report.upload)[0]

    assert row["company"].startswith("'")
    assert row["company"].endswith("HYPERLINK(1)")


def test_a_column_that_is_named_like_a_formula_is_not_run_either(analyst):
    report = make_ingested([make_row(job_id="1"), make_row(job_id="2", title="")])
    Rejection.objects.update(raw={"=1+1": "pear"})

    assert rejected_rows(analyst, report.upload)[0]["'=1+1"] == "pear"


def test_all_rejected_rows_come_back_as_they_were_with_line_and_reason(analyst):
    report = make_ingested([make_row(job_id="ok"), *make_rows(60, title="")])

    rows = rejected_rows(analyst, report.upload)

    assert len(rows) == report.rejected == 60
    assert [row["line"] for row in rows] == [str(line) for line in range(3, 63)]
    assert {row["column"] for row in rows} == {"title"}
    assert all(row["rejected because"] for row in rows)
    assert rows[7]["job_id"] == "job-7"


def test_the_page_of_an_upload_shows_the_first_rejections_and_offers_all(analyst):
    report = make_ingested([make_row(job_id="ok"), *make_rows(60, title="")])

    text = text_of(analyst.get(reverse("upload", args=[report.upload])))

    shown = text.partition("The first rejected rows")[2].partition("</table>")[0]
    assert shown.count('<td class="num">') == 50
    assert reverse("upload_rejections", args=[report.upload]) in text


def make_uploads(count):
    for number in range(count):
        source = Source.objects.create(name=f"board {Source.objects.count()}")
        Upload.objects.create(
            source=source,
            name=f"{number}.csv",
            file="x",
            checksum=f"{source.pk}-{number}",
            size=1,
            seen_on=SEEN_ON,
            by=make_user(name=f"{source.pk}-{number}"),
        )


def test_the_list_asks_the_database_as_often_for_fifty_uploads_as_for_two(analyst):
    make_uploads(2)
    for_two = queries_of(analyst, reverse("upload_list"))
    make_uploads(48)

    assert queries_of(analyst, reverse("upload_list")) == for_two
    assert for_two <= 9


def test_the_list_shows_what_waits_for_a_decision_first_and_can_be_narrowed(analyst):
    held = make_held(make_rows(1), name="waits.csv", source="pears")
    make_ingested(make_rows(2), name="done.csv", source="plums")

    def listed(**asked):
        return [upload.name for upload in analyst.get(reverse("upload_list"), asked).context["screen"].uploads]

    assert listed() == ["waits.csv", "done.csv"]
    assert listed(state="done") == ["done.csv"]
    assert listed(source=held.source_id) == ["waits.csv"]
    assert listed(source=held.source_id, state="done") == []
    assert listed(source="no number", state="no state") == ["waits.csv", "done.csv"]


def test_the_report_asks_as_often_for_fifty_rejections_as_for_two(analyst):
    few = make_ingested([make_row(job_id="ok"), *make_rows(2, title="")], name="few.csv", source="few")
    many = make_ingested([make_row(job_id="ok"), *make_rows(50, title="")], name="many.csv", source="many")

    for_few = queries_of(analyst, reverse("upload", args=[few.upload]))

    assert queries_of(analyst, reverse("upload", args=[many.upload])) == for_few
    assert for_few <= 9
