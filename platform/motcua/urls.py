"""Every address of a site. All sites have the same; what may be done there differs."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.db import transaction
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns
from wagtail.views import serve as serve_page

from motcua.web.media import in_parts, serve_media
from sites.base.views import search
from sites.discovery.urls import language_urls, site_urls
from sites.main import public_urls
from sites.widgets.views import public_readings

handler400 = "motcua.web.errors.bad_request"
handler403 = "motcua.web.errors.permission_denied"
handler404 = "motcua.web.errors.page_not_found"
handler500 = "motcua.web.errors.server_error"

# A request to the administration is one transaction: a move or a bulk action reaches the hub
# in the same commit as the pages.
admin_urls = decorate_urlpatterns(wagtailadmin_urls.urlpatterns, transaction.atomic)
documents_urls = decorate_urlpatterns(wagtaildocs_urls.urlpatterns, in_parts)

urlpatterns = [
    path("admin/", include("motcua.people.admin_urls")),
    path("admin/", include((admin_urls, ""))),
    path("documents/", include(documents_urls)),
    re_path(r"^media/(?P<path>.+)$", serve_media, name="media"),
    *site_urls,
]
# What a page hands out besides itself: a calendar, a feed. Wagtail's own pattern has no dots.
PAGE_FILE = r"^((?:[\w\-]+/)*[\w\-]+\.(?:ics|json|xml))$"

urlpatterns += i18n_patterns(
    path("", include("motcua.people.urls")),
    path("search/", search, name="search"),
    path("readings/", public_readings, name="readings"),
    path("", include(public_urls)),
    *language_urls,
    re_path(PAGE_FILE, serve_page, name="page_file"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
