"""How an upload reaches the disk: in pieces, and never more of it than any file may have."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedFileUploadHandler(TemporaryFileUploadHandler):
    """Writes up to the largest limit and counts the rest, so that the form can name the size."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        """Write a piece; past the limit, drop it."""
        if start + len(raw_data) <= settings.MOTCUA_VIDEO_LIMIT + self.chunk_size:
            return super().receive_data_chunk(raw_data, start)
        return None
