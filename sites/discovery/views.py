"""Site maps, robots.txt and the description of the search, on every site."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tenants.lifecycle import Status
from tenants.models import Tenant

from . import sitemaps
from .addresses import in_language
from .answers import FRESH_FOR, kept_for
from .feeds import clean

XML = "application/xml; charset=utf-8"
HOUR = 3600  # seconds
# Addresses that no search engine needs: staff, accounts, searches of all words there are.
CLOSED = ("/admin/", "/accounts/", "/en/accounts/", "/search/", "/en/search/", "/invitation/",
          "/en/invitation/")  # fmt: skip
SHORT_NAME, LONG_NAME = 16, 48  # characters that OpenSearch 1.1 allows


@require_safe
@kept_for(HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    """Say what crawlers may read: nothing of a site that is not open (RFC 9309)."""
    tenant: Tenant = request.tenant
    lines = ["User-agent: *"]
    if tenant.status != Status.ACTIVE:
        lines += ["Disallow: /"]
    else:
        lines += [*(f"Disallow: {path}" for path in CLOSED), ""]
        lines += [f"Sitemap: {tenant.url}{reverse('sitemap_index')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@kept_for(FRESH_FOR)
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Answer with the list of the site's sitemaps."""
    return _xml(sitemaps.index())


@require_safe
@kept_for(FRESH_FOR)
def sitemap_of_language(
    request: HttpRequest, language: str, number: str | None = None
) -> HttpResponse:
    """Answer with one file of a language's pages.

    Raises:
        Http404: the site has no such file.
    """
    wanted = int(number or 1)
    if wanted > sitemaps.count_files().get(language, 0):
        raise Http404
    return _xml(sitemaps.url_set(language, wanted))


@require_safe
@kept_for(HOUR)
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the site's search to browsers (OpenSearch 1.1)."""
    tenant: Tenant = request.tenant
    name = escape(clean(shortened(tenant.name, SHORT_NAME)))
    long_name = escape(clean(shortened(tenant.name, LONG_NAME)))
    about = escape(clean(_("Search the pages of %(name)s") % {"name": tenant.name}))
    here, search = tenant.url + request.path, tenant.url + reverse("search")
    return _xml(
        [
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n',
            f"<ShortName>{name}</ShortName><LongName>{long_name}</LongName>\n",
            f"<Description>{about}</Description>\n",
            f"<Language>{get_language()}</Language><InputEncoding>UTF-8</InputEncoding>\n",
            f'<Url type="text/html" template="{escape(search)}?query={{searchTerms}}"/>\n',
            f'<Url type="application/opensearchdescription+xml" rel="self" '
            f'template="{escape(here)}"/>\n',
            "</OpenSearchDescription>\n",
        ],
        "application/opensearchdescription+xml; charset=utf-8",
    )


def shortened(text: str, length: int) -> str:
    """Return whole words of ``text`` in at most ``length`` characters; its start if need be."""
    if len(text) <= length:
        return text
    words = text[: length + 1].rpartition(" ")[0]
    return words or text[:length]


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Show the site's pages as a tree for people."""
    request.language_addresses = {code: in_language("site_map", code) for code in ("vi", "en")}
    branches = sitemaps.tree(get_language() or "vi")
    return render(request, "pages/site_map.html", {"branches": branches})


def _xml(parts: Iterable[str], content_type: str = XML) -> HttpResponse:
    return HttpResponse("".join(parts), content_type=content_type)
