"""Media of a site: kept in a folder of its own, served on its own host only.

The address holds no schema: ``/media/images/a.jpg`` means this site's file on this site's host,
and nothing on another. Documents are not served here at all: Wagtail's view asks first who may
read them.
"""

from __future__ import annotations

import posixpath
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

ASKED_FIRST = ("documents/",)
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
    return _safe(response)


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
    # nginx decodes the value; a header cannot carry Vietnamese letters or line ends as they are.
    response["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL_PREFIX}/{root.name}/{quote(path)}"
    del response["Content-Type"]
    return _safe(response)


def _safe(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = f"public, max-age={FOREVER}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
