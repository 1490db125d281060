"""How uploads arrive: what is larger than a file may be is read past and kept nowhere."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class TooLarge(SimpleUploadedFile):
    """The name and size of an upload whose bytes were thrown away."""

    def __init__(self, name: str, size: int) -> None:
        super().__init__(name, b"")
        self.size = size


class LimitedUploads(FileUploadHandler):
    """Stands before those that keep, and hands on nothing past the limit.

    So the form keeps everything else that was typed, and the field says what is wrong.
    """

    read = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.read = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.read += len(raw_data)
        return raw_data if self.read <= settings.EVIDENCE_MAX_BYTES else None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        is_over = self.read > settings.EVIDENCE_MAX_BYTES
        return TooLarge(self.file_name or "", self.read) if is_over else None
