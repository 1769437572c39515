"""What goes, goes with everything that rests on it, and the log says so."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from analytics.models import Publication
from jobsite import chores
from jobsite.work import State
from postings import services
from postings.models import Extraction, Posting, PostingVersion, Rejection, Removal, Source, Upload
from postings.services import removal
from tests.make import make_ingested, make_row, make_rows, make_source, make_upload, make_user
from tests.make_read import make_read
from tests.pages import text_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 8, 1)


def keep(name, until):
    Source.objects.filter(name=name).update(keep_until=until)


def test_a_removed_source_takes_everything_with_it_and_is_logged(
    django_capture_on_commit_callbacks,
):
    make_ingested([make_row(job_id="a"), make_row(title="")], source="to go", name="1.csv")
    make_ingested([make_row(job_id="a", title="Keeper")], source="to go", name="2.csv")
    make_ingested(make_rows(1), source="to stay", name="stay.csv")
    files = {upload.source.name: default_storage.path(upload.file.name) for upload in Upload.objects.all()}
    user = make_user("admin")

    with django_capture_on_commit_callbacks(execute=True):
        removed = services.remove_source(make_source("to go"), reason="The licence ended.", by=user)

    assert removed == 1
    assert list(Source.objects.values_list("name", flat=True)) == ["to stay"]
    assert (Posting.objects.count(), Upload.objects.count()) == (1, 1)
    assert not PostingVersion.objects.exists()
    assert not Rejection.objects.exists()
    assert {name: Path(path).exists() for name, path in files.items()} == {"to go": False, "to stay": True}
    log = Removal.objects.get()
    assert (log.source, log.reason, log.by, log.postings) == ("to go", "The licence ended.", user, 1)
    assert [(file["name"], file["rows"]) for file in log.files] == [("1.csv", 2), ("2.csv", 1)]


def test_a_source_with_mended_rows_can_be_removed():
    report = make_ingested([make_row(job_id="a"), make_row(job_id="b", title="")])
    first = Upload.objects.get(pk=report.upload)
    services.accept_mended([b"rolescope row,title\n1:1,Keeper\n"], upload=first, name="mended.csv")

    services.remove_source(first.source)

    assert not Upload.objects.exists()


def test_an_interrupted_removal_goes_on_and_the_log_counts_all(monkeypatch):
    monkeypatch.setattr(removal, "BATCH", 2)
    make_ingested(make_rows(5))
    monkeypatch.setattr(removal, "_log", fail)
    with pytest.raises(KeyboardInterrupt):
        services.remove_source(make_source())
    assert not Posting.objects.exists()
    monkeypatch.undo()

    services.remove_source(make_source())

    assert Removal.objects.get().postings == 5


def fail(*_):
    raise KeyboardInterrupt


def test_an_ingest_that_runs_while_its_source_is_removed_stores_nothing_more(settings):
    settings.UPLOAD_CHUNK_ROWS = 2
    upload = make_upload(make_rows(6))

    report = services.ingest_upload(upload.pk, progress=lambda _: removal._stop_ingest(upload.source))

    assert (report.state, report.rows) == (State.FAILED, 2)
    assert Posting.objects.count() == 2


def test_a_source_goes_on_the_day_after_it_was_to_be_kept():
    for name, until in (("over", "2026-07-31"), ("last day", "2026-08-01"), ("later", "2026-08-02"), ("always", None)):
        make_ingested(make_rows(1), source=name, name=f"{name}.csv")
        keep(name, until)

    removed = services.remove_expired(TODAY)

    assert [(log.source, log.by, log.reason) for log in removed] == [
        ("over", None, "It was to be kept until 31 July 2026.")
    ]
    assert set(Source.objects.values_list("name", flat=True)) == {"last day", "later", "always"}
    assert services.remove_expired(TODAY) == []


@pytest.mark.slow
def test_the_hourly_chore_deletes_what_is_over_and_figures_follow(workers):
    make_read(make_rows(3), source="over")
    make_read([make_row(job_id="stays")], source="stays", name="stays.csv")
    keep("over", "2026-07-31")

    with workers():
        done = chores.do_chores(TODAY)

    assert done == {"sources that may be kept no longer": 1}
    assert Publication.objects.get().run.postings == 1
    assert Extraction.objects.count() == 1


@pytest.mark.slow
def test_the_sweep_command_does_the_chores_too(workers, capsys):
    make_ingested(make_rows(1))
    keep("a board", timezone.localdate() - timedelta(days=1))

    with workers():
        call_command("sweep")

    assert not Source.objects.exists()
    assert "1 sources that may be kept no longer" in capsys.readouterr().out


def test_files_that_a_crash_left_behind_are_deleted_and_no_others(own_data_folder):
    upload = make_upload(make_rows(1))
    orphan, fresh = (own_data_folder / "uploads" / (digit * 2) / (digit * 64) for digit in "ab")
    for path in (orphan, fresh):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"left behind")
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    for path in (orphan, Path(upload.file.path)):
        os.utime(path, (long_ago, long_ago))

    assert services.remove_orphan_files() == 1

    assert not orphan.exists()
    assert fresh.exists()
    assert Path(upload.file.path).exists()


@pytest.fixture
def administrator(client):
    client.force_login(make_user("admin"))
    return client


def test_before_a_removal_the_page_says_what_goes_and_nothing_has_gone(administrator):
    make_ingested([*make_rows(3), make_row(title="")])

    text = text_of(administrator.get(reverse("source_remove", args=[make_source().pk])))

    assert "3 postings with their texts" in text
    assert "1 file as it was handed in" in text
    assert "1 rejected row<" in text
    assert Posting.objects.count() == 3


def test_a_removal_needs_a_reason(administrator):
    response = administrator.post(reverse("source_remove", args=[make_source().pk]), {"reason": "  "})

    assert response.status_code == 422
    assert "Say why: the log keeps it when the source is gone." in text_of(response)
    assert Source.objects.exists()


@pytest.mark.slow
def test_a_removal_is_done_by_a_worker_logged_with_name_and_reason_and_shown(administrator, workers):
    make_ingested(make_rows(2))

    with workers():
        administrator.post(reverse("source_remove", args=[make_source().pk]), {"reason": "The board asked for it."})

    text = text_of(administrator.get(reverse("removal_list")))
    assert not Posting.objects.exists()
    assert "The board asked for it." in text
    assert "<td>admin</td>" in text
    assert "jobs.csv, 2 rows" in text


@pytest.mark.slow
def test_a_removal_that_is_asked_for_twice_is_done_once(workers):
    from postings.tasks import remove_source_task

    source = make_source()
    with workers():
        for _ in range(2):
            remove_source_task(source.pk, "Twice.", None)

    assert Removal.objects.count() == 1
