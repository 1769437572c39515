"""How a file comes in over the web: written to disk once, in chunks, hashed on the way, refused before it does harm."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.template.defaultfilters import filesizeformat

from postings.services.storing import FULL_DISK, Arrived, no_room_sentence, room_left

FORM_AROUND_A_FILE = 64 * 1024
"""Bytes of a request beside its file, generously."""


class StreamedFile(TemporaryUploadedFile):
    """A file that lies on disk, or of which nothing was kept: then `refusal` is the sentence that says why."""

    checksum: str = ""
    refusal: str = ""

    @property
    def arrived(self) -> Arrived:
        return Arrived(Path(self.temporary_file_path()), self.checksum, int(self.size or 0))


class StreamingHandler(FileUploadHandler):
    """Streams each file of a request. What is refused is read to its end and dropped, so that the page can say why.

    Only people who may hand files in get anything written to disk.
    """

    def handle_raw_input(self, input_data: Any, META: dict, content_length: int, *args: Any, **kwargs: Any) -> None:
        self.announced = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.file = StreamedFile(
            self.file_name or "", self.content_type or "", 0, self.charset or "", self.content_type_extra
        )
        self.digest = hashlib.sha256()
        self.file.refusal = self._refusal_at_the_door()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if not self.file.refusal and start + len(raw_data) > most_bytes():
            self._drop(too_big_sentence(max(start + len(raw_data), self.announced)))
        if self.file.refusal:
            return
        self.digest.update(raw_data)
        try:
            self.file.write(raw_data)
        except OSError as problem:
            if problem.errno not in FULL_DISK:
                raise
            self._drop(no_room_sentence(self.announced))

    def file_complete(self, file_size: int) -> StreamedFile:
        if file_size > most_bytes():
            self.file.refusal = too_big_sentence(file_size)
        if not self.file.refusal:
            try:
                self.file.flush()
            except OSError as problem:
                if problem.errno not in FULL_DISK:
                    raise
                self._drop(no_room_sentence(file_size))
        self.file.checksum = self.digest.hexdigest()
        self.file.size = file_size
        self.file.seek(0)
        return self.file

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()

    def _refusal_at_the_door(self) -> str:
        user = getattr(self.request, "user", None)
        if user is None or not user.has_perm("postings.add_upload"):
            return "You may not hand files in: ask for the right to."
        if self.announced > most_bytes() + FORM_AROUND_A_FILE:
            return too_big_sentence(self.announced)
        return no_room_sentence(self.announced) if self.announced > room_left() else ""

    def _drop(self, refusal: str) -> None:
        """Give back at once what was written so far."""
        self.file.refusal = refusal
        self.file.seek(0)
        self.file.truncate()


def most_bytes() -> int:
    return int(settings.UPLOAD_MAX_MB) * 1024 * 1024


def too_big_sentence(size: int) -> str:
    return (
        f"The file has {filesizeformat(size)}; at most {filesizeformat(most_bytes())} are taken. "
        "Compress it to .gz, or split it."
    )
