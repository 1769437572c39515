"""What becomes of a file: every row accounted for, nothing twice, nothing lost."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from jobsite.work import LeaseLostError, State
from postings import selectors, services, tasks
from postings.ingest import UnreadableFile
from postings.models import Company, Extraction, Posting, PostingText, Rejection, Title, Upload
from postings.selectors.rejections import rejection_rows
from postings.services import ingest as ingest_service
from tests.make import SEEN_ON, make_csv, make_ingested, make_row, make_rows, make_skill, make_source, make_upload

pytestmark = pytest.mark.django_db


def counts(report):
    return (report.rows, report.new, report.changed, report.repeated, report.rejected)


def test_every_row_of_a_file_becomes_a_posting_with_its_text_and_place_in_the_file():
    report = make_ingested(make_rows(3))

    assert counts(report) == (3, 3, 0, 0, 0)
    posting = Posting.objects.get(company__name="Orchard 2 Ltd")
    assert (posting.row, posting.line, posting.city, posting.country) == (2, 4, "Leeds", "GB")
    assert "grove number 2" in PostingText.objects.get(posting=posting).text


def test_the_same_file_again_is_the_same_upload():
    rows = make_csv(make_rows(3))
    first = make_upload(rows)

    again = services.accept_upload([rows], name="other-name.csv", source=make_source(), seen_on=first.seen_on)

    assert again.upload == first
    assert not again.is_new


def test_the_same_postings_in_another_file_are_repeated():
    make_ingested(make_rows(3))

    report = make_ingested(make_rows(4), name="a-day-later.csv")

    assert counts(report) == (4, 1, 0, 3, 0)
    assert Posting.objects.count() == 4


def test_a_posting_with_another_text_is_changed_and_waits_to_be_read_again():
    make_ingested(make_rows(1))
    make_skill("Python")
    services.extract_all_stale()

    report = make_ingested(
        make_rows(1, description="Requirements: Rust for a greenhouse, and patience with seedlings.")
    )

    assert counts(report) == (1, 0, 1, 0, 0)
    assert "greenhouse" in PostingText.objects.get().text
    assert not Extraction.objects.exists()


def test_a_row_without_a_title_is_rejected_with_its_line_and_reason_and_the_counts_add_up():
    report = make_ingested([*make_rows(2), make_row(job_id="job-x", title="")])

    assert counts(report) == (3, 2, 0, 0, 1)
    rejection = Rejection.objects.get()
    assert rejection.line == 4
    assert rejection.column == "title"
    assert rejection.reason
    assert rejection.raw["company"] == "Fernhollow Analytics"


def test_one_key_twice_in_a_file_is_new_once_and_then_repeated():
    report = make_ingested([*make_rows(1), *make_rows(1)])

    assert counts(report) == (2, 1, 0, 1, 0)


def test_a_file_without_a_column_of_descriptions_fails_with_a_sentence():
    report = make_ingested(b"title,company\nData Engineer,Orchard Ltd\n")

    assert report.state == State.FAILED
    assert "description" in report.error


def test_an_ingest_that_died_resumes_after_its_last_chunk(settings, monkeypatch):
    settings.UPLOAD_CHUNK_ROWS = 2
    upload = make_upload(make_rows(7))
    die_in_third_chunk(monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        services.ingest_upload(upload.pk)
    assert Posting.objects.count() == 4
    monkeypatch.undo()
    lease_runs_out(upload)

    report = services.ingest_upload(upload.pk)

    assert counts(report) == (7, 7, 0, 0, 0)
    assert Posting.objects.count() == 7


def test_whoever_lost_the_lease_stores_nothing_more(settings):
    settings.UPLOAD_CHUNK_ROWS = 2
    upload = make_upload(make_rows(4))
    token = Upload.objects.all().claim(upload.pk)
    lease_runs_out(upload)
    Upload.objects.all().claim(upload.pk)

    with pytest.raises(LeaseLostError):
        Upload.objects.all().keep(upload.pk, token, rows=2, new=2)

    upload.refresh_from_db()
    assert upload.rows == 0


def test_a_worker_that_loses_its_lease_between_two_chunks_takes_the_second_one_back(settings):
    settings.UPLOAD_CHUNK_ROWS = 2
    upload = make_upload([*make_rows(3), make_row(title="")])
    took_over = []

    def lose_the_lease(_):
        lease_runs_out(upload)
        took_over.append(Upload.objects.all().claim(upload.pk))

    services.ingest_upload(upload.pk, progress=lose_the_lease)

    assert took_over[0]
    assert Posting.objects.count() == 2
    assert not Rejection.objects.exists()
    upload.refresh_from_db()
    assert (upload.state, upload.rows, upload.token) == (State.RUNNING, 2, took_over[0])


def test_a_long_ingest_stops_at_a_checkpoint_waits_and_goes_on_in_its_next_turn(settings):
    settings.UPLOAD_CHUNK_ROWS = 2
    rows = make_rows(5)
    upload = make_upload(rows)

    turns = [services.ingest_upload(upload.pk, most_seconds=1e-9) for _ in range(4)]

    assert [turn.rows for turn in turns] == [2, 4, 5, 5]
    assert [turn.state for turn in turns] == [State.QUEUED, State.QUEUED, State.QUEUED, State.DONE]
    assert selectors.uploads_that_can_start() == []
    assert Posting.objects.count() == 5


def test_between_its_turns_an_upload_is_among_those_that_can_start(settings):
    settings.UPLOAD_CHUNK_ROWS = 2
    upload = make_upload(make_rows(5))

    services.ingest_upload(upload.pk, most_seconds=1e-9)

    assert selectors.uploads_that_can_start() == [upload.pk]


@pytest.mark.slow
def test_the_task_of_a_long_ingest_sends_itself_again_until_it_is_done(settings, monkeypatch, workers):
    settings.UPLOAD_CHUNK_ROWS = 2
    monkeypatch.setattr(tasks, "TURN", 1e-9)
    upload = make_upload(make_rows(7))

    with workers():
        tasks.ingest_upload_task.delay(upload.pk)

    upload.refresh_from_db()
    assert (upload.state, upload.new) == (State.DONE, 7)


def test_the_same_file_handed_in_twice_at_once_is_one_upload():
    content = make_csv(make_rows(3))
    source, inner = make_source(), []

    def slow():
        yield content[:50]
        inner.append(services.accept_upload([content], name="fast.csv", source=source, seen_on=SEEN_ON))
        yield content[50:]

    outer = services.accept_upload(slow(), name="slow.csv", source=source, seen_on=SEEN_ON)

    assert (inner[0].is_new, outer.is_new) == (True, False)
    assert outer.upload == inner[0].upload
    assert counts(services.ingest_upload(outer.upload.pk)) == (3, 3, 0, 0, 0)


def test_a_second_file_of_a_source_waits_while_the_first_one_is_ingested(settings):
    settings.UPLOAD_CHUNK_ROWS = 2
    first = make_upload(make_rows(4))
    second = make_upload([*make_rows(4), make_row(job_id="more")], name="second.csv")
    meanwhile = []

    services.ingest_upload(first.pk, progress=lambda _: meanwhile.append(services.ingest_upload(second.pk).state))

    assert meanwhile == [State.QUEUED, State.QUEUED]
    assert counts(services.ingest_upload(second.pk)) == (5, 1, 0, 4, 0)


def test_files_of_two_sources_with_the_same_postings_can_be_ingested_at_once(settings):
    settings.UPLOAD_CHUNK_ROWS = 2
    first, second = make_upload(make_rows(4)), make_upload(make_rows(5), name="b.csv", source="b board")
    ingested = []

    def ingest_the_other(_):
        if not ingested:
            ingested.append(services.ingest_upload(second.pk))

    report = services.ingest_upload(first.pk, progress=ingest_the_other)

    assert (counts(report), counts(ingested[0])) == ((4, 4, 0, 0, 0), (5, 5, 0, 0, 0))
    assert Company.objects.count() == 5
    assert Title.objects.count() == 1


def test_files_of_one_source_go_in_the_order_they_were_handed_in():
    first, second = make_upload(make_rows(1)), make_upload(make_rows(2), name="second.csv")

    assert services.ingest_upload(second.pk).state == State.QUEUED
    services.ingest_upload(first.pk)
    assert services.ingest_upload(second.pk).state == State.DONE


def test_a_running_upload_is_not_taken_by_a_second_worker():
    upload = make_upload(make_rows(1))
    Upload.objects.all().claim(upload.pk)

    report = services.ingest_upload(upload.pk)

    assert report.state == State.RUNNING
    assert not Posting.objects.exists()


def test_removing_a_source_takes_its_postings_uploads_and_files(django_capture_on_commit_callbacks):
    upload = make_upload(make_rows(2), source="to go")
    services.ingest_upload(upload.pk)
    make_ingested(make_rows(1), source="to stay", name="stay.csv")
    stored = upload.file.name

    with django_capture_on_commit_callbacks(execute=True):
        removed = services.remove_source(upload.source)

    assert removed == 2
    assert Posting.objects.count() == 1
    assert not default_storage.exists(stored)


def die_in_third_chunk(monkeypatch):
    saved = ingest_service._save_chunk
    chunks = []

    def save(*args):
        chunks.append(args)
        if len(chunks) == 3:
            raise KeyboardInterrupt
        saved(*args)

    monkeypatch.setattr(ingest_service, "_save_chunk", save)


def lease_runs_out(upload):
    Upload.objects.filter(pk=upload.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_monsters_go_into_chunks_of_their_own(monkeypatch, settings):
    settings.UPLOAD_CHUNK_ROWS = 4
    monkeypatch.setattr(ingest_service, "CHUNK_CHARS", 1000)
    rows = make_rows(6)
    rows[1]["description"] += " apple" * 300
    stored = []

    upload = make_upload(rows)
    services.ingest_upload(upload.pk, progress=lambda upload: stored.append(upload.rows))

    assert stored[0] == 2
    assert stored[-1] == 6


def test_a_list_of_rejected_rows_is_no_file_of_postings():
    report = make_ingested([*make_rows(1), make_row(job_id="x", title="")])
    listed = "\n".join(",".join(row) for row in rejection_rows(Upload.objects.get(pk=report.upload))).encode()

    with pytest.raises(UnreadableFile, match="on the page of the upload it came from"):
        services.accept_upload([listed], name="l.csv", source=make_source(), seen_on=SEEN_ON, hold=True)
    assert "list of rejected rows" in make_ingested(listed, name="list.csv").error


def test_a_key_is_looked_up_by_source_and_key_and_not_among_all_postings_of_the_source():
    """An index of the source alone made SQLite read a whole source for each chunk: slower and slower with each row."""
    plan = Posting.objects.filter(source_id=1, key__in=["a", "b"]).values_list("pk", "key", "kin").explain()
    assert "(source_id=? AND key=?)" in plan
