"""Parts of a file (RFC 9110, chapter 14): what a player asks for to play and to seek."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

CHUNK = 65_536  # bytes

_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.I)
_COPIED = ("Content-Type", "Content-Disposition", "ETag", "Last-Modified", "Cache-Control",
           "Content-Security-Policy", "X-Content-Type-Options")  # fmt: skip


def ranged(request: HttpRequest, response: Any) -> Any:
    """Return the part of a file's answer that the request asks for: 206, 416, or all of it.

    Several ranges in one request, other units and malformed ones get the whole file, as RFC 9110,
    14.2 allows. Answers that send no file are returned as they are.
    """
    if response.status_code != 200 or not hasattr(response, "file_to_stream"):
        return response
    response["Accept-Ranges"] = "bytes"
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    if request.method != "GET" or asked is None or not _still_the_same(request, response):
        return response
    size = int(response["Content-Length"])
    part = _part(asked[1], asked[2], size)
    if part is None:
        return response
    return _unsatisfiable(response, size) if not part else _partial(response, part, size)


def _still_the_same(request: HttpRequest, response: Any) -> bool:
    """Tell whether the client's part, if it says whose it is (If-Range), is of this file."""
    known = request.headers.get("If-Range", "")
    strong = known in {response.get("ETag"), response.get("Last-Modified")}
    return not known or (strong and not known.startswith("W/"))


def _part(first: str, last: str, size: int) -> range | None:
    """Return the bytes asked for, empty where there are none; nothing where it is malformed."""
    if first:
        end = int(last) + 1 if last else size
        return None if end <= int(first) and last else range(min(int(first), size), min(end, size))
    return range(max(0, size - int(last)), size) if last else None


def _unsatisfiable(response: Any, size: int) -> HttpResponse:
    response.file_to_stream.close()
    return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})


def _partial(response: Any, part: range, size: int) -> StreamingHttpResponse:
    kept = {key: response[key] for key in _COPIED if key in response}
    answer = StreamingHttpResponse(_bytes(response.file_to_stream, part), status=206, headers=kept)
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    answer["Content-Length"] = str(len(part))
    # Not `response.close`, which would tell that the request is over.
    answer._resource_closers.append(response.file_to_stream.close)
    return answer


def _bytes(file: Any, part: range) -> Iterator[bytes]:
    file.seek(part.start)
    left = len(part)
    while left and (chunk := file.read(min(CHUNK, left))):
        left -= len(chunk)
        yield chunk
