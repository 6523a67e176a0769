"""Links to other machines, asked politely: one at a time, with a pause, and only where an
administrator of the platform allows it (``MOTCUA_CHECK_EXTERNAL_LINKS``)."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from motcua.fetching import FetchError, Limits, fetch
from motcua.fetching.errors import BadStatus, NameNotFound, TooSlow, Unreachable

from .checking import Province, host_of
from .finding import ADDRESS, Found
from .models import Reason

LIMITS = Limits(seconds=5.0, size=64_000, redirects=3)
PAUSE = 2.0  # seconds between two questions to one host
MOST = 300  # addresses asked in one round of a site, by chance, so that each has its turn
PAGES = ("text/html", "application/xhtml+xml")
REASONS = (Reason.NOT_FOUND, Reason.UNREACHABLE)  # what only other machines can tell
GONE = frozenset({404, 410})


def may_ask() -> bool:
    """Tell whether an administrator has switched on questions to other machines."""
    return bool(settings.MOTCUA_CHECK_EXTERNAL_LINKS)


def problems(found: Iterable[Found], *, pause: float = PAUSE) -> dict[Found, str]:
    """Return the reason of each link to another machine that leads nowhere, "" if it is fine.

    What another machine refuses to tell (sign-in, too many questions, a redirect to a third one)
    counts as fine. A host that does not answer is asked once.

    Args:
        found: links of any kind; only web addresses outside of the province are asked for, and
            only those that were asked are in what is returned.
        pause: seconds between two questions to the same host.
    """
    province = Province.now()
    links = [one for one in found if _is_outside(one, province)]
    answers = _ask_all(_chosen({one.target for one in links}), pause)
    return {one: answers[one.target] for one in links if one.target in answers}


def _chosen(addresses: set[str]) -> list[str]:
    """Return the addresses to ask in this round, host by host."""
    chosen = random.sample(sorted(addresses), min(MOST, len(addresses)))
    return sorted(chosen, key=lambda address: (_machine(address), address))


def _machine(address: str) -> str:
    """Return host and port of an address."""
    return urlsplit(address).netloc.rpartition("@")[2].lower()


def _is_outside(link: Found, province: Province) -> bool:
    if link.kind != ADDRESS or not link.target.lower().startswith(("http://", "https://")):
        return False
    host = host_of(link.target)
    return bool(host) and not province.has(host)


def _ask_all(addresses: list[str], pause: float) -> dict[str, str]:
    """Ask in the order given, which is by host; returns reasons, empty where all is well."""
    answers: dict[str, str] = {}
    before, silent = "", ""
    for address in addresses:
        host = _machine(address)
        if host == silent:
            answers[address] = Reason.UNREACHABLE
            continue
        if host == before:
            time.sleep(pause)
        before = host
        answers[address] = ask(address)
        silent = host if answers[address] == Reason.UNREACHABLE else silent
    return answers


def ask(address: str, fetch_page: Callable[..., object] = fetch) -> str:
    """Ask for one address; returns why it counts as broken, or nothing."""
    url = iri_to_uri(address).partition("#")[0]
    name = urlsplit(url).netloc.lower()
    plain = name.removeprefix("www.")
    try:
        fetch_page(url, hosts={name, plain, f"www.{plain}"}, accepts=PAGES, limits=LIMITS)
    except BadStatus as error:
        return Reason.NOT_FOUND if error.status in GONE else ""
    except (NameNotFound, TooSlow, Unreachable):
        return Reason.UNREACHABLE
    except FetchError:  # too large, of another type, sends us elsewhere: it is there
        return ""
    return ""
