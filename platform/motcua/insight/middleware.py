"""Which answers count as a page that somebody was shown."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from motcua.web.sites import STAFF_PATHS

from .recording import recorder

GetResponse = Callable[[HttpRequest], HttpResponse]

# Machines that say what they are, by the words they use; who says nothing is one too.
MACHINES = re.compile(
    r"bot\b|bot[/;_ -]|crawl|spider|slurp|archive|preview|monitor|scan|check|fetch|feed|headless"
    r"|lighthouse|curl|wget|python|java/|okhttp|go-http|libwww|httpclient|facebookexternalhit|zalo"
    r"externalhit",
    re.IGNORECASE,
)
LONGEST_AGENT = 300


class VisitsMiddleware:
    """Counts pages of the public that were shown to people. Stands below the site lookup.

    It asks the database nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_public_page(request, response) and is_person(request):
            page = getattr(request, "current_page", None)
            recorder.add(
                (request.tenant.schema_name, address_of(request), _agent(request)),
                member=is_signed_in(request),
                page_id=page.pk if page is not None else None,
            )
        return response


def is_public_page(request: HttpRequest, response: HttpResponse) -> bool:
    """Tell whether this is a page of the public site, not a draft, a file or a staff screen."""
    return (
        request.method == "GET"
        and response.status_code == 200
        and response.get("Content-Type", "").startswith("text/html")
        and not request.path_info.startswith(STAFF_PATHS)
        and not getattr(request, "is_dummy", False)
        and not getattr(request, "is_preview", False)
    )


def is_person(request: HttpRequest) -> bool:
    """Tell whether a person asked: no machine that says so, no page loaded just in case."""
    headers = request.headers
    purpose = (
        f"{headers.get('Sec-Purpose', '')}{headers.get('Purpose', '')}{headers.get('X-Moz', '')}"
    )
    agent = _agent(request)
    return bool(agent) and not MACHINES.search(agent) and "prefetch" not in purpose.lower()


def is_signed_in(request: HttpRequest) -> bool:
    """Tell whether somebody signed in asked.

    Where the page has not read the session, having one says it: only signing in begins one, and
    signing out takes its cookie away.
    """
    session = getattr(request, "session", None)
    if session is None:
        return False
    if session.accessed:
        return SESSION_KEY in session
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def address_of(request: HttpRequest) -> str:
    """Return the visitor's address, which the outermost trusted proxy tells if there is one."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(hops) >= proxies:
        return hops[-proxies]
    address: str = request.META.get("REMOTE_ADDR", "")
    return address


def _agent(request: HttpRequest) -> str:
    agent: str = request.headers.get("User-Agent", "")
    return agent.strip()[:LONGEST_AGENT]
