"""How a file comes in: once to disk, hashed on the way, and refused before it does harm."""

import errno
import hashlib
import os
import shutil
import time
from collections import namedtuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from postings import services
from postings.models import Upload
from postings.services import storing
from postings.upload_handler import StreamedFile
from tests.make import SEEN_ON, make_csv, make_rows, make_user
from tests.pages import text_of

pytestmark = pytest.mark.django_db

MB = 1024 * 1024
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def analyst(client):
    client.force_login(make_user("analyst"))
    return client


def hand_in(client, content, *, name="jobs.csv"):
    return client.post(reverse("upload_list"), {"file": SimpleUploadedFile(name, content), "source": "a board"})


def files_in(settings):
    return [path for path in settings.DATA_DIR.rglob("*") if path.is_file()]


def test_a_file_lies_on_disk_once_under_the_checksum_of_its_bytes(analyst, settings):
    content = make_csv(make_rows(200))

    hand_in(analyst, content)

    (file,) = files_in(settings)
    assert file.read_bytes() == content
    assert file.name == Upload.objects.get().checksum == hashlib.sha256(content).hexdigest()
    assert Upload.objects.get().size == len(content)


def test_a_request_that_announces_too_much_is_not_written_at_all(analyst, settings, monkeypatch):
    settings.UPLOAD_MAX_MB = 1
    written = []
    monkeypatch.setattr(StreamedFile, "write", lambda self, data: written.append(len(data)), raising=False)

    response = hand_in(analyst, b"x" * (3 * MB))

    assert response.status_code == 422
    assert "at most 1.0 MB are taken" in text_of(response)
    assert not written
    assert not files_in(settings)


def test_a_file_that_grows_over_the_limit_while_it_streams_is_refused_and_dropped(analyst, settings):
    settings.UPLOAD_MAX_MB = 1

    response = hand_in(analyst, b"x" * (MB + 1))

    assert response.status_code == 422
    assert "at most 1.0 MB are taken" in text_of(response)
    assert not files_in(settings)


def test_what_does_not_fit_on_the_disk_is_refused_before_it_is_written(analyst, settings, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1, 1, storing.ROOM_TO_LEAVE + 1000))

    response = hand_in(analyst, make_csv(make_rows(50)))

    assert response.status_code == 422
    assert "The disk of this installation is full" in text_of(response)
    assert not files_in(settings)
    assert not Upload.objects.exists()


def test_a_disk_that_runs_full_meanwhile_is_answered_with_a_sentence(analyst, settings, monkeypatch):
    def is_full(self, data):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(StreamedFile, "write", is_full, raising=False)

    response = hand_in(analyst, make_csv(make_rows(50)))

    assert response.status_code == 422
    assert "The disk of this installation is full" in text_of(response)
    assert not files_in(settings)


def test_a_command_on_a_full_disk_leaves_nothing_half_written(settings, monkeypatch):
    def chunks():
        yield b"title,description\n"
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(services.NoRoomError, match="is full"):
        services.accept_upload(chunks(), name="jobs.csv", source="a board", seen_on=SEEN_ON)

    assert not files_in(settings)


def test_a_file_from_somebody_who_may_not_hand_any_in_is_never_written(client, settings, monkeypatch):
    written = []
    monkeypatch.setattr(StreamedFile, "write", lambda self, data: written.append(len(data)), raising=False)
    client.force_login(make_user("viewer"))

    assert hand_in(client, make_csv(make_rows(50))).status_code == 403
    client.logout()
    hand_in(client, make_csv(make_rows(50)))

    assert not written
    assert not files_in(settings)


def test_what_a_killed_process_left_behind_is_cleared_away_after_a_day(settings):
    old, young = settings.FILE_UPLOAD_TEMP_DIR / "old.upload", settings.FILE_UPLOAD_TEMP_DIR / "young.upload"
    for file in (old, young):
        file.write_bytes(b"half a file")
    before = time.time() - 2 * 24 * 60 * 60
    os.utime(old, (before, before))

    services.accept_upload([make_csv(make_rows(1))], name="jobs.csv", source="a board", seen_on=SEEN_ON)

    assert not old.exists()
    assert young.exists()
