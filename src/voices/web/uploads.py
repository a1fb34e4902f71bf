"""How much may be sent at once."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

LARGEST_SENDING = 250 * 2**20
"""Bytes of one sending, all files together: they are kept in one transaction, that others wait for."""


class Bounded(FileUploadHandler):
    """Refuses what is too large for one sending before any of it is read; files go to the handlers after it."""

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ANN401 - as Django has it
        META: Any,  # noqa: ANN401, N803
        content_length: int,
        boundary: Any,  # noqa: ANN401
        encoding: str | None = None,
    ) -> None:
        """Nothing. Raises RequestDataTooBig."""
        del input_data, META, boundary, encoding
        if content_length > LARGEST_SENDING:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """The data, for the next handler."""
        del start
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """None: the next handler has the file."""
        del file_size
