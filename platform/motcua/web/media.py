"""Media of a site: kept in a folder of its own, served on its own host only.

The address holds no schema: ``/media/images/a.jpg`` means this site's file on this site's host,
and nothing on another. Documents are not served here at all: Wagtail's view asks first who may
read them. Uploads that still wait for their description are nobody's to see.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils._os import safe_join
from django.views.static import serve

from tenants.lifecycle import Status
from tenants.models import Tenant

from .ranges import ranged

ASKED_FIRST = ("documents/", "wagtail_uploads/")
FOREVER = 31_536_000  # seconds; renditions carry a hash or a unique name


class SiteStorage(FileSystemStorage):
    """Files of the current site, under ``MEDIA_ROOT/<schema>/``."""

    @property
    def base_location(self) -> str:
        """The current site's folder."""
        return str(Path(settings.MEDIA_ROOT) / connection.schema_name)

    @property
    def location(self) -> str:
        """The current site's folder, absolute."""
        return str(Path(self.base_location).resolve())


def serve_media(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """Send a file of the current site.

    With ``MEDIA_ACCEL_PREFIX`` set, nginx sends the bytes from the schema's folder.

    Raises:
        Http404: no such file, or one that only Wagtail's document view may send.
    """
    clean = posixpath.normpath(path).lstrip("/")
    if clean.startswith(ASKED_FIRST) or clean.startswith(".") or not may_see_files(request):
        raise Http404
    root = Path(settings.MEDIA_ROOT) / connection.schema_name
    if settings.MEDIA_ACCEL_PREFIX:
        return _accelerated(root, clean)
    try:
        response: Any = serve(request, clean, document_root=str(root))
    except OSError as error:  # a name too long for the file system, for one
        raise Http404 from error
    return ranged(request, _safe(response))


def in_parts(view: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a view that sends a file: on demand it sends a part, or leaves it to nginx.

    Wagtail's view of documents sends the whole only, and Safari plays no video that way.
    """

    @wraps(view)
    def send(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = view(request, *args, **kwargs)
        if not settings.MEDIA_ACCEL_PREFIX:
            return ranged(request, response)
        return _handed_over(response)

    return send


def may_see_files(request: HttpRequest) -> bool:
    """Tell whether the site shows its files: one in preparation to signed-in people only."""
    tenant: Tenant = request.tenant
    return tenant.status != Status.PREPARING or request.user.is_authenticated


def _accelerated(root: Path, path: str) -> HttpResponse:
    try:
        safe_join(str(root), path)
    except SuspiciousFileOperation as error:
        raise Http404 from error
    response = HttpResponse()
    response["X-Accel-Redirect"] = _accel_path(root, path)
    del response["Content-Type"]
    return _safe(response)


def _accel_path(root: Path, path: str) -> str:
    # nginx decodes the value; a header cannot carry Vietnamese letters or line ends as they are.
    return f"{settings.MEDIA_ACCEL_PREFIX}/{root.name}/{quote(path)}"


def _handed_over(response: Any) -> Any:
    """Return the answer without its bytes, for nginx to add; what is no whole file stays."""
    root = Path(settings.MEDIA_ROOT) / connection.schema_name
    name = getattr(getattr(response, "file_to_stream", None), "name", "")
    if response.status_code != 200 or not name or not Path(name).is_relative_to(root):
        return response
    response.file_to_stream.close()
    kept = {key: value for key, value in response.headers.items() if key != "Content-Length"}
    answer = HttpResponse(headers=kept)
    answer["X-Accel-Redirect"] = _accel_path(root, str(Path(name).relative_to(root)))
    return answer


def _safe(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={FOREVER}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
